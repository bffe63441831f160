//! Takes a meeting from item to item: none opens while somebody it may not be heard by is in the room (G1).

use domain::{
    id::{AgendaItemId, MeetingId},
    refusal::Refusal,
    room::{Admission, admit},
    time::day,
};

use super::run_meeting::{in_room, led_by, running};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate::{self, Known},
    hearing::Hearing,
    store,
    store::{
        agenda::{About, Item},
        meeting::Meeting,
    },
    tx::Tx,
};

/// Ends the item under way, if any, and begins another; with a case its minutes begin, empty. An item begins once: the time
/// it was open is one stretch, and its minutes rest on who was in the room during it.
///
/// # Errors
/// [`Refusal::ItemDone`] for an item that was ended; [`Refusal::Disqualified`] for somebody who is (G4); [`Refusal::UncoveredPresent`] while somebody it may not be heard by is in the room; [`Refusal::ConsentMissing`]
/// where consent covers nobody; nothing changes then, so the item under way goes on.
pub async fn open_item(backend: &Backend, actor: &Actor, meeting: MeetingId, item: AgendaItemId) -> Result<()> {
    let tx = backend.write(actor).await?;
    let mut meeting = led_by(&tx, actor, meeting).await?;
    running(&meeting)?;
    let item = store::agenda::one(tx.db(), backend.keys(), item).await?;
    if item.meeting != meeting.id {
        return Err(Error::NotFound);
    }
    if meeting.current_item == Some(item.id) {
        return Ok(()); // a second click
    }
    let (event, known) = admitted(&tx, actor, &meeting, &item).await?;
    if item.opened_at.is_some() {
        return Err(Refusal::ItemDone.into());
    }
    let mut events = end_current(&tx, &meeting).await?;
    store::room::open_item(tx.db(), item.id, tx.now()).await?;
    if let Some(known) = known {
        let consent = known.standing.consent.ok_or(Refusal::ConsentMissing)?;
        store::minutes::create(&tx, item.id, known.id(), meeting.id, actor.person, consent).await?;
    }
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

/// What opening the item is written down as, and its case; a refusal where it may not be heard. Whoever opens it hears it
/// too, so their unit must be covered and not only know of the case.
async fn admitted(tx: &Tx, actor: &Actor, meeting: &Meeting, item: &Item) -> Result<(Event, Option<Known>)> {
    let event = Event::new(Action::ItemOpened).subject(item.id.uuid());
    let present = in_room(tx, meeting.id).await?;
    let Some(case) = item.case() else {
        let guests = present.iter().any(|one| one.guest.is_some());
        let advises = matches!(item.about, About::Anonymous(_));
        return if advises && guests { Err(Refusal::UncoveredPresent.into()) } else { Ok((event, None)) };
    };
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    if known.standing.is_open() && !known.standing.covers(actor.unit()?) {
        return Err(Refusal::ConsentMissing.into());
    }
    let hearing = Hearing::of(tx.db(), item.id, &known.record.circle, day(tx.now())).await?;
    if hearing.is_recused(actor.unit()?, &actor.name) {
        return Err(Refusal::Disqualified.into());
    }
    let present: Vec<_> = present.iter().map(|one| hearing.present(one.into())).collect();
    match admit(&known.standing, &present) {
        Admission::Open { .. } => Ok((known.event(Action::ItemOpened).subject(item.id.uuid()), Some(known))),
        Admission::Blocked { .. } | Admission::NobodyCovered => Err(Refusal::UncoveredPresent.into()),
        Admission::NoConsent(_) => Err(Refusal::ConsentMissing.into()),
    }
}
