//! R01: `kill -9` while several people write. What was acknowledged is there afterwards, whole; nothing is there by halves.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdout, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use backend::{
    Backend, Site,
    actor::Actor,
    clock::ManualClock,
    crypt::Keys,
    database,
    random::SystemRandom,
    usecase::{
        install::{ClockKind, install},
        record_consent::record_consent,
        rekey::{rekey, uses},
    },
    view::case::case_list,
};
use domain::{
    consent::Signer,
    id::{AssignmentId, CaseId, GuardianId, PersonId, UnitId},
    visibility::Role,
};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use uuid::Uuid;

use crate::{
    cases::stage::{form, registered, yes},
    world::{TestResult, start},
};

/// How often unless `KILLS` says otherwise: 1,000 before a release.
const ROUNDS: u32 = 200;
const KEY: &str = "1 0f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff0";
const ROW: u128 = 0x00C0_FFEE;

/// Somebody at the one unit of this database.
fn actor() -> Actor {
    Actor {
        person: PersonId::from_uuid(Uuid::from_u128(ROW)),
        name: "Maria Lindqvist".into(),
        assignment: AssignmentId::from_uuid(Uuid::from_u128(ROW)),
        role: Role::Coordinator,
        title: "samordnare".into(),
        unit: Some(UnitId::from_uuid(Uuid::from_u128(ROW))),
        unit_name: "Soc".into(),
        language: "sv".into(),
        request: None,
    }
}

async fn open(file: &str) -> Backend {
    open_with(file, Keys::read(KEY).expect("a key")).await
}

async fn open_with(file: &str, keys: Keys) -> Backend {
    let db = database::open(&format!("sqlite://{file}")).await.expect("the database opens after a crash");
    let site = Site {
        origin: "http://samverkan.test".into(),
        municipality: "Provkommun".into(),
        answers_to: None,
        demo: false,
    };
    Backend::new(db, Arc::new(ManualClock::new(start())), Arc::new(SystemRandom), keys, site)
}

/// An empty installation with one unit and one person.
async fn lay(file: &str) {
    let db = database::open(&format!("sqlite://{file}")).await.expect("a new database");
    Migrator::up(&db, None).await.expect("the migrations apply");
    db.close().await.expect("closes");
    let backend = open(file).await;
    install(&backend, ClockKind::Simulated).await.expect("installs");
    let raw = Database::connect(format!("sqlite://{file}")).await.expect("a second connection");
    let id = format!("x'{}'", Uuid::from_u128(ROW).simple());
    let now = "'2026-11-22T11:00:00+00:00'";
    for row in [
        format!("INSERT INTO unit VALUES ({id}, 'social_services', 'Soc', 'Soc', 'Nämnden', NULL, 1)"),
        format!(
            "INSERT INTO person (id, email, name, language, calendar_way, created_at, version) VALUES ({id}, 'm@a.se', 'Maria', 'sv', 'feed', {now}, 1)"
        ),
        format!(
            "INSERT INTO assignment (id, person_id, unit_id, role, title, from_on, version) \
             VALUES ({id}, {id}, {id}, 'coordinator', 'samordnare', '2026-01-01', 1)"
        ),
    ] {
        raw.execute_unprepared(&row).await.expect("the stage is laid");
    }
}

/// Not a test: what the other one starts and kills. Three people register and record consent until the end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started and killed by r01"]
async fn writer() {
    let mut file = String::new();
    std::io::stdin().read_line(&mut file).expect("the file's name on standard input");
    let backend = open(file.trim()).await;
    let raw = Database::connect(format!("sqlite://{}", file.trim())).await.expect("a second connection");
    let people = (0..3).map(|_| tokio::spawn(write_on(backend.clone(), raw.clone())));
    for one in people.collect::<Vec<_>>() {
        one.await.expect("writes until killed");
    }
}

