//! Who may sign in, and as what: an administrator's register.

use chrono::NaiveDate;
use domain::{
    flaw::FlawKind,
    id::{AssignmentId, PersonId, UnitId},
    refusal::Refusal,
    text::PlainText,
    time,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    auth::email,
    gate,
    store::{self, assignment::Work, person::PersonRecord},
    tx::Tx,
    typed::Typed,
    usecase::invite,
};

/// A person as an administrator types them.
#[derive(Clone, Debug, Default)]
pub struct TypedPerson {
    /// `name`
    pub name: String,
    /// `email`
    pub email: String,
}

/// An assignment as an administrator types it.
#[derive(Clone, Debug, Default)]
pub struct TypedWork {
    /// `role`: a code of [`Role`].
    pub role: String,
    /// `unit`: a unit's id; empty for IT operators.
    pub unit: String,
    /// `title`
    pub title: String,
    /// `from`: the first day; empty for today.
    pub from: String,
    /// `until`: the last day; empty for none yet.
    pub until: String,
}

fn read_person(typed_person: &TypedPerson) -> Result<(String, String)> {
    let mut typed = Typed::default();
    let name = typed.name("name", &typed_person.name);
    let address = email(&typed_person.email).map_err(|kind| typed.flaw("email", kind)).ok();
    typed.finish()?;
    Ok((Typed::value(address)?, Typed::value(name)?.into()))
}

/// Adds somebody who may sign in once they follow their link.
///
/// # Errors
/// [`Error::Denied`] for others than administrators; the flaws of `name` and `email`, [`FlawKind::Taken`] among them.
pub async fn add_person(backend: &Backend, actor: &Actor, typed: &TypedPerson) -> Result<PersonId> {
    actor.must_be(&[Role::Administrator])?;
    let (address, name) = read_person(typed)?;
    let tx = backend.write(actor).await?;
    free(&tx, &address, None).await?;
    let person = invite::add(&tx, address, name).await?;
    tx.commit(Event::new(Action::PersonChanged).subject(person.uuid())).await?;
    Ok(person)
}

/// Changes a person's name and address, unless somebody else did since version `seen`.
///
/// # Errors
/// As [`add_person`]; [`Error::Stale`].
pub async fn change_person(
    backend: &Backend,
    actor: &Actor,
    person: &str,
    seen: i64,
    typed: &TypedPerson,
) -> Result<PersonId> {
    actor.must_be(&[Role::Administrator])?;
    let (address, name) = read_person(typed)?;
    let tx = backend.write(actor).await?;
    let before = load(&tx, person, seen).await?;
    free(&tx, &address, Some(before.id)).await?;
    let person = before.id;
    store::person::save(tx.db(), &PersonRecord { email: address, name, ..before }).await?;
    tx.commit(Event::new(Action::PersonChanged).subject(person.uuid())).await?;
    Ok(person)
}

/// Shuts a person out, or lets them in again. Shut out, their sessions end in the same transaction (SESS-05).
///
/// # Errors
/// [`Error::Denied`], [`Error::Stale`]; [`Refusal::LastOne`] for the last administrator who can sign in.
pub async fn set_disabled(
    backend: &Backend,
    actor: &Actor,
    person: &str,
    seen: i64,
    disabled: bool,
) -> Result<PersonId> {
    actor.must_be(&[Role::Administrator])?;
    let tx = backend.write(actor).await?;
    let before = load(&tx, person, seen).await?;
    let person = before.id;
    if disabled {
        let today = time::day(tx.now());
        keep_an_administrator(&tx, today, |work| work.person == person).await?;
        store::session::end_all(tx.db(), person, None, tx.now()).await?;
        store::entry_link::revoke_all(tx.db(), person, tx.now()).await?;
    }
    let disabled_at = disabled.then(|| tx.now());
    store::person::save(tx.db(), &PersonRecord { disabled_at, ..before }).await?;
    tx.commit(Event::new(Action::PersonChanged).subject(person.uuid())).await?;
    Ok(person)
}

async fn load(tx: &Tx, person: &str, seen: i64) -> Result<PersonRecord> {
    let person: PersonId = person.parse().map_err(|_| Error::NotFound)?;
    let before = store::person::load(tx.db(), person).await?;
    if before.version == seen { Ok(before) } else { Err(Error::Stale) }
}

async fn free(tx: &Tx, address: &str, person: Option<PersonId>) -> Result<()> {
    match store::person::by_email(tx.db(), address).await? {
        Some(other) if Some(other.id) != person => Err(Error::flaw("email", FlawKind::Taken)),
        _ => Ok(()),
    }
}

