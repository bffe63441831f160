//! Reviews of the log as they are written down.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    access_log_review::{Finding, Span},
    id::{CaseId, PersonId, UnitId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    Error, Result,
    crypt::{Keys, Place},
    entity::{access_log_review, access_log_review_line},
    store::case_key::{self, CaseKeys},
    tx::Tx,
};

const NOTE: &str = "access_log_review_line.note";

/// What was found of one person and one case.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub person: PersonId,
    pub case: CaseId,
    pub finding: Finding,
    /// Empty where nothing is to be added.
    pub note: String,
}

/// A review that has been done.
#[derive(Clone, Debug)]
pub(crate) struct Reviewed {
    pub span: Span,
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub found: Vec<Found>,
}

/// The last day of a unit that has been reviewed.
pub(crate) async fn last_day(db: &impl ConnectionTrait, unit: UnitId) -> Result<Option<NaiveDate>> {
    Ok(access_log_review::Entity::find()
        .select_only()
        .column(access_log_review::Column::UntilOn)
        .filter(access_log_review::Column::UnitId.eq(unit.uuid()))
        .order_by_desc(access_log_review::Column::UntilOn)
        .into_tuple()
        .one(db)
        .await?)
}

/// Writes a review down and gives its id.
pub(crate) async fn create(tx: &Tx, unit: UnitId, span: Span, found: &[Found]) -> Result<Uuid> {
    let id = tx.new_id();
    let row = access_log_review::ActiveModel {
        id: Set(id),
        unit_id: Set(unit.uuid()),
        from_on: Set(span.from),
        until_on: Set(span.until),
        reviewed_by: Set(tx.doer().person.ok_or(Error::Denied)?.uuid()),
        reviewed_at: Set(tx.now()),
    };
    access_log_review::Entity::insert(row).exec_without_returning(tx.db()).await?;
    let mut rows = Vec::with_capacity(found.len());
    for one in found {
        let line = tx.new_id();
        let note = if one.note.is_empty() { None } else { Some(tx.seal_of(one.case, NOTE, line, &one.note).await?) };
        rows.push(access_log_review_line::ActiveModel {
            id: Set(line),
            review_id: Set(id),
            person_id: Set(one.person.uuid()),
            case_id: Set(one.case.uuid()),
            finding: Set(one.finding.code().into()),
            note: Set(note),
        });
    }
    if !rows.is_empty() {
        access_log_review_line::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(id)
}

/// A unit's latest reviews, the newest first.
pub(crate) async fn latest(db: &impl ConnectionTrait, keys: &Keys, unit: UnitId, limit: u64) -> Result<Vec<Reviewed>> {
    let rows = access_log_review::Entity::find()
        .filter(access_log_review::Column::UnitId.eq(unit.uuid()))
        .order_by_desc(access_log_review::Column::UntilOn)
        .limit(limit)
        .all(db)
        .await?;
    let lines = access_log_review_line::Entity::find()
        .filter(access_log_review_line::Column::ReviewId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(access_log_review_line::Column::Id)
        .all(db)
        .await?;
    let noted = lines.iter().filter(|line| line.note.is_some()).map(|line| line.case_id);
    let own = case_key::of_all(db, keys, noted).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let of_row = lines.iter().filter(|line| line.review_id == row.id);
        all.push(Reviewed {
            span: Span { from: row.from_on, until: row.until_on },
            by: PersonId::from_uuid(row.reviewed_by),
            at: row.reviewed_at,
            found: of_row.map(|line| found(&own, line)).collect::<Result<_>>()?,
        });
    }
    Ok(all)
}

fn found(own: &CaseKeys, line: &access_log_review_line::Model) -> Result<Found> {
    let broken = |_| Error::Inconsistent { table: "access_log_review_line", row: line.id };
    let place = Place { column: NOTE, row: line.id };
    let note = match &line.note {
        Some(note) => own.of(line.case_id)?.open_text(place, note)?,
        None => String::new(),
    };
    Ok(Found {
        person: PersonId::from_uuid(line.person_id),
        case: CaseId::from_uuid(line.case_id),
        finding: Finding::from_code(&line.finding).map_err(broken)?,
        note,
    })
}
