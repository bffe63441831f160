//! Personal calendars over HTTP.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use axum::http::{Request, StatusCode, header};
use backend::{
    actor::Actor,
    usecase::subscribe_calendar::{FeedTyped, make_feed},
};
use chrono::TimeDelta;
use domain::{
    id::{AssignmentId, PersonId},
    visibility::Role,
};
use sea_orm::{ConnectionTrait as _, sea_query::Query};
use server::listen::Peer;

use crate::{agenda::Office, world::World};

/// Somebody at work, with a calendar of their own.
async fn subscribed(world: &World) -> (Actor, String) {
    let (person, assignment) = (world.backend.random().uuid(), world.backend.random().uuid());
    let raw = world.raw().await;
    let now = world.backend.now();
    let mut insert = Query::insert();
    insert
        .into_table("person")
        .columns(["id", "email", "name", "language", "calendar_way", "created_at", "version"])
        .values_panic([
            person.into(),
            "eva@amal.test".into(),
            "Eva Sand".into(),
            "sv".into(),
            "feed".into(),
            now.into(),
            1_i64.into(),
        ]);
    raw.execute(&insert).await.unwrap();
    let actor = Actor {
        person: PersonId::from_uuid(person),
        name: "Eva Sand".into(),
        assignment: AssignmentId::from_uuid(assignment),
        role: Role::Participant,
        title: "psykolog".into(),
        unit: None,
        unit_name: String::new(),
        language: "sv".into(),
        request: None,
    };
    let token = make_feed(&world.backend, &actor, &FeedTyped::plain("Mobilen", "own")).await.unwrap();
    (actor, token)
}

/// Rules 1, 3, 4, 5, 6, 7, 26
#[tokio::test]
async fn a_calendar_is_served_as_programs_want_it() {
    let world = World::new().await;
    let (_, token) = subscribed(&world).await;
    let path = format!("/kalender/{token}.ics");
    let answer = world.send(Request::get(&path).header(header::ACCEPT_ENCODING, "gzip, br")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "private, max-age=300");
    assert_eq!(answer.header("x-robots-tag"), "noindex");
    let policy = "default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
    assert_eq!(answer.header("content-security-policy"), policy);
    for absent in ["content-encoding", "content-disposition", "set-cookie", "location", "last-modified"] {
        assert_eq!(answer.header(absent), "", "{absent}");
    }
    assert!(answer.body.starts_with("BEGIN:VCALENDAR\r\n") && answer.body.ends_with("END:VCALENDAR\r\n"));

    let head = world.send(Request::head(&path)).await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
    for same in ["content-type", "cache-control", "etag", "x-robots-tag"] {
        assert_eq!(head.header(same), answer.header(same), "{same}");
    }

    // What is asked for beside it changes nothing (rule 42).
    assert_eq!(world.get(&format!("{path}?unit=all&from=2000-01-01")).await.body, answer.body);
    // Nothing keeps a program that reads it away (rule 5).
    let robots = world.get("/robots.txt").await;
    assert_eq!(robots.status, StatusCode::NOT_FOUND);
}

/// Rule 8: where a calendar cannot be worked out, programs are told to keep what they have.
#[tokio::test]
async fn a_fault_never_answers_with_a_calendar() {
    let world = World::new().await;
    let (_, token) = subscribed(&world).await;
    world.raw().await.execute_unprepared("ALTER TABLE feed_token RENAME TO elsewhere").await.unwrap();
    let answer = world.get(&format!("/kalender/{token}.ics")).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!answer.body.contains("VCALENDAR") && !answer.body.contains("feed_token"), "{}", answer.body);
}

