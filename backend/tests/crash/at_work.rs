//! The program that is killed. At three tables people hold one meeting after the other: they register two cases with consent, put
//! them on the agenda, call everybody, come in, take the cases up one after the other and write; afterwards minutes are returned,
//! approved, read, handed over, added to, opened again and approved anew.
//!
//! What comes next is asked of the database before each act. So the next program goes on where this one was killed, whatever was
//! under way: every act is killed in, and what a kill left is worked on with.

use std::{sync::Arc, time::Duration};

use backend::{
    Backend, Error, Result,
    actor::Actor,
    clock::ManualClock,
    crypt::Keys,
    database,
    usecase::{
        acknowledge_consent::acknowledge_consent,
        add_item::add_case,
        add_to_minutes::{add_to_minutes, answer_addendum},
        dispatch_minutes::dispatch_minutes,
        follow_up::tick_undertaking,
        open_item::open_item,
        publish_meeting::publish_meeting,
        record_consent::record_consent,
        review_minutes::{TypedRemarks, approve_minutes, reopen_minutes, return_minutes},
        run_meeting::{check_in, close_meeting, open_meeting},
        write_minutes::{TypedContribution, TypedMinutes, TypedUndertaking, save_minutes, submit_minutes},
    },
    view::{
        agenda::{AgendaPage, agenda_page},
        minutes_page::{Body, minutes_page},
    },
};
use chrono::TimeDelta;
use domain::{
    consent::Signer,
    id::{
        ActionItemId, AddendumId, AgendaItemId, AssignmentId, CaseId, ConsentId, GuardianId, MeetingId, MinutesId,
        PersonId, UnitId,
    },
    visibility::Role,
};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, QueryResult, Statement, TryGetable};
use serde::{Deserialize, Serialize};
use tokio::{task::JoinSet, time::sleep};
use uuid::Uuid;

use super::{at, program, say};
use crate::cases::stage::{form, registered, yes};

/// Where meetings are held, each by people of its own.
pub const TABLES: [&str; 3] = ["Bord 1", "Bord 2", "Bord 3"];
/// How many cases a meeting takes up.
const CASES: i64 = 2;
/// How far the clock goes on with each act.
const STEP: TimeDelta = TimeDelta::milliseconds(100);
/// How often an act is tried: whoever was killed may still be at its last change on a server that goes on.
const TRIES: u32 = 100;

/// What the program is told when it starts.
#[derive(Serialize, Deserialize)]
pub struct Orders {
    pub url: String,
    pub key: String,
    pub round: u32,
}

/// Those at work, as the database has them.
#[derive(Clone)]
pub struct People {
    /// Who leads and writes.
    pub maria: Actor,
    /// Who reviews.
    pub karin: Actor,
    /// Who registers the cases of each table, records their consents and reads their minutes.
    pub registrars: [Actor; TABLES.len()],
}

impl People {
    pub async fn at(raw: &DatabaseConnection) -> Result<Self> {
        Ok(Self {
            maria: somebody(raw, "maria").await?,
            karin: somebody(raw, "karin").await?,
            registrars: [somebody(raw, "sara").await?, somebody(raw, "eva").await?, somebody(raw, "anna").await?],
        })
    }

    /// Everybody's units: those consent is given to.
    fn units(&self) -> Vec<UnitId> {
        [&self.maria].into_iter().chain(&self.registrars).filter_map(|one| one.unit).collect()
    }
}

async fn somebody(raw: &DatabaseConnection, who: &str) -> Result<Actor> {
    let sql = format!(
        "SELECT p.id, p.name, a.id, a.role, a.title, u.id, u.name FROM person p \
         JOIN assignment a ON a.person_id = p.id JOIN unit u ON u.id = a.unit_id WHERE p.email = '{who}@amal.test'"
    );
    let row = rows(raw, &sql).await?.pop().ok_or(Error::NotFound)?;
    Ok(Actor {
        person: PersonId::from_uuid(row.try_get_by_index(0)?),
        name: row.try_get_by_index(1)?,
        assignment: AssignmentId::from_uuid(row.try_get_by_index(2)?),
        role: Role::from_code(&row.try_get_by_index::<String>(3)?).expect("a role"),
        title: row.try_get_by_index(4)?,
        unit: Some(UnitId::from_uuid(row.try_get_by_index(5)?)),
        unit_name: row.try_get_by_index(6)?,
        language: "sv".into(),
        request: None,
    })
}

