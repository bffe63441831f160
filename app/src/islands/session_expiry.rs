//! The warning before a session runs out (SESS-03, WCAG 2.2.1).

use std::time::Duration;

use leptos::{ev, prelude::*};

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

/// Warns two minutes before the session runs out and keeps it with one key. Invisible until then.
#[island]
pub fn SessionExpiry(
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let stage = RwSignal::new(Stage::Quiet);
    let stay = NodeRef::<leptos::html::Button>::new();
    let wait = move || watch(stage);
    Effect::new(move |_| wait());
    Effect::new(move |_| {
        if stage.get() == Stage::Warning
            && let Some(button) = stay.get()
        {
            let _ = button.focus();
        }
    });
    let extend = move |_: ev::MouseEvent| {
        leptos::task::spawn_local(async move {
            if extend_session().await.is_ok() {
                stage.set(Stage::Quiet);
                wait();
            } else {
                stage.set(Stage::Over);
            }
        });
    };
    view! {
        <div class="expiry" role="alertdialog" aria-labelledby="expiry-title" hidden=move || stage.get() == Stage::Quiet>
            <h2 id="expiry-title">{words::expiry_title(lang)}</h2>
            <p hidden=move || stage.get() == Stage::Over>{words::expiry_text(lang, 2)}</p>
            <p hidden=move || stage.get() != Stage::Over>{words::expiry_over(lang)}</p>
            <button node_ref=stay class="btn primary" on:click=extend hidden=move || stage.get() == Stage::Over>
                {words::expiry_stay(lang)}
            </button>
        </div>
    }
}

/// Counts from the last request this page made: its own loading, or the last extension.
fn watch(stage: RwSignal<Stage>) {
    set_timeout(
        move || {
            stage.set(Stage::Warning);
            set_timeout(
                move || {
                    if stage.get_untracked() == Stage::Warning {
                        stage.set(Stage::Over);
                    }
                },
                WARNING,
            );
        },
        IDLE.saturating_sub(WARNING),
    );
}
