//! The meeting room.

mod aside;
mod consultation;
mod door;
mod notes;
mod steps;
mod wall;

use backend::view::room::{Current, Label, RoomPage as Page, Way, room};
use chrono::{DateTime, Utc};
use domain::meeting::MeetingState;
use leptos::{prelude::*, server_fn::ServerFn};

pub use self::wall::WallPage;
use self::{aside::Aside, steps::Steps};
use super::{actions::FollowUp, case::protected::not_on_paper, minutes::Editor};
use crate::{
    api::room::{CloseMeeting, OpenMeeting},
    components::{Chip, Press, Title, Tone},
    islands::{ItemClock, RoomWatch},
    path,
    problem::Problem,
    request::{page, param},
    text::{Lang, date, minutes, room as text},
};

/// The page of the room.
#[component]
pub fn RoomPage() -> impl IntoView {
    page(|ask| async move {
        let shown = room(&ask.backend, &ask.actor, param("id")?).await?;
        let now = ask.backend.now();
        Ok::<_, Problem>(view(shown, now, ask.lang))
    })
}

fn view(page: Page, now: DateTime<Utc>, lang: Lang) -> impl IntoView {
    let watch = watch(&page, lang);
    // What somebody writes in is not put in place anew.
    let writes =
        |current: &Current| current.writing.is_some() || page.leads && matches!(current.label, Label::General(_));
    let live = (!page.current.as_ref().is_some_and(writes)).then_some("middle");
    let follow_up = page.current.as_ref().map(|current| current.follow_up.clone()).unwrap_or_default();
    view! {
        <Title text=text::title(lang)/>
        <Head page=page.clone() lang/>
        {watch}
        <div class="live">
            <Steps steps=page.steps.clone() lang/>
            <div class="stack">
                <div class="stack" data-live=live>
                    {(!follow_up.is_empty()).then(|| view! { <div data-item><FollowUp heading=text::follow_up(lang) rows=follow_up lang/></div> })}
                    {middle(&page, lang)}
                </div>
                {notes::notes(&page, lang)}
            </div>
            <Aside page now lang/>
        </div>
    }
}

/// What a page of the room that stays open listens with, what it says that it comes to, and what it tells when it does not hold any more.
fn watch(page: &Page, lang: Lang) -> impl IntoView + use<> {
    let watched = matches!(page.state, MeetingState::Published | MeetingState::Running);
    let item = page.current.as_ref().map(|current| current.item.to_string());
    let pulse = page.pulse.clone();
    let mark = view! { <div hidden data-live="pulse" data-pulse=pulse.clone()></div> };
    let watch = watched.then(|| {
        view! {
            <RoomWatch meeting=page.meeting.to_string() item pulse>
                {broken_off("sheet shut gone", text::watch_gone(lang), text::watch_gone_text(lang), lang)}
                {broken_off("sheet shut lost", text::watch_lost(lang), text::watch_lost_text(lang), lang)}
                {broken_off("sheet shut unheard", text::watch_lost(lang), text::watch_unheard_text(lang), lang)}
            </RoomWatch>
        }
    });
    (mark, watch)
}

/// The time of the item under way.
fn item_clock(current: &Current, now: DateTime<Utc>, lang: Lang) -> impl IntoView + use<> {
    let elapsed = u32::try_from((now - current.opened_at).num_seconds()).unwrap_or_default();
    view! { <ItemClock elapsed minutes=current.minutes lang/> }
}

/// The time of the whole meeting.
fn whole_clock(page: &Page, now: DateTime<Utc>, lang: Lang) -> impl IntoView + use<> {
    let elapsed = page.opened_at.map_or(0, |opened| u32::try_from((now - opened).num_seconds()).unwrap_or_default());
    let minutes = u32::try_from((page.ends - page.starts).num_minutes()).unwrap_or_default();
    view! { <div class="whole"><p class="soft">{text::whole(lang)}</p><ItemClock elapsed minutes lang/></div> }
}

/// Why a page that stays open does not hold any more, for when it does not.
fn broken_off(class: &'static str, heading: &'static str, words: &'static str, lang: Lang) -> impl IntoView {
    view! {
        <section class=class>
            <h1>{heading}</h1>
            <p>{words}</p>
            <div class="btns"><a class="btn" href="">{text::reload(lang)}</a></div>
        </section>
    }
}

/// Which meeting, and the deed that ends or opens it.
#[component]
fn Head(page: Page, lang: Lang) -> impl IntoView {
    let fields = vec![("meeting", page.meeting.to_string())];
    let deed = match (page.leads, page.state) {
        (true, MeetingState::Running) => {
            view! { <Press to=CloseMeeting::PATH fields words=text::close_meeting(lang) summary=true/> }.into_any()
        }
        (true, MeetingState::Published) => {
            let words = text::open_meeting(lang);
            view! { <Press to=OpenMeeting::PATH fields words class="btn primary" summary=true/> }.into_any()
        }
        _ => ().into_any(),
    };
    let day = date::capitalised(&date::weekday_day(page.on, lang));
    let wall = (page.leads && page.state == MeetingState::Running)
        .then(|| view! { <a class="btn" href=path::room_wall(page.meeting)>{text::wall(lang)}</a> });
    view! {
        <div class="head" data-live="head">
            <div>
                <span class=if page.forum.code == "family" { "forum family" } else { "forum" }>
                    {format!("{} · {}", page.forum.name, text::ages(lang, page.forum.from, page.forum.to))}
                </span>
                <p><b>{format!("{day}, {}", date::clock_span(page.starts, page.ends))}</b>" · "{page.place}</p>
            </div>
            <div class="btns keep">{wall}{deed}</div>
        </div>
    }
}

