//! Figures of whole school years, as they were published: each measure as a picture and as the table it was made of.

pub mod file;
mod picture;
mod table;

use backend::view::figures::{AgeBand, Figures, FiguresPage as Shown, Middles, Publication, figures_page};
use domain::{time::day, year::SchoolYear};
use leptos::{either::Either, prelude::*};

use crate::{
    components::{Crumbs, Empty, Note, Title, Tone},
    path,
    request::{page, query},
    text::{Lang, date, figures as text, series, year as year_text},
};

/// The page "Siffror".
#[component]
pub fn FiguresPage() -> impl IntoView {
    let asked = query("lasar").and_then(|year| year.parse().ok());
    page(move |ask| async move {
        let shown = figures_page(&ask.backend, &ask.actor, asked).await?;
        Ok(page_of(&shown, ask.lang))
    })
}

fn page_of(shown: &Shown, lang: Lang) -> impl IntoView + use<> {
    let title = shown.shown.as_ref().map_or_else(
        || text::figures(lang).to_owned(),
        |told| text::title(lang, told.year.begins_in(), told.year.begins_in() + 1),
    );
    let file = shown.shown.as_ref().map(|told| {
        let to = path::figures_file(told.year.begins_in());
        view! { <div class="btns"><a class="btn" href=to download="">{text::save(lang)}</a></div> }
    });
    let first_on = date::day_month_year(shown.next_on, lang);
    let body = match &shown.shown {
        Some(told) => Either::Left(view! {
            {choice(&shown.years, told.year, lang)}
            {about(told, lang)}
            {measures(told, lang)}
        }),
        None => Either::Right(view! {
            <Empty title=text::none_title(lang)>
                <p>{text::none_text(lang, &first_on)}</p>
            </Empty>
        }),
    };
    let steps = vec![
        (path::MEETINGS.to_owned(), series::meetings(lang).to_owned()),
        (path::YEAR.to_owned(), year_text::year(lang).to_owned()),
    ];
    view! {
        <Title text=title.clone()/>
        <Crumbs steps/>
        <div class="head">
            <div>
                <h1>{title}</h1>
                <p>{text::lead(lang)}</p>
            </div>
            {file}
        </div>
        {body}
    }
}

/// Which school years there are, where there is more than one.
fn choice(years: &[SchoolYear], shown: SchoolYear, lang: Lang) -> impl IntoView + use<> {
    let link = |year: &SchoolYear| {
        let begins = year.begins_in();
        let here = (*year == shown).then_some("page");
        view! { <a href=path::figures(begins) aria-current=here>{text::year(lang, begins, begins + 1)}</a> }
    };
    (years.len() > 1).then(|| {
        let links = years.iter().map(link).collect_view();
        view! { <nav class="tabs" aria-label=text::which(lang)>{links}</nav> }
    })
}

/// What is hidden and why, and that it stays so.
fn about(told: &Publication, lang: Lang) -> impl IntoView + use<> {
    let on = date::day_month_year(day(told.published_at), lang);
    view! {
        <Note tone=Tone::Info>
            <p>
                <b>{text::hidden_title(lang)}</b>
            </p>
            <p>{text::hidden_text(lang)}</p>
            <p>{text::published(lang, &on)}</p>
        </Note>
    }
}

fn measures(told: &Publication, lang: Lang) -> impl IntoView + use<> {
    let Figures { cases, waiting, attendance, consent, undertakings } = &told.figures;
    let of_days = |title: &'static str, hint: &'static str, days: &Middles| {
        let (picture, table) = (picture::of_days(title, days, lang), table::of_days(title, days, lang));
        measure((title, hint), picture, table, lang)
    };
    let of_cases = {
        let (picture, table) = (picture::of_cases(cases, lang), table::of_cases(cases, lang));
        measure((text::cases(lang), text::cases_hint(lang)), picture, table, lang)
    };
    let who_came = {
        let title = text::attendance(lang);
        let (picture, table) = (picture::of_units(title, attendance, lang), table::of_attendance(attendance, lang));
        measure((title, text::attendance_hint(lang)), picture, table, lang)
    };
    let what_was_done = {
        let title = text::undertakings(lang);
        let (picture, table) =
            (picture::of_units(title, undertakings, lang), table::of_undertakings(undertakings, lang));
        measure((title, text::undertakings_hint(lang)), picture, table, lang)
    };
    view! {
        {of_cases}
        {of_days(text::waiting(lang), text::waiting_hint(lang), waiting)}
        {of_days(text::consent(lang), text::consent_hint(lang), consent)}
        {who_came}
        {what_was_done}
    }
}

/// A picture, and the table with the same numbers.
fn measure<P: IntoView, T: IntoView>(
    (title, hint): (&'static str, &'static str),
    picture: Option<P>,
    table: T,
    lang: Lang,
) -> impl IntoView + use<P, T> {
    let body = match picture {
        Some(picture) => Either::Left(view! { {picture} {table} }),
        None => Either::Right(view! { <p class="soft">{text::nothing(lang)}</p> }),
    };
    view! {
        <section class="sheet block near">
            <h2>{title}</h2>
            <p class="hint">{hint}</p>
            {body}
        </section>
    }
}

/// "6–12 år".
fn ages(band: AgeBand, lang: Lang) -> String {
    match band.to {
        Some(to) => text::ages(lang, band.from, to),
        None => text::older(lang, band.from),
    }
}
