//! The mail that tells somebody of a change of their own sign-in (AUTH-14). No name, no unit, no case, no link that signs in.

use domain::id::PersonId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    actor::Doer,
    audit::{Action, Event},
    mail::{self, Mailer, Notice},
    store::{self, job::Job},
    tx::Tx,
};

pub(super) const KIND: &str = "account_notice";

#[derive(Serialize, Deserialize)]
struct Payload {
    person: Uuid,
    notice: Notice,
}

/// Puts a notice in the outbox.
pub(crate) async fn enqueue(tx: &Tx, person: PersonId, notice: Notice) -> Result<()> {
    let payload = serde_json::to_string(&Payload { person: person.uuid(), notice });
    let payload = payload.map_err(|_| Error::Fault("a notice cannot be written down"))?;
    store::job::enqueue(tx, KIND, payload).await
}

/// Sends it, also to somebody shut out meanwhile: it is they who should know.
pub(super) async fn send(backend: &Backend, mailer: &Mailer, job: &Job) -> Result<()> {
    let broken = || Error::Inconsistent { table: "job", row: job.id };
    let payload: Payload = serde_json::from_str(&job.payload).map_err(|_| broken())?;
    let person = store::person::load(backend.db(), PersonId::from_uuid(payload.person)).await?;
    let letter = mail::notice(payload.notice, &person.language);
    mailer.send(&person.email, &letter, job.id, job.created_at).await?;
    let tx = backend.write(Doer::SYSTEM).await?;
    store::job::finish(&tx, job.id, None).await?;
    tx.commit(Event::new(Action::NoticeSent).subject(payload.person)).await
}
