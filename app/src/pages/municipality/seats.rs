//! A forum's table: which units have a seat, and who sits there.

use backend::view::municipality::{ForumPage, SeatLine, UnitLine};
use domain::id::ForumId;
use leptos::{either::Either, prelude::*, server_fn::ServerFn};

use super::overview::{seat_name, sitter};
use crate::{
    api::municipality::AddSeat,
    components::{Checkbox, Field, Form, Select},
    path,
    text::{Lang, municipality as text, words},
};

/// The seats of a forum, and a form for one more.
pub(super) fn seats(page: ForumPage, lang: Lang) -> impl IntoView {
    let ForumPage { card, unseated, may_edit, .. } = page;
    let forum = card.forum.id;
    let list = if card.seats.is_empty() {
        Either::Left(view! { <p class="soft">{text::no_seats(lang)}</p> })
    } else {
        let lines = card.seats.iter().map(|seat| line(seat, forum, may_edit, lang)).collect_view();
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

fn line(seat: &SeatLine, forum: ForumId, may_edit: bool, lang: Lang) -> impl IntoView + use<> {
    let (to, label) = (path::seat(forum, seat.id), text::change_seat_of(lang, &seat.unit_name));
    view! {
        <li>
            {seat_name(seat, lang)}
            {sitter(seat, lang)}
            {may_edit.then(|| view! { <a class="btn small" href=to aria-label=label>{words::edit(lang)}</a> })}
        </li>
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
            <Field name="function" label=text::function(lang) hint=text::function_hint(lang) optional=true/>
            <Checkbox name="standing" label=text::standing(lang)/>
            <div class="btns"><button class="btn">{text::add_seat(lang)}</button></div>
        </Form>
    })
}
