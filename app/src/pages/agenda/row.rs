//! One row of the board.

use backend::view::agenda::{About, Board, CaseShown, Cell, Row};
use domain::meeting::MeetingState;
use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{board::seen, chip::chip, queue::asked};
use crate::{
    api::agenda::{CarryOver, ChangeMinutes, MoveItem, RemoveItem, SetFamilyTime},
    components::{Chip, Dot, Form, Tone},
    form::FormState,
    path,
    request::lang,
    text::{Lang, agendas as text, consent as consent_text, date::clock, proposal as asks},
};

pub(super) fn row(board: &Board, row: &Row) -> impl IntoView + use<> {
    let lang = lang();
    let name = name(&row.about, lang);
    let class = match row.about {
        About::General { .. } => "general",
        About::Case(_) => "",
        About::Anonymous { .. } => "closed",
    };
    let grip = board.open.then(|| {
        view! { <button type="button" class="script-only" aria-label=text::move_of(lang, &name)>"⠿"</button> }
    });
    let draft = board.meeting.state == MeetingState::Draft;
    let cells = row.cells.iter().zip(&board.columns).map(|(cell, column)| seat(*cell, &column.short_name, draft, lang));
    let acts = board.open.then(|| acts(board, row, &name, lang));
    view! {
        <tr class=class data-item=row.id.to_string() data-minutes=row.minutes.to_string() data-name=name>
            <td class="grip">{grip}</td>
            <td class="t">
                <time>{clock(row.starts.time())}</time>
                <small>{format!("{} min", row.minutes)}</small>
            </td>
            <th class="item" scope="row">{item(&row.about, row.too_late, lang)}</th>
            <td class="consent">{consent(&row.about, lang)}</td>
            {cells.collect_view()}
            <td class="acts">{acts}</td>
        </tr>
    }
}

fn name(about: &About, lang: Lang) -> String {
    match about {
        About::General { title } => title.clone(),
        About::Case(case) => format!("{} · {}", case.reference, text::age(lang, case.age)),
        About::Anonymous { .. } => text::anonymous(lang).to_owned(),
    }
}

fn item(about: &About, too_late: bool, lang: Lang) -> impl IntoView + use<> {
    let name = name(about, lang);
    let (head, sub) = match about {
        About::Case(case) => {
            let head = view! {
                <a class="ref" href=path::case(case.id)>{name}</a>
                {asked(case.asked.clone(), None, lang)}
            };
            (head.into_any(), sub_of(case, lang))
        }
        About::General { .. } => (view! { <span class="ref">{name}</span> }.into_any(), text::general(lang).to_owned()),
        About::Anonymous { question } => {
            let asked = question.clone().unwrap_or_else(|| text::anonymous_erased(lang).to_owned());
            let head = view! {
                <span class="ref">{name}</span>
                <p class="asked">{asked}</p>
            };
            (head.into_any(), text::no_notes(lang).to_owned())
        }
    };
    let late = too_late.then(|| view! { " "<Chip tone=Tone::Stop text=text::too_late(lang)/> });
    view! {
        {head}
        <div class="sub">{sub}{late}</div>
    }
}

