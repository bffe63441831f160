//! "Uppdrag och regler": what each party is for and what binds it, so that those who sit together know each other's limits.

use domain::unit::UnitKind;
use leptos::prelude::*;

use super::crumb;
use crate::{
    components::{Crumbs, Title},
    path,
    problem::Problem,
    request::{page, param},
    text::{
        Lang,
        mandate::{self as text, FOR_ALL, Fact, Mandate},
        municipality::unit_kind,
    },
};

/// What holds for all, and the way to each party.
#[component]
pub fn MandatesPage() -> impl IntoView {
    page(|ask| async move {
        let lang = ask.lang;
        let kinds = UnitKind::ALL
            .iter()
            .map(|kind| view! { <li><a href=path::mandate(*kind)>{unit_kind(*kind, lang)}</a></li> })
            .collect_view();
        Ok::<_, Problem>(view! {
            <Title text=text::title(lang)/>
            <Crumbs steps=vec![crumb(lang)]/>
            <div class="head"><div><h1>{text::title(lang)}</h1><p>{text::lead(lang)}</p></div></div>
            <div class="file">
                <div>{part(text::for_all(lang), FOR_ALL, lang)}</div>
                <aside>
                    <nav class="sheet side-box" aria-label=text::to_all(lang)>
                        <h2>{text::to_all(lang)}</h2>
                        <ul class="rows-list">{kinds}</ul>
                    </nav>
                </aside>
            </div>
            <p class="hint">{text::checked(lang)}</p>
        })
    })
}

/// One kind of party.
#[component]
pub fn MandatePage() -> impl IntoView {
    let kind = param::<UnitKind>("kind");
    page(|ask| async move { Ok::<_, Problem>(shown(kind?, ask.lang)) })
}

fn shown(kind: UnitKind, lang: Lang) -> impl IntoView {
    let Mandate { mission, strength, secrecy, without_consent, duty, good_to_know } = text::mandate(kind);
    let name = unit_kind(kind, lang);
    view! {
        <Title text=text::rules_of(lang, name)/>
        <Crumbs steps=vec![crumb(lang), (path::MANDATES.to_owned(), text::title(lang).to_owned())]/>
        <div class="head"><div><h1>{name}</h1><p>{strength.words(lang)}</p></div></div>
        {part(text::mission(lang), mission, lang)}
        {part(text::secrecy(lang), secrecy, lang)}
        {part(text::without_consent(lang), without_consent, lang)}
        {part(text::duty(lang), duty, lang)}
        {part(text::good_to_know(lang), good_to_know, lang)}
        <p><a href=path::MANDATES>{text::for_all(lang)}</a></p>
        <p class="hint">{text::checked(lang)}</p>
    }
}

fn part(head: &'static str, facts: &'static [Fact], lang: Lang) -> impl IntoView {
    let lines = facts
        .iter()
        .map(|fact| view! { <li>{fact.words(lang)}<small lang="sv">{fact.source}</small></li> })
        .collect_view();
    view! {
        <section class="sheet block near">
            <h2>{head}</h2>
            <ul class="sourced">{lines}</ul>
        </section>
    }
}