/// Gives a person something to work as.
///
/// # Errors
/// [`Error::Denied`]; the flaws of `role`, `unit`, `title`, `from`, `until`.
pub async fn add_assignment(backend: &Backend, actor: &Actor, person: &str, typed: &TypedWork) -> Result<AssignmentId> {
    actor.must_be(&[Role::Administrator])?;
    let person: PersonId = person.parse().map_err(|_| Error::NotFound)?;
    let tx = backend.write(actor).await?;
    store::person::load(tx.db(), person).await?;
    let work = read_work(&tx, person, typed).await?;
    let same = |other: &Work| {
        other.role == work.role && other.unit == work.unit && other.until.is_none_or(|until| work.from <= until)
    };
    if store::assignment::of_person(tx.db(), person).await?.iter().any(same) {
        return Err(Error::flaw("role", FlawKind::Taken));
    }
    store::assignment::create(tx.db(), &work).await?;
    gate::drop_unplannable(&tx).await?; // who begins to plan sees all times
    tx.commit(Event::new(Action::AssignmentChanged).subject(work.id.uuid())).await?;
    Ok(work.id)
}

async fn read_work(tx: &Tx, person: PersonId, text: &TypedWork) -> Result<Work> {
    let mut typed = Typed::default();
    let role: Option<Role> = typed.choice("role", &text.role);
    // An operator works for no unit: what the unit may know is not for the machine room (L5).
    let unit: Option<UnitId> = match role {
        Some(Role::Operator) => None,
        _ => typed.choice("unit", &text.unit),
    };
    if let Some(unit) = unit
        && !store::unit::open(tx.db()).await?.iter().any(|open| open.id == unit)
    {
        typed.flaw("unit", FlawKind::NotAChoice);
    }
    let title: Option<PlainText<100>> = typed.line("title", &text.title);
    let from = typed.optional_date("from", &text.from);
    let until = typed.optional_date("until", &text.until);
    let from = from.unwrap_or_else(|| time::day(tx.now()));
    if until.is_some_and(|until| until < from) {
        typed.flaw("until", FlawKind::BeforeTheOther);
    }
    typed.finish()?;
    Ok(Work {
        id: AssignmentId::from_uuid(tx.new_id()),
        person,
        unit,
        unit_name: String::new(),
        unit_closed: false,
        role: Typed::value(role)?,
        title: Typed::value(title)?.into(),
        from,
        until,
        version: 1,
    })
}

/// Ends an assignment: today at once, or on a day to come. Sessions working in it end when it does (SESS-05).
///
/// # Errors
/// [`Error::Denied`], [`Error::Stale`]; the flaw of `until`; [`Refusal::LastOne`] for the last administrator.
pub async fn end_assignment(
    backend: &Backend,
    actor: &Actor,
    assignment: &str,
    seen: i64,
    last_day: &str,
) -> Result<PersonId> {
    actor.must_be(&[Role::Administrator])?;
    let assignment: AssignmentId = assignment.parse().map_err(|_| Error::NotFound)?;
    let tx = backend.write(actor).await?;
    let today = time::day(tx.now());
    let work = store::assignment::find(tx.db(), assignment).await?.ok_or(Error::NotFound)?;
    if work.version != seen {
        return Err(Error::Stale);
    }
    let until = last_day_of(&work, last_day, today)?;
    if until < today {
        keep_an_administrator(&tx, today, |other| other.id == work.id).await?;
        store::session::end_in(tx.db(), work.id, tx.now()).await?;
    }
    store::assignment::set_until(tx.db(), &work, until).await?;
    tx.commit(Event::new(Action::AssignmentChanged).subject(work.id.uuid())).await?;
    Ok(work.person)
}

/// The last day as typed; left empty, the assignment is over now: yesterday was its last.
fn last_day_of(work: &Work, text: &str, today: NaiveDate) -> Result<NaiveDate> {
    let mut typed = Typed::default();
    let day = typed.optional_date("until", text);
    if day.is_some_and(|day| day < today) {
        typed.flaw("until", FlawKind::InThePast);
    } else if day.is_some_and(|day| day < work.from) {
        typed.flaw("until", FlawKind::BeforeTheOther);
    }
    typed.finish()?;
    Ok(day.or_else(|| today.pred_opt()).unwrap_or(today))
}

/// Goes on only if somebody who can sign in still administers without the assignments that `gone` names.
async fn keep_an_administrator(tx: &Tx, today: NaiveDate, gone: impl Fn(&Work) -> bool) -> Result<()> {
    let people = store::person::all(tx.db()).await?;
    let works = store::assignment::all(tx.db()).await?;
    let administers = |work: &&Work| {
        work.role == Role::Administrator
            && work.holds_on(today)
            && people.iter().any(|person| person.id == work.person && person.disabled_at.is_none())
    };
    let touched = works.iter().filter(administers).any(&gone);
    let left = works.iter().filter(administers).any(|work| !gone(work));
    if touched && !left { Err(Refusal::LastOne.into()) } else { Ok(()) }
}
