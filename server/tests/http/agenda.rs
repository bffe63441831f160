//! The agenda without script: one page, ordinary forms, all the way to the invitations.

use axum::http::{Request, StatusCode, header};
use backend::crypt::token_hash;
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, Value,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use crate::world::{Answer, World};

pub const SESSION: &str = "0123456789012345678901234567890123456789012";
const SECRET: &str = "form-secret-of-the-session";

/// One coordinator at work, one forum with her unit's seat, one meeting on 26 November.
pub struct Office {
    pub world: World,
    pub meeting: Uuid,
}

async fn insert<const N: usize>(
    raw: &DatabaseConnection,
    table: &'static str,
    columns: [&'static str; N],
    row: [Value; N],
) {
    let mut insert = Query::insert();
    insert.into_table(table).columns(columns).values_panic(row.map(Expr::value));
    raw.execute(&insert).await.unwrap();
}

/// A forum with one seat and who holds it.
async fn lay_forum(world: &World, raw: &DatabaseConnection, forum: Uuid, (unit, person): (Uuid, Uuid)) {
    let one: Value = 1_i64.into();
    let from: NaiveDate = "2026-01-01".parse().unwrap();
    let columns = [
        "id",
        "code",
        "name",
        "short_name",
        "age_from",
        "age_to",
        "host",
        "place",
        "meeting_minutes",
        "item_minutes",
        "freeze_days",
        "review_days",
        "on_red_days",
        "on_breaks",
        "version",
    ];
    let row = [
        forum.into(),
        "youth".into(),
        "Ungdomscentralen".into(),
        "UC".into(),
        13_i64.into(),
        18_i64.into(),
        "Åmåls kommun".into(),
        "Rum 1".into(),
        120_i64.into(),
        20_i64.into(),
        0_i64.into(),
        7_i64.into(),
        "skip".into(),
        "skip".into(),
        one.clone(),
    ];
    insert(raw, "forum", columns, row).await;
    let seat = world.backend.random().uuid();
    let columns = ["id", "forum_id", "unit_id", "function", "standing", "position", "version"];
    let row = [seat.into(), forum.into(), unit.into(), "".into(), true.into(), 0_i64.into(), one.clone()];
    insert(raw, "seat", columns, row).await;
    let columns = ["id", "seat_id", "person_id", "sits", "position", "from_on"];
    let row =
        [world.backend.random().uuid().into(), seat.into(), person.into(), "holder".into(), 0_i64.into(), from.into()];
    insert(raw, "seat_tenure", columns, row).await;
}

impl Office {
    pub async fn open() -> Self {
        let world = World::new().await;
        let raw = world.raw().await;
        let new = || world.backend.random().uuid();
        let (person, unit, assignment, forum, meeting) = (new(), new(), new(), new(), new());
        let now = world.backend.now();
        let one: Value = 1_i64.into();
        let columns = ["id", "email", "name", "language", "calendar_way", "created_at", "version"];
        let (email, name) = ("maria@amal.test", "Maria Lindqvist");
        let row = [person.into(), email.into(), name.into(), "sv".into(), "feed".into(), now.into(), one.clone()];
        insert(&raw, "person", columns, row).await;
        let columns = ["id", "kind", "name", "short_name", "authority", "version"];
        let row = [unit.into(), "social_services".into(), "IFO".into(), "Soc".into(), "Nämnden".into(), one.clone()];
        insert(&raw, "unit", columns, row).await;
        let from: NaiveDate = "2026-01-01".parse().unwrap();
        let columns = ["id", "person_id", "unit_id", "role", "title", "from_on", "version"];
        let row = [
            assignment.into(),
            person.into(),
            Some(unit).into(),
            "coordinator".into(),
            "samordnare".into(),
            from.into(),
            one.clone(),
        ];
        insert(&raw, "assignment", columns, row).await;
        lay_forum(&world, &raw, forum, (unit, person)).await;
        let (on, at): (NaiveDate, _) = ("2026-11-26".parse().unwrap(), NaiveTime::from_hms_opt(9, 0, 0).unwrap());
        let columns = [
            "id",
            "forum_id",
            "on_date",
            "starts",
            "minutes",
            "place",
            "state",
            "sequence",
            "calendar_uid",
            "changed_at",
            "version",
        ];
        let row = [
            meeting.into(),
            forum.into(),
            on.into(),
            at.into(),
            120_i64.into(),
            "Rum 1".into(),
            "draft".into(),
            0_i64.into(),
            "u@x".into(),
            now.into(),
            one,
        ];
        insert(&raw, "meeting", columns, row).await;
        let columns = [
            "token_hash",
            "person_id",
            "assignment_id",
            "stage",
            "form_token",
            "client",
            "created_at",
            "seen_at",
            "ends_at",
        ];
        let ends = now + TimeDelta::hours(8);
        let row = [
            token_hash(SESSION).into(),
            person.into(),
            Some(assignment).into(),
            "active".into(),
            SECRET.into(),
            "x".into(),
            now.into(),
            now.into(),
            ends.into(),
        ];
        insert(&raw, "session", columns, row).await;
        Self { world, meeting }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.world.send(Request::get(path).header(header::COOKIE, format!("__Host-sid={SESSION}"))).await
    }

    /// Sends a form with what a browser would send of its hidden fields; gives the page it leads to.
    pub async fn submit(&self, page: &Answer, to: &str, fields: &[(&str, &str)]) -> Answer {
        let (token, once, from) = (page.field("_token"), page.field("_once"), page.field("_page"));
        let mut all = vec![("_token", token.as_str()), ("_once", once.as_str()), ("_page", from.as_str())];
        all.extend_from_slice(fields);
        let answer = self.world.submit(to, &format!("__Host-sid={SESSION}"), &all).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{to}: {}", answer.body);
        self.get(answer.location()).await
    }

    /// Sends the invitations to the meeting.
    pub async fn send_invitations(&self) {
        let meeting = self.meeting.to_string();
        let call = self.get(&format!("/traffar/{meeting}/kalla")).await;
        let seen = call.field("seen");
        let sent = self.submit(&call, "/api/agenda/publish", &[("meeting", &meeting), ("seen", &seen)]).await;
        assert!(sent.body.contains("Kallelsen är skickad"), "{}", sent.body);
    }
}

#[tokio::test]
async fn an_agenda_is_made_ordered_and_sent_without_script() {
    let office = Office::open().await;
    let (path, meeting) = (format!("/traffar/{}", office.meeting), office.meeting.to_string());
    let page = office.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("<h1>Torsdag 26 november, 09.00–11.00</h1>"), "{}", page.body);
    assert!(page.body.contains("Dagordningen är tom"));

    let page = office
        .submit(&page, "/api/agenda/add-general", &[("meeting", &meeting), ("title", ""), ("minutes", "x")])
        .await;
    assert!(page.body.contains("2 fält behöver rättas"), "{}", page.body);
    let page = office
        .submit(&page, "/api/agenda/add-general", &[("meeting", &meeting), ("title", "Inledning"), ("minutes", "15")])
        .await;
    assert!(page.body.contains("Punkten står sist"), "{}", page.body);
    let asked = [
        ("meeting", meeting.as_str()),
        ("minutes", ""),
        ("_form", "anonymous"),
        ("question", "Om 7B\r\n& <Ring 070-123 45 67>"),
    ];
    let page = office.submit(&page, "/api/agenda/add-anonymous", &asked).await;
    assert!(page.body.contains("Ett fält behöver rättas"), "{}", page.body);
    for said in ["Ta bort klassen ”7B”.", "Ta bort telefonnumret ”070-123 45 67”."] {
        assert_eq!(page.body.matches(said).count(), 2, "{said}: on top and at the field: {}", page.body);
    }
    assert!(page.body.contains("Om 7B\r\n&amp; &lt;Ring 070-123 45 67&gt;</textarea>"), "{}", page.body);
    assert_eq!(times(&page), ["09.00"], "nothing was added");
    let asked =
        [("meeting", meeting.as_str()), ("minutes", ""), ("_form", "anonymous"), ("question", "Om en tioåring")];
    let page = office.submit(&page, "/api/agenda/add-anonymous", &asked).await;
    assert!(page.body.contains("Om en tioåring"), "{}", page.body);
    assert_eq!(times(&page), ["09.00", "09.15"]);

    // What was seen before somebody else changed it is refused, with a word, and nothing is lost.
    let (seen, item) = (page.field("seen"), page.field("item"));
    let moved = office
        .submit(&page, "/api/agenda/move", &[("meeting", &meeting), ("item", &item), ("step", "down"), ("seen", &seen)])
        .await;
    assert!(moved.body.find("Avidentifierad").unwrap() < moved.body.find("Inledning").unwrap());
    let again = office.get(&path).await;
    let stale = office
        .submit(&again, "/api/agenda/move", &[("meeting", &meeting), ("item", &item), ("step", "up"), ("seen", &seen)])
        .await;
    assert!(stale.body.contains("Någon annan hann ändra"), "{}", stale.body);

    let call = office.get(&format!("{path}/kalla")).await;
    assert!(call.body.contains("Maria Lindqvist") && call.body.contains("09.00–09.35"), "{}", call.body);
    office.send_invitations().await;
}

