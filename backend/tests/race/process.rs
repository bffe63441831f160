//! One of the programs that race: it takes consents back while it writes minutes, by raw SQL and by its own use case.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use backend::{
    Backend, Error, Site,
    actor::Actor,
    auth::password::Cost,
    clock::{Clock, SystemClock},
    crypt::Keys,
    database,
    random::SystemRandom,
    usecase::{
        acknowledge_consent::acknowledge_consent,
        record_consent::{RecordConsent, record_consent},
        withdraw_consent::withdraw_consent,
        write_minutes::{TypedMinutes, save_minutes},
    },
};
use chrono::{DateTime, Days, TimeDelta, Utc};
use domain::{
    consent::{Scope, Signer},
    id::{AgendaItemId, AssignmentId, CaseId, ConsentId, PersonId, UnitId},
    refusal::Refusal,
    time::day,
    visibility::Role,
};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement, TransactionTrait,
    sea_query::{Expr, Query},
    sqlx::sqlite::SqliteSynchronous,
};
use serde::{Deserialize, Serialize};
use tokio::time::sleep;
use uuid::Uuid;

use super::ground::Guard;
use crate::cases::stage::{form, yes};

/// How many write by raw SQL in each program.
const WRITERS: usize = 4;
/// How long a writer thinks between taking the time and writing, and half of them between writing and committing: the gaps
/// everything hangs on.
const THINKS: Duration = Duration::from_millis(3);
/// How far the programs' clocks are apart.
const APART_MS: i64 = 20;
/// How often a change is asked for.
const TRIES: usize = 200;

/// What a program is told when it starts.
#[derive(Serialize, Deserialize)]
pub struct Orders {
    pub url: String,
    pub key: String,
    /// Which of the programs it is.
    pub place: usize,
    /// Of the unit that registered the cases.
    pub registrar: Somebody,
    /// Who writes the minutes.
    pub coordinator: Somebody,
    pub stakes: Vec<Stake>,
    pub rounds: usize,
    pub open_ms: u64,
    pub closed_ms: u64,
    pub guard: Guard,
}

/// A person at work.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Somebody {
    person: PersonId,
    assignment: AssignmentId,
    unit: UnitId,
    role: Role,
}

/// A case that is raced on.
#[derive(Clone, Serialize, Deserialize)]
pub struct Stake {
    pub case: CaseId,
    pub item: AgendaItemId,
    pub minutes: Uuid,
    /// Its guardians.
    pub by: Vec<Signer>,
    /// Whom they name.
    pub units: Vec<UnitId>,
}

/// What a program has to tell at its end.
#[derive(Default, Serialize, Deserialize)]
pub struct Told {
    /// Written by raw SQL.
    pub written: usize,
    /// Written by the use case.
    pub by_program: usize,
    pub refused: usize,
    /// What failed for another reason than consent.
    pub faults: usize,
    pub fault: Option<String>,
    /// How long each withdrawal took, in microseconds.
    pub waits: Vec<u64>,
}

impl Told {
    pub fn add(&mut self, other: Self) {
        self.written += other.written;
        self.by_program += other.by_program;
        self.refused += other.refused;
        self.faults += other.faults;
        self.fault = self.fault.take().or(other.fault);
        self.waits.extend(other.waits);
    }

    fn failed(&mut self, fault: String) {
        self.faults += 1;
        self.fault.get_or_insert(fault);
    }
}

impl From<&Actor> for Somebody {
    fn from(actor: &Actor) -> Self {
        let Actor { person, assignment, role, .. } = *actor;
        Self { person, assignment, unit: actor.unit.expect("somebody of a unit"), role }
    }
}

impl Somebody {
    fn at_work(self) -> Actor {
        Actor {
            person: self.person,
            name: "Maria Lindqvist".into(),
            assignment: self.assignment,
            role: self.role,
            title: "samordnare".into(),
            unit: Some(self.unit),
            unit_name: "Soc".into(),
            language: "sv".into(),
            request: None,
        }
    }
}

/// The machine's clock, a little fast.
struct Fast(TimeDelta);

impl Clock for Fast {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + self.0
    }
}

/// A server process's own way to the database.
pub async fn program(url: &str, key: &str, place: usize) -> Backend {
    let db = database::open(url).await.expect("the database opens");
    let fast = Fast(TimeDelta::milliseconds(APART_MS * i64::try_from(place).unwrap_or_default()));
    let keys = Keys::read(key).expect("a key");
    let site = Site {
        origin: "http://samverkan.test".into(),
        municipality: "Provkommun".into(),
        answers_to: None,
        demo: false,
    };
    Backend::with_password_cost(db, Arc::new(fast), Arc::new(SystemRandom), keys, site, Cost::next_to_nothing())
}

