//! Moves a case from one agenda to the next it belongs on: not reached in time, another day of follow-up, or a birthday between
//! (R1, R6).

use chrono::NaiveDate;
use domain::{
    id::{AgendaItemId, MeetingId},
    meeting::MeetingState,
    refusal::Refusal,
    routing::Routing,
    time::day,
};

use super::add_item::put;
use crate::{
    Backend, Error, Result,
    actor::Actor,
    agenda::Agenda,
    audit::Action,
    gate::Known,
    store::{self, agenda::ItemState, meeting::Meeting},
    tx::Tx,
    waits::waits,
};

/// Takes a case off an agenda and puts it last on that of the next meeting that takes its age on that day, not before a day of
/// follow-up or one asked for. Gives that meeting. Where it does not belong here at all, the next from today on.
///
/// # Errors
/// [`Refusal::NoMeetingAhead`] where there is none that the actor plans; [`Error::NotFound`] for what is no case;
/// [`Error::Stale`] when the board is not as seen; and as [`super::add_item::add_case`] and every change of an agenda.
pub async fn carry_over(
    backend: &Backend,
    actor: &Actor,
    meeting: MeetingId,
    item: AgendaItemId,
    seen: &str,
) -> Result<MeetingId> {
    let mut tx = backend.write(actor).await?;
    let agenda = Agenda::to_change(&tx, actor, meeting).await?;
    let entry = agenda.entry(item)?;
    let known = entry.known.as_ref().ok_or(Error::NotFound)?;
    agenda.must_be_as_seen(seen)?;
    if entry.item.state != ItemState::Planned {
        return Err(Refusal::AlreadyBegun.into());
    }
    let next = next(&tx, &agenda.meeting, known).await?.ok_or(Refusal::NoMeetingAhead)?;
    let to = match Agenda::to_change(&tx, actor, next).await {
        // Somebody else plans that one.
        Err(Error::NotFound) => return Err(Refusal::NoMeetingAhead.into()),
        found => found?,
    };
    store::agenda::remove(&tx, item).await?;
    // With the length it was given; its family comes when it was asked to, as on any agenda.
    let put = put(&tx, actor, &to, known).await?;
    store::agenda::set_minutes(&tx, put, entry.item.minutes).await?;
    agenda.tell_changed(&tx).await?;
    to.tell_changed(&tx).await?;
    tx.record(known.event(Action::AgendaChanged).subject(meeting.uuid()));
    tx.commit(known.event(Action::AgendaChanged).subject(next.uuid())).await?;
    Ok(next)
}

async fn next(tx: &Tx, from: &Meeting, known: &Known) -> Result<Option<MeetingId>> {
    let Some(bands) = store::forum::bands(tx.db()).await? else { return Ok(None) };
    let belongs = |meeting: &Meeting| bands.route(known.head().born_on, meeting.on) == Routing::Forum(meeting.forum);
    let today = day(tx.now());
    let first_day: Option<NaiveDate> =
        waits(tx.db(), [known], today).await?.remove(&known.id()).and_then(|waits| waits.past.first_day());
    let after = |meeting: &Meeting| !belongs(from) || meeting.starts_at() > from.starts_at();
    let ahead = store::meeting::from_day(tx.db(), today.max(first_day.unwrap_or(today))).await?;
    let planned = |meeting: &&Meeting| matches!(meeting.stage.state, MeetingState::Draft | MeetingState::Published);
    let mut fitting = ahead.iter().filter(planned).filter(|meeting| meeting.id != from.id && after(meeting));
    Ok(fitting.find(|meeting| belongs(meeting)).map(|meeting| meeting.id))
}
