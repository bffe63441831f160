//! To whom approved minutes were handed over, and when (M6).

use chrono::{DateTime, Utc};
use domain::id::{CaseId, ConsentId, MinutesId, PersonId, UnitId};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, QueryFilter, QueryOrder,
    sea_query::SimpleExpr,
};
use uuid::Uuid;

use crate::{
    Result,
    entity::minutes_dispatch::{self, Column},
    store::minutes::MinutesHead,
    tx::Tx,
};

/// That minutes were handed over.
#[derive(Clone, Debug)]
pub(crate) struct Dispatch {
    pub id: Uuid,
    pub minutes: MinutesId,
    /// The version that was.
    pub revision: i64,
    pub from: UnitId,
    pub to: UnitId,
    /// The consent it rested on.
    pub consent: ConsentId,
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// Writes down that minutes are handed over. The database refuses it where either unit is not covered at this moment.
pub(crate) async fn add(
    tx: &Tx,
    head: &MinutesHead,
    revision: i64,
    (from, to): (UnitId, UnitId),
    consent: ConsentId,
    by: PersonId,
) -> Result<()> {
    let row = minutes_dispatch::Model {
        id: tx.new_id(),
        minutes_id: head.id.uuid(),
        case_id: head.case.uuid(),
        revision,
        from_unit: from.uuid(),
        to_unit: to.uuid(),
        consent_id: consent.uuid(),
        by_person: by.uuid(),
        at: tx.now(),
        at_ms: tx.now().timestamp_millis(),
    };
    let row = minutes_dispatch::ActiveModel::from(row).reset_all();
    minutes_dispatch::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// To whom minutes were handed over, the first first.
pub(crate) async fn of_minutes(db: &impl ConnectionTrait, id: MinutesId) -> Result<Vec<Dispatch>> {
    these(db, Column::MinutesId.eq(id.uuid())).await
}

/// To whom minutes of a case were handed over, the first first.
pub(crate) async fn of_case(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Dispatch>> {
    these(db, Column::CaseId.eq(case.uuid())).await
}

/// What was handed over to a unit of these cases, the first first.
pub(crate) async fn to_unit(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = CaseId>,
    unit: UnitId,
) -> Result<Vec<Dispatch>> {
    let cases = Column::CaseId.is_in(cases.into_iter().map(CaseId::uuid));
    these(db, cases.and(Column::ToUnit.eq(unit.uuid()))).await
}

async fn these(db: &impl ConnectionTrait, which: SimpleExpr) -> Result<Vec<Dispatch>> {
    let rows = minutes_dispatch::Entity::find()
        .filter(which)
        .order_by_asc(Column::AtMs)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

fn read(row: minutes_dispatch::Model) -> Dispatch {
    Dispatch {
        id: row.id,
        minutes: MinutesId::from_uuid(row.minutes_id),
        revision: row.revision,
        from: UnitId::from_uuid(row.from_unit),
        to: UnitId::from_uuid(row.to_unit),
        consent: ConsentId::from_uuid(row.consent_id),
        by: PersonId::from_uuid(row.by_person),
        at: row.at,
    }
}
