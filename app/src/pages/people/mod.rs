//! The register of people.

mod list;
mod new;
mod show;
mod works;

pub use {list::PeoplePage, new::NewPersonPage, show::PersonPage};

use backend::view::people::{Access, WorkLine};
use chrono::{DateTime, Utc};
use domain::time;
use leptos::prelude::*;

use crate::{
    components::{Chip, Tone},
    text::{Lang, date, people as text},
};

/// Whether somebody can sign in, as a mark.
fn access_chip(access: Access, lang: Lang) -> impl IntoView {
    let (tone, words) = match access {
        Access::Open => (Tone::Ok, text::access_open(lang)),
        Access::Invited(Some(_)) => (Tone::Info, text::access_invited(lang)),
        Access::Invited(None) => (Tone::Warn, text::access_waiting(lang)),
        Access::SwitchedOff => (Tone::Stop, text::access_off(lang)),
        Access::Disabled => (Tone::Stop, text::access_disabled(lang)),
    };
    view! { <Chip tone text=words/> }
}

/// "Samordnare · Rektor, Karlbergsgymnasiet".
pub fn work_words(work: &WorkLine, lang: Lang) -> String {
    let role = crate::text::account::role(work.role, lang);
    let unit = if work.unit_name.is_empty() { String::new() } else { format!(", {}", work.unit_name) };
    // Many are called what they do: not said twice.
    if work.title.to_lowercase() == role.to_lowercase() {
        format!("{role}{unit}")
    } else {
        format!("{role} · {}{unit}", work.title)
    }
}

/// "26 november 09.10".
fn moment(at: DateTime<Utc>, lang: Lang) -> String {
    let local = time::local(at);
    format!("{} {}", date::day_month(local.date(), lang), date::clock(local.time()))
}
