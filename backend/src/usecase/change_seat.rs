//! Adds, changes and removes seats: which units have a place at a forum's table, and who sits there.

use domain::{
    flaw::FlawKind,
    id::{ForumId, PersonId, SeatId, UnitId},
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate,
    store::{self, seat::Seat},
    tx::Tx,
    typed::Typed,
};

/// Who sits on a seat, as typed.
#[derive(Clone, Debug, Default)]
pub struct SeatTyped {
    /// A person of the unit, or empty while nobody is chosen.
    pub holder: String,
    /// Another person of the unit, or empty.
    pub deputy: String,
    /// Whether the unit is at every meeting, also for general items.
    pub standing: bool,
}

/// Gives a unit a seat, last at the table.
///
/// # Errors
/// [`Error::Denied`] for others than administrators; flaws in `unit`, `holder`, `deputy`.
pub async fn add_seat(
    backend: &Backend,
    actor: &Actor,
    forum: ForumId,
    unit: &str,
    filled: &SeatTyped,
) -> Result<SeatId> {
    actor.must_be(&[Role::Administrator])?;
    let mut typed = Typed::default();
    let unit = typed.choice::<UnitId>("unit", unit);
    typed.finish()?;
    let unit = Typed::value(unit)?;
    let tx = backend.write(actor).await?;
    store::forum::load(tx.db(), forum).await?;
    let seats = store::seat::of_forum(tx.db(), forum).await?;
    if !store::unit::open(tx.db()).await?.iter().any(|open| open.id == unit) {
        return Err(Error::flaw("unit", FlawKind::NotAChoice));
    }
    if seats.iter().any(|seat| seat.unit == unit) {
        return Err(Error::flaw("unit", FlawKind::Taken));
    }
    let (holder, deputy) = sitters(&tx, unit, filled).await?;
    let id = SeatId::from_uuid(tx.new_id());
    let position = seats.last().map_or(0, |seat| seat.position + 1);
    let seat = Seat { id, forum, unit, standing: filled.standing, holder, deputy, position, version: 1 };
    store::seat::create(tx.db(), &seat).await?;
    gate::drop_unplannable(&tx).await?; // its coordinators now see all times
    tx.commit(Event::new(Action::SeatChanged).subject(id.uuid())).await?;
    Ok(id)
}

/// Changes who sits on a seat, and whether at every meeting.
///
/// # Errors
/// As [`add_seat`]; [`Error::Stale`], [`Error::NotFound`].
pub async fn change_seat(backend: &Backend, actor: &Actor, id: SeatId, version: i64, filled: &SeatTyped) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let tx = backend.write(actor).await?;
    let mut seat = loaded(&tx, id, version).await?;
    (seat.holder, seat.deputy) = sitters(&tx, seat.unit, filled).await?;
    seat.standing = filled.standing;
    store::seat::save(tx.db(), &seat).await?;
    tx.commit(Event::new(Action::SeatChanged).subject(id.uuid())).await
}

/// Takes a unit's seat away. Meetings it was invited to stay as they are.
///
/// # Errors
/// As [`change_seat`].
pub async fn remove_seat(backend: &Backend, actor: &Actor, id: SeatId, version: i64) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let tx = backend.write(actor).await?;
    let seat = loaded(&tx, id, version).await?;
    store::seat::remove(tx.db(), seat.id).await?;
    tx.commit(Event::new(Action::SeatChanged).subject(id.uuid())).await
}

async fn loaded(tx: &Tx, id: SeatId, version: i64) -> Result<Seat> {
    let seat = store::seat::load(tx.db(), id).await?;
    if seat.version == version { Ok(seat) } else { Err(Error::Stale) }
}

/// Holder and deputy: two different people who work in the unit today.
async fn sitters(tx: &Tx, unit: UnitId, filled: &SeatTyped) -> Result<(Option<PersonId>, Option<PersonId>)> {
    let mut typed = Typed::default();
    let holder = typed.optional_choice::<PersonId>("holder", &filled.holder);
    let deputy = typed.optional_choice::<PersonId>("deputy", &filled.deputy);
    let today = domain::time::day(tx.now());
    let staff: Vec<PersonId> = store::assignment::all(tx.db())
        .await?
        .into_iter()
        .filter(|work| work.unit == Some(unit) && work.holds_on(today))
        .map(|work| work.person)
        .collect();
    for (field, person) in [("holder", holder), ("deputy", deputy)] {
        if person.is_some_and(|person| !staff.contains(&person)) {
            typed.flaw(field, FlawKind::NotAChoice);
        }
    }
    if holder.is_some() && holder == deputy {
        typed.flaw("deputy", FlawKind::Taken);
    }
    typed.finish()?;
    Ok((holder, deputy))
}
