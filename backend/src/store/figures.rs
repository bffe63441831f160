//! What a school year's figures are counted from, and the figures as they were published.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{CaseId, ForumId, MeetingId, UnitId},
    meeting::MeetingState,
    time::{day, end_of, start_of},
    year::SchoolYear,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{OnConflict, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    Error, Result,
    entity::{action_item, agenda_item, attendance, case_file, case_gate_window, figure_release, invitation, meeting},
    figures::{CaseDays, Facts, Figures, Publication, TakenUp, Undertaken},
    tx::Tx,
};

/// The school years that are published, newest first.
pub(crate) async fn years(db: &impl ConnectionTrait) -> Result<Vec<SchoolYear>> {
    let years: Vec<i64> = figure_release::Entity::find()
        .select_only()
        .column(figure_release::Column::FirstYear)
        .order_by_desc(figure_release::Column::FirstYear)
        .into_tuple()
        .all(db)
        .await?;
    years.into_iter().map(school_year).collect()
}

/// The figures of a school year, if they are published.
pub(crate) async fn published(db: &impl ConnectionTrait, year: SchoolYear) -> Result<Option<Publication>> {
    let row = figure_release::Entity::find_by_id(i64::from(year.begins_in())).one(db).await?;
    row.map(publication).transpose()
}

fn publication(row: figure_release::Model) -> Result<Publication> {
    Ok(Publication {
        year: school_year(row.first_year)?,
        published_at: row.published_at,
        figures: serde_json::from_str(&row.figures).map_err(|_| Error::Fault("published figures do not read"))?,
    })
}

fn school_year(first: i64) -> Result<SchoolYear> {
    let year = i32::try_from(first).ok().and_then(SchoolYear::beginning);
    year.ok_or(Error::Fault("figures are published of no school year"))
}

/// Publishes the figures of a school year, for good. Says whether nobody else had: on PostgreSQL two may come to it at once, and the
/// later waits here for the first.
pub(crate) async fn publish(tx: &Tx, year: SchoolYear, figures: &Figures) -> Result<bool> {
    let text = serde_json::to_string(figures).map_err(|_| Error::Fault("figures cannot be written down"))?;
    let row = figure_release::ActiveModel {
        first_year: Set(year.begins_in().into()),
        published_at: Set(tx.now()),
        figures: Set(text),
    };
    let once = OnConflict::column(figure_release::Column::FirstYear).do_nothing().to_owned();
    let written = figure_release::Entity::insert(row).on_conflict(once).exec_without_returning(tx.db()).await?;
    Ok(written == 1)
}

/// Whether anything was there to count in a school year: a meeting was to be in it, or a case was registered.
pub(crate) async fn is_alive_in(db: &impl ConnectionTrait, year: SchoolYear) -> Result<bool> {
    let meetings = meeting::Entity::find().filter(meeting::Column::OnDate.between(year.first(), year.last()));
    if meetings.count(db).await? > 0 {
        return Ok(true);
    }
    let registered = case_file::Entity::find()
        .filter(case_file::Column::RegisteredAt.gte(start_of(year.first())))
        .filter(case_file::Column::RegisteredAt.lt(end_of(year.last())));
    Ok(registered.count(db).await? > 0)
}

/// All that the figures of a school year are counted from, in a query for each kind of row.
pub(crate) async fn facts(db: &impl ConnectionTrait, year: SchoolYear) -> Result<Facts> {
    Ok(Facts {
        cases: cases(db).await?,
        taken_up: taken_up(db).await?,
        covered: covered(db).await?,
        called: called(db, year).await?,
        came: came(db, year).await?,
        due: due(db, year).await?,
    })
}

async fn cases(db: &impl ConnectionTrait) -> Result<BTreeMap<CaseId, CaseDays>> {
    let rows: Vec<(Uuid, NaiveDate, DateTime<Utc>)> = case_file::Entity::find()
        .select_only()
        .columns([case_file::Column::Id, case_file::Column::BornOn, case_file::Column::RegisteredAt])
        .into_tuple()
        .all(db)
        .await?;
    let read = |(id, born_on, at)| (CaseId::from_uuid(id), CaseDays { born_on, registered_on: day(at) });
    Ok(rows.into_iter().map(read).collect())
}

