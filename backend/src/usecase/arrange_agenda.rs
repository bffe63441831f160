//! Gives an agenda another order: one step, one place, the whole board, or so that partners wait least (V7).

use domain::{
    agenda::{Weights, waiting},
    flaw::FlawKind,
    id::{AgendaItemId, MeetingId},
    order::best_order,
    refusal::Refusal,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    agenda::Agenda,
    audit::{Action, Event},
    cores::{self, Cores},
    store,
    tx::Tx,
};

/// Where an item goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One place earlier.
    Up,
    /// One place later.
    Down,
    /// To this place, counted from 1; past the end means last.
    To(usize),
}

impl Step {
    /// As a form sends it: `up`, `down`, or a place counted from 1.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `step`.
    pub fn typed(text: &str) -> Result<Self> {
        match text.trim() {
            "up" => Ok(Self::Up),
            "down" => Ok(Self::Down),
            place => match place.parse() {
                Ok(place @ 1..=MOST_PLACES) => Ok(Self::To(place)),
                _ => Err(Error::flaw("step", FlawKind::NotANumber { min: 1, max: 480 })),
            },
        }
    }
}

/// As many places as an agenda can have: an item lasts a minute at least.
const MOST_PLACES: usize = 480;

/// The board after an order was laid on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    /// Which state the board is in now.
    pub stamp: String,
    /// Minutes all partners wait, together.
    pub waiting: u64,
}

/// The way back from an order that was laid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// Which state the board is in now: there is a way back from this one alone.
    pub stamp: String,
    /// For each place as it was, the place its item has now, counted from 0. Nothing of the items themselves.
    pub places: Vec<usize>,
}

/// What ordering for the partners' sake did, in minutes of all partners together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arranged {
    /// What they would have waited.
    pub before: u64,
    /// What they wait now.
    pub after: u64,
    /// No order lets them wait less than this.
    pub at_least: u64,
    /// The way back.
    pub undo: Undo,
}

/// Moves one item.
///
/// # Errors
/// [`Error::Stale`] when the board is not as seen; and as every change of an agenda.
pub async fn move_item(
    backend: &Backend,
    actor: &Actor,
    meeting: MeetingId,
    item: AgendaItemId,
    step: Step,
    seen: &str,
) -> Result<Undo> {
    let tx = backend.write(actor).await?;
    let mut agenda = Agenda::to_change(&tx, actor, meeting).await?;
    agenda.entry(item)?;
    agenda.must_be_as_seen(seen)?;
    let mut order: Vec<_> = agenda.items.iter().map(|entry| entry.item.id).collect();
    let from = order.iter().position(|id| *id == item).unwrap_or_default();
    let to = match step {
        Step::Up => from.saturating_sub(1),
        Step::Down => from + 1,
        Step::To(place) => place.saturating_sub(1),
    };
    let moved = order.remove(from);
    order.insert(to.min(order.len()), moved);
    save(tx, &mut agenda, &order).await
}

/// Gives the whole board the order somebody laid.
///
/// # Errors
/// As [`move_item`].
pub async fn set_order(
    backend: &Backend,
    actor: &Actor,
    meeting: MeetingId,
    order: &[AgendaItemId],
    seen: &str,
) -> Result<Laid> {
    let tx = backend.write(actor).await?;
    let mut agenda = Agenda::to_change(&tx, actor, meeting).await?;
    agenda.must_be_as_seen(seen)?;
    let undo = save(tx, &mut agenda, order).await?;
    Ok(Laid { stamp: undo.stamp, waiting: waiting(&agenda.planned(), &Weights::new()) })
}

/// Orders the items so that partners wait least, as far as it can be proven ([`domain::order`]).
///
/// # Errors
/// As [`move_item`]; [`Refusal::EmptyAgenda`] where there is nothing to order; [`Refusal::NoOrder`] where none was found in
/// which every family begins when it comes.
pub async fn arrange_agenda(backend: &Backend, actor: &Actor, meeting: MeetingId, seen: &str) -> Result<Arranged> {
    // Searched before the transaction begins, for it may take a while; what it rests on is compared by the stamp.
    actor.must_be(&[Role::Coordinator])?;
    let planned = {
        let meeting = store::meeting::load(backend.db(), meeting).await?;
        let agenda = Agenda::load(backend.db(), backend.keys(), meeting, actor.viewer()?, backend.now()).await?;
        if !agenda.has_seat(actor.unit()?) {
            return Err(Error::NotFound);
        }
        agenda.must_be_as_seen(seen)?;
        agenda.planned()
    };
    if planned.is_empty() {
        return Err(Refusal::EmptyAgenda.into());
    }
    let before = waiting(&planned, &Weights::new());
    let found = cores::all_for(move || best_order(&planned, &Weights::new(), &Cores)).await;
    let found = found.ok_or(Refusal::TryAgain)?.map_err(|_| Refusal::NoOrder)?;

    let tx = backend.write(actor).await?;
    let mut agenda = Agenda::to_change(&tx, actor, meeting).await?;
    agenda.must_be_as_seen(seen)?;
    let undo = save(tx, &mut agenda, &found.sequence).await?;
    Ok(Arranged { before, after: found.waiting, at_least: found.at_least, undo })
}

/// Lays the order that was there before, as [`Undo::places`] has it.
///
/// # Errors
/// [`Error::Stale`] when the board is not as seen, or the places are not those of its items; and as every change of an agenda.
pub async fn undo_order(
    backend: &Backend,
    actor: &Actor,
    meeting: MeetingId,
    places: &[usize],
    seen: &str,
) -> Result<()> {
    let tx = backend.write(actor).await?;
    let mut agenda = Agenda::to_change(&tx, actor, meeting).await?;
    agenda.must_be_as_seen(seen)?;
    let at = |place: &usize| agenda.items.get(*place).map(|entry| entry.item.id);
    let order: Vec<_> = places.iter().map(at).collect::<Option<_>>().ok_or(Error::Stale)?;
    save(tx, &mut agenda, &order).await.map(drop)
}

/// Writes an order down; the agenda then stands in it.
async fn save(tx: Tx, agenda: &mut Agenda, order: &[AgendaItemId]) -> Result<Undo> {
    store::agenda::set_order(&tx, &agenda.arranged(order)?).await?;
    agenda.tell_changed(&tx).await?;
    let place_now = |id: AgendaItemId| order.iter().position(|one| *one == id).unwrap_or_default();
    let places = agenda.items.iter().map(|entry| place_now(entry.item.id)).collect();
    agenda.items.sort_by_key(|entry| place_now(entry.item.id));
    let undo = Undo { stamp: agenda.stamp(), places };
    tx.commit(Event::new(Action::AgendaChanged).subject(agenda.meeting.id.uuid())).await?;
    Ok(undo)
}
