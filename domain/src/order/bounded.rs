//! The proven least waiting of many blocks, where it can be proven in the time there is: dynamic programming over the sets of blocks,
//! as in [`super::exact`], without those from which nothing better than a known order can come. After M. Garcia de la Banda, P. J.
//! Stuckey and G. Chu, "Solving Talent Scheduling with Dynamic Programming", INFORMS Journal on Computing 23(1), 2011.
//!
//! Sets are gone through by their size. Of each only the cheapest way to it is kept, and it is let go where that way and the least
//! that is still to be waited ([`Search::still`]) together are no better than the order at hand. That least is ours: where they count
//! pairs of units that leave, it is the best order in which all of them leave. Where no block has a window, two more rules hold the
//! number of ways down ([`Search::worth_trying`]).

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use super::{
    Block,
    problem::{Problem, places},
};

/// The most steps before the search gives up: a step is one unit looked at in one block, or in one set of units. About a second and
/// a half of one processor.
pub(super) const MOST_STEPS: u64 = 2_000_000_000;
/// What trying a block next takes, in such steps.
const STEPS_ON: u64 = 100;

/// Of so many units that leave the best order of leaving is looked for; others are left out of it.
const MOST_LEAVING: usize = 10;
/// Of so many first: most sets are let go by that, and it is soon done.
const FIRST_LEAVING: usize = 6;

/// What a search came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// No order is as good as this sequence of places.
    Best(Vec<usize>),
    /// No order is better than the one that was known.
    NoBetter,
    /// It was given up: no order waits less than this.
    AtLeast(u64),
}

/// Looks for an order with less waiting than `known`, in so many steps; for any at all where none is known.
pub(super) fn solve(problem: &Problem, blocks: &[Block], known: Option<u64>, most_steps: u64) -> Found {
    let windows = blocks.iter().any(Block::has_window);
    Search { problem, blocks, windows, known: known.unwrap_or(u64::MAX), most_steps }.run()
}

/// The cheapest way to a set: what was waited on it, and its last step.
type Layer = HashMap<u64, (u64, u8), BuildHasherDefault<Spread>>;

struct Search<'a> {
    problem: &'a Problem,
    blocks: &'a [Block],
    windows: bool,
    known: u64,
    most_steps: u64,
}

impl Search<'_> {
    fn run(&self) -> Found {
        let full = self.problem.full();
        let mut layers = vec![Layer::from_iter([(0, (0, u8::MAX))])];
        let (mut tables, mut at_least) = (Tables::default(), 0);
        for _ in 0..self.problem.count {
            let Some(layer) = layers.last() else { break };
            let mut next = Layer::default();
            let mut least = self.known;
            for (set, (so_far, _)) in layer {
                let waiting = self.problem.heard(*set).0 & self.problem.to_come(full & !set);
                // Once it is given up a rough bound of the rest will do.
                let given_up = tables.steps > self.most_steps;
                let limit = if given_up { 0 } else { self.known - so_far };
                let bound = so_far + self.still(full & !set, waiting, limit, &mut tables);
                least = least.min(bound);
                if bound >= self.known || given_up {
                    continue;
                }
                tables.steps += u64::from((full & !set).count_ones()) * STEPS_ON;
                self.go_on(*set, *so_far, waiting, &mut next);
            }
            // Every order comes by one of a layer's sets.
            at_least = at_least.max(least);
            if tables.steps > self.most_steps {
                return Found::AtLeast(at_least);
            }
            if next.is_empty() {
                return Found::NoBetter;
            }
            layers.push(next);
        }
        trace(&layers, full).map_or(Found::NoBetter, Found::Best)
    }

    /// The ways on from a set.
    fn go_on(&self, set: u64, so_far: u64, waiting: u64, next: &mut Layer) {
        let rest = self.problem.full() & !set;
        let start = if self.windows { u32::try_from(self.problem.heard(set).1).unwrap_or(u32::MAX) } else { 0 };
        for place in places(self.worth_trying(rest, waiting)) {
            let (Some(seats), Some(minutes)) = (self.problem.seats.get(place), self.problem.minutes.get(place)) else {
                continue;
            };
            if self.windows && !self.blocks.get(place).is_some_and(|block| block.may_start_at(start)) {
                continue;
            }
            let cost = so_far + self.problem.weight_of(waiting & !seats) * minutes;
            if cost >= self.known {
                continue;
            }
            let step = u8::try_from(place).unwrap_or(u8::MAX);
            let way = next.entry(set | 1 << place).or_insert((cost, step));
            if cost < way.0 {
                *way = (cost, step);
            }
        }
    }

    /// The blocks one of which can come next without loss. Where no start is bound:
    ///
    /// - a block with exactly the units that are there now costs nothing and keeps nobody: it comes next;
    /// - a block nobody has to wait through need not come after one that brings all whom it would bring: moved right before that one
    ///   it makes no stay longer.
    fn worth_trying(&self, rest: u64, waiting: u64) -> u64 {
        if self.windows {
            return rest;
        }
        let seats = |place: usize| self.problem.seats.get(place).copied().unwrap_or_default();
        let mut worth = rest;
        for one in places(rest) {
            let brings = seats(one);
            if waiting & !brings != 0 || worth >> one & 1 == 0 {
                continue;
            }
            if brings == waiting {
                return 1 << one;
            }
            for other in places(worth & !(1 << one)) {
                if brings & !(waiting | seats(other)) == 0 {
                    worth &= !(1 << other);
                }
            }
        }
        worth
    }

    /// The least that is still to be waited by those who have been in something and will be again; not looked at further once it is
    /// `limit`.
    ///
    /// Who stays to the very end waits through every block they are not in. The others leave in some order, each after the last block
    /// they are in. Would all of them stay through every block any of them is in, they waited so much. Whoever leaves is spared the
    /// blocks that only those are in who leave later, and no order of the blocks spares more than the best order of leaving does.
    fn still(&self, rest: u64, waiting: u64, limit: u64, tables: &mut Tables) -> u64 {
        let to_the_end = waiting & self.problem.last;
        let stay: u64 = places(rest).map(|place| self.missed(place, to_the_end)).sum();
        let leave = waiting & !to_the_end;
        let first = stay + tables.least_waiting(self.problem, rest, leave, FIRST_LEAVING);
        if first >= limit || leave.count_ones() as usize <= FIRST_LEAVING {
            return first;
        }
        stay + tables.least_waiting(self.problem, rest, leave, MOST_LEAVING)
    }

    /// What those of these groups who are not in a block wait through it.
    fn missed(&self, place: usize, groups: u64) -> u64 {
        let (Some(seats), Some(minutes)) = (self.problem.seats.get(place), self.problem.minutes.get(place)) else {
            return 0;
        };
        if groups & !seats == 0 { 0 } else { self.problem.weight_of(groups & !seats) * minutes }
    }
}

