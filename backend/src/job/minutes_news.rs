//! The mail that tells whoever has read minutes that they were opened again, approved anew or added to, and those of a unit that minutes
//! were handed over to it. It says nothing of which.

use std::collections::BTreeSet;

use domain::{
    id::{MinutesId, PersonId, UnitId},
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
    store::{self, job::Job, minutes::MinutesHead, person::PersonRecord},
    tx::Tx,
    view::action_list::reads_minutes,
};

pub(super) const KIND: &str = "minutes_news";

#[derive(Serialize, Deserialize)]
struct Payload {
    minutes: Uuid,
    person: Uuid,
    /// The unit they were handed over to, where it is that.
    handed_to: Option<Uuid>,
}

/// Puts a letter in the outbox for everybody who has read minutes, but for who is at work on them now.
pub(crate) async fn tell_readers(tx: &Tx, minutes: MinutesId) -> Result<()> {
    for person in store::minutes::readers(tx.db(), minutes).await? {
        if tx.doer().person == Some(person) {
            continue;
        }
        enqueue(tx, &Payload { minutes: minutes.uuid(), person: person.uuid(), handed_to: None }).await?;
    }
    Ok(())
}

/// Puts a letter in the outbox for everybody of a unit who was called to the meeting: minutes of it were handed over to them.
pub(crate) async fn tell_handed(tx: &Tx, head: &MinutesHead, unit: UnitId) -> Result<()> {
    let called = store::invitation::to_meetings(tx.db(), [head.meeting]).await?;
    let theirs: BTreeSet<PersonId> =
        called.iter().filter(|one| one.unit == unit && !one.withdrawn).map(|one| one.person).collect();
    for person in theirs {
        let handed_to = Some(unit.uuid());
        enqueue(tx, &Payload { minutes: head.id.uuid(), person: person.uuid(), handed_to }).await?;
    }
    Ok(())
}

async fn enqueue(tx: &Tx, payload: &Payload) -> Result<()> {
    let payload = serde_json::to_string(payload).map_err(|_| Error::Fault("news cannot be written down"))?;
    store::job::enqueue(tx, KIND, payload).await?;
    Ok(())
}

/// Sends it, if they may still read the minutes at this very moment.
pub(super) async fn send(backend: &Backend, mailer: &Mailer, job: &Job) -> Result<()> {
    let broken = || Error::Inconsistent { table: "job", row: job.id };
    let payload: Payload = serde_json::from_str(&job.payload).map_err(|_| broken())?;
    let person = store::person::load(backend.db(), PersonId::from_uuid(payload.person)).await?;
    let unit = payload.handed_to.map(UnitId::from_uuid);
    let reads = reads(backend, &person, MinutesId::from_uuid(payload.minutes), unit).await?;
    if reads {
        let letter = mail::minutes_news(unit.is_some(), &backend.site().origin, &person.language);
        mailer.send(&person.email, &letter, job.id, job.created_at).await?;
    }
    let (action, problem) =
        if reads { (Action::MinutesNewsSent, None) } else { (Action::Housekeeping, Some("overtaken")) };
    let tx = backend.write(Doer::SYSTEM).await?;
    store::job::finish(&tx, job.id, problem).await?;
    tx.commit(Event::new(action).subject(payload.person)).await
}

/// Whether somebody may read minutes now in any of what they work as, for a unit where it is one's.
async fn reads(backend: &Backend, person: &PersonRecord, minutes: MinutesId, of: Option<UnitId>) -> Result<bool> {
    let (db, now) = (backend.db(), backend.now());
    let Some(head) = store::minutes::find(db, minutes).await?.filter(|_| person.disabled_at.is_none()) else {
        return Ok(false);
    };
    for work in store::assignment::of_person(db, person.id).await? {
        let Some(unit) = work
            .unit
            .filter(|unit| of.is_none_or(|of| of == *unit))
            .filter(|_| work.holds_on(day(now)) && reads_minutes(work.role, &head))
        else {
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
