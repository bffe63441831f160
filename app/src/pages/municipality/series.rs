//! A series: planned, shown, and only then saved.

use backend::{
    usecase::change_series::SeriesTyped,
    view::{
        municipality::{self, ForumCard, SeriesLine},
        routing::ForumName,
        series::{Conflict, Fate, SeriesDay, SeriesPreview, preview},
    },
};
use chrono::{NaiveDate, Weekday};
use domain::{
    id::{ForumId, SeriesId},
    visibility::Role,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{crumb, forum_line};
use crate::{
    api::series::{EndSeries, PlanSeries},
    components::{Crumbs, DateField, Field, Form, Select, Title},
    path,
    problem::Problem,
    request::{page, param, query, query_up_to},
    text::{Lang, date, series as text},
};

/// Everything the form shows: as typed last, as saved, or as suggested.
struct Plan {
    forum: ForumName,
    there: Option<SeriesLine>,
    typed: SeriesTyped,
    preview: Option<SeriesPreview>,
}

/// A new series, or one there is.
#[component]
pub fn SeriesPage() -> impl IntoView {
    let id = param::<ForumId>("id");
    let series = query("serie").map(|text| text.parse::<SeriesId>());
    let typed = as_shown();
    page(|ask| async move {
        ask.actor.must_be(&[Role::Administrator])?;
        let series = series.transpose().map_err(|_| Problem::NotFound)?;
        let card = municipality::forum(&ask.backend, &ask.actor, id?).await?.card;
        let there = match series {
            Some(id) => Some(card.series.iter().find(|line| line.id == id).cloned().ok_or(Problem::NotFound)?),
            None => None,
        };
        let preview = match &typed {
            Some(typed) => Some(preview(&ask.backend, &ask.actor, card.forum.id, series, typed).await?),
            None => None,
        };
        let typed = typed.unwrap_or_else(|| there.as_ref().map_or_else(|| suggested(&card), as_saved));
        Ok::<_, Problem>(shown(Plan { forum: card.forum, there, typed, preview }, ask.lang))
    })
}

/// What the address carries after "Visa träffarna".
fn as_shown() -> Option<SeriesTyped> {
    Some(SeriesTyped {
        weekday: query("dag")?,
        starts: query("tid")?,
        minutes: query("minuter")?,
        interval_weeks: query("intervall")?,
        from: query("fran")?,
        until: query("till")?,
        place: query("plats")?,
        days: query_up_to("val", 1600)
            .unwrap_or_default()
            .split('_')
            .filter_map(|day| day.split_once('.'))
            .map(both)
            .collect(),
    })
}

fn both((on, choice): (&str, &str)) -> (String, String) {
    (on.to_owned(), choice.to_owned())
}

fn as_saved(series: &SeriesLine) -> SeriesTyped {
    let plan = &series.plan;
    SeriesTyped {
        weekday: plan.weekday.number_from_monday().to_string(),
        starts: date::clock(plan.starts),
        minutes: plan.minutes.to_string(),
        interval_weeks: plan.interval_weeks.to_string(),
        from: plan.from.to_string(),
        until: plan.until.to_string(),
        place: series.place.clone(),
        days: Vec::new(),
    }
}

fn suggested(forum: &ForumCard) -> SeriesTyped {
    SeriesTyped {
        minutes: forum.meeting_minutes.to_string(),
        interval_weeks: "1".into(),
        place: forum.place.clone(),
        ..SeriesTyped::default()
    }
}

fn shown(plan: Plan, lang: Lang) -> impl IntoView {
    let title = if plan.there.is_some() { text::change_series(lang) } else { text::new_series(lang) };
    let line = forum_line(&plan.forum, lang);
    let back = (path::forum(plan.forum.id), plan.forum.name.clone());
    let end = plan.there.clone().map(|series| end(series, plan.forum.id, lang));
    let form = form(plan, lang);
    view! {
        <Title text=title/>
        <Crumbs steps=vec![crumb(lang), back]/>
        <div class="head"><div>{line}<h1>{title}</h1></div></div>
        {form}
        {end}
    }
}

fn form(plan: Plan, lang: Lang) -> impl IntoView {
    let (typed, forum) = (plan.typed, plan.forum.id);
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let (from, until) = (day(&typed.from), day(&typed.until));
    let before = if plan.there.is_some() { text::from_hint(lang) } else { "" };
    let series = plan.there.as_ref().map(|series| series.id.to_string()).unwrap_or_default();
    let version = plan.there.as_ref().map_or(0, |series| series.version);
    let seen = plan.preview.is_some();
    let preview = plan.preview.map_or_else(
        || view! { <p class="hint">{text::preview_first(lang)}</p> }.into_any(),
        |preview| days(preview, lang).into_any(),
    );
    view! {
        <Form to=PlanSeries::PATH class="planner">
            <div class="sheet block">
            <input type="hidden" name="forum" value=forum.to_string()/>
            <input type="hidden" name="series" value=series/>
            <input type="hidden" name="version" value=version.to_string()/>
            <div class="row">
                <Select name="weekday" label=text::weekday(lang) options=weekdays(lang) value=typed.weekday/>
                <Select name="interval_weeks" label=text::interval(lang) options=intervals(lang) value=typed.interval_weeks/>
            </div>
            <div class="row">
                <Field name="starts" label=text::starts(lang) value=typed.starts hint=text::starts_hint(lang) maxlength=5 class="time"/>
                <Field name="minutes" label=text::minutes(lang) value=typed.minutes inputmode="numeric" maxlength=3 class="number"/>
            </div>
            <div class="row">
                {dated("from", text::from(lang), from, before)}
                {dated("until", text::until(lang), until, "")}
            </div>
            <Field name="place" label=text::place(lang) value=typed.place/>
            <div class="btns">
                {seen
                    .then(|| view! { <button class="btn primary" name="step" value="save">{text::save_series(lang)}</button> })}
                <button class=if seen { "btn" } else { "btn primary" } name="step" value="show">
                    {if seen { text::show_again(lang) } else { text::show_meetings(lang) }}
                </button>
            </div>
            </div>
            <section class="sheet block near">{preview}</section>
        </Form>
    }
}

fn dated(name: &'static str, label: &'static str, day: Option<NaiveDate>, hint: &'static str) -> impl IntoView {
    match day {
        Some(day) => view! { <DateField name label date=day hint/> }.into_any(),
        None => view! { <DateField name label hint/> }.into_any(),
    }
}

fn weekdays(lang: Lang) -> Vec<(String, String)> {
    let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    let named = |day: Weekday| date::capitalised(date::weekday_name(day, lang));
    days.into_iter().map(|day| (day.number_from_monday().to_string(), named(day))).collect()
}

fn intervals(lang: Lang) -> Vec<(String, String)> {
    (1..=4).map(|weeks| (weeks.to_string(), date::capitalised(&text::how_often(weeks, lang)))).collect()
}

/// Every day of the series and what becomes of it.
fn days(preview: SeriesPreview, lang: Lang) -> impl IntoView {
    let made = preview.made();
    let mut lines: Vec<(NaiveDate, AnyView)> =
        preview.days.into_iter().map(|day| (day.on, outcome(&day, lang))).collect();
    for on in preview.removed {
        lines.push((on, view! { <span class="chip stop">{text::removed(lang)}</span> }.into_any()));
    }
    lines.sort_by_key(|(on, _)| *on);
    let rows = lines
        .into_iter()
        .map(|(on, outcome)| {
            view! {
                <tr>
                    <td>{date::week_short(on, lang)}</td>
                    <th scope="row">{date::weekday_day_year(on, lang)}</th>
                    <td>{outcome}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{text::preview_title(lang)}</h2>
        <p>{text::preview_lead(lang, made)}</p>
        <table class="table dense">
            <thead>
                <tr>
                    <th scope="col">{text::week(lang)}</th>
                    <th scope="col">{text::day(lang)}</th>
                    <th scope="col">{text::outcome(lang)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn outcome(day: &SeriesDay, lang: Lang) -> AnyView {
    let fate = match day.fate {
        Fate::Made { on } if on != day.on => {
            let moved = text::made_on(lang, &date::weekday_day(on, lang));
            view! { <span class="chip ok"><span aria-hidden="true">"→ "</span>{moved}</span> }.into_any()
        }
        Fate::Made { .. } => {
            view! { <span class="chip ok"><span aria-hidden="true">"✓ "</span>{text::made(lang)}</span> }.into_any()
        }
        Fate::Stays => view! { <span class="chip">{text::stays(lang)}</span> }.into_any(),
        Fate::Past => view! { <span class="soft">{text::past(lang)}</span> }.into_any(),
        Fate::Skipped => view! { <span class="chip">{text::no_meeting(lang)}</span> }.into_any(),
    };
    let conflict = day.conflict.as_ref().map(|conflict| choice(day.on, conflict, lang));
    view! { <span class="spread">{fate}{conflict}</span> }.into_any()
}

/// Why a day is not free to meet on, and what to do about it.
fn choice(on: NaiveDate, conflict: &Conflict, lang: Lang) -> impl IntoView + use<> {
    let why = text::skip_reason(conflict.reason, conflict.name.as_deref(), lang);
    let label = text::what_to_do(lang, &date::weekday_day(on, lang));
    let chosen = conflict.choice;
    let options = conflict
        .choices
        .iter()
        .map(|(choice, instead)| {
            let words = text::day_choice(*choice, instead.filter(|day| *day != on), lang);
            view! { <option value=choice.code() selected=*choice == chosen>{words}</option> }
        })
        .collect_view();
    view! {
        <span class="red-day">{why}</span>
        <select class="input choice" name=format!("days[d{on}]") aria-label=label>{options}</select>
    }
}

fn end(series: SeriesLine, forum: ForumId, lang: Lang) -> impl IntoView {
    view! {
        <Form to=EndSeries::PATH key="end" class="sheet block near">
            <h2>{text::end_series(lang)}</h2>
            <p class="hint">{text::end_series_text(lang)}</p>
            <input type="hidden" name="forum" value=forum.to_string()/>
            <input type="hidden" name="series" value=series.id.to_string()/>
            <input type="hidden" name="version" value=series.version.to_string()/>
            <DateField name="until" label=text::last_day(lang)/>
            <div class="btns"><button class="btn danger">{text::end_series(lang)}</button></div>
        </Form>
    }
}
