//! A child gets a personal number, where none was known or after a coordination number (I7).

use domain::{
    case_file::number_follows,
    flaw::FlawKind,
    id::CaseId,
    identity::PersonalNumber,
    refusal::Refusal,
    time::day,
    visibility::{Role, Verdict},
};

use super::register_case::{read_number, refuse_known_twin};
use crate::{Backend, Error, Result, actor::Actor, audit::Action, gate, store, typed::Typed};

/// Writes a number down; the coordination number there was stays beside it, as both are the same person. `seen` is the version the
/// page showed.
///
/// # Errors
/// [`Error::NotFound`] for others than the unit that registered the case, and where an identity is protected: no number is kept then
/// (I1). [`Error::Invalid`] at `personal_number`; [`Error::Stale`]; [`Refusal::CaseClosed`].
pub async fn change_number(backend: &Backend, actor: &Actor, case: CaseId, number: &str, seen: i64) -> Result<()> {
    actor.must_be(&[Role::Coordinator, Role::Participant])?;
    let tx = backend.write(actor).await?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    if known.verdict != Verdict::Registrant || known.head().protection.hides_name() {
        return Err(Error::NotFound);
    }
    if known.head().closed_at.is_some() {
        return Err(Refusal::CaseClosed.into());
    }
    let (mut typed, today) = (Typed::default(), day(tx.now()));
    let new = read_number(&mut typed, number, Some(known.head().born_on), today);
    if number.trim().is_empty() {
        typed.flaw("personal_number", FlawKind::Required);
    }
    typed.finish()?;
    let new = Typed::value(new)?;
    let held = store::child::open(tx.db(), backend.keys(), case).await?.number;
    let held = held.and_then(|held| PersonalNumber::parse(&held, today).ok());
    if held == Some(new) {
        return Ok(()); // a second click
    }
    if !number_follows(held, new) {
        return Err(Error::flaw("personal_number", FlawKind::NumberStays));
    }
    refuse_known_twin(&tx, actor.viewer()?, new).await?;
    store::child::set_number(&tx, case, seen, new).await?;
    tx.commit(known.event(Action::CaseChanged)).await
}
