//! People asked to come to a meeting for their unit.

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::{
    id::{InvitationId, MeetingId, PersonId, UnitId},
    meeting::InvitationAnswer,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    crypt::{Keys, token_hash},
    entity::invitation,
    tx::Tx,
};

/// An invitation.
#[derive(Clone, Debug)]
pub(crate) struct Invitation {
    pub id: InvitationId,
    pub meeting: MeetingId,
    pub unit: UnitId,
    pub person: PersonId,
    pub answer: InvitationAnswer,
    pub withdrawn: bool,
    /// What the last letter said, or what was so when it was sent; none before the first.
    pub told: Option<Told>,
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
}

const TOKEN: &str = "invitation.token";

/// The secret of an invitation's link: 256 bits that only this installation's key can derive from the random id, so that a
/// mail tried again is the same mail, while the database holds a hash alone. None where the key it was made with is gone.
pub(crate) async fn token(db: &impl ConnectionTrait, keys: &Keys, id: InvitationId) -> Result<Option<String>> {
    let row = invitation::Entity::find_by_id(id.uuid()).one(db).await?.ok_or(Error::NotFound)?;
    Ok(keys.indexes(TOKEN, &id.to_string()).into_iter().find(|token| token_hash(token) == row.token_hash))
}

/// Asks a person to come for a unit.
pub(crate) async fn create(tx: &Tx, meeting: MeetingId, unit: UnitId, person: PersonId) -> Result<InvitationId> {
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
    };
    invitation::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(id)
}

/// Lets an invitation that was withdrawn stand again, unanswered.
pub(crate) async fn renew(tx: &Tx, id: InvitationId) -> Result<()> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::WithdrawnAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(invitation::Column::SentAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(invitation::Column::Told, Expr::value(None::<String>))
        .col_expr(invitation::Column::Answer, Expr::value(InvitationAnswer::Pending.code()))
        .col_expr(invitation::Column::AnsweredAt, Expr::value(None::<DateTime<Utc>>))
        .filter(invitation::Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
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
    let rows = invitation::Entity::find()
        .filter(invitation::Column::PersonId.eq(person.uuid()))
        .filter(invitation::Column::WithdrawnAt.is_null())
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

/// Writes an answer down.
pub(crate) async fn set_answer(tx: &Tx, id: InvitationId, answer: InvitationAnswer) -> Result<()> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::Answer, Expr::value(answer.code()))
        .col_expr(invitation::Column::AnsweredAt, Expr::value(tx.now()))
        .filter(invitation::Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Asks all who are invited to a meeting again: they answered for another time.
pub(crate) async fn ask_again(tx: &Tx, meeting: MeetingId) -> Result<()> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::Answer, Expr::value(InvitationAnswer::Pending.code()))
        .col_expr(invitation::Column::AnsweredAt, Expr::value(None::<DateTime<Utc>>))
        .filter(invitation::Column::MeetingId.eq(meeting.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Writes down what somebody is told now, if they were last told `before`. Says whether that was so.
pub(crate) async fn tell(tx: &Tx, id: InvitationId, before: &Told, now: &Told) -> Result<bool> {
    let told = invitation::Entity::update_many()
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
pub(crate) async fn mark_sent(tx: &Tx, id: InvitationId, told: &Told) -> Result<()> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::SentAt, Expr::value(tx.now()))
        .col_expr(invitation::Column::Told, Expr::value(words(told)?))
        .filter(invitation::Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Takes an invitation back: its link is as one that never was. Says whether it stood until now.
pub(crate) async fn withdraw(tx: &Tx, id: InvitationId) -> Result<bool> {
    let withdrawn = invitation::Entity::update_many()
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
        Ok(Self {
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
