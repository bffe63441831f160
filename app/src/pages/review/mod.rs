//! The review desk.

mod checks;
mod remarks;
mod text;

pub use remarks::place_words;

use backend::view::{
    case::Handing,
    review::{Queued, Review, Version, Waits, review, review_queue},
};
use domain::id::MinutesId;
use leptos::{prelude::*, server_fn::ServerFn};

use self::{
    checks::Checks,
    remarks::{Returning, history},
};
use super::{case::protected::not_on_paper, minutes::RecordHeader};
use crate::{
    api::review::{ApproveMinutes, ReturnMinutes},
    components::{Checkbox, Form, Note, Title, Tone},
    islands::ReviewKeys,
    path,
    problem::Problem,
    request::{go_to, page, param, query},
    text::{Lang, date, minutes as minutes_text, review as words, room},
};

/// The queue; where something waits, on to the first.
#[component]
pub fn QueuePage() -> impl IntoView {
    page(|ask| async move {
        let queue = review_queue(&ask.backend, &ask.actor).await?;
        if let Some(first) = queue.iter().find(|one| one.waits != Waits::WithWriter && !one.own) {
            let said = query("sagt").as_deref().and_then(crate::text::Said::from_code);
            let to = address(first);
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
        let beside = query("version").and_then(|number| number.parse().ok());
        let shown = review(&ask.backend, &ask.actor, param("id")?, beside).await?;
        let queue = review_queue(&ask.backend, &ask.actor).await?;
        Ok::<_, Problem>(desk(shown, queue, ask.lang))
    })
}

fn desk(shown: Review, queue: Vec<Queued>, lang: Lang) -> impl IntoView {
    let id = shown.head.id;
    let place = queue.iter().position(|one| one.id == id);
    let at = |place: Option<usize>| place.and_then(|place| queue.get(place)).map(address);
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
                {versions(&shown, lang)}
                {history(words::comments(lang), &shown.comments, &shown.units, lang)}
                {history(words::reopened(lang), &shown.reopened, &shown.units, lang)}
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
            if one.waits == Waits::WithWriter {
                told = vec![words::returned(lang).to_owned()];
            } else if one.waits == Waits::Addendum {
                told.push(words::addendum(lang).to_owned());
            } else if one.own {
                told.push(words::own(lang).to_owned());
            } else if one.revision > 1 {
                told.push(minutes_text::version(lang, one.revision));
            }
            let (current, to) = ((here == Some(one.id)).then_some("true"), address(&one));
            view! {
                <li>
                    <a href=to aria-current=current>
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
    let (id, seen) = (shown.head.id, shown.head.revision);
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
            <input type="hidden" name="id" value=id.to_string()/>
            <input type="hidden" name="seen" value=seen.to_string()/>
            {tick}
            <button class="btn primary full" disabled=stopped data-approve>{label}</button>
        </Form>
        <Returning to=ReturnMinutes::PATH id seen parts=text::parts(shown, lang) lang/>
    }
    .into_any()
}

/// The versions that were reviewed before, to read this one beside them.
fn versions(shown: &Review, lang: Lang) -> impl IntoView + use<> {
    let (id, with) = (shown.head.id, shown.compared_with);
    let line = |one: &Version| {
        let day = date::day_month(domain::time::day(one.at), lang);
        let told = if one.approved {
            words::version_approved(lang, one.revision, day)
        } else {
            words::version_returned(lang, one.revision, day)
        };
        let current = (with == Some(one.revision)).then_some("true");
        view! { <li><a href=path::review_beside(id, one.revision) aria-current=current>{told}</a></li> }
    };
    (shown.versions.len() > 1).then(|| {
        view! {
            <nav class="sheet side-box" aria-label=words::versions(lang)>
                <h2>{words::versions(lang)}</h2>
                <ul class="versions">{shown.versions.iter().map(line).collect_view()}</ul>
            </nav>
        }
    })
}

/// Where what waits is settled: what was added stands with the minutes.
fn address(one: &Queued) -> String {
    if one.waits == Waits::Addendum { path::minutes(one.id) } else { path::review(one.id) }
}
