//! Puts people on seats and hands seats over. What comes goes with the seat: who is called to a coming meeting is called off where
//! somebody else sits there that day, who is called in their place. What was stays with those it was for.

use chrono::NaiveDate;
use domain::{
    flaw::FlawKind,
    id::{PersonId, SeatId, UnitId},
    seat::{TenureRefusal, Tenures},
    time::day,
    visibility::Role,
};

use super::change_seat::loaded;
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    job::meeting_changed,
    store::{self, seat::Seat},
    tx::Tx,
    typed::Typed,
};

/// Hands a seat over, or leaves it empty, from a day on; from today where none is given. `to` is a person of the unit or empty.
///
/// # Errors
/// [`Error::Denied`] for others than administrators; flaws in `holder`, `from`; [`Error::Stale`], [`Error::NotFound`].
pub async fn hand_over(
    backend: &Backend,
    actor: &Actor,
    id: SeatId,
    version: i64,
    (to, from): (&str, &str),
) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let mut typed = Typed::default();
    let to = typed.optional_choice::<PersonId>("holder", to);
    let from = typed.optional_date("from", from);
    typed.finish()?;
    let tx = backend.write(actor).await?;
    let seat = loaded(&tx, id, version).await?;
    let today = day(tx.now());
    let from = from.unwrap_or(today);
    if let Some(to) = to {
        must_work_there(&tx, "holder", to, seat.unit, from).await?;
    }
    let tenures = seat.tenures.hand_over(to, from, today).map_err(|why| flaw("holder", why))?;
    fill(tx, seat, tenures, from).await
}

/// Adds a deputy, asked after the others; from today where no day is given, without an end where none is.
///
/// # Errors
/// As [`hand_over`], with flaws in `deputy`, `from`, `until`.
pub async fn add_deputy(
    backend: &Backend,
    actor: &Actor,
    id: SeatId,
    version: i64,
    (person, from, until): (&str, &str, &str),
) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let mut typed = Typed::default();
    let person = typed.choice::<PersonId>("deputy", person);
    let from = typed.optional_date("from", from);
    let until = typed.optional_date("until", until);
    typed.finish()?;
    let person = Typed::value(person)?;
    let tx = backend.write(actor).await?;
    let seat = loaded(&tx, id, version).await?;
    let today = day(tx.now());
    let from = from.unwrap_or(today);
    must_work_there(&tx, "deputy", person, seat.unit, from).await?;
    let tenures = seat.tenures.with_deputy(person, from, until, today).map_err(|why| flaw("deputy", why))?;
    fill(tx, seat, tenures, from).await
}

/// Ends a deputy's time today.
///
/// # Errors
/// As [`hand_over`]; [`Error::NotFound`] for somebody who is no deputy there.
pub async fn remove_deputy(backend: &Backend, actor: &Actor, id: SeatId, version: i64, person: PersonId) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let tx = backend.write(actor).await?;
    let seat = loaded(&tx, id, version).await?;
    let today = day(tx.now());
    let tenures = seat.tenures.without_deputy(person, today).map_err(|_| Error::NotFound)?;
    fill(tx, seat, tenures, today).await
}

async fn fill(tx: Tx, mut seat: Seat, tenures: Tenures, from: NaiveDate) -> Result<()> {
    seat.tenures = tenures;
    store::seat::save(&tx, &seat).await?;
    meeting_changed::of_table(&tx, seat.forum, from).await?;
    tx.commit(Event::new(Action::SeatChanged).subject(seat.id.uuid())).await
}

/// Somebody who works in the unit on the day they begin to sit there.
async fn must_work_there(tx: &Tx, field: &str, person: PersonId, unit: UnitId, on: NaiveDate) -> Result<()> {
    let works = store::assignment::of_person(tx.db(), person).await?;
    let works_there = works.iter().any(|work| work.unit == Some(unit) && work.holds_on(on));
    let disabled = store::person::find(tx.db(), person).await?.is_none_or(|person| person.disabled_at.is_some());
    if works_there && !disabled { Ok(()) } else { Err(Error::flaw(field, FlawKind::NotAChoice)) }
}

fn flaw(person: &str, why: TenureRefusal) -> Error {
    match why {
        TenureRefusal::InThePast => Error::flaw("from", FlawKind::InThePast),
        TenureRefusal::EndsBeforeStart => Error::flaw("until", FlawKind::BeforeTheOther),
        TenureRefusal::SitsAlready | TenureRefusal::SitsNot => Error::flaw(person, FlawKind::SitsThere),
    }
}
