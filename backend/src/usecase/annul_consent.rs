//! Says that a consent should never have been recorded: a mistake of ours, not a change of anybody's mind.

use domain::{
    consent::Mistake,
    flaw::FlawKind,
    id::{CaseId, ConsentId},
    visibility::{Role, may_know},
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate, store,
};

/// Writes down that a consent was recorded by mistake. From this minute it counts for nothing, nor does what it took back of
/// earlier ones in passing: those hold again. What was taken back for itself stays so. Nothing is deleted: the record stays, as do
/// the minutes that rested on it. Only the unit that recorded a consent may say so. To say it twice is no fault. Gives whether the
/// case still exists for the unit.
///
/// # Errors
/// [`Error::NotFound`] where the case or the consent is not for the unit to know, or another unit recorded it;
/// [`Error::Invalid`] at `mistake`.
pub async fn annul_consent(
    backend: &Backend,
    actor: &Actor,
    case: CaseId,
    consent: ConsentId,
    mistake: &str,
) -> Result<bool> {
    actor.must_be(&[Role::Coordinator, Role::Participant])?;
    let mistake: Mistake = mistake.parse().map_err(|_| Error::flaw("mistake", FlawKind::Required))?;
    let tx = backend.write(actor).await?;
    store::gate::lock(tx.db(), case).await?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    let unit = actor.unit()?;
    if store::consent::recorded_by(tx.db(), case, consent).await? != Some(unit) {
        return Err(Error::NotFound);
    }
    let annulled = known.record.facts.consents.iter().any(|one| one.id == consent && one.annulled_at.is_some());
    if !annulled {
        store::consent::annul(&tx, consent, mistake).await?;
    }
    let facts = gate::settle(&tx, &known).await?;
    let still_known = may_know(&facts, known.head().unit, &known.record.circle, actor.viewer()?, tx.now()).knows();
    tx.commit(Event::new(Action::ConsentAnnulled).case(case).basis(Some(consent))).await?;
    Ok(still_known)
}