fn sub_of(case: &CaseShown, lang: Lang) -> String {
    let by = (!case.registered_by.is_empty()).then(|| text::reported_by(lang, &case.registered_by));
    let alone = case.alone.then(|| consent_text::one_alone(lang).to_lowercase());
    let family = case.family_at.map(|at| asks::family_short(lang, &clock(at)));
    [Some(time(case.time, lang)), family, by, alone].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// "tredje gången".
pub(super) fn time(number: u32, lang: Lang) -> String {
    match number {
        0 | 1 => text::first_time(lang).to_owned(),
        2 => text::second_time(lang).to_owned(),
        3 => text::third_time(lang).to_owned(),
        more => text::nth_time(lang, more),
    }
}

fn consent(about: &About, lang: Lang) -> Option<AnyView> {
    match about {
        About::General { .. } => None,
        About::Case(case) => {
            // C13: two presses from here, this and who takes it back.
            let back = view! {
                <div class="sub">
                    <a
                        href=path::case_withdraw(case.id)
                        aria-label=format!("{} {}", consent_text::withdraw(lang), case.reference)
                    >
                        {consent_text::withdraw(lang)}
                    </a>
                </div>
            };
            Some(view! { {chip(case.consent)} {back} }.into_any())
        }
        About::Anonymous { .. } => Some(view! { <Chip tone=Tone::Stop text=text::missing(lang)/> }.into_any()),
    }
}

fn seat(cell: Cell, label: &str, draft: bool, lang: Lang) -> impl IntoView + use<> {
    let asked = if draft { text::to_be_called(lang) } else { text::asked(lang) };
    let (class, dot) = match cell {
        Cell::Empty => return view! { <td class="seat"></td> }.into_any(),
        Cell::Coming => ("seat in", view! { <Dot kind="yes" sign="✓" means=text::coming(lang)/> }),
        Cell::Asked => ("seat in", view! { <Dot kind="ask" sign="?" means=asked/> }),
        Cell::Declined => ("seat in", view! { <Dot kind="gone" sign="–" means=text::declined(lang)/> }),
        Cell::NotCovered => ("seat", view! { <Dot kind="no" sign="✕" means=text::not_covered(lang)/> }),
    };
    view! { <td class=class data-label=label.to_owned()>{dot}</td> }.into_any()
}

/// Everything one can do with an item without dragging.
fn acts(board: &Board, row: &Row, name: &str, lang: Lang) -> impl IntoView + use<> {
    let key = row.id.uuid().simple().to_string();
    let (to_key, minutes_key) = (format!("to-{key}"), format!("min-{key}"));
    let (for_place, for_length, for_removal) = (carried(board, row), carried(board, row), carried(board, row));
    let place = number("step", text::move_to(lang), &to_key, "1", MoveItem::PATH);
    let length = number("minutes", text::length(lang), &minutes_key, &row.minutes.to_string(), ChangeMinutes::PATH);
    view! {
        <details class="menu">
            <summary class="icon" aria-label=text::change_of(lang, name)>"⋯"</summary>
            <ul>
                <li>{step(board, row, "up", text::move_up(lang))}</li>
                <li>{step(board, row, "down", text::move_down(lang))}</li>
                <li>
                    <Form to=MoveItem::PATH key=to_key class="row" summary=false>
                        {for_place}
                        {place}
                        <button class="btn small">{text::do_move(lang)}</button>
                    </Form>
                </li>
                <li>
                    <Form to=ChangeMinutes::PATH key=minutes_key class="row" summary=false>
                        {for_length}
                        {length}
                        <button class="btn small">{text::set_length(lang)}</button>
                    </Form>
                </li>
                {of_case(board, row, lang)}
                <li class="danger">
                    <Form to=RemoveItem::PATH key=format!("rm-{key}") summary=false>
                        {for_removal}
                        <button>{text::remove(lang)}</button>
                    </Form>
                </li>
            </ul>
        </details>
    }
}

/// What can be done with a case besides: when its family comes, and to move it to its next meeting.
fn of_case(board: &Board, row: &Row, lang: Lang) -> Option<impl IntoView + use<>> {
    let About::Case(case) = &row.about else { return None };
    let key = row.id.uuid().simple().to_string();
    let family_key = format!("family-{key}");
    let state = FormState::of(SetFamilyTime::PATH, &family_key);
    let id = state.id_of("family_at");
    let given = case.family_at.map(clock).unwrap_or_default();
    let typed = state.typed("family_at").map_or(given, ToOwned::to_owned);
    let invalid = state.flaw("family_at").map(|_| "true");
    let (for_family, for_next) = (carried(board, row), carried(board, row));
    Some(view! {
        <li>
            <Form to=SetFamilyTime::PATH key=family_key class="row" summary=false>
                {for_family}
                <label for=id.clone()>{asks::family_time(lang)}</label>
                <input
                    class="input number"
                    id=id
                    name="family_at"
                    value=typed
                    inputmode="numeric"
                    maxlength="5"
                    placeholder="09.30"
                    aria-invalid=invalid
                />
                <button class="btn small">{asks::set_family_time(lang)}</button>
            </Form>
        </li>
        <li>
            <Form to=CarryOver::PATH key=format!("next-{key}") summary=false>
                {for_next}
                <button>{asks::carry_over(lang)}</button>
            </Form>
        </li>
    })
}

/// One place up or down, as a form of one button.
fn step(board: &Board, row: &Row, code: &'static str, words: &'static str) -> impl IntoView + use<> {
    let carried = carried(board, row);
    view! {
        <Form to=MoveItem::PATH key=format!("{code}-{}", row.id.uuid().simple()) summary=false>
            {carried}
            <input type="hidden" name="step" value=code/>
            <button>{words}</button>
        </Form>
    }
}

/// What every form of a row carries.
fn carried(board: &Board, row: &Row) -> impl IntoView + use<> {
    let item = row.id.to_string();
    view! {
        {seen(board.meeting.id, board.stamp.clone())}
        <input type="hidden" name="item" value=item/>
    }
}

/// A small number with its label; keeps what was typed.
fn number(
    field: &'static str,
    label: &'static str,
    key: &str,
    value: &str,
    form: &'static str,
) -> impl IntoView + use<> {
    let state = FormState::of(form, key);
    let id = state.id_of(field);
    let typed = state.typed(field).unwrap_or(value).to_owned();
    let invalid = state.flaw(field).map(|_| "true");
    view! {
        <label for=id.clone()>{label}</label>
        <input class="input number" id=id name=field value=typed inputmode="numeric" maxlength="4" aria-invalid=invalid/>
    }
}