/// The guardians agree from today, and who writes the minutes acknowledges it (C20).
pub async fn give(
    backend: &Backend,
    registrar: &Actor,
    coordinator: &Actor,
    stake: &Stake,
) -> Result<ConsentId, Error> {
    let today = day(backend.now());
    let answers = stake.by.iter().map(|by| yes(*by, &today.to_string(), &stake.units)).collect();
    let form = RecordConsent { valid_until: (today + Days::new(90)).to_string(), ..form(answers, &today.to_string()) };
    let consent = record_consent(backend, registrar, stake.case, form).await?;
    match acknowledge_consent(backend, coordinator, stake.case, consent).await {
        // Another program has taken it back already, or its clock is ahead.
        Ok(()) | Err(Error::Stale | Error::NotFound) => Ok(consent),
        Err(fault) => Err(fault),
    }
}

/// Not a test: what the race starts.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started by the race"]
async fn racer() {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).expect("orders on standard input");
    let orders: Arc<Orders> = Arc::new(serde_json::from_str(&line).expect("orders"));
    let backend = program(&orders.url, &orders.key, orders.place).await;
    let raw = past_the_program(&orders.url).await;
    let over = Arc::new(AtomicBool::new(false));
    let mut writing: Vec<_> = (0..WRITERS)
        .map(|place| {
            let (orders, backend, db) = (orders.clone(), backend.clone(), raw.clone());
            let writer = Writer { orders, backend, db, place, next: 0 };
            tokio::spawn(writer.write(over.clone()))
        })
        .collect();
    writing.push(tokio::spawn(write_by_the_program(orders.clone(), backend.clone(), raw.clone(), over.clone())));
    let mut told = Told { waits: take_back_and_give(&orders, &backend).await, ..Told::default() };
    over.store(true, Relaxed);
    for one in writing {
        told.add(one.await.expect("a writer ends"));
    }
    println!("\ntold {}", serde_json::to_string(&told).expect("a report"));
}

/// The connections of those who write by raw SQL. What they write need not outlive the machine.
async fn past_the_program(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(u32::try_from(WRITERS).unwrap_or(1) + 1).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|sqlite| sqlite.synchronous(SqliteSynchronous::Off));
    Database::connect(options).await.expect("connections past the program")
}

/// Consent is taken back, and given again. Gives how long each withdrawal took.
async fn take_back_and_give(orders: &Orders, backend: &Backend) -> Vec<u64> {
    let [sara, maria] = [orders.registrar, orders.coordinator].map(Somebody::at_work);
    let mut waits = Vec::new();
    for round in 0..orders.rounds {
        // Where the programs get out of step, two of them take back and give in one case.
        let stake = &orders.stakes[(orders.place + round) % orders.stakes.len()];
        sleep(Duration::from_millis(orders.open_ms)).await;
        let asked = Instant::now();
        insist(orders.guard, async || withdraw_consent(backend, &sara, stake.case, stake.by[0], Scope::All).await)
            .await;
        waits.push(u64::try_from(asked.elapsed().as_micros()).unwrap_or(u64::MAX));
        sleep(Duration::from_millis(orders.closed_ms)).await;
        insist(orders.guard, async || give(backend, &sara, &maria, stake).await).await;
    }
    waits
}

/// Asks again where the machine is too slow for what the database allows; a guard under trial may abort what has nothing to do
/// with it.
async fn insist<T>(guard: Guard, change: impl AsyncFn() -> Result<T, Error>) -> T {
    for tried in 1..TRIES {
        match change().await {
            Ok(done) => return done,
            Err(Error::Busy) => {}
            // Those who write minutes would abort it again and again; between them it gets through.
            Err(_) if guard == Guard::Serializable => sleep(THINKS * u32::try_from(tried).unwrap_or(1)).await,
            Err(fault) => panic!("a change of consent succeeds: {fault:?}"),
        }
    }
    change().await.expect("a change of consent succeeds")
}

/// Somebody with raw SQL who writes revisions as fast as they can.
struct Writer {
    orders: Arc<Orders>,
    backend: Backend,
    db: DatabaseConnection,
    place: usize,
    next: usize,
}

