//! The board of those who arrange a meeting.

use backend::view::agenda::{Board, Column, MeetingHead};
use chrono::{NaiveTime, Timelike};
use domain::{
    id::MeetingId,
    meeting::{InvitationAnswer, MeetingState},
};
use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{
    head, problem_of_a_button,
    queue::{additions, queue},
    row::row,
    warnings::warnings,
};
use crate::{
    api::agenda::{ArrangeAgenda, UNDO, UndoOrder},
    components::{Empty, Form, Title},
    islands::AgendaBoard,
    path,
    request::{lang, query},
    text::{Lang, agendas as text, date::minutes},
};

/// The whole page.
pub(super) fn board(board: Board) -> impl IntoView {
    let lang = lang();
    let meeting = board.meeting.id;
    let buttons = buttons(&board, lang);
    let undo = board.open.then(|| undo(meeting, board.stamp.clone(), lang));
    let draft = board.meeting.state == MeetingState::Draft;
    let warnings = warnings(&board.warnings, (board.meeting.forum_id, meeting), &board.stamp, draft, lang);
    let table = live(&board, lang);
    let rest =
        board.open.then(|| (queue(meeting, board.queue, board.frozen_since), additions(meeting, board.usual_minutes)));
    view! {
        <Title text=text::title(lang)/>
        <div data-live="head">
            {head(&board.meeting, buttons)}
            {problem_of_a_button()}
            {arranged(board.waiting, lang)}
            {undo}
            {warnings}
        </div>
        {table}
        <div data-live="rest">{rest}</div>
    }
}

/// The table, with hands on it while it can be changed. What they read of it stands on the part that is shown again.
fn live(board: &Board, lang: Lang) -> AnyView {
    let table = if board.rows.is_empty() {
        view! { <Empty title=text::empty_title(lang)>{text::empty_text(lang)}</Empty> }.into_any()
    } else {
        sheet(board, lang).into_any()
    };
    if !board.open {
        return table;
    }
    let gaps = board.gaps.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let starts = minutes_of_day(board.meeting.starts.time()).to_string();
    let (pulse, stamp) = (board.pulse.clone(), board.stamp.clone());
    view! {
        <AgendaBoard lang meeting=board.meeting.id.to_string()>
            <div
                data-live="board"
                data-pulse=pulse
                data-stamp=stamp
                data-starts=starts
                data-gaps=gaps
                data-moved=text::order_saved(lang)
                data-not-saved=text::not_saved(lang)
                data-stale=text::stale(lang)
                data-changed=text::changed_by_other(lang)
                data-changed-beside=text::changed_beside(lang)
            >
                {table}
            </div>
        </AgendaBoard>
    }
    .into_any()
}

fn buttons(board: &Board, lang: Lang) -> impl IntoView + use<> {
    let MeetingHead { id, state, .. } = board.meeting;
    let stamp = board.stamp.clone();
    let some = board.open && !board.rows.is_empty();
    let arrange = some.then(|| {
        view! {
            <Form to=ArrangeAgenda::PATH class="inline" summary=false>
                {seen(id, stamp)}
                <button class="btn">{text::arrange(lang)}</button>
            </Form>
        }
    });
    let call = some.then(|| {
        let words = if state == MeetingState::Draft { text::call(lang) } else { text::call_more(lang) };
        let class = if state == MeetingState::Draft { "btn primary" } else { "btn" };
        view! { <a class=class href=path::meeting_call(id)>{words}</a> }
    });
    let room = matches!(state, MeetingState::Published | MeetingState::Running | MeetingState::Held)
        .then(|| view! { <a class="btn primary" href=path::meeting_room(id)>{text::to_room(lang)}</a> });
    (arrange, call, room)
}

/// What every change of the board carries: which meeting, and which state of the board was seen.
pub(super) fn seen(meeting: MeetingId, stamp: String) -> impl IntoView {
    view! {
        <input type="hidden" name="meeting" value=meeting.to_string()/>
        <input type="hidden" name="seen" value=stamp/>
    }
}

