//! The proven least waiting of many blocks, where it can be proven in the time there is: dynamic programming over the sets of blocks,
//! as in [`super::exact`], without those from which nothing better than a known order can come. After M. Garcia de la Banda, P. J.
//! Stuckey and G. Chu, "Solving Talent Scheduling with Dynamic Programming", INFORMS Journal on Computing 23(1), 2011.
//!
//! Sets are gone through by their size. Of each only the cheapest way to it is kept, and it is let go where that way and the least
//! that is still to be waited ([`Search::still`]) together are no better than the order at hand. Where no block has a window, two
//! more rules hold the number of ways down ([`Search::worth_trying`]).

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use super::{
    Block,
    problem::{Problem, places},
};

/// The most steps before the search gives up: a step is one unit looked at in one block. About a second and a half of one processor.
pub(super) const MOST_STEPS: u64 = 75_000_000;

/// Minutes are counted in parts this small, so that each number of units up to sixteen divides one: lcm(1 … 16).
const PARTS: u64 = 720_720;

/// The units among whom [`Search::still`] looks for pairs, at most.
const MOST_PAIRED: usize = 16;

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
    Search { problem, blocks, windows, known: known.unwrap_or(u64::MAX / PARTS), most_steps }.run()
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
        let (mut steps, mut at_least) = (0, 0);
        for _ in 0..self.problem.count {
            let Some(layer) = layers.last() else { break };
            let mut next = Layer::default();
            let mut least = self.known * PARTS;
            for (set, (so_far, _)) in layer {
                let waiting = self.problem.heard(*set).0 & self.problem.to_come(full & !set);
                let bound = so_far * PARTS + self.still(full & !set, waiting);
                least = least.min(bound);
                // Only whole minutes are better.
                if bound > (self.known - 1) * PARTS {
                    continue;
                }
                steps += u64::from((full & !set).count_ones() * (2 + waiting.count_ones()));
                if steps <= self.most_steps {
                    self.go_on(*set, *so_far, waiting, &mut next);
                }
            }
            // Every order comes by one of a layer's sets.
            at_least = at_least.max(least.div_ceil(PARTS));
            if steps > self.most_steps {
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

    /// The least that is still to be waited, in parts of a minute, by those who have been in something and will be again. Who stays
    /// to the very end waits through every block they are not in. Of two others, one leaves last, and waits through what is only the
    /// other's; where several are in a block, each pair counts its share, so that no minute is counted twice.
    fn still(&self, rest: u64, waiting: u64) -> u64 {
        let to_the_end = waiting & self.problem.last;
        let stay: u64 = places(rest).map(|place| self.missed(place, to_the_end) * PARTS).sum();
        let mut of = [0_usize; 64];
        let (mut leave, mut weights, mut count) = (0_u64, [0_u64; MOST_PAIRED], 0);
        for group in places(waiting & !to_the_end).take(MOST_PAIRED) {
            if let (Some(of), Some(weight)) = (of.get_mut(group), weights.get_mut(count)) {
                *of = count;
                *weight = self.problem.weights.get(group).copied().unwrap_or_default();
            }
            leave |= 1 << group;
            count += 1;
        }
        // waits[a][b]: what b waits through blocks of a's.
        let mut waits = [[0_u64; MOST_PAIRED]; MOST_PAIRED];
        for place in places(rest) {
            let Some(seats) = self.problem.seats.get(place) else { continue };
            let (there, absent) = (leave & seats, leave & !seats);
            if there == 0 || absent == 0 {
                continue;
            }
            let minutes = self.problem.minutes.get(place).copied().unwrap_or_default();
            let share = minutes * (PARTS / u64::from(there.count_ones()));
            for one in places(there) {
                let Some(row) = of.get(one).and_then(|one| waits.get_mut(*one)) else { continue };
                for other in places(absent) {
                    let Some(other) = of.get(other) else { continue };
                    if let (Some(sum), Some(weight)) = (row.get_mut(*other), weights.get(*other)) {
                        *sum += share * weight;
                    }
                }
            }
        }
        let rows = waits.iter().take(count).enumerate();
        let pairs = rows.flat_map(|(one, row)| {
            row.iter().take(one).zip(&waits).map(move |(sum, row)| row.get(one).map_or(0, |turned| *sum.min(turned)))
        });
        stay + pairs.sum::<u64>()
    }

    /// What those of these groups who are not in a block wait through it.
    fn missed(&self, place: usize, groups: u64) -> u64 {
        let (Some(seats), Some(minutes)) = (self.problem.seats.get(place), self.problem.minutes.get(place)) else {
            return 0;
        };
        if groups & !seats == 0 { 0 } else { self.problem.weight_of(groups & !seats) * minutes }
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
