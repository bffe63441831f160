//! Takes a meeting from item to item: none opens while somebody it may not be heard by is in the room (G1).

use domain::{
    id::{AgendaItemId, MeetingId},
    refusal::Refusal,
    room::{Admission, admit},
};

use super::run_meeting::{led_by, present, running};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate, store,
    store::{meeting::Meeting, room::RoomItem},
    tx::Tx,
};

/// Ends the item under way, if any, and begins another.
///
/// # Errors
/// [`Refusal::UncoveredPresent`] while somebody it may not be heard by is in the room; [`Refusal::ConsentMissing`]
/// where consent covers nobody; nothing changes then, so the item under way goes on.
pub async fn open_item(backend: &Backend, actor: &Actor, meeting: MeetingId, item: AgendaItemId) -> Result<()> {
    let tx = backend.write(actor).await?;
    let mut meeting = led_by(&tx, actor, meeting).await?;
    running(&meeting)?;
    let (of, item) = store::room::item(tx.db(), backend.keys(), item).await?;
    if of != meeting.id {
        return Err(Error::NotFound);
    }
    let event = admitted(&tx, actor, &meeting, &item).await?;
    let mut events = end_current(&tx, &meeting).await?;
    store::room::open_item(tx.db(), item.id, tx.now()).await?;
    meeting.current_item = Some(item.id);
    store::meeting::save(tx.db(), &meeting).await?;
    events.push(event);
    tx.commit_all(&events).await
}

/// Ends the item under way.
///
/// # Errors
/// [`Refusal::NotRunning`] when the meeting is not.
pub async fn close_item(backend: &Backend, actor: &Actor, meeting: MeetingId) -> Result<()> {
    let tx = backend.write(actor).await?;
    let mut meeting = led_by(&tx, actor, meeting).await?;
    running(&meeting)?;
    let mut events = end_current(&tx, &meeting).await?;
    meeting.current_item = None;
    store::meeting::save(tx.db(), &meeting).await?;
    if events.is_empty() {
        // A second click: nothing was open any more.
        events.push(Event::new(Action::ItemClosed).subject(meeting.id.uuid()));
    }
    tx.commit_all(&events).await
}

async fn end_current(tx: &Tx, meeting: &Meeting) -> Result<Vec<Event>> {
    let Some(current) = meeting.current_item else { return Ok(Vec::new()) };
    store::room::close_item(tx.db(), current, tx.now()).await?;
    Ok(vec![Event::new(Action::ItemClosed).subject(current.uuid())])
}

async fn admitted(tx: &Tx, actor: &Actor, meeting: &Meeting, item: &RoomItem) -> Result<Event> {
    let event = Event::new(Action::ItemOpened).subject(item.id.uuid());
    let Some(case) = item.case() else { return Ok(event) };
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    match admit(&known.standing, &present(tx, meeting.id).await?) {
        Admission::Open { .. } => Ok(event.case(case).basis(known.standing.consent)),
        Admission::Blocked { .. } | Admission::NobodyCovered => Err(Refusal::UncoveredPresent.into()),
        Admission::NoConsent(_) => Err(Refusal::ConsentMissing.into()),
    }
}
