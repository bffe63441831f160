//! A good order of many items: several starts, each improved by moving and turning stretches until nothing helps.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Block, Plan,
    beside::{Hands, Part},
    problem::{MOST, Problem},
};
use crate::agenda::{PlannedItem, Weights};
use crate::id::UnitId;

/// The longest stretch that is moved as one.
const LONGEST_STRETCH: usize = 3;

/// From no start are more sequences tried than this, so that an agenda of hundreds of items is answered too.
const MOST_TRIES: usize = 300_000;

/// From so many starts a better sequence is looked for before a long proof: the better it is, the shorter the proof. Four hundred take
/// some 0.3 seconds.
const MANY_STARTS: usize = 400;
/// So many of them are improved beside each other: always as many, so that what is found is the same whoever does it.
const AT_ONCE: usize = 16;

/// So many blocks beside each other are shuffled where blocks have windows.
const SHUFFLED: usize = 10;

/// Once so many sequences were tried from them together, no further start is made: an agenda of sixty items is answered too.
const MOST_TRIES_OF_ALL: usize = 10_000_000;

/// How bad a sequence is: first the minutes by which items miss their windows, then how long the units stay. Their own
/// items take the same time in every order, so who stays shortest waits least.
type Badness = (u64, u64);

/// A good sequence of places in which every block starts in its window; none where none was found.
pub(super) fn good(plan: &Plan, weights: &Weights) -> Option<Vec<usize>> {
    let search = Search::of(plan, weights);
    let (badness, sequence) = search.starts().into_iter().map(|start| search.improve(start)).min()?;
    (badness.0 == 0).then_some(sequence)
}

/// A sequence that is at least as good: from many starts at random, each improved by the first step that helps, again and again until
/// none does. Where blocks have windows, every second start is the best there was with a stretch shuffled: from anywhere few lead to a
/// sequence that keeps them.
pub(super) fn from_many_starts(problem: &Problem, known: Vec<usize>, hands: &dyn Hands) -> Vec<usize> {
    // The same for the same agenda. The multiplier is that of Knuth's MMIX.
    let mut dice = 0_u64;
    let mut roll = |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(dice >> 33).unwrap_or_default() % sides
    };
    let mut best = (problem.waiting(&known), known);
    let mut tries = 0;
    for _ in 0..MANY_STARTS / AT_ONCE {
        if tries > MOST_TRIES_OF_ALL {
            break;
        }
        let mut starts: Vec<(usize, Standing)> = (0..AT_ONCE)
            .map(|start| {
                let mut sequence = best.1.clone();
                let shuffled = if start % 2 == 1 && problem.bound != 0 { SHUFFLED } else { sequence.len() };
                let from = roll(sequence.len().saturating_sub(shuffled) + 1);
                for place in from + 1..sequence.len().min(from + shuffled) {
                    sequence.swap(place, from + roll(place - from + 1));
                }
                (0, Standing::of(problem, sequence))
            })
            .collect();
        let improve = |(tries, standing): &mut (usize, Standing)| *tries = standing.improve();
        hands.all(starts.iter_mut().map(|start| Box::new(move || improve(start)) as Part).collect());
        for (tried, Standing { sequence, .. }) in starts {
            tries += tried;
            if problem.missed(&sequence, problem.first_minutes) == 0 {
                best = best.min((problem.waiting(&sequence), sequence));
            }
        }
    }
    best.1
}

/// A sequence with what is so before each of its places: who waits elsewhere does not change as a stretch is turned or moved.
struct Standing<'a> {
    problem: &'a Problem,
    /// What missing a window by a minute counts: as if everybody waited it.
    everybody: u64,
    sequence: Vec<usize>,
    before: Vec<Before>,
}

/// What is so before a place.
#[derive(Clone, Copy, Default)]
struct Before {
    heard: u64,
    to_come: u64,
    minute: u64,
    /// How bad the sequence is up to there.
    bad: u64,
}

