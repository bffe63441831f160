//! What happens to a meeting while it runs: items begin and end, people come and go.

use chrono::{DateTime, Utc};
use domain::{
    id::{AgendaItemId, CaseId, MeetingId, PersonId, UnitId},
    unit::UnitKind,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Error, Result,
    crypt::{Keys, Place},
    entity::{agenda_item, attendance, meeting, unit},
    store::meeting::Meeting,
};

/// What an item is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// A case.
    Case(CaseId),
    /// A common question.
    General(String),
    /// An anonymous consultation.
    Anonymous,
}

/// An item in its place.
#[derive(Clone, Debug)]
pub(crate) struct RoomItem {
    pub id: AgendaItemId,
    pub about: About,
    pub minutes: i64,
    pub state: String,
    pub opened_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
}

impl RoomItem {
    pub(crate) fn case(&self) -> Option<CaseId> {
        match self.about {
            About::Case(case) => Some(case),
            About::General(_) | About::Anonymous => None,
        }
    }
}

/// Somebody who is or was in the room.
#[derive(Clone, Debug)]
pub(crate) struct Attendee {
    pub id: Uuid,
    pub unit: UnitId,
    pub unit_name: String,
    pub kind: UnitKind,
    pub name: String,
    pub arrived_at: DateTime<Utc>,
    pub left_at: Option<DateTime<Utc>>,
}

/// One meeting, held until the transaction ends. (SQLite has one writer anyhow.)
pub(crate) async fn hold(db: &impl ConnectionTrait, id: MeetingId) -> Result<Meeting> {
    let row = meeting::Entity::find_by_id(id.uuid()).lock_exclusive().one(db).await?;
    row.ok_or(Error::NotFound)?.try_into()
}

/// Reads a meeting's items, in order, dropped ones too.
pub(crate) async fn items(db: &impl ConnectionTrait, keys: &Keys, meeting: MeetingId) -> Result<Vec<RoomItem>> {
    let rows = agenda_item::Entity::find()
        .filter(agenda_item::Column::MeetingId.eq(meeting.uuid()))
        .order_by_asc(agenda_item::Column::Position)
        .order_by_asc(agenda_item::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(|row| item_from(keys, row)).collect()
}

/// Reads one item with its meeting.
pub(crate) async fn item(db: &impl ConnectionTrait, keys: &Keys, id: AgendaItemId) -> Result<(MeetingId, RoomItem)> {
    let row = agenda_item::Entity::find_by_id(id.uuid()).one(db).await?.ok_or(Error::NotFound)?;
    if row.state == "dropped" {
        return Err(Error::NotFound);
    }
    Ok((MeetingId::from_uuid(row.meeting_id), item_from(keys, row)?))
}

fn item_from(keys: &Keys, row: agenda_item::Model) -> Result<RoomItem> {
    let broken = || Error::Inconsistent { table: "agenda_item", row: row.id };
    let about = match (row.kind.as_str(), row.case_id, &row.title) {
        ("case", Some(case), _) => About::Case(CaseId::from_uuid(case)),
        ("general", _, Some(title)) => {
            About::General(keys.open_text(Place { column: "agenda_item.title", row: row.id }, title)?)
        }
        ("anonymous", ..) => About::Anonymous,
        _ => return Err(broken()),
    };
    Ok(RoomItem {
        id: AgendaItemId::from_uuid(row.id),
        about,
        minutes: row.minutes,
        state: row.state,
        opened_at: row.opened_at,
        closed_at: row.closed_at,
    })
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
pub(crate) async fn attendees(db: &impl ConnectionTrait, meeting: MeetingId) -> Result<Vec<Attendee>> {
    let rows = attendance::Entity::find()
        .filter(attendance::Column::MeetingId.eq(meeting.uuid()))
        .order_by_asc(attendance::Column::ArrivedAt)
        .order_by_asc(attendance::Column::Id)
        .all(db)
        .await?;
    let units = unit::Entity::find().filter(unit::Column::Id.is_in(rows.iter().map(|row| row.unit_id))).all(db).await?;
    rows.into_iter()
        .map(|row| {
            let broken = || Error::Inconsistent { table: "attendance", row: row.id };
            let unit = units.iter().find(|unit| unit.id == row.unit_id).ok_or_else(broken)?;
            Ok(Attendee {
                id: row.id,
                unit: UnitId::from_uuid(row.unit_id),
                unit_name: unit.short_name.clone(),
                kind: UnitKind::from_code(&unit.kind).map_err(|_| broken())?,
                name: row.name,
                arrived_at: row.arrived_at,
                left_at: row.left_at,
            })
        })
        .collect()
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
