//! The agenda at the side of the room.

use backend::view::room::{Label, Step, StepState};
use leptos::{either::Either, prelude::*};

use super::short_label;
use crate::{
    path,
    text::{Lang, date, room as text},
};

/// The items, the one under way marked.
#[component]
pub fn Steps(
    /// The items one may know.
    steps: Vec<Step>,
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let steps = steps.into_iter().map(|one| step(&one, lang)).collect_view();
    // On a telephone it scrolls sideways: the keyboard must reach it (WCAG 2.1.1).
    view! { <ol class="steps" data-live="steps" tabindex="0" aria-label=text::agenda(lang)>{steps}</ol> }
}

fn step(step: &Step, lang: Lang) -> impl IntoView + use<> {
    let now = step.state == StepState::Now;
    let class =
        if matches!(step.state, StepState::Done | StepState::Stopped | StepState::Fallen) { "done" } else { "" };
    let name = short_label(&step.label, lang);
    let name = if now { view! { <b>{name}</b> }.into_any() } else { view! { <span>{name}</span> }.into_any() };
    let note = note(step, lang);
    let inner = view! {
        <time>{step.starts.map(date::clock)}</time>
        {name}
        {(!note.is_empty()).then(|| view! { <small>{note}</small> })}
    };
    let minutes = step.minutes.filter(|_| step.state == StepState::Done).map(path::minutes);
    view! {
        <li class=class aria-current=now.then_some("step")>
            {match minutes {
                Some(to) => Either::Left(view! { <a href=to>{inner}</a> }),
                None => Either::Right(inner),
            }}
        </li>
    }
}

/// What goes with an item: who takes part, who leaves and joins, or how it ended.
fn note(step: &Step, lang: Lang) -> String {
    let mut parts = Vec::new();
    match step.state {
        StepState::Done => parts.push(text::done(lang).to_owned()),
        StepState::Stopped => parts.push(text::stopped(lang).to_owned()),
        StepState::Fallen => parts.push(text::fallen(lang).to_owned()),
        StepState::Now => parts.push(step.takes_part.join(" · ")),
        StepState::Planned => {
            if !step.leave.is_empty() {
                parts.push(text::leaves(lang, text::list(lang, &step.leave)));
            }
            if !step.join.is_empty() {
                parts.push(text::joins(lang, text::list(lang, &step.join)));
            }
            if step.label == Label::Anonymous {
                parts.push(text::no_minutes(lang).to_owned());
            }
        }
    }
    parts.join(" · ")
}
