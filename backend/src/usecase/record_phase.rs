//! Records that a case passed between voluntary support and report or investigation (C15–C17).

use domain::{
    consent::{Phase, phase_at},
    flaw::FlawKind,
    id::CaseId,
    refusal::Refusal,
    visibility::Role,
};

use crate::{Backend, Error, Result, actor::Actor, audit::Action, gate, store};

/// Records a passage, as from now. What was consented to in the other phase no longer holds (C15). `to` is a [`Phase`]
/// code as typed.
///
/// # Errors
/// [`Error::Denied`] for all but social services (C17); [`Error::NotFound`] where the case is not for them to know;
/// [`Refusal::WrongState`] when it is in that phase already.
pub async fn record_phase(backend: &Backend, actor: &Actor, case: CaseId, to: &str) -> Result<()> {
    actor.must_be(&[Role::Coordinator, Role::Participant])?;
    let to: Phase = to.parse().map_err(|_| Error::flaw("phase", FlawKind::NotAChoice))?;
    let tx = backend.write(actor).await?;
    if !store::unit::load(tx.db(), actor.unit()?).await?.kind.is_social_services() {
        return Err(Error::Denied);
    }
    store::gate::lock(tx.db(), case).await?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    if known.head().closed_at.is_some() {
        return Err(Refusal::CaseClosed.into());
    }
    if phase_at(&known.record.facts, tx.now()) == to {
        return Err(Refusal::WrongState.into());
    }
    store::consent::change_phase(&tx, case, to).await?;
    gate::settle(&tx, &known).await?;
    tx.commit(known.event(Action::PhaseRecorded)).await
}
