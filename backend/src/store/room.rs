//! What happens to a meeting while it runs: items begin and end, people come and go.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    id::{AgendaItemId, CaseId, MeetingId, PersonId, UnitId},
    room::GuestKind,
    unit::UnitKind,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

use super::case_key::{self, CaseKeys};
use crate::{
    Error, Result,
    crypt::{Keys, Place},
    entity::{agenda_item, attendance, recusal, unit},
    tx::Tx,
};

const GUEST: &str = "attendance.guest_name";

/// Somebody who is or was in the room.
#[derive(Clone, Debug)]
pub(crate) struct Attendee {
    pub id: Uuid,
    /// Whom they come for; of a guest, whom they come with.
    pub unit: UnitId,
    pub unit_name: String,
    pub kind: UnitKind,
    pub name: String,
    pub guest: Option<Guest>,
    pub arrived_at: DateTime<Utc>,
    pub left_at: Option<DateTime<Utc>>,
}

/// What somebody is a guest as, and of which item (G5). An item that is gone leaves a guest of nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Guest {
    pub kind: GuestKind,
    pub item: Option<AgendaItemId>,
}

/// Somebody who takes no part in an item, being disqualified (G4).
#[derive(Clone, Debug)]
pub(crate) struct Recusal {
    pub id: Uuid,
    pub item: AgendaItemId,
    pub unit: UnitId,
    pub name: String,
    pub at: DateTime<Utc>,
}

/// Marks an item as begun.
pub(crate) async fn open_item(db: &impl ConnectionTrait, id: AgendaItemId, at: DateTime<Utc>) -> Result<()> {
    let row = agenda_item::ActiveModel {
        state: Set("open".into()),
        opened_at: Set(Some(at)),
        closed_at: Set(None),
        ..Default::default()
    };
    set_item(db, id, row).await
}

/// Marks an item as ended.
pub(crate) async fn close_item(db: &impl ConnectionTrait, id: AgendaItemId, at: DateTime<Utc>) -> Result<()> {
    let row = agenda_item::ActiveModel { state: Set("done".into()), closed_at: Set(Some(at)), ..Default::default() };
    set_item(db, id, row).await
}

async fn set_item(db: &impl ConnectionTrait, id: AgendaItemId, row: agenda_item::ActiveModel) -> Result<()> {
    agenda_item::Entity::update_many()
        .set(row)
        .col_expr(agenda_item::Column::Version, Expr::cust("version + 1"))
        .filter(agenda_item::Column::Id.eq(id.uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Everybody who is or was in the room, in order of arrival.
pub(crate) async fn attendees(db: &impl ConnectionTrait, keys: &Keys, meeting: MeetingId) -> Result<Vec<Attendee>> {
    let rows = attendance::Entity::find()
        .filter(attendance::Column::MeetingId.eq(meeting.uuid()))
        .order_by_asc(attendance::Column::ArrivedAt)
        .order_by_asc(attendance::Column::Id)
        .all(db)
        .await?;
    let units = unit::Entity::find().filter(unit::Column::Id.is_in(rows.iter().map(|row| row.unit_id))).all(db).await?;
    let items = rows.iter().filter_map(|row| row.guest_item_id).collect::<Vec<_>>();
    let cases = cases_of(db, items).await?;
    let own = case_key::of_all(db, keys, cases.values().copied()).await?;
    rows.into_iter()
        .map(|row| {
            let broken = || Error::Inconsistent { table: "attendance", row: row.id };
            let unit = units.iter().find(|unit| unit.id == row.unit_id).ok_or_else(broken)?;
            let kind = row.guest.as_deref().map(GuestKind::from_code).transpose().map_err(|_| broken())?;
            let guest = kind.map(|kind| Guest { kind, item: row.guest_item_id.map(AgendaItemId::from_uuid) });
            Ok(Attendee {
                id: row.id,
                unit: UnitId::from_uuid(row.unit_id),
                unit_name: unit.short_name.clone(),
                kind: UnitKind::from_code(&unit.kind).map_err(|_| broken())?,
                name: name(&row, &cases, &own)?,
                guest,
                arrived_at: row.arrived_at,
                left_at: row.left_at,
            })
        })
        .collect()
}

/// The case of each of these items that has one.
async fn cases_of(db: &impl ConnectionTrait, items: Vec<Uuid>) -> Result<BTreeMap<Uuid, Uuid>> {
    if items.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = agenda_item::Entity::find().filter(agenda_item::Column::Id.is_in(items)).all(db).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id, row.case_id?))).collect())
}

