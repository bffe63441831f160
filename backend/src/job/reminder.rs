//! The mail that reminds somebody who has not answered; once, each time they are asked.

use domain::{
    id::InvitationId,
    meeting::{InvitationAnswer, MeetingState, remind_at},
    time::{instant, local},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    calendar_part::{calendar_part, done},
    meeting_news::link,
};
use crate::{
    Backend, Error, Result,
    actor::Doer,
    agenda::begins,
    audit::{Action, Event},
    calendar::Method,
    mail::{self, Mailer, News},
    store::{self, job::Job, meeting::Meeting},
    tx::Tx,
    view::invitation::{span, stands},
};

pub(super) const KIND: &str = "reminder";

#[derive(Serialize, Deserialize)]
struct Payload {
    invitation: Uuid,
}

/// Has somebody who was asked now reminded in time before a meeting, where there is time to.
pub(super) async fn enqueue(tx: &Tx, invitation: InvitationId, meeting: &Meeting) -> Result<()> {
    let Some(at) = remind_at(meeting.starts_at(), local(tx.now())) else { return Ok(()) };
    let payload = serde_json::to_string(&Payload { invitation: invitation.uuid() });
    let payload = payload.map_err(|_| Error::Fault("a reminder cannot be written down"))?;
    store::job::enqueue_at(tx, KIND, payload, instant(at).unwrap_or_else(|_| tx.now())).await
}

/// Sends it, if they are still asked, still silent, and the meeting still to come.
pub(super) async fn send(backend: &Backend, mailer: &Mailer, job: &Job) -> Result<()> {
    let broken = || Error::Inconsistent { table: "job", row: job.id };
    let payload: Payload = serde_json::from_str(&job.payload).map_err(|_| broken())?;
    let id = InvitationId::from_uuid(payload.invitation);
    let invitation = store::invitation::by_id(backend.db(), id).await?;
    let silent = invitation.answer == InvitationAnswer::Pending && !invitation.reminded;
    let meeting = stands(backend.db(), backend.keys(), &invitation, backend.now()).await?;
    // One that was moved further off has a reminder of its own.
    let near = |one: &Meeting| {
        let due = remind_at(one.starts_at(), local(job.created_at)).and_then(|at| instant(at).ok());
        one.stage.state == MeetingState::Published
            && backend.now() < begins(one)
            && due.is_some_and(|at| at <= backend.now())
    };
    let told = invitation.told.as_ref();
    let Some((meeting, told)) = meeting.filter(|one| silent && near(one)).zip(told) else {
        let tx = backend.write(Doer::SYSTEM).await?;
        store::job::finish(&tx, job.id, Some("not_needed")).await?;
        return tx.commit(Event::new(Action::Housekeeping).subject(id.uuid())).await;
    };
    let person = store::person::load(backend.db(), invitation.person).await?;
    let to_answer = link(backend.db(), backend, &invitation, News::Reminder).await?;
    let part = calendar_part(backend, &person, &invitation, job.created_at).await?;
    let part = part.filter(|part| part.method == Method::Request);
    let own = span(&meeting, told.slot);
    let letter = mail::news(News::Reminder, meeting.starts_at(), own, &to_answer, &person.language, part);
    mailer.send(&person.email, &letter, job.id, job.created_at).await?;
    let tx = backend.write(Doer::SYSTEM).await?;
    store::invitation::mark_reminded(&tx, id).await?;
    done(&tx, &invitation, letter.calendar.as_ref()).await?;
    store::job::finish(&tx, job.id, None).await?;
    tx.commit(Event::new(Action::InvitationReminded).subject(id.uuid())).await
}
