//! Who sits at a forum's table.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    id::{ForumId, PersonId, UnitId},
    unit::UnitKind,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{
    seat,
    unit::{self, Unit},
};
use crate::{Result, entity::person};

/// A unit's place at a forum's table, on a day.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    pub unit: UnitId,
    pub unit_name: String,
    /// As on the agenda's column.
    pub short_name: String,
    pub kind: UnitKind,
    /// What the unit sits there as; empty where its name says it.
    pub function: String,
    /// At every meeting, also for general items.
    pub standing: bool,
    pub holder: Option<PersonId>,
    /// In the order they are asked in.
    pub deputies: Vec<PersonId>,
}

impl Seat {
    /// Everybody who sits there: the holder first.
    pub(crate) fn sitters(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.holder.into_iter().chain(self.deputies.iter().copied())
    }
}

/// Somebody on the staff.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub id: PersonId,
    pub name: String,
    pub disabled: bool,
}

/// The seats of a forum in their order, as they are filled on a day; those of closed units are left out.
pub(crate) async fn seats(db: &impl ConnectionTrait, forum: ForumId, on: NaiveDate) -> Result<Vec<Seat>> {
    let filled = open(db, forum).await?.into_iter().map(|(seat, unit)| Seat {
        unit: unit.id,
        unit_name: unit.name,
        short_name: unit.short_name,
        kind: unit.kind,
        function: seat.function,
        standing: seat.standing,
        holder: seat.tenures.holder(on),
        deputies: seat.tenures.deputies(on),
    });
    Ok(filled.collect())
}

/// The units with a seat in a forum, in their order, whoever sits there; and whether always.
pub(crate) async fn places(db: &impl ConnectionTrait, forum: ForumId) -> Result<Vec<(UnitId, bool)>> {
    Ok(open(db, forum).await?.into_iter().map(|(seat, unit)| (unit.id, seat.standing)).collect())
}

async fn open(db: &impl ConnectionTrait, forum: ForumId) -> Result<Vec<(seat::Seat, Unit)>> {
    let seats = seat::of_forum(db, forum).await?;
    let ids: Vec<UnitId> = seats.iter().map(|seat| seat.unit).collect();
    let mut units = unit::with_ids(db, ids).await?;
    let with_unit = seats.into_iter().filter_map(|seat| {
        let unit = units.remove(&seat.unit).filter(|unit| unit.closed_at.is_none())?;
        Some((seat, unit))
    });
    Ok(with_unit.collect())
}

/// These people.
pub(crate) async fn people(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = PersonId>,
) -> Result<BTreeMap<PersonId, Person>> {
    let rows =
        person::Entity::find().filter(person::Column::Id.is_in(ids.into_iter().map(PersonId::uuid))).all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let id = PersonId::from_uuid(row.id);
            let disabled = row.disabled_at.is_some();
            (id, Person { id, name: row.name, disabled })
        })
        .collect())
}
