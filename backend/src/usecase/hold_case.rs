//! Holds a case whatever the plan says, and lifts that again (L8).

use domain::{
    id::CaseId,
    retention::Hold,
    visibility::{Role, Verdict},
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::Action,
    gate::{self, Known},
    store,
    tx::Tx,
    typed::Typed,
};

/// Holds a case of the actor's own unit: it is not disposed of, also where that was approved already.
///
/// # Errors
/// [`Error::NotFound`] where the case is not for the actor to know; [`Error::Denied`] for another unit's and for participants; a flaw in
/// `hold`.
pub async fn hold_case(backend: &Backend, actor: &Actor, case: CaseId, hold: &str) -> Result<()> {
    let (tx, known, hold) = asked(backend, actor, case, hold).await?;
    let holds = store::retention::holds(tx.db(), [case]).await?;
    if holds.get(&case).is_some_and(|holds| holds.contains(&hold)) {
        return Ok(()); // a second click
    }
    store::retention::hold(&tx, case, hold, actor.person).await?;
    tx.commit(known.event(Action::CaseHeld)).await
}

/// Lifts a hold. Others of the same case stay.
///
/// # Errors
/// As [`hold_case`].
pub async fn lift_hold(backend: &Backend, actor: &Actor, case: CaseId, hold: &str) -> Result<()> {
    let (tx, known, hold) = asked(backend, actor, case, hold).await?;
    if !store::retention::lift(&tx, case, hold, actor.person).await? {
        return Ok(()); // a second click
    }
    tx.commit(known.event(Action::CaseHoldLifted)).await
}

async fn asked(backend: &Backend, actor: &Actor, case: CaseId, hold: &str) -> Result<(Tx, Known, Hold)> {
    let tx = backend.write(actor).await?;
    store::gate::lock(tx.db(), case).await?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    actor.must_be(&[Role::Coordinator, Role::Administrator])?;
    if known.verdict != Verdict::Registrant {
        return Err(Error::Denied);
    }
    let mut typed = Typed::default();
    let hold = typed.choice::<Hold>("hold", hold);
    typed.finish()?;
    Ok((tx, known, Typed::value(hold)?))
}
