//! The page on which a consent is taken back: as little as it takes, so that nothing else about the case can be in the way.

use std::collections::BTreeSet;

use domain::{
    consent::{Signer, may_take_back},
    id::{CaseId, UnitId},
    time::day,
};

use super::{guardian_names, hides_name};
use crate::{
    Backend, Result,
    actor::Actor,
    audit::Action,
    gate, store,
    view::handed::{self, Handed},
};

/// Who can take it back, and from whom.
#[derive(Clone, Debug)]
pub struct WithdrawForm {
    /// The case.
    pub case: CaseId,
    /// Its four characters.
    pub reference: String,
    /// The child's name; none where the identity is protected.
    pub name: Option<String>,
    /// Those who can take it back, with a guardian's name.
    pub signers: Vec<(Signer, Option<String>)>,
    /// The units covered now.
    pub covered: Vec<(UnitId, String)>,
    /// What was handed over already: the family is told that it stays there (M8).
    pub handed: Vec<Handed>,
}

/// What the page needs.
///
/// # Errors
/// [`crate::Error::NotFound`] where the case is not for the unit to know.
pub async fn withdraw_form(backend: &Backend, actor: &Actor, case: CaseId) -> Result<WithdrawForm> {
    let now = backend.now();
    let known = gate::asked(backend, actor, case, now).await?;
    let mut names = guardian_names(backend, &known).await?;
    let child = store::child::names(backend.db(), backend.keys(), [case]).await?.remove(&case);
    let covered: BTreeSet<UnitId> = known.standing.covered.clone();
    let units = store::unit::with_ids(backend.db(), covered).await?;
    let form = WithdrawForm {
        case,
        reference: known.head().reference.clone(),
        name: child.filter(|_| !hides_name(&known)),
        signers: may_take_back(&known.record.facts, day(now))
            .into_iter()
            .map(|by| (by, if let Signer::Guardian(id) = by { names.remove(&id) } else { None }))
            .collect(),
        handed: handed::of_case(backend, actor, &known).await?,
        covered: units.into_values().map(|unit| (unit.id, unit.name)).collect(),
    };
    backend.log_reads(actor, &[known.event(Action::CaseRead)]).await?;
    Ok(form)
}
