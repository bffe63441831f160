//! What changes under pages that stay open, told as server-sent events (HTML, 9.2).
//!
//! An event says what the page's reader sees comes to now, in a digest, and of a room which item is under way for them. It is sent when
//! that is another, and by the clock, so that nothing of what is not theirs can be told by an event, by its absence or by its time. Who
//! may not see the page, as it is not theirs, does not exist, or they are signed out, is told `gone` and nothing more.

use std::{convert::Infallible, sync::Arc, time::Duration};

use app::request::Visitor;
use axum::{
    extract::{Path, Request, State},
    response::{
        IntoResponse as _, Response,
        sse::{Event, Sse},
    },
};
use backend::{
    Backend,
    actor::Actor,
    error::Error,
    news::Changes,
    view::{agenda, room},
};
use domain::id::MeetingId;
use futures_util::stream;
use tokio::time::{Instant, Interval, interval_at};

use super::{Web, visit};

/// How soon a browser comes back when contact was lost.
const RETRY: Duration = Duration::from_secs(1);
/// So often it is said again: a page knows by its absence that contact is lost, and what ends by the clock alone, a consent or a
/// session, ends here too.
const AGAIN: Duration = Duration::from_secs(3);
/// What is said where there is nothing to see, or no more.
const GONE: &str = "gone";

/// What page is open.
#[derive(Clone, Copy)]
enum Page {
    Agenda,
    Room,
}

/// The agenda of a meeting.
pub async fn agenda(State(web): State<Arc<Web>>, Path(meeting): Path<String>, request: Request) -> Response {
    listen(web, Page::Agenda, &meeting, request)
}

/// The room of a meeting.
pub async fn room(State(web): State<Arc<Web>>, Path(meeting): Path<String>, request: Request) -> Response {
    listen(web, Page::Room, &meeting, request)
}

/// Somebody who listens.
struct Listener {
    web: Arc<Web>,
    page: Page,
    meeting: Option<MeetingId>,
    /// As the request began: who is asking is read from it anew each time.
    parts: axum::http::request::Parts,
    changes: Changes,
    again: Interval,
    /// What was said last.
    said: Option<String>,
}

fn listen(web: Arc<Web>, page: Page, meeting: &str, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let (meeting, changes) = (meeting.parse().ok(), web.backend.changes());
    let again = interval_at(Instant::now() + AGAIN, AGAIN);
    let listener = Listener { web, page, meeting, parts, changes, again, said: None };
    // nginx would gather events before it passes them on.
    ([("x-accel-buffering", "no")], Sse::new(stream::unfold(listener, Listener::next))).into_response()
}

impl Listener {
    /// The next event; none after it was said that there is nothing to see.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            let due = match self.said.as_deref() {
                None => true,
                Some(GONE) => return None,
                Some(_) => tokio::select! {
                    changed = self.changes.next() => {
                        changed?;
                        false
                    }
                    _ = self.again.tick() => true,
                },
            };
            let now = self.now().await;
            if due || self.said.as_ref() != Some(&now) {
                self.said = Some(now.clone());
                return Some((Ok(Event::default().retry(RETRY).data(now)), self));
            }
        }
    }

    /// What their page comes to.
    async fn now(&self) -> String {
        let visitor = visit::looking(&self.web, &self.parts).await;
        let (Visitor::SignedIn(actor), Some(meeting)) = (visitor, self.meeting) else { return GONE.to_owned() };
        match pulse(&self.web.backend, self.page, &actor, meeting).await {
            Ok(now) => now,
            Err(Error::NotFound | Error::Denied) => GONE.to_owned(),
            Err(fault) => {
                tracing::error!(fault = &fault as &dyn std::error::Error, "a page that is open was told nothing");
                self.said.clone().unwrap_or_default()
            }
        }
    }
}

async fn pulse(backend: &Backend, page: Page, actor: &Actor, meeting: MeetingId) -> Result<String, Error> {
    match page {
        Page::Agenda => agenda::pulse(backend, actor, meeting).await,
        Page::Room => {
            let now = room::pulse(backend, actor, meeting).await?;
            let item = now.item.map_or_else(|| "-".to_owned(), |item| item.to_string());
            Ok(format!("{item} {}", now.seen))
        }
    }
}
