//! Days on which the municipality holds no meetings.

use backend::{
    usecase::close_days::TABLE,
    view::closed_days::{self, ClosedDaysPage as View, ClosedSpan},
};
use domain::closed_day::ClosedKind;
use leptos::{either::Either, prelude::*, server_fn::ServerFn};

use super::{crumb, forum_line};
use crate::{
    api::municipality::{CloseDays, ImportDays, OpenDays},
    components::{Crumbs, DateField, Empty, Field, Form, Select, TextArea, Title},
    path,
    request::page,
    text::{Lang, date, series as text},
};

/// Closed days, meetings that lie on one all the same, and a form for more.
#[component]
pub fn ClosedDaysPage() -> impl IntoView {
    page(|ask| async move {
        let view = closed_days::page(&ask.backend, &ask.actor).await?;
        Ok(shown(view, ask.lang))
    })
}

fn shown(view: View, lang: Lang) -> impl IntoView {
    let View { spans, colliding, may_edit } = view;
    let colliding = (!colliding.is_empty()).then(|| {
        let lines = colliding
            .into_iter()
            .map(|meeting| {
                let day = date::weekday_day_year(meeting.starts.date(), lang);
                view! {
                    <li>
                        <span class="dot ask" aria-hidden="true">"!"</span>
                        <span>{date::capitalised(&day)}<small>{forum_line(&meeting.forum, lang)}</small></span>
                        <a class="btn" href=path::move_meeting(meeting.id) aria-label=text::move_or_cancel_of(lang, &day)>
                            {text::move_or_cancel(lang)}
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="sheet need">
                <h2>{text::colliding_title(lang)}</h2>
                <p class="hint">{text::colliding_text(lang)}</p>
                <ul>{lines}</ul>
            </section>
        }
    });
    view! {
        <Title text=text::closed_days(lang)/>
        <Crumbs steps=vec![crumb(lang)]/>
        <div class="head"><div><h1>{text::closed_days(lang)}</h1><p>{text::closed_lead(lang)}</p></div></div>
        {colliding}
        {list(spans, may_edit, lang)}
        {may_edit.then(|| view! { <div class="pair">{close(lang)} {import(lang)}</div> })}
    }
}

fn list(spans: Vec<ClosedSpan>, may_edit: bool, lang: Lang) -> impl IntoView {
    if spans.is_empty() {
        return Either::Left(view! {
            <Empty title=text::no_closed_title(lang)><p>{text::no_closed_text(lang)}</p></Empty>
        });
    }
    let rows = spans
        .into_iter()
        .map(|span| {
            let open = may_edit.then(|| open(&span, lang));
            view! {
                <tr>
                    <th scope="row">{span.name}</th>
                    <td data-label=text::closed_kind(lang)>{text::closed_kind_name(span.kind, lang)}</td>
                    <td data-label=text::day(lang)>{date::day_span(span.from, span.until, lang)}</td>
                    <td class="deed">{open}</td>
                </tr>
            }
        })
        .collect_view();
    Either::Right(view! {
        <section class="sheet">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{text::closed_name(lang)}</th>
                        <th scope="col">{text::closed_kind(lang)}</th>
                        <th scope="col">{text::day(lang)}</th>
                        <th><span class="visually-hidden">{text::open_again(lang)}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    })
}

fn open(span: &ClosedSpan, lang: Lang) -> impl IntoView + use<> {
    let (from, until) = (span.from.to_string(), span.until.to_string());
    let label = text::open_again_of(lang, &span.name);
    view! {
        <Form to=OpenDays::PATH key=from.clone() class="inline" summary=false>
            <input type="hidden" name="from" value=from/>
            <input type="hidden" name="until" value=until/>
            <button class="btn small quiet" aria-label=label>{text::open_again(lang)}</button>
        </Form>
    }
}

fn close(lang: Lang) -> impl IntoView {
    let kinds: Vec<(String, String)> = ClosedKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), text::closed_kind_name(*kind, lang).to_owned()))
        .collect();
    view! {
        <Form to=CloseDays::PATH class="sheet block near">
            <h2>{text::close_days(lang)}</h2>
            <div class="row">
                <Field name="name" label=text::closed_name(lang) hint=text::closed_name_hint(lang)/>
                <Select name="kind" label=text::closed_kind(lang) options=kinds value="school_break"/>
            </div>
            <div class="row">
                <DateField name="from" label=text::from(lang)/>
                <DateField name="until" label=text::until(lang) hint=text::single_day_hint(lang) optional=true/>
            </div>
            <div class="btns"><button class="btn primary">{text::close_days(lang)}</button></div>
        </Form>
    }
}

/// A whole year's breaks at once, as the schools pass them on.
fn import(lang: Lang) -> impl IntoView {
    view! {
        <Form to=ImportDays::PATH key="import" class="sheet block near">
            <h2>{text::import_days(lang)}</h2>
            <TextArea name="table" label=text::import_table(lang) hint=text::import_hint(lang) rows=6 maxlength=TABLE/>
            <div class="btns"><button class="btn">{text::import_action(lang)}</button></div>
        </Form>
    }
}
