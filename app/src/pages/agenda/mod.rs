//! The agenda of a meeting.

mod board;
mod chip;
mod own;
mod preview;
mod queue;
mod row;
mod warnings;

pub use own::{answer_buttons, answered, calendar_file, times_to_choose};

use backend::view::agenda::{AgendaPage as Shown, MeetingHead, agenda_page, publish_preview};
use domain::{id::MeetingId, meeting::MeetingState};
use leptos::{context::Provider, prelude::*, server_fn::ServerFn as _};

use crate::{
    api::agenda::{AddAnonymous, AddGeneralItem},
    components::FlawSummary,
    form::FormState,
    request::{lang, page, param, request},
    text::{
        Lang, agendas as text,
        date::{capitalised, clock_span, week_long, weekday_day},
    },
};

/// The page of a meeting: the board for those who arrange it, their own times for those who come.
#[component]
pub fn AgendaPage() -> impl IntoView {
    let meeting = param::<MeetingId>("id");
    page(move |ask| async move {
        let shown = agenda_page(&ask.backend, &ask.actor, meeting?).await?;
        Ok(match shown {
            Shown::Board(board) => board::board(*board).into_any(),
            Shown::Own(own) => own::own(own).into_any(),
        })
    })
}

/// Who would be called, before it is done.
#[component]
pub fn CallPage() -> impl IntoView {
    let meeting = param::<MeetingId>("id");
    page(move |ask| async move {
        let preview = publish_preview(&ask.backend, &ask.actor, meeting?).await?;
        Ok(preview::preview(preview))
    })
}

/// The head of a meeting's page: forum, day and time, place and state.
fn head<B: IntoView + 'static>(meeting: &MeetingHead, buttons: B) -> impl IntoView + use<B> {
    let lang = lang();
    let forum = format!("{} · {}", meeting.forum, text::ages(lang, meeting.age_from, meeting.age_to));
    let class = if meeting.forum_code == "family" { "forum family" } else { "forum" };
    let day = capitalised(&weekday_day(meeting.starts.date(), lang));
    let span = clock_span(meeting.starts.time(), meeting.ends.time());
    let place = if meeting.place.is_empty() { String::new() } else { format!("{} · ", meeting.place) };
    let line = format!("{place}{} · {}", week_long(meeting.starts.date(), lang), state(meeting.state, lang));
    view! {
        <div class="head">
            <div>
                <span class=class>{forum}</span>
                <h1>{format!("{day}, {span}")}</h1>
                <p>{line}</p>
            </div>
            <div class="btns">{buttons}</div>
        </div>
    }
}

fn state(state: MeetingState, lang: Lang) -> &'static str {
    match state {
        MeetingState::Draft => text::draft(lang),
        MeetingState::Published => text::published(lang),
        MeetingState::Running => text::running(lang),
        MeetingState::Held => text::held(lang),
        MeetingState::Cancelled => text::cancelled(lang),
    }
}

/// Why a form that is a single button was not accepted: told on top of the page, as the button has no room for it.
fn problem_of_a_button() -> Option<impl IntoView> {
    let draft = request()?.draft?;
    let (form, key) = draft.form.split_once('#').unwrap_or((&draft.form, ""));
    if form == AddGeneralItem::PATH || form == AddAnonymous::PATH {
        return None; // they tell their flaws themselves
    }
    let state = FormState::of(form, key);
    Some(view! {
        <Provider value=state>
            <FlawSummary/>
        </Provider>
    })
}
