//! The keys of cases. Whoever has a case's key may still know only what the gate says.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::CaseId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    Error, Result,
    crypt::{CaseKey, Keys, SealBroken},
    entity::case_key,
    tx::Tx,
};

/// The keys of some cases.
#[derive(Debug)]
pub(crate) struct CaseKeys(BTreeMap<Uuid, CaseKey>);

impl CaseKeys {
    /// The key of one of them.
    pub fn of(&self, case: Uuid) -> Result<&CaseKey> {
        Ok(self.0.get(&case).ok_or(SealBroken::Key)?)
    }
}

/// Opens the keys of these cases.
pub(crate) async fn of_all(
    db: &impl ConnectionTrait,
    keys: &Keys,
    cases: impl IntoIterator<Item = Uuid>,
) -> Result<CaseKeys> {
    let cases: BTreeSet<Uuid> = cases.into_iter().collect();
    if cases.is_empty() {
        return Ok(CaseKeys(BTreeMap::new()));
    }
    let rows = case_key::Entity::find()
        .filter(case_key::Column::CaseId.is_in(cases))
        .order_by_asc(case_key::Column::CaseId)
        .all(db)
        .await?;
    let of_one = rows.chunk_by(|one, other| one.case_id == other.case_id);
    let opened = of_one.filter_map(|rows| {
        let case = rows.first()?.case_id;
        Some(opened(keys, CaseId::from_uuid(case), rows).map(|key| (case, key)))
    });
    Ok(CaseKeys(opened.collect::<Result<_>>()?))
}

/// Opens the key of one case.
pub(crate) async fn of(db: &impl ConnectionTrait, keys: &Keys, case: CaseId) -> Result<CaseKey> {
    let mut all = of_all(db, keys, [case.uuid()]).await?;
    Ok(all.0.remove(&case.uuid()).ok_or(SealBroken::Key)?)
}

/// Opens a case's key from all its rows.
pub(super) fn opened(keys: &Keys, case: CaseId, rows: &[case_key::Model]) -> Result<CaseKey> {
    let mut generations = Vec::with_capacity(rows.len());
    for row in rows {
        generations.push((number(row)?, &*row.sealed));
    }
    Ok(CaseKey::open_with(keys, case.uuid(), generations)?)
}

/// Keeps a case's key, sealed under the key in use, in the place of what stood there.
pub(crate) async fn keep(tx: &Tx, case: CaseId, key: &CaseKey) -> Result<()> {
    let backend = tx.backend();
    let rows = key.wrapped(backend.keys(), backend.random())?.into_iter().map(|one| case_key::ActiveModel {
        case_id: Set(case.uuid()),
        generation: Set(one.generation.into()),
        root: Set(one.root.into()),
        sealed: Set(one.sealed),
    });
    let instead = OnConflict::columns([case_key::Column::CaseId, case_key::Column::Generation])
        .update_columns([case_key::Column::Root, case_key::Column::Sealed])
        .to_owned();
    case_key::Entity::insert_many(rows).on_conflict(instead).exec_without_returning(tx.db()).await?;
    Ok(())
}

fn number(row: &case_key::Model) -> Result<u8> {
    u8::try_from(row.generation).map_err(|_| Error::Inconsistent { table: "case_key", row: row.case_id })
}
