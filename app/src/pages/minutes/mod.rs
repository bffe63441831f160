//! One case's minutes: written, read, printed.

mod added;
mod contributions;
mod editor;
mod handed;
mod record;

use std::collections::BTreeMap;

use backend::view::{
    case::Handing,
    minutes_page::{Attended, MinutesPage as Page, minutes_page},
};
use domain::{id::UnitId, minutes::MinutesState};
use leptos::prelude::*;

pub use editor::{Editor, mentions};
pub use record::{RecordHeader, giver, outcome_words, paragraphs, undertaking_rows};

use super::case::protected::{minutes_on_paper, not_on_paper};
use crate::{
    components::{Chip, Crumbs, Note, Title, Tone},
    path,
    problem::Problem,
    request::{page, param},
    text::{Lang, minutes as text, room, words},
};

/// The page of one minutes.
#[component]
pub fn MinutesPage() -> impl IntoView {
    page(|ask| async move {
        let shown = minutes_page(&ask.backend, &ask.actor, param("id")?).await?;
        Ok::<_, Problem>(view(shown, ask.lang))
    })
}

fn view(page: Page, lang: Lang) -> impl IntoView {
    let steps = vec![
        (path::CASES.to_owned(), words::cases(lang).to_owned()),
        (path::case(page.case), page.head.reference.clone()),
    ];
    view! {
        <Title text=text::title(lang)/>
        <Crumbs steps/>
        {match page.writing.clone() {
            Some(writing) => {
                view! {
                    <article class="sheet record">
                        {not_on_paper(page.head.on_paper != Handing::Free, lang)}
                        <RecordHeader head=page.head.clone() lang/>
                        {added::reopened(&page, lang)}
                        <Editor writing lang/>
                    </article>
                }
                    .into_any()
            }
            None => read(page, lang).into_any(),
        }}
    }
}

/// The text, as it stands.
fn read(page: Page, lang: Lang) -> impl IntoView {
    let approved = page.head.state == MinutesState::Approved;
    let state =
        (!approved).then(|| view! { <p><Chip tone=Tone::Info text=text::state_of(page.head.state, lang)/></p> });
    let locked = page.locked.then(|| {
        view! {
            <Note tone=Tone::Stop>
                <b>{text::locked(lang)}</b>
                " "
                {text::locked_text(lang)}
            </Note>
        }
    });
    let seal = page.approved.clone().map(|(at, by)| {
        view! {
            <footer class="seal">
                <b>{text::approved_at(lang, added::moment(at, lang))}</b>
                <span>{text::approved_by(lang, by, page.head.writers.join(", "))}</span>
            </footer>
        }
    });
    let units = page.units.iter().cloned().collect();
    let rows = page.body.undertakings.iter().map(|one| (backend::view::review::Change::Same, one.clone())).collect();
    view! {
        <article class="sheet record">
            <RecordHeader head=page.head.clone() lang/>
            {minutes_on_paper(&page.head, lang)}
            {state}
            {locked}
            {added::reopened(&page, lang)}
            <dl class="facts">
                <dt>{text::present(lang)}</dt>
                <dd>{present(&page, lang)}</dd>
                <dt>{text::covered(lang)}</dt>
                <dd>{room::list(lang, &page.covered)}</dd>
            </dl>
            {part(text::purpose(lang), &page.body.purpose)}
            {contributions(&page, &units, lang)}
            {childs_view(&page, lang)}
            {part(text::guardians_view(lang), &page.body.guardians_view)}
            {part(text::agreed(lang), &page.body.agreed)}
            {undertaking_rows(rows, &units, lang)}
            {record::outcome(page.body.outcome, lang)}
            {seal}
            {added::addenda(&page, lang)}
            {handed::handed(&page, lang)}
        </article>
        {handed::files(&page, lang)}
        {added::deeds(&page, lang)}
    }
}

/// "Skola: Anna Ek · Soc: Per Berg".
fn present(page: &Page, lang: Lang) -> String {
    let came = |one: &Attended| match one.guest {
        None => format!("{}: {}", one.unit, one.name),
        Some(kind) => format!("{} ({}): {}", room::guest_kind(kind, lang), one.unit, one.name),
    };
    page.present.iter().map(came).collect::<Vec<_>>().join(" · ")
}

/// What each party brought, under its name and the kind of information.
fn contributions(page: &Page, units: &BTreeMap<UnitId, String>, lang: Lang) -> impl IntoView + use<> {
    let told = page.body.contributions.iter().map(|one| {
        let unit = units.get(&one.unit).cloned().unwrap_or_default();
        let text = record::paragraphs(&one.text);
        view! { <h3>{record::giver(&unit, one.kind, lang)}</h3>{text} }
    });
    let told: Vec<_> = told.collect();
    (!told.is_empty()).then(|| view! { <section><h2>{text::contributions(lang)}</h2>{told}</section> })
}

fn childs_view(page: &Page, lang: Lang) -> impl IntoView + use<> {
    let view = page.body.childs_view.map(|view| text::view_of(view, lang));
    let words = record::paragraphs(&page.body.childs_words);
    (view.is_some() || !page.body.childs_words.is_empty()).then(|| {
        view! {
            <section>
                <h2>{text::childs_view(lang)}</h2>
                {view.map(|view| view! { <p>{view}"."</p> })}
                {words}
            </section>
        }
    })
}

/// A part that is prose; nothing where nothing was written.
fn part(heading: &'static str, text: &str) -> impl IntoView + use<> {
    let paragraphs = record::paragraphs(text);
    (!text.is_empty()).then(|| view! { <section><h2>{heading}</h2>{paragraphs}</section> })
}
