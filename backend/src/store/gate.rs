//! The gate as the database holds it: windows computed from a case's facts, read by the guarding triggers.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    case_file::Protection,
    consent::{CaseFacts, windows},
    id::{CaseId, UnitId},
    visibility::Viewer,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Statement,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    Result,
    entity::{case_file, case_gate, case_gate_window},
    random::Random,
    store::case::CaseRecord,
    tx::Tx,
};

/// No end in sight: later than any date people type.
const FOREVER_MS: i64 = 253_402_300_800_000; // 10000-01-01

/// Locks the case's gate until the transaction ends: nobody writes minutes meanwhile (F1).
pub(crate) async fn lock(db: &impl ConnectionTrait, case: CaseId) -> Result<()> {
    if db.get_database_backend() == DbBackend::Postgres {
        // The line in which the gate's own guard stands too: writers who come later do not pass (CONS-04).
        let line = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
        let line = Statement::from_sql_and_values(DbBackend::Postgres, line, [case.to_string().into()]);
        db.execute_raw(line).await?;
    }
    case_gate::Entity::update_many()
        .col_expr(case_gate::Column::Epoch, Expr::col(case_gate::Column::Epoch).add(1))
        .filter(case_gate::Column::Id.eq(case.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Makes the gate row of a new case; closed until windows are written.
pub(crate) async fn create(db: &impl ConnectionTrait, case: CaseId) -> Result<()> {
    let row = case_gate::ActiveModel { id: Set(case.uuid()), epoch: Set(0), changed_ms: Set(0) };
    case_gate::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Reads the case anew and writes the windows that follow from its facts, from this change on.
pub(crate) async fn recompute(tx: &Tx, case: CaseId) -> Result<CaseRecord> {
    let record = super::case::record(tx.db(), case).await?;
    rewrite(tx.db(), tx.backend().random(), case, &record.facts, tx.now()).await?;
    Ok(record)
}

/// Writes the windows that follow from the facts, from an instant on. Earlier windows stay as they were: they say what
/// minutes of that time rested on.
pub(crate) async fn rewrite(
    db: &impl ConnectionTrait,
    random: &dyn Random,
    case: CaseId,
    facts: &CaseFacts,
    from: DateTime<Utc>,
) -> Result<()> {
    let from_ms = from.timestamp_millis();
    close_at(db, case, from_ms).await?;
    changed_at(db, case, from_ms).await?;
    let mut rows = Vec::new();
    for window in windows(facts, from) {
        let closes_ms = window.closes_at.map_or(FOREVER_MS, |at| at.timestamp_millis());
        for unit in &window.covered {
            rows.push(case_gate_window::ActiveModel {
                id: Set(random.uuid()),
                case_id: Set(case.uuid()),
                unit_id: Set(unit.uuid()),
                opens_ms: Set(window.opens_at.timestamp_millis()),
                closes_ms: Set(closes_ms),
            });
        }
    }
    if !rows.is_empty() {
        case_gate_window::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Since when the windows are as they are. What is timed before may not pass by a window that has been closed since: its
/// writer only waited (CONS-04).
async fn changed_at(db: &impl ConnectionTrait, case: CaseId, at_ms: i64) -> Result<()> {
    case_gate::Entity::update_many()
        .col_expr(case_gate::Column::ChangedMs, Expr::value(at_ms))
        .filter(case_gate::Column::Id.eq(case.uuid()))
        .filter(case_gate::Column::ChangedMs.lt(at_ms))
        .exec(db)
        .await?;
    Ok(())
}

async fn close_at(db: &impl ConnectionTrait, case: CaseId, at_ms: i64) -> Result<()> {
    use case_gate_window::Column::{CaseId, ClosesMs, OpensMs};
    case_gate_window::Entity::delete_many().filter(CaseId.eq(case.uuid())).filter(OpensMs.gte(at_ms)).exec(db).await?;
    case_gate_window::Entity::update_many()
        .col_expr(ClosesMs, Expr::value(at_ms))
        .filter(CaseId.eq(case.uuid()))
        .filter(ClosesMs.gt(at_ms))
        .exec(db)
        .await?;
    Ok(())
}

/// The cases with a window open for a unit at an instant.
pub(crate) async fn open_for(db: &impl ConnectionTrait, unit: UnitId, at: DateTime<Utc>) -> Result<BTreeSet<Uuid>> {
    use case_gate_window::Column::{CaseId, ClosesMs, OpensMs, UnitId};
    let at_ms = at.timestamp_millis();
    let ids: Vec<Uuid> = case_gate_window::Entity::find()
        .select_only()
        .column(CaseId)
        .filter(UnitId.eq(unit.uuid()))
        .filter(OpensMs.lte(at_ms))
        .filter(ClosesMs.gt(at_ms))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().collect())
}

/// Whether a case may be somebody's to know at an instant: their unit registered it or has a window of it open, and they are named
/// where an identity is protected. Costs the same for a case that is not and for one that does not exist: neither is read (AUTHZ-03).
pub(crate) async fn is_for(db: &impl ConnectionTrait, viewer: Viewer, case: CaseId, at: DateTime<Utc>) -> Result<bool> {
    let own = case_file::Entity::find()
        .filter(case_file::Column::Id.eq(case.uuid()))
        .filter(case_file::Column::UnitId.eq(viewer.unit.uuid()))
        .count(db)
        .await?;
    let at_ms = at.timestamp_millis();
    let open = case_gate_window::Entity::find()
        .filter(case_gate_window::Column::CaseId.eq(case.uuid()))
        .filter(case_gate_window::Column::UnitId.eq(viewer.unit.uuid()))
        .filter(case_gate_window::Column::OpensMs.lte(at_ms))
        .filter(case_gate_window::Column::ClosesMs.gt(at_ms))
        .count(db)
        .await?;
    let protected = case_file::Entity::find()
        .filter(case_file::Column::Id.eq(case.uuid()))
        .filter(case_file::Column::Protection.ne(Protection::None.code()))
        .count(db)
        .await?;
    let named = super::case_reader::is_named(db, case, viewer.person).await?;
    Ok(own + open > 0 && (protected == 0 || named))
}
