//! What units undertook in minutes: who does what by when (M11).

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::{ActionItemId, CaseId, MinutesId, PersonId, UnitId};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    case_key,
    minutes::{Body, MinutesHead},
};
use crate::{Backend, Error, Result, crypt::Place, entity::action_item, tx::Tx};

const WHAT: &str = "action_item.what";

/// An undertaking as it is followed up.
#[derive(Clone, Debug)]
pub(crate) struct ActionItem {
    pub id: ActionItemId,
    pub minutes: MinutesId,
    pub case: CaseId,
    pub unit: UnitId,
    pub what: String,
    pub due_on: NaiveDate,
    pub done_at: Option<DateTime<Utc>>,
    pub done_by: Option<PersonId>,
    pub version: i64,
}

/// Puts the undertakings of minutes in the place of those that stood there; ticks already made stay where the words do.
pub(crate) async fn replace(tx: &Tx, head: &MinutesHead, body: &Body) -> Result<()> {
    let key = case_key::of(tx.db(), tx.backend().keys(), head.case).await?;
    let before = action_items(tx.backend(), tx.db(), action_item::Column::MinutesId.eq(head.id.uuid())).await?;
    action_item::Entity::delete_many().filter(action_item::Column::MinutesId.eq(head.id.uuid())).exec(tx.db()).await?;
    let mut rows = Vec::with_capacity(body.undertakings.len());
    for (position, one) in (0_i64..).zip(&body.undertakings) {
        let id = tx.new_id();
        let same = before.iter().find(|old| old.what == one.what && old.unit == one.unit);
        let id = same.map_or(id, |old| old.id.uuid());
        rows.push(action_item::ActiveModel {
            id: Set(id),
            minutes_id: Set(head.id.uuid()),
            case_id: Set(head.case.uuid()),
            unit_id: Set(one.unit.uuid()),
            what: Set(tx.seal_with(&key, Place { column: WHAT, row: id }, one.what.as_bytes())?),
            due_on: Set(one.due_on),
            position: Set(position),
            done_at: Set(same.and_then(|old| old.done_at)),
            done_by: Set(same.and_then(|old| old.done_by).map(PersonId::uuid)),
            version: Set(same.map_or(1, |old| old.version + 1)),
        });
    }
    if !rows.is_empty() {
        action_item::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

/// The undertakings of these cases.
pub(crate) async fn of_cases(
    backend: &Backend,
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<Vec<ActionItem>> {
    let ids: Vec<Uuid> = cases.into_iter().map(CaseId::uuid).collect();
    action_items(backend, db, action_item::Column::CaseId.is_in(ids)).await
}

/// One undertaking.
pub(crate) async fn load(backend: &Backend, db: &impl ConnectionTrait, id: ActionItemId) -> Result<ActionItem> {
    action_items(backend, db, action_item::Column::Id.eq(id.uuid())).await?.pop().ok_or(Error::NotFound)
}

async fn action_items(
    backend: &Backend,
    db: &impl ConnectionTrait,
    filter: impl sea_orm::sea_query::IntoCondition,
) -> Result<Vec<ActionItem>> {
    let rows = action_item::Entity::find()
        .filter(filter)
        .order_by_asc(action_item::Column::DueOn)
        .order_by_asc(action_item::Column::Position)
        .order_by_asc(action_item::Column::Id)
        .all(db)
        .await?;
    let own = case_key::of_all(db, backend.keys(), rows.iter().map(|row| row.case_id)).await?;
    rows.into_iter()
        .map(|row| {
            let what = own.of(row.case_id)?.open_text(Place { column: WHAT, row: row.id }, &row.what)?;
            Ok(ActionItem {
                id: ActionItemId::from_uuid(row.id),
                minutes: MinutesId::from_uuid(row.minutes_id),
                case: CaseId::from_uuid(row.case_id),
                unit: UnitId::from_uuid(row.unit_id),
                what,
                due_on: row.due_on,
                done_at: row.done_at,
                done_by: row.done_by.map(PersonId::from_uuid),
                version: row.version,
            })
        })
        .collect()
}

/// Ticks an undertaking off, or takes the tick back.
pub(crate) async fn tick(tx: &Tx, item: &ActionItem, done: bool, by: PersonId) -> Result<()> {
    let saved = action_item::Entity::update_many()
        .set(action_item::ActiveModel {
            done_at: Set(done.then(|| tx.now())),
            done_by: Set(done.then(|| by.uuid())),
            version: Set(item.version + 1),
            ..Default::default()
        })
        .filter(action_item::Column::Id.eq(item.id.uuid()))
        .filter(action_item::Column::Version.eq(item.version))
        .exec(tx.db())
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
