//! Who sits at a forum's table.

use std::collections::BTreeMap;

use domain::id::{ForumId, PersonId, UnitId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::{Result, entity::person};

/// A unit's place at a forum's table.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    pub unit: UnitId,
    pub unit_name: String,
    /// As on the agenda's column.
    pub short_name: String,
    /// At every meeting, also for general items.
    pub standing: bool,
    pub holder: Option<PersonId>,
    pub deputy: Option<PersonId>,
}

/// Somebody on the staff.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub id: PersonId,
    pub name: String,
    pub disabled: bool,
}

/// The seats of a forum, in their order; those of closed units are left out.
pub(crate) async fn seats(db: &impl ConnectionTrait, forum: ForumId) -> Result<Vec<Seat>> {
    let seats = super::seat::of_forum(db, forum).await?;
    let ids: Vec<UnitId> = seats.iter().map(|seat| seat.unit).collect();
    let mut units = super::unit::with_ids(db, ids).await?;
    let with_unit = seats.into_iter().filter_map(|seat| {
        let unit = units.remove(&seat.unit).filter(|unit| unit.closed_at.is_none())?;
        Some(Seat {
            unit: unit.id,
            unit_name: unit.name,
            short_name: unit.short_name,
            standing: seat.standing,
            holder: seat.holder,
            deputy: seat.deputy,
        })
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
