//! The demo's municipality, as those who sign in to it meet it.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock, Mutex},
};

use backend::{
    Backend, Site,
    actor::Actor,
    auth::password::Cost,
    clock::ManualClock,
    crypt::{CaseKey, Keys, Place},
    database, demo,
    random::SeededRandom,
    view::{agenda, case, review, week},
};
use chrono::NaiveDate;
use domain::{
    age::age_on,
    id::{AssignmentId, MeetingId, PersonId, UnitId},
    identity::PersonalNumber,
    meeting::MeetingState,
    time::{IsoWeek, instant},
    visibility::{Role, ShownStatus},
};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::world::{Engine, TestResult, amal::date, fresh_postgres, postgres_url};

struct Demo {
    backend: Backend,
    raw: DatabaseConnection,
    feed: String,
    folder: tempfile::TempDir,
}

/// The database as the program opens it, and a connection beside it.
async fn open(url: &str, today: NaiveDate) -> (Backend, DatabaseConnection) {
    let db = database::open(url).await.expect("the database opens");
    if url.starts_with("sqlite:") {
        Migrator::up(&db, None).await.expect("the migrations apply");
    }
    let raw = Database::connect(url).await.expect("a second connection");
    let morning = instant(today.and_hms_opt(8, 0, 0).expect("a time")).expect("an instant");
    let clock = Arc::new(ManualClock::new(morning));
    let random = Arc::new(SeededRandom::new(7));
    let keys = Keys::read(&Keys::generate(random.as_ref())).expect("a generated key");
    let site = Site {
        origin: "http://samverkan.test".into(),
        municipality: "Åmåls kommun".into(),
        answers_to: None,
        demo: true,
    };
    (Backend::with_password_cost(db, clock, random, keys, site, Cost::next_to_nothing()), raw)
}

/// A demo that was made and closed, to be copied.
struct Made {
    folder: tempfile::TempDir,
    feed: String,
}

/// By day, as making one takes seconds.
static MADE: LazyLock<Mutex<BTreeMap<NaiveDate, Arc<OnceCell<Made>>>>> = LazyLock::new(Mutex::default);

impl Demo {
    /// A copy of the demo on the morning of a day.
    async fn of(today: NaiveDate) -> Self {
        let made = Arc::clone(MADE.lock().expect("no test broke off here").entry(today).or_default());
        let made = made.get_or_init(async || {
            let demo = Self::new(Engine::Sqlite, today).await;
            demo.raw.close().await.expect("the second connection closes");
            demo.backend.close().await.expect("the database closes");
            Made { folder: demo.folder, feed: demo.feed }
        });
        let made = made.await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::copy(made.folder.path().join("demo.db"), folder.path().join("demo.db")).expect("a copy");
        let (backend, raw) = open(&format!("sqlite://{}/demo.db", folder.path().display()), today).await;
        Self { backend, raw, feed: made.feed.clone(), folder }
    }

    /// The demo made anew.
    async fn new(engine: Engine, today: NaiveDate) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = match engine {
            Engine::Sqlite => format!("sqlite://{}/demo.db", folder.path().display()),
            Engine::Postgres => fresh_postgres().await,
        };
        let (backend, raw) = open(&url, today).await;
        let feed = demo::seed(&backend, today).await.expect("the demo is made").feed_token;
        Self { backend, raw, feed, folder }
    }

    /// The rows of a query, each as one text.
    async fn rows(&self, query: &str) -> Vec<String> {
        let asked = Statement::from_string(self.raw.get_database_backend(), query);
        let rows = self.raw.query_all_raw(asked).await.expect("the query runs");
        rows.iter().map(|row| row.try_get_by_index(0).expect("a text")).collect()
    }

    async fn count(&self, query: &str) -> i64 {
        let asked = Statement::from_string(self.raw.get_database_backend(), query);
        self.raw
            .query_one_raw(asked)
            .await
            .expect("the query runs")
            .expect("a row")
            .try_get_by_index(0)
            .expect("a number")
    }

    /// Somebody at work, by address and role.
    async fn actor(&self, first_name: &str) -> Actor {
        let query = format!(
            "SELECT p.id AS person, p.name, a.id AS assignment, a.role, a.title, a.unit_id, u.name AS unit_name FROM person p \
             JOIN assignment a ON a.person_id = p.id LEFT JOIN unit u ON u.id = a.unit_id \
             WHERE p.email = '{first_name}@amal.example' ORDER BY u.name"
        );
        let asked = Statement::from_string(self.raw.get_database_backend(), query);
        let row = self.raw.query_one_raw(asked).await.expect("the query runs").expect("somebody");
        let role: String = row.try_get("", "role").expect("a role");
        let unit: Option<Uuid> = row.try_get("", "unit_id").expect("a unit");
        Actor {
            person: PersonId::from_uuid(row.try_get("", "person").expect("an id")),
            name: row.try_get("", "name").expect("a name"),
            assignment: AssignmentId::from_uuid(row.try_get("", "assignment").expect("an id")),
            role: role.parse().expect("a role"),
            title: row.try_get("", "title").expect("a title"),
            unit: unit.map(UnitId::from_uuid),
            unit_name: row.try_get::<Option<String>>("", "unit_name").expect("a name").unwrap_or_default(),
            language: "sv".into(),
            request: None,
        }
    }

    /// How many minutes are in each state.
    async fn minutes(&self) -> BTreeMap<String, i64> {
        let mut all = BTreeMap::new();
        for state in self.rows("SELECT state FROM minutes").await {
            *all.entry(state).or_insert(0) += 1;
        }
        all
    }
}

