//! Looks at a meeting that was changed after people were invited: takes back the invitations of those it is no longer for, and
//! tells each of the others what is new for them, if anything is. Whatever changed it asks for this in its own transaction, and
//! needs to know nothing of who is invited; nor does the time it takes tell anything of it (S20).

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    id::{CaseId, ForumId, MeetingId, UnitId},
    meeting::{InvitationAnswer, MeetingState},
    time::instant,
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{meeting_news, reminder};
use crate::{
    Backend, Error, Result,
    actor::Doer,
    agenda::{begins, units_meant_by},
    audit::{Action, Event},
    call,
    crypt::Keys,
    mail::News,
    store::{
        self,
        invitation::{Invitation, Told},
        job::Job,
        meeting::Meeting,
        roster::Seat,
    },
    tx::Tx,
    view::invitation::{own_agenda, works_there},
};

pub(super) const KIND: &str = "meeting_changed";

/// Who plans changes more than one thing: what changes meanwhile is told in the same letter.
const QUIET: TimeDelta = TimeDelta::minutes(5);
/// Less just before the meeting …
const QUIET_NEAR: TimeDelta = TimeDelta::minutes(1);
/// … which is this long.
const NEAR: TimeDelta = TimeDelta::hours(2);
/// Nobody waits longer than so many quiet times, however much is changed.
const PATIENCE: i32 = 3;

#[derive(Serialize, Deserialize)]
struct Payload {
    meeting: Uuid,
    /// Told at once, and only this: that somebody need not come.
    urgent: bool,
}

/// Has a meeting looked at that is not held, or not for everybody any more: at once.
pub(crate) async fn told_at_once(tx: &Tx, meeting: MeetingId) -> Result<()> {
    store::job::enqueue_joined(tx, KIND, payload(meeting, true)?, TimeDelta::zero(), TimeDelta::zero()).await
}

/// Has a meeting looked at whose time, place or agenda changed, once its planner has been quiet for a while. `first` is when it
/// begins, or was to begin, whichever comes first.
pub(crate) async fn told_when_quiet(tx: &Tx, meeting: &Meeting, first: DateTime<Utc>) -> Result<()> {
    if meeting.stage.state != MeetingState::Published {
        return Ok(()); // nobody is invited, or they are in the room
    }
    let quiet = if first - tx.now() < NEAR { QUIET_NEAR } else { QUIET };
    store::job::enqueue_joined(tx, KIND, payload(meeting.id, false)?, quiet, quiet * PATIENCE).await
}

/// Has all meetings looked at that people are invited to and that take up a case whose consent or circle changed.
pub(crate) async fn of_case(tx: &Tx, case: CaseId) -> Result<()> {
    for meeting in store::agenda::called_with(tx.db(), case).await? {
        told_at_once(tx, meeting.id).await?;
        told_when_quiet(tx, &meeting, begins(&meeting)).await?;
    }
    Ok(())
}

/// Has all meetings of a forum looked at that people are invited to, from a day on that others sit at its table.
pub(crate) async fn of_table(tx: &Tx, forum: ForumId, from: NaiveDate) -> Result<()> {
    for meeting in store::meeting::called_from(tx.db(), forum, from).await? {
        told_at_once(tx, meeting.id).await?;
    }
    Ok(())
}

fn payload(meeting: MeetingId, urgent: bool) -> Result<String> {
    serde_json::to_string(&Payload { meeting: meeting.uuid(), urgent })
        .map_err(|_| Error::Fault("a changed meeting cannot be written down"))
}

/// What becomes of an invitation.
enum Outcome {
    /// It no longer stands.
    Over,
    /// It no longer stands, as others sit there for the unit on the day: these come in their place.
    HandedOver,
    /// It stands, and this is new.
    New { news: News, before: Told, now: Told },
}

/// Looks, takes back, and puts one letter for each in the outbox.
pub(super) async fn look(backend: &Backend, job: &Job) -> Result<()> {
    let broken = || Error::Inconsistent { table: "job", row: job.id };
    let Payload { meeting, urgent } = serde_json::from_str(&job.payload).map_err(|_| broken())?;
    // Read before the transaction begins, so that nobody waits for it; what is written is held against what was read.
    let meeting = store::meeting::load(backend.db(), MeetingId::from_uuid(meeting)).await?;
    let found = outcomes(backend, &meeting, urgent).await?;
    let mut tx = backend.write(Doer::SYSTEM).await?;
    let mut left = BTreeSet::new();
    for (invitation, outcome) in found {
        match outcome {
            Outcome::Over => call_off(&mut tx, &invitation).await?,
            Outcome::HandedOver => {
                call_off(&mut tx, &invitation).await?;
                left.insert(invitation.unit);
            }
            Outcome::New { news, before, now } => {
                if store::invitation::tell(&tx, invitation.id, &before, &now).await? {
                    meeting_news::enqueue(&tx, invitation.id, news, before.starts).await?;
                    if news == News::Moved {
                        reminder::enqueue(&tx, invitation.id, &meeting).await?;
                    }
                }
            }
        }
    }
    if !left.is_empty() {
        call::call_in_place(&tx, &meeting, &left).await?;
    }
    store::job::finish(&tx, job.id, None).await?;
    tx.commit(Event::new(Action::Housekeeping).subject(meeting.id.uuid())).await
}

