//! An answer that came by mail, written down as if it had been given by the link.

use domain::{
    id::{MeetingId, PersonId},
    meeting::InvitationAnswer,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    actor::Doer,
    audit::{Action, Event},
    store::{self, job::Job},
    tx::Tx,
    usecase::answer_invitation::answer_by_mail,
};

pub(super) const KIND: &str = "mail_answer";

#[derive(Serialize, Deserialize)]
struct Payload {
    meeting: Uuid,
    person: Uuid,
    answer: String,
    /// Of the event as they had it.
    sequence: u32,
}

/// Puts an answer in the outbox.
pub(crate) async fn enqueue(
    tx: &Tx,
    (meeting, person): (MeetingId, PersonId),
    answer: InvitationAnswer,
    sequence: u32,
) -> Result<()> {
    let payload = Payload { meeting: meeting.uuid(), person: person.uuid(), answer: answer.code().into(), sequence };
    let payload = serde_json::to_string(&payload).map_err(|_| Error::Fault("an answer cannot be written down"))?;
    store::job::enqueue(tx, KIND, payload).await
}

/// Writes it down, if it still answers what is asked.
pub(super) async fn take(backend: &Backend, job: &Job) -> Result<()> {
    let broken = || Error::Inconsistent { table: "job", row: job.id };
    let payload: Payload = serde_json::from_str(&job.payload).map_err(|_| broken())?;
    let answer = InvitationAnswer::from_code(&payload.answer).map_err(|_| broken())?;
    let (meeting, person) = (MeetingId::from_uuid(payload.meeting), PersonId::from_uuid(payload.person));
    let problem = match answer_by_mail(backend, meeting, person, answer, payload.sequence).await {
        Ok(true) => None,
        // Given to what is asked no more: another time, taken back, begun. Who is asked anew has a letter that says so.
        Ok(false) | Err(Error::NotFound | Error::Refused(_)) => Some("outdated"),
        Err(fault) => return Err(fault),
    };
    let tx = backend.write(Doer::SYSTEM).await?;
    store::job::finish(&tx, job.id, problem).await?;
    tx.commit(Event::new(Action::Housekeeping).subject(payload.meeting)).await
}
