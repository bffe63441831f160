//! Opens and closes a meeting, and lets people in and out of its room.

use domain::{
    consent::standing,
    id::{MeetingId, UnitId},
    meeting::{MeetingRefusal, MeetingState},
    refusal::Refusal,
    room::may_hear,
    time::day,
    visibility::Role,
};
use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    hearing::{Hearing, Person},
    store::{self, agenda::About, meeting::Meeting, room::Attendee},
    tx::Tx,
    typed::Typed,
};

/// Opens a published meeting.
///
/// # Errors
/// [`Error::Denied`] for others than coordinators with a seat; a refusal when it is not published.
pub async fn open_meeting(backend: &Backend, actor: &Actor, id: MeetingId) -> Result<()> {
    let tx = backend.write(actor).await?;
    let mut meeting = led_by(&tx, actor, id).await?;
    meeting.stage = meeting.stage.start().map_err(refusal)?;
    meeting.opened_at = Some(tx.now());
    store::meeting::save(tx.db(), &meeting).await?;
    tx.commit(Event::new(Action::MeetingOpened).subject(id.uuid())).await
}

/// Closes a running meeting: ends its item, lets everybody out, and erases what was asked in anonymous consultations (A4).
///
/// # Errors
/// As [`open_meeting`].
pub async fn close_meeting(backend: &Backend, actor: &Actor, id: MeetingId) -> Result<()> {
    let tx = backend.write(actor).await?;
    let mut meeting = led_by(&tx, actor, id).await?;
    meeting.stage = meeting.stage.finish().map_err(refusal)?;
    if let Some(item) = meeting.current_item.take() {
        store::room::close_item(tx.db(), item, tx.now()).await?;
    }
    store::agenda::erase_questions(&tx, id).await?;
    meeting.closed_at = Some(tx.now());
    store::room::all_leave(tx.db(), id, tx.now()).await?;
    store::meeting::save(tx.db(), &meeting).await?;
    tx.commit(Event::new(Action::MeetingClosed).subject(id.uuid())).await
}

/// Lets somebody into the room. While an item is open, only somebody it may be heard by (G2).
///
/// # Errors
/// A flaw in `name` or `unit`; [`Refusal::UncoveredPresent`] while an item is open that the unit may not hear.
pub async fn check_in(backend: &Backend, actor: &Actor, id: MeetingId, unit: &str, name: &str) -> Result<()> {
    let mut typed = Typed::default();
    let unit: Option<UnitId> = typed.choice("unit", unit);
    let name = typed.name("name", name);
    typed.finish()?;
    let (unit, name) = (Typed::value(unit)?, Typed::value(name)?);
    let tx = backend.write(actor).await?;
    let meeting = led_by(&tx, actor, id).await?;
    running(&meeting)?;
    let kind = store::unit::load(tx.db(), unit).await?.kind;
    admit_late(&tx, &meeting, Person { unit, kind, name: name.as_str(), guest: None }).await?;
    let attendance = tx.new_id();
    store::room::arrive(tx.db(), attendance, id, unit, None, name.as_str(), tx.now()).await?;
    tx.commit(Event::new(Action::AttendanceChanged).subject(attendance)).await
}

/// Lets somebody out of the room. Whoever has left already stays left: a second click changes nothing.
///
/// # Errors
/// As [`open_meeting`].
pub async fn check_out(backend: &Backend, actor: &Actor, id: MeetingId, attendance: Uuid) -> Result<()> {
    let tx = backend.write(actor).await?;
    led_by(&tx, actor, id).await?;
    store::room::leave(tx.db(), id, attendance, tx.now()).await?;
    tx.commit(Event::new(Action::AttendanceChanged).subject(attendance)).await
}

/// Lets everybody of a unit out of the room.
///
/// # Errors
/// As [`open_meeting`].
pub async fn check_out_unit(backend: &Backend, actor: &Actor, id: MeetingId, unit: UnitId) -> Result<()> {
    let tx = backend.write(actor).await?;
    led_by(&tx, actor, id).await?;
    for someone in store::room::attendees(tx.db(), backend.keys(), id).await? {
        if someone.unit == unit && someone.left_at.is_none() {
            store::room::leave(tx.db(), id, someone.id, tx.now()).await?;
        }
    }
    tx.commit(Event::new(Action::AttendanceChanged).subject(id.uuid())).await
}

/// The meeting, if this person leads it: a coordinator whose unit has a seat in its forum. Held until the change is made, so
/// that nobody comes in while an item opens.
pub(crate) async fn led_by(tx: &Tx, actor: &Actor, id: MeetingId) -> Result<Meeting> {
    actor.must_be(&[Role::Coordinator])?;
    let unit = actor.unit()?;
    let meeting = store::agenda::meeting_to_change(tx, id).await?;
    let seats = store::seat::of_forum(tx.db(), meeting.forum).await?;
    if seats.iter().any(|seat| seat.unit == unit) { Ok(meeting) } else { Err(Error::NotFound) }
}

/// Goes on only while the meeting runs.
pub(crate) fn running(meeting: &Meeting) -> Result<()> {
    if meeting.stage.state == MeetingState::Running { Ok(()) } else { Err(Refusal::NotRunning.into()) }
}

/// Goes on only where somebody who comes in may hear the item under way, if any (G2). Asked of the case itself: whoever stands at the
/// door need not know of it.
pub(crate) async fn admit_late(tx: &Tx, meeting: &Meeting, person: Person<'_>) -> Result<()> {
    let Some(item) = meeting.current_item else { return Ok(()) };
    let item = store::agenda::one(tx.db(), tx.backend().keys(), item).await?;
    let hears = match item.about {
        About::Case(case) => {
            let record = store::case::record(tx.db(), case).await?;
            let hearing = Hearing::of(tx.db(), item.id, &record.circle, day(tx.now())).await?;
            may_hear(&standing(&record.facts, tx.now()), &hearing.present(person))
        }
        // Those at the table advise each other; a guest is of one case.
        About::Anonymous(_) => person.guest.is_none(),
        About::General(_) => true,
    };
    if hears { Ok(()) } else { Err(Refusal::UncoveredPresent.into()) }
}

/// Those in the room at this moment.
pub(crate) async fn in_room(tx: &Tx, id: MeetingId) -> Result<Vec<Attendee>> {
    let mut all = store::room::attendees(tx.db(), tx.backend().keys(), id).await?;
    all.retain(|someone| someone.left_at.is_none_or(|left| left > tx.now()));
    Ok(all)
}

fn refusal(no: MeetingRefusal) -> Error {
    let MeetingRefusal::WrongState { state } = no;
    match state {
        MeetingState::Draft | MeetingState::Published => Refusal::NotRunning,
        MeetingState::Running | MeetingState::Held => Refusal::AlreadyBegun,
        MeetingState::Cancelled => Refusal::Cancelled,
    }
    .into()
}