/// The third is a day on which a meeting is held.
const DAYS: [&str; 5] = ["2026-11-22", "2026-12-28", "2026-11-24", "2027-07-10", "2028-02-29"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_the_day_there_are_forty_cases_past_meetings_and_meetings_to_come() -> TestResult {
    for day in DAYS {
        let demo = Demo::of(date(day)).await;
        assert_eq!(demo.count("SELECT count(*) FROM case_file WHERE closed_at IS NULL").await, 40, "{day}");
        assert_eq!(demo.count("SELECT count(*) FROM disposal WHERE state = 'shredded'").await, 1, "{day}");
        assert!(demo.count("SELECT count(*) FROM meeting WHERE state = 'held'").await >= 10, "{day}");
        assert_eq!(
            demo.count(&format!("SELECT count(*) FROM meeting WHERE state <> 'held' AND on_date < '{day}'")).await,
            0
        );
        let to_come = format!("SELECT count(*) FROM meeting WHERE state = 'published' AND on_date > '{day}'");
        assert!(demo.count(&to_come).await >= 1, "{day}");
        let minutes = demo.minutes().await;
        assert_eq!(minutes.get("draft"), Some(&1), "{day}: {minutes:?}");
        assert!(minutes.get("submitted").is_some_and(|count| *count >= 2), "{day}: {minutes:?}");
        assert!(minutes.get("approved").is_some_and(|count| *count >= 8), "{day}: {minutes:?}");
        nobody_is_on_the_wrong_agenda(&demo, day).await;
    }
    Ok(())
}

/// R1, R3
async fn nobody_is_on_the_wrong_agenda(demo: &Demo, day: &str) {
    let asked = "SELECT CAST(c.born_on AS TEXT) || ' ' || CAST(m.on_date AS TEXT) || ' ' || f.code FROM agenda_item i \
                 JOIN case_file c ON c.id = i.case_id JOIN meeting m ON m.id = i.meeting_id JOIN forum f ON f.id = m.forum_id";
    let rows = demo.rows(asked).await;
    assert!(rows.len() > 20, "{day}");
    for row in rows {
        let parts: Vec<&str> = row.split(' ').collect();
        let age = age_on(date(parts[0]), date(parts[1])).expect("born before the meeting");
        assert_eq!(if age <= 12 { "family" } else { "youth" }, parts[2], "{day}: {row}");
        assert!(age <= 18, "{day}: {row}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_demos_of_a_day_are_alike() -> TestResult {
    let (one, other) = (Demo::of(date(DAYS[0])).await, Demo::new(Engine::Sqlite, date(DAYS[0])).await);
    assert_eq!(one.feed, other.feed);
    for table in ["person", "case_file", "meeting", "minutes", "consent"] {
        let query = format!("SELECT hex(id) FROM {table} ORDER BY id");
        assert_eq!(one.rows(&query).await, other.rows(&query).await, "{table}");
    }
    Ok(())
}

/// What each sees of the meeting to come: those not covered see less.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_login_sees_its_own_week() -> TestResult {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        if engine == Engine::Postgres && postgres_url().is_none() {
            continue;
        }
        let demo = match engine {
            Engine::Sqlite => Demo::of(date(DAYS[0])).await,
            Engine::Postgres => Demo::new(engine, date(DAYS[0])).await,
        };
        let maria = demo.actor("maria").await;
        let this = week::week_page(&demo.backend, &maria, None).await?;
        assert_eq!(this.meetings.len(), 2);
        assert!(this.todos.len() >= 4, "{:?}", this.todos);
        let next = IsoWeek::of(date("2026-11-24"));
        let coming = week::week_page(&demo.backend, &maria, Some(next)).await?;
        let told: Vec<_> =
            coming.meetings.iter().map(|meeting| (meeting.state, meeting.cases, meeting.answers)).collect();
        assert_eq!(told, [(MeetingState::Published, 4, Some((7, 8))), (MeetingState::Draft, 3, None)]);
        let mut cases = BTreeMap::new();
        for who in ["per", "sara", "petra", "eva", "frida", "inga", "olle"] {
            let page = week::week_page(&demo.backend, &demo.actor(who).await, Some(next)).await?;
            cases.insert(who, page.meetings.iter().map(|meeting| meeting.cases).sum::<usize>());
        }
        let expected = [("eva", 1), ("frida", 1), ("inga", 1), ("olle", 1), ("per", 4), ("petra", 1), ("sara", 3)];
        assert_eq!(cases, BTreeMap::from(expected));
        assert!(week::week_page(&demo.backend, &demo.actor("ivar").await, Some(next)).await?.meetings.is_empty());
        let karin = demo.actor("karin").await;
        assert_eq!(karin.role, Role::Administrator);
        let queue = review::review_queue(&demo.backend, &karin).await?;
        assert!(queue.len() >= 2, "{queue:?}");
        let draft: MeetingId = coming.meetings[1].id;
        let agenda::AgendaPage::Board(board) = agenda::agenda_page(&demo.backend, &maria, draft).await? else {
            panic!("a coordinator sees the board")
        };
        assert!(!board.warnings.is_empty());
        assert!(board.queue.len() >= 5, "{}", board.queue.len());
    }
    Ok(())
}

