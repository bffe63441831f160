//! Moves and cancels one meeting. It keeps its identity in everybody's calendar; the sequence number tells that it changed.

use domain::{
    flaw::FlawKind,
    id::MeetingId,
    meeting::{CancelReason, MeetingChange, MeetingRefusal, MeetingState},
    refusal::Refusal,
    series::not_free,
    text::Line,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    agenda::begins,
    audit::{Action, Event},
    job::meeting_changed,
    store::{self, meeting::Meeting},
    tx::Tx,
    typed::Typed,
};

/// When and where a meeting is, as typed.
#[derive(Clone, Debug, Default)]
pub struct TimeAndPlaceTyped {
    /// Local date.
    pub on: String,
    /// Local start.
    pub starts: String,
    /// Length.
    pub minutes: String,
    /// Where.
    pub place: String,
}

struct Read {
    on: chrono::NaiveDate,
    starts: chrono::NaiveTime,
    minutes: u16,
    place: Line,
}

fn read(filled: &TimeAndPlaceTyped) -> Result<Read> {
    let mut typed = Typed::default();
    let on = typed.date("on", &filled.on);
    let starts = typed.time("starts", &filled.starts);
    // It ends the day it began.
    let left = starts.map_or(480, |starts| {
        let passed = starts.signed_duration_since(chrono::NaiveTime::MIN).num_minutes();
        i32::try_from(24 * 60 - passed).unwrap_or(480).min(480)
    });
    let minutes = typed.number("minutes", &filled.minutes, 15.min(left), left);
    let place = typed.line("place", &filled.place);
    if let (Some(on), Some(starts)) = (on, starts)
        && domain::time::instant(on.and_time(starts)).is_err()
    {
        typed.flaw("starts", FlawKind::NoSuchTime);
    }
    typed.finish()?;
    Ok(Read {
        on: Typed::value(on)?,
        starts: Typed::value(starts)?,
        minutes: Typed::value(minutes.and_then(|minutes| u16::try_from(minutes).ok()))?,
        place: Typed::value(place)?,
    })
}

/// Gives a meeting another day, time, length or place. One that is published gets the next sequence number, those invited are told,
/// and asked again where the time is another; a second, identical move changes nothing.
///
/// # Errors
/// [`Error::Denied`] for others than coordinators and administrators; flaws by field, [`FlawKind::ClosedDay`] in `on` for
/// another day, on which no meeting is held (K2, K5); [`Refusal::AlreadyBegun`], [`Refusal::Cancelled`]; [`Error::Stale`],
/// [`Error::NotFound`].
pub async fn move_meeting(
    backend: &Backend,
    actor: &Actor,
    id: MeetingId,
    version: i64,
    filled: &TimeAndPlaceTyped,
) -> Result<()> {
    actor.must_be(&[Role::Coordinator, Role::Administrator])?;
    let read = read(filled)?;
    let tx = backend.write(actor).await?;
    let mut meeting = loaded(&tx, id, version).await?;
    let was = begins(&meeting);
    let same_time = meeting.on == read.on && meeting.starts == read.starts && meeting.minutes == read.minutes;
    let same_place = meeting.place == read.place.as_str();
    let change = match (same_time, same_place) {
        (true, true) => return Ok(()),
        (false, _) => MeetingChange::Time,
        (true, false) => MeetingChange::Place,
    };
    meeting.stage = meeting.stage.change(change).map_err(refusal)?;
    if !same_time {
        must_lie_ahead(&tx, &read)?;
    }
    if meeting.on != read.on {
        must_be_open(&tx, &read).await?;
    }
    meeting.on = read.on;
    meeting.starts = read.starts;
    meeting.minutes = read.minutes;
    meeting.place = read.place.into();
    meeting.changed_at = tx.now();
    store::meeting::save(tx.db(), &meeting).await?;
    if !same_time {
        store::invitation::ask_again(&tx, id).await?;
    }
    meeting_changed::told_when_quiet(&tx, &meeting, begins(&meeting).min(was)).await?;
    tx.commit(Event::new(Action::MeetingChanged).subject(id.uuid())).await
}

/// Cancels a meeting that has not begun. Those invited are told at once. It stays in the list and in calendars, marked as cancelled,
/// and its cases wait in the queue again. What was to be asked in anonymous consultations is erased (A4). `because` is the code of a
/// [`CancelReason`]: for the list of meetings alone, no letter and no calendar tells it.
///
/// # Errors
/// As [`move_meeting`]; a flaw in `because`.
pub async fn cancel_meeting(
    backend: &Backend,
    actor: &Actor,
    id: MeetingId,
    version: i64,
    because: &str,
) -> Result<()> {
    actor.must_be(&[Role::Coordinator, Role::Administrator])?;
    let mut typed = Typed::default();
    let because = typed.choice::<CancelReason>("because", because);
    typed.finish()?;
    let tx = backend.write(actor).await?;
    let mut meeting = loaded(&tx, id, version).await?;
    meeting.stage = meeting.stage.cancel().map_err(refusal)?;
    meeting.cancelled_because = because;
    store::agenda::erase_questions(&tx, id).await?;
    meeting.changed_at = tx.now();
    store::meeting::save(tx.db(), &meeting).await?;
    meeting_changed::told_at_once(&tx, id).await?;
    tx.commit(Event::new(Action::MeetingChanged).subject(id.uuid())).await
}

async fn loaded(tx: &Tx, id: MeetingId, version: i64) -> Result<Meeting> {
    let meeting = store::meeting::load(tx.db(), id).await?;
    if meeting.version == version { Ok(meeting) } else { Err(Error::Stale) }
}

/// The new time must not be over.
fn must_lie_ahead(tx: &Tx, read: &Read) -> Result<()> {
    let is_over = domain::time::instant(read.on.and_time(read.starts)).is_ok_and(|starts| starts < tx.now());
    if is_over { Err(Error::flaw("on", FlawKind::InThePast)) } else { Ok(()) }
}

/// The new day must be one on which meetings are held. One that was laid on another deliberately may be held there.
async fn must_be_open(tx: &Tx, read: &Read) -> Result<()> {
    let closed = store::closed_day::between(tx.db(), read.on, read.on).await?;
    let closed = closed.first().map(|day| day.kind.skip_reason());
    if not_free(read.on, closed).is_some() { Err(Error::flaw("on", FlawKind::ClosedDay)) } else { Ok(()) }
}

fn refusal(MeetingRefusal::WrongState { state }: MeetingRefusal) -> Refusal {
    match state {
        MeetingState::Cancelled => Refusal::Cancelled,
        MeetingState::Draft | MeetingState::Published | MeetingState::Running | MeetingState::Held => {
            Refusal::AlreadyBegun
        }
    }
}
