//! Keeps the signed paper with the consent it is the ground of.

use chrono::TimeDelta;
use domain::{
    flaw::FlawKind,
    id::{CaseId, ConsentId, PaperId},
    paper::{BYTES_A_DAY, PAPERS, PaperFlaw},
    refusal::Refusal,
    visibility::Role,
};
use sea_orm::ConnectionTrait;

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate::{self, Known},
    scan::Paper,
    store,
};

/// Whether this person may keep a paper with a consent: to be asked before the paper is looked at, which costs.
///
/// # Errors
/// As [`attach_paper`].
pub async fn may_attach(backend: &Backend, actor: &Actor, case: CaseId, consent: ConsentId) -> Result<()> {
    recorder(backend.db(), backend, actor, case, consent).await?;
    Ok(())
}

/// Keeps a paper that was looked at. Only the unit that recorded the consent does.
///
/// # Errors
/// [`Error::NotFound`] where the case or the consent is not for the unit to know, or another unit recorded it;
/// [`Refusal::TooManyPapers`]; [`Error::Invalid`] at `paper` where this person has sent too much in a day.
pub async fn attach_paper(
    backend: &Backend,
    actor: &Actor,
    case: CaseId,
    consent: ConsentId,
    paper: &Paper,
) -> Result<PaperId> {
    let tx = backend.write(actor).await?;
    let known = recorder(tx.db(), backend, actor, case, consent).await?;
    if store::paper::count(tx.db(), consent).await? >= PAPERS {
        return Err(Refusal::TooManyPapers.into());
    }
    let bytes = i64::try_from(paper.bytes.len()).unwrap_or(i64::MAX);
    let since = tx.now() - TimeDelta::days(1);
    if store::paper::bytes_since(tx.db(), actor.person, since).await?.saturating_add(bytes) > BYTES_A_DAY {
        return Err(refused(PaperFlaw::DayIsFull));
    }
    let id = store::paper::create(&tx, case, consent, paper).await?;
    tx.commit(Event::new(Action::PaperAttached).case(known.id()).basis(Some(consent)).subject(id.uuid())).await?;
    Ok(id)
}

/// Takes a paper away that does not belong there. That it was there stays in the log.
///
/// # Errors
/// As [`attach_paper`].
pub async fn remove_paper(backend: &Backend, actor: &Actor, case: CaseId, paper: PaperId) -> Result<()> {
    let tx = backend.write(actor).await?;
    gate::known(tx.db(), actor, case, tx.now()).await?;
    let head = store::paper::of_case(tx.db(), case, paper).await?.ok_or(Error::NotFound)?;
    let known = recorder(tx.db(), backend, actor, case, head.consent).await?;
    store::paper::remove(tx.db(), paper).await?;
    tx.commit(Event::new(Action::PaperRemoved).case(known.id()).basis(Some(head.consent)).subject(paper.uuid())).await
}

/// The case, for somebody of the unit that recorded a consent of it.
async fn recorder(
    db: &impl ConnectionTrait,
    backend: &Backend,
    actor: &Actor,
    case: CaseId,
    consent: ConsentId,
) -> Result<Known> {
    actor.must_be(&[Role::Coordinator, Role::Participant])?;
    let known = gate::known(db, actor, case, backend.now()).await?;
    if store::consent::recorded_by(db, case, consent).await? == Some(actor.unit()?) {
        Ok(known)
    } else {
        Err(Error::NotFound)
    }
}

/// A refused paper, told at the field.
#[must_use]
pub fn refused(why: PaperFlaw) -> Error {
    Error::flaw("paper", FlawKind::Paper { why })
}
