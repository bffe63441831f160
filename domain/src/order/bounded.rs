//! The proven least waiting of many blocks, where it can be proven in the time there is: dynamic programming over the sets of blocks,
//! as in [`super::exact`], without those from which nothing better than a known order can come. After M. Garcia de la Banda, P. J.
//! Stuckey and G. Chu, "Solving Talent Scheduling with Dynamic Programming", INFORMS Journal on Computing 23(1), 2011.
//!
//! Sets are gone through by their size. Of each only the cheapest way to it is kept, and it is let go where that way and the least
//! that is still to be waited ([`Leaving`]) together are no better than the order at hand. That least is ours: where they count pairs
//! of units that leave, it is the best order in which all of them leave, with those who have yet to come. Once no block with a window is
//! left, two more rules hold the number of ways down ([`Search::worth_trying`]); and where nothing tells the beginning from the end, of an
//! order and its mirror one is enough ([`mirrored`]). A set from which not every window can be kept leads nowhere
//! ([`Problem::in_time`]), and of blocks that are one for another the first comes first ([`Problem::alike`]).

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use super::{
    Block,
    beside::{Hands, Part},
    leaving::{Leaving, Who},
    problem::{Problem, places},
};

/// The most steps before the search gives up: a step is one unit looked at in one block, or in one set of units. Two to
/// four seconds of one processor.
pub(super) const MOST_STEPS: u64 = 900_000_000;
/// What trying a block next takes, in such steps.
const STEPS_ON: u64 = 100;
/// What passing on what was shown of a set takes.
const STEPS_TO_PASS_ON: u64 = 10;
/// A set is looked at until so much of the known waiting is shown beyond what lets it go, in hundredths: what is shown of it is passed on,
/// and lets others go unseen. An agenda that took 2.9 seconds without took 1.4 with five, 1.2 with ten and 1.3 with fifteen.
const BEYOND: u64 = 10;

/// The sets of a size are looked at in so many parts, each with an equal share of the steps that are left: always as many, so that what
/// is found is the same whoever looks at them.
const PARTS: usize = 16;
/// Where there are fewer sets than this it is not worth it.
const IN_PARTS_FROM: usize = if cfg!(test) { 8 } else { 512 };

/// Blocks with fewer units than this often cost nothing and come next by that; the mirror is held by others.
const HOLDS_MIRROR: u32 = 3;

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

/// An order that is at hand.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) waiting: u64,
    /// Its places.
    pub(super) places: &'a [usize],
}

impl<'a> Known<'a> {
    pub(super) fn of(problem: &Problem, places: Option<&'a [usize]>) -> Option<Self> {
        places.map(|places| Self { waiting: problem.waiting(places), places })
    }
}

/// Looks for an order with less waiting than the known, in so many steps; for any at all where none is known.
pub(super) fn solve(
    problem: &Problem,
    blocks: &[Block],
    known: Option<Known>,
    most_steps: u64,
    hands: &dyn Hands,
) -> Found {
    let first_then = known.filter(|_| problem.bound == 0).and_then(|known| mirrored(problem, known.places));
    let beyond = known.map_or(0, |known| known.waiting * BEYOND / 100);
    let known = known.map_or(u64::MAX, |known| known.waiting);
    Search { problem, blocks, first_then, known, beyond, most_steps, hands }.run()
}

/// Where an order is as good as its mirror: two blocks, the first of which comes before the other in one of both.
fn mirrored(problem: &Problem, order: &[usize]) -> Option<(usize, usize)> {
    if problem.first != problem.last {
        return None;
    }
    let mut many = order.iter().copied();
    let mut holds =
        many.by_ref().filter(|place| problem.seats.get(*place).is_some_and(|seats| seats.count_ones() >= HOLDS_MIRROR));
    let first = holds.next()?;
    Some((first, holds.last()?))
}

/// The sets of a size.
type Layer = HashMap<u64, Way, BuildHasherDefault<Spread>>;

/// The cheapest way to a set.
#[derive(Clone, Copy)]
struct Way {
    /// What was waited on it.
    so_far: u64,
    /// Its last step.
    step: u8,
    /// What is still to be waited from the set on, by what was shown of the sets it comes from.
    still: u64,
}

