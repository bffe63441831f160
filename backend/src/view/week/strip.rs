//! A meeting's time laid out: one block per item, and what is free.

use domain::id::UnitId;

use crate::{
    agenda::{Agenda, Entry},
    audit::{Action, Event},
    store::agenda::About,
};

/// A stretch of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// How long.
    pub minutes: u16,
    /// What it is.
    pub kind: BlockKind,
}

/// What a stretch of a meeting is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Something all share.
    General,
    /// A case.
    Case {
        /// Its four characters.
        reference: String,
        /// Whether somebody may hear it when the meeting begins.
        holds: bool,
        /// Whether somebody may hear it today.
        held_today: bool,
    },
    /// An anonymous consultation.
    Anonymous,
    /// Nothing yet.
    Free,
    /// More than the meeting has time for (V8).
    Over,
}

/// The blocks of an agenda: the whole to who arranges it, to others their own items alone (V2).
pub(super) fn blocks(agenda: &Agenda, unit: UnitId, arranges: bool) -> Vec<Block> {
    let mut all: Vec<Block> = shown(agenda, unit, arranges).map(block).collect();
    if !arranges {
        return all;
    }
    let used: u16 = all.iter().map(|block| block.minutes).sum();
    let planned = agenda.meeting.minutes;
    if used < planned {
        all.push(Block { minutes: planned - used, kind: BlockKind::Free });
    } else if used > planned {
        all.push(Block { minutes: used - planned, kind: BlockKind::Over });
    }
    all
}

/// What showing them is written down as.
pub(super) fn events(agenda: &Agenda, unit: UnitId, arranges: bool) -> Vec<Event> {
    shown(agenda, unit, arranges)
        .filter_map(|entry| entry.known.as_ref())
        .map(|known| known.event(Action::CaseRead))
        .collect()
}

fn shown(agenda: &Agenda, unit: UnitId, arranges: bool) -> impl Iterator<Item = &Entry> {
    agenda.items.iter().filter(move |entry| arranges || entry.seats.contains(&unit))
}

fn block(entry: &Entry) -> Block {
    let kind = match (&entry.item.about, &entry.known) {
        (About::Case(_), Some(known)) => BlockKind::Case {
            reference: known.head().reference.clone(),
            holds: entry.then.as_ref().is_some_and(domain::consent::Standing::is_open),
            held_today: known.standing.is_open(),
        },
        (About::Anonymous(_), _) => BlockKind::Anonymous,
        _ => BlockKind::General,
    };
    Block { minutes: entry.item.minutes, kind }
}
