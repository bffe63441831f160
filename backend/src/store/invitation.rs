//! People asked to come to a meeting for their unit.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use domain::{
    id::{AgendaItemId, InvitationId, MeetingId, PersonId, UnitId},
    meeting::InvitationAnswer,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, UpdateMany,
    sea_query::{Expr, ExprTrait, Query},
};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    crypt::{Keys, token_hash},
    entity::{invitation, meeting},
    tx::Tx,
};

/// An invitation.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four things that happen to it, each on its own")]
pub(crate) struct Invitation {
    pub id: InvitationId,
    pub meeting: MeetingId,
    pub unit: UnitId,
    pub person: PersonId,
    pub answer: InvitationAnswer,
    pub withdrawn: bool,
    /// What the last letter said, or what was so when it was sent; none before the first.
    pub told: Option<Told>,
    /// Their own time; none for who is asked to the whole meeting.
    pub slot: Option<Slot>,
    /// How often it changed.
    pub slot_sequence: u32,
    /// When it last did.
    pub slot_changed_at: DateTime<Utc>,
    /// The items they cannot come to, though they come.
    pub declined: BTreeSet<AgendaItemId>,
    /// Whether they were asked in the place of somebody who cannot come.
    pub stand_in: bool,
    /// Whether they were reminded since they were last asked.
    pub reminded: bool,
    /// Whether mail put it into their calendar, and nothing took it out.
    pub in_calendar: bool,
}

impl Invitation {
    /// As [`mark_sent`] leaves it.
    pub(crate) fn as_sent(&self, told: &Told) -> Self {
        let sequence = self.slot_sequence + u32::from(self.slot != told.slot);
        Self { told: Some(told.clone()), slot: told.slot, slot_sequence: sequence, ..self.clone() }
    }

    /// Whether they come to an item: none while they have not answered.
    pub(crate) fn comes_to(&self, item: AgendaItemId) -> Option<bool> {
        match self.answer {
            InvitationAnswer::Pending => None,
            InvitationAnswer::Coming | InvitationAnswer::Deputy => Some(!self.declined.contains(&item)),
            InvitationAnswer::Declined => Some(false),
        }
    }
}

/// Somebody's own part of a meeting, from their first item to their last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Slot {
    /// Minutes from the start of the meeting.
    pub from: u32,
    pub minutes: u32,
}

/// What somebody has been told of a meeting they are invited to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Told {
    /// Local start.
    pub starts: NaiveDateTime,
    pub minutes: u16,
    pub place: String,
    pub cancelled: bool,
    /// A digest of the items that are theirs to know, with their times.
    pub agenda: String,
    /// Their own time.
    pub slot: Option<Slot>,
}

const TOKEN: &str = "invitation.token";

/// The secret of an invitation's link: 256 bits that only this installation's key can derive from the random id, so that a
/// mail tried again is the same mail, while the database holds a hash alone. None where the key it was made with is gone.
pub(crate) async fn token(db: &impl ConnectionTrait, keys: &Keys, id: InvitationId) -> Result<Option<String>> {
    let row = invitation::Entity::find_by_id(id.uuid()).one(db).await?.ok_or(Error::NotFound)?;
    Ok(keys.indexes(TOKEN, &id.to_string()).into_iter().find(|token| token_hash(token) == row.token_hash))
}

/// How somebody is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// Their own time; none for the whole meeting.
    pub slot: Option<Slot>,
    /// In the place of somebody who cannot come.
    pub stand_in: bool,
}

/// Asks a person to come for a unit.
pub(crate) async fn create(
    tx: &Tx,
    meeting: MeetingId,
    (unit, person): (UnitId, PersonId),
    Asked { slot, stand_in }: Asked,
) -> Result<InvitationId> {
    let id = InvitationId::from_uuid(tx.new_id());
    let row = invitation::ActiveModel {
        id: Set(id.uuid()),
        meeting_id: Set(meeting.uuid()),
        unit_id: Set(unit.uuid()),
        person_id: Set(person.uuid()),
        token_hash: Set(token_hash(&tx.backend().keys().index(TOKEN, &id.to_string()))),
        created_at: Set(tx.now()),
        sent_at: Set(None),
        told: Set(None),
        answer: Set(InvitationAnswer::Pending.code().into()),
        answered_at: Set(None),
        withdrawn_at: Set(None),
        slot_from: Set(slot.map(|slot| slot.from.into())),
        slot_minutes: Set(slot.map(|slot| slot.minutes.into())),
        slot_sequence: Set(0),
        slot_changed_at: Set(tx.now()),
        declined: Set("[]".into()),
        stand_in: Set(stand_in),
        reminded_at: Set(None),
        in_calendar: Set(false),
    };
    invitation::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(id)
}

