//! Takes an item off an agenda, or gives it, or all of them, another length.

use domain::{
    agenda::shortened,
    id::{AgendaItemId, MeetingId},
    refusal::Refusal,
};

use super::add_item::typed_minutes;
use crate::{
    Backend, Error, Result,
    actor::Actor,
    agenda::{Agenda, Entry},
    audit::{Action, Event},
    store::{self, agenda::ItemState},
    typed::Typed,
};

/// Takes an item off the agenda; its case goes back to the queue with its waiting time kept.
///
/// # Errors
/// [`crate::Error::Stale`] when the board is not as seen; and as every change of an agenda.
pub async fn remove_item(
    backend: &Backend,
    actor: &Actor,
    meeting: MeetingId,
    item: AgendaItemId,
    seen: &str,
) -> Result<()> {
    let tx = backend.write(actor).await?;
    let agenda = Agenda::to_change(&tx, actor, meeting).await?;
    let entry = agenda.entry(item)?;
    agenda.must_be_as_seen(seen)?;
    if entry.item.state != ItemState::Planned {
        return Err(Refusal::AlreadyBegun.into());
    }
    store::agenda::remove(&tx, item).await?;
    agenda.tell_changed(&tx).await?;
    let event = event(entry, meeting);
    tx.commit(event).await
}

/// Gives an item another length, `minutes` as typed.
///
/// # Errors
/// [`crate::Error::Invalid`] naming `minutes`; [`crate::Error::Stale`]; and as every change of an agenda.
pub async fn change_minutes(
    backend: &Backend,
    actor: &Actor,
    meeting: MeetingId,
    item: AgendaItemId,
    minutes: &str,
    seen: &str,
) -> Result<()> {
    let mut typed = Typed::default();
    let minutes = typed_minutes(&mut typed, minutes);
    typed.finish()?;
    let minutes = Typed::value(minutes)?;
    let tx = backend.write(actor).await?;
    let agenda = Agenda::to_change(&tx, actor, meeting).await?;
    let entry = agenda.entry(item)?;
    agenda.must_be_as_seen(seen)?;
    store::agenda::set_minutes(&tx, item, minutes).await?;
    agenda.tell_changed(&tx).await?;
    let event = event(entry, meeting);
    tx.commit(event).await
}

/// Says when a case's family comes to its item, `at` as typed; with nothing typed it does not take part.
///
/// # Errors
/// [`crate::Error::Invalid`] naming `family_at`; [`crate::Error::NotFound`] for what is no case; [`crate::Error::Stale`]; and as every
/// change of an agenda.
pub async fn set_family_time(
    backend: &Backend,
    actor: &Actor,
    meeting: MeetingId,
    item: AgendaItemId,
    at: &str,
    seen: &str,
) -> Result<()> {
    let mut typed = Typed::default();
    let at = if at.trim().is_empty() { None } else { typed.time("family_at", at) };
    typed.finish()?;
    let tx = backend.write(actor).await?;
    let agenda = Agenda::to_change(&tx, actor, meeting).await?;
    let entry = agenda.entry(item)?;
    entry.item.case().ok_or(Error::NotFound)?;
    agenda.must_be_as_seen(seen)?;
    store::agenda::set_family_at(&tx, item, at).await?;
    let event = event(entry, meeting);
    tx.commit(event).await
}

/// Shortens the items until all fit in the meeting.
///
/// # Errors
/// [`Refusal::DoesNotFit`] where they cannot all be made short enough; [`crate::Error::Stale`]; and as every change of an agenda.
pub async fn shorten_items(backend: &Backend, actor: &Actor, meeting: MeetingId, seen: &str) -> Result<()> {
    let mut tx = backend.write(actor).await?;
    let agenda = Agenda::to_change(&tx, actor, meeting).await?;
    agenda.must_be_as_seen(seen)?;
    let lengths = shortened(&agenda.planned(), agenda.meeting.minutes.into()).ok_or(Refusal::DoesNotFit)?;
    for (item, minutes) in lengths {
        store::agenda::set_minutes(&tx, item, minutes).await?;
        tx.record(event(agenda.entry(item)?, meeting));
    }
    agenda.tell_changed(&tx).await?;
    tx.commit(Event::new(Action::AgendaChanged).subject(meeting.uuid())).await
}

fn event(entry: &Entry, meeting: MeetingId) -> Event {
    let about = entry
        .known
        .as_ref()
        .map_or_else(|| Event::new(Action::AgendaChanged), |known| known.event(Action::AgendaChanged));
    about.subject(meeting.uuid())
}