async fn write_on(backend: Backend, raw: DatabaseConnection) {
    let actor = actor();
    let unit = UnitId::from_uuid(Uuid::from_u128(ROW));
    loop {
        let case = registered(&backend, &actor).await.expect("registers");
        say("case", case.uuid());
        let guardians = guardians(&raw, case).await;
        let answers = guardians.into_iter().map(|by| yes(by, "2026-11-20", &[unit])).collect();
        let consent = record_consent(&backend, &actor, case, form(answers, "2026-11-22")).await.expect("records");
        say("consent", consent.uuid());
    }
}

/// Tells the parent what is acknowledged, in one write.
fn say(what: &str, id: Uuid) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\nack {what} {}\n", id.simple()).as_bytes()).expect("the parent listens");
    out.flush().expect("the parent listens");
}

async fn guardians(raw: &DatabaseConnection, case: CaseId) -> Vec<Signer> {
    let sql = format!("SELECT id FROM guardian WHERE case_id = x'{}'", case.uuid().simple());
    let rows = raw.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.expect("the guardians");
    let id = |row: &sea_orm::QueryResult| row.try_get_by_index::<Uuid>(0).expect("an id");
    rows.iter().map(|row| Signer::Guardian(GuardianId::from_uuid(id(row)))).collect()
}

/// The ring of a round: each round another of two keys is in use.
fn ring(round: u32) -> Keys {
    let both = Keys::read(&format!("{KEY}\n2 {}", "8a".repeat(16) + &"3f".repeat(16))).expect("two keys");
    Keys::read(&both.with_first(u8::from(round.is_multiple_of(2)) + 1).expect("a key")).expect("two keys")
}

/// Not a test: what the other one starts and kills. Puts everything under the key of the round, once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started and killed by cry_04"]
async fn rekeyer() {
    let mut told = String::new();
    std::io::stdin().read_line(&mut told).expect("round and file on standard input");
    let (round, file) = told.trim().split_once(' ').expect("round and file");
    let backend = open_with(file, ring(round.parse().expect("a round"))).await;
    say("begun", Uuid::nil());
    rekey(&backend, |done| say("done", Uuid::from_u128(done.into()))).await.expect("puts all under the key");
}

/// CRY-04: `kill -9` while everything is put under another key. Everything opens after each, and with the new key alone once a
/// run has come to its end.
#[tokio::test]
async fn cry_04_everything_opens_after_fifty_kills_in_the_middle() -> TestResult {
    const CASES: u64 = 60;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("keys.db").display().to_string();
    lay(&file).await;
    let backend = open(&file).await;
    for _ in 0..CASES {
        registered(&backend, &actor()).await?;
    }
    backend.close().await?;
    let (mut middle, mut whole) = (0, 0);
    for round in 0..50 {
        let (mut child, told) = start_child("crash::rekeyer", &format!("{round} {file}"))?;
        let mut told = BufReader::new(told).lines().map_while(Result::ok).filter(|line| line.starts_with("ack "));
        told.by_ref().take(1 + usize::try_from(round % 3)?).for_each(drop);
        std::thread::sleep(Duration::from_micros(u64::from(round * 7919 % 4000)));
        child.kill()?; // SIGKILL
        child.wait()?;
        let backend = open_with(&file, ring(round)).await;
        assert_eq!(u64::try_from(case_list(&backend, &actor()).await?.len())?, CASES, "after kill {round}");
        let left: Vec<u64> = uses(&backend).await?.values().map(|uses| uses.cases).collect();
        middle += u32::from(left.iter().all(|cases| *cases > 0));
        whole += u32::from(left.contains(&0));
        backend.close().await?;
    }
    let backend = open_with(&file, ring(0)).await;
    rekey(&backend, |_| ()).await?;
    let alone = open_with(&file, Keys::read(&ring(0).without(1).ok_or("one key")?)?).await;
    assert_eq!(u64::try_from(case_list(&alone, &actor()).await?.len())?, CASES);
    eprintln!("50 kills, {middle} in the middle, {whole} before or after");
    assert!(middle > 5, "{middle} in the middle: the test proves little");
    Ok(())
}

