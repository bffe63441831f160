//! What was checked before a reviewer reads.

use backend::view::review::Review;
use domain::time::local;
use leptos::prelude::*;

use crate::{
    components::Dot,
    text::{Lang, date, review as words, room},
};

/// The checks and how they came out.
#[component]
pub fn Checks(
    /// What is under review.
    review: Review,
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let checks = &review.checks;
    let throughout = if checks.throughout { words::throughout(lang) } else { words::not_throughout(lang) };
    let present = if checks.uncovered.is_empty() {
        words::only_covered(lang).to_owned()
    } else {
        words::not_only_covered(lang, room::list(lang, &review.uncovered))
    };
    let number = if checks.personal_number { words::number(lang) } else { words::no_number(lang) };
    view! {
        <div class="sheet side-box">
            <h2>{words::checks(lang)}</h2>
            <ul class="checks">
                <li>
                    {mark(checks.throughout, lang)}
                    <span>{throughout}<small>{when(&review, lang)}</small></span>
                </li>
                <li>{mark(checks.uncovered.is_empty(), lang)}<span>{present}</span></li>
                {mentions(&review, lang)}
                <li>{mark(!checks.personal_number, lang)}<span>{number}</span></li>
            </ul>
        </div>
    }
}

fn mark(holds: bool, lang: Lang) -> impl IntoView {
    if holds {
        view! { <Dot kind="yes" sign="✓" means=words::holds(lang)/> }
    } else {
        view! { <Dot kind="no" sign="!" means=words::fails(lang)/> }
    }
}

/// "09.10–09.31, skola, socialtjänst, BUP".
fn when(review: &Review, lang: Lang) -> String {
    let from = local(review.opened_at).time();
    let span = match review.closed_at {
        Some(until) => date::clock_span(from, local(until).time()),
        None => date::clock(from),
    };
    if review.checks.throughout {
        format!("{span}, {}", review.covered.join(", "))
    } else {
        format!("{span}. {}", words::not_throughout_text(lang))
    }
}

fn mentions(review: &Review, lang: Lang) -> impl IntoView + use<> {
    let found = review.checks.mentions.clone();
    if found.is_empty() {
        return view! { <li>{mark(true, lang)}<span>{words::not_mentioned(lang)}</span></li> }.into_any();
    }
    let marks = found
        .into_iter()
        .map(|one| {
            let why = words::why_mentioned(one.who, lang).map(|why| format!(" ({why})"));
            view! { " " <mark>{one.word}</mark> {why} }
        })
        .collect_view();
    view! {
        <li>
            {mark(false, lang)}
            <span>{words::mentioned(lang)}{marks}<small>{words::mentioned_text(lang)}</small></span>
        </li>
    }
    .into_any()
}
