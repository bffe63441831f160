//! A withdrawal that waits for who writes is not passed by who comes later (CONS-04): else many writers, one after the other,
//! would keep it waiting until it gave up. On SQLite the queue in the program sees to that.

use backend::usecase::withdraw_consent::withdraw_consent;
use domain::consent::Scope;
use sea_orm::{ConnectionTrait, DbErr, Statement, TransactionTrait};

use super::{ground::Ground, process::Stake};
use crate::world::{Engine, TestResult, World, postgres_url};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_later_does_not_pass_a_withdrawal_that_waits() -> TestResult {
    if postgres_url().is_none() {
        eprintln!("TEST_DATABASE_URL is not set: not run on PostgreSQL");
        return Ok(());
    }
    let ground = Ground::lay(World::new(Engine::Postgres).await).await;
    let (stake, sara) = (ground.stake().await, ground.amal.actor("sara"));
    let by = sara.person.uuid();
    let first = ground.world.raw.begin().await?;
    write(&first, &stake, 1, by).await?;

    let (backend, case, guardian) = (ground.backend.clone(), stake.case, stake.by[0]);
    let withdrawal = tokio::spawn(async move { withdraw_consent(&backend, &sara, case, guardian, Scope::All).await });
    waiting(&ground.world, 1).await;
    let (raw, of) = (ground.world.raw.clone(), stake.clone());
    let later = tokio::spawn(async move { write(&raw, &of, 2, by).await });
    waiting(&ground.world, 2).await;
    assert!(!later.is_finished(), "it stands in line");

    first.commit().await?;
    withdrawal.await??;
    let refused = later.await?.expect_err("it comes after the withdrawal");
    assert!(refused.to_string().contains("consent_missing"), "{refused}");
    Ok(())
}

async fn write(db: &impl ConnectionTrait, stake: &Stake, number: i64, by: uuid::Uuid) -> Result<(), DbErr> {
    let Stake { case, minutes, .. } = stake;
    let sql = format!(
        "INSERT INTO minutes_revision (id, minutes_id, case_id, number, body, covered, written_by, written_at, written_ms) \
         VALUES (gen_random_uuid(), '{minutes}', '{case}', {number}, '', '', '{by}', clock_timestamp(), \
         (extract(epoch FROM clock_timestamp()) * 1000)::bigint)"
    );
    db.execute_unprepared(&sql).await.map(drop)
}

/// Until so many wait for a lock in this database.
async fn waiting(world: &World, many: i64) {
    let sql = "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid \
               WHERE NOT l.granted AND a.datname = current_database()";
    for _ in 0..2_000 {
        let asked = Statement::from_string(world.raw.get_database_backend(), sql);
        let row = world.raw.query_one_raw(asked).await.expect("the locks").expect("a count");
        if row.try_get_by_index::<i64>(0).expect("a number") >= many {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    panic!("{many} were to wait for a lock");
}
