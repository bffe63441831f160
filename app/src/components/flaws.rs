//! Why a form was not accepted.

use leptos::prelude::*;

use super::{Note, Tone};
use crate::{
    form::{FormState, Labels, form_state},
    problem::Problem,
    request::lang,
    text::{self, Lang, words},
};

/// On top of a form that was not accepted: what was wrong, with links to the fields. Takes the focus, so that it is read first.
#[component]
pub fn FlawSummary() -> impl IntoView {
    let lang = lang();
    let state = form_state();
    state.problem().cloned().map(|problem| match problem {
        Problem::Invalid(_) => list(&state, lang).into_any(),
        Problem::Stale => told(words::stale_head(lang), words::stale_text(lang), Tone::Warn).into_any(),
        Problem::SignedOut | Problem::NoAssignment => {
            told(words::restored_head(lang), words::restored_text(lang), Tone::Ok).into_any()
        }
        Problem::Refused(refusal) => {
            told(text::refusal(refusal, lang), words::nothing_saved(lang), Tone::Stop).into_any()
        }
        Problem::Denied => told(words::denied_title(lang), words::denied_text(lang), Tone::Stop).into_any(),
        Problem::NotFound => told(words::not_found_title(lang), words::nothing_saved(lang), Tone::Stop).into_any(),
        Problem::Busy | Problem::Offline => {
            told(words::busy_title(lang), words::busy_text(lang), Tone::Warn).into_any()
        }
        Problem::Fault => told(words::fault_title(lang), words::nothing_saved(lang), Tone::Stop).into_any(),
    })
}

/// The list of flaws, as their fields show them.
fn list(state: &FormState, lang: Lang) -> impl IntoView + use<> {
    let mut fields: Vec<&str> = Vec::new();
    for flaw in state.flaws() {
        if !fields.contains(&flaw.field.as_str()) {
            fields.push(&flaw.field);
        }
    }
    let head = match fields.len() {
        0 | 1 => words::flaws_head_one(lang).to_owned(),
        count => words::flaws_head(lang, count),
    };
    let items = fields
        .iter()
        .flat_map(|field| {
            let label = Labels::of(field).map(|label| format!("{}: ", label.trim_end_matches(['?', ':'])));
            let told = move |sentence: String| (state.id_of(field), label.clone().unwrap_or_default() + &sentence);
            state.sentences(field, lang).into_iter().map(told)
        })
        .map(|(id, sentence)| view! { <li><a href=format!("#{id}")>{sentence}</a></li> })
        .collect_view();
    view! {
        <section class="flaws" role="alert" tabindex="-1" autofocus>
            <h2>{head}</h2>
            <ul>{items}</ul>
            <p>{words::nothing_saved(lang)}</p>
        </section>
    }
}

/// A problem of the form as a whole.
fn told(head: &'static str, text: &'static str, tone: Tone) -> impl IntoView {
    view! {
        <div role="alert" tabindex="-1" autofocus>
            <Note tone>
                <h2>{head}</h2>
                <p>{text}</p>
            </Note>
        </div>
    }
}
