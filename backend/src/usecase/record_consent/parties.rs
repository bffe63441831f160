//! What is said of single parties of a consent: whose own their part is (C21), and who may only listen.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    consent::{Answer, Parties, Signature, Signer},
    flaw::FlawKind,
    id::UnitId,
};

use crate::{store::unit::Unit, typed::Typed};

/// Whom a unit's part concerns, as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedConcern {
    /// The unit's id.
    pub unit: String,
    /// `child`, or the parent's id: [`Signer`] as forms name it.
    pub who: String,
}

/// Reads what is said of the units that were named. Of a unit for adults it must be said whom it concerns.
pub(super) fn read(
    typed: &mut Typed,
    concerns: &[TypedConcern],
    listeners: &[String],
    signatures: &[Signature],
    signers: &BTreeSet<Signer>,
    units: &[Unit],
) -> Parties {
    let agreed = signatures.iter().filter(|signature| signature.answer == Answer::Agreed);
    let named: BTreeSet<UnitId> = agreed.flat_map(|signature| signature.receivers.iter().copied()).collect();
    let mut on_parent = BTreeMap::new();
    for unit in units.iter().filter(|unit| unit.kind.serves_adults() && named.contains(&unit.id)) {
        let told = concerns.iter().enumerate().find(|(_, one)| one.unit.parse() == Ok(unit.id));
        let (place, who) = told.map_or((0, ""), |(place, one)| (place, one.who.as_str()));
        match concerned(typed, &format!("scope[concerns][{place}][who]"), who, signers) {
            Some(Signer::Guardian(parent)) => drop(on_parent.insert(unit.id, parent)),
            Some(Signer::Child) | None => {}
        }
    }
    let known = |id: &UnitId| units.iter().any(|unit| unit.id == *id);
    let listed: Option<BTreeSet<UnitId>> = listeners.iter().map(|unit| unit.parse().ok().filter(known)).collect();
    if listed.is_none() {
        typed.flaw("scope[listeners]", FlawKind::NotAChoice);
    }
    Parties { on_parent, listeners: &listed.unwrap_or_default() & &named, acknowledged: BTreeMap::new() }
}

/// The child, or a parent who can answer for what is the parent's own.
fn concerned(typed: &mut Typed, field: &str, who: &str, signers: &BTreeSet<Signer>) -> Option<Signer> {
    let who = typed.choice::<Signer>(field, who)?;
    let is_choice = matches!(who, Signer::Child) || signers.contains(&who);
    if !is_choice {
        typed.flaw(field, FlawKind::NotAChoice);
    }
    is_choice.then_some(who)
}
