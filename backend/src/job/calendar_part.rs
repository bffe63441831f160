//! What a letter does in the calendar of somebody who chose to have their meetings there by mail (rules 18–20, 47, 48, 51).

use chrono::{DateTime, Utc};
use domain::meeting::{MeetingState, Stage};

use crate::{
    Backend, Result,
    calendar::{Asked, Method, Occurrence, message},
    mail::{CalendarPart, answer_key},
    store::{
        self,
        invitation::{Invitation, Told},
        meeting::Meeting,
        person::PersonRecord,
    },
    tx::Tx,
    view::{
        feed::{Part, occurrence},
        invitation::stands,
    },
};

/// The part of a letter to an invited person that goes into their calendar: the meeting, where they chose that and it stands for
/// them; its end, where mail put it there and it does not, or they chose otherwise; none where there is nothing to say. `invitation` as
/// it is once the letter is sent.
pub(super) async fn calendar_part(
    backend: &Backend,
    person: &PersonRecord,
    invitation: &Invitation,
    stamped_at: DateTime<Utc>,
) -> Result<Option<CalendarPart>> {
    let (db, keys) = (backend.db(), backend.keys());
    let Some(address) = &backend.site().answers_to else { return Ok(None) };
    let mut every = store::invitation::every_of_person(db, person.id).await?;
    every.retain(|one| one.meeting == invitation.meeting);
    for one in every.iter_mut().filter(|one| one.id == invitation.id) {
        *one = invitation.clone();
    }
    let meeting = store::meeting::load(db, invitation.meeting).await?;
    let mut standing = Vec::new();
    if person.by_mail && meeting.stage.state == MeetingState::Published {
        for one in &every {
            if stands(db, keys, one, backend.now()).await?.is_some() {
                standing.push(one);
            }
        }
    }
    let in_calendar = every.iter().any(|one| one.in_calendar);
    let part = Part::of(&standing, &every);
    let (method, meeting, part) = match (&invitation.told, standing.is_empty()) {
        (_, false) => (Method::Request, meeting, part),
        // What they were told last: nothing of what it became since.
        (Some(told), true) if in_calendar => (Method::Cancel, as_told(meeting, told), Part { slot: told.slot, ..part }),
        _ => return Ok(None),
    };
    // The same of all their invitations to it: a calendar takes changes from whoever asked first.
    let Some(first) = every.first() else { return Ok(None) };
    let Some(token) = store::invitation::token(db, keys, first.id).await? else { return Ok(None) };
    let organizer = address.with(&answer_key(&token));
    let held: Occurrence = occurrence(meeting, part, &backend.site().origin);
    let asked = Asked {
        method,
        organizer: organizer.clone(),
        attendee: person.email.clone(),
        answer: invitation.answer,
        stamped_at,
    };
    Ok(Some(CalendarPart { method, text: message(&held, &asked, &person.language), organizer }))
}

fn as_told(meeting: Meeting, told: &Told) -> Meeting {
    Meeting {
        on: told.starts.date(),
        starts: told.starts.time(),
        minutes: told.minutes,
        place: told.place.clone(),
        stage: Stage {
            state: if told.cancelled { MeetingState::Cancelled } else { MeetingState::Published },
            ..meeting.stage
        },
        ..meeting
    }
}

/// Writes down what a letter that was sent did.
pub(super) async fn done(tx: &Tx, invitation: &Invitation, part: Option<&CalendarPart>) -> Result<()> {
    match part.map(|part| part.method) {
        Some(Method::Request) => store::invitation::put_in_calendar(tx, invitation.id).await,
        Some(Method::Cancel) => store::invitation::take_from_calendar(tx, invitation.meeting, invitation.person).await,
        None => Ok(()),
    }
}
