//! The room on a wall: what everybody in it may see. Of what comes next only who leaves and who joins; whose case it is stands nowhere
//! before those it is not for have left.

use backend::view::room::{RoomPage as Page, StepState, Way, room};
use chrono::{DateTime, Utc};
use domain::meeting::MeetingState;
use leptos::prelude::*;

use super::{aside::who_leaves, item_clock, label, watch, whole_clock};
use crate::{
    components::Title,
    path,
    problem::Problem,
    request::{page, param},
    text::{Lang, room as text},
};

/// The page for the wall.
#[component]
pub fn WallPage() -> impl IntoView {
    page(|ask| async move {
        let shown = room(&ask.backend, &ask.actor, param("id")?).await?;
        let now = ask.backend.now();
        Ok::<_, Problem>(view(&shown, now, ask.lang))
    })
}

fn view(page: &Page, now: DateTime<Utc>, lang: Lang) -> impl IntoView + use<> {
    let running = page.state == MeetingState::Running;
    let heading = match (&page.current, page.state) {
        (Some(current), _) => label(&current.label, lang),
        (None, MeetingState::Running) => text::between(lang).to_owned(),
        (None, MeetingState::Held) => text::held(lang).to_owned(),
        (None, MeetingState::Cancelled) => text::cancelled(lang).to_owned(),
        (None, MeetingState::Draft | MeetingState::Published) => text::not_begun(lang).to_owned(),
    };
    let clock = page.current.as_ref().map(|current| view! { <div data-item>{item_clock(current, now, lang)}</div> });
    let here = page.here.iter().map(|one| format!("{}: {}", one.unit_name, one.name)).collect::<Vec<_>>();
    let of_item = page.current.as_ref().map(|_| "");
    view! {
        <Title text=text::title(lang)/>
        {watch(page, lang)}
        <div class="wall">
            <div class="now">
                <h1 data-item=of_item>{heading}</h1>
                {clock}
            </div>
            {running.then(|| whole_clock(page, now, lang))}
            <section class="after" data-live="after">
                <h2>{text::in_the_room(lang)}</h2>
                <p>{if here.is_empty() { text::nobody_here(lang).to_owned() } else { here.join(" · ") }}</p>
                {running.then(|| before_next(page, lang))}
            </section>
            <p class="no-print"><a href=path::meeting_room(page.meeting)>{text::to_the_room(lang)}</a></p>
        </div>
    }
}

/// Who leaves and who joins before the next item.
fn before_next(page: &Page, lang: Lang) -> impl IntoView + use<> {
    let mut said = Vec::new();
    if let Some(Way::Blocked { must_leave, .. }) = page.next.as_ref().map(|next| &next.way) {
        said.push(text::leaves(lang, text::list(lang, &who_leaves(must_leave, lang))));
    }
    let to_come = page.steps.iter().find(|step| step.state == StepState::Planned);
    if let Some(step) = to_come.filter(|step| !step.join.is_empty()) {
        said.push(text::joins(lang, text::list(lang, &step.join)));
    }
    (!said.is_empty()).then(|| {
        view! { <h2>{text::before_the_next(lang)}</h2>{said.into_iter().map(|said| view! { <p>{said}"."</p> }).collect_view()} }
    })
}
