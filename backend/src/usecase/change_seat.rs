//! Adds, changes and removes seats: which units have a place at a forum's table, and as what. Who sits there is
//! [`super::fill_seat`].

use domain::{
    flaw::FlawKind,
    id::{ForumId, SeatId, UnitId},
    seat::Tenures,
    text::Line,
    time::day,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate,
    job::meeting_changed,
    store::{self, seat::Seat},
    tx::Tx,
    typed::Typed,
};

/// A seat as typed.
#[derive(Clone, Debug, Default)]
pub struct SeatTyped {
    /// What the unit sits there as, such as "kontaktperson Åmål"; empty where its name says it.
    pub function: String,
    /// Whether the unit is at every meeting, also for general items.
    pub standing: bool,
}

fn read(filled: &SeatTyped) -> Result<String> {
    let mut typed = Typed::default();
    let function = typed.optional_line::<{ Line::MAX }>("function", &filled.function);
    typed.finish()?;
    Ok(function)
}

/// Gives a unit a seat, last at the table. Nobody sits there yet.
///
/// # Errors
/// [`Error::Denied`] for others than administrators; flaws in `unit`, `function`.
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
    let (unit, function) = (Typed::value(unit)?, read(filled)?);
    let tx = backend.write(actor).await?;
    store::forum::load(tx.db(), forum).await?;
    let seats = store::seat::of_forum(tx.db(), forum).await?;
    if !store::unit::open(tx.db()).await?.iter().any(|open| open.id == unit) {
        return Err(Error::flaw("unit", FlawKind::NotAChoice));
    }
    if seats.iter().any(|seat| seat.unit == unit) {
        return Err(Error::flaw("unit", FlawKind::Taken));
    }
    let id = SeatId::from_uuid(tx.new_id());
    let position = seats.last().map_or(0, |seat| seat.position + 1);
    let (standing, tenures) = (filled.standing, Tenures::default());
    let seat = Seat { id, forum, unit, function, standing, tenures, position, version: 1 };
    store::seat::create(&tx, &seat).await?;
    gate::drop_unplannable(&tx).await?; // its coordinators now see all times
    tx.commit(Event::new(Action::SeatChanged).subject(id.uuid())).await?;
    Ok(id)
}

/// Changes as what a unit sits there, and whether at every meeting.
///
/// # Errors
/// As [`add_seat`]; [`Error::Stale`], [`Error::NotFound`].
pub async fn change_seat(backend: &Backend, actor: &Actor, id: SeatId, version: i64, filled: &SeatTyped) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let function = read(filled)?;
    let tx = backend.write(actor).await?;
    let mut seat = loaded(&tx, id, version).await?;
    seat.function = function;
    seat.standing = filled.standing;
    store::seat::save(&tx, &seat).await?;
    tx.commit(Event::new(Action::SeatChanged).subject(id.uuid())).await
}

/// Takes a unit's seat away, and calls off those who were to come for it.
///
/// # Errors
/// As [`change_seat`].
pub async fn remove_seat(backend: &Backend, actor: &Actor, id: SeatId, version: i64) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let tx = backend.write(actor).await?;
    let seat = loaded(&tx, id, version).await?;
    store::seat::remove(tx.db(), seat.id).await?;
    meeting_changed::of_table(&tx, seat.forum, day(tx.now())).await?;
    tx.commit(Event::new(Action::SeatChanged).subject(id.uuid())).await
}

/// A seat of which somebody saw this version.
pub(super) async fn loaded(tx: &Tx, id: SeatId, version: i64) -> Result<Seat> {
    let seat = store::seat::load(tx.db(), id).await?;
    if seat.version == version { Ok(seat) } else { Err(Error::Stale) }
}