/// C5–C7, C13, C15: every situation is there, told by the view everybody uses.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_situation_of_consent_is_there() -> TestResult {
    let demo = Demo::of(date(DAYS[0])).await;
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = BTreeMap::new();
    // Per knows what Maria does, and the child of his whose identity is protected besides.
    for who in ["per", "sara", "anna", "petra", "eva", "kim", "inga", "frida", "lars", "ivar"] {
        let actor = demo.actor(who).await;
        let rows = if actor.unit.is_some() { case::case_list(&demo.backend, &actor).await? } else { Vec::new() };
        seen.insert(who, rows.len());
        for row in rows.iter().filter(|row| row.own) {
            let status = match row.consent.shown {
                ShownStatus::Full { reason, .. } => reason.map_or("in_force".into(), |reason| format!("{reason:?}")),
                ShownStatus::Neutral(status) => status.code().into(),
            };
            *told.entry(status).or_default() += 1;
        }
    }
    let expected = [
        ("NeedsRenewal", 1),
        ("NoConsent", 1),
        ("awaiting", 2),
        ("in_force", 30),
        ("missing", 3),
        ("needs_renewal", 1),
        ("refused", 1),
        ("withdrawn", 1),
    ];
    assert_eq!(told, expected.map(|(status, count)| (status.to_owned(), count)).into(), "{seen:?}");
    let few = [("frida", 3), ("inga", 4), ("lars", 5), ("ivar", 0)];
    assert_eq!(few.map(|(who, _)| (who, seen[who])), few);
    assert!(seen["per"] > seen["sara"] && seen["sara"] > seen["eva"], "{seen:?}");
    Ok(())
}

/// I5: nobody's number, only those kept for tests.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn personal_numbers_are_valid_and_given_to_nobody() -> TestResult {
    let today = date("2027-07-10");
    let demo = Demo::of(today).await;
    let asked = Statement::from_string(
        demo.raw.get_database_backend(),
        "SELECT f.id, f.number, k.sealed FROM case_file f JOIN case_key k ON k.case_id = f.id WHERE f.number IS NOT NULL",
    );
    let rows = demo.raw.query_all_raw(asked).await?;
    assert!(rows.len() >= 30);
    for row in rows {
        let id: Uuid = row.try_get("", "id")?;
        let own: Vec<u8> = row.try_get("", "sealed")?;
        let key = CaseKey::open_with(demo.backend.keys(), id, [(1, &*own)])?;
        let place = Place { column: "case_file.number", row: id };
        let number = key.open_text(place, &row.try_get::<Vec<u8>>("", "number")?)?;
        assert!(PersonalNumber::parse(&number, today).is_ok());
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        assert!(("980".."A").contains(&&digits[8..11]), "outside the range kept for tests");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn logins_work_and_are_told() -> TestResult {
    let demo = Demo::of(date("2027-07-10")).await;
    let logins = demo::logins(&demo.backend).await?;
    assert_eq!(logins.len(), 20);
    let maria = demo.actor("maria").await;
    assert!(demo::shown_code(&demo.backend, maria.person).await?.is_some());
    assert!(backend::view::feed::feed(&demo.backend, &demo.feed, None).await?.contains("BEGIN:VEVENT"));
    Ok(())
}
