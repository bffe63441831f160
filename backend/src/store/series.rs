//! Series: a forum's weekly meetings over a term.

use chrono::Weekday;
use domain::{
    id::{ForumId, SeriesId},
    series::SeriesPlan,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{Error, Result, entity::series};

/// One series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Series {
    pub id: SeriesId,
    pub forum: ForumId,
    /// Weekday, time, interval and span; always one that can be followed.
    pub plan: domain::series::Series,
    pub place: String,
    pub version: i64,
}

impl TryFrom<series::Model> for Series {
    type Error = Error;

    fn try_from(row: series::Model) -> Result<Self> {
        let broken = || Error::Inconsistent { table: "series", row: row.id };
        let plan = SeriesPlan {
            weekday: weekday(row.weekday).ok_or_else(broken)?,
            starts: row.starts,
            minutes: row.minutes.try_into().map_err(|_| broken())?,
            interval_weeks: row.interval_weeks.try_into().map_err(|_| broken())?,
            from: row.from_on,
            until: row.until_on,
        };
        Ok(Self {
            id: SeriesId::from_uuid(row.id),
            forum: ForumId::from_uuid(row.forum_id),
            plan: domain::series::Series::new(plan).map_err(|_| broken())?,
            place: row.place,
            version: row.version,
        })
    }
}

/// ISO 8601: 1 is Monday, 7 Sunday.
fn weekday(number: i64) -> Option<Weekday> {
    let from_monday = u8::try_from(number.checked_sub(1)?).ok()?;
    Weekday::try_from(from_monday).ok()
}

/// Every series, by first day.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Series>> {
    let rows =
        series::Entity::find().order_by_asc(series::Column::FromOn).order_by_asc(series::Column::Id).all(db).await?;
    rows.into_iter().map(Series::try_from).collect()
}

/// One series.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) async fn load(db: &impl ConnectionTrait, id: SeriesId) -> Result<Series> {
    series::Entity::find_by_id(id.uuid()).one(db).await?.ok_or(Error::NotFound)?.try_into()
}

/// Adds a series.
pub(crate) async fn create(db: &impl ConnectionTrait, series: &Series) -> Result<()> {
    series::Entity::insert(row(series, series.version)).exec_without_returning(db).await?;
    Ok(())
}

/// Saves a series that was loaded at `series.version`.
///
/// # Errors
/// [`Error::Stale`] when it was changed meanwhile.
pub(crate) async fn save(db: &impl ConnectionTrait, series: &Series) -> Result<()> {
    let saved = series::Entity::update_many()
        .set(row(series, series.version + 1))
        .filter(series::Column::Id.eq(series.id.uuid()))
        .filter(series::Column::Version.eq(series.version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn row(series: &Series, version: i64) -> series::ActiveModel {
    let plan = series.plan.plan();
    series::ActiveModel {
        id: Set(series.id.uuid()),
        forum_id: Set(series.forum.uuid()),
        weekday: Set(plan.weekday.number_from_monday().into()),
        starts: Set(plan.starts),
        minutes: Set(plan.minutes.into()),
        interval_weeks: Set(plan.interval_weeks.into()),
        from_on: Set(plan.from),
        until_on: Set(plan.until),
        place: Set(series.place.clone()),
        version: Set(version),
    }
}
