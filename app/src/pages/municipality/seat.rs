//! One seat: as what a unit sits there, who does, and handing it over.

use backend::view::municipality::{self, PersonName, SeatLine, SeatPage as View, Sitting};
use chrono::NaiveDate;
use domain::id::{ForumId, SeatId};
use leptos::{either::Either, prelude::*, server_fn::ServerFn};

use super::{crumb, forum_line};
use crate::{
    api::municipality::{AddDeputy, ChangeSeat, HandOverSeat, RemoveDeputy, RemoveSeat},
    components::{Checkbox, Crumbs, DateField, Field, Form, Select, Title},
    path,
    problem::Problem,
    request::{page, param},
    text::{Lang, date, municipality as text, words},
};

/// One seat, for administrators.
#[component]
pub fn SeatPage() -> impl IntoView {
    let (forum, seat) = (param::<ForumId>("id"), param::<SeatId>("seat"));
    page(|ask| async move {
        let view = municipality::seat(&ask.backend, &ask.actor, forum?, seat?).await?;
        Ok::<_, Problem>(shown(&view, ask.lang))
    })
}

fn shown(view: &View, lang: Lang) -> impl IntoView + use<> {
    let back = (path::forum(view.forum.id), view.forum.name.clone());
    let line = forum_line(&view.forum, lang);
    let seat = &view.seat;
    let ids = Ids { forum: view.forum.id, seat: seat.id, version: seat.version };
    let function = (!seat.function.is_empty()).then(|| view! { <p>{seat.function.clone()}</p> });
    view! {
        <Title text=text::seat(lang)/>
        <Crumbs steps=vec![crumb(lang), back]/>
        <div class="head"><div>{line}<h1>{text::seat_of(lang, &seat.unit_name)}</h1>{function}</div></div>
        <div class="file">
            <div>
                {who_sits(view, ids, lang)}
                {hand_over(view, ids, lang)}
                {add_deputy(&view.staff, ids, lang)}
            </div>
            <aside>
                {change(seat, ids, lang)}
                {remove(ids, lang)}
            </aside>
        </div>
    }
}

/// Which seat, of which version.
#[derive(Clone, Copy)]
struct Ids {
    forum: ForumId,
    seat: SeatId,
    version: i64,
}

fn identity(ids: Ids) -> impl IntoView {
    view! {
        <input type="hidden" name="forum" value=ids.forum.to_string()/>
        <input type="hidden" name="seat" value=ids.seat.to_string()/>
        <input type="hidden" name="version" value=ids.version.to_string()/>
    }
}

fn who_sits(page: &View, ids: Ids, lang: Lang) -> impl IntoView + use<> {
    let seat = &page.seat;
    let holder = match &seat.holder {
        Some(holder) => Either::Left(view! { <span>{holder.name.clone()}</span> }),
        None => Either::Right(
            view! { <span class="vacant"><span aria-hidden="true">"▲ "</span>{text::vacant(lang)}</span> },
        ),
    };
    let deputies = if seat.deputies.is_empty() {
        Either::Left(view! { <p class="soft">{text::no_deputy(lang)}</p> })
    } else {
        let lines = seat.deputies.iter().map(|one| deputy(one, ids, lang)).collect_view();
        Either::Right(view! {
            <p class="hint">{text::deputies_hint(lang)}</p>
            <ol class="rows-list">{lines}</ol>
        })
    };
    let coming = list(text::comes(lang), seat.coming.iter().map(|one| comes(one, page.today, lang)).collect());
    let past = list(text::was(lang), seat.past.iter().map(|one| was(one, lang)).collect());
    view! {
        <section class="sheet block near">
            <h2>{text::who_sits(lang)}</h2>
            <h3>{text::holder(lang)}</h3>
            <p>{holder}</p>
            <h3>{text::deputies(lang)}</h3>
            {deputies}
            {coming}
            {past}
        </section>
    }
}

