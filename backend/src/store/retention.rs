//! The plans of authorities, and what is held whatever they say (L7, L8).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{CaseId, PersonId},
    retention::{Decision, DocumentKind, Hold, Keep, ResearchSample, RetentionRule, Schedule},
};
use sea_orm::{ActiveModelTrait as _, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    Error, Result,
    entity::{retention_hold, retention_hold_lift, retention_rule},
    tx::Tx,
};

/// The rule for case files of an authority, as it was recorded.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub id: Uuid,
    pub rule: RetentionRule,
    pub sample: ResearchSample,
    pub recorded_by: PersonId,
    pub recorded_at: DateTime<Utc>,
}

impl Plan {
    /// The plan as the rules ask it.
    pub fn schedule(&self) -> Schedule {
        Schedule::new(self.sample).with(self.rule.clone())
    }
}

/// The rule an authority recorded last for case files.
pub(crate) async fn plan(db: &impl ConnectionTrait, authority: &str) -> Result<Option<Plan>> {
    let row = retention_rule::Entity::find()
        .filter(retention_rule::Column::Authority.eq(authority))
        .filter(retention_rule::Column::Kind.eq(DocumentKind::CaseFile.code()))
        .order_by_desc(retention_rule::Column::RecordedAt)
        .order_by_desc(retention_rule::Column::Id)
        .one(db)
        .await?;
    row.map(read).transpose()
}

/// Rules by their ids.
pub(crate) async fn rules(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, RetentionRule>> {
    let rows = retention_rule::Entity::find().filter(retention_rule::Column::Id.is_in(ids)).all(db).await?;
    rows.into_iter().map(|row| read(row).map(|plan| (plan.id, plan.rule))).collect()
}

/// A rule for case files as it is typed: years after the last entry, none for good.
pub(crate) struct NewRule<'a> {
    pub authority: &'a str,
    pub years: Option<u16>,
    pub sample: ResearchSample,
    pub decision: &'a str,
    pub decided_on: NaiveDate,
}

/// Records a rule.
pub(crate) async fn record(tx: &Tx, new: &NewRule<'_>, by: PersonId) -> Result<Uuid> {
    let row = retention_rule::Model {
        id: tx.new_id(),
        authority: new.authority.to_owned(),
        kind: DocumentKind::CaseFile.code().to_owned(),
        years: new.years.map(i32::from),
        sample: new.sample.code().to_owned(),
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
    let keep = match row.years {
        Some(years) => Keep::YearsAfterLastEntry(u16::try_from(years).map_err(|_| broken())?),
        None => Keep::Forever,
    };
    let decision = Decision::new(&row.decision, row.decided_on).ok_or_else(broken)?;
    Ok(Plan {
        rule: RetentionRule::new(DocumentKind::CaseFile, keep, Some(decision)).map_err(|_| broken())?,
        sample: row.sample.parse().map_err(|_| broken())?,
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