async fn taken_up(db: &impl ConnectionTrait) -> Result<Vec<TakenUp>> {
    let items: Vec<(Option<Uuid>, Uuid)> = agenda_item::Entity::find()
        .select_only()
        .columns([agenda_item::Column::CaseId, agenda_item::Column::MeetingId])
        .filter(agenda_item::Column::State.eq("done"))
        .filter(agenda_item::Column::CaseId.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    let meetings: Vec<(Uuid, Uuid, NaiveDate)> = meeting::Entity::find()
        .select_only()
        .columns([meeting::Column::Id, meeting::Column::ForumId, meeting::Column::OnDate])
        .into_tuple()
        .all(db)
        .await?;
    let meetings: BTreeMap<Uuid, (Uuid, NaiveDate)> =
        meetings.into_iter().map(|(id, forum, on)| (id, (forum, on))).collect();
    let read = items.into_iter().filter_map(|(case, meeting)| {
        let (forum, on) = *meetings.get(&meeting)?;
        Some(TakenUp { case: CaseId::from_uuid(case?), forum: ForumId::from_uuid(forum), on })
    });
    Ok(read.collect())
}

/// From the windows that guard the database: earlier ones are kept, so the first is when consent first held.
async fn covered(db: &impl ConnectionTrait) -> Result<BTreeMap<CaseId, NaiveDate>> {
    let rows: Vec<(Uuid, Option<i64>)> = case_gate_window::Entity::find()
        .select_only()
        .column(case_gate_window::Column::CaseId)
        .column_as(case_gate_window::Column::OpensMs.min(), "opens_ms")
        .group_by(case_gate_window::Column::CaseId)
        .into_tuple()
        .all(db)
        .await?;
    let read = rows.into_iter().filter_map(|(case, opens_ms)| {
        Some((CaseId::from_uuid(case), day(DateTime::from_timestamp_millis(opens_ms?)?)))
    });
    Ok(read.collect())
}

/// The meetings of a school year that were held.
fn held(year: SchoolYear) -> SelectStatement {
    Query::select()
        .column(meeting::Column::Id)
        .from(meeting::Entity)
        .and_where(meeting::Column::OnDate.between(year.first(), year.last()))
        .and_where(meeting::Column::State.eq(MeetingState::Held.code()))
        .to_owned()
}

async fn called(db: &impl ConnectionTrait, year: SchoolYear) -> Result<BTreeSet<(MeetingId, UnitId)>> {
    let rows: Vec<(Uuid, Uuid)> = invitation::Entity::find()
        .select_only()
        .columns([invitation::Column::MeetingId, invitation::Column::UnitId])
        .distinct()
        .filter(invitation::Column::MeetingId.in_subquery(held(year)))
        .filter(invitation::Column::SentAt.is_not_null())
        .filter(invitation::Column::WithdrawnAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(pairs(rows))
}

async fn came(db: &impl ConnectionTrait, year: SchoolYear) -> Result<BTreeSet<(MeetingId, UnitId)>> {
    let rows: Vec<(Uuid, Uuid)> = attendance::Entity::find()
        .select_only()
        .columns([attendance::Column::MeetingId, attendance::Column::UnitId])
        .distinct()
        .filter(attendance::Column::MeetingId.in_subquery(held(year)))
        .filter(attendance::Column::Guest.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(pairs(rows))
}

fn pairs(rows: Vec<(Uuid, Uuid)>) -> BTreeSet<(MeetingId, UnitId)> {
    rows.into_iter().map(|(meeting, unit)| (MeetingId::from_uuid(meeting), UnitId::from_uuid(unit))).collect()
}

async fn due(db: &impl ConnectionTrait, year: SchoolYear) -> Result<Vec<Undertaken>> {
    let rows: Vec<(Uuid, NaiveDate, Option<DateTime<Utc>>)> = action_item::Entity::find()
        .select_only()
        .columns([action_item::Column::UnitId, action_item::Column::DueOn, action_item::Column::DoneAt])
        .filter(action_item::Column::DueOn.between(year.first(), year.last()))
        .filter(action_item::Column::DroppedAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let read = |(unit, due_on, done_at): (Uuid, NaiveDate, Option<DateTime<Utc>>)| Undertaken {
        unit: UnitId::from_uuid(unit),
        due_on,
        done_on: done_at.map(day),
    };
    Ok(rows.into_iter().map(read).collect())
}
