//! One's own times at a meeting, and one's answer.

use backend::view::{
    agenda::{OwnAgenda, OwnSlot},
    invitation::OwnTime,
};
use domain::meeting::{InvitationAnswer, MeetingState};
use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{head, problem_of_a_button};
use crate::{
    api::invitation::AnswerInvitation,
    components::{Checkbox, Choices, Form, Title},
    path,
    request::lang,
    text::{
        Lang, agendas as text, calendars,
        date::{clock, clock_span},
    },
};

pub(super) fn own(own: OwnAgenda) -> impl IntoView {
    let lang = lang();
    let head = head(&own.meeting, ());
    let times = if own.slots.is_empty() {
        let words = if own.meeting.state == MeetingState::Draft { text::own_draft(lang) } else { text::own_none(lang) };
        view! { <p>{words}</p> }.into_any()
    } else {
        let slots = own.slots.into_iter().map(|one| slot(one, lang)).collect_view();
        view! { <ol class="history">{slots}</ol> }.into_any()
    };
    let answer = own.answer.map(|answer| {
        let buttons = own.can_answer.then(|| {
            view! {
                <Form to=AnswerInvitation::PATH class="stack near" summary=false>
                    <input type="hidden" name="meeting" value=own.meeting.id.to_string()/>
                    {times_to_choose(&own.times, lang)}
                    <div class="btns">{answer_buttons(answer, lang)}</div>
                </Form>
                {own.has_deputy.then(|| view! { <p class="hint">{text::deputy_offered(lang)}</p> })}
            }
        });
        view! {
            <section class="sheet block near">
                <h2>{text::your_answer(lang)}</h2>
                <p>{answered(answer, lang)}</p>
                {buttons}
            </section>
        }
    });
    let file = own.in_a_file.then(|| calendar_file(path::meeting_file(own.meeting.id), lang));
    view! {
        <Title text=text::title(lang)/>
        {head}
        {problem_of_a_button()}
        <section class="sheet block near">
            <h2>{text::own_title(lang)}</h2>
            {times}
            {file}
        </section>
        {answer}
    }
}

/// The way to a meeting as a file, which the browser fetches itself.
pub fn calendar_file(to: String, lang: Lang) -> impl IntoView {
    view! {
        <p><a href=to rel="external" download>{calendars::file(lang)}</a></p>
        <p class="hint">{calendars::file_hint(lang)}</p>
    }
}

fn slot(slot: OwnSlot, lang: Lang) -> impl IntoView {
    let span = clock_span(slot.starts.time(), slot.ends.time());
    let what = match (slot.case, slot.title) {
        (Some((id, reference, age)), _) => {
            view! { <a href=path::case(id)>{format!("{reference} · {}", text::age(lang, age))}</a> }.into_any()
        }
        (None, Some(title)) => title.into_any(),
        (None, None) => {
            let asked = slot.question.map(|question| view! { <p class="asked">{question}</p> });
            view! { {text::anonymous(lang)} {asked} }.into_any()
        }
    };
    view! {
        <li>
            <time>{span}</time>
            <span>{what}</span>
        </li>
    }
}

/// What was answered, in a sentence.
pub fn answered(answer: InvitationAnswer, lang: Lang) -> &'static str {
    match answer {
        InvitationAnswer::Pending => text::answer_none(lang),
        InvitationAnswer::Coming => text::answer_coming(lang),
        InvitationAnswer::Deputy => text::answer_deputy(lang),
        InvitationAnswer::Declined => text::answer_declined(lang),
    }
}

/// One's own times to tick, where there are several; what was shown goes with them, so that nobody answers for other times.
pub fn times_to_choose(times: &[OwnTime], lang: Lang) -> Option<impl IntoView + use<>> {
    let boxes = times
        .iter()
        .map(|one| {
            let start = clock(one.starts);
            let label = clock_span(one.starts, one.ends);
            view! {
                <input type="hidden" name="shown[]" value=start.clone()/>
                <Checkbox name="comes[]" label value=start checked=one.comes/>
            }
        })
        .collect_view();
    (!times.is_empty()).then(|| {
        view! { <Choices name="comes" legend=text::comes_to(lang) hint=text::comes_to_hint(lang)>{boxes}</Choices> }
    })
}

/// The three answers as buttons of one form; what was answered is pressed already.
pub fn answer_buttons(now: InvitationAnswer, lang: Lang) -> impl IntoView {
    [
        (InvitationAnswer::Coming, text::i_come(lang)),
        (InvitationAnswer::Deputy, text::deputy_comes(lang)),
        (InvitationAnswer::Declined, text::nobody_comes(lang)),
    ]
    .map(|(answer, words)| {
        // Once something is answered no answer is pressed on anybody.
        let first = now == InvitationAnswer::Pending && answer == InvitationAnswer::Coming;
        let class = if first { "btn primary" } else { "btn" };
        let pressed = (answer == now).then_some("true");
        view! { <button class=class name="answer" value=answer.code() aria-pressed=pressed>{words}</button> }
    })
    .collect_view()
}
