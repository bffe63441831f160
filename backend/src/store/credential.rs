//! How people prove who they are: their password with its soft lock, and the seed of their one-time codes.

use chrono::{DateTime, Utc};
use domain::id::PersonId;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use crate::{
    Result,
    auth::lock,
    entity::{one_time_code, password},
};

/// A person's password.
#[derive(Clone)]
pub(crate) struct PasswordRecord {
    /// Argon2id in PHC form.
    pub phc: String,
    /// Failures since the last whole sign-in.
    pub failures: i64,
    pub locked_until: Option<DateTime<Utc>>,
    pub switched_off_at: Option<DateTime<Utc>>,
}

impl PasswordRecord {
    /// Whether nobody may try it now.
    pub fn is_shut(&self, now: DateTime<Utc>) -> bool {
        self.switched_off_at.is_some() || self.locked_until.is_some_and(|until| now < until)
    }
}

/// A person's seed of one-time codes.
#[derive(Clone)]
pub(crate) struct CodeRecord {
    /// Sealed.
    pub secret: Vec<u8>,
    /// The last step used; none before it works any more.
    pub last_step: i64,
    /// Since when the person has shown that their app knows it.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// A person's password.
pub(crate) async fn password(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<PasswordRecord>> {
    let row = password::Entity::find_by_id(person.uuid()).one(db).await?;
    Ok(row.map(|row| PasswordRecord {
        phc: row.phc,
        failures: row.failures,
        locked_until: row.locked_until,
        switched_off_at: row.switched_off_at,
    }))
}

/// Sets a password; its lock is taken away.
pub(crate) async fn set_password(
    db: &impl ConnectionTrait,
    person: PersonId,
    phc: String,
    now: DateTime<Utc>,
) -> Result<()> {
    use password::Column as C;
    let row = password::ActiveModel {
        id: Set(person.uuid()),
        phc: Set(phc),
        failures: Set(0),
        locked_until: Set(None),
        switched_off_at: Set(None),
        set_at: Set(now),
    };
    let instead = OnConflict::column(C::Id)
        .update_columns([C::Phc, C::Failures, C::LockedUntil, C::SwitchedOffAt, C::SetAt])
        .to_owned();
    password::Entity::insert(row).on_conflict(instead).exec_without_returning(db).await?;
    Ok(())
}

/// Puts a dearer hash of the same password in place of `old`.
pub(crate) async fn rehash(db: &impl ConnectionTrait, person: PersonId, old: &str, new: String) -> Result<()> {
    password::Entity::update_many()
        .col_expr(password::Column::Phc, Expr::value(new))
        .filter(password::Column::Id.eq(person.uuid()))
        .filter(password::Column::Phc.eq(old))
        .exec(db)
        .await?;
    Ok(())
}

/// Counts a failure and locks or switches off the password as it deserves. A password that is shut already counts no more.
pub(crate) async fn fail(db: &impl ConnectionTrait, person: PersonId, now: DateTime<Utc>) -> Result<()> {
    use password::Column as C;
    let counted = password::Entity::update_many()
        .col_expr(C::Failures, Expr::col(C::Failures).add(1))
        .filter(open_now(person, now))
        .exec(db)
        .await?;
    if counted.rows_affected == 0 {
        return Ok(());
    }
    // The row is ours until the transaction ends: what is read is what was counted.
    let failures = password(db, person).await?.map_or(0, |row| row.failures);
    let mut update = password::Entity::update_many().filter(C::Id.eq(person.uuid()));
    if failures >= lock::OFF_AT {
        update = update.col_expr(C::SwitchedOffAt, Expr::value(now));
    }
    if let Some(pause) = lock::pause_after(failures) {
        update.col_expr(C::LockedUntil, Expr::value(now + pause)).exec(db).await?;
    }
    Ok(())
}

/// Whether the password may still be tried at the moment the answer is written: of many tries sent at once, those that finish
/// after the lock fell are worth nothing.
pub(crate) async fn is_open(db: &impl ConnectionTrait, person: PersonId, now: DateTime<Utc>) -> Result<bool> {
    let held = password::Entity::update_many()
        .col_expr(password::Column::Failures, Expr::col(password::Column::Failures).add(0))
        .filter(open_now(person, now))
        .exec(db)
        .await?;
    Ok(held.rows_affected == 1)
}

/// Forgets failures: the person has signed in wholly.
pub(crate) async fn forgive(db: &impl ConnectionTrait, person: PersonId) -> Result<()> {
    use password::Column as C;
    password::Entity::update_many()
        .col_expr(C::Failures, Expr::value(0))
        .col_expr(C::LockedUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(C::Id.eq(person.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

fn open_now(person: PersonId, now: DateTime<Utc>) -> sea_orm::Condition {
    use password::Column as C;
    sea_orm::Condition::all()
        .add(C::Id.eq(person.uuid()))
        .add(C::SwitchedOffAt.is_null())
        .add(C::LockedUntil.is_null().or(C::LockedUntil.lte(now)))
}

/// A person's seed.
pub(crate) async fn code(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<CodeRecord>> {
    let row = one_time_code::Entity::find_by_id(person.uuid()).one(db).await?;
    Ok(row.map(|row| CodeRecord { secret: row.secret, last_step: row.last_step, confirmed_at: row.confirmed_at }))
}

/// Puts a seed in place of the one before, not confirmed yet.
pub(crate) async fn put_code(db: &impl ConnectionTrait, person: PersonId, sealed: Vec<u8>) -> Result<()> {
    use one_time_code::Column as C;
    let row = one_time_code::ActiveModel {
        id: Set(person.uuid()),
        secret: Set(sealed),
        last_step: Set(0),
        confirmed_at: Set(None),
    };
    let instead = OnConflict::column(C::Id).update_columns([C::Secret, C::LastStep, C::ConfirmedAt]).to_owned();
    one_time_code::Entity::insert(row).on_conflict(instead).exec_without_returning(db).await?;
    Ok(())
}

/// Uses up a step and all before it. Of any number who use the same step at once, one is told yes (AUTH-10).
pub(crate) async fn spend_step(db: &impl ConnectionTrait, person: PersonId, step: i64) -> Result<bool> {
    let spent = one_time_code::Entity::update_many()
        .col_expr(one_time_code::Column::LastStep, Expr::value(step))
        .filter(one_time_code::Column::Id.eq(person.uuid()))
        .filter(one_time_code::Column::LastStep.lt(step))
        .exec(db)
        .await?;
    Ok(spent.rows_affected == 1)
}

/// Notes that the person's app knows the seed.
pub(crate) async fn confirm_code(db: &impl ConnectionTrait, person: PersonId, now: DateTime<Utc>) -> Result<()> {
    one_time_code::Entity::update_many()
        .col_expr(one_time_code::Column::ConfirmedAt, Expr::value(now))
        .filter(one_time_code::Column::Id.eq(person.uuid()))
        .exec(db)
        .await?;
    Ok(())
}
