//! Consent taken back against minutes being written (CONS-04): after the withdrawal is acknowledged, nothing more gets in.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering::Relaxed},
    },
    time::Duration,
};

use backend::{clock::Clock, usecase::withdraw_consent::withdraw_consent};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    consent::Scope,
    id::{CaseId, PersonId},
};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, Statement, TransactionTrait,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use super::stage::{consented, guardians, registered};
use crate::{
    on_both_engines,
    world::{Engine, World, amal::Amal, postgres_url},
};

const WRITERS: usize = 4;
const ROUNDS: usize = 20;
/// How long a writer thinks between taking the time and writing: the gap everything hangs on.
const THINKS: Duration = Duration::from_millis(3);

/// How a writer makes sure there is consent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Check {
    /// It does not: the trigger does.
    Trigger,
    /// It looks first, then writes, in one transaction, and the trigger is gone: what a program without the gate would do.
    LooksFirst,
}

/// Somebody with raw SQL who writes revisions as fast as they can.
struct Writer {
    db: DatabaseConnection,
    clock: Arc<backend::clock::ManualClock>,
    minutes: Uuid,
    case: CaseId,
    by: PersonId,
    number: Arc<AtomicI64>,
    check: Check,
}

impl Writer {
    async fn write(&self, until: Arc<AtomicBool>) {
        while !until.load(Relaxed) {
            // Refusals and waits too long are what most of them meet.
            let _ = self.try_once().await;
        }
    }

    async fn try_once(&self) -> Result<(), sea_orm::DbErr> {
        let at = self.clock.now();
        let tx = self.db.begin().await?;
        if self.check == Check::LooksFirst {
            let open = format!(
                "SELECT 1 FROM case_gate_window WHERE case_id = '{}' AND opens_ms <= {at} AND closes_ms > {at}",
                self.case,
                at = at.timestamp_millis()
            );
            if tx.query_one_raw(Statement::from_string(tx.get_database_backend(), open)).await?.is_none() {
                return tx.rollback().await;
            }
        }
        tokio::time::sleep(THINKS).await;
        self.insert(&tx, at).await?;
        tx.commit().await
    }

    async fn insert(&self, db: &impl ConnectionTrait, at: DateTime<Utc>) -> Result<(), sea_orm::DbErr> {
        let number = self.number.fetch_add(1, Relaxed);
        let id = Uuid::from_u128(0xabcd_0000 + u128::try_from(number).unwrap_or_default());
        let mut insert = Query::insert();
        insert
            .into_table("minutes_revision")
            .columns([
                "id",
                "minutes_id",
                "case_id",
                "number",
                "body",
                "covered",
                "written_by",
                "written_at",
                "written_ms",
            ])
            .values_panic([
                Expr::value(id),
                Expr::value(self.minutes),
                Expr::value(self.case.uuid()),
                Expr::value(number),
                Expr::value(vec![0_u8]),
                Expr::value(""),
                Expr::value(self.by.uuid()),
                Expr::value(at),
                Expr::value(at.timestamp_millis()),
            ]);
        db.execute(&insert).await.map(drop)
    }
}

/// A case with consent, and minutes begun in today's … the next meeting.
async fn minutes_begun(world: &World, amal: &Amal) -> (CaseId, Uuid) {
    let sara = amal.actor("sara");
    let case = registered(&world.backend, &sara).await.expect("a case");
    let consent = consented(world, &sara, case, &[amal.unit("school"), amal.unit("social")]).await.expect("a consent");
    let (item, minutes) = (Uuid::from_u128(0xa1), Uuid::from_u128(0xa2));
    let meeting = amal.meeting("2026-11-26").uuid();
    let columns = ["id", "meeting_id", "kind", "case_id", "minutes", "position", "state", "version"];
    let row = [
        item.into(),
        meeting.into(),
        "case".into(),
        Some(case.uuid()).into(),
        20_i64.into(),
        0_i64.into(),
        "planned".into(),
        0_i64.into(),
    ];
    world.insert("agenda_item", columns, vec![row]).await;
    let columns = [
        "id",
        "item_id",
        "case_id",
        "meeting_id",
        "writer_id",
        "state",
        "consent_id",
        "revision",
        "touched_ms",
        "version",
    ];
    let row = [
        minutes.into(),
        item.into(),
        case.uuid().into(),
        meeting.into(),
        sara.person.uuid().into(),
        "draft".into(),
        consent.uuid().into(),
        0_i64.into(),
        world.backend.now().timestamp_millis().into(),
        0_i64.into(),
    ];
    world.insert("minutes", columns, vec![row]).await;
    (case, minutes)
}

async fn revisions(world: &World) -> i64 {
    let count = Statement::from_string(world.raw.get_database_backend(), "SELECT count(*) FROM minutes_revision");
    let row = world.raw.query_one_raw(count).await.expect("a count").expect("a row");
    row.try_get_by_index(0).expect("a number")
}

/// Lets writers run against withdrawals. Gives how many revisions got in at all, and how many after a withdrawal had been
/// acknowledged.
async fn race(world: &World, check: Check) -> (i64, i64) {
    let amal = world.amal().await;
    let sara = amal.actor("sara");
    let (case, minutes) = minutes_begun(world, &amal).await;
    if check == Check::LooksFirst {
        world.sql("DROP TRIGGER revision_gate ON minutes_revision").await.expect("the guard goes");
    }
    let (done, number) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicI64::new(1)));
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let (db, clock, number) = (world.raw.clone(), world.clock.clone(), number.clone());
            let writer = Writer { db, clock, minutes, case, by: sara.person, number, check };
            let done = done.clone();
            tokio::spawn(async move { writer.write(done).await })
        })
        .collect();
    let by = guardians(world, case).await[0];
    let units = [amal.unit("school"), amal.unit("social")];
    let mut late = 0;
    for _ in 0..ROUNDS {
        tokio::time::sleep(THINKS * 5).await;
        world.clock.advance(TimeDelta::minutes(2));
        withdraw_consent(&world.backend, &sara, case, by, Scope::All).await.expect("a withdrawal succeeds");
        let acknowledged = revisions(world).await;
        tokio::time::sleep(THINKS * 5).await;
        late += revisions(world).await - acknowledged;
        world.clock.advance(TimeDelta::minutes(2));
        consented(world, &sara, case, &units).await.expect("a new consent");
    }
    done.store(true, Relaxed);
    for writer in writers {
        writer.await.expect("a writer ends");
    }
    (revisions(world).await, late)
}

on_both_engines! {
    /// CONS-04, F1
    async fn nothing_is_written_once_a_withdrawal_is_acknowledged(world: World) -> TestResult {
        let (written, late) = race(&world, Check::Trigger).await;
        assert!(written > 20, "the writers wrote: {written}");
        assert_eq!(late, 0, "of {written}");
        Ok(())
    }
}

/// A race in which this passed would prove nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn to_look_first_and_write_then_lets_minutes_in_after_the_withdrawal() {
    if postgres_url().is_none() {
        eprintln!("TEST_DATABASE_URL is not set: not run on PostgreSQL");
        return;
    }
    let world = World::new(Engine::Postgres).await;
    let (written, late) = race(&world, Check::LooksFirst).await;
    assert!(late > 0, "of {written}");
}
