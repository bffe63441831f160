//! Forums with their seats and meetings, units by authority.

use backend::view::municipality::{self, ForumCard, Overview, SeatLine, SeriesLine, UnitLine};
use domain::visibility::Role;
use leptos::{either::Either, prelude::*};

use super::{colour, forum_line};
use crate::{
    components::{Empty, Note, Title},
    path,
    request::{actor, page, request},
    text::{Lang, calendars, date, figures, mandate, municipality as text, retention, series as series_text},
};

/// Everything of the municipality on one page.
#[component]
pub fn OverviewPage() -> impl IntoView {
    page(|ask| async move {
        let overview = municipality::overview(&ask.backend, &ask.actor).await?;
        Ok(shown(overview, ask.lang))
    })
}

fn shown(overview: Overview, lang: Lang) -> impl IntoView {
    let Overview { forums, units, may_edit, .. } = overview;
    view! {
        <Title text=text::title(lang)/>
        <div class="head">
            <div>
                <h1>{text::title(lang)}</h1>
                <p>{text::lead(lang)}</p>
            </div>
            <div class="btns">
                <a class="btn" href=path::MANDATES>{mandate::title(lang)}</a>
                <a class="btn" href=path::CLOSED_DAYS>{series_text::closed_days(lang)}</a>
                {sees_retention().then(|| view! { <a class="btn" href=path::RETENTION>{retention::title(lang)}</a> })}
                {may_edit.then(|| view! { <a class="btn" href=path::CALENDAR_ADDRESSES>{calendars::addresses(lang)}</a> })}
                {may_edit.then(|| view! { <a class="btn" href=path::FIGURES>{figures::figures(lang)}</a> })}
                {may_edit.then(|| view! { <a class="btn" href=path::NEW_FORUM>{text::new_forum(lang)}</a> })}
                {may_edit.then(|| view! { <a class="btn primary" href=path::NEW_UNIT>{text::new_unit(lang)}</a> })}
            </div>
        </div>
        {(may_edit && !is_safe()).then(|| {
            view! {
                <Note>
                    <p><b>{text::no_scanner(lang)}</b></p>
                    <p>{text::no_scanner_text(lang)}</p>
                </Note>
            }
        })}
        {forum_cards(forums, may_edit, lang)}
        {unit_tables(units, may_edit, lang)}
    }
}

/// Whether what is kept and what may go is shown to the reader.
fn sees_retention() -> bool {
    actor().is_some_and(|actor| matches!(actor.role, Role::Coordinator | Role::Administrator) && actor.unit.is_some())
}

/// Whether a virus scanner looks through what is sent in, or nothing real is: in the demo.
fn is_safe() -> bool {
    request().is_none_or(|request| request.house.scans || request.backend.site().demo)
}

fn forum_cards(forums: Vec<ForumCard>, may_edit: bool, lang: Lang) -> impl IntoView {
    if forums.is_empty() {
        return Either::Left(view! {
            <Empty title=text::no_forum_title(lang)>
                <p>{text::no_forum_text(lang)}</p>
                {begin(may_edit, path::NEW_FORUM, text::new_forum(lang), lang)}
            </Empty>
        });
    }
    let cards = forums.into_iter().map(|card| forum_card(card, lang)).collect_view();
    Either::Right(view! { <div class="forums">{cards}</div> })
}

fn forum_card(card: ForumCard, lang: Lang) -> impl IntoView {
    let now: Vec<String> = card.series.iter().filter(|series| !series.over).map(|series| when(series, lang)).collect();
    let when = if now.is_empty() { text::no_series(lang).to_owned() } else { now.join(" · ") };
    let to = path::forum(card.forum.id);
    view! {
        <section class=format!("sheet {}", colour(&card.forum.code))>
            {forum_line(&card.forum, lang)}
            <h2>{date::capitalised(&when)}</h2>
            <p class="soft">{card.place}</p>
            <ul class="seats">{card.seats.into_iter().map(|seat| seat_line(seat, lang)).collect_view()}</ul>
            <div class="btns"><a class="btn" href=to>{text::show_forum(lang)}</a></div>
        </section>
    }
}

