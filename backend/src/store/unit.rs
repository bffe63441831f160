//! Units of authorities and others who take part.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{id::UnitId, unit::UnitKind};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{Error, Result, entity::unit};

/// One unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    pub id: UnitId,
    pub kind: UnitKind,
    pub name: String,
    /// As at the head of an agenda's column.
    pub short_name: String,
    /// The board, region, agency or principal it belongs to.
    pub authority: String,
    /// Since when it takes no part any more.
    pub closed_at: Option<DateTime<Utc>>,
    pub version: i64,
}

impl TryFrom<unit::Model> for Unit {
    type Error = Error;

    fn try_from(row: unit::Model) -> Result<Self> {
        let kind = row.kind.parse().map_err(|_| Error::Inconsistent { table: "unit", row: row.id })?;
        Ok(Self {
            id: UnitId::from_uuid(row.id),
            kind,
            name: row.name,
            short_name: row.short_name,
            authority: row.authority,
            closed_at: row.closed_at,
            version: row.version,
        })
    }
}

/// Every unit, closed ones too, by authority and name.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Unit>> {
    let rows = unit::Entity::find()
        .order_by_asc(unit::Column::Authority)
        .order_by_asc(unit::Column::Name)
        .order_by_asc(unit::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(Unit::try_from).collect()
}

/// The units that still take part, by authority and name.
pub(crate) async fn open(db: &impl ConnectionTrait) -> Result<Vec<Unit>> {
    Ok(all(db).await?.into_iter().filter(|unit| unit.closed_at.is_none()).collect())
}

/// These units by id; what does not exist is left out.
pub(crate) async fn with_ids(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = UnitId>,
) -> Result<BTreeMap<UnitId, Unit>> {
    let rows = unit::Entity::find().filter(unit::Column::Id.is_in(ids.into_iter().map(UnitId::uuid))).all(db).await?;
    rows.into_iter().map(|row| Unit::try_from(row).map(|unit| (unit.id, unit))).collect()
}

/// One unit.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) async fn load(db: &impl ConnectionTrait, id: UnitId) -> Result<Unit> {
    unit::Entity::find_by_id(id.uuid()).one(db).await?.ok_or(Error::NotFound)?.try_into()
}

/// Adds a unit.
pub(crate) async fn create(db: &impl ConnectionTrait, unit: &Unit) -> Result<()> {
    unit::Entity::insert(row(unit, unit.version)).exec_without_returning(db).await?;
    Ok(())
}

/// Saves a unit that was loaded at `unit.version`.
///
/// # Errors
/// [`Error::Stale`] when it was changed meanwhile.
pub(crate) async fn save(db: &impl ConnectionTrait, unit: &Unit) -> Result<()> {
    let saved = unit::Entity::update_many()
        .set(row(unit, unit.version + 1))
        .filter(unit::Column::Id.eq(unit.id.uuid()))
        .filter(unit::Column::Version.eq(unit.version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn row(unit: &Unit, version: i64) -> unit::ActiveModel {
    unit::ActiveModel {
        id: Set(unit.id.uuid()),
        kind: Set(unit.kind.code().into()),
        name: Set(unit.name.clone()),
        short_name: Set(unit.short_name.clone()),
        authority: Set(unit.authority.clone()),
        closed_at: Set(unit.closed_at),
        version: Set(version),
    }
}