/// Lets an invitation that was withdrawn stand again, unanswered.
pub(crate) async fn renew(tx: &Tx, id: InvitationId, Asked { slot, stand_in }: Asked) -> Result<()> {
    with_slot(tx, unanswered(invitation::Entity::update_many()), slot)
        .col_expr(invitation::Column::StandIn, Expr::value(stand_in))
        .col_expr(invitation::Column::WithdrawnAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(invitation::Column::SentAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(invitation::Column::Told, Expr::value(None::<String>))
        .filter(invitation::Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Nothing answered yet, and nobody reminded.
fn unanswered(change: UpdateMany<invitation::Entity>) -> UpdateMany<invitation::Entity> {
    change
        .col_expr(invitation::Column::Answer, Expr::value(InvitationAnswer::Pending.code()))
        .col_expr(invitation::Column::AnsweredAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(invitation::Column::Declined, Expr::value("[]"))
        .col_expr(invitation::Column::RemindedAt, Expr::value(None::<DateTime<Utc>>))
}

/// Another time of their own.
fn with_slot(tx: &Tx, change: UpdateMany<invitation::Entity>, slot: Option<Slot>) -> UpdateMany<invitation::Entity> {
    change
        .col_expr(invitation::Column::SlotFrom, Expr::value(slot.map(|slot| i64::from(slot.from))))
        .col_expr(invitation::Column::SlotMinutes, Expr::value(slot.map(|slot| i64::from(slot.minutes))))
        .col_expr(invitation::Column::SlotSequence, Expr::col(invitation::Column::SlotSequence).add(1))
        .col_expr(invitation::Column::SlotChangedAt, Expr::value(tx.now()))
}

/// The invitations to these meetings.
pub(crate) async fn to_meetings(
    db: &impl ConnectionTrait,
    meetings: impl IntoIterator<Item = MeetingId>,
) -> Result<Vec<Invitation>> {
    let ids = meetings.into_iter().map(MeetingId::uuid);
    let rows = invitation::Entity::find()
        .filter(invitation::Column::MeetingId.is_in(ids))
        .order_by_asc(invitation::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The invitations of a person that have not been withdrawn.
pub(crate) async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Invitation>> {
    let mut all = every_of_person(db, person).await?;
    all.retain(|one| !one.withdrawn);
    Ok(all)
}

/// The invitations of a person to meetings from one date to another, both included; also those that were withdrawn.
pub(crate) async fn of_person_between(
    db: &impl ConnectionTrait,
    person: PersonId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<Invitation>> {
    let meetings = Query::select()
        .column(meeting::Column::Id)
        .from(meeting::Entity)
        .and_where(meeting::Column::OnDate.between(from, until))
        .to_owned();
    let rows = invitation::Entity::find()
        .filter(invitation::Column::PersonId.eq(person.uuid()))
        .filter(invitation::Column::MeetingId.in_subquery(meetings))
        .order_by_asc(invitation::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The invitations of a person, also those that were withdrawn.
pub(crate) async fn every_of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Invitation>> {
    let rows = invitation::Entity::find()
        .filter(invitation::Column::PersonId.eq(person.uuid()))
        .order_by_asc(invitation::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// One invitation.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: InvitationId) -> Result<Invitation> {
    invitation::Entity::find_by_id(id.uuid()).one(db).await?.ok_or(Error::NotFound)?.try_into()
}

/// The invitation whose link holds this secret.
pub(crate) async fn by_token(db: &impl ConnectionTrait, token: &str) -> Result<Invitation> {
    let hash = token_hash(token);
    let row = invitation::Entity::find().filter(invitation::Column::TokenHash.eq(hash)).one(db).await?;
    row.ok_or(Error::NotFound)?.try_into()
}

/// Writes an answer down, with the items they cannot come to.
pub(crate) async fn set_answer(
    tx: &Tx,
    id: InvitationId,
    answer: InvitationAnswer,
    declined: &BTreeSet<AgendaItemId>,
) -> Result<()> {
    let declined = serde_json::to_string(declined)
        .map_err(|_| Error::Fault("what somebody cannot come to cannot be written down"))?;
    invitation::Entity::update_many()
        .col_expr(invitation::Column::Declined, Expr::value(declined))
        .col_expr(invitation::Column::Answer, Expr::value(answer.code()))
        .col_expr(invitation::Column::AnsweredAt, Expr::value(tx.now()))
        .filter(invitation::Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Asks all who are invited to a meeting again: they answered for another time.
pub(crate) async fn ask_again(tx: &Tx, meeting: MeetingId) -> Result<()> {
    unanswered(invitation::Entity::update_many())
        .filter(invitation::Column::MeetingId.eq(meeting.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Writes down what somebody is told now, if they were last told `before`. Says whether that was so.
pub(crate) async fn tell(tx: &Tx, id: InvitationId, before: &Told, now: &Told) -> Result<bool> {
    let mut change = invitation::Entity::update_many();
    if before.slot != now.slot {
        change = with_slot(tx, change, now.slot);
    }
    let told = change
        .col_expr(invitation::Column::Told, Expr::value(words(now)?))
        .filter(invitation::Column::Id.eq(id.uuid()))
        .filter(invitation::Column::WithdrawnAt.is_null())
        .filter(invitation::Column::Told.eq(words(before)?))
        .exec(tx.db())
        .await?;
    Ok(told.rows_affected > 0)
}

fn words(told: &Told) -> Result<String> {
    serde_json::to_string(told).map_err(|_| Error::Fault("what somebody was told cannot be written down"))
}

/// Writes down that its mail was handed over, and what it rested on.
pub(crate) async fn mark_sent(tx: &Tx, sent: &Invitation, told: &Told) -> Result<()> {
    let mut change = invitation::Entity::update_many();
    if sent.slot != told.slot {
        change = with_slot(tx, change, told.slot);
    }
    change
        .col_expr(invitation::Column::SentAt, Expr::value(tx.now()))
        .col_expr(invitation::Column::Told, Expr::value(words(told)?))
        .filter(invitation::Column::Id.eq(sent.id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Writes down that somebody was reminded.
pub(crate) async fn mark_reminded(tx: &Tx, id: InvitationId) -> Result<()> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::RemindedAt, Expr::value(tx.now()))
        .filter(invitation::Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Counts a change of an event that is no other time: it goes to their calendar another way (rules 20, 48).
pub(crate) async fn count_change(tx: &Tx, id: InvitationId) -> Result<()> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::SlotSequence, Expr::col(invitation::Column::SlotSequence).add(1))
        .col_expr(invitation::Column::SlotChangedAt, Expr::value(tx.now()))
        .filter(invitation::Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Writes down that mail put a meeting into somebody's calendar, by the letter of one invitation.
pub(crate) async fn put_in_calendar(tx: &Tx, id: InvitationId) -> Result<()> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::InCalendar, Expr::value(true))
        .filter(invitation::Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Writes down that mail took a meeting out of somebody's calendar, whichever units they were asked for.
pub(crate) async fn take_from_calendar(tx: &Tx, meeting: MeetingId, person: PersonId) -> Result<()> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::InCalendar, Expr::value(false))
        .filter(invitation::Column::MeetingId.eq(meeting.uuid()))
        .filter(invitation::Column::PersonId.eq(person.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Takes an invitation back: its link is as one that never was. Says whether it stood until now.
pub(crate) async fn withdraw(tx: &Tx, id: InvitationId) -> Result<bool> {
    // Of somebody asked for two units what is left may begin at another time.
    let withdrawn = invitation::Entity::update_many()
        .col_expr(invitation::Column::SlotSequence, Expr::col(invitation::Column::SlotSequence).add(1))
        .col_expr(invitation::Column::SlotChangedAt, Expr::value(tx.now()))
        .col_expr(invitation::Column::WithdrawnAt, Expr::value(tx.now()))
        .filter(invitation::Column::Id.eq(id.uuid()))
        .filter(invitation::Column::WithdrawnAt.is_null())
        .exec(tx.db())
        .await?;
    Ok(withdrawn.rows_affected > 0)
}

impl TryFrom<invitation::Model> for Invitation {
    type Error = Error;

    fn try_from(row: invitation::Model) -> Result<Self> {
        let broken = || Error::Inconsistent { table: "invitation", row: row.id };
        let answer = InvitationAnswer::from_code(&row.answer).map_err(|_| broken())?;
        let told = row.told.as_deref().map(serde_json::from_str).transpose().map_err(|_| broken())?;
        let slot = match (row.slot_from, row.slot_minutes) {
            (Some(from), Some(minutes)) => {
                let read = |number: i64| number.try_into().map_err(|_| broken());
                Some(Slot { from: read(from)?, minutes: read(minutes)? })
            }
            _ => None,
        };
        Ok(Self {
            slot,
            slot_sequence: row.slot_sequence.try_into().map_err(|_| broken())?,
            slot_changed_at: row.slot_changed_at,
            declined: serde_json::from_str(&row.declined).map_err(|_| broken())?,
            stand_in: row.stand_in,
            reminded: row.reminded_at.is_some(),
            in_calendar: row.in_calendar,
            id: InvitationId::from_uuid(row.id),
            meeting: MeetingId::from_uuid(row.meeting_id),
            unit: UnitId::from_uuid(row.unit_id),
            person: PersonId::from_uuid(row.person_id),
            answer,
            withdrawn: row.withdrawn_at.is_some(),
            told,
        })
    }
}