/// One press back from the last order, as long as nobody changed the board since.
fn undo(meeting: MeetingId, stamp: String, lang: Lang) -> Option<impl IntoView> {
    let way_back = query(UNDO)?;
    let (of, places) = way_back.split_once('.').filter(|(of, _)| *of == stamp)?;
    let (of, places) = (of.to_owned(), places.to_owned());
    Some(view! {
        <Form to=UndoOrder::PATH class="inline screen-only" summary=false>
            {seen(meeting, of)}
            <input type="hidden" name="places" value=places/>
            <button class="btn small">{text::undo(lang)}</button>
        </Form>
    })
}

/// What ordering for the partners' sake did.
fn arranged(now: u64, lang: Lang) -> Option<impl IntoView> {
    let said = query("ordnat")?;
    let (before, at_least) = said.split_once('-')?;
    let (before, at_least): (u64, u64) = (before.parse().ok()?, at_least.parse().ok()?);
    let proven = match at_least {
        least if least == now => format!(" {}", text::proven(lang)),
        0 => String::new(),
        least => format!(" {}", text::at_least(lang, least)),
    };
    Some(view! {
        <p class="note ok" role="status">
            <span aria-hidden="true">"✓"</span>
            <span>{text::arranged(lang, before, now)}{proven}</span>
        </p>
    })
}

fn sheet(board: &Board, lang: Lang) -> impl IntoView + use<> {
    let class = if board.columns.len() >= 7 { "agenda many" } else { "agenda" };
    let columns = board.columns.iter().map(|column| column_head(column, lang)).collect_view();
    let rows = board.rows.iter().map(|item| row(board, item)).collect_view();
    let table = view! {
        <table class=class>
            <caption class="visually-hidden">{text::title(lang)}</caption>
            <thead>
                <tr>
                    <th class="grip"><span class="visually-hidden">{text::order(lang)}</span></th>
                    <th scope="col">{text::time(lang)}</th>
                    <th scope="col">{text::item(lang)}</th>
                    <th scope="col">{text::consent(lang)}</th>
                    {columns}
                    <th class="acts"><span class="visually-hidden">{text::change(lang)}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {foot(board, lang)}
    };
    view! { <section class="sheet" aria-label=text::title(lang)>{table}</section> }
}

fn column_head(column: &Column, lang: Lang) -> impl IntoView + use<> {
    let under = match (&column.holder, column.answer) {
        (None, _) => text::seat_vacant(lang).to_owned(),
        (Some(_), Some(InvitationAnswer::Pending)) => text::no_answer(lang).to_owned(),
        (Some(name), _) => name.clone(),
    };
    view! {
        <th class="seat" scope="col" title=column.name.clone()>
            {column.short_name.clone()}
            <small>{under}</small>
        </th>
    }
}

fn foot(board: &Board, lang: Lang) -> impl IntoView + use<> {
    let asked = if board.meeting.state == MeetingState::Draft { text::to_be_called(lang) } else { text::asked(lang) };
    let whole = minutes(u32::from(board.meeting.minutes));
    view! {
        <div class="foot">
            <span><b>{minutes(board.planned)}</b>" "{text::planned(lang, &whole)}</span>
            <span>{text::waiting_before(lang)}" "<b data-waiting="">{format!("{} min", board.waiting)}</b></span>
            <span class="legend">
                <span><span class="dot yes" aria-hidden="true">"✓"</span>" "{text::coming(lang)}</span>
                <span><span class="dot ask" aria-hidden="true">"?"</span>" "{asked}</span>
                <span><span class="dot no" aria-hidden="true">"✕"</span>" "{text::not_covered(lang)}</span>
            </span>
        </div>
    }
}

fn minutes_of_day(time: NaiveTime) -> u32 {
    time.hour() * 60 + time.minute()
}
