//! The mail that tells somebody invited what changed.

use chrono::NaiveDateTime;
use domain::{id::InvitationId, meeting::MeetingState};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::calendar_part::{calendar_part, done};
use crate::{
    Backend, Error, Result,
    actor::Doer,
    audit::{Action, Event},
    calendar::Method,
    mail::{self, CalendarPart, Letter, Mailer, News},
    store::{self, invitation::Invitation, job::Job, person::PersonRecord},
    tx::Tx,
    view::invitation::{span, stands},
};

pub(super) const KIND: &str = "meeting_news";

#[derive(Serialize, Deserialize)]
struct Payload {
    invitation: Uuid,
    news: News,
    /// The local start they were told last.
    starts: NaiveDateTime,
}

/// Puts the letter in the outbox.
pub(crate) async fn enqueue(tx: &Tx, invitation: InvitationId, news: News, starts: NaiveDateTime) -> Result<()> {
    let payload = serde_json::to_string(&Payload { invitation: invitation.uuid(), news, starts });
    let payload = payload.map_err(|_| Error::Fault("news cannot be written down"))?;
    store::job::enqueue(tx, KIND, payload).await
}

/// Sends it, if it is still so at this very moment.
pub(super) async fn send(backend: &Backend, mailer: &Mailer, job: &Job) -> Result<()> {
    let broken = || Error::Inconsistent { table: "job", row: job.id };
    let Payload { invitation, news, starts } = serde_json::from_str(&job.payload).map_err(|_| broken())?;
    let invitation = store::invitation::by_id(backend.db(), InvitationId::from_uuid(invitation)).await?;
    let person = store::person::load(backend.db(), invitation.person).await?;
    let letter = if person.disabled_at.is_some() {
        None
    } else {
        let part = calendar_part(backend, &person, &invitation, job.created_at).await?;
        let part = part.filter(|part| goes_with(part.method, news));
        letter(backend, (&invitation, &person), news, starts, part).await?
    };
    if let Some(letter) = &letter {
        mailer.send(&person.email, letter, job.id, job.created_at).await?;
    }
    let (action, problem) = match letter {
        None => (Action::Housekeeping, Some("overtaken")),
        Some(_) => (Action::MeetingNewsSent, None),
    };
    let tx = backend.write(Doer::SYSTEM).await?;
    done(&tx, &invitation, letter.and_then(|letter| letter.calendar).as_ref()).await?;
    store::job::finish(&tx, job.id, problem).await?;
    tx.commit(Event::new(action).subject(invitation.id.uuid())).await
}

/// Whether a letter does this in a calendar. Who chose otherwise a moment ago has it taken out by a letter that says so.
fn goes_with(method: Method, news: News) -> bool {
    match news {
        // No other time, and nothing to answer.
        News::Agenda => false,
        News::Over | News::Cancelled | News::Channel => true,
        News::Moved | News::Changed | News::Slot | News::Reminder => method == Method::Request,
    }
}

/// What is to be said; nothing where it has been overtaken: by an invitation that stands again, or by one that does not.
async fn letter(
    backend: &Backend,
    (invitation, person): (&Invitation, &PersonRecord),
    news: News,
    starts: NaiveDateTime,
    part: Option<CalendarPart>,
) -> Result<Option<Letter>> {
    let language = &person.language;
    if news == News::Over {
        return Ok(invitation.withdrawn.then(|| mail::news(news, starts, (starts, starts), "", language, part)));
    }
    let Some(meeting) = stands(backend.db(), backend.keys(), invitation, backend.now()).await? else { return Ok(None) };
    let state = if news == News::Cancelled { MeetingState::Cancelled } else { MeetingState::Published };
    if meeting.stage.state != state || (news == News::Channel && part.is_none()) {
        return Ok(None);
    }
    let link = link(backend.db(), backend, invitation, news).await?;
    let now = span(&meeting, invitation.told.as_ref().and_then(|told| told.slot));
    Ok(Some(mail::news(news, starts, now, &link, language, part)))
}

/// Where it is answered again, where there is something to answer; else a page that asks for login.
pub(super) async fn link(
    db: &impl ConnectionTrait,
    backend: &Backend,
    invitation: &Invitation,
    news: News,
) -> Result<String> {
    let origin = &backend.site().origin;
    Ok(match news {
        News::Moved | News::Changed | News::Slot | News::Reminder => {
            let token = store::invitation::token(db, backend.keys(), invitation.id).await?;
            // Where the key it was made with is gone, they sign in.
            token.map_or_else(|| format!("{origin}/"), |token| format!("{origin}/kallelse/{token}"))
        }
        News::Agenda | News::Cancelled | News::Over | News::Channel => {
            format!("{origin}/traffar/{}", invitation.meeting)
        }
    })
}