/// "tisdagar 13.00, varje vecka".
pub(super) fn when(series: &SeriesLine, lang: Lang) -> String {
    let plan = &series.plan;
    let weekdays = series_text::on_weekdays(plan.weekday, lang);
    let often = series_text::how_often(plan.interval_weeks, lang);
    format!("{weekdays} {}, {often}", date::clock(plan.starts))
}

fn seat_line(seat: SeatLine, lang: Lang) -> impl IntoView {
    view! {
        <li>
            {seat_name(&seat, lang)}
            {sitter(&seat, lang)}
        </li>
    }
}

/// Whose seat it is, as what, and whether always there.
pub(super) fn seat_name(seat: &SeatLine, lang: Lang) -> impl IntoView + use<> {
    let function = (!seat.function.is_empty()).then(|| view! { <small>{seat.function.clone()}</small> });
    let standing = seat.standing.then(|| view! { <small>{text::standing_short(lang)}</small> });
    view! { <span>{seat.unit_name.clone()}{function}{standing}</span> }
}

/// Who sits on a seat, or that nobody does.
pub(super) fn sitter(seat: &SeatLine, lang: Lang) -> impl IntoView + use<> {
    let names: Vec<&str> = seat.deputies.iter().map(|deputy| deputy.name.as_str()).collect();
    let deputies = (!names.is_empty()).then(|| view! { <small>{text::deputies_are(lang, &names.join(", "))}</small> });
    match &seat.holder {
        Some(holder) => Either::Left(view! { <span>{holder.name.clone()}{deputies}</span> }),
        None => Either::Right(view! {
            <span class="vacant"><span aria-hidden="true">"▲ "</span>{text::vacant(lang)}{deputies}</span>
        }),
    }
}

fn unit_tables(units: Vec<(String, Vec<UnitLine>)>, may_edit: bool, lang: Lang) -> impl IntoView {
    if units.is_empty() {
        return Either::Left(view! {
            <Empty title=text::no_unit_title(lang)>
                <p>{text::no_unit_text(lang)}</p>
                {begin(may_edit, path::NEW_UNIT, text::new_unit(lang), lang)}
            </Empty>
        });
    }
    let tables = units.into_iter().map(|(authority, units)| unit_table(authority, units, lang)).collect_view();
    Either::Right(tables)
}

fn unit_table(authority: String, units: Vec<UnitLine>, lang: Lang) -> impl IntoView {
    let rows = units
        .into_iter()
        .map(|unit| {
            let closed =
                unit.closed.then(|| view! { <span class="ended">{format!(" · {}", text::closed_unit(lang))}</span> });
            view! {
                <tr>
                    <th scope="row"><a class="ref" href=path::unit(unit.id)>{unit.name}</a>{closed}</th>
                    <td data-label=text::kind(lang)>{text::unit_kind(unit.kind, lang)}</td>
                    <td data-label=text::short_name(lang)>{unit.short_name}</td>
                    <td class="num" data-label=text::people(lang)>{unit.people}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="sheet">
            <table class="table">
                <caption>{authority}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text::unit(lang)}</th>
                        <th scope="col">{text::kind(lang)}</th>
                        <th scope="col">{text::short_name(lang)}</th>
                        <th scope="col" class="num">{text::people(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

/// How to begin, or who can.
fn begin(may_edit: bool, to: &'static str, label: &'static str, lang: Lang) -> impl IntoView + use<> {
    if may_edit {
        Either::Left(view! { <a class="btn primary" href=to>{label}</a> })
    } else {
        Either::Right(view! { <p class="soft">{text::only_administrators(lang)}</p> })
    }
}