/// Rules 5, 7: to download, where a calendar to fetch is not.
#[tokio::test]
async fn one_meeting_is_a_file_for_who_is_invited() {
    let office = Office::open().await;
    let file = format!("/traffar/{}/samverkan.ics", office.meeting);
    assert_eq!(office.get(&file).await.status, StatusCode::NOT_FOUND, "nobody is invited yet");
    let fields = [("meeting", office.meeting.to_string()), ("title", "Inledning".into()), ("minutes", "15".into())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    office.submit(&office.get(&format!("/traffar/{}", office.meeting)).await, "/api/agenda/add-general", &fields).await;
    office.send_invitations().await;

    let answer = office.get(&file).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"samverkan.ics\"");
    assert_eq!((answer.header("cache-control"), answer.header("x-robots-tag")), ("no-store", "noindex"));
    assert_eq!((answer.body.matches("BEGIN:VEVENT").count(), answer.body.contains("UID:u@x\r\n")), (1, true));

    let stranger = office.world.get(&file).await;
    assert_eq!(stranger.status, StatusCode::SEE_OTHER);
    assert!(stranger.location().starts_with("/logga-in"), "{}", stranger.location());
    for nowhere in ["/traffar/x/samverkan.ics", &format!("/traffar/{}/samverkan.ics", uuid::Uuid::nil())] {
        assert_eq!(office.get(nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    assert_eq!(office.world.get("/kallelse/0000/samverkan.ics").await.status, StatusCode::NOT_FOUND);
}

/// Rule 25
#[tokio::test]
async fn a_calendar_that_is_known_is_not_sent_again() {
    let world = World::new().await;
    let (_, token) = subscribed(&world).await;
    let path = format!("/kalender/{token}.ics");
    let tag = world.get(&path).await.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.len() == 66, "strong, of the bytes: {tag}");
    for known in [tag.clone(), "*".into(), format!("\"x\", W/{tag}")] {
        let request = Request::get(&path).header(header::IF_NONE_MATCH, known);
        let answer = world.send(request.header(header::IF_MODIFIED_SINCE, "Thu, 01 Jan 1970 00:00:00 GMT")).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
        assert_eq!(answer.header("etag"), tag);
        assert_eq!(answer.header("cache-control"), "private, max-age=300");
    }
    for unknown in ["\"x\"", "nonsense"] {
        let answer = world.send(Request::get(&path).header(header::IF_NONE_MATCH, unknown)).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    // A date alone never keeps a change from anybody.
    let dated = Request::get(&path).header(header::IF_MODIFIED_SINCE, "Thu, 01 Jan 2099 00:00:00 GMT");
    assert_eq!(world.send(dated).await.status, StatusCode::OK);
}

/// Rule 44
#[tokio::test]
async fn unknown_and_malformed_addresses_answer_alike() {
    let world = World::new().await;
    let long = "A".repeat(43);
    let unknown = world.get(&format!("/kalender/{long}.ics")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    for path in ["/kalender/x.ics", "/kalender/.ics", "/kalender/%20.ics", &format!("/kalender/{long}")] {
        let answer = world.get(path).await;
        assert_eq!((answer.status, &answer.body), (unknown.status, &unknown.body), "{path}");
    }
    assert_eq!(world.send(Request::post(format!("/kalender/{long}.ics"))).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

/// Rule 44: after sixty that open nothing an address waits, whatever it asks for; others do not, and nobody who knows theirs is counted.
#[tokio::test]
async fn whoever_tries_many_addresses_waits() {
    let world = World::new().await;
    let (_, token) = subscribed(&world).await;
    let known = format!("/kalender/{token}.ics");
    let guess = |number: u32| format!("/kalender/{number:043}.ics");
    for _ in 0..100 {
        assert_eq!(world.get(&known).await.status, StatusCode::OK);
    }
    for number in 0..60 {
        assert_eq!(world.get(&guess(number)).await.status, StatusCode::NOT_FOUND, "{number}");
    }
    let (unknown, known_too) = (world.get(&guess(60)).await, world.get(&known).await);
    for answer in [&unknown, &known_too] {
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!((answer.header("retry-after"), answer.header("x-robots-tag")), ("60", "noindex"));
        assert!(answer.body.contains("För många försök"), "{}", answer.body);
    }
    assert_eq!(unknown.body, known_too.body, "it tells of none");
    let elsewhere = Request::get(&known).extension(Peer(([192, 0, 2, 7], 40_000).into()));
    assert_eq!(world.send(elsewhere).await.status, StatusCode::OK, "another address");
    world.clock.advance(TimeDelta::seconds(1));
    assert_eq!(world.get(&known).await.status, StatusCode::OK, "one a second comes back");
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Rule 45, PRIV-04. Listens to the whole process, so that what a database's own thread says is heard too.
#[tokio::test]
async fn no_line_of_the_log_holds_a_token() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let world = World::new().await;
    let (_, token) = subscribed(&world).await;
    let path = format!("/kalender/{token}.ics");
    tracing::subscriber::set_global_default(subscriber).unwrap();
    assert_eq!(world.get(&path).await.status, StatusCode::OK);
    world.get(&format!("/kalender/{token}")).await;
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("path=\"/kalender/\""), "the request is in the log: {log}");
    assert!(!log.contains(&token), "{log}");
}
