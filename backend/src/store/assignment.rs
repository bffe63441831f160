//! What people work as: a role in a unit, one at a time (L1).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{
    id::{AssignmentId, PersonId, UnitId},
    visibility::Role,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use crate::{
    Error, Result,
    entity::{assignment, unit},
};

/// A person's work in a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Work {
    pub id: AssignmentId,
    pub person: PersonId,
    /// None for IT operators, and for a first administrator before there are units.
    pub unit: Option<UnitId>,
    /// Empty without a unit.
    pub unit_name: String,
    /// Whether the unit is closed.
    pub unit_closed: bool,
    pub role: Role,
    pub title: String,
    pub from: NaiveDate,
    /// Its last day.
    pub until: Option<NaiveDate>,
    pub version: i64,
}

impl Work {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        !self.unit_closed && self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// All work of one person, the newest first.
pub(crate) async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Work>> {
    let rows = assignment::Entity::find()
        .filter(assignment::Column::PersonId.eq(person.uuid()))
        .order_by_desc(assignment::Column::FromOn)
        .order_by_asc(assignment::Column::Id)
        .all(db)
        .await?;
    with_units(db, rows).await
}

/// Who works with cases in a unit on a day.
pub(crate) async fn of_unit(db: &impl ConnectionTrait, unit: UnitId, on: NaiveDate) -> Result<BTreeSet<PersonId>> {
    let rows = assignment::Entity::find()
        .filter(assignment::Column::UnitId.eq(unit.uuid()))
        .filter(assignment::Column::Role.is_in([Role::Coordinator.code(), Role::Participant.code()]))
        .all(db)
        .await?;
    let work = with_units(db, rows).await?;
    Ok(work.into_iter().filter(|work| work.holds_on(on)).map(|work| work.person).collect())
}

/// All work of everybody.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Work>> {
    let rows = assignment::Entity::find()
        .order_by_desc(assignment::Column::FromOn)
        .order_by_asc(assignment::Column::Id)
        .all(db)
        .await?;
    with_units(db, rows).await
}

/// One assignment.
pub(crate) async fn find(db: &impl ConnectionTrait, id: AssignmentId) -> Result<Option<Work>> {
    let row = assignment::Entity::find_by_id(id.uuid()).one(db).await?;
    Ok(with_units(db, row.into_iter().collect()).await?.pop())
}

/// Adds an assignment.
pub(crate) async fn create(db: &impl ConnectionTrait, work: &Work) -> Result<()> {
    let row = assignment::ActiveModel {
        id: Set(work.id.uuid()),
        person_id: Set(work.person.uuid()),
        unit_id: Set(work.unit.map(UnitId::uuid)),
        role: Set(work.role.code().to_owned()),
        title: Set(work.title.clone()),
        from_on: Set(work.from),
        until_on: Set(work.until),
        version: Set(work.version),
    };
    assignment::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Sets the last day of an assignment, if nobody else changed it since it was read.
///
/// # Errors
/// [`Error::Stale`] when somebody did.
pub(crate) async fn set_until(db: &impl ConnectionTrait, work: &Work, until: NaiveDate) -> Result<()> {
    let row = assignment::ActiveModel {
        id: NotSet,
        until_on: Set(Some(until)),
        version: Set(work.version + 1),
        ..Default::default()
    };
    let saved = assignment::Entity::update_many()
        .set(row)
        .filter(assignment::Column::Id.eq(work.id.uuid()))
        .filter(assignment::Column::Version.eq(work.version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

async fn with_units(db: &impl ConnectionTrait, rows: Vec<assignment::Model>) -> Result<Vec<Work>> {
    let ids = rows.iter().filter_map(|row| row.unit_id);
    let units = unit::Entity::find().filter(unit::Column::Id.is_in(ids)).all(db).await?;
    let units: BTreeMap<_, _> = units.into_iter().map(|unit| (unit.id, unit)).collect();
    rows.into_iter()
        .map(|row| {
            let unit = row.unit_id.and_then(|id| units.get(&id));
            let role =
                Role::from_code(&row.role).map_err(|_| Error::Inconsistent { table: "assignment", row: row.id })?;
            Ok(Work {
                id: AssignmentId::from_uuid(row.id),
                person: PersonId::from_uuid(row.person_id),
                unit: row.unit_id.map(UnitId::from_uuid),
                unit_name: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
                unit_closed: unit.is_some_and(|unit| unit.closed_at.is_some()),
                role,
                title: row.title,
                from: row.from_on,
                until: row.until_on,
                version: row.version,
            })
        })
        .collect()
}
