//! The review desk.

mod checks;
mod text;

use backend::view::{
    case::Handing,
    review::{Queued, Review, review, review_queue},
};
use domain::id::MinutesId;
use leptos::{prelude::*, server_fn::ServerFn};

use self::checks::Checks;
use super::{case::protected::not_on_paper, minutes::RecordHeader};
use crate::{
    api::review::{ApproveMinutes, ReturnMinutes},
    components::{Checkbox, Form, Note, TextArea, Title, Tone},
    form::FormState,
    islands::ReviewKeys,
    path,
    problem::Problem,
    request::{go_to, page, param},
    text::{Lang, date, minutes as minutes_text, review as words, room},
};

/// The queue; where something waits, on to the first.
#[component]
pub fn QueuePage() -> impl IntoView {
    page(|ask| async move {
        let queue = review_queue(&ask.backend, &ask.actor).await?;
        if let Some(first) = queue.iter().find(|one| !one.returned && !one.own) {
            let said = crate::request::query("sagt").as_deref().and_then(crate::text::Said::from_code);
            let to = path::review(first.id);
            go_to(&said.map_or(to.clone(), |said| path::with_query(&to, "sagt", said.code())));
        }
        Ok::<_, Problem>(nothing(queue, ask.lang))
    })
}

fn nothing(queue: Vec<Queued>, lang: Lang) -> impl IntoView {
    view! {
        <Title text=words::title(lang)/>
        <div class="desk">
            <Queue queue here=None lang/>
            <section class="sheet empty">
                <h1>{words::nothing(lang)}</h1>
                <p>{words::nothing_text(lang)}</p>
            </section>
        </div>
    }
}

/// One minutes at the desk.
#[component]
pub fn ReviewPage() -> impl IntoView {
    page(|ask| async move {
        let shown = review(&ask.backend, &ask.actor, param("id")?).await?;
        let queue = review_queue(&ask.backend, &ask.actor).await?;
        Ok::<_, Problem>(desk(shown, queue, ask.lang))
    })
}

fn desk(shown: Review, queue: Vec<Queued>, lang: Lang) -> impl IntoView {
    let id = shown.head.id;
    let place = queue.iter().position(|one| one.id == id);
    let at = |place: Option<usize>| place.and_then(|place| queue.get(place)).map(|one| path::review(one.id));
    let next = at(place.map(|place| place + 1));
    let previous = at(place.and_then(|place| place.checked_sub(1)));
    let mut more = Vec::new();
    if shown.changed_since_read {
        more.push(words::changed(lang).to_owned());
    }
    more.push(
        shown
            .compared_with
            .map_or_else(|| minutes_text::version(lang, shown.head.revision), |number| words::compared(lang, number)),
    );
    view! {
        <Title text=words::title(lang)/>
        <div class="desk">
            <Queue queue here=Some(id) lang/>
            <article class="sheet record">
                {not_on_paper(shown.head.on_paper != Handing::Free, lang)}
                <RecordHeader head=shown.head.clone() more lang/>
                {text::changed(&shown, lang)}
            </article>
            <aside>
                <Checks review=shown.clone() lang/>
                {deeds(&shown, lang)}
                {comments(&shown, lang)}
                <ReviewKeys next previous lang/>
            </aside>
        </div>
    }
}

/// What waits.
#[component]
fn Queue(queue: Vec<Queued>, here: Option<MinutesId>, lang: Lang) -> impl IntoView {
    let rows = queue
        .into_iter()
        .map(|one| {
            let mut told = vec![date::day_month(one.on, lang), room::ages(lang, one.forum.from, one.forum.to)];
            if one.returned {
                told = vec![words::returned(lang).to_owned()];
            } else if one.own {
                told.push(words::own(lang).to_owned());
            } else if one.revision > 1 {
                told.push(minutes_text::version(lang, one.revision));
            }
            let current = (here == Some(one.id)).then_some("true");
            view! {
                <li>
                    <a href=path::review(one.id) aria-current=current>
                        <b>{one.reference} <span class=one.late.then_some("late")>{words::days(one.days, lang)}</span></b>
                        <small>{told.join(" · ")}</small>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="queue" aria-label=words::queue(lang)>{rows}</ol> }
}

/// Approving and returning, for somebody who did not write.
fn deeds(shown: &Review, lang: Lang) -> AnyView {
    if shown.own {
        return view! { <Note tone=Tone::Info><b>{words::own(lang)}</b><p>{words::own_text(lang)}</p></Note> }
            .into_any();
    }
    if !shown.submitted {
        return view! { <Note tone=Tone::Info><p>{words::returned(lang)}</p></Note> }.into_any();
    }
    let returning = FormState::of(ReturnMinutes::PATH, "").sent;
    let (id, seen) = (shown.head.id.to_string(), shown.head.revision.to_string());
    let hidden = move || {
        view! {
            <input type="hidden" name="id" value=id.clone()/>
            <input type="hidden" name="seen" value=seen.clone()/>
        }
    };
    let again = hidden.clone();
    let mentions = !shown.checks.mentions.is_empty();
    let tick = mentions.then(|| view! { <Checkbox name="reviewed" label=words::reviewed(lang)/> });
    // A mention is cleared by the tick beside the button; nothing clears the rest.
    let stopped = shown.checks.allow(true).is_err();
    let label = match shown.checks.remaining() {
        _ if !stopped => words::approve(lang).to_owned(),
        1 => words::approve_one(lang).to_owned(),
        more => words::approve_some(lang, more),
    };
    view! {
        <Form to=ApproveMinutes::PATH class="stack near">
            {hidden()}
            {tick}
            <button class="btn primary full" disabled=stopped data-approve>{label}</button>
        </Form>
        <details class="fold" data-return open=returning>
            <summary>{words::give_back(lang)}</summary>
            <Form to=ReturnMinutes::PATH class="stack near">
                {again()}
                <TextArea name="comment" label=words::comment(lang) hint=words::comment_hint(lang)/>
                <div class="btns"><button class="btn">{words::do_give_back(lang)}</button></div>
            </Form>
        </details>
    }
    .into_any()
}

fn comments(shown: &Review, lang: Lang) -> impl IntoView + use<> {
    let rows = shown
        .comments
        .iter()
        .map(|one| {
            let day = date::day_month(domain::time::day(one.at), lang);
            let told = format!("{} · {}", one.by, words::on_version(lang, one.revision));
            view! { <li><time>{day}</time><span>{one.text.clone()}<small>{told}</small></span></li> }
        })
        .collect_view();
    (!shown.comments.is_empty()).then(|| {
        view! {
            <section class="sheet side-box">
                <h2>{words::comments(lang)}</h2>
                <ol class="history">{rows}</ol>
            </section>
        }
    })
}
