//! The warning before a session runs out (SESS-03, WCAG 2.2.1).

use std::time::Duration;

use leptos::{ev, html, prelude::*};

use crate::{
    api::frame::extend_session,
    text::{Lang, words},
};

/// After this long without a request the session ends. A test holds it to what the server does.
pub const IDLE: Duration = Duration::from_mins(15);
/// How long before the end the warning comes.
const WARNING: Duration = Duration::from_mins(2);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Quiet,
    Warning,
    Over,
}

/// Warns two minutes before the session runs out and keeps it with one key. Not there until then.
#[island]
pub fn SessionExpiry(
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let stage = RwSignal::new(Stage::Quiet);
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| watch(stage));
    // A modal dialog takes the focus and gives it back to where one was typing.
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            match stage.get() {
                Stage::Quiet => dialog.close(),
                Stage::Warning | Stage::Over if !dialog.open() => drop(dialog.show_modal()),
                Stage::Warning | Stage::Over => {}
            }
        }
    });
    let press = move |_: ev::MouseEvent| match stage.get_untracked() {
        Stage::Over => stage.set(Stage::Quiet),
        Stage::Quiet | Stage::Warning => leptos::task::spawn_local(extend(stage)),
    };
    let over = move || stage.get() == Stage::Over;
    let title = move || if over() { words::expired_title(lang) } else { words::expiry_title(lang) };
    let text = move || if over() { words::expired_text(lang).to_owned() } else { words::expiry_text(lang, 2) };
    let button = move || if over() { words::close(lang) } else { words::expiry_stay(lang) };
    view! {
        <dialog node_ref=dialog class="dialog" aria-labelledby="expiry-title" aria-describedby="expiry-text">
            <div>
                <h2 id="expiry-title">{title}</h2>
                <p id="expiry-text">{text}</p>
                <p class="btns"><button class="btn primary" on:click=press>{button}</button></p>
            </div>
        </dialog>
    }
}

/// Asks the server for another quarter of an hour.
async fn extend(stage: RwSignal<Stage>) {
    if extend_session().await.is_ok() {
        stage.set(Stage::Quiet);
        watch(stage);
    } else {
        stage.set(Stage::Over);
    }
}

/// Counts from the last request this page made: its own loading, or the last extension.
fn watch(stage: RwSignal<Stage>) {
    let end = move || {
        if stage.get_untracked() == Stage::Warning {
            stage.set(Stage::Over);
        }
    };
    let warn = move || {
        stage.set(Stage::Warning);
        set_timeout(end, WARNING);
    };
    set_timeout(warn, IDLE.saturating_sub(WARNING));
}