/// The times of the items on a page.
fn times(page: &Answer) -> Vec<&str> {
    page.body.match_indices("<time>").map(|(at, tag)| &page.body[at + tag.len()..][..5]).collect()
}

/// The same form sent twice: a second click, or a browser that tries again on a bad line.
#[tokio::test]
async fn the_second_click_changes_nothing() {
    let office = Office::open().await;
    let (path, meeting) = (format!("/traffar/{}", office.meeting), office.meeting.to_string());
    let page = office.get(&path).await;
    let fields = [("meeting", meeting.as_str()), ("title", "Inledning"), ("minutes", "15")];
    let first = office.submit(&page, "/api/agenda/add-general", &fields).await;
    let second = office.submit(&page, "/api/agenda/add-general", &fields).await;
    assert!(second.body.contains("Punkten står sist"), "the second answers as the first did: {}", second.body);
    assert_eq!((times(&first), times(&second)), (vec!["09.00"], vec!["09.00"]));
}

/// Rules 3, 28, 41, 46: nothing is promised that calendars do not hold, and who else keeps them is told.
#[tokio::test]
async fn an_address_is_shown_once() {
    let office = Office::open().await;
    let page = office.get("/min-kalender").await;
    for told in
        ["Du har ingen adress än.", "Ändringar kan alltså dröja ett dygn.", "hämtar och sparar det företagets servrar"]
    {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    let (token, once) = (page.field("_token"), page.field("_once"));
    let fields = [
        ("_token", token.as_str()),
        ("_once", &once),
        ("_page", "/min-kalender"),
        ("name", "Mobilen"),
        ("holds", "own"),
    ];
    let made = office.world.submit("/api/calendar/subscribe", &format!("__Host-sid={SESSION}"), &fields).await;
    let to = made.location().to_owned();
    assert!(!to.contains(".ics"), "no secret in an address of ours: {to}");
    let shown = office.get(&to).await;
    assert!(
        shown.body.contains("https://samverkan.test/kalender/")
            && shown.body.contains("webcal://samverkan.test/kalender/")
            && shown.body.contains("Adressen som bild för telefonens kamera")
    );
    let again = office.get(&to).await;
    assert!(!again.body.contains("/kalender/") && again.body.contains("Mobilen"), "{}", again.body);
}

#[tokio::test]
async fn a_link_that_does_not_stand_leads_nowhere() {
    let office = Office::open().await;
    let page = office.get("/kallelse/0000").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.body.contains("Sidan finns inte"));
}
