//! CRY-04: `kill -9` while everything is put under another key.

use std::{
    io::{BufRead, BufReader},
    sync::Arc,
    time::Duration,
};

use backend::{
    Backend,
    actor::Actor,
    clock::ManualClock,
    crypt::Keys,
    database,
    usecase::{
        install::{ClockKind, install},
        rekey::{rekey, uses},
    },
    view::case::case_list,
};
use domain::{
    id::{AssignmentId, PersonId, UnitId},
    visibility::Role,
};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database};
use uuid::Uuid;

use super::{program, say, start_child};
use crate::{
    cases::stage::registered,
    world::{TestResult, start},
};

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
    program(db, keys, Arc::new(ManualClock::new(start())))
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
    say("begun");
    rekey(&backend, |done| say(format_args!("done {done}"))).await.expect("puts all under the key");
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
        let (mut child, told) = start_child("crash::keys::rekeyer", &format!("{round} {file}"))?;
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