impl<'a> Standing<'a> {
    fn of(problem: &'a Problem, sequence: Vec<usize>) -> Self {
        let everybody = problem.weight_of(u64::MAX).max(1);
        let before = vec![Before::default(); sequence.len() + 1];
        let mut standing = Self { problem, everybody, sequence, before };
        standing.settle();
        standing
    }

    fn settle(&mut self) {
        let of = |place: usize| {
            let seats = self.problem.seats.get(place).copied().unwrap_or_default();
            (seats, self.problem.minutes.get(place).copied().unwrap_or_default())
        };
        let mut to_come = self.problem.last;
        for (before, place) in self.before.iter_mut().rev().zip(self.sequence.iter().rev().map(Some).chain([None])) {
            before.to_come = to_come;
            to_come |= place.map_or(0, |place| of(*place).0);
        }
        let mut now = Before { heard: self.problem.first, minute: self.problem.first_minutes, ..Before::default() };
        for (at, place) in self.sequence.iter().map(Some).chain([None]).enumerate() {
            let Some(before) = self.before.get_mut(at) else { break };
            *before = Before { to_come: before.to_come, ..now };
            let Some(place) = place else { break };
            let after = Before { to_come: self.before.get(at + 1).map_or(0, |after| after.to_come), ..now };
            now.bad += self.bad(&[*place], now, after);
            let (seats, minutes) = of(*place);
            now.heard |= seats;
            now.minute += minutes;
        }
    }

    /// How bad a stretch is between two places.
    fn bad(&self, stretch: &[usize], from: Before, until: Before) -> u64 {
        let waiting = self.problem.waiting_between(stretch, from.heard, until.to_come);
        waiting + self.everybody * self.problem.missed(stretch, from.minute)
    }

    /// Takes every step that helps, until none does; how many were tried.
    fn improve(&mut self) -> usize {
        let (mut tries, mut helped) = (0, true);
        while helped {
            helped = false;
            for step in steps(self.sequence.len()) {
                tries += 1;
                let (from, until, turned) = step.stretch();
                let (Some(old), Some(&first), Some(&then)) =
                    (self.sequence.get(from..until), self.before.get(from), self.before.get(until))
                else {
                    continue;
                };
                let mut stretch = [0; MOST];
                let Some(stretch) = stretch.get_mut(..old.len()) else { continue };
                stretch.copy_from_slice(old);
                turn(stretch, turned);
                if self.bad(stretch, first, then) < then.bad - first.bad {
                    if let Some(old) = self.sequence.get_mut(from..until) {
                        old.copy_from_slice(stretch);
                    }
                    self.settle();
                    helped = true;
                }
            }
        }
        let ends = self.before.first().zip(self.before.last());
        debug_assert!(
            ends.is_none_or(|(&first, &last)| self.bad(&self.sequence, first, last) == last.bad),
            "the whole is as bad as its parts"
        );
        tries
    }
}

struct Search<'a> {
    blocks: &'a [Block],
    /// The units of each block.
    seats: Vec<Seats>,
    weights: Vec<u64>,
    /// The minutes and units of what is heard before all blocks.
    first: Vec<(u32, Seats)>,
    /// The same of what is heard after them.
    last: Vec<(u32, Seats)>,
}

/// Units, as places in the weights.
type Seats = Vec<usize>;

