//! What an invitation's link shows, without signing in: when, where, which forum, and the answer.

use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use domain::{
    meeting::{InvitationAnswer, MeetingState},
    visibility::{Role, Viewer},
};
use sea_orm::ConnectionTrait;

use crate::{
    Backend, Error, Result,
    agenda::{Agenda, begins, units_meant_by},
    call::{able, next_deputy},
    crypt::Keys,
    store::{
        self,
        invitation::{Invitation, Slot},
        meeting::Meeting,
    },
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
    /// One's own part of it, where one is asked to a part: local.
    pub own: Option<(NaiveDateTime, NaiveDateTime)>,
    /// One's own items, where there are several and they can be answered one by one: when, and whether one comes. Nothing of what
    /// they are about.
    pub items: Vec<OwnTime>,
    /// Whether somebody else of the unit can be asked.
    pub has_deputy: bool,
    /// Whether it can still be answered.
    pub can_answer: bool,
    /// Whether it can be fetched as a file for a calendar.
    pub in_a_file: bool,
    /// The invited person's language, `sv` or `en`.
    pub language: String,
}

/// The time of one of somebody's items. Local.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnTime {
    /// Its start.
    pub starts: NaiveTime,
    /// Its end.
    pub ends: NaiveTime,
    /// Whether they come to it, as answered so far.
    pub comes: bool,
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
    let can_answer = can_answer(&meeting, now);
    let agenda = own_agenda(backend.db(), backend.keys(), meeting.clone(), &invitation, now).await?;
    let person = store::person::load(backend.db(), invitation.person).await?;
    Ok(InvitationPage {
        forum: forum.name,
        starts: meeting.starts_at(),
        ends: meeting.ends_at(),
        state: meeting.stage.state,
        answer: invitation.answer,
        own: invitation.slot.map(|slot| span(&meeting, Some(slot))),
        items: own_times(&agenda, &invitation),
        has_deputy: can_answer && has_deputy(backend.db(), backend.keys(), &meeting, &agenda, &invitation).await?,
        can_answer,
        in_a_file: can_answer && !person.by_mail,
        place: meeting.place,
        language: person.language,
    })
}

/// A meeting's agenda with the eyes of somebody invited to it.
pub(crate) async fn own_agenda(
    db: &impl ConnectionTrait,
    keys: &Keys,
    meeting: Meeting,
    invitation: &Invitation,
    now: DateTime<Utc>,
) -> Result<Agenda> {
    let viewer = Viewer { person: invitation.person, unit: invitation.unit, role: Role::Participant };
    Agenda::load(db, keys, meeting, viewer, now).await
}

/// The times of somebody's items, where they are asked to a part of the meeting and it is of several.
pub(crate) fn own_times(agenda: &Agenda, invitation: &Invitation) -> Vec<OwnTime> {
    let times: Vec<OwnTime> = agenda
        .items_for(invitation.unit, invitation.person)
        .map(|entry| OwnTime {
            starts: entry.starts.time(),
            ends: entry.ends.time(),
            comes: invitation.comes_to(entry.item.id) != Some(false),
        })
        .collect();
    if invitation.slot.is_some() && times.len() > 1 { times } else { Vec::new() }
}

/// Whether somebody else of an invited person's unit can be asked in their place.
pub(crate) async fn has_deputy(
    db: &impl ConnectionTrait,
    keys: &Keys,
    meeting: &Meeting,
    agenda: &Agenda,
    invitation: &Invitation,
) -> Result<bool> {
    let Some(seat) = agenda.table.iter().find(|seat| seat.unit == invitation.unit) else { return Ok(false) };
    let meant = units_meant_by(db, keys, meeting).await?;
    let invited = store::invitation::to_meetings(db, [meeting.id]).await?;
    let able = able(db, &agenda.table).await?;
    let next = meant.get(&seat.unit).and_then(|meant| next_deputy(seat, meant, &able, &invited));
    Ok(next.is_some())
}

/// The local times somebody is asked to: their own part of a meeting, or the whole.
pub(crate) fn span(meeting: &Meeting, slot: Option<Slot>) -> (NaiveDateTime, NaiveDateTime) {
    let Some(slot) = slot else { return (meeting.starts_at(), meeting.ends_at()) };
    let after = |minutes: u32| {
        let starts = meeting.starts_at();
        starts.checked_add_signed(TimeDelta::minutes(minutes.into())).unwrap_or(starts)
    };
    (after(slot.from), after(slot.from.saturating_add(slot.minutes)))
}

/// Whether a meeting's invitations can be answered.
pub(crate) fn can_answer(meeting: &Meeting, now: DateTime<Utc>) -> bool {
    meeting.stage.state == MeetingState::Published && now < begins(meeting)
}

/// Whether one's part of a meeting to come can be fetched as a file: as one's own calendar holds it, if mail does not put it there (rules
/// 7, 51).
pub(crate) async fn in_a_file(backend: &Backend, invitation: &Invitation) -> Result<bool> {
    let person = store::person::load(backend.db(), invitation.person).await?;
    let stands = stands(backend.db(), backend.keys(), invitation, backend.now()).await?;
    Ok(stands.is_some() && !person.by_mail)
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
