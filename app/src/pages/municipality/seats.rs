//! A forum's table: which units have a seat, and who sits there.

use backend::view::municipality::{ForumPage, PersonName, SeatLine, UnitLine};
use domain::id::ForumId;
use leptos::{either::Either, prelude::*, server_fn::ServerFn};

use super::overview::sitter;
use crate::{
    api::municipality::{AddSeat, ChangeSeat, RemoveSeat},
    components::{Checkbox, Form, Select},
    form::FormState,
    text::{Lang, municipality as text, words},
};

/// The seats of a forum, and a form for one more.
pub(super) fn seats(page: ForumPage, lang: Lang) -> impl IntoView {
    let ForumPage { card, unseated, staff, may_edit } = page;
    let forum = card.forum.id;
    let list = if card.seats.is_empty() {
        Either::Left(view! { <p class="soft">{text::no_seats(lang)}</p> })
    } else {
        let lines = card
            .seats
            .into_iter()
            .map(|seat| {
                let people = staff.get(&seat.unit).cloned().unwrap_or_default();
                line(seat, people, forum, may_edit, lang)
            })
            .collect_view();
        Either::Right(view! { <ul class="seats">{lines}</ul> })
    };
    view! {
        <section class="sheet block near">
            <h2>{text::seats(lang)}</h2>
            <p class="hint">{text::seats_lead(lang)}</p>
            {list}
            {may_edit.then(|| add(unseated, forum, lang))}
        </section>
    }
}

fn line(seat: SeatLine, people: Vec<PersonName>, forum: ForumId, may_edit: bool, lang: Lang) -> impl IntoView {
    let standing = seat.standing.then(|| view! { <small>{text::standing_short(lang)}</small> });
    let holder = seat.holder.as_ref().map(|holder| holder.name.clone());
    let deputy = seat.deputy.as_ref().map(|deputy| deputy.name.clone());
    let name = seat.unit_name.clone();
    view! {
        <li>
            <span>{name}{standing}</span>
            {sitter(holder, deputy, lang)}
            {may_edit.then(|| change(seat, &people, forum, lang))}
        </li>
    }
}

/// A fold with the seat's form; open where it was sent and not accepted.
fn change(seat: SeatLine, people: &[PersonName], forum: ForumId, lang: Lang) -> impl IntoView + use<> {
    let (key, for_removal, unit) = (seat.id.to_string(), seat.clone(), seat.unit_name.clone());
    let open = FormState::of(ChangeSeat::PATH, &key).sent;
    let options: Vec<(String, String)> =
        people.iter().map(|person| (person.id.to_string(), person.name.clone())).collect();
    let chosen = |person: &Option<PersonName>| person.as_ref().map(|one| one.id.to_string()).unwrap_or_default();
    view! {
        <details class="fold" open=open>
            <summary aria-label=text::change_seat_of(lang, &unit)>{words::edit(lang)}</summary>
            <Form to=ChangeSeat::PATH key=key.clone() class="stack">
                {identity(&seat, forum)}
                <Select
                    name="holder"
                    label=text::holder(lang)
                    options=options.clone()
                    value=chosen(&seat.holder)
                    hint=text::staff_hint(lang)
                    optional=true
                />
                <Select name="deputy" label=text::deputy(lang) options=options value=chosen(&seat.deputy) optional=true/>
                <Checkbox name="standing" label=text::standing(lang) checked=seat.standing/>
                <div class="btns"><button class="btn">{words::save(lang)}</button></div>
            </Form>
            <Form to=RemoveSeat::PATH key class="inline">
                {identity(&for_removal, forum)}
                <button class="btn danger quiet">{text::remove_seat(lang)}</button>
            </Form>
        </details>
    }
}

/// Which seat, of which version.
fn identity(seat: &SeatLine, forum: ForumId) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="forum" value=forum.to_string()/>
        <input type="hidden" name="seat" value=seat.id.to_string()/>
        <input type="hidden" name="version" value=seat.version.to_string()/>
    }
}

fn add(unseated: Vec<UnitLine>, forum: ForumId, lang: Lang) -> impl IntoView {
    if unseated.is_empty() {
        return Either::Left(view! { <p class="soft">{text::all_seated(lang)}</p> });
    }
    let options: Vec<(String, String)> = unseated.into_iter().map(|unit| (unit.id.to_string(), unit.name)).collect();
    Either::Right(view! {
        <Form to=AddSeat::PATH class="stack">
            <input type="hidden" name="forum" value=forum.to_string()/>
            <Select name="unit" label=text::unit(lang) options=options/>
            <Checkbox name="standing" label=text::standing(lang)/>
            <div class="btns"><button class="btn">{text::add_seat(lang)}</button></div>
        </Form>
    })
}