pub async fn rows(raw: &DatabaseConnection, sql: &str) -> Result<Vec<QueryResult>> {
    Ok(raw.query_all_raw(Statement::from_string(raw.get_database_backend(), sql)).await?)
}

/// What the first column of the first row says, if there is one.
pub async fn first<T: TryGetable>(raw: &DatabaseConnection, sql: &str) -> Result<Option<T>> {
    let row = raw.query_one_raw(Statement::from_string(raw.get_database_backend(), sql)).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// An id as the engine's own SQL writes it.
pub fn literal(raw: &DatabaseConnection, id: Uuid) -> String {
    match raw.get_database_backend() {
        sea_orm::DbBackend::Sqlite => format!("x'{}'", id.simple()),
        _ => format!("'{id}'"),
    }
}

/// A version of minutes: it says which it is, and undertakes as many things.
fn version(number: i64, unit: UnitId) -> TypedMinutes {
    let undertaking = |place| TypedUndertaking {
        what: format!("Åtagande {place}"),
        unit: unit.to_string(),
        due_on: "2027-01-15".into(),
    };
    TypedMinutes {
        seen: number - 1,
        purpose: format!("Version {number}"),
        contributions: vec![TypedContribution {
            unit: unit.to_string(),
            kind: "social".into(),
            text: "Närvaron har gått från 31 till 45 procent.".into(),
        }],
        childs_view: "heard".into(),
        childs_words: "Vill börja senare på måndagar.".into(),
        undertakings: (0..number).map(undertaking).collect(),
        outcome: "follow_up".into(),
        follow_up_on: "2027-01-21".into(),
        ..TypedMinutes::default()
    }
}

/// Which version a text is, where it is whole.
pub fn version_of(body: &Body) -> Option<i64> {
    let number = body.purpose.strip_prefix("Version ")?.parse().ok()?;
    (i64::try_from(body.undertakings.len()) == Ok(number)).then_some(number)
}

/// Not a test: what the other one starts and kills. At each table somebody works until the end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started and killed by r01"]
async fn writer() {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).expect("orders on standard input");
    let orders: Orders = serde_json::from_str(&line).expect("orders");
    let db = database::open(&orders.url).await.expect("the database opens after a crash");
    let raw = Database::connect(&orders.url).await.expect("a second connection");
    let clock = Arc::new(ManualClock::new(at(orders.round)));
    let backend = program(db, Keys::read(&orders.key).expect("a key"), clock.clone());
    let people = People::at(&raw).await.expect("those at work");
    let mut at_work = JoinSet::new();
    for place in 0..TABLES.len() {
        let (backend, raw, people, clock) = (backend.clone(), raw.clone(), people.clone(), clock.clone());
        at_work.spawn(Table { backend, raw, people, clock, place }.work());
    }
    let over = at_work.join_next().await;
    panic!("works until killed: {over:?}");
}

/// One table.
struct Table {
    backend: Backend,
    raw: DatabaseConnection,
    people: People,
    clock: Arc<ManualClock>,
    place: usize,
}

/// Minutes of a meeting, and the item they are of.
struct Written {
    item: AgendaItemId,
    minutes: MinutesId,
    state: String,
    revision: i64,
    /// Whether they were approved before.
    again: bool,
}

impl Table {
    async fn work(self) {
        let mut failed = 0;
        loop {
            self.clock.advance(STEP);
            match self.act().await {
                Ok(()) => failed = 0,
                Err(fault) if failed == TRIES => {
                    println!("\nfault {fault:?}");
                    panic!("{fault:?}");
                }
                Err(_) => {
                    failed += 1;
                    sleep(Duration::from_millis(5)).await;
                }
            }
        }
    }

