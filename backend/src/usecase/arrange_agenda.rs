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

/// What ordering for the partners' sake did, in minutes of all partners together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arranged {
    /// What they would have waited.
    pub before: u64,
    /// What they wait now.
    pub after: u64,
    /// Whether no order lets them wait less.
    pub proven: bool,
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
) -> Result<()> {
    let tx = backend.write(actor).await?;
    let agenda = Agenda::to_change(&tx, actor, meeting).await?;
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
    save(tx, &agenda, &order).await
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
    save(tx, &agenda, order).await?;
    agenda.items.sort_by_key(|entry| order.iter().position(|id| *id == entry.item.id));
    Ok(Laid { stamp: agenda.stamp(), waiting: waiting(&agenda.planned(), &Weights::new()) })
}

/// Orders the items so that partners wait least; proven up to 20 items.
///
/// # Errors
/// As [`move_item`]; [`Refusal::EmptyAgenda`] where there is nothing to order.
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
    let found = tokio::task::spawn_blocking(move || best_order(&planned, &Weights::new()))
        .await
        .map_err(|_| Refusal::TryAgain)?
        .map_err(|_| Refusal::TryAgain)?;

    let tx = backend.write(actor).await?;
    let agenda = Agenda::to_change(&tx, actor, meeting).await?;
    agenda.must_be_as_seen(seen)?;
    save(tx, &agenda, &found.sequence).await?;
    Ok(Arranged { before, after: found.waiting, proven: found.proven })
}

async fn save(tx: Tx, agenda: &Agenda, order: &[AgendaItemId]) -> Result<()> {
    store::agenda::set_order(&tx, &agenda.arranged(order)?).await?;
    agenda.tell_changed(&tx).await?;
    tx.commit(Event::new(Action::AgendaChanged).subject(agenda.meeting.id.uuid())).await
}
