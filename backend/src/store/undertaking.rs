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
const WORD: &str = "action_item.word";

/// An undertaking as it is followed up.
#[derive(Clone, Debug)]
pub(crate) struct ActionItem {
    pub id: ActionItemId,
    pub minutes: MinutesId,
    pub case: CaseId,
    pub unit: UnitId,
    pub what: String,
    pub due_on: NaiveDate,
    /// The day the minutes say.
    pub agreed_on: NaiveDate,
    pub done_at: Option<DateTime<Utc>>,
    pub dropped_at: Option<DateTime<Utc>>,
    settled_by: Option<PersonId>,
    /// Why it was moved or dropped.
    pub word: String,
    pub version: i64,
}

impl ActionItem {
    /// Whether it is neither done nor dropped.
    pub(crate) fn is_open(&self) -> bool {
        self.done_at.is_none() && self.dropped_at.is_none()
    }
}

/// What becomes of an undertaking.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Settle<'a> {
    /// It is done.
    Done,
    /// It is to be done after all.
    Open,
    /// It is to be done by another day, and why.
    By(NaiveDate, &'a str),
    /// It is not to be done, and why.
    Dropped(&'a str),
}

/// Puts the undertakings of minutes in the place of those that stood there; what became of one stays where its words do, and another
/// day where the minutes still say the same.
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
            due_on: Set(same.filter(|old| old.agreed_on == one.due_on).map_or(one.due_on, |old| old.due_on)),
            agreed_on: Set(one.due_on),
            position: Set(position),
            done_at: Set(same.and_then(|old| old.done_at)),
            dropped_at: Set(same.and_then(|old| old.dropped_at)),
            settled_by: Set(same.and_then(|old| old.settled_by).map(PersonId::uuid)),
            word: Set(match same.map(|old| old.word.as_str()).filter(|word| !word.is_empty()) {
                Some(word) => Some(tx.seal_with(&key, Place { column: WORD, row: id }, word.as_bytes())?),
                None => None,
            }),
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
            let key = own.of(row.case_id)?;
            let what = key.open_text(Place { column: WHAT, row: row.id }, &row.what)?;
            let word = row.word.map(|word| key.open_text(Place { column: WORD, row: row.id }, &word)).transpose()?;
            Ok(ActionItem {
                id: ActionItemId::from_uuid(row.id),
                minutes: MinutesId::from_uuid(row.minutes_id),
                case: CaseId::from_uuid(row.case_id),
                unit: UnitId::from_uuid(row.unit_id),
                what,
                due_on: row.due_on,
                agreed_on: row.agreed_on,
                done_at: row.done_at,
                dropped_at: row.dropped_at,
                settled_by: row.settled_by.map(PersonId::from_uuid),
                word: word.unwrap_or_default(),
                version: row.version,
            })
        })
        .collect()
}

/// Writes down what becomes of an undertaking; refuses where somebody was first.
pub(crate) async fn settle(tx: &Tx, item: &ActionItem, way: Settle<'_>, by: PersonId) -> Result<()> {
    let mut row = action_item::ActiveModel {
        done_at: Set(None),
        dropped_at: Set(None),
        settled_by: Set(Some(by.uuid())),
        version: Set(item.version + 1),
        ..Default::default()
    };
    let place = Place { column: WORD, row: item.id.uuid() };
    let key = case_key::of(tx.db(), tx.backend().keys(), item.case).await?;
    match way {
        Settle::Done => row.done_at = Set(Some(tx.now())),
        Settle::Open => row.settled_by = Set(None),
        Settle::By(due_on, word) => {
            row.due_on = Set(due_on);
            row.word = Set(Some(tx.seal_with(&key, place, word.as_bytes())?));
        }
        Settle::Dropped(word) => {
            row.dropped_at = Set(Some(tx.now()));
            row.word = Set(Some(tx.seal_with(&key, place, word.as_bytes())?));
        }
    }
    let saved = action_item::Entity::update_many()
        .set(row)
        .filter(action_item::Column::Id.eq(item.id.uuid()))
        .filter(action_item::Column::Version.eq(item.version))
        .exec(tx.db())
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
