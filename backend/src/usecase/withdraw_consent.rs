//! Takes a consent back, at once (C13, C14, CONS-04, CONS-06).

use domain::{
    consent::{Consent, Scope, Signer, Withdrawal, may_take_back},
    flaw::FlawKind,
    id::CaseId,
    time::day,
    visibility::{Role, may_know},
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate, store,
};

/// How often it is tried when the database is held up by others.
const TRIES: usize = 3;

/// A consent taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// Whether the case still exists for the unit that wrote it down: where to go next.
    pub still_known: bool,
}

/// Writes down that a guardian or the child took consent back, wholly or from some units. It holds from this minute on:
/// running items of the case end, planned ones fall away. No reason is asked for, no version, nothing about the case's
/// other state; it passes every other change that waits. To do it twice is no fault.
///
/// # Errors
/// [`Error::NotFound`] where the case is not for the unit to know; [`Error::Invalid`] at `by` for somebody whose consent
/// is not needed, and at `receivers` for a part that names nobody; [`Error::Busy`] when the database lets nobody through.
pub async fn withdraw_consent(
    backend: &Backend,
    actor: &Actor,
    case: CaseId,
    by: Signer,
    scope: Scope,
) -> Result<Withdrawn> {
    actor.must_be(&[Role::Coordinator, Role::Participant, Role::Administrator])?;
    if scope == Scope::Receivers([].into()) {
        return Err(Error::flaw("receivers", FlawKind::Required));
    }
    for _ in 1..TRIES {
        match withdraw(backend, actor, case, by, &scope).await {
            Err(Error::Busy) => {}
            done => return done,
        }
    }
    withdraw(backend, actor, case, by, &scope).await
}

async fn withdraw(backend: &Backend, actor: &Actor, case: CaseId, by: Signer, scope: &Scope) -> Result<Withdrawn> {
    let tx = backend.write_urgently(actor).await?;
    store::gate::lock(tx.db(), case).await?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    let (facts, today) = (&known.record.facts, day(tx.now()));
    if !may_take_back(facts, today).contains(&by) {
        return Err(Error::flaw("by", FlawKind::NotAChoice));
    }
    let withdrawal = Withdrawal { implied_by: None, by, at: tx.now(), scope: scope.clone() };
    let mut events = Vec::new();
    // Also what has not begun to hold; what is over, or was a mistake, stays as it was.
    let live = |consent: &&Consent| today <= consent.valid_until && !consent.is_annulled(tx.now());
    for consent in facts.consents.iter().filter(live) {
        if consent
            .withdrawals
            .iter()
            .filter(|earlier| earlier.implied_by.is_none())
            .any(|earlier| earlier.by == by && earlier.at <= tx.now() && covers(&earlier.scope, scope))
        {
            continue;
        }
        store::consent::withdraw(&tx, consent.id, &withdrawal).await?;
        events.push(Event::new(Action::ConsentWithdrawn).case(case).basis(Some(consent.id)));
    }
    if events.is_empty() {
        events.push(Event::new(Action::ConsentWithdrawn).case(case));
    }
    let facts = gate::settle(&tx, &known).await?;
    let still_known = may_know(&facts, known.head().unit, &known.record.circle, actor.viewer()?, tx.now()).knows();
    tx.commit_all(&events).await?;
    Ok(Withdrawn { still_known })
}

/// Whether an earlier withdrawal holds all of a new one.
fn covers(earlier: &Scope, new: &Scope) -> bool {
    match (earlier, new) {
        (Scope::All, _) => true,
        (Scope::Receivers(_), Scope::All) => false,
        (Scope::Receivers(earlier), Scope::Receivers(new)) => new.is_subset(earlier),
    }
}
