//! What an invitation's link shows, without signing in: when, where, which forum, and the answer.

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::meeting::{InvitationAnswer, MeetingState};
use sea_orm::ConnectionTrait;

use crate::{
    Backend, Error, Result,
    agenda::{begins, units_meant_by},
    crypt::Keys,
    store::{self, invitation::Invitation, meeting::Meeting},
};

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationPage {
    /// The forum's name.
    pub forum: String,
    /// Local time.
    pub starts: NaiveDateTime,
    /// Local time.
    pub ends: NaiveDateTime,
    /// Where; may be empty.
    pub place: String,
    /// Where the meeting is in its life.
    pub state: MeetingState,
    /// What was answered so far.
    pub answer: InvitationAnswer,
    /// Whether it can still be answered.
    pub can_answer: bool,
    /// The invited person's language, `sv` or `en`.
    pub language: String,
}

/// What the link with this secret shows.
///
/// # Errors
/// [`Error::NotFound`] for a link that does not stand, whatever the reason (rule 44).
pub async fn by_link(backend: &Backend, token: &str) -> Result<InvitationPage> {
    let invitation = store::invitation::by_token(backend.db(), token).await?;
    let now = backend.now();
    let meeting = stands(backend.db(), backend.keys(), &invitation, now).await?.ok_or(Error::NotFound)?;
    let forum = store::forum::load(backend.db(), meeting.forum).await?;
    let person = store::person::load(backend.db(), invitation.person).await?;
    Ok(InvitationPage {
        forum: forum.name,
        starts: meeting.starts_at(),
        ends: meeting.ends_at(),
        state: meeting.stage.state,
        answer: invitation.answer,
        can_answer: can_answer(&meeting, now),
        place: meeting.place,
        language: person.language,
    })
}

/// Whether a meeting's invitations can be answered.
pub(crate) fn can_answer(meeting: &Meeting, now: DateTime<Utc>) -> bool {
    meeting.stage.state == MeetingState::Published && now < begins(meeting)
}

/// The meeting of an invitation that stands: not taken back, its person still at work in its unit, and something on the
/// agenda for them, by what consent says now of the time of the meeting.
pub(crate) async fn stands(
    db: &impl ConnectionTrait,
    keys: &Keys,
    invitation: &Invitation,
    now: DateTime<Utc>,
) -> Result<Option<Meeting>> {
    if invitation.withdrawn {
        return Ok(None);
    }
    if !works_there(db, invitation, now).await? {
        return Ok(None);
    }
    let meeting = store::meeting::load(db, invitation.meeting).await?;
    let units = units_meant_by(db, keys, &meeting).await?;
    let meant = units.get(&invitation.unit).is_some_and(|meant| meant.is_for(invitation.person));
    Ok((meant && meeting.stage.state != MeetingState::Draft).then_some(meeting))
}

/// Whether an invited person still works in the unit they are to come for.
pub(crate) async fn works_there(
    db: &impl ConnectionTrait,
    invitation: &Invitation,
    now: DateTime<Utc>,
) -> Result<bool> {
    let person = store::person::load(db, invitation.person).await?;
    let today = domain::time::day(now);
    let works = store::assignment::of_person(db, invitation.person).await?;
    let works_there = works.iter().any(|work| work.unit == Some(invitation.unit) && work.holds_on(today));
    Ok(person.disabled_at.is_none() && works_there)
}
