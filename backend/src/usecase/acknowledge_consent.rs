//! Says for a unit that it holds a case's consent: from then on its staff may tell and write (C20).

use domain::{
    id::{CaseId, ConsentId},
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::Action,
    gate::{self, Known},
    store,
    tx::Tx,
};

/// Writes down that the actor's unit holds the consent it was shown. To say it twice is no fault.
///
/// # Errors
/// [`Error::NotFound`] where the case is not for the unit to know, or consent does not cover it; [`Error::Stale`] where another
/// consent than the one shown decides by now.
pub async fn acknowledge_consent(backend: &Backend, actor: &Actor, case: CaseId, shown: ConsentId) -> Result<()> {
    actor.must_be(&[Role::Coordinator, Role::Participant])?;
    let tx = backend.write(actor).await?;
    store::gate::lock(tx.db(), case).await?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    if !known.standing.covers(actor.unit()?) {
        return Err(Error::NotFound);
    }
    if known.standing.consent != Some(shown) {
        return Err(Error::Stale);
    }
    acknowledge_once(&tx, actor, &known).await?;
    tx.commit(known.event(Action::ConsentAcknowledged)).await
}

/// The same as part of a deed that rests on the consent: it is acknowledged where it was not.
pub(crate) async fn acknowledge_once(tx: &Tx, actor: &Actor, known: &Known) -> Result<()> {
    let unit = actor.unit()?;
    let missing = known.standing.covers(unit) && !known.standing.acknowledged.contains(&unit);
    if let Some(consent) = known.standing.consent.filter(|_| missing) {
        store::consent::acknowledge(tx, consent).await?;
    }
    Ok(())
}
