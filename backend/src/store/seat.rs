//! Seats: a unit's place at a forum's table, with holder and deputy.

use domain::id::{ForumId, PersonId, SeatId, UnitId};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{Error, Result, entity::seat};

/// One seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seat {
    pub id: SeatId,
    pub forum: ForumId,
    pub unit: UnitId,
    /// At every meeting, also for general items.
    pub standing: bool,
    pub holder: Option<PersonId>,
    pub deputy: Option<PersonId>,
    /// From left to right on the agenda, counted from 0.
    pub position: i64,
    pub version: i64,
}

impl From<seat::Model> for Seat {
    fn from(row: seat::Model) -> Self {
        Self {
            id: SeatId::from_uuid(row.id),
            forum: ForumId::from_uuid(row.forum_id),
            unit: UnitId::from_uuid(row.unit_id),
            standing: row.standing,
            holder: row.holder_id.map(PersonId::from_uuid),
            deputy: row.deputy_id.map(PersonId::from_uuid),
            position: row.position,
            version: row.version,
        }
    }
}

/// The seats of every forum, each forum's in the order of its table.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Seat>> {
    let rows = seat::Entity::find()
        .order_by_asc(seat::Column::ForumId)
        .order_by_asc(seat::Column::Position)
        .order_by_asc(seat::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Seat::from).collect())
}

/// The seats of one forum, in the order of its table.
pub(crate) async fn of_forum(db: &impl ConnectionTrait, forum: ForumId) -> Result<Vec<Seat>> {
    let rows = seat::Entity::find()
        .filter(seat::Column::ForumId.eq(forum.uuid()))
        .order_by_asc(seat::Column::Position)
        .order_by_asc(seat::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Seat::from).collect())
}

/// One seat.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) async fn load(db: &impl ConnectionTrait, id: SeatId) -> Result<Seat> {
    Ok(seat::Entity::find_by_id(id.uuid()).one(db).await?.ok_or(Error::NotFound)?.into())
}

/// Adds a seat.
pub(crate) async fn create(db: &impl ConnectionTrait, seat: &Seat) -> Result<()> {
    seat::Entity::insert(row(seat, seat.version)).exec_without_returning(db).await?;
    Ok(())
}

/// Saves a seat that was loaded at `seat.version`.
///
/// # Errors
/// [`Error::Stale`] when it was changed meanwhile.
pub(crate) async fn save(db: &impl ConnectionTrait, seat: &Seat) -> Result<()> {
    let saved = seat::Entity::update_many()
        .set(row(seat, seat.version + 1))
        .filter(seat::Column::Id.eq(seat.id.uuid()))
        .filter(seat::Column::Version.eq(seat.version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Takes a seat away.
pub(crate) async fn remove(db: &impl ConnectionTrait, id: SeatId) -> Result<()> {
    seat::Entity::delete_by_id(id.uuid()).exec(db).await?;
    Ok(())
}

fn row(seat: &Seat, version: i64) -> seat::ActiveModel {
    seat::ActiveModel {
        id: Set(seat.id.uuid()),
        forum_id: Set(seat.forum.uuid()),
        unit_id: Set(seat.unit.uuid()),
        standing: Set(seat.standing),
        holder_id: Set(seat.holder.map(PersonId::uuid)),
        deputy_id: Set(seat.deputy.map(PersonId::uuid)),
        position: Set(seat.position),
        version: Set(version),
    }
}
