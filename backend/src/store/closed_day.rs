//! Days the municipality holds no meetings besides red days.

use chrono::NaiveDate;
use domain::closed_day::ClosedKind;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{Error, Result, entity::closed_day};

/// One closed day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClosedDay {
    pub on: NaiveDate,
    pub kind: ClosedKind,
    pub name: String,
}

impl TryFrom<closed_day::Model> for ClosedDay {
    type Error = Error;

    fn try_from(row: closed_day::Model) -> Result<Self> {
        // The row's key is its date; an id there is none.
        let kind = row.kind.parse().map_err(|_| Error::Inconsistent { table: "closed_day", row: uuid::Uuid::nil() })?;
        Ok(Self { on: row.id, kind, name: row.name })
    }
}

/// The closed days from one date to another, both included.
pub(crate) async fn between(db: &impl ConnectionTrait, from: NaiveDate, until: NaiveDate) -> Result<Vec<ClosedDay>> {
    let rows = closed_day::Entity::find()
        .filter(closed_day::Column::Id.between(from, until))
        .order_by_asc(closed_day::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(ClosedDay::try_from).collect()
}

/// Closes these days; one that is closed already is closed anew.
pub(crate) async fn put(db: &impl ConnectionTrait, days: &[ClosedDay]) -> Result<()> {
    let (Some(first), Some(last)) = (days.iter().map(|day| day.on).min(), days.iter().map(|day| day.on).max()) else {
        return Ok(());
    };
    remove(db, first, last, |day| days.iter().any(|new| new.on == day.on)).await?;
    let rows = days.iter().map(|day| closed_day::ActiveModel {
        id: Set(day.on),
        kind: Set(day.kind.code().into()),
        name: Set(day.name.clone()),
    });
    closed_day::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// Opens the days of a span that are meant.
pub(crate) async fn remove(
    db: &impl ConnectionTrait,
    from: NaiveDate,
    until: NaiveDate,
    meant: impl Fn(&ClosedDay) -> bool,
) -> Result<()> {
    let days: Vec<NaiveDate> =
        between(db, from, until).await?.into_iter().filter(|day| meant(day)).map(|day| day.on).collect();
    if !days.is_empty() {
        closed_day::Entity::delete_many().filter(closed_day::Column::Id.is_in(days)).exec(db).await?;
    }
    Ok(())
}
