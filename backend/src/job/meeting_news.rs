//! The mail that tells somebody invited what changed.

use chrono::NaiveDateTime;
use domain::{id::InvitationId, meeting::MeetingState};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    actor::Doer,
    audit::{Action, Event},
    mail::{self, Letter, Mailer, News},
    store::{self, invitation::Invitation, job::Job},
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
pub(super) async fn enqueue(tx: &Tx, invitation: InvitationId, news: News, starts: NaiveDateTime) -> Result<()> {
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
    let letter = match person.disabled_at {
        Some(_) => None,
        None => letter(backend, &invitation, news, starts, &person.language).await?,
    };
    let (action, problem) = match letter {
        None => (Action::Housekeeping, Some("overtaken")),
        Some(letter) => {
            mailer.send(&person.email, &letter, job.id, job.created_at).await?;
            (Action::MeetingNewsSent, None)
        }
    };
    let tx = backend.write(Doer::SYSTEM).await?;
    store::job::finish(&tx, job.id, problem).await?;
    tx.commit(Event::new(action).subject(invitation.id.uuid())).await
}

/// What is to be said; nothing where it has been overtaken: by an invitation that stands again, or by one that does not.
async fn letter(
    backend: &Backend,
    invitation: &Invitation,
    news: News,
    starts: NaiveDateTime,
    language: &str,
) -> Result<Option<Letter>> {
    if news == News::Over {
        return Ok(invitation.withdrawn.then(|| mail::news(news, starts, (starts, starts), "", language)));
    }
    let Some(meeting) = stands(backend.db(), backend.keys(), invitation, backend.now()).await? else { return Ok(None) };
    let state = if news == News::Cancelled { MeetingState::Cancelled } else { MeetingState::Published };
    if meeting.stage.state != state {
        return Ok(None);
    }
    let link = link(backend.db(), backend, invitation, news).await?;
    let now = span(&meeting, invitation.told.as_ref().and_then(|told| told.slot));
    Ok(Some(mail::news(news, starts, now, &link, language)))
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
        News::Agenda | News::Cancelled | News::Over => format!("{origin}/traffar/{}", invitation.meeting),
    })
}