/// A set that was looked at.
struct Seen {
    set: u64,
    /// What was waited on the way to it.
    so_far: u64,
    /// Who is there.
    waiting: u64,
    /// What is still to be waited from it on, at least.
    still: u64,
}

struct Search<'a> {
    problem: &'a Problem,
    blocks: &'a [Block],
    /// Two blocks the first of which comes before the other: else it would be the mirror of an order in which it does.
    first_then: Option<(usize, usize)>,
    known: u64,
    /// How far beyond what lets a set go it is looked at.
    beyond: u64,
    most_steps: u64,
    hands: &'a dyn Hands,
}

/// Where some of the sets of a size are looked at.
#[derive(Default)]
struct Desk {
    leaving: Leaving,
    seen: Vec<Seen>,
}

impl Search<'_> {
    fn run(&self) -> Found {
        let full = self.problem.full();
        let mut layers = vec![Layer::from_iter([(0, Way { so_far: 0, step: u8::MAX, still: 0 })])];
        let (mut desks, mut at_least, mut steps) = (vec![Desk::default()], 0, 0);
        for _ in 0..self.problem.count {
            let Some(layer) = layers.last() else { break };
            let given_up = self.look_at(layer, &mut desks, self.most_steps.saturating_sub(steps));
            steps += desks.iter().map(|desk| desk.leaving.steps).sum::<u64>();
            let (next, least) = self.next_layer(&desks, &mut steps);
            // Every order comes by one of a layer's sets.
            at_least = at_least.max(least);
            if given_up || steps > self.most_steps {
                return Found::AtLeast(at_least);
            }
            if next.is_empty() {
                return Found::NoBetter;
            }
            layers.push(next);
        }
        trace(&layers, full).map_or(Found::NoBetter, Found::Best)
    }

    /// Looks at the sets of a size, in as many steps as are left; whether that was too few.
    fn look_at(&self, layer: &Layer, desks: &mut Vec<Desk>, left: u64) -> bool {
        let sets: Vec<(u64, Way)> = layer.iter().map(|(set, way)| (*set, *way)).collect();
        let parts = if sets.len() < IN_PARTS_FROM { 1 } else { PARTS };
        desks.resize_with(parts.max(desks.len()), Desk::default);
        for desk in desks.iter_mut() {
            desk.leaving.steps = 0;
            desk.seen.clear();
        }
        let (sets, share) = (&sets, left / parts as u64);
        let look = |(part, desk): (usize, &'_ mut Desk)| {
            for (set, way) in sets.iter().skip(part).step_by(parts) {
                let seen = self.seen(*set, way, share, &mut desk.leaving);
                desk.seen.push(seen);
            }
        };
        let desks_in_use = desks.iter_mut().take(parts).enumerate();
        if parts == 1 {
            desks_in_use.for_each(look);
        } else {
            self.hands.all(desks_in_use.map(|desk| Box::new(move || look(desk)) as Part).collect());
        }
        desks.iter().any(|desk| desk.leaving.steps > share)
    }

    /// What is still to be waited from a set on. Once it is given up a rough bound of it will do.
    fn seen(&self, set: u64, way: &Way, share: u64, leaving: &mut Leaving) -> Seen {
        let rest = self.problem.full() & !set;
        let waiting = self.problem.heard(set).0 & self.problem.to_come(rest);
        let given_up = leaving.steps > share;
        let limit = if given_up { 0 } else { self.known - way.so_far };
        let mut still = way.still;
        if still < limit || given_up {
            let beyond = if given_up { 0 } else { self.beyond };
            still = still.max(self.still(rest, waiting, limit.saturating_add(beyond), leaving));
        }
        if still < limit {
            leaving.steps += u64::from(rest.count_ones()) * STEPS_ON;
        }
        Seen { set, so_far: way.so_far, waiting, still }
    }

    /// The sets that these lead to, and what no order by any of these is below.
    fn next_layer(&self, desks: &[Desk], steps: &mut u64) -> (Layer, u64) {
        let (mut next, mut least) = (Layer::default(), self.known);
        for Seen { set, so_far, waiting, still } in desks.iter().flat_map(|desk| &desk.seen) {
            least = least.min(so_far + still);
            if *still < self.known - so_far {
                self.go_on(*set, *so_far, *waiting, &mut next);
            }
        }
        for desk in desks {
            *steps += self.pass_on(&desk.seen, &mut next);
        }
        (next, least)
    }

    /// What is still waited from a set on is waited on the next step or after it. So the sets it leads to have the rest of that to wait
    /// at least, also where the set itself was let go: often they can then be let go unseen. How many steps were taken.
    fn pass_on(&self, seen: &[Seen], next: &mut Layer) -> u64 {
        let mut steps = 0;
        for Seen { set, waiting, still, .. } in seen {
            for place in places(self.problem.full() & !set) {
                steps += STEPS_TO_PASS_ON;
                if let Some(way) = next.get_mut(&(set | 1 << place)) {
                    way.still = way.still.max(still.saturating_sub(self.missed(place, *waiting)));
                }
            }
        }
        steps
    }

    /// The ways on from a set.
    fn go_on(&self, set: u64, so_far: u64, waiting: u64, next: &mut Layer) {
        let rest = self.problem.full() & !set;
        let bound = rest & self.problem.bound != 0;
        let start = if bound { self.problem.heard(set).1 } else { 0 };
        let begins = u32::try_from(start).unwrap_or(u32::MAX);
        for place in places(self.worth_trying(rest, waiting)) {
            let (Some(seats), Some(minutes)) = (self.problem.seats.get(place), self.problem.minutes.get(place)) else {
                continue;
            };
            if self.problem.alike.get(place).is_some_and(|alike| alike & rest != 0) {
                continue;
            }
            if bound
                && (!self.blocks.get(place).is_some_and(|block| block.may_start_at(begins))
                    || !self.problem.in_time(rest & !(1 << place), start + minutes))
            {
                continue;
            }
            if self.first_then.is_some_and(|(first, then)| place == then && set >> first & 1 == 0) {
                continue;
            }
            let cost = so_far + self.problem.weight_of(waiting & !seats) * minutes;
            if cost >= self.known {
                continue;
            }
            let step = u8::try_from(place).unwrap_or(u8::MAX);
            let way = next.entry(set | 1 << place).or_insert(Way { so_far: cost, step, still: 0 });
            if cost < way.so_far {
                *way = Way { so_far: cost, step, still: 0 };
            }
        }
    }

    /// The blocks one of which can come next without loss. Where no start is bound:
    ///
    /// - a block with exactly the units that are there now costs nothing and keeps nobody: it comes next;
    /// - a block nobody has to wait through need not come after one that brings all whom it would bring: moved right before that one
    ///   it makes no stay longer.
    ///
    /// Neither moves one of the two blocks that tell an order from its mirror.
    fn worth_trying(&self, rest: u64, waiting: u64) -> u64 {
        if rest & self.problem.bound != 0 {
            return rest;
        }
        let seats = |place: usize| self.problem.seats.get(place).copied().unwrap_or_default();
        let mut worth = rest;
        for one in places(rest) {
            let brings = seats(one);
            let stays = self.first_then.is_some_and(|(first, then)| one == first || one == then);
            if waiting & !brings != 0 || worth >> one & 1 == 0 || stays {
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

    /// The least that is still to be waited by all who are in more than one block; not looked at further once it is `limit`. Who stays
    /// to the very end waits through every block they are not in.
    fn still(&self, rest: u64, waiting: u64, limit: u64, leaving: &mut Leaving) -> u64 {
        let to_the_end = waiting & self.problem.last;
        let stay: u64 = places(rest).map(|place| self.missed(place, to_the_end)).sum();
        let (mut once, mut again) = (0, 0);
        for seats in places(rest).filter_map(|place| self.problem.seats.get(place)) {
            again |= once & seats;
            once |= seats;
        }
        let (heard, minute) = self.problem.heard(self.problem.full() & !rest);
        let (mut to_come, mut between) = (again & !heard & !self.problem.last, (0, 0));
        if rest & self.problem.bound != 0 {
            between = self.problem.between_windows(rest, once & !heard);
            to_come &= !between.0;
            leaving.steps += u64::from(rest.count_ones() + to_come.count_ones());
        }
        let known = stay + between.1;
        let who = Who { there: waiting & !to_the_end, to_come };
        known + leaving.least(self.problem, rest, minute, who, limit.saturating_sub(known))
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
        let place = usize::from(layer.get(&set)?.step);
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
