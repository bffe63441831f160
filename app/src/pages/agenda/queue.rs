//! The queue, and what else can be put on an agenda.

use backend::view::{agenda::Waiting, proposal::Asked};
use chrono::NaiveDate;
use domain::{consultation::Question, id::MeetingId, proposal::Wait};
use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{chip::chip, row::time};
use crate::{
    api::agenda::{AddAnonymous, AddCase, AddGeneralItem},
    components::{Field, Form, TextArea},
    pages::case::{proposal_said, send_back},
    path,
    request::lang,
    text::{
        Lang, agendas as text,
        date::{day_month, weekday_day},
        proposal as asks,
    },
};

pub(super) fn queue(meeting: MeetingId, waiting: Vec<Waiting>, frozen_since: Option<NaiveDate>) -> impl IntoView {
    let lang = lang();
    let frozen = frozen_since.map(|since| {
        let words = text::frozen(lang, &day_month(since, lang));
        view! { <p class="block near hint">{words}</p> }
    });
    let inner = if waiting.is_empty() {
        view! { <p class="block near soft">{text::queue_empty(lang)}</p> }.into_any()
    } else {
        groups(meeting, waiting, lang).into_any()
    };
    view! { <section class="sheet screen-only"><h2 class="title">{text::queue(lang)}</h2>{frozen}{inner}</section> }
}

/// Those for this meeting, those for a later one, and those nobody asks for, folded away.
fn groups(meeting: MeetingId, waiting: Vec<Waiting>, lang: Lang) -> impl IntoView {
    let (resting, waiting): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|one| one.wait == Wait::Rests);
    let (later, now): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|one| one.later.is_some());
    // Where all wait for this meeting there is nothing to tell apart.
    let told = !later.is_empty();
    let now = group(meeting, now, told.then(|| asks::for_this(lang)), lang);
    let later = group(meeting, later, Some(asks::for_later(lang)), lang);
    let waits =
        (now.is_some() || later.is_some()).then(|| view! { <table class="table">{head(lang)}{now}{later}</table> });
    let resting = group(meeting, resting, None, lang).map(|group| {
        view! {
            <details class="fold block near">
                <summary>{asks::resting(lang)}</summary>
                <table class="table">{head(lang)}{group}</table>
            </details>
        }
    });
    (waits, resting)
}

fn head(lang: Lang) -> impl IntoView {
    view! {
        <thead>
            <tr>
                <th scope="col">{text::case(lang)}</th>
                <th scope="col">{text::waits(lang)}</th>
                <th scope="col">{text::consent(lang)}</th>
                <th scope="col"><span class="visually-hidden">{text::change(lang)}</span></th>
            </tr>
        </thead>
    }
}

fn group(
    meeting: MeetingId,
    waiting: Vec<Waiting>,
    title: Option<&'static str>,
    lang: Lang,
) -> Option<impl IntoView + use<>> {
    let title = title.map(|title| view! { <tr class="day"><th colspan="4" scope="rowgroup">{title}</th></tr> });
    (!waiting.is_empty()).then(|| {
        let rows = waiting.into_iter().map(|one| row(meeting, one, lang)).collect_view();
        view! { <tbody>{title}{rows}</tbody> }
    })
}

