//! Work to be done after commit.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{Result, entity::job, tx::Tx};

/// A job that somebody has taken on.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub id: Uuid,
    pub kind: String,
    /// JSON of ids.
    pub payload: String,
    /// How often it has been begun, this time included.
    pub attempts: i64,
    pub created_at: DateTime<Utc>,
}

/// Puts work in the outbox, to be done once the transaction is committed.
pub(crate) async fn enqueue(tx: &Tx, kind: &str, payload: String) -> Result<()> {
    insert(tx, kind, payload, tx.now()).await
}

/// Puts work in the outbox, to be done from an instant on.
pub(crate) async fn enqueue_at(tx: &Tx, kind: &str, payload: String, run_at: DateTime<Utc>) -> Result<()> {
    insert(tx, kind, payload, run_at).await
}

/// Puts work in the outbox that is to be done once nothing asked for it for a while, and `at_most` after it was first asked for:
/// what is asked for meanwhile is done with it.
pub(crate) async fn enqueue_joined(
    tx: &Tx,
    kind: &str,
    payload: String,
    quiet: TimeDelta,
    at_most: TimeDelta,
) -> Result<()> {
    let waits = Condition::all()
        .add(job::Column::DoneAt.is_null())
        .add(job::Column::ParkedAt.is_null())
        .add(job::Column::LeasedUntil.is_null())
        .add(job::Column::Attempts.eq(0))
        .add(job::Column::Kind.eq(kind))
        .add(job::Column::Payload.eq(&payload));
    let run_at = tx.now() + quiet;
    if let Some(waiting) = job::Entity::find().filter(waits.clone()).one(tx.db()).await? {
        let joined = job::Entity::update_many()
            .col_expr(job::Column::RunAt, Expr::value(Ord::min(run_at, waiting.created_at + at_most)))
            .filter(waits.add(job::Column::Id.eq(waiting.id)))
            .exec(tx.db())
            .await?;
        if joined.rows_affected > 0 {
            return Ok(());
        }
    }
    insert(tx, kind, payload, run_at).await
}

async fn insert(tx: &Tx, kind: &str, payload: String, run_at: DateTime<Utc>) -> Result<()> {
    let row = job::ActiveModel {
        id: Set(tx.new_id()),
        kind: Set(kind.into()),
        payload: Set(payload),
        run_at: Set(run_at),
        attempts: Set(0),
        leased_until: Set(None),
        done_at: Set(None),
        parked_at: Set(None),
        problem: Set(None),
        created_at: Set(tx.now()),
    };
    job::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

fn due(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(job::Column::DoneAt.is_null())
        .add(job::Column::ParkedAt.is_null())
        .add(job::Column::RunAt.lte(now))
        .add(Condition::any().add(job::Column::LeasedUntil.is_null()).add(job::Column::LeasedUntil.lte(now)))
}

/// The ids of what is due, oldest first.
pub(crate) async fn due_ids(db: &impl ConnectionTrait, now: DateTime<Utc>, most: u64) -> Result<Vec<Uuid>> {
    Ok(job::Entity::find()
        .select_only()
        .column(job::Column::Id)
        .filter(due(now))
        .order_by_asc(job::Column::RunAt)
        .order_by_asc(job::Column::Id)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?)
}

/// Takes a job on for a while; nothing if another process was quicker. The condition is part of the update, so one of two
/// always loses.
pub(crate) async fn lease(
    db: &impl ConnectionTrait,
    id: Uuid,
    now: DateTime<Utc>,
    lasts: TimeDelta,
) -> Result<Option<Job>> {
    let taken = job::Entity::update_many()
        .col_expr(job::Column::LeasedUntil, Expr::value(now + lasts))
        .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).add(1))
        .filter(due(now).add(job::Column::Id.eq(id)))
        .exec(db)
        .await?;
    if taken.rows_affected == 0 {
        return Ok(None);
    }
    Ok(job::Entity::find_by_id(id).one(db).await?.map(|row| Job {
        id: row.id,
        kind: row.kind,
        payload: row.payload,
        attempts: row.attempts,
        created_at: row.created_at,
    }))
}

/// Writes down that it is done, and why nothing was sent where nothing was.
pub(crate) async fn finish(tx: &Tx, id: Uuid, problem: Option<&str>) -> Result<()> {
    job::Entity::update_many()
        .col_expr(job::Column::DoneAt, Expr::value(tx.now()))
        .col_expr(job::Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(job::Column::Problem, Expr::value(problem))
        .filter(job::Column::Id.eq(id))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Puts it back to be tried again.
pub(crate) async fn retry(db: &impl ConnectionTrait, id: Uuid, run_at: DateTime<Utc>, problem: &str) -> Result<()> {
    job::Entity::update_many()
        .col_expr(job::Column::RunAt, Expr::value(run_at))
        .col_expr(job::Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(job::Column::Problem, Expr::value(problem))
        .filter(job::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Sets it aside for somebody to look at.
pub(crate) async fn park(db: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>, problem: &str) -> Result<()> {
    job::Entity::update_many()
        .col_expr(job::Column::ParkedAt, Expr::value(now))
        .col_expr(job::Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(job::Column::Problem, Expr::value(problem))
        .filter(job::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}
