//! Changes who the child's guardians are: court, death, a new registration (C18). And which parents without custody are asked for
//! what is their own (C21).

use chrono::NaiveDate;
use domain::{
    case_file::Custody,
    flaw::FlawKind,
    id::{CaseId, GuardianId},
    refusal::Refusal,
    time::day,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate::{self, Known},
    store::{self, child::Bond},
    tx::Tx,
    typed::Typed,
};

/// The form that adds a guardian, as typed.
#[derive(Clone, Debug, Default)]
pub struct AddGuardian {
    /// The name.
    pub guardian_name: String,
    /// The first day.
    pub from_on: String,
}

/// Adds a guardian from a day on. Whoever is added has not consented yet: what holds then waits for their answer (C18).
///
/// # Errors
/// [`Error::NotFound`] where the case is not for the unit to know; [`Error::Invalid`] at the fields;
/// [`Refusal::WrongState`] when there are two already.
pub async fn add_guardian(backend: &Backend, actor: &Actor, case: CaseId, form: AddGuardian) -> Result<GuardianId> {
    let (tx, known) = begin(backend, actor, case).await?;
    let mut typed = Typed::default();
    let name = typed.name("guardian_name", &form.guardian_name);
    let from = typed.date("from_on", &form.from_on);
    if from.is_some_and(|from| from < known.head().born_on) {
        typed.flaw("from_on", FlawKind::BeforeTheOther);
    }
    typed.finish()?;
    let (name, from) = (Typed::value(name)?, Typed::value(from)?);
    if guardians_on(&known, from).len() >= 2 {
        return Err(Refusal::WrongState.into());
    }
    let bond = Bond { from, position: next_place(&known), custody: true };
    let guardian = store::child::add_guardian(&tx, case, &name, bond).await?;
    finish(tx, &known).await?;
    Ok(guardian)
}

/// Adds a parent without custody, from today: one whom a unit for adults knows, and whose own yes is needed for that (C21). Of the
/// child such a parent decides nothing.
///
/// # Errors
/// As [`add_guardian`].
pub async fn add_parent(backend: &Backend, actor: &Actor, case: CaseId, parent_name: &str) -> Result<GuardianId> {
    let (tx, known) = begin(backend, actor, case).await?;
    let mut typed = Typed::default();
    let name = typed.name("parent_name", parent_name);
    typed.finish()?;
    let (name, today) = (Typed::value(name)?, day(tx.now()));
    let asked = known.record.facts.guardians.iter().filter(|one| !one.custody && one.holds_on(today));
    if asked.count() >= 2 {
        return Err(Refusal::WrongState.into());
    }
    let bond = Bond { from: today, position: next_place(&known), custody: false };
    let parent = store::child::add_guardian(&tx, case, &name, bond).await?;
    finish(tx, &known).await?;
    Ok(parent)
}

/// Ends a guardianship with a day. A former guardian's answer no longer counts (C18). A parent without custody is no longer asked;
/// what was answered of their own stays until it is taken back or over.
///
/// # Errors
/// As [`add_guardian`]; [`Refusal::LastOne`] when no guardian would be left.
pub async fn end_guardianship(
    backend: &Backend,
    actor: &Actor,
    case: CaseId,
    guardian: GuardianId,
    until_on: &str,
) -> Result<()> {
    let (tx, known) = begin(backend, actor, case).await?;
    let guardianship = known.record.facts.guardians.iter().find(|one| one.id == guardian).ok_or(Error::NotFound)?;
    let mut typed = Typed::default();
    let until = typed.date("until_on", until_on);
    if until.is_some_and(|until| until < guardianship.from) {
        typed.flaw("until_on", FlawKind::BeforeTheOther);
    }
    typed.finish()?;
    let until = Typed::value(until)?;
    let next = until.succ_opt().unwrap_or(until);
    if guardianship.custody && !guardians_on(&known, next).into_iter().any(|other| other != guardian) {
        return Err(Refusal::LastOne.into());
    }
    store::child::end_guardian(&tx, guardian, until).await?;
    finish(tx, &known).await
}

async fn begin(backend: &Backend, actor: &Actor, case: CaseId) -> Result<(Tx, Known)> {
    actor.must_be(&[Role::Coordinator, Role::Participant])?;
    let tx = backend.write(actor).await?;
    store::gate::lock(tx.db(), case).await?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    if known.head().closed_at.is_some() {
        return Err(Refusal::CaseClosed.into());
    }
    Ok((tx, known))
}

fn next_place(known: &Known) -> i64 {
    i64::try_from(known.record.facts.guardians.len()).unwrap_or(i64::MAX)
}

fn guardians_on(known: &Known, day: NaiveDate) -> Vec<GuardianId> {
    known.record.facts.guardians.iter().filter(|one| one.decides_on(day)).map(|one| one.id).collect()
}

/// Writes what follows: the gate, fallen items, and the custody as the guardians now are.
async fn finish(tx: Tx, known: &Known) -> Result<()> {
    let facts = gate::settle(&tx, known).await?;
    let today = day(tx.now());
    let custody = match facts.guardians.iter().filter(|one| one.decides_on(today)).count() {
        _ if known.head().custody == Custody::Appointed.code() || Custody::OfAge.fits(facts.born_on, today) => None,
        0 | 1 => Some(Custody::Sole),
        _ => Some(Custody::Joint),
    };
    if let Some(custody) = custody {
        store::case::set_custody(tx.db(), known.id(), known.head().version, custody).await?;
    }
    let event = Event::new(Action::CaseChanged).case(known.id()).basis(known.standing.consent);
    tx.commit(event).await
}
