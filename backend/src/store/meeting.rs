//! Meetings: their time, place and where they are in their life. Agendas are `store::agenda`'s.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use domain::{
    id::{AgendaItemId, ForumId, MeetingId, PersonId, SeriesId},
    meeting::{CancelReason, MeetingState, Stage},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::Query,
};
use uuid::Uuid;

use crate::{
    Error, Result,
    entity::{agenda_item, invitation, meeting},
};

/// One meeting of a forum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meeting {
    pub id: MeetingId,
    pub forum: ForumId,
    /// The series it was made from; none for a single one.
    pub series: Option<SeriesId>,
    /// The day of the series it stands for, also after it was moved: no second one is made for that day.
    pub series_on: Option<NaiveDate>,
    /// Local date.
    pub on: NaiveDate,
    /// Local time.
    pub starts: NaiveTime,
    pub minutes: u16,
    pub place: String,
    /// Why it was cancelled; none of one that is not, or where nobody said.
    pub cancelled_because: Option<CancelReason>,
    /// Its state, and the sequence number of its calendar event.
    pub stage: Stage,
    /// The UID of its calendar event, for life.
    pub calendar_uid: String,
    /// When what the calendar shows was last changed.
    pub changed_at: DateTime<Utc>,
    pub published_at: Option<DateTime<Utc>>,
    pub opened_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    /// The item under way.
    pub current_item: Option<AgendaItemId>,
    pub version: i64,
}

impl Meeting {
    /// Its start, local.
    pub fn starts_at(&self) -> NaiveDateTime {
        self.on.and_time(self.starts)
    }

    /// Its planned end, local.
    pub fn ends_at(&self) -> NaiveDateTime {
        let starts = self.starts_at();
        starts.checked_add_signed(TimeDelta::minutes(self.minutes.into())).unwrap_or(starts)
    }
}

impl TryFrom<meeting::Model> for Meeting {
    type Error = Error;

    fn try_from(row: meeting::Model) -> Result<Self> {
        let broken = || Error::Inconsistent { table: "meeting", row: row.id };
        Ok(Self {
            id: MeetingId::from_uuid(row.id),
            forum: ForumId::from_uuid(row.forum_id),
            series: row.series_id.map(SeriesId::from_uuid),
            series_on: row.series_on,
            on: row.on_date,
            starts: row.starts,
            minutes: row.minutes.try_into().map_err(|_| broken())?,
            stage: Stage {
                state: row.state.parse().map_err(|_| broken())?,
                sequence: row.sequence.try_into().map_err(|_| broken())?,
            },
            cancelled_because: match row.cancelled_because.as_deref().map(CancelReason::from_code) {
                None => None,
                Some(reason) => Some(reason.map_err(|_| broken())?),
            },
            place: row.place,
            calendar_uid: row.calendar_uid,
            changed_at: row.changed_at,
            published_at: row.published_at,
            opened_at: row.opened_at,
            closed_at: row.closed_at,
            current_item: row.current_item_id.map(AgendaItemId::from_uuid),
            version: row.version,
        })
    }
}

/// One meeting.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) async fn load(db: &impl ConnectionTrait, id: MeetingId) -> Result<Meeting> {
    meeting::Entity::find_by_id(id.uuid()).one(db).await?.ok_or(Error::NotFound)?.try_into()
}

/// The meeting that stands in calendars under a UID, if there is one.
pub(crate) async fn by_uid(db: &impl ConnectionTrait, uid: &str) -> Result<Option<Meeting>> {
    let row = meeting::Entity::find().filter(meeting::Column::CalendarUid.eq(uid)).one(db).await?;
    row.map(TryInto::try_into).transpose()
}

/// These meetings, by time; what does not exist is left out.
pub(crate) async fn with_ids(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = MeetingId>,
) -> Result<Vec<Meeting>> {
    let ids: Vec<Uuid> = ids.into_iter().map(MeetingId::uuid).collect();
    by_time(db, meeting::Entity::find().filter(meeting::Column::Id.is_in(ids))).await
}

