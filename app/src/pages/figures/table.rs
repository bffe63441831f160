//! The tables of published figures.

use backend::view::figures::{AgeBand, Grid, Line, Middles, NamedForum, NamedUnit, Number};
use domain::figures::{Completion, Turnout};
use leptos::prelude::*;

use super::ages;
use crate::text::{Lang, figures as text};

/// Cases by age and forum.
pub(super) fn of_cases(cases: &Grid<AgeBand, NamedForum>, lang: Lang) -> impl IntoView + use<> {
    let heads: Vec<String> = cases.columns.iter().map(|forum| forum.name.clone()).collect();
    let rows = cases.lines.iter().map(|line| row(ages(line.of, lang), &heads, &line.cells, line.total, None, lang));
    let rows = rows.collect();
    let last = row(text::total(lang).to_owned(), &heads, &cases.totals, cases.total, None, lang);
    table(text::cases(lang), text::age(lang), &heads, None, (rows, last), lang)
}

/// Middles of days by forum, and of all.
pub(super) fn of_days(title: &'static str, middles: &Middles, lang: Lang) -> impl IntoView + use<> {
    let line = |name: String, days: Option<u32>| {
        let days = days.map_or(Number::Hidden, Number::Shown);
        view! {
            <tr>
                <th scope="row">{name}</th>
                {number(text::days(lang).to_owned(), days, lang)}
            </tr>
        }
    };
    let each = middles.of_each.iter().map(|(forum, days)| line(forum.name.clone(), *days)).collect_view();
    let all = (middles.of_each.len() > 1).then(|| line(text::all(lang).to_owned(), middles.of_all));
    view! {
        <table class="table dense">
            <caption class="visually-hidden">{title}</caption>
            <thead>
                <tr>
                    <th scope="col">{text::forum(lang)}</th>
                    <th scope="col" class="num">{text::days(lang)}</th>
                </tr>
            </thead>
            <tbody>{each} {all}</tbody>
        </table>
    }
}

/// Who came, by unit.
pub(super) fn of_attendance(grid: &Grid<NamedUnit, Turnout>, lang: Lang) -> impl IntoView + use<> {
    let heads = grid.columns.iter().map(|column| text::turnout(*column, lang).to_owned()).collect();
    of_units(text::attendance(lang), grid, heads, text::came_share(lang), lang)
}

/// What became of undertakings, by unit.
pub(super) fn of_undertakings(grid: &Grid<NamedUnit, Completion>, lang: Lang) -> impl IntoView + use<> {
    let heads = grid.columns.iter().map(|column| text::completion(*column, lang).to_owned()).collect();
    of_units(text::undertakings(lang), grid, heads, text::in_time_share(lang), lang)
}

fn of_units<C>(
    title: &'static str,
    grid: &Grid<NamedUnit, C>,
    heads: Vec<String>,
    share: &'static str,
    lang: Lang,
) -> impl IntoView + use<C> {
    let line = |line: &Line<NamedUnit>| {
        row(line.of.name.clone(), &heads, &line.cells, line.total, Some((share, line.share(0))), lang)
    };
    let rows = grid.lines.iter().map(line).collect();
    let all = Some((share, grid.share_of_all(0)));
    let last = row(text::total(lang).to_owned(), &heads, &grid.totals, grid.total, all, lang);
    table(title, text::unit(lang), &heads, Some(share), (rows, last), lang)
}

/// A row: its name, its numbers, their total, and a share of it with its name where there is one.
fn row(
    name: String,
    heads: &[String],
    cells: &[Number],
    total: Number,
    share: Option<(&'static str, Option<u8>)>,
    lang: Lang,
) -> AnyView {
    let cells = heads.iter().zip(cells).map(|(head, cell)| number(head.clone(), *cell, lang)).collect_view();
    let share = share.map(|(head, share)| {
        number(head.to_owned(), share.map_or(Number::Hidden, |share| Number::Shown(share.into())), lang)
    });
    view! {
        <tr>
            <th scope="row">{name}</th>
            {cells}
            {number(text::total(lang).to_owned(), total, lang)}
            {share}
        </tr>
    }
    .into_any()
}

/// A number; a dash for a hidden one, with the words for who hears it; nothing where there can be none.
fn number(head: String, number: Number, lang: Lang) -> AnyView {
    match number {
        Number::Shown(count) => view! { <td class="num" data-label=head>{count.to_string()}</td> }.into_any(),
        Number::Hidden => view! {
            <td class="num" data-label=head>
                <span aria-hidden="true">"–"</span>
                <span class="visually-hidden">{text::not_shown(lang)}</span>
            </td>
        }
        .into_any(),
        Number::Impossible => view! { <td class="num"></td> }.into_any(),
    }
}

fn table(
    title: &'static str,
    first: &'static str,
    heads: &[String],
    share: Option<&'static str>,
    (rows, last): (Vec<AnyView>, AnyView),
    lang: Lang,
) -> impl IntoView + use<> {
    let heads = heads.iter().map(|head| view! { <th scope="col" class="num">{head.clone()}</th> }).collect_view();
    let share = share.map(|share| view! { <th scope="col" class="num">{share}</th> });
    view! {
        <table class="table dense">
            <caption class="visually-hidden">{title}</caption>
            <thead>
                <tr>
                    <th scope="col">{first}</th>
                    {heads}
                    <th scope="col" class="num">{text::total(lang)}</th>
                    {share}
                </tr>
            </thead>
            <tbody>{rows} {last}</tbody>
        </table>
    }
}
