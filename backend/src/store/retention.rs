//! The plans of authorities, and what is held whatever they say (L7, L8).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{CaseId, PersonId},
    retention::{Decision, DocumentKind, Hold, Keep, ResearchSample, RetentionRule},
};
use sea_orm::{ActiveModelTrait as _, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    Error, Result,
    entity::{retention_hold, retention_hold_lift, retention_rule},
    tx::Tx,
};

/// A rule of an authority, as it was recorded.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub id: Uuid,
    pub rule: RetentionRule,
    /// What of files is kept for research.
    pub sample: Option<ResearchSample>,
    pub recorded_by: PersonId,
    pub recorded_at: DateTime<Utc>,
}

/// The rule an authority recorded last for each kind.
pub(crate) async fn plans(db: &impl ConnectionTrait, authority: &str) -> Result<BTreeMap<DocumentKind, Plan>> {
    let rows = retention_rule::Entity::find()
        .filter(retention_rule::Column::Authority.eq(authority))
        .order_by_asc(retention_rule::Column::RecordedAt)
        .order_by_asc(retention_rule::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(|row| read(row).map(|plan| (plan.rule.kind(), plan))).collect()
}

/// Rules by their ids.
pub(crate) async fn rules(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, RetentionRule>> {
    let rows = retention_rule::Entity::find().filter(retention_rule::Column::Id.is_in(ids)).all(db).await?;
    rows.into_iter().map(|row| read(row).map(|plan| (plan.id, plan.rule))).collect()
}

/// A rule as it is typed.
pub(crate) struct NewRule<'a> {
    pub authority: &'a str,
    pub kind: DocumentKind,
    pub keep: Keep,
    /// What of files is kept for research.
    pub sample: Option<ResearchSample>,
    pub decision: &'a str,
    pub decided_on: NaiveDate,
}

/// Records a rule.
pub(crate) async fn record(tx: &Tx, new: &NewRule<'_>, by: PersonId) -> Result<Uuid> {
    let (years, months) = match new.keep {
        Keep::Forever => (None, None),
        Keep::YearsAfterLastEntry(years) => (Some(years), None),
        Keep::MonthsAfter(months) => (None, Some(months)),
    };
    let row = retention_rule::Model {
        id: tx.new_id(),
        authority: new.authority.to_owned(),
        kind: new.kind.code().to_owned(),
        years: years.map(i32::from),
        months: months.map(i32::from),
        sample: new.sample.map(|sample| sample.code().to_owned()),
        decision: new.decision.to_owned(),
        decided_on: new.decided_on,
        recorded_by: by.uuid(),
        recorded_at: tx.now(),
    };
    let id = row.id;
    let row = retention_rule::ActiveModel::from(row).reset_all();
    retention_rule::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(id)
}

fn read(row: retention_rule::Model) -> Result<Plan> {
    let broken = || Error::Inconsistent { table: "retention_rule", row: row.id };
    let count = |count: i32| u16::try_from(count).map_err(|_| broken());
    let keep = match (row.years, row.months) {
        (Some(years), _) => Keep::YearsAfterLastEntry(count(years)?),
        (None, Some(months)) => Keep::MonthsAfter(count(months)?),
        (None, None) => Keep::Forever,
    };
    let kind = DocumentKind::from_code(&row.kind).map_err(|_| broken())?;
    let decision = Decision::new(&row.decision, row.decided_on).ok_or_else(broken)?;
    Ok(Plan {
        rule: RetentionRule::new(kind, keep, Some(decision)).map_err(|_| broken())?,
        sample: row.sample.as_deref().map(ResearchSample::from_code).transpose().map_err(|_| broken())?,
        id: row.id,
        recorded_by: PersonId::from_uuid(row.recorded_by),
        recorded_at: row.recorded_at,
    })
}

/// For what each of these cases is held.
pub(crate) async fn holds(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<BTreeMap<CaseId, BTreeSet<Hold>>> {
    let mut all: BTreeMap<CaseId, BTreeSet<Hold>> = BTreeMap::new();
    for row in in_force(db, cases).await? {
        let hold =
            Hold::from_code(&row.hold).map_err(|_| Error::Inconsistent { table: "retention_hold", row: row.id })?;
        all.entry(CaseId::from_uuid(row.case_id)).or_default().insert(hold);
    }
    Ok(all)
}

async fn in_force(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<Vec<retention_hold::Model>> {
    let mut rows = retention_hold::Entity::find()
        .filter(retention_hold::Column::CaseId.is_in(cases.into_iter().map(CaseId::uuid)))
        .order_by_asc(retention_hold::Column::SetAt)
        .all(db)
        .await?;
    let lifted = retention_hold_lift::Entity::find()
        .filter(retention_hold_lift::Column::HoldId.is_in(rows.iter().map(|row| row.id)))
        .all(db)
        .await?;
    let lifted: BTreeSet<Uuid> = lifted.into_iter().map(|row| row.hold_id).collect();
    rows.retain(|row| !lifted.contains(&row.id));
    Ok(rows)
}

/// Holds a case.
pub(crate) async fn hold(tx: &Tx, case: CaseId, hold: Hold, by: PersonId) -> Result<()> {
    let row = retention_hold::Model {
        id: tx.new_id(),
        case_id: case.uuid(),
        hold: hold.code().to_owned(),
        set_by: by.uuid(),
        set_at: tx.now(),
    };
    let row = retention_hold::ActiveModel::from(row).reset_all();
    retention_hold::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Lifts a hold of a case; says whether there was one.
pub(crate) async fn lift(tx: &Tx, case: CaseId, hold: Hold, by: PersonId) -> Result<bool> {
    let mut rows = in_force(tx.db(), [case]).await?;
    rows.retain(|row| row.hold == hold.code());
    for row in &rows {
        let lift = retention_hold_lift::Model { hold_id: row.id, lifted_by: by.uuid(), lifted_at: tx.now() };
        let lift = retention_hold_lift::ActiveModel::from(lift).reset_all();
        retention_hold_lift::Entity::insert(lift).exec_without_returning(tx.db()).await?;
    }
    Ok(!rows.is_empty())
}
