//! The proven least waiting, by dynamic programming over the sets of blocks that have been heard.
//!
//! What it costs to hear a block next depends only on which were heard before it, not on their order: the units that wait
//! through it are those that have been in one and will be in another, but are not in this. So is its start. The best way
//! to every set is kept: 2²⁰ sums and steps, nine megabytes, some twenty million steps.

use std::collections::{BTreeMap, BTreeSet};

use super::{Block, PROVEN_UP_TO};
use crate::agenda::Weights;
use crate::id::UnitId;

/// Half of a set of at most 20: each half's sums are tabled.
const HALF: usize = 10;

/// No way leads here.
const NONE: u64 = u64::MAX;

/// At most 20 blocks as sets of bits.
pub(super) struct Problem {
    count: usize,
    /// For each block the groups of units in it.
    seats: Vec<u64>,
    minutes: Vec<u64>,
    /// What a minute of waiting of a set of groups weighs, tabled by eight groups at a time.
    weight: Vec<[u64; 256]>,
    /// For each set of the first and of the last ten blocks the groups in any of them, and their minutes.
    halves: [Vec<(u64, u64)>; 2],
}

impl Problem {
    /// None where there are too many blocks, or more than 64 kinds of units that differ in what they attend, which no
    /// municipality has.
    pub(super) fn of(blocks: &[Block], weights: &Weights) -> Option<Self> {
        if blocks.len() > PROVEN_UP_TO {
            return None;
        }
        let groups = groups(blocks, weights);
        if groups.len() > 64 {
            return None;
        }
        let seats: Vec<u64> = (0..blocks.len())
            .map(|place| {
                groups
                    .keys()
                    .zip(0..)
                    .filter(|(in_blocks, _)| *in_blocks >> place & 1 == 1)
                    .map(|(_, bit)| 1 << bit)
                    .sum()
            })
            .collect();
        let minutes: Vec<u64> = blocks.iter().map(|block| u64::from(block.minutes)).collect();
        let group_weights: Vec<u64> = groups.into_values().collect();
        let weight = group_weights.chunks(8).map(tabled).collect();
        let (low, high) = (seats.len().min(HALF), seats.len());
        let half = |from: usize, to: usize| {
            let parts = seats.iter().zip(&minutes).take(to).skip(from);
            let parts: Vec<(u64, u64)> = parts.map(|(seats, minutes)| (*seats, *minutes)).collect();
            sums(&parts)
        };
        let halves = [half(0, low), half(low, high)];
        Some(Self { count: blocks.len(), seats, minutes, weight, halves })
    }

    /// The best sequence of places; none where no sequence lets every block start in its window.
    pub(super) fn solve(&self, blocks: &[Block]) -> Option<Vec<usize>> {
        let full = (1_usize << self.count) - 1;
        let mut least = vec![NONE; full + 1];
        let mut steps = vec![u8::MAX; full + 1];
        *least.first_mut()? = 0;
        for set in 0..full {
            let so_far = *least.get(set)?;
            if so_far == NONE {
                continue;
            }
            let (seen, start) = self.sum(set);
            let waiting = seen & self.sum(full & !set).0;
            let start = u32::try_from(start).ok()?;
            for (place, ((seats, minutes), block)) in (0_u8..).zip(self.seats.iter().zip(&self.minutes).zip(blocks)) {
                let next = set | 1 << place;
                if next == set || !block.may_start_at(start) {
                    continue;
                }
                let cost = so_far + self.weight_of(waiting & !seats) * minutes;
                if let (Some(known), Some(step)) = (least.get_mut(next), steps.get_mut(next))
                    && cost < *known
                {
                    *known = cost;
                    *step = place;
                }
            }
        }
        trace(&steps, full)
    }

    /// The groups in any block of a set, and the set's minutes.
    fn sum(&self, set: usize) -> (u64, u64) {
        let [low, high] = &self.halves;
        let low = low.get(set & ((1 << HALF) - 1)).copied().unwrap_or_default();
        let high = high.get(set >> HALF).copied().unwrap_or_default();
        (low.0 | high.0, low.1 + high.1)
    }

    fn weight_of(&self, groups: u64) -> u64 {
        self.weight
            .iter()
            .zip(groups.to_le_bytes())
            .map(|(table, byte)| table.get(usize::from(byte)).copied().unwrap_or_default())
            .sum()
    }
}

/// The units that can wait, gathered by the set of blocks they are in, each set with its weight. A unit in one block only
/// never waits.
fn groups(blocks: &[Block], weights: &Weights) -> BTreeMap<u64, u64> {
    let units: BTreeSet<UnitId> = blocks.iter().flat_map(|block| seats_of(block).iter().copied()).collect();
    let mut groups = BTreeMap::new();
    for unit in units {
        let places = blocks.iter().enumerate().filter(|(_, block)| seats_of(block).contains(&unit));
        let in_blocks: u64 = places.map(|(place, _)| 1_u64 << place).sum();
        if in_blocks.count_ones() > 1 {
            *groups.entry(in_blocks).or_default() += u64::from(weights.get(&unit).copied().unwrap_or(1));
        }
    }
    groups
}

fn seats_of(block: &Block) -> &BTreeSet<UnitId> {
    static NOBODY: BTreeSet<UnitId> = BTreeSet::new();
    block.seats_and_window().map_or(&NOBODY, |item| &item.seats)
}

/// The sum of every subset of at most eight weights.
fn tabled(weights: &[u64]) -> [u64; 256] {
    let mut set = 0_usize;
    [0; 256].map(|_: u64| {
        let sum = weights.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1).map(|(_, weight)| *weight).sum();
        set += 1;
        sum
    })
}

/// Seats and minutes of every subset of at most ten blocks.
fn sums(parts: &[(u64, u64)]) -> Vec<(u64, u64)> {
    (0..1_usize << parts.len())
        .map(|set| {
            let chosen = parts.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1);
            chosen.fold((0, 0), |(seats, minutes), (_, part)| (seats | part.0, minutes + part.1))
        })
        .collect()
}

/// The way back from the full set; none where no way led to it.
fn trace(steps: &[u8], full: usize) -> Option<Vec<usize>> {
    let mut set = full;
    let mut sequence = Vec::new();
    while set != 0 {
        let place = usize::from(*steps.get(set).filter(|place| **place != u8::MAX)?);
        sequence.push(place);
        set &= !(1 << place);
    }
    sequence.reverse();
    Some(sequence)
}
