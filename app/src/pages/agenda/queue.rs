//! The queue, and what else can be put on an agenda.

use backend::view::agenda::Waiting;
use chrono::NaiveDate;
use domain::{consultation::Question, id::MeetingId};
use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{chip::chip, row::time};
use crate::{
    api::agenda::{AddAnonymous, AddCase, AddGeneralItem},
    components::{Field, Form, TextArea},
    path,
    request::lang,
    text::{Lang, agendas as text, date::day_month},
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
        let rows = waiting.into_iter().map(|one| row(meeting, one, lang)).collect_view();
        view! {
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{text::case(lang)}</th>
                        <th scope="col">{text::waits(lang)}</th>
                        <th scope="col">{text::consent(lang)}</th>
                        <th scope="col"><span class="visually-hidden">{text::change(lang)}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! { <section class="sheet screen-only"><h2 class="title">{text::queue(lang)}</h2>{frozen}{inner}</section> }
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
    view! {
        <tr>
            <th scope="row">
                <a class="ref" href=path::case(one.id)>{name}</a>
                <div class="sub soft">{time(one.time, lang)}</div>
            </th>
            <td data-label=text::waits(lang)>{days}</td>
            <td data-label=text::consent(lang)>{chip(one.consent)}</td>
            <td class="deed">{deed}</td>
        </tr>
    }
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
