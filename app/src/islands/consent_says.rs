//! What the consent in the form would mean, told beside it while it is filled in. The server judges, by the gate's own rules.

use std::time::Duration;

use leptos::{ev, prelude::*, task::spawn_local, wasm_bindgen::JsCast};

use super::autosave::fields;
use crate::{
    api::consent::{Line, preview_consent},
    components::Chip,
    text::Lang,
};

/// How long after the last key or press the server is asked.
const PAUSE: Duration = Duration::from_millis(150);

/// The panel beside the form.
#[island]
pub fn ConsentSays(
    /// The page's language.
    lang: Lang,
    /// The case.
    case: String,
    /// Those who can answer, by name, in the order of the form.
    names: Vec<String>,
    /// What the form means as the page was made.
    lines: Vec<Line>,
) -> impl IntoView {
    let lines = RwSignal::new(lines);
    let asked = StoredValue::new(String::new());
    let names = StoredValue::new(names);
    let case = StoredValue::new(case);
    let ask = move || {
        let Some(form) = form_as_typed().filter(|form| asked.try_get_value().is_some_and(|last| last != *form)) else {
            return;
        };
        asked.set_value(form.clone());
        spawn_local(async move {
            let told = preview_consent(lang, case.get_value(), names.get_value(), form.clone()).await;
            // What cannot be vouched for does not stand there; an answer to an older form is not shown.
            if asked.try_get_value() == Some(form) {
                if told.is_err() {
                    asked.set_value(String::new());
                }
                lines.set(told.unwrap_or_default());
            }
        });
    };
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let soon = move || {
        if let Some(Some(waits)) = waiting.try_get_value() {
            waits.clear();
        }
        waiting.set_value(set_timeout_with_handle(ask, PAUSE).ok());
    };
    Effect::new(move |_| {
        let typing = window_event_listener(ev::input, move |_| soon());
        let clicking = window_event_listener(ev::click, move |_| soon());
        on_cleanup(move || {
            typing.remove();
            clicking.remove();
        });
    });
    let line = |(tone, head, text): Line| view! { <Chip tone=tone text=head/> <p>{text}</p> };
    let shown = move || lines.get().into_iter().map(line).collect_view();
    view! { <div class="stack near" role="status">{shown}</div> }
}

/// The page's form as it would be posted.
fn form_as_typed() -> Option<String> {
    let form = document().query_selector("form[action='/api/consent/record']").ok()??;
    Some(fields(form.dyn_ref()?)?.to_string().into())
}
