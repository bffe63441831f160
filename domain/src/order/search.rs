//! A good order of many items: several starts, each improved by moving and turning stretches until nothing helps.

use std::collections::{BTreeMap, BTreeSet};

use super::Block;
use crate::agenda::Weights;
use crate::id::UnitId;

/// The longest stretch that is moved as one.
const LONGEST_STRETCH: usize = 3;

/// From no start are more sequences tried than this, so that an agenda of hundreds of items is answered too.
const MOST_TRIES: usize = 300_000;

/// How bad a sequence is: first the minutes by which items miss their windows, then how long the units stay. Their own
/// items take the same time in every order, so who stays shortest waits least.
type Badness = (u64, u64);

/// A good sequence of places in which every block starts in its window; none where none was found.
pub(super) fn good(blocks: &[Block], weights: &Weights) -> Option<Vec<usize>> {
    let search = Search::of(blocks, weights);
    let (badness, sequence) = search.starts().into_iter().map(|start| search.improve(start)).min()?;
    (badness.0 == 0).then_some(sequence)
}

struct Search<'a> {
    blocks: &'a [Block],
    /// For each block the places of its units in `weights`.
    seats: Vec<Vec<usize>>,
    weights: Vec<u64>,
}

impl<'a> Search<'a> {
    fn of(blocks: &'a [Block], weights: &Weights) -> Self {
        let seats_of = |block: &Block| block.seats_and_window().map(|item| item.seats.clone()).unwrap_or_default();
        let units: BTreeSet<UnitId> = blocks.iter().flat_map(seats_of).collect();
        let places: BTreeMap<UnitId, usize> = units.into_iter().zip(0..).collect();
        let seats =
            blocks.iter().map(|block| seats_of(block).iter().filter_map(|unit| places.get(unit)).copied().collect());
        let weight = |unit: &UnitId| u64::from(weights.get(unit).copied().unwrap_or(1));
        Self { blocks, seats: seats.collect(), weights: places.keys().map(weight).collect() }
    }

    /// As given, by window, and one grown by putting each block where it does least harm.
    fn starts(&self) -> [Vec<usize>; 3] {
        let given: Vec<usize> = (0..self.blocks.len()).collect();
        let mut by_window = given.clone();
        by_window.sort_by_key(|&place| {
            let item = self.blocks.get(place).and_then(Block::seats_and_window);
            item.map(|item| (item.not_after.unwrap_or(u32::MAX), item.not_before.unwrap_or(0)))
        });
        let mut grown: Vec<usize> = Vec::new();
        for place in by_window.iter().copied() {
            let tries = (0..=grown.len()).map(|at| {
                let mut longer = grown.clone();
                longer.insert(at, place);
                (self.badness(&longer), longer)
            });
            grown = tries.min().map(|(_, best)| best).unwrap_or_default();
        }
        [given, by_window, grown]
    }

    /// The best of all sequences one step away, again and again until none is better or enough were tried.
    fn improve(&self, mut sequence: Vec<usize>) -> (Badness, Vec<usize>) {
        let mut badness = self.badness(&sequence);
        let mut tries = 0;
        while tries < MOST_TRIES {
            let next = neighbours(&sequence).take(MOST_TRIES - tries).inspect(|_| tries += 1);
            let next = next.map(|next| (self.badness(&next), next)).min();
            match next.filter(|(next, _)| *next < badness) {
                Some(better) => (badness, sequence) = better,
                None => break,
            }
        }
        (badness, sequence)
    }

    fn badness(&self, sequence: &[usize]) -> Badness {
        let mut minute = 0_u32;
        let mut missed = 0_u64;
        let mut stays = vec![None; self.weights.len()];
        for &place in sequence {
            let (Some(block), Some(seats)) = (self.blocks.get(place), self.seats.get(place)) else { continue };
            if let Some(item) = block.seats_and_window() {
                let early = item.not_before.unwrap_or(0).saturating_sub(minute);
                let late = minute.saturating_sub(item.not_after.unwrap_or(u32::MAX));
                missed += u64::from(early) + u64::from(late);
            }
            let start = minute;
            minute = minute.saturating_add(block.minutes);
            for &seat in seats {
                if let Some(stay) = stays.get_mut(seat) {
                    *stay = Some((stay.map_or(start, |(from, _)| from), minute));
                }
            }
        }
        let stay =
            |(stay, weight): (&Option<(u32, u32)>, &u64)| stay.map_or(0, |(from, to)| u64::from(to - from) * weight);
        (missed, stays.iter().zip(&self.weights).map(stay).sum())
    }
}

/// Every sequence in which one short stretch stands elsewhere, or any stretch is turned round.
fn neighbours(sequence: &[usize]) -> impl Iterator<Item = Vec<usize>> {
    let count = sequence.len();
    let moved = (1..=LONGEST_STRETCH.min(count)).flat_map(move |length| {
        (0..=count - length).flat_map(move |from| {
            (0..=count - length).filter(move |to| *to != from).map(move |to| {
                let mut next = sequence.to_vec();
                let stretch: Vec<usize> = next.drain(from..from + length).collect();
                next.splice(to..to, stretch);
                next
            })
        })
    });
    let turned = (0..count).flat_map(move |from| {
        (from + 2..=count).map(move |to| {
            let mut next = sequence.to_vec();
            if let Some(stretch) = next.get_mut(from..to) {
                stretch.reverse();
            }
            next
        })
    });
    moved.chain(turned)
}