/// The item under way, or why there is none.
fn middle(page: &Page, lang: Lang) -> AnyView {
    match (&page.current, page.state) {
        (Some(current), _) => under_way(current, page, lang),
        (None, MeetingState::Running) => between(page, lang),
        (None, MeetingState::Held) => told(text::held(lang), page.leads.then_some(text::held_text(lang))).into_any(),
        (None, MeetingState::Cancelled) => told(text::cancelled(lang), None).into_any(),
        (None, MeetingState::Draft) => told(text::not_begun(lang), Some(text::not_published(lang))).into_any(),
        (None, MeetingState::Published) => told(text::not_begun(lang), Some(text::not_begun_text(lang))).into_any(),
    }
}

fn told(heading: &'static str, text: Option<&'static str>) -> impl IntoView {
    view! { <section class="sheet empty"><h1>{heading}</h1>{text.map(|text| view! { <p>{text}</p> })}</section> }
}

fn under_way(current: &Current, page: &Page, lang: Lang) -> AnyView {
    if current.label == Label::Anonymous {
        return consultation::consultation(current, page, lang).into_any();
    }
    let explained = match (&current.label, &current.writing) {
        (Label::General(_), _) => Some(text::general_text(lang)),
        (Label::Case { .. }, None) if !page.leads && current.written.is_none() => Some(text::participant_text(lang)),
        (Label::Case { .. } | Label::Anonymous, _) => None,
    };
    // What all at the table share may stand until it is saved; what is of a case may not.
    let of = if matches!(current.label, Label::General(_)) { "shared" } else { "case" };
    view! {
        {not_on_paper(current.protected, lang)}
        <article class="sheet record" data-item=of>
            <header>
                <span class=if page.forum.code == "family" { "forum family" } else { "forum" }>
                    {text::ages(lang, page.forum.from, page.forum.to)}
                </span>
                <h1>{label(&current.label, lang)}</h1>
            </header>
            {explained.map(|text| view! { <p>{text}</p> })}
            {notes::note_of_current(page, lang)}
            {current.writing.clone().map(|writing| view! { <Editor writing lang/> })}
            {current
                .written
                .map(|(id, state)| {
                    view! {
                        <p class="row">
                            <Chip tone=Tone::Info text=minutes::state_of(state, lang)/>
                            <a href=path::minutes(id)>{text::read_minutes(lang)}</a>
                        </p>
                    }
                })}
        </article>
    }
    .into_any()
}

/// Nothing is under way: what stopped, or what the next item waits for.
fn between(page: &Page, lang: Lang) -> AnyView {
    if let Some(Way::Blocked { must_leave, covered }) = page.next.as_ref().map(|next| &next.way) {
        let next = page.next.as_ref().map(|next| label(&next.label, lang)).unwrap_or_default();
        let names = aside::who_leaves(must_leave, lang);
        return view! {
            <section class="sheet shut">
                <Chip tone=Tone::Stop text=text::cannot_begin(lang)/>
                <h1>{text::still_here(lang, text::list(lang, &names))}</h1>
                <p>{text::shut_text(lang, next, text::list(lang, covered))}</p>
                <div class="btns">{aside::leave_buttons(page, must_leave, true, lang)}</div>
            </section>
        }
        .into_any();
    }
    if page.interrupted {
        return view! {
            <section class="sheet shut">
                <Chip tone=Tone::Stop text=text::interrupted(lang)/>
                <h1>{text::interrupted(lang)}</h1>
                <p>{text::interrupted_text(lang)}</p>
            </section>
        }
        .into_any();
    }
    match (page.leads, page.next.is_some()) {
        (true, true) => told(text::between(lang), Some(text::between_lead(lang))).into_any(),
        (true, false) => told(text::all_done(lang), None).into_any(),
        (false, _) => told(text::between(lang), Some(text::between_wait(lang))).into_any(),
    }
}

/// What an item is called: "T4VK · 14 år".
pub(super) fn label(label: &Label, lang: Lang) -> String {
    match label {
        Label::Case { reference, age: Some(age) } => format!("{reference} · {}", text::years(lang, *age)),
        other => short_label(other, lang),
    }
}

/// What an item is called, in little room: "T4VK".
pub(super) fn short_label(label: &Label, lang: Lang) -> String {
    match label {
        Label::Case { reference, .. } => reference.clone(),
        Label::General(title) => title.clone(),
        Label::Anonymous => text::anonymous(lang).to_owned(),
    }
}
