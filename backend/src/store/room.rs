//! What happens to a meeting while it runs: items begin and end, people come and go.

use chrono::{DateTime, Utc};
use domain::{
    id::{AgendaItemId, MeetingId, PersonId, UnitId},
    unit::UnitKind,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

use crate::{
    Error, Result,
    entity::{agenda_item, attendance, unit},
};

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