impl Writer {
    async fn write(mut self, over: Arc<AtomicBool>) -> Told {
        let mut told = Told::default();
        while !over.load(Relaxed) {
            self.next += 1;
            match self.try_once().await {
                Ok(true) => told.written += 1,
                Ok(false) => told.refused += 1,
                Err(fault) if fault.to_string().contains("consent_missing") => told.refused += 1,
                Err(fault) => told.failed(fault.to_string()),
            }
        }
        told
    }

    /// Whether it was written.
    async fn try_once(&self) -> Result<bool, DbErr> {
        let stake = &self.orders.stakes[(self.place + self.next) % self.orders.stakes.len()];
        let at = self.backend.now();
        let seen = self.orders.guard != Guard::LooksFirst || self.sees_consent(stake, at).await?;
        sleep(THINKS).await;
        if !seen {
            return Ok(false);
        }
        if self.db.get_database_backend() == DbBackend::Sqlite {
            self.insert(&self.db, stake, at).await?;
            return Ok(true);
        }
        let tx = self.db.begin().await?;
        self.insert(&tx, stake, at).await?;
        if self.next.is_multiple_of(2) {
            sleep(THINKS).await;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// What a program without the gate would ask.
    async fn sees_consent(&self, stake: &Stake, at: DateTime<Utc>) -> Result<bool, DbErr> {
        let at = at.timestamp_millis();
        let open = format!(
            "SELECT 1 FROM case_gate_window WHERE case_id = x'{}' AND opens_ms <= {at} AND closes_ms > {at}",
            stake.case.uuid().simple()
        );
        let open = Statement::from_string(self.db.get_database_backend(), open);
        Ok(self.db.query_one_raw(open).await?.is_some())
    }

    async fn insert(&self, db: &impl ConnectionTrait, stake: &Stake, at: DateTime<Utc>) -> Result<(), DbErr> {
        // Far from the numbers the program gives, and from those of other writers.
        let writer = self.orders.place * WRITERS + self.place + 1;
        let number = i64::try_from(writer * 1_000_000_000 + self.next).unwrap_or(i64::MAX);
        let columns =
            ["id", "minutes_id", "case_id", "number", "body", "covered", "written_by", "written_at", "written_ms"];
        let mut insert = Query::insert();
        insert.into_table("minutes_revision").columns(columns).values_panic([
            Expr::value(self.backend.random().uuid()),
            Expr::value(stake.minutes),
            Expr::value(stake.case.uuid()),
            Expr::value(number),
            Expr::value(vec![0_u8]),
            Expr::value(""),
            Expr::value(self.orders.coordinator.person.uuid()),
            Expr::value(at),
            Expr::value(at.timestamp_millis()),
        ]);
        db.execute(&insert).await.map(drop)
    }
}

/// The coordinator's own page saves what is typed, again and again.
async fn write_by_the_program(
    orders: Arc<Orders>,
    backend: Backend,
    raw: DatabaseConnection,
    over: Arc<AtomicBool>,
) -> Told {
    let maria = orders.coordinator.at_work();
    let mut told = Told::default();
    let mut saves = 0_usize;
    while !over.load(Relaxed) {
        saves += 1;
        let stake = &orders.stakes[(orders.place + saves) % orders.stakes.len()];
        let seen = revision(&raw, stake).await;
        // Never the same twice: what has not changed is not written again.
        let purpose = format!("Närvaron är uppe i {saves} dagar, säger {}.", orders.place);
        let typed = TypedMinutes { seen, purpose, ..TypedMinutes::default() };
        match save_minutes(&backend, &maria, stake.item, &typed).await {
            Ok(_) => told.by_program += 1,
            // Another program saved meanwhile; there is nothing to see without consent, nor to write.
            Err(
                Error::Stale
                | Error::NotFound
                | Error::Refused(Refusal::ConsentMissing | Refusal::ConsentNotAcknowledged),
            ) => told.refused += 1,
            Err(fault) => told.failed(format!("{fault:?}")),
        }
        sleep(THINKS).await;
    }
    told
}

async fn revision(raw: &DatabaseConnection, stake: &Stake) -> i64 {
    let engine = raw.get_database_backend();
    let id = if engine == DbBackend::Sqlite {
        format!("x'{}'", stake.minutes.simple())
    } else {
        format!("'{}'", stake.minutes)
    };
    let sql = format!("SELECT revision FROM minutes WHERE id = {id}");
    let row = raw.query_one_raw(Statement::from_string(engine, sql)).await.expect("the minutes").expect("a row");
    row.try_get_by_index(0).expect("a number")
}
