//! The mail that invites one person.

use domain::{id::InvitationId, meeting::MeetingState};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    calendar_part::{calendar_part, done},
    meeting_changed, meeting_news, reminder,
};
use crate::{
    Backend, Error, Result,
    actor::Doer,
    agenda::begins,
    audit::{Action, Event},
    calendar::Method,
    crypt::SealBroken,
    mail::{self, Mailer, News},
    store::{self, job::Job},
    tx::Tx,
    view::invitation::{span, stands},
};

pub(super) const KIND: &str = "invitation_mail";

#[derive(Serialize, Deserialize)]
struct Payload {
    invitation: Uuid,
}

/// Puts the mail of an invitation in the outbox.
pub(crate) async fn enqueue(tx: &Tx, invitation: InvitationId) -> Result<()> {
    let payload = serde_json::to_string(&Payload { invitation: invitation.uuid() });
    let payload = payload.map_err(|_| Error::Fault("an invitation cannot be written down"))?;
    store::job::enqueue(tx, KIND, payload).await
}

/// Sends it, if it still holds: consent is asked again at this very moment. Where it no longer covers the recipient's unit
/// nothing is sent and the invitation is taken back.
pub(super) async fn send(backend: &Backend, mailer: &Mailer, job: &Job) -> Result<()> {
    let broken = || Error::Inconsistent { table: "job", row: job.id };
    let payload: Payload = serde_json::from_str(&job.payload).map_err(|_| broken())?;
    let invitation = store::invitation::by_id(backend.db(), InvitationId::from_uuid(payload.invitation)).await?;
    let meeting = stands(backend.db(), backend.keys(), &invitation, backend.now()).await?;
    let event = |action| Event::new(action).subject(invitation.id.uuid());
    let Some(meeting) = meeting else {
        let tx = backend.write(Doer::SYSTEM).await?;
        store::invitation::withdraw(&tx, invitation.id).await?;
        store::job::finish(&tx, job.id, Some("no_longer_meant")).await?;
        return tx.commit(event(Action::InvitationWithdrawn)).await;
    };
    if meeting.stage.state != MeetingState::Published {
        let tx = backend.write(Doer::SYSTEM).await?;
        store::job::finish(&tx, job.id, Some("too_late")).await?;
        return tx.commit(event(Action::Housekeeping)).await;
    }
    let person = store::person::load(backend.db(), invitation.person).await?;
    let token = store::invitation::token(backend.db(), backend.keys(), invitation.id).await?.ok_or(SealBroken::Key)?;
    let link = format!("{}/kallelse/{token}", backend.site().origin);
    let told = meeting_changed::told(backend.db(), backend.keys(), &meeting, &invitation, backend.now()).await?;
    let part = calendar_part(backend, &person, &invitation.as_sent(&told), job.created_at).await?;
    let part = part.filter(|part| part.method == Method::Request);
    let letter = mail::invitation(span(&meeting, told.slot), &link, &person.language, part);
    mailer.send(&person.email, &letter, job.id, job.created_at).await?;
    let tx = backend.write(Doer::SYSTEM).await?;
    store::invitation::mark_sent(&tx, &invitation, &told).await?;
    done(&tx, &invitation, letter.calendar.as_ref()).await?;
    reminder::enqueue(&tx, invitation.id, &meeting).await?;
    // Who looked at the meeting while the letter was on its way saw nothing told yet, and told nothing.
    if store::invitation::by_id(tx.db(), invitation.id).await?.withdrawn {
        meeting_news::enqueue(&tx, invitation.id, News::Over, told.starts).await?;
    } else {
        let meeting = store::meeting::load(tx.db(), meeting.id).await?;
        if meeting_changed::told(tx.db(), backend.keys(), &meeting, &invitation, tx.now()).await? != told {
            meeting_changed::told_at_once(&tx, meeting.id).await?;
            meeting_changed::told_when_quiet(&tx, &meeting, begins(&meeting)).await?;
        }
    }
    store::job::finish(&tx, job.id, None).await?;
    tx.commit(event(Action::InvitationSent)).await
}
