//! Closes a case: nothing new happens in it, and what is planned falls away.

use domain::{
    id::CaseId,
    refusal::Refusal,
    visibility::{Role, Verdict},
};

use crate::{Backend, Error, Result, actor::Actor, audit::Action, gate, store};

/// Closes a case of the actor's own unit that was read at version `seen`. What was written stays.
///
/// # Errors
/// [`Error::NotFound`] where the case is not for the unit to know; [`Error::Denied`] for a unit that did not register it;
/// [`Error::Stale`] when it was changed meanwhile; [`Refusal::CaseClosed`] when it is closed already.
pub async fn close_case(backend: &Backend, actor: &Actor, case: CaseId, seen: i64) -> Result<()> {
    actor.must_be(&[Role::Coordinator, Role::Participant])?;
    let tx = backend.write(actor).await?;
    store::gate::lock(tx.db(), case).await?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    if known.verdict != Verdict::Registrant {
        return Err(Error::Denied);
    }
    if known.head().closed_at.is_some() {
        return Err(Refusal::CaseClosed.into());
    }
    store::case::close(tx.db(), case, seen, tx.now()).await?;
    gate::settle(&tx, &known).await?;
    tx.commit(known.event(Action::CaseChanged)).await
}