/// What a bound is worked out in, kept from one to the next.
#[derive(Default)]
struct Tables {
    /// For each set of those who leave, the minutes of the blocks that nobody of them is in but these.
    minutes: Vec<u64>,
    /// For each set what the best order of leaving spares, once these alone are there.
    spared: Vec<u64>,
    /// How many steps were taken.
    steps: u64,
}

impl Tables {
    /// What these groups wait at least, in whichever order they leave; at most so many of them looked at.
    fn least_waiting(&mut self, problem: &Problem, rest: u64, leave: u64, most: usize) -> u64 {
        let leaving = places(leave).take(most.min(MOST_LEAVING));
        let (mut groups, mut weights, mut count) = ([0_usize; MOST_LEAVING], [0_u64; MOST_LEAVING], 0);
        for ((at, weight), group) in groups.iter_mut().zip(&mut weights).zip(leaving) {
            (*at, *weight) = (group, problem.weights.get(group).copied().unwrap_or_default());
            count += 1;
        }
        let groups = groups.get(..count).unwrap_or_default();
        let weights = weights.get(..count).unwrap_or_default();
        let parts = 1_usize << count;
        self.steps += u64::from(rest.count_ones()) * count as u64 + (parts * count) as u64;
        self.minutes.clear();
        self.minutes.resize(parts, 0);
        let (all, mut staying) = (weights.iter().sum::<u64>(), 0);
        for place in places(rest) {
            let (Some(seats), Some(lasts)) = (problem.seats.get(place), problem.minutes.get(place)) else { continue };
            let (mut set, mut there) = (0_usize, 0);
            for (at, (group, weight)) in groups.iter().zip(weights).enumerate() {
                let is_there = seats >> group & 1;
                set |= usize::from(is_there == 1) << at;
                there += is_there * weight;
            }
            if let Some(sum) = self.minutes.get_mut(set).filter(|_| set != 0) {
                *sum += lasts;
                staying += lasts * (all - there);
            }
        }
        // From the blocks of exactly a set to those of any part of it: one after the other is let be missing.
        for at in 0..count {
            for halves in self.minutes.chunks_exact_mut(2 << at) {
                let (without, with) = halves.split_at_mut(1 << at);
                with.iter_mut().zip(without).for_each(|(with, without)| *with += *without);
            }
        }
        staying - self.best_spared(weights)
    }

    /// What the best order of leaving spares: whoever leaves, what is heard once they are gone.
    fn best_spared(&mut self, weights: &[u64]) -> u64 {
        self.spared.clear();
        self.spared.push(0);
        let mut best = 0;
        for set in 1..self.minutes.len() {
            best = 0;
            for one in places(set as u64) {
                let left = set & !(1 << one);
                if let (Some(weight), Some(minutes), Some(spared)) =
                    (weights.get(one), self.minutes.get(left), self.spared.get(left))
                {
                    best = best.max(weight * minutes + spared);
                }
            }
            self.spared.push(best);
        }
        best
    }
}

/// The way back from the full set; none where no way led to it.
fn trace(layers: &[Layer], full: u64) -> Option<Vec<usize>> {
    let mut set = full;
    let mut sequence = Vec::new();
    for layer in layers.iter().skip(1).rev() {
        let place = usize::from(layer.get(&set)?.1);
        sequence.push(place);
        set &= !(1 << place);
    }
    sequence.reverse();
    Some(sequence)
}

/// Sets of bits as places in a table: nobody outside chooses them, and there are many.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte) ^ self.0);
        }
    }

    fn write_u64(&mut self, set: u64) {
        let spread = set.wrapping_mul(0x9E37_79B9_7F4A_7C15); // 2⁶⁴ through the golden ratio
        self.0 = spread ^ spread >> 29;
    }
}
