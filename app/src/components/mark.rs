//! Marks of state: always colour, symbol and word together, never colour alone.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// How good or bad something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// As it should be.
    Ok,
    /// Soon to be looked at.
    Warn,
    /// Stopped, or must be looked at now.
    Stop,
    /// Good to know.
    Info,
    /// Neither good nor bad.
    #[default]
    Plain,
}

impl Tone {
    /// The class in `style/components`.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Stop => "stop",
            Self::Info => "info",
            Self::Plain => "",
        }
    }

    /// The symbol that goes with it.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Ok => "✓",
            Self::Warn => "▲",
            Self::Stop => "✕",
            Self::Info => "i",
            Self::Plain => "–",
        }
    }
}

/// A state in one or two words.
#[component]
pub fn Chip(
    /// How good or bad.
    tone: Tone,
    /// The words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    // Without a tone the word stands alone.
    let symbol =
        (tone != Tone::Plain).then(|| view! { <span aria-hidden="true">{format!("{} ", tone.symbol())}</span> });
    view! { <span class=format!("chip {}", tone.class())>{symbol}{text}</span> }
}

/// A round mark in a table or list: `yes` (filled), `ask` (open), `no` (dashed), `gone`. Screen readers read what it means.
#[component]
pub fn Dot(
    /// `yes`, `ask`, `no` or `gone`.
    kind: &'static str,
    /// The sign in it.
    #[prop(into)]
    sign: String,
    /// What it means, in words.
    #[prop(into)]
    means: String,
) -> impl IntoView {
    view! {
        <span class=format!("dot {kind}") role="img" aria-label=means>
            {sign}
        </span>
    }
}

/// A note over or between things: what to know before going on.
#[component]
pub fn Note(
    /// How good or bad.
    #[prop(default = Tone::Warn)]
    tone: Tone,
    /// What it says; links welcome.
    children: Children,
) -> impl IntoView {
    // A bare note warns.
    let class = if tone == Tone::Warn { "note".to_owned() } else { format!("note {}", tone.class()) };
    view! {
        <div class=class>
            <span aria-hidden="true">{tone.symbol()}</span>
            <div>{children()}</div>
        </div>
    }
}

/// What stands where there is nothing yet: what it will hold, and how to begin.
#[component]
pub fn Empty(
    /// What is empty, as a heading.
    #[prop(into)]
    title: String,
    /// What will stand here and how to begin; a link or button welcome.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="sheet empty">
            <h2>{title}</h2>
            {children()}
        </div>
    }
}