fn row(meeting: MeetingId, one: Waiting, lang: Lang) -> impl IntoView {
    let days = match one.days {
        0 => text::today(lang).to_owned(),
        1 => text::one_day(lang).to_owned(),
        more => text::days(lang, more),
    };
    let add = format!("{} {}", text::add(lang), one.reference);
    let deed = if one.ready {
        view! {
            <Form to=AddCase::PATH key=one.id.uuid().simple().to_string() class="inline" summary=false>
                <input type="hidden" name="meeting" value=meeting.to_string()/>
                <input type="hidden" name="case" value=one.id.to_string()/>
                <button class="btn small" aria-label=add>{text::add(lang)}</button>
            </Form>
        }
        .into_any()
    } else {
        view! { <a class="btn small" href=path::case_consent(one.id)>{text::record_consent(lang)}</a> }.into_any()
    };
    let name = format!("{} · {}", one.reference, text::age(lang, one.age));
    let sub = [Some(time(one.time, lang)), why(&one, lang)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let later = one.later.map(|later| match later.meeting {
        Some((id, on)) => {
            view! { <div class="sub"><a href=path::meeting(id)>{asks::suggested(lang, &weekday_day(on, lang))}</a></div> }
                .into_any()
        }
        None => view! { <div class="sub soft">{asks::no_meeting(lang)}</div> }.into_any(),
    });
    view! {
        <tr>
            <th scope="row">
                <a class="ref" href=path::case(one.id)>{name}</a>
                <div class="sub soft">{sub}</div>
                {later}
                {asked(one.asked, Some(meeting), lang)}
            </th>
            <td data-label=text::waits(lang)>{days}</td>
            <td data-label=text::consent(lang)>{chip(one.consent)}</td>
            <td class="deed">{deed}</td>
        </tr>
    }
}

/// Why it waits, where there is more to say than that somebody asks.
fn why(one: &Waiting, lang: Lang) -> Option<String> {
    match one.wait {
        Wait::CarriedOver { from } => Some(asks::carried_over(lang, &day_month(from, lang))),
        Wait::FollowUp { on } => Some(asks::follow_up(lang, &day_month(on, lang))),
        Wait::Asked => one.later.map(|later| asks::from(lang, &day_month(later.from, lang))),
        Wait::New | Wait::Rests => None,
    }
}

/// Who asks; what they ask is folded away (V9), with the way to send it back where that can be done.
pub(super) fn asked(asked: Vec<Asked>, answer_on: Option<MeetingId>, lang: Lang) -> Option<impl IntoView> {
    let who: Vec<&str> = asked.iter().map(|one| one.unit.as_str()).filter(|unit| !unit.is_empty()).collect();
    let title = if who.is_empty() { asks::asked(lang).to_owned() } else { asks::who_asks(lang, &who.join(", ")) };
    (!asked.is_empty()).then(|| {
        let lines = asked
            .into_iter()
            .map(|one| {
                let unit = (!one.unit.is_empty()).then(|| view! { <p><b>{one.unit.clone()}</b></p> });
                let answer = one.proposal.filter(|_| answer_on.is_some()).map(|id| send_back(id, answer_on, lang));
                view! { <div class="proposal">{unit}{proposal_said(&one, lang)}{answer}</div> }
            })
            .collect_view();
        view! { <details class="asks"><summary>{title}</summary>{lines}</details> }
    })
}

/// A common question, or an anonymous consultation.
pub(super) fn additions(meeting: MeetingId, usual: u16) -> impl IntoView {
    let lang = lang();
    view! {
        <div class="pair screen-only">
            <Form to=AddGeneralItem::PATH class="sheet block near">
                <h2>{text::add_general(lang)}</h2>
                <input type="hidden" name="meeting" value=meeting.to_string()/>
                <Field name="title" label=text::question(lang) hint=text::no_person(lang) maxlength=120 class="long"/>
                <Field name="minutes" label=text::length(lang) value="10" inputmode="numeric" maxlength=4 class="number"/>
                <button class="btn">{text::add(lang)}</button>
            </Form>
            // The two forms share the names of their fields: a key tells the fields apart.
            <Form to=AddAnonymous::PATH key="anonymous" class="sheet block near">
                <h2>{text::add_anonymous(lang)}</h2>
                <input type="hidden" name="meeting" value=meeting.to_string()/>
                <TextArea
                    name="question"
                    label=text::anonymous_question(lang)
                    hint=text::anonymous_hint(lang)
                    rows=3
                    maxlength=u32::try_from(Question::MAX).unwrap_or_default()
                />
                <Field
                    name="minutes"
                    label=text::length(lang)
                    value=usual.to_string()
                    inputmode="numeric"
                    maxlength=4
                    class="number"
                />
                <p class="soft">{text::anonymous_kept(lang)}</p>
                <button class="btn" aria-label=text::add_anonymous(lang)>{text::add(lang)}</button>
            </Form>
        </div>
    }
}
