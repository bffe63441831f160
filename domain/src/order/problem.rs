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
    /// The blocks with a window, those that must begin soonest first.
    pub(super) windows: Vec<Window>,
    /// The same blocks as a set.
    pub(super) bound: u64,
    /// For each block without a window, where others have one, those before it with the same seats and minutes, as a set.
    pub(super) alike: Vec<u64>,
    /// What a minute of waiting of each group weighs.
    pub(super) weights: Vec<u64>,
    /// The same of a set of groups, tabled by eight groups at a time.
    weight: Vec<[u64; 256]>,
    /// The groups in any of a set of blocks, and its minutes, tabled by eight blocks at a time.
    sums: Vec<Vec<(u64, u64)>>,
}

/// A block that may only begin between two minutes.
#[derive(Clone, Copy)]
pub(super) struct Window {
    /// Its place, as a set.
    pub(super) block: u64,
    /// The groups in it.
    pub(super) seats: u64,
    pub(super) minutes: u64,
    pub(super) not_before: u64,
    pub(super) not_after: u64,
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
        let windows = windows(blocks, &seats);
        let bound = windows.iter().fold(0, |set, window| set | window.block);
        let alike = alike(&parts, bound);
        let count = blocks.len();
        Some(Self { count, seats, minutes, first, first_minutes, last, windows, bound, alike, weights, weight, sums })
    }

    /// Whether those of these blocks that have a window can still begin in it when it is this minute. However they follow each other,
    /// of those that must have begun at some minute one begins when all the others are over.
    pub(super) fn in_time(&self, rest: u64, minute: u64) -> bool {
        let (mut sum, mut longest) = (minute, 0);
        self.windows.iter().filter(|window| window.block & rest != 0).all(|window| {
            sum += window.minutes;
            longest = window.minutes.max(longest);
            sum - longest <= window.not_after
        })
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

    /// The minutes of those of these blocks that a group is in.
    pub(super) fn minutes_of(&self, rest: u64, group: usize) -> u64 {
        let blocks = places(rest).filter_map(|place| Some((self.seats.get(place)?, self.minutes.get(place)?)));
        blocks.filter(|(seats, _)| *seats >> group & 1 == 1).map(|(_, minutes)| *minutes).sum()
    }

    /// Those of these blocks with a window that a group is in.
    pub(super) fn windows_of(&self, rest: u64, group: usize) -> impl Iterator<Item = &Window> {
        self.windows.iter().filter(move |window| window.block & rest != 0 && window.seats >> group & 1 == 1)
    }

    /// What these groups, who have not come yet, wait at least as they are in blocks with windows apart from each other, or in one and
    /// in what is heard last: they are there from the one to the other. Those of them who do, and what they wait.
    pub(super) fn between_windows(&self, rest: u64, groups: u64) -> (u64, u64) {
        let (mut who, mut waiting) = (0, 0);
        for group in places(groups) {
            let comes = self.windows_of(rest, group).map(|window| window.not_after).min().unwrap_or(u64::MAX);
            let leaves = if self.last >> group & 1 == 1 {
                Some(self.heard(self.full()).1)
            } else {
                self.windows_of(rest, group).map(|window| window.not_before + window.minutes).max()
            };
            let there = leaves.unwrap_or(0).saturating_sub(comes);
            let waits = if there > 0 { there.saturating_sub(self.minutes_of(rest, group)) } else { 0 };
            if waits > 0 {
                who |= 1 << group;
                waiting += waits * self.weights.get(group).copied().unwrap_or_default();
            }
        }
        (who, waiting)
    }

    /// By how many minutes blocks miss their windows when they are heard in this order from a minute on.
    pub(super) fn missed(&self, order: &[usize], mut minute: u64) -> u64 {
        let mut missed = 0;
        if self.bound == 0 {
            return missed;
        }
        for place in order {
            if self.bound >> place & 1 == 1
                && let Some(window) = self.windows.iter().find(|window| window.block >> place & 1 == 1)
            {
                missed += window.not_before.saturating_sub(minute) + minute.saturating_sub(window.not_after);
            }
            minute += self.minutes.get(*place).copied().unwrap_or_default();
        }
        missed
    }

    /// What is waited when the blocks are heard in this order.
    pub(super) fn waiting(&self, order: &[usize]) -> u64 {
        self.waiting_between(order, self.first, self.last)
    }

    /// What is waited when these blocks are heard in this order, after these groups have been in something and before those will be.
    pub(super) fn waiting_between(&self, order: &[usize], mut heard: u64, mut to_come: u64) -> u64 {
        let seats = |place: &usize| self.seats.get(*place).copied().unwrap_or_default();
        let (mut come, mut waiting) = ([0; MOST], 0);
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

fn windows(blocks: &[Block], seats: &[u64]) -> Vec<Window> {
    let bound = blocks.iter().zip(seats).zip(0..).filter(|((block, _), _)| block.has_window());
    let mut windows: Vec<Window> = bound
        .filter_map(|((block, seats), place)| {
            let item = block.seats_and_window()?;
            Some(Window {
                block: 1 << place,
                seats: *seats,
                minutes: u64::from(block.minutes),
                not_before: item.not_before.unwrap_or(0).into(),
                not_after: item.not_after.map_or(u64::MAX, u64::from),
            })
        })
        .collect();
    windows.sort_by_key(|window| window.not_after);
    windows
}

/// For each block those before it that are one for another, but for these with windows. Nothing where no block has one: there an order
/// and its mirror may be told apart by two blocks that are.
fn alike(parts: &[(u64, u64)], but: u64) -> Vec<u64> {
    if but == 0 {
        return Vec::new();
    }
    let free = |place: usize| but >> place & 1 == 0;
    let before = |(place, part)| {
        let same = |(other, before): &(usize, &(u64, u64))| free(*other) && *before == part;
        parts.iter().enumerate().take(place).filter(same).fold(0, |set, (other, _)| set | 1 << other)
    };
    parts.iter().enumerate().map(|(place, part)| if free(place) { before((place, part)) } else { 0 }).collect()
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
pub(super) fn summed(parts: &[(u64, u64)]) -> Vec<(u64, u64)> {
    (0..1_usize << parts.len())
        .map(|set| {
            let chosen = parts.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1);
            chosen.fold((0, 0), |(seats, minutes), (_, part)| (seats | part.0, minutes + part.1))
        })
        .collect()
}
