//! Watches over a room's page: what may no longer be seen goes at once (CONS-05).

use std::time::Duration;

use leptos::{prelude::*, server_fn::ServerFn as _, task::spawn_local};

use super::live::{self, all};
use crate::{
    api::room::WatchRoom,
    text::{Lang, room as text},
};

/// How often it asks. A withdrawal reaches the page within this and an answer's time: less than five seconds.
const EVERY: Duration = Duration::from_secs(4);

/// Everything on the page that tells of the item.
const OF_ITEM: &str = "[data-item]";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// The page holds.
    Holds,
    /// The item on it is over, or not to be heard here any more.
    Gone,
    /// An item has begun.
    New,
}

/// Asks every four seconds whether the page still holds; when its item is over, or consent is gone, takes it off the page.
#[island]
pub fn RoomWatch(
    /// The meeting.
    meeting: String,
    /// The item on the page.
    item: Option<String>,
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let seen = RwSignal::new(Seen::Holds);
    let (meeting, item) = (StoredValue::new(meeting), StoredValue::new(item));
    Effect::new(move |_| {
        if let Ok(asking) = set_interval_with_handle(move || ask(meeting, item, seen), EVERY) {
            on_cleanup(move || asking.clear());
        }
    });
    let reload = move || view! { <a class="btn" href="">{text::reload(lang)}</a> };
    view! {
        <div role="status">
            {move || (seen.get() == Seen::Gone).then(|| view! {
                <section class="sheet shut">
                    <h1>{text::watch_gone(lang)}</h1>
                    <p>{text::watch_gone_text(lang)}</p>
                    <div class="btns">{reload()}</div>
                </section>
            })}
            {move || (seen.get() == Seen::New).then(|| view! {
                <p class="note info">
                    <span aria-hidden="true">"i"</span>
                    <span>{text::watch_new(lang)} " " {reload()}</span>
                </p>
            })}
        </div>
    }
}

fn ask(meeting: StoredValue<String>, item: StoredValue<Option<String>>, seen: RwSignal<Seen>) {
    if seen.get_untracked() == Seen::Gone {
        return;
    }
    spawn_local(async move {
        let shown = item.get_value();
        let is_shown = |now: &String| shown.as_ref().map_or_else(|| now.contains("null"), |item| now.contains(item));
        match live::ask(WatchRoom::PATH, &meeting.get_value()).await {
            Ok(now) if is_shown(&now) => seen.set(Seen::Holds),
            Ok(_) if shown.is_none() => seen.set(Seen::New),
            Ok(_) | Err(403 | 404) => {
                blank();
                seen.set(if shown.is_some() { Seen::Gone } else { Seen::Holds });
            }
            // Signed out, or no contact: text being written stays where it is.
            Err(_) => {}
        }
    });
}

/// Takes everything that tells of the item off the page.
fn blank() {
    let Some(page) = document().body() else { return };
    for part in all(page.as_ref(), OF_ITEM) {
        part.remove();
    }
}
