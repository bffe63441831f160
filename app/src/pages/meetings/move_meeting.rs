//! Another time or place for one meeting, or none.

use backend::view::meetings::{self, MeetingToChange};
use domain::{
    id::MeetingId,
    meeting::{CancelReason, MeetingState},
};
use leptos::{either::Either, prelude::*, server_fn::ServerFn};

use crate::{
    api::municipality::{CancelMeeting, MoveMeeting},
    components::{Crumbs, DateField, Field, Form, Note, Select, Title, Tone},
    pages::municipality::forum_line,
    path,
    problem::Problem,
    request::{page, param},
    text::{Lang, date, series as text},
};

/// Moves or cancels a meeting.
#[component]
pub fn MoveMeetingPage() -> impl IntoView {
    let id = param::<MeetingId>("id");
    page(|ask| async move {
        let view = meetings::to_change(&ask.backend, &ask.actor, id?).await?;
        Ok::<_, Problem>(shown(view, ask.lang))
    })
}

fn shown(view: MeetingToChange, lang: Lang) -> impl IntoView {
    let line = &view.line;
    let (id, version) = (line.id, line.version);
    let day = date::capitalised(&date::weekday_day_year(line.starts.date(), lang));
    let when = format!("{day}, {}", date::clock_span(line.starts.time(), line.ends));
    let forum = forum_line(&line.forum, lang);
    let open = matches!(line.state, MeetingState::Draft | MeetingState::Published);
    let forms = if open {
        Either::Left(view! { <div class="form">{change(view, lang)}{cancel(id, version, lang)}</div> })
    } else {
        Either::Right(view! { <Note tone=Tone::Info>{text::cannot_change(lang)}</Note> })
    };
    view! {
        <Title text=text::move_title(lang)/>
        <Crumbs steps=vec![(path::MEETINGS.to_owned(), text::meetings(lang).to_owned())]/>
        <div class="head"><div>{forum}<h1>{text::move_title(lang)}</h1><p>{when}</p></div></div>
        {forms}
    }
}

fn change(view: MeetingToChange, lang: Lang) -> impl IntoView {
    let MeetingToChange { line, minutes } = view;
    view! {
        <Form to=MoveMeeting::PATH class="sheet block">
            <p class="hint">{text::move_lead(lang)}</p>
            <input type="hidden" name="meeting" value=line.id.to_string()/>
            <input type="hidden" name="version" value=line.version.to_string()/>
            <DateField name="on" label=text::on(lang) date=line.starts.date()/>
            <div class="row">
                <Field
                    name="starts"
                    label=text::starts(lang)
                    value=date::clock(line.starts.time())
                    hint=text::starts_hint(lang)
                    maxlength=5
                    class="time"
                />
                <Field
                    name="minutes"
                    label=text::minutes(lang)
                    value=minutes.to_string()
                    inputmode="numeric"
                    maxlength=3
                    class="number"
                />
            </div>
            <Field name="place" label=text::place(lang) value=line.place/>
            <div class="btns"><button class="btn primary">{text::move_action(lang)}</button></div>
        </Form>
    }
}

fn cancel(meeting: MeetingId, version: i64, lang: Lang) -> impl IntoView {
    let reasons: Vec<(String, String)> = CancelReason::ALL
        .iter()
        .map(|reason| (reason.code().to_owned(), text::cancel_reason(*reason, lang).to_owned()))
        .collect();
    view! {
        <Form to=CancelMeeting::PATH key="cancel" class="sheet says">
            <h2>{text::cancel_title(lang)}</h2>
            <p>{text::cancel_text(lang)}</p>
            <input type="hidden" name="meeting" value=meeting.to_string()/>
            <input type="hidden" name="version" value=version.to_string()/>
            <Select name="because" label=text::because(lang) hint=text::because_hint(lang) options=reasons/>
            <div class="btns"><button class="btn danger">{text::cancel_title(lang)}</button></div>
        </Form>
    }
}
