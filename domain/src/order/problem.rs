//! What is to be ordered, as sets of bits.

use std::collections::{BTreeMap, BTreeSet};

use super::{Block, Plan};
use crate::agenda::Weights;
use crate::id::UnitId;

/// So many blocks fit a set.
pub(super) const MOST: usize = 62;
/// The bits after them: what is heard first, and what is heard last.
const FIRST: u64 = 1 << 62;
const LAST: u64 = 1 << 63;

/// Blocks as sets of bits, and units as groups of those that are in the same blocks. A set of groups is a number too.
pub(super) struct Problem {
    /// How many blocks.
    pub(super) count: usize,
    /// For each block the groups in it.
    pub(super) seats: Vec<u64>,
    /// For each block its minutes.
    pub(super) minutes: Vec<u64>,
    /// The groups in what is heard before all blocks, and its minutes.
    pub(super) first: u64,
    pub(super) first_minutes: u64,
    /// The groups in what is heard after all blocks.
    pub(super) last: u64,
    /// What a minute of waiting of each group weighs.
    pub(super) weights: Vec<u64>,
    /// The same of a set of groups, tabled by eight groups at a time.
    weight: Vec<[u64; 256]>,
    /// The groups in any of a set of blocks, and its minutes, tabled by eight blocks at a time.
    sums: Vec<Vec<(u64, u64)>>,
}

impl Problem {
    /// None where there are more blocks than fit a set, or more than 64 kinds of units that differ in what they attend, which no
    /// municipality has.
    pub(super) fn of(plan: &Plan, weights: &Weights) -> Option<Self> {
        let blocks = &plan.blocks;
        if blocks.len() > MOST {
            return None;
        }
        let groups = groups(plan, weights);
        if groups.len() > 64 {
            return None;
        }
        let in_any = |wanted: u64| {
            let bits = groups.keys().zip(0..).filter(|(attended, _)| *attended & wanted != 0);
            bits.map(|(_, bit)| 1_u64 << bit).sum::<u64>()
        };
        let seats: Vec<u64> = (0..blocks.len()).map(|place| in_any(1 << place)).collect();
        let minutes: Vec<u64> = blocks.iter().map(|block| u64::from(block.minutes)).collect();
        let (first, last) = (in_any(FIRST), in_any(LAST));
        let weights: Vec<u64> = groups.into_values().collect();
        let weight = weights.chunks(8).map(tabled).collect();
        let parts: Vec<(u64, u64)> = seats.iter().copied().zip(minutes.iter().copied()).collect();
        let sums = parts.chunks(8).map(summed).collect();
        let first_minutes = plan.first.iter().map(|item| u64::from(item.minutes)).sum();
        Some(Self { count: blocks.len(), seats, minutes, first, first_minutes, last, weights, weight, sums })
    }

    /// All blocks.
    pub(super) const fn full(&self) -> u64 {
        (1 << self.count) - 1
    }

    /// The groups that have been in something once these blocks were heard, and the minute it is then.
    pub(super) fn heard(&self, set: u64) -> (u64, u64) {
        let (groups, minutes) = self.sum(set);
        (self.first | groups, self.first_minutes + minutes)
    }

    /// The groups that will be in something while these blocks are still to come.
    pub(super) fn to_come(&self, set: u64) -> u64 {
        self.sum(set).0 | self.last
    }

    fn sum(&self, set: u64) -> (u64, u64) {
        let parts = self.sums.iter().zip(set.to_le_bytes());
        let sums = parts.filter_map(|(table, byte)| table.get(usize::from(byte)));
        sums.fold((0, 0), |(groups, minutes), part| (groups | part.0, minutes + part.1))
    }

    /// What is waited when the blocks are heard in this order.
    pub(super) fn waiting(&self, order: &[usize]) -> u64 {
        let seats = |place: &usize| self.seats.get(*place).copied().unwrap_or_default();
        let (mut come, mut to_come, mut waiting) = ([0; MOST], self.last, 0);
        let mut heard = self.first;
        for (come, place) in come.iter_mut().zip(order) {
            *come = heard;
            heard |= seats(place);
        }
        for (place, come) in order.iter().zip(&come).rev() {
            let there = come & to_come & !seats(place);
            if there != 0 {
                waiting += self.weight_of(there) * self.minutes.get(*place).copied().unwrap_or_default();
            }
            to_come |= seats(place);
        }
        waiting
    }

    /// What a minute of waiting of a set of groups weighs.
    pub(super) fn weight_of(&self, groups: u64) -> u64 {
        let parts = self.weight.iter().zip(groups.to_le_bytes());
        parts.filter_map(|(table, byte)| table.get(usize::from(byte))).sum()
    }
}

/// The places in a set, in order.
pub(super) fn places(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = set.trailing_zeros();
        set &= set.wrapping_sub(1);
        (place < 64).then_some(place as usize)
    })
}

/// The units that can wait, gathered by what they are in, each with its weight. A unit in one thing only never waits.
fn groups(plan: &Plan, weights: &Weights) -> BTreeMap<u64, u64> {
    let mut attended: BTreeMap<UnitId, u64> = BTreeMap::new();
    let blocks = plan.blocks.iter().zip(0..).map(|(block, place)| (seats_of(block), 1_u64 << place));
    let around = [(&plan.first, FIRST), (&plan.last, LAST)];
    let around = around.into_iter().flat_map(|(items, bit)| items.iter().map(move |item| (&item.seats, bit)));
    for (seats, bit) in blocks.chain(around) {
        for unit in seats {
            *attended.entry(*unit).or_default() |= bit;
        }
    }
    let mut groups = BTreeMap::new();
    for (unit, attended) in attended.into_iter().filter(|(_, attended)| attended.count_ones() > 1) {
        *groups.entry(attended).or_default() += u64::from(weights.get(&unit).copied().unwrap_or(1));
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

/// Seats and minutes of every subset of at most eight blocks.
fn summed(parts: &[(u64, u64)]) -> Vec<(u64, u64)> {
    (0..1_usize << parts.len())
        .map(|set| {
            let chosen = parts.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1);
            chosen.fold((0, 0), |(seats, minutes), (_, part)| (seats | part.0, minutes + part.1))
        })
        .collect()
}
