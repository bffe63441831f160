//! The tables that say what the pictures of a year show.

use backend::view::year::{ForumYear, YearPage as Shown};
use chrono::NaiveDate;
use domain::time::IsoWeek;
use leptos::prelude::*;

use super::picture::{of, state};
use crate::{
    path,
    text::{Lang, date, year as text},
};

/// Every week in which something is: the meetings of each forum, and what is closed.
pub(super) fn weeks(shown: &Shown, lang: Lang) -> impl IntoView + use<> {
    let heads =
        shown.forums.iter().map(|forum| view! { <th scope="col">{forum.forum.name.clone()}</th> }).collect_view();
    let rows = shown.year.weeks().filter_map(|week| row(shown, week, lang)).collect_view();
    view! {
        <table class="table dense">
            <caption class="visually-hidden">{text::meetings(lang)}</caption>
            <thead>
                <tr>
                    <th scope="col">{text::week(lang)}</th>
                    {heads}
                    <th scope="col">{text::closed(lang)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(shown: &Shown, week: IsoWeek, lang: Lang) -> Option<impl IntoView + use<>> {
    let (first, last) = (week.first_day(), week.last_day());
    let within = |on: NaiveDate| first <= on && on <= last;
    let closed: Vec<String> = shown
        .closed
        .iter()
        .filter(|span| span.from <= last && first <= span.until)
        .map(|span| format!("{}, {}", span.name, date::day_span(span.from, span.until, lang)))
        .collect();
    if closed.is_empty() && !shown.forums.iter().flat_map(|forum| &forum.meetings).any(|meeting| within(meeting.on)) {
        return None;
    }
    let cells = shown
        .forums
        .iter()
        .map(|forum| {
            let here = forum.meetings.iter().filter(|meeting| within(meeting.on)).map(|meeting| {
                let said = date::weekday_day(meeting.on, lang);
                let became = format!(", {}", state(meeting.state, lang));
                view! { <div><a href=path::meeting(meeting.id)>{said}</a>{became}</div> }
            });
            view! { <td data-label=forum.forum.short_name.clone()>{here.collect_view()}</td> }
        })
        .collect_view();
    let head = date::week_short(first, lang);
    Some(view! {
        <tr>
            <th scope="row">{head}</th>
            {cells}
            <td>{closed.join("; ")}</td>
        </tr>
    })
}

/// How full each meeting is.
pub(super) fn load(told: &[&ForumYear], lang: Lang) -> impl IntoView + use<> {
    let rows = told
        .iter()
        .flat_map(|forum| forum.meetings.iter().map(|meeting| (forum.forum.name.clone(), meeting)))
        .map(|(forum, meeting)| {
            let said = date::weekday_day(meeting.on, lang);
            view! {
                <tr>
                    <th scope="row">{date::week_short(meeting.on, lang)}</th>
                    <td>{forum}</td>
                    <td><a href=path::meeting(meeting.id)>{said}</a></td>
                    <td>{of(meeting, lang)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table dense">
            <caption class="visually-hidden">{text::load(lang)}</caption>
            <thead>
                <tr>
                    <th scope="col">{text::week(lang)}</th>
                    <th scope="col">{text::forum(lang)}</th>
                    <th scope="col">{text::meetings(lang)}</th>
                    <th scope="col">{text::load(lang)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// How long cases waited, month by month.
pub(super) fn waiting(told: &[&ForumYear], lang: Lang) -> impl IntoView + use<> {
    let mut lines: Vec<_> =
        told.iter().flat_map(|forum| forum.waited.iter().map(|one| (*one, forum.forum.name.clone()))).collect();
    lines.sort_by_key(|(one, _)| one.month);
    let rows = lines
        .into_iter()
        .map(|(one, forum)| {
            view! {
                <tr>
                    <th scope="row">{date::capitalised(date::month_name(one.month, lang))}</th>
                    <td>{forum}</td>
                    <td class="num" data-label=text::cases(lang)>{one.cases.to_string()}</td>
                    <td class="num" data-label=text::median(lang)>{one.median.to_string()}</td>
                    <td class="num" data-label=text::longest(lang)>{one.longest.to_string()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table dense">
            <caption class="visually-hidden">{text::waiting(lang)}</caption>
            <thead>
                <tr>
                    <th scope="col">{text::month(lang)}</th>
                    <th scope="col">{text::forum(lang)}</th>
                    <th scope="col" class="num">{text::cases(lang)}</th>
                    <th scope="col" class="num">{text::median(lang)}</th>
                    <th scope="col" class="num">{text::longest(lang)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
