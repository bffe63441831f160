//! Watches over a room's page: what may no longer be seen goes at once (CONS-05), what is new comes by itself.

use std::time::Duration;

use leptos::prelude::*;

use super::live::{self, Heard, Shown, all};
use crate::path;

/// How long a page stays that has lost contact: what was taken back meanwhile must not stand there.
const UNHEARD: Duration = Duration::from_secs(5);
/// How long the answer to a press of one's own is waited for: it brings the page as it is then.
const PRESSED: Duration = Duration::from_secs(3);

/// Everything on the page that tells of the item.
const OF_ITEM: &str = "[data-item]";
/// Where somebody writes of it.
const WRITTEN: &str = "[data-item] textarea";
/// Where somebody writes of a case: that is over with the item.
const OF_CASE: &str = "[data-item=case] textarea";
/// Everything on the page that tells of the item, but for what all share of it.
const NOT_SHARED: &str = "[data-item]:not([data-item=shared])";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// The page holds.
    Holds,
    /// The item on it is over, or not to be heard here any more.
    Gone,
    /// There is no contact.
    Lost,
    /// There has been none for so long that what tells of the item was taken away.
    Hidden,
}

#[derive(Clone, Copy)]
struct Watch {
    seen: RwSignal<Seen>,
    /// The item on the page; `-` for none.
    item: StoredValue<String>,
    /// What the page comes to as it stands: what it says itself, as it may be newer than what was heard when it was fetched.
    shown: StoredValue<String>,
    /// What was said last: the item, and what the page comes to.
    heard: StoredValue<String>,
    /// Whether a form of the page is on its way.
    pressed: StoredValue<bool>,
}

/// Shows what happens in the room as it happens. When the item on the page is over, or consent is gone, takes it off the page; so too
/// when contact is lost for long, but for text somebody writes. A note of what all share stays until it is saved.
#[island]
pub fn RoomWatch(
    /// The meeting.
    meeting: String,
    /// The item on the page.
    item: Option<String>,
    /// What the page comes to.
    pulse: String,
    /// What is told when it does not hold, each in an element of its class: `gone`, `lost`, `unheard`. Words in two languages would
    /// only make the browser half heavier.
    children: Children,
) -> impl IntoView {
    let watch = Watch {
        seen: RwSignal::new(Seen::Holds),
        item: StoredValue::new(item.unwrap_or_else(|| "-".to_owned())),
        shown: StoredValue::new(pulse),
        heard: StoredValue::new(String::new()),
        pressed: StoredValue::new(false),
    };
    Effect::new(move |_| {
        let _ = window_event_listener_untyped("submit", move |_| watch.press());
        live::listen(path::room_news(&meeting), move |heard| watch.hear(heard));
    });
    let told = move || match watch.seen.get() {
        Seen::Holds => "watch",
        Seen::Gone => "watch is-gone",
        Seen::Lost => "watch is-lost",
        Seen::Hidden => "watch is-unheard",
    };
    view! {
        <div class=told role="status">
            {children()}
        </div>
    }
}

impl Watch {
    fn press(self) {
        self.pressed.set_value(true);
        let over = move || {
            self.pressed.set_value(false);
            self.look();
        };
        set_timeout(over, PRESSED);
    }

    fn hear(self, heard: Heard) {
        match heard {
            // Whoever wrote is told until they go on: a page that showed itself anew would not say where their text went.
            _ if self.seen.get_untracked() == Seen::Gone => {}
            Heard::Now(now) => {
                if self.seen.get_untracked() == Seen::Hidden {
                    reload();
                }
                self.seen.set(Seen::Holds);
                self.heard.set_value(now);
                self.look();
            }
            Heard::Gone => {
                live::hand_over();
                blank(OF_ITEM);
                self.seen.set(Seen::Gone);
            }
            Heard::Lost if self.seen.get_untracked() == Seen::Holds => {
                self.seen.set(Seen::Lost);
                let hide = move || {
                    if self.seen.get_untracked() == Seen::Lost && !any(WRITTEN) {
                        blank(OF_ITEM);
                        self.seen.set(Seen::Hidden);
                    }
                };
                set_timeout(hide, UNHEARD);
            }
            Heard::Lost => {}
        }
    }

    /// Holds what was said against the page.
    fn look(self) {
        let heard = self.heard.get_value();
        let Some((item, now)) = heard.split_once(' ') else { return };
        if self.pressed.get_value() || self.seen.get_untracked() != Seen::Holds {
            return;
        }
        if self.item.with_value(|shown| shown != item) {
            if any(OF_CASE) {
                blank(OF_ITEM);
                self.seen.set(Seen::Gone);
            } else if live::unsaved().is_none() {
                blank(OF_ITEM);
                reload();
            } else {
                // A note of what all share is saved first: it is looked again at the next word.
                blank(NOT_SHARED);
            }
        } else if self.shown.with_value(|shown| shown != now) {
            self.show();
        }
    }

    /// Shows the page as it is now. Where it cannot, as somebody has their hands on it, it is tried again at the next word.
    fn show(self) {
        leptos::task::spawn_local(async move {
            let Some(page) = live::fetched().await else { return };
            if live::show(&page) == Some(Shown::Whole)
                && let Ok(Some(mark)) = document().query_selector("[data-pulse]")
                && let Some(pulse) = mark.get_attribute("data-pulse")
            {
                self.shown.set_value(pulse);
            }
        });
    }
}

fn any(selector: &str) -> bool {
    document().query_selector(selector).is_ok_and(|found| found.is_some())
}

fn reload() {
    let _ = location().reload();
}

/// Takes what tells of the item off the page.
fn blank(what: &str) {
    let Some(page) = document().body() else { return };
    for part in all(page.as_ref(), what) {
        part.remove();
    }
}