/// The meetings somebody is or was invited to, from one date to another, both included, by time.
pub(crate) async fn of_invited(
    db: &impl ConnectionTrait,
    person: PersonId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<Meeting>> {
    let invited = Query::select()
        .column(invitation::Column::MeetingId)
        .from(invitation::Entity)
        .and_where(invitation::Column::PersonId.eq(person.uuid()))
        .to_owned();
    let wanted = meeting::Entity::find()
        .filter(meeting::Column::Id.in_subquery(invited))
        .filter(meeting::Column::OnDate.between(from, until));
    by_time(db, wanted).await
}

/// The meetings of all forums from one date to another, both included, by time; cancelled ones too.
pub(crate) async fn between(db: &impl ConnectionTrait, from: NaiveDate, until: NaiveDate) -> Result<Vec<Meeting>> {
    by_time(db, meeting::Entity::find().filter(meeting::Column::OnDate.between(from, until))).await
}

/// The meetings of all forums from a date on, by time; cancelled ones too.
pub(crate) async fn from_day(db: &impl ConnectionTrait, from: NaiveDate) -> Result<Vec<Meeting>> {
    by_time(db, meeting::Entity::find().filter(meeting::Column::OnDate.gte(from))).await
}

/// The meetings of a forum from a date on that people are invited to and that have not begun, by time.
pub(crate) async fn called_from(db: &impl ConnectionTrait, forum: ForumId, from: NaiveDate) -> Result<Vec<Meeting>> {
    let called = meeting::Entity::find()
        .filter(meeting::Column::ForumId.eq(forum.uuid()))
        .filter(meeting::Column::State.eq(MeetingState::Published.code()))
        .filter(meeting::Column::OnDate.gte(from));
    by_time(db, called).await
}

/// All meetings made from a series, by time.
pub(crate) async fn of_series(db: &impl ConnectionTrait, series: SeriesId) -> Result<Vec<Meeting>> {
    by_time(db, meeting::Entity::find().filter(meeting::Column::SeriesId.eq(series.uuid()))).await
}

async fn by_time(db: &impl ConnectionTrait, wanted: Select<meeting::Entity>) -> Result<Vec<Meeting>> {
    let rows = wanted
        .order_by_asc(meeting::Column::OnDate)
        .order_by_asc(meeting::Column::Starts)
        .order_by_asc(meeting::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(Meeting::try_from).collect()
}

/// Adds meetings.
pub(crate) async fn create_all(db: &impl ConnectionTrait, meetings: &[Meeting]) -> Result<()> {
    // 17 columns each: SQLite takes at most 32 766 values in one statement.
    for some in meetings.chunks(500) {
        let rows = some.iter().map(|meeting| row(meeting, meeting.version));
        meeting::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Saves a meeting that was loaded at `meeting.version`; in the database the version is then one more.
///
/// # Errors
/// [`Error::Stale`] when it was changed meanwhile.
pub(crate) async fn save(db: &impl ConnectionTrait, meeting: &Meeting) -> Result<()> {
    let saved = meeting::Entity::update_many()
        .set(row(meeting, meeting.version + 1))
        .filter(meeting::Column::Id.eq(meeting.id.uuid()))
        .filter(meeting::Column::Version.eq(meeting.version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Of these meetings, those with nothing on their agenda but what stands on each, and nobody invited.
pub(crate) async fn untouched(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = MeetingId>,
) -> Result<BTreeSet<MeetingId>> {
    let mut ids: BTreeSet<Uuid> = ids.into_iter().map(MeetingId::uuid).collect();
    let items: Vec<Uuid> = agenda_item::Entity::find()
        .select_only()
        .column(agenda_item::Column::MeetingId)
        .filter(agenda_item::Column::MeetingId.is_in(ids.iter().copied()))
        .filter(agenda_item::Column::ForumItemId.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let invitations: Vec<Uuid> = invitation::Entity::find()
        .select_only()
        .column(invitation::Column::MeetingId)
        .filter(invitation::Column::MeetingId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    for touched in items.iter().chain(&invitations) {
        ids.remove(touched);
    }
    Ok(ids.into_iter().map(MeetingId::from_uuid).collect())
}

/// Takes meetings away that are [`untouched`]; the caller makes sure of that.
pub(crate) async fn remove(db: &impl ConnectionTrait, ids: impl IntoIterator<Item = MeetingId>) -> Result<()> {
    let ids: Vec<Uuid> = ids.into_iter().map(MeetingId::uuid).collect();
    if !ids.is_empty() {
        let standing = agenda_item::Entity::delete_many();
        standing.filter(agenda_item::Column::MeetingId.is_in(ids.iter().copied())).exec(db).await?;
        meeting::Entity::delete_many().filter(meeting::Column::Id.is_in(ids)).exec(db).await?;
    }
    Ok(())
}

fn row(meeting: &Meeting, version: i64) -> meeting::ActiveModel {
    meeting::ActiveModel {
        id: Set(meeting.id.uuid()),
        forum_id: Set(meeting.forum.uuid()),
        series_id: Set(meeting.series.map(SeriesId::uuid)),
        series_on: Set(meeting.series_on),
        on_date: Set(meeting.on),
        starts: Set(meeting.starts),
        minutes: Set(meeting.minutes.into()),
        place: Set(meeting.place.clone()),
        state: Set(meeting.stage.state.code().into()),
        cancelled_because: Set(meeting.cancelled_because.map(|reason| reason.code().into())),
        sequence: Set(meeting.stage.sequence.into()),
        calendar_uid: Set(meeting.calendar_uid.clone()),
        changed_at: Set(meeting.changed_at),
        published_at: Set(meeting.published_at),
        opened_at: Set(meeting.opened_at),
        closed_at: Set(meeting.closed_at),
        current_item_id: Set(meeting.current_item.map(AgendaItemId::uuid)),
        version: Set(version),
    }
}