/// R01
#[tokio::test]
async fn r01_what_was_acknowledged_survives_kill_9_and_nothing_is_half_done() -> TestResult {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("crash.db").display().to_string();
    lay(&file).await;
    let mut acknowledged = BTreeSet::new();
    #[expect(clippy::disallowed_methods, reason = "how often is a knob for the one who runs the test")]
    let rounds = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(ROUNDS);
    for round in 0..rounds {
        let (mut child, told) = start_child("crash::writer", &file)?;
        let mut told = BufReader::new(told).lines().map_while(Result::ok).filter(|line| line.starts_with("ack "));
        // Spread over the start, the first writes and the thick of it; by what it has done, as machines differ in speed.
        acknowledged.extend(told.by_ref().take(usize::try_from(round % 14)?));
        std::thread::sleep(Duration::from_millis(u64::from(round * 7919 % 23)));
        child.kill()?; // SIGKILL
        child.wait()?;
        acknowledged.extend(told);
        let raw = Database::connect(format!("sqlite://{file}")).await?;
        if round % 10 == 9 {
            sound(&raw, round).await?;
        }
        whole(&raw, round).await?;
        raw.close().await?;
    }
    let raw = Database::connect(format!("sqlite://{file}")).await?;
    for line in &acknowledged {
        let mut words = line.split_whitespace().skip(1);
        let (table, id) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let table = if table == "case" { "case_file" } else { table };
        let there = count(&raw, &format!("SELECT count(*) FROM {table} WHERE id = x'{id}'")).await?;
        assert_eq!(there, 1, "{line} was acknowledged and is lost");
    }
    assert!(acknowledged.len() > 300, "only {} writes were acknowledged: the test proves little", acknowledged.len());
    eprintln!("{rounds} kills, {} acknowledged writes, none lost", acknowledged.len());
    Ok(())
}

fn start_child(what: &str, file: &str) -> Result<(Child, ChildStdout), Box<dyn std::error::Error>> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["--exact", what, "--ignored", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut stdin = child.stdin.take().ok_or("standard input")?;
    writeln!(stdin, "{file}")?;
    let told = child.stdout.take().ok_or("standard output")?;
    Ok((child, told))
}

async fn sound(raw: &DatabaseConnection, round: u32) -> TestResult {
    let asked = Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check");
    let said: String = raw.query_one_raw(asked).await?.ok_or("an answer")?.try_get_by_index(0)?;
    assert_eq!(said, "ok", "after kill {round}");
    let asked = Statement::from_string(DbBackend::Sqlite, "PRAGMA foreign_key_check");
    assert!(raw.query_all_raw(asked).await?.is_empty(), "after kill {round}");
    Ok(())
}

/// Every case has its gate and its line in the log, every consent its signatures, windows and line: all or nothing.
async fn whole(raw: &DatabaseConnection, round: u32) -> TestResult {
    let cases = count(raw, "SELECT count(*) FROM case_file").await?;
    let consents = count(raw, "SELECT count(*) FROM consent").await?;
    for (expected, counted) in [
        (cases, "SELECT count(*) FROM case_gate"),
        (cases, "SELECT count(DISTINCT case_id) FROM guardian"),
        (cases, "SELECT count(*) FROM audit WHERE action = 'case_registered'"),
        (consents, "SELECT count(DISTINCT consent_id) FROM consent_signature"),
        (consents, "SELECT count(DISTINCT case_id) FROM case_gate_window"),
        (consents, "SELECT count(*) FROM audit WHERE action = 'consent_recorded'"),
    ] {
        assert_eq!(count(raw, counted).await?, expected, "after kill {round}: {counted}");
    }
    Ok(())
}

async fn count(raw: &DatabaseConnection, sql: &str) -> Result<i64, sea_orm::DbErr> {
    let row = raw.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    row.map_or(Ok(0), |row| row.try_get_by_index(0))
}