/// Calls off those who were asked in the place of others of their unit and have not answered: one of these comes after all.
pub(crate) async fn call_off_stand_ins(tx: &mut Tx, meeting: MeetingId, unit: UnitId) -> Result<()> {
    for one in store::invitation::to_meetings(tx.db(), [meeting]).await? {
        if one.unit == unit && one.stand_in && one.answer == InvitationAnswer::Pending {
            call_off(tx, &one).await?;
        }
    }
    Ok(())
}

/// Takes an invitation back. A letter says so to those who had one, unless they work elsewhere now.
async fn call_off(tx: &mut Tx, invitation: &Invitation) -> Result<()> {
    if !store::invitation::withdraw(tx, invitation.id).await? {
        return Ok(());
    }
    // Read again behind the lock: the first letter may have been handed over since.
    let told = store::invitation::by_id(tx.db(), invitation.id).await?.told;
    if let Some(told) = told.filter(|told| !told.cancelled)
        && works_there(tx.db(), invitation, tx.now()).await?
    {
        meeting_news::enqueue(tx, invitation.id, News::Over, told.starts).await?;
    }
    tx.record(Event::new(Action::InvitationWithdrawn).subject(invitation.id.uuid()));
    Ok(())
}

async fn outcomes(backend: &Backend, meeting: &Meeting, urgent: bool) -> Result<Vec<(Invitation, Outcome)>> {
    let (db, keys, at) = (backend.db(), backend.keys(), backend.now());
    let past = instant(meeting.ends_at()).is_ok_and(|ends| ends < at);
    if past || matches!(meeting.stage.state, MeetingState::Draft | MeetingState::Held) {
        return Ok(Vec::new());
    }
    let meant = units_meant_by(db, keys, meeting).await?;
    let table = store::roster::seats(db, meeting.forum, meeting.on).await?;
    let mut found = Vec::new();
    for invitation in store::invitation::to_meetings(db, [meeting.id]).await? {
        if invitation.withdrawn {
            continue;
        }
        let employed = works_there(db, &invitation, at).await?;
        let is_meant = meant.get(&invitation.unit).is_some_and(|meant| meant.is_for(invitation.person));
        if !(employed && is_meant) {
            found.push((invitation, Outcome::Over));
            continue;
        }
        // Who is in the room already has come, whoever sits there from today on.
        let sits = |seat: &Seat| seat.unit == invitation.unit && seat.sitters().any(|one| one == invitation.person);
        if meeting.stage.state == MeetingState::Published && !table.iter().any(sits) {
            found.push((invitation, Outcome::HandedOver));
            continue;
        }
        // Without a first letter there is nothing to correct: that one will say what is so when it leaves.
        let Some(before) = invitation.told.clone() else { continue };
        let now = told(db, keys, meeting, &invitation, at).await?;
        let wanted =
            |news: &News| *news == News::Cancelled || (!urgent && meeting.stage.state == MeetingState::Published);
        if let Some(news) = news(&before, &now).filter(wanted) {
            found.push((invitation, Outcome::New { news, before, now }));
        }
    }
    Ok(found)
}

/// What is so of a meeting for somebody invited, now.
pub(super) async fn told(
    db: &impl ConnectionTrait,
    keys: &Keys,
    meeting: &Meeting,
    invitation: &Invitation,
    at: DateTime<Utc>,
) -> Result<Told> {
    let agenda = own_agenda(db, keys, meeting.clone(), invitation, at).await?;
    Ok(Told {
        starts: meeting.starts_at(),
        minutes: meeting.minutes,
        place: meeting.place.clone(),
        cancelled: meeting.stage.state == MeetingState::Cancelled,
        agenda: agenda.digest(),
        slot: agenda.slot(invitation.unit, invitation.person),
    })
}

/// What is new for somebody who was told something: the weightiest.
fn news(before: &Told, now: &Told) -> Option<News> {
    if now.cancelled {
        (!before.cancelled).then_some(News::Cancelled)
    } else if before.starts != now.starts {
        Some(News::Moved)
    } else if before.minutes != now.minutes || before.place != now.place {
        Some(News::Changed)
    } else if before.slot != now.slot {
        Some(News::Slot)
    } else {
        (before.agenda != now.agenda).then_some(News::Agenda)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::invitation::Slot;

    fn said() -> Told {
        Told {
            starts: "2026-11-26T09:00:00".parse().unwrap(),
            minutes: 120,
            place: "Kanarierummet".into(),
            cancelled: false,
            agenda: "a".into(),
            slot: Some(Slot { from: 50, minutes: 25 }),
        }
    }

    #[test]
    fn the_weightiest_is_told_and_what_was_told_is_not_told_again() {
        let other_agenda = Told { agenda: "b".into(), ..said() };
        let elsewhere = Told { place: "Skolan".into(), ..other_agenda.clone() };
        let longer = Told { minutes: 150, ..other_agenda.clone() };
        let later = Told { starts: "2026-11-26T10:00:00".parse().unwrap(), ..elsewhere.clone() };
        let off = Told { cancelled: true, ..later.clone() };
        assert_eq!(news(&said(), &said()), None);
        assert_eq!(news(&said(), &other_agenda), Some(News::Agenda));
        let own_time = Told { slot: Some(Slot { from: 30, minutes: 25 }), ..other_agenda.clone() };
        assert_eq!(news(&said(), &own_time), Some(News::Slot));
        assert_eq!(news(&said(), &elsewhere), Some(News::Changed));
        assert_eq!(news(&said(), &longer), Some(News::Changed));
        assert_eq!(news(&said(), &later), Some(News::Moved));
        assert_eq!(news(&said(), &off), Some(News::Cancelled));
        assert_eq!(news(&off, &off), None);
    }
}
