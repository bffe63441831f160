//! Keeps a case with a protected identity among those who are named (I1).

use std::collections::BTreeSet;

use domain::{
    case_file::Protection,
    flaw::FlawKind,
    id::{CaseId, PersonId, UnitId},
    refusal::Refusal,
    time::day,
    visibility::{Role, Verdict},
};
use sea_orm::ConnectionTrait;

use crate::{
    Backend, Error, Result,
    actor::{Actor, Doer},
    audit::{Action, Event},
    auth::email,
    gate::{self, Known},
    store,
    tx::Tx,
    typed::Typed,
};

/// Says how an identity is protected, or that it no more is. From then on only the actor is named, and no personal number is kept;
/// an item under way ends, as others may be in the room. `seen` is the version the page showed.
///
/// # Errors
/// [`Error::NotFound`] for others than the unit that registered the case; [`Error::Invalid`] at `protection`; [`Error::Stale`].
pub async fn set_protection(backend: &Backend, actor: &Actor, case: CaseId, protection: &str, seen: i64) -> Result<()> {
    let mut typed = Typed::default();
    let protection: Option<Protection> = typed.choice("protection", protection);
    typed.finish()?;
    let protection = Typed::value(protection)?;
    let (tx, known) = begin(backend, actor, case).await?;
    if known.head().version != seen {
        return Err(Error::Stale);
    }
    if protection == known.head().protection {
        return Ok(()); // a second click
    }
    if protection.hides_name() && !known.head().protection.hides_name() {
        // Who was named once, before it was lifted, is not named again by that.
        let earlier = named(tx.db(), case).await?;
        for person in earlier.into_iter().filter(|person| *person != actor.person) {
            store::case_reader::say(&tx, case, person, false).await?;
        }
        store::case_reader::say(&tx, case, actor.person, true).await?;
        store::suspension::end_running(&tx, case).await?;
    }
    store::case::set_protection(tx.db(), case, seen, protection).await?;
    gate::settle(&tx, &known).await?;
    tx.commit(known.event(Action::CaseChanged)).await
}

/// Names somebody: who works in the unit that registered the case, or in one its consent covers now.
///
/// # Errors
/// [`Error::NotFound`] for others than those named of the unit that registered the case, and where nobody is protected;
/// [`Error::Invalid`] at `person` for somebody who cannot be named.
pub async fn name_reader(backend: &Backend, actor: &Actor, case: CaseId, person: &str) -> Result<()> {
    let mut typed = Typed::default();
    let person: Option<PersonId> = typed.choice("person", person);
    typed.finish()?;
    let person = Typed::value(person)?;
    let (tx, known) = begin_protected(backend, actor, case).await?;
    if !can_be_named(tx.db(), &known, &tx).await?.contains(&person) {
        return Err(Error::flaw("person", FlawKind::NotAChoice));
    }
    if !named(tx.db(), case).await?.contains(&person) {
        store::case_reader::say(&tx, case, person, true).await?;
    }
    tx.commit(known.event(Action::ReaderNamed).subject(person.uuid())).await
}

/// Takes a name off the list. Says whether the case still exists for the actor. An item of it under way ends, as whoever is no
/// more named may be in the room.
///
/// # Errors
/// As [`name_reader`]; [`Refusal::LastOne`] where nobody of the registering unit who works with cases would be left.
pub async fn remove_reader(backend: &Backend, actor: &Actor, case: CaseId, person: PersonId) -> Result<bool> {
    let (tx, known) = begin_protected(backend, actor, case).await?;
    let listed = named(tx.db(), case).await?;
    if listed.contains(&person) {
        let own = store::assignment::of_unit(tx.db(), known.head().unit, day(tx.now())).await?;
        if !listed.iter().any(|other| *other != person && own.contains(other)) {
            return Err(Refusal::LastOne.into());
        }
        store::case_reader::say(&tx, case, person, false).await?;
        store::suspension::end_running(&tx, case).await?;
        gate::settle(&tx, &known).await?;
    }
    tx.commit(known.event(Action::ReaderRemoved).subject(person.uuid())).await?;
    Ok(person != actor.person)
}

/// Names somebody of the unit that registered a case, from the command line: where nobody is left who could.
///
/// # Errors
/// [`Error::NotFound`] where there is no protected case of this reference, or nobody of this address works with cases in the unit
/// that registered it.
pub async fn name_from_outside(backend: &Backend, reference: &str, address: &str) -> Result<()> {
    let address = email(address).map_err(|_| Error::NotFound)?;
    let tx = backend.write(Doer::SYSTEM).await?;
    let case = store::case::with_reference(tx.db(), reference).await?.ok_or(Error::NotFound)?;
    let record = store::case::record(tx.db(), case).await?;
    let person = store::person::by_email(tx.db(), &address).await?.ok_or(Error::NotFound)?;
    let own = store::assignment::of_unit(tx.db(), record.head.unit, day(tx.now())).await?;
    if !record.head.protection.hides_name() || person.disabled_at.is_some() || !own.contains(&person.id) {
        return Err(Error::NotFound);
    }
    store::gate::lock(tx.db(), case).await?;
    store::case_reader::say(&tx, case, person.id, true).await?;
    tx.commit(Event::new(Action::ReaderNamed).case(case).subject(person.id.uuid())).await
}

/// Those named for a case now.
pub(crate) async fn named(db: &impl ConnectionTrait, case: CaseId) -> Result<BTreeSet<PersonId>> {
    Ok(store::case_reader::named(db, &[case.uuid()]).await?.remove(&case.uuid()).unwrap_or_default())
}

/// The units whose people can be named: the one that registered the case, and those covered now.
pub(crate) fn units_to_name_of(known: &Known) -> BTreeSet<UnitId> {
    known.standing.covered.iter().copied().chain([known.head().unit]).collect()
}

async fn can_be_named(db: &impl ConnectionTrait, known: &Known, tx: &Tx) -> Result<BTreeSet<PersonId>> {
    let (units, today) = (units_to_name_of(known), day(tx.now()));
    let works = store::assignment::all(db).await?;
    let works = works.into_iter().filter(|work| work.holds_on(today) && work.role != Role::Operator);
    let there: Vec<PersonId> =
        works.filter(|work| work.unit.is_some_and(|unit| units.contains(&unit))).map(|work| work.person).collect();
    let people = store::roster::people(db, there).await?;
    Ok(people.into_values().filter(|person| !person.disabled).map(|person| person.id).collect())
}

async fn begin(backend: &Backend, actor: &Actor, case: CaseId) -> Result<(Tx, Known)> {
    actor.must_be(&[Role::Coordinator, Role::Participant])?;
    let tx = backend.write(actor).await?;
    store::gate::lock(tx.db(), case).await?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    if known.verdict == Verdict::Registrant { Ok((tx, known)) } else { Err(Error::NotFound) }
}

async fn begin_protected(backend: &Backend, actor: &Actor, case: CaseId) -> Result<(Tx, Known)> {
    let (tx, known) = begin(backend, actor, case).await?;
    if known.head().protection.hides_name() { Ok((tx, known)) } else { Err(Error::NotFound) }
}
