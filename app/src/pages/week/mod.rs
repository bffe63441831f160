//! `/`: the week's meetings and what needs the reader.

mod meetings;
mod todos;

use backend::view::week::{WeekPage as Week, week_page};
use domain::time::IsoWeek;
use leptos::prelude::*;

use crate::{
    components::{Empty, Title},
    path,
    request::{page, query},
    text::{Lang, date, week as text},
};

/// The week.
#[component]
pub fn WeekPage() -> impl IntoView {
    let asked = query("vecka").and_then(|text| iso_week(&text));
    page(move |ask| async move {
        let week = week_page(&ask.backend, &ask.actor, asked).await?;
        Ok(view! { <Shown week lang=ask.lang/> })
    })
}

#[component]
fn Shown(week: Week, lang: Lang) -> impl IntoView {
    let title = text::title(lang, week.week.week());
    let days = date::day_span(week.week.first_day(), week.week.last_day(), lang);
    let new_case =
        week.may_register.then(|| view! { <a class="btn primary" href=path::NEW_CASE>{text::new_case(lang)}</a> });
    let cards = if week.meetings.is_empty() {
        nothing(&week, lang).into_any()
    } else {
        meetings::cards(&week, lang).into_any()
    };
    let todos = week.is_now.then(|| todos::todos(&week, lang));
    view! {
        <Title text=title.clone()/>
        <div class="head">
            <div>
                <h1>{title}</h1>
                <p>{days}</p>
            </div>
            <div class="btns">
                <WeekLinks week=week.week is_now=week.is_now lang/>
                {new_case}
            </div>
        </div>
        {cards}
        {todos}
    }
}

/// To the weeks beside, and back to the present one.
#[component]
fn WeekLinks(week: IsoWeek, is_now: bool, lang: Lang) -> impl IntoView {
    let back = (!is_now).then(|| view! { <a class="btn" href=path::WEEK>{text::now(lang)}</a> });
    view! {
        <a class="btn icon" href=path::week(written(week.previous())) aria-label=text::previous(lang)>"‹"</a>
        {back}
        <a class="btn icon" href=path::week(written(week.next())) aria-label=text::next(lang)>"›"</a>
    }
}

fn nothing(week: &Week, lang: Lang) -> impl IntoView + use<> {
    let next = week.next.as_ref().map(|(meeting, on, forum)| {
        let words = text::next_meeting(lang, forum, &date::weekday_day_near(*on, week.today, lang));
        view! { <p><a href=path::meeting(meeting)>{words}</a></p> }
    });
    view! {
        <Empty title=text::no_meetings(lang)>
            <p>{text::no_meetings_text(lang)}</p>
            {next}
        </Empty>
    }
}

/// A week as in the address: `2026-W48` (ISO 8601).
fn iso_week(text: &str) -> Option<IsoWeek> {
    let (year, week) = text.split_once("-W")?;
    IsoWeek::new(year.parse().ok()?, week.parse().ok()?).ok()
}

fn written(week: IsoWeek) -> String {
    format!("{}-W{:02}", week.year(), week.week())
}
