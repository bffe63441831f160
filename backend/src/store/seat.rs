//! Seats: a unit's place at a forum's table, and who sits there when.

use std::collections::BTreeMap;

use domain::{
    id::{ForumId, PersonId, SeatId, UnitId},
    seat::{SitsAs, Tenure, Tenures},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    Error, Result,
    entity::{seat, seat_tenure},
    tx::Tx,
};

/// One seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seat {
    pub id: SeatId,
    pub forum: ForumId,
    pub unit: UnitId,
    /// What the unit sits there as; empty where its name says it.
    pub function: String,
    /// At every meeting, also for general items.
    pub standing: bool,
    pub tenures: Tenures,
    /// From left to right on the agenda, counted from 0.
    pub position: i64,
    pub version: i64,
}

/// The seats of every forum, each forum's in the order of its table.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Seat>> {
    let rows = seat::Entity::find()
        .order_by_asc(seat::Column::ForumId)
        .order_by_asc(seat::Column::Position)
        .order_by_asc(seat::Column::Id)
        .all(db)
        .await?;
    with_tenures(db, rows).await
}

/// The seats of one forum, in the order of its table.
pub(crate) async fn of_forum(db: &impl ConnectionTrait, forum: ForumId) -> Result<Vec<Seat>> {
    let rows = seat::Entity::find()
        .filter(seat::Column::ForumId.eq(forum.uuid()))
        .order_by_asc(seat::Column::Position)
        .order_by_asc(seat::Column::Id)
        .all(db)
        .await?;
    with_tenures(db, rows).await
}

/// One seat.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) async fn load(db: &impl ConnectionTrait, id: SeatId) -> Result<Seat> {
    let row = seat::Entity::find_by_id(id.uuid()).one(db).await?.ok_or(Error::NotFound)?;
    with_tenures(db, vec![row]).await?.pop().ok_or(Error::NotFound)
}

async fn with_tenures(db: &impl ConnectionTrait, rows: Vec<seat::Model>) -> Result<Vec<Seat>> {
    let found = seat_tenure::Entity::find()
        .filter(seat_tenure::Column::SeatId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(seat_tenure::Column::Position)
        .all(db)
        .await?;
    let mut tenures: BTreeMap<Uuid, Vec<Tenure>> = BTreeMap::new();
    for row in found {
        let broken = |_| Error::Inconsistent { table: "seat_tenure", row: row.id };
        tenures.entry(row.seat_id).or_default().push(Tenure {
            person: PersonId::from_uuid(row.person_id),
            sits: SitsAs::from_code(&row.sits).map_err(broken)?,
            from: row.from_on,
            until: row.until_on,
        });
    }
    let seats = rows.into_iter().map(|row| Seat {
        id: SeatId::from_uuid(row.id),
        forum: ForumId::from_uuid(row.forum_id),
        unit: UnitId::from_uuid(row.unit_id),
        function: row.function,
        standing: row.standing,
        tenures: Tenures::kept(tenures.remove(&row.id).unwrap_or_default()),
        position: row.position,
        version: row.version,
    });
    Ok(seats.collect())
}

/// Adds a seat.
pub(crate) async fn create(tx: &Tx, seat: &Seat) -> Result<()> {
    seat::Entity::insert(row(seat, seat.version)).exec_without_returning(tx.db()).await?;
    write_tenures(tx, seat).await
}

/// Saves a seat that was loaded at `seat.version`.
///
/// # Errors
/// [`Error::Stale`] when it was changed meanwhile.
pub(crate) async fn save(tx: &Tx, seat: &Seat) -> Result<()> {
    let saved = seat::Entity::update_many()
        .set(row(seat, seat.version + 1))
        .filter(seat::Column::Id.eq(seat.id.uuid()))
        .filter(seat::Column::Version.eq(seat.version))
        .exec(tx.db())
        .await?;
    if saved.rows_affected != 1 {
        return Err(Error::Stale);
    }
    forget_tenures(tx.db(), seat.id).await?;
    write_tenures(tx, seat).await
}

/// Takes a seat away.
pub(crate) async fn remove(db: &impl ConnectionTrait, id: SeatId) -> Result<()> {
    forget_tenures(db, id).await?;
    seat::Entity::delete_by_id(id.uuid()).exec(db).await?;
    Ok(())
}

async fn forget_tenures(db: &impl ConnectionTrait, id: SeatId) -> Result<()> {
    seat_tenure::Entity::delete_many().filter(seat_tenure::Column::SeatId.eq(id.uuid())).exec(db).await?;
    Ok(())
}

async fn write_tenures(tx: &Tx, seat: &Seat) -> Result<()> {
    let rows: Vec<_> = (0_i64..)
        .zip(seat.tenures.all())
        .map(|(position, tenure)| seat_tenure::ActiveModel {
            id: Set(tx.new_id()),
            seat_id: Set(seat.id.uuid()),
            person_id: Set(tenure.person.uuid()),
            sits: Set(tenure.sits.code().into()),
            position: Set(position),
            from_on: Set(tenure.from),
            until_on: Set(tenure.until),
        })
        .collect();
    if !rows.is_empty() {
        seat_tenure::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

fn row(seat: &Seat, version: i64) -> seat::ActiveModel {
    seat::ActiveModel {
        id: Set(seat.id.uuid()),
        forum_id: Set(seat.forum.uuid()),
        unit_id: Set(seat.unit.uuid()),
        function: Set(seat.function.clone()),
        standing: Set(seat.standing),
        position: Set(seat.position),
        version: Set(version),
    }
}