/// The name somebody came in by. A guest's tells of a case, and is gone with the item.
fn name(row: &attendance::Model, cases: &BTreeMap<Uuid, Uuid>, own: &CaseKeys) -> Result<String> {
    let case = row.guest_item_id.and_then(|item| cases.get(&item));
    match case.zip(row.guest_name.as_deref()) {
        Some((case, sealed)) => Ok(own.of(*case)?.open_text(Place { column: GUEST, row: row.id }, sealed)?),
        None => Ok(row.name.clone()),
    }
}

/// A guest comes in, for an item of a case.
pub(crate) async fn arrive_as_guest(
    tx: &Tx,
    id: Uuid,
    meeting: MeetingId,
    (unit, name): (UnitId, &str),
    (kind, item, case): (GuestKind, AgendaItemId, CaseId),
) -> Result<()> {
    let row = attendance::ActiveModel {
        id: Set(id),
        meeting_id: Set(meeting.uuid()),
        unit_id: Set(unit.uuid()),
        person_id: Set(None),
        name: Set(String::new()),
        guest: Set(Some(kind.code().into())),
        guest_item_id: Set(Some(item.uuid())),
        guest_name: Set(Some(tx.seal_of(case, GUEST, id, name).await?)),
        arrived_at: Set(tx.now()),
        left_at: Set(None),
    };
    attendance::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Who is disqualified from which of these items.
pub(crate) async fn recusals(
    db: &impl ConnectionTrait,
    items: impl IntoIterator<Item = AgendaItemId>,
) -> Result<Vec<Recusal>> {
    let rows = recusal::Entity::find()
        .filter(recusal::Column::ItemId.is_in(items.into_iter().map(AgendaItemId::uuid)))
        .order_by_asc(recusal::Column::At)
        .order_by_asc(recusal::Column::Id)
        .all(db)
        .await?;
    let read = rows.into_iter().map(|row| Recusal {
        id: row.id,
        item: AgendaItemId::from_uuid(row.item_id),
        unit: UnitId::from_uuid(row.unit_id),
        name: row.name,
        at: row.at,
    });
    Ok(read.collect())
}

/// Somebody is disqualified from an item.
pub(crate) async fn recuse(db: &impl ConnectionTrait, one: &Recusal) -> Result<()> {
    let row = recusal::ActiveModel {
        id: Set(one.id),
        item_id: Set(one.item.uuid()),
        unit_id: Set(one.unit.uuid()),
        name: Set(one.name.clone()),
        at: Set(one.at),
    };
    recusal::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Somebody is not, after all.
pub(crate) async fn take_back_recusal(db: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    recusal::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Lets go of what was noted beside items that are taken away.
pub(crate) async fn forget_items(db: &impl ConnectionTrait, items: &[Uuid]) -> Result<()> {
    recusal::Entity::delete_many().filter(recusal::Column::ItemId.is_in(items.iter().copied())).exec(db).await?;
    attendance::Entity::update_many()
        .col_expr(attendance::Column::GuestItemId, Expr::value(None::<Uuid>))
        .col_expr(attendance::Column::GuestName, Expr::value(None::<Vec<u8>>))
        .filter(attendance::Column::GuestItemId.is_in(items.iter().copied()))
        .exec(db)
        .await?;
    Ok(())
}

/// Somebody comes in.
pub(crate) async fn arrive(
    db: &impl ConnectionTrait,
    id: Uuid,
    meeting: MeetingId,
    unit: UnitId,
    person: Option<PersonId>,
    name: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    let row = attendance::ActiveModel {
        id: Set(id),
        meeting_id: Set(meeting.uuid()),
        unit_id: Set(unit.uuid()),
        person_id: Set(person.map(PersonId::uuid)),
        name: Set(name.into()),
        guest: Set(None),
        guest_item_id: Set(None),
        guest_name: Set(None),
        arrived_at: Set(at),
        left_at: Set(None),
    };
    attendance::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Somebody leaves; who has left already stays left.
pub(crate) async fn leave(db: &impl ConnectionTrait, meeting: MeetingId, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    attendance::Entity::update_many()
        .col_expr(attendance::Column::LeftAt, Expr::value(at))
        .filter(attendance::Column::Id.eq(id))
        .filter(attendance::Column::MeetingId.eq(meeting.uuid()))
        .filter(attendance::Column::LeftAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Everybody leaves: the meeting is over.
pub(crate) async fn all_leave(db: &impl ConnectionTrait, meeting: MeetingId, at: DateTime<Utc>) -> Result<()> {
    attendance::Entity::update_many()
        .col_expr(attendance::Column::LeftAt, Expr::value(at))
        .filter(attendance::Column::MeetingId.eq(meeting.uuid()))
        .filter(attendance::Column::LeftAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}
