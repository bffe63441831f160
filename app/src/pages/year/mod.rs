//! A school year: when forums meet, how full it is, how long cases waited. Each picture has its table.

mod picture;
mod table;

use backend::view::year::{ForumYear, YearPage as Shown, year_page};
use domain::year::SchoolYear;
use leptos::prelude::*;

use crate::{
    components::{Crumbs, Title},
    path,
    request::{page, query},
    text::{Lang, figures, series, year as text},
};

/// The page "Året".
#[component]
pub fn YearPage() -> impl IntoView {
    let asked = query("lasar").and_then(|year| year.parse().ok());
    page(move |ask| async move {
        let shown = year_page(&ask.backend, &ask.actor, asked).await?;
        Ok(year(&shown, ask.lang))
    })
}

fn year(shown: &Shown, lang: Lang) -> impl IntoView + use<> {
    let begins = shown.year.begins_in();
    let title = text::title(lang, begins, begins + 1);
    let lead = if shown.plans { text::lead(lang) } else { text::lead_own(lang) };
    let turn = |by: i32, label: &'static str, sign: &'static str| {
        let to = SchoolYear::beginning(begins + by)?;
        Some(view! { <a class="btn icon" href=path::year(to.begins_in()) aria-label=label>{sign}</a> })
    };
    let figures = shown.reads_figures.then(|| {
        view! { <a class="btn" href=path::FIGURES>{figures::figures(lang)}</a> }
    });
    let any = shown.forums.iter().any(|forum| !forum.meetings.is_empty());
    let body = if any {
        let told: Vec<&ForumYear> = shown.forums.iter().filter(|forum| forum.seated).collect();
        let (fullness, waits) = if told.is_empty() {
            (None, None)
        } else {
            (Some(load(shown, &told, lang)), Some(waiting(shown, &told, lang)))
        };
        view! { {meetings(shown, lang)} {fullness} {waits} }.into_any()
    } else {
        view! { <p class="sheet block">{text::none(lang)}</p> }.into_any()
    };
    view! {
        <Title text=title.clone()/>
        <Crumbs steps=vec![(path::MEETINGS.to_owned(), series::meetings(lang).to_owned())]/>
        <div class="head">
            <div>
                <h1>{title}</h1>
                <p>{lead}</p>
            </div>
            <div class="btns">
                {figures}
                {turn(-1, text::previous(lang), "‹")}
                {turn(1, text::next(lang), "›")}
            </div>
        </div>
        {body}
    }
}

/// A picture that scrolls where it is wider than the page, and what belongs to it.
fn figure<P: IntoView, R: IntoView>(
    title: &'static str,
    hint: Option<&'static str>,
    picture: P,
    rest: R,
) -> impl IntoView + use<P, R> {
    let hint = hint.map(|hint| view! { <p class="hint">{hint}</p> });
    view! {
        <section class="sheet block near year">
            <h2>{title}</h2>
            {hint}
            <div class="scroll" tabindex="0" role="region" aria-label=title>{picture}</div>
            {rest}
        </section>
    }
}

fn meetings(shown: &Shown, lang: Lang) -> impl IntoView + use<> {
    let rest = view! {
        {picture::legend(lang)}
        <details class="fold">
            <summary>{text::as_table(lang)}</summary>
            {table::weeks(shown, lang)}
        </details>
    };
    figure(text::meetings(lang), None, picture::meetings(shown, lang), rest)
}

fn load(shown: &Shown, told: &[&ForumYear], lang: Lang) -> impl IntoView + use<> {
    let rest = view! {
        {picture::legend_of_load(lang)}
        <details class="fold">
            <summary>{text::as_table(lang)}</summary>
            {table::load(told, lang)}
        </details>
    };
    figure(text::load(lang), Some(text::load_hint(lang)), picture::load(shown, told, lang), rest)
}

fn waiting(shown: &Shown, told: &[&ForumYear], lang: Lang) -> impl IntoView + use<> {
    let now = told.iter().map(|forum| view! { <li>{waits_now(forum, lang)}</li> }).collect_view();
    let now = (shown.year == SchoolYear::of(shown.today)).then(|| view! { <ul class="plain-list">{now}</ul> });
    if told.iter().all(|forum| forum.waited.is_empty()) {
        return view! {
            <section class="sheet block near year">
                <h2>{text::waiting(lang)}</h2>
                {now}
                <p class="soft">{text::waiting_none(lang)}</p>
            </section>
        }
        .into_any();
    }
    let rest = view! {
        <details class="fold">
            <summary>{text::as_table(lang)}</summary>
            {table::waiting(told, lang)}
        </details>
        {now}
    };
    let picture = picture::waiting(shown, told, lang);
    figure(text::waiting(lang), Some(text::waiting_hint(lang)), picture, rest).into_any()
}

fn waits_now(forum: &ForumYear, lang: Lang) -> String {
    let name = &forum.forum.name;
    match forum.now.cases {
        0 => text::waits_nobody(lang, name),
        1 => text::waits_one(lang, name, forum.now.longest),
        more => text::waits(lang, name, more, forum.now.median, forum.now.longest),
    }
}
