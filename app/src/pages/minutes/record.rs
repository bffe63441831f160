//! Parts that minutes have wherever they are read.

use std::collections::BTreeMap;

use backend::view::{minutes_page::Undertaking, record::RecordHead, review::Change};
use domain::{consent::InfoCategory, id::UnitId, minutes::Outcome};
use leptos::prelude::*;

use crate::text::{Lang, consent, date, minutes as text, room};

/// What stands above minutes.
#[component]
pub fn RecordHeader(
    /// Forum, case, day, version.
    head: RecordHead,
    /// What else is told of them, after who wrote.
    #[prop(optional)]
    more: Vec<String>,
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let mut told = if head.writers.is_empty() {
        vec![text::record(lang).to_owned()]
    } else {
        vec![text::written_by(lang, head.writers.join(", "))]
    };
    if more.is_empty() {
        told.push(text::version(lang, head.revision));
    }
    told.extend(head.alone.then(|| consent::one_alone(lang).to_owned()));
    told.extend(more);
    view! {
        <header>
            <span class=if head.forum.code == "family" { "forum family" } else { "forum" }>
                {format!("{} · {}", head.forum.name, room::ages(lang, head.forum.from, head.forum.to))}
            </span>
            <h1>{format!("{} · {}", head.reference, date::day_month(head.on, lang))}</h1>
            <p class="meta">{told.join(" · ")}</p>
        </header>
    }
}

/// Who brought something, and of what kind it is: "Skola · Skolsituation och närvaro".
pub fn giver(unit: &str, kind: Option<InfoCategory>, lang: Lang) -> String {
    kind.map_or_else(|| unit.to_owned(), |kind| format!("{unit} · {}", consent::category(kind, lang)))
}

/// Text as paragraphs, one for each line.
pub fn paragraphs(text: &str) -> impl IntoView + use<> {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()
}

/// What was undertaken, row by row; nothing where nothing was.
pub fn undertaking_rows(
    rows: Vec<(Change, Undertaking)>,
    units: &BTreeMap<UnitId, String>,
    lang: Lang,
) -> Option<AnyView> {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(change, one)| {
            let unit = units.get(&one.unit).cloned().unwrap_or_default();
            let (what, day) = (one.what, date::day_month(one.due_on, lang));
            match change {
                Change::Same => {
                    view! { <div class="todo"><span>{what}</span><span>{unit}</span><time>{day}</time></div> }
                        .into_any()
                }
                Change::Added => view! {
                    <div class="todo">
                        <span><ins>{what}</ins></span>
                        <span><ins>{unit}</ins></span>
                        <time><ins>{day}</ins></time>
                    </div>
                }
                .into_any(),
                Change::Removed => view! {
                    <div class="todo">
                        <span><del>{what}</del></span>
                        <span><del>{unit}</del></span>
                        <time><del>{day}</del></time>
                    </div>
                }
                .into_any(),
            }
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <section><h2>{text::undertakings(lang)}</h2>{rows}</section> }.into_any())
}

/// How the case leaves the meeting, in words.
pub fn outcome_words(outcome: Outcome, lang: Lang) -> String {
    match outcome {
        Outcome::FollowUp(on) => text::follow_up_day(lang, date::weekday_day(on, lang)),
        Outcome::Closure => text::closure(lang).to_owned(),
        Outcome::HandOver => text::hand_over(lang).to_owned(),
    }
}

/// How the case leaves the meeting.
pub fn outcome(outcome: Option<Outcome>, lang: Lang) -> impl IntoView {
    outcome.map(|outcome| {
        view! { <section><h2>{text::outcome(lang)}</h2><p>{outcome_words(outcome, lang)}"."</p></section> }
    })
}
