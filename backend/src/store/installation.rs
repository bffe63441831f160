//! The one row that says whose installation this is.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use crate::{Result, entity::installation};

const THIS: &str = "this";

/// Whether the row exists.
pub(crate) async fn exists(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(installation::Entity::find_by_id(THIS).one(db).await?.is_some())
}

/// Whether it is a demo's database.
pub(crate) async fn is_demo(db: &impl ConnectionTrait) -> Result<bool> {
    let row = installation::Entity::find_by_id(THIS).one(db).await?;
    Ok(row.is_some_and(|row| row.kind == "demo"))
}

/// Makes the row.
pub(crate) async fn create(
    db: &impl ConnectionTrait,
    municipality: &str,
    demo: bool,
    clock: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = installation::ActiveModel {
        id: Set(THIS.into()),
        municipality: Set(municipality.into()),
        kind: Set(if demo { "demo" } else { "production" }.into()),
        clock: Set(clock.into()),
        created_at: Set(now),
    };
    installation::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Sets which clock the triggers demand.
pub(crate) async fn set_clock(db: &impl ConnectionTrait, clock: &str) -> Result<()> {
    let row = installation::ActiveModel { id: Set(THIS.into()), clock: Set(clock.into()), ..Default::default() };
    installation::Entity::update(row).exec(db).await?;
    Ok(())
}