fn deputy(person: &PersonName, ids: Ids, lang: Lang) -> impl IntoView + use<> {
    let (id, name) = (person.id.to_string(), person.name.clone());
    let label = text::remove_deputy(lang, &name);
    view! {
        <li class="spread">
            <span>{name}</span>
            <Form to=RemoveDeputy::PATH key=id.clone() class="inline">
                {identity(ids)}
                <input type="hidden" name="deputy" value=id/>
                <button class="btn small" aria-label=label>{text::end_deputy(lang)}</button>
            </Form>
        </li>
    }
}

fn list(head: &'static str, lines: Vec<String>) -> Option<impl IntoView> {
    (!lines.is_empty()).then(|| {
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <h3>{head}</h3><ul class="rows-list">{lines}</ul> }
    })
}

fn who(one: &Sitting, lang: Lang) -> String {
    match &one.person {
        None => text::vacant(lang).to_owned(),
        Some(person) if one.deputy => text::as_deputy(lang, &person.name),
        Some(person) => person.name.clone(),
    }
}

fn comes(one: &Sitting, today: NaiveDate, lang: Lang) -> String {
    let from = text::sits_from(lang, &who(one, lang), &date::day_month_near(one.from, today, lang));
    match one.until {
        None => from,
        Some(until) => format!("{from} {}", text::until_day(lang, &date::day_month_near(until, today, lang))),
    }
}

fn was(one: &Sitting, lang: Lang) -> String {
    let until = one.until.unwrap_or(one.from);
    text::sat(lang, &who(one, lang), &date::day_span(one.from, until, lang))
}

fn choices(staff: &[PersonName]) -> Vec<(String, String)> {
    staff.iter().map(|person| (person.id.to_string(), person.name.clone())).collect()
}

fn hand_over(page: &View, ids: Ids, lang: Lang) -> impl IntoView + use<> {
    let staff = choices(&page.staff);
    view! {
        <Form to=HandOverSeat::PATH class="sheet block near">
            <h2>{text::hand_over(lang)}</h2>
            <p class="hint">{text::hand_over_hint(lang)}</p>
            {identity(ids)}
            <Select
                name="holder"
                label=text::to_whom(lang)
                hint=text::to_whom_hint(lang)
                options=staff
                optional=true
            />
            <DateField name="from" label=text::first_day(lang) hint=text::from_today(lang) optional=true/>
            <div class="btns"><button class="btn">{text::hand_over_press(lang)}</button></div>
        </Form>
    }
}

fn add_deputy(staff: &[PersonName], ids: Ids, lang: Lang) -> impl IntoView + use<> {
    let staff = choices(staff);
    view! {
        <Form to=AddDeputy::PATH class="sheet block near">
            <h2>{text::add_deputy(lang)}</h2>
            {identity(ids)}
            <Select name="deputy" label=text::deputy(lang) options=staff/>
            <div class="row">
                <DateField name="from" label=text::first_day(lang) hint=text::from_today(lang) optional=true/>
                <DateField name="until" label=text::last_day(lang) optional=true/>
            </div>
            <div class="btns"><button class="btn">{text::add_deputy(lang)}</button></div>
        </Form>
    }
}

fn change(seat: &SeatLine, ids: Ids, lang: Lang) -> impl IntoView + use<> {
    let (function, standing) = (seat.function.clone(), seat.standing);
    view! {
        <Form to=ChangeSeat::PATH class="sheet side-box">
            <h2>{text::about_seat(lang)}</h2>
            {identity(ids)}
            <Field name="function" label=text::function(lang) value=function hint=text::function_hint(lang) optional=true/>
            <Checkbox name="standing" label=text::standing(lang) checked=standing/>
            <p class="hint">{text::standing_hint(lang)}</p>
            <div class="btns"><button class="btn">{words::save(lang)}</button></div>
        </Form>
    }
}

fn remove(ids: Ids, lang: Lang) -> impl IntoView {
    view! {
        <Form to=RemoveSeat::PATH class="sheet side-box">
            <h2>{text::remove_seat(lang)}</h2>
            <p class="hint">{text::remove_seat_text(lang)}</p>
            {identity(ids)}
            <div class="btns"><button class="btn danger">{text::remove_seat(lang)}</button></div>
        </Form>
    }
}
