//! What comes after approved minutes: what was added to them, and that they were opened again.

use backend::view::minutes_page::{Added, AddedAnswer, MinutesPage as Page, Reopened};
use chrono::{DateTime, Utc};
use domain::minutes::MinutesState;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::review::{AddToMinutes, AnswerAddendum, ReopenMinutes},
    components::{Form, Note, Press, TextArea, Tone},
    form::FormState,
    text::{Lang, date, minutes as text},
};

/// "26 november 2026, 14.05".
pub fn moment(at: DateTime<Utc>, lang: Lang) -> String {
    let at = domain::time::local(at);
    format!("{}, {}", date::day_month_year(at.date(), lang), date::clock(at.time()))
}

/// How often the minutes were opened again, and why.
pub fn reopened(page: &Page, lang: Lang) -> impl IntoView + use<> {
    let approved = page.head.state == MinutesState::Approved;
    let line = |one: &Reopened| {
        let told = text::reopened(lang, moment(one.at, lang), one.by.clone(), one.revision);
        // Only while the new version is under way is it news.
        let waits = (approved && !one.over).then(|| view! { <p>{text::reopened_reads(lang)}</p> });
        let reason = one.reason.clone();
        view! { <Note tone=Tone::Info><b>{told}</b><p>{reason}</p>{waits}</Note> }
    };
    page.reopened.iter().map(line).collect_view()
}

/// What was added, the oldest first.
pub fn addenda(page: &Page, lang: Lang) -> impl IntoView + use<> {
    let all = page.addenda.iter().map(|one| addendum(one, lang)).collect_view();
    (!page.addenda.is_empty()).then(|| view! { <section><h2>{text::addenda(lang)}</h2>{all}</section> })
}

fn addendum(one: &Added, lang: Lang) -> impl IntoView + use<> {
    let answer = match &one.answer {
        None => view! { <p class="meta">{text::addendum_waits(lang)}</p> }.into_any(),
        Some(answer) => answered(answer, lang).into_any(),
    };
    let (id, deeds) = (one.id.to_string(), one.may_answer);
    view! {
        <article class="added">
            {super::record::paragraphs(&one.text)}
            <p class="meta">{text::added(lang, moment(one.at, lang), one.by.clone())}</p>
            {answer}
            {deeds.then(|| answering(id, lang))}
        </article>
    }
}

fn answered(answer: &AddedAnswer, lang: Lang) -> impl IntoView + use<> {
    let (at, by) = (moment(answer.at, lang), answer.by.clone());
    if answer.approved {
        return view! { <p class="meta">{text::addendum_approved(lang, at, by)}</p> }.into_any();
    }
    let comment = answer.comment.clone();
    view! {
        <Note>
            <b>{text::addendum_returned(lang, at, by)}</b>
            <p>{comment}</p>
        </Note>
    }
    .into_any()
}

/// Yes with one press, no with a comment.
fn answering(id: String, lang: Lang) -> impl IntoView + use<> {
    let (to, key) = (AnswerAddendum::PATH, id.clone());
    let sent = FormState::of(to, &key).sent;
    let fields = vec![("id", id.clone()), ("approved", "true".to_owned())];
    view! {
        <div class="stack near screen-only">
            <Press to key=format!("yes-{id}") fields words=text::approve_addendum(lang) class="btn primary" summary=true/>
            <details class="fold" open=sent>
                <summary>{text::refuse_addendum(lang)}</summary>
                <Form to key=key class="stack near">
                    <input type="hidden" name="id" value=id/>
                    <input type="hidden" name="approved" value="false"/>
                    <TextArea name="comment" label=text::refuse_comment(lang) rows=3 maxlength=2000/>
                    <div class="btns"><button class="btn">{text::do_refuse_addendum(lang)}</button></div>
                </Form>
            </details>
        </div>
    }
}

/// Handing over, adding something and opening again, for those who may.
pub fn deeds(page: &Page, lang: Lang) -> impl IntoView + use<> {
    let (id, seen) = (page.head.id, page.head.revision.to_string());
    let adding = page.may.add.then(|| {
        let sent = FormState::of(AddToMinutes::PATH, "").sent;
        view! {
            <details class="fold" open=sent>
                <summary>{text::add(lang)}</summary>
                <Form to=AddToMinutes::PATH class="stack near">
                    <input type="hidden" name="id" value=id.to_string()/>
                    <TextArea name="addendum" label=text::add_text(lang) hint=text::add_hint(lang)/>
                    <div class="btns"><button class="btn">{text::do_add(lang)}</button></div>
                </Form>
            </details>
        }
    });
    let reopening = page.may.reopen.then(|| {
        let sent = FormState::of(ReopenMinutes::PATH, "").sent;
        view! {
            <details class="fold" open=sent>
                <summary>{text::reopen(lang)}</summary>
                <Form to=ReopenMinutes::PATH class="stack near">
                    <input type="hidden" name="id" value=id.to_string()/>
                    <input type="hidden" name="seen" value=seen/>
                    <TextArea name="reason" label=text::reopen_reason(lang) hint=text::reopen_hint(lang) rows=3 maxlength=2000/>
                    <div class="btns"><button class="btn">{text::do_reopen(lang)}</button></div>
                </Form>
            </details>
        }
    });
    (page.may.add || page.may.reopen || !page.receivers.is_empty()).then(|| {
        let handing = super::handed::handing_over(page, lang);
        view! { <section class="sheet block near screen-only">{handing}{adding}{reopening}</section> }
    })
}
