//! The mail that tells whoever has read minutes that they were opened again, approved anew or added to. It says nothing of which.

use domain::{
    id::{MinutesId, PersonId},
    time::day,
    visibility::Viewer,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    actor::Doer,
    audit::{Action, Event},
    gate,
    hearing::is_recused_as,
    mail::{self, Mailer},
    store::{self, job::Job, person::PersonRecord},
    tx::Tx,
    view::action_list::reads_minutes,
};

pub(super) const KIND: &str = "minutes_news";

#[derive(Serialize, Deserialize)]
struct Payload {
    minutes: Uuid,
    person: Uuid,
}

/// Puts a letter in the outbox for everybody who has read minutes, but for who is at work on them now.
pub(crate) async fn tell_readers(tx: &Tx, minutes: MinutesId) -> Result<()> {
    for person in store::minutes::readers(tx.db(), minutes).await? {
        if tx.doer().person == Some(person) {
            continue;
        }
        let payload = serde_json::to_string(&Payload { minutes: minutes.uuid(), person: person.uuid() });
        let payload = payload.map_err(|_| Error::Fault("news cannot be written down"))?;
        store::job::enqueue(tx, KIND, payload).await?;
    }
    Ok(())
}

/// Sends it, if they may still read the minutes at this very moment.
pub(super) async fn send(backend: &Backend, mailer: &Mailer, job: &Job) -> Result<()> {
    let broken = || Error::Inconsistent { table: "job", row: job.id };
    let payload: Payload = serde_json::from_str(&job.payload).map_err(|_| broken())?;
    let person = store::person::load(backend.db(), PersonId::from_uuid(payload.person)).await?;
    let reads = reads(backend, &person, MinutesId::from_uuid(payload.minutes)).await?;
    if reads {
        let letter = mail::minutes_news(&backend.site().origin, &person.language);
        mailer.send(&person.email, &letter, job.id, job.created_at).await?;
    }
    let (action, problem) =
        if reads { (Action::MinutesNewsSent, None) } else { (Action::Housekeeping, Some("overtaken")) };
    let tx = backend.write(Doer::SYSTEM).await?;
    store::job::finish(&tx, job.id, problem).await?;
    tx.commit(Event::new(action).subject(payload.person)).await
}

/// Whether somebody may read minutes now in any of what they work as.
async fn reads(backend: &Backend, person: &PersonRecord, minutes: MinutesId) -> Result<bool> {
    let (db, now) = (backend.db(), backend.now());
    let Some(head) = store::minutes::find(db, minutes).await?.filter(|_| person.disabled_at.is_none()) else {
        return Ok(false);
    };
    for work in store::assignment::of_person(db, person.id).await? {
        let Some(unit) = work.unit.filter(|_| work.holds_on(day(now)) && reads_minutes(work.role, &head)) else {
            continue;
        };
        let viewer = Viewer { person: person.id, unit, role: work.role };
        let known = gate::known_among(db, viewer, [head.case], now).await?;
        let covered = known.get(&head.case).is_some_and(|known| known.standing.covers(unit));
        if covered && !is_recused_as(db, head.item, unit, &person.name).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