    /// Does what comes next.
    async fn act(&self) -> Result<()> {
        let sql = format!("SELECT id, state FROM meeting WHERE place = '{}' ORDER BY calendar_uid DESC", self.name());
        let Some(last) = rows(&self.raw, &format!("{sql} LIMIT 1")).await?.pop() else {
            return self.lay_meeting().await;
        };
        let (meeting, state) = (MeetingId::from_uuid(last.try_get_by_index(0)?), last.try_get_by_index::<String>(1)?);
        match state.as_str() {
            "draft" => self.plan(meeting).await,
            "published" => {
                open_meeting(&self.backend, &self.people.maria, meeting).await?;
                say(format_args!("opened {}", meeting.uuid().simple()));
                Ok(())
            }
            "running" => self.hold(meeting).await,
            _ => self.follow(meeting).await,
        }
    }

    fn name(&self) -> &'static str {
        TABLES[self.place]
    }

    fn registrar(&self) -> &Actor {
        &self.people.registrars[self.place]
    }

    fn unit(&self) -> UnitId {
        self.people.maria.unit.expect("somebody of a unit")
    }

    fn literal(&self, id: Uuid) -> String {
        literal(&self.raw, id)
    }

    async fn first<T: TryGetable>(&self, sql: &str) -> Result<Option<T>> {
        first(&self.raw, sql).await
    }

    async fn count(&self, of: &str) -> Result<i64> {
        Ok(self.first(&format!("SELECT count(*) FROM {of}")).await?.unwrap_or_default())
    }

    /// The stage, past the program: a day for the next meeting.
    async fn lay_meeting(&self) -> Result<()> {
        let name = self.name();
        let number = self.count(&format!("meeting WHERE place = '{name}'")).await?;
        let id = self.literal(self.backend.random().uuid());
        let now = self.backend.now().to_rfc3339();
        let sql = format!(
            "INSERT INTO meeting (id, forum_id, on_date, starts, minutes, place, state, sequence, calendar_uid, changed_at, version) \
             SELECT {id}, f.id, '2026-12-10', '09:00:00', 120, '{name}', 'draft', 0, '{name} {number:06}', '{now}', 1 \
             FROM forum f WHERE f.code = 'youth'"
        );
        self.raw.execute_unprepared(&sql).await?;
        Ok(())
    }

    /// Registers cases with consent, puts them on the agenda, and calls everybody.
    async fn plan(&self, meeting: MeetingId) -> Result<()> {
        let (backend, people) = (&self.backend, &self.people);
        let registrar = self.registrar();
        let waiting = format!(
            "SELECT a.case_id FROM audit a WHERE a.action = 'case_registered' AND a.person_id = {} \
             AND NOT EXISTS (SELECT 1 FROM agenda_item i WHERE i.case_id = a.case_id) ORDER BY a.seq DESC LIMIT 1",
            self.literal(registrar.person.uuid())
        );
        if let Some(case) = self.first::<Uuid>(&waiting).await? {
            return self.prepare(meeting, CaseId::from_uuid(case)).await;
        }
        let planned = self.count(&format!("agenda_item WHERE meeting_id = {}", self.literal(meeting.uuid()))).await?;
        if planned < CASES {
            let case = registered(backend, registrar).await?;
            say(format_args!("case {}", case.uuid().simple()));
            return Ok(());
        }
        let AgendaPage::Board(board) = agenda_page(backend, &people.maria, meeting).await? else {
            return Err(Error::Fault("no board"));
        };
        publish_meeting(backend, &people.maria, meeting, &board.stamp).await?;
        say(format_args!("published {}", meeting.uuid().simple()));
        Ok(())
    }

    /// Brings a case with consent to the agenda.
    async fn prepare(&self, meeting: MeetingId, case: CaseId) -> Result<()> {
        let (backend, people) = (&self.backend, &self.people);
        let its = self.literal(case.uuid());
        let consent = format!(
            "SELECT basis_id FROM audit WHERE case_id = {its} AND action = 'consent_recorded' ORDER BY seq DESC LIMIT 1"
        );
        let Some(consent) = self.first::<Uuid>(&consent).await? else {
            let units = people.units();
            let answers = self.guardians(case).await?.into_iter().map(|by| yes(by, "2026-11-20", &units)).collect();
            let consent = record_consent(backend, self.registrar(), case, form(answers, "2026-11-22")).await?;
            say(format_args!("consent {}", consent.uuid().simple()));
            return Ok(());
        };
        let (known, unit) = (self.literal(consent), self.literal(self.unit().uuid()));
        let held = format!("consent_acknowledgement WHERE consent_id = {known} AND unit_id = {unit}");
        if self.count(&held).await? == 0 {
            acknowledge_consent(backend, &people.maria, case, ConsentId::from_uuid(consent)).await?;
            say(format_args!("acknowledged {} {}", consent.simple(), self.unit().uuid().simple()));
            return Ok(());
        }
        add_case(backend, &people.maria, meeting, case).await?;
        say(format_args!("item {} {}", meeting.uuid().simple(), case.uuid().simple()));
        Ok(())
    }

    async fn guardians(&self, case: CaseId) -> Result<Vec<Signer>> {
        let sql = format!("SELECT id FROM guardian WHERE case_id = {}", self.literal(case.uuid()));
        let rows = rows(&self.raw, &sql).await?;
        rows.iter().map(|row| Ok(Signer::Guardian(GuardianId::from_uuid(row.try_get_by_index(0)?)))).collect()
    }

    /// Lets people in, takes the cases up one after the other and writes, and ends the meeting.
    async fn hold(&self, meeting: MeetingId) -> Result<()> {
        let (backend, maria) = (&self.backend, &self.people.maria);
        let its = self.literal(meeting.uuid());
        for one in &self.people.registrars {
            let unit = one.unit()?;
            let there = format!("attendance WHERE meeting_id = {its} AND unit_id = {}", self.literal(unit.uuid()));
            if self.count(&there).await? == 0 {
                check_in(backend, maria, meeting, &unit.to_string(), &one.name).await?;
                say(format_args!("arrived {} {}", meeting.uuid().simple(), unit.uuid().simple()));
                return Ok(());
            }
        }
        let planned = format!(
            "SELECT id FROM agenda_item WHERE meeting_id = {its} AND state = 'planned' ORDER BY position LIMIT 1"
        );
        for written in self.written(meeting).await? {
            match (written.state.as_str(), written.revision) {
                ("draft", 0 | 1) => return self.save(&written).await,
                ("draft", _) => return self.submit(&written).await,
                _ => {}
            }
        }
        if let Some(item) = self.first::<Uuid>(&planned).await? {
            open_item(backend, maria, meeting, AgendaItemId::from_uuid(item)).await?;
            say(format_args!("begun {}", item.simple()));
            return Ok(());
        }
        close_meeting(backend, maria, meeting).await?;
        say(format_args!("held {}", meeting.uuid().simple()));
        Ok(())
    }

    /// The minutes of a meeting, in the order of its agenda.
    async fn written(&self, meeting: MeetingId) -> Result<Vec<Written>> {
        let sql = format!(
            "SELECT m.item_id, m.id, m.state, m.revision, m.approved_revision FROM minutes m \
             JOIN agenda_item i ON i.id = m.item_id WHERE i.meeting_id = {} ORDER BY i.position",
            self.literal(meeting.uuid())
        );
        let read = |row: QueryResult| {
            Ok(Written {
                item: AgendaItemId::from_uuid(row.try_get_by_index(0)?),
                minutes: MinutesId::from_uuid(row.try_get_by_index(1)?),
                state: row.try_get_by_index(2)?,
                revision: row.try_get_by_index(3)?,
                again: row.try_get_by_index::<Option<i64>>(4)?.is_some(),
            })
        };
        rows(&self.raw, &sql).await?.into_iter().map(read).collect()
    }

    async fn save(&self, written: &Written) -> Result<()> {
        let typed = version(written.revision + 1, self.unit());
        let number = save_minutes(&self.backend, &self.people.maria, written.item, &typed).await?;
        say(format_args!("revision {} {number}", written.minutes.uuid().simple()));
        Ok(())
    }

    async fn submit(&self, written: &Written) -> Result<()> {
        submit_minutes(&self.backend, &self.people.maria, written.item, written.revision).await?;
        say(format_args!("submitted {} {}", written.minutes.uuid().simple(), written.revision));
        Ok(())
    }

    /// What comes after the meeting, for one of its minutes after the other; then the next meeting.
    async fn follow(&self, meeting: MeetingId) -> Result<()> {
        for written in self.written(meeting).await? {
            if self.follow_one(&written).await? {
                return Ok(());
            }
        }
        self.lay_meeting().await
    }

    /// Whether there was something to do.
    async fn follow_one(&self, written: &Written) -> Result<bool> {
        let (backend, karin) = (&self.backend, &self.people.karin);
        let Written { minutes, revision, .. } = *written;
        let (id, number) = (minutes.uuid().simple(), revision);
        match (written.state.as_str(), revision, written.again) {
            ("submitted", 2, _) => {
                let remarks = TypedRemarks { general: "Rätta siffran.".into(), ..TypedRemarks::default() };
                return_minutes(backend, karin, minutes, revision, &remarks).await?;
                say(format_args!("returned {id} {number}"));
            }
            ("returned", 2, _) | ("returned", 3, true) => self.save(written).await?,
            ("returned", ..) => self.submit(written).await?,
            ("submitted", ..) => {
                approve_minutes(backend, karin, minutes, revision, true).await?;
                say(format_args!("approved {id} {number}"));
            }
            ("approved", 3, _) => self.after_approval(written).await?,
            _ => return self.hand_over(written, 1).await,
        }
        Ok(true)
    }

    /// Approved minutes are read, followed up, handed over, added to, handed over again and opened again.
    async fn after_approval(&self, written: &Written) -> Result<()> {
        let (backend, people) = (&self.backend, &self.people);
        let Written { minutes, revision, .. } = *written;
        let (id, its) = (minutes.uuid().simple(), self.literal(minutes.uuid()));
        let reader = self.registrar();
        let person = reader.person.uuid();
        if self
            .count(&format!("minutes_reading WHERE minutes_id = {its} AND person_id = {}", self.literal(person)))
            .await?
            == 0
        {
            minutes_page(backend, reader, minutes).await?;
            say(format_args!("read {id} {}", person.simple()));
            return Ok(());
        }
        let open = format!("SELECT id FROM action_item WHERE minutes_id = {its} AND position = 0 AND done_at IS NULL");
        if let Some(undertaking) = self.first::<Uuid>(&open).await? {
            tick_undertaking(backend, &people.maria, ActionItemId::from_uuid(undertaking), true).await?;
            say(format_args!("ticked {}", undertaking.simple()));
            return Ok(());
        }
        if self.hand_over(written, 1).await? {
            return Ok(());
        }
        if self.count(&format!("minutes_addendum WHERE minutes_id = {its}")).await? == 0 {
            let added = add_to_minutes(backend, &people.maria, minutes, "Mötet blev den 8 januari.").await?;
            say(format_args!("added {}", added.uuid().simple()));
            return Ok(());
        }
        let waiting = format!(
            "SELECT id FROM minutes_addendum d WHERE minutes_id = {its} \
             AND NOT EXISTS (SELECT 1 FROM addendum_answer a WHERE a.addendum_id = d.id)"
        );
        if let Some(added) = self.first::<Uuid>(&waiting).await? {
            answer_addendum(backend, &people.karin, AddendumId::from_uuid(added), true, "").await?;
            say(format_args!("answered {}", added.simple()));
            return Ok(());
        }
        if self.hand_over(written, 2).await? {
            return Ok(());
        }
        reopen_minutes(backend, &people.karin, minutes, revision, "Fel siffra.").await?;
        say(format_args!("reopened {id} {revision}"));
        Ok(())
    }

    /// Hands minutes over to two units at once, unless that was done so often already. Says whether it was not.
    async fn hand_over(&self, written: &Written, times: i64) -> Result<bool> {
        let Written { minutes, revision, .. } = *written;
        let its = self.literal(minutes.uuid());
        let mut units = self.people.registrars.iter().filter(|one| one.unit != self.registrar().unit);
        let units: Vec<UnitId> = units.by_ref().filter_map(|one| one.unit).collect();
        let handed = format!(
            "minutes_dispatch WHERE minutes_id = {its} AND revision = {revision} AND to_unit = {}",
            self.literal(units[0].uuid())
        );
        if self.count(&handed).await? >= times {
            return Ok(false);
        }
        let chosen: Vec<String> = units.iter().map(ToString::to_string).collect();
        dispatch_minutes(&self.backend, &self.people.maria, minutes, revision, &chosen).await?;
        for unit in units {
            let (id, unit) = (minutes.uuid().simple(), unit.uuid().simple());
            say(format_args!("dispatched {id} {unit} {revision} {times}"));
        }
        Ok(true)
    }
}