impl<'a> Search<'a> {
    fn of(plan: &'a Plan, weights: &Weights) -> Self {
        let blocks = plan.blocks.iter().filter_map(Block::seats_and_window);
        let items = plan.first.iter().chain(blocks).chain(&plan.last);
        let units: BTreeSet<UnitId> = items.flat_map(|item| item.seats.iter().copied()).collect();
        let places: BTreeMap<UnitId, usize> = units.into_iter().zip(0..).collect();
        let seats = |item: &PlannedItem| item.seats.iter().filter_map(|unit| places.get(unit)).copied().collect();
        let around = |items: &[PlannedItem]| items.iter().map(|item| (u32::from(item.minutes), seats(item))).collect();
        let weight = |unit: &UnitId| u64::from(weights.get(unit).copied().unwrap_or(1));
        Self {
            blocks: &plan.blocks,
            seats: plan.blocks.iter().map(|block| block.seats_and_window().map(seats).unwrap_or_default()).collect(),
            weights: places.keys().map(weight).collect(),
            first: around(&plan.first),
            last: around(&plan.last),
        }
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
        let mut room = Room { minute: 0, stays: vec![None; self.weights.len()] };
        let mut missed = 0_u64;
        for (minutes, seats) in &self.first {
            room.hear(*minutes, seats);
        }
        for &place in sequence {
            let (Some(block), Some(seats)) = (self.blocks.get(place), self.seats.get(place)) else { continue };
            if let Some(item) = block.seats_and_window() {
                let early = item.not_before.unwrap_or(0).saturating_sub(room.minute);
                let late = room.minute.saturating_sub(item.not_after.unwrap_or(u32::MAX));
                missed += u64::from(early) + u64::from(late);
            }
            room.hear(block.minutes, seats);
        }
        for (minutes, seats) in &self.last {
            room.hear(*minutes, seats);
        }
        let stay =
            |(stay, weight): (&Option<(u32, u32)>, &u64)| stay.map_or(0, |(from, to)| u64::from(to - from) * weight);
        (missed, room.stays.iter().zip(&self.weights).map(stay).sum())
    }
}

/// Who has been there from when until when.
struct Room {
    minute: u32,
    stays: Vec<Option<(u32, u32)>>,
}

impl Room {
    fn hear(&mut self, minutes: u32, seats: &[usize]) {
        let start = self.minute;
        self.minute = start.saturating_add(minutes);
        for &seat in seats {
            if let Some(stay) = self.stays.get_mut(seat) {
                *stay = Some((stay.map_or(start, |(from, _)| from), self.minute));
            }
        }
    }
}

/// Every sequence in which one short stretch stands elsewhere, or any stretch is turned round.
fn neighbours(sequence: &[usize]) -> impl Iterator<Item = Vec<usize>> {
    steps(sequence.len()).map(|step| step.of(sequence))
}

/// A step from one sequence to another.
#[derive(Clone, Copy)]
enum Step {
    /// A stretch from a place on, of a length, stands where it then begins at another.
    Moved(usize, usize, usize),
    /// A stretch from a place to before another is turned round.
    Turned(usize, usize),
}

impl Step {
    /// From which place to before which the sequence is another, and by how much that stretch is moved round; reversed where by nothing.
    const fn stretch(self) -> (usize, usize, Option<usize>) {
        match self {
            Self::Moved(from, length, to) if from < to => (from, to + length, Some(length)),
            Self::Moved(from, length, to) => (to, from + length, Some(from - to)),
            Self::Turned(from, until) => (from, until, None),
        }
    }

    fn of(self, sequence: &[usize]) -> Vec<usize> {
        let mut next = sequence.to_vec();
        let (from, until, turned) = self.stretch();
        if let Some(stretch) = next.get_mut(from..until) {
            turn(stretch, turned);
        }
        next
    }
}

fn turn(stretch: &mut [usize], by: Option<usize>) {
    match by {
        Some(by) => stretch.rotate_left(by),
        None => stretch.reverse(),
    }
}

fn steps(count: usize) -> impl Iterator<Item = Step> {
    let moved = (1..=LONGEST_STRETCH.min(count)).flat_map(move |length| {
        (0..=count - length).flat_map(move |from| {
            (0..=count - length).filter(move |to| *to != from).map(move |to| Step::Moved(from, length, to))
        })
    });
    let turned = (0..count).flat_map(move |from| (from + 2..=count).map(move |until| Step::Turned(from, until)));
    moved.chain(turned)
}
