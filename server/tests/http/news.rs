//! What pages that stay open are told, as server-sent events.

use std::time::Duration;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt as _;
use tokio::time::{Instant, timeout, timeout_at};
use tower::ServiceExt as _;

use crate::{
    agenda::{Office, SESSION},
    world::World,
};

/// Long enough for what is said by the clock to come too.
const SOON: Duration = Duration::from_secs(4);

/// What was sent so far, event by event.
struct Heard(Body);

impl Heard {
    async fn of(world: &World, path: &str, cookie: &str) -> Self {
        let asked = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        let answer = world.router.clone().oneshot(asked).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let header = |name| answer.headers().get(name).map_or("", |value| value.to_str().unwrap());
        assert_eq!(header(header::CONTENT_TYPE), "text/event-stream");
        assert_eq!(answer.headers()["x-accel-buffering"], "no");
        assert_eq!((header(header::CACHE_CONTROL), header(header::CONTENT_ENCODING)), ("no-cache", ""));
        Self(answer.into_body())
    }

    /// The data of the next event; none when there will be no more.
    async fn next(&mut self) -> Option<String> {
        let frame = timeout(SOON, self.0.frame()).await.unwrap()?.unwrap();
        let text = String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap();
        assert!(text.starts_with("retry: 1000\n") && text.ends_with("\n\n"), "{text}");
        Some(text.split_once("data: ").unwrap().1.trim_end().to_owned())
    }

    /// Whether nothing but this is said for a while.
    async fn stays(&mut self, said: &str) -> bool {
        let until = Instant::now() + SOON;
        while let Ok(now) = timeout_at(until, self.next()).await {
            if now.as_deref() != Some(said) {
                return false;
            }
        }
        true
    }
}

fn signed_in() -> String {
    format!("__Host-sid={SESSION}")
}

/// V1, SESS-07: not theirs, not there and signed out are one and the same.
#[tokio::test]
async fn who_may_not_see_a_page_is_told_that_there_is_nothing() {
    let office = Office::open().await;
    let (known, unknown) = (office.meeting, office.world.backend.random().uuid());
    let asked = [
        (format!("/traffar/{known}/nytt"), String::new()),
        (format!("/traffar/{known}/rum/nytt"), String::new()),
        (format!("/traffar/{unknown}/nytt"), signed_in()),
        (format!("/traffar/{unknown}/rum/nytt"), signed_in()),
        ("/traffar/x/rum/nytt".to_owned(), signed_in()),
    ];
    for (path, cookie) in asked {
        let mut heard = Heard::of(&office.world, &path, &cookie).await;
        assert_eq!(heard.next().await.as_deref(), Some("gone"), "{path}");
        assert_eq!(heard.next().await, None);
    }
}

#[tokio::test]
async fn a_change_is_told_and_the_end_of_a_session_too() {
    let office = Office::open().await;
    let (path, meeting) = (format!("/traffar/{}", office.meeting), office.meeting.to_string());
    let mut agenda = Heard::of(&office.world, &format!("{path}/nytt"), &signed_in()).await;
    let mut room = Heard::of(&office.world, &format!("{path}/rum/nytt"), &signed_in()).await;
    let (first, in_room) = (agenda.next().await.unwrap(), room.next().await.unwrap());
    let page = office.get(&path).await;
    assert!(page.body.contains(&format!("data-pulse=\"{first}\"")), "the page comes to what is told");
    assert!(in_room.starts_with("- "), "no item is under way: {in_room}");
    assert!(agenda.stays(&first).await, "to look at the page changes nothing, and it is said again all the same");

    let fields = [("meeting", meeting.as_str()), ("title", "Inledning"), ("minutes", "15")];
    let page = office.submit(&page, "/api/agenda/add-general", &fields).await;
    let changed = agenda.next().await.unwrap();
    assert_ne!(changed, first);
    assert!(agenda.stays(&changed).await);

    office.submit(&page, "/api/account/sign-out", &[]).await;
    for heard in [&mut agenda, &mut room] {
        let mut last = None;
        while let Some(told) = heard.next().await {
            last = Some(told);
        }
        assert_eq!(last.as_deref(), Some("gone"));
    }
}

/// Connections that are held open do not hold up a stop.
#[tokio::test]
async fn whoever_listens_is_let_go_when_the_program_stops() {
    let office = Office::open().await;
    let mut heard = Heard::of(&office.world, &format!("/traffar/{}/nytt", office.meeting), &signed_in()).await;
    heard.next().await.unwrap();
    office.world.backend.end_news();
    assert_eq!(heard.next().await, None);
}
