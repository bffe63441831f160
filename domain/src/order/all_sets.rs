//! The proven least waiting of more blocks than [`super::exact`] takes, where there are not too many that are free: dynamic programming
//! over all sets of those that are.
//!
//! Blocks with a window that can only follow each other in one way ([`chain`]) are no part of the sets: of those it is enough how many
//! were heard, and the minutes of a set leave few numbers that can be.
//!
//! A table holds for each set and such number the cheapest way there. Who waits through the block that was heard last is told by the set
//! alone: those who have been in something, will be in something after it, and are not in it. So each entry follows from those of sets
//! with one block less. The sets are in rows that are alike but for the lowest blocks. A row is filled block by block, the same few steps
//! for all its sets with hardly a choice between them, and rows with equally many of the other blocks are filled beside each other. What
//! that is done with is kept in functions of their own: taken into one, with the release profile, it took half as long again.

use std::array;

use super::{
    beside::{Hands, Part},
    bounded::{Found, Known},
    problem::{Problem, Window, places, summed},
};

/// The most entries of the table, two bytes each.
const MOST_ENTRIES: usize = 1 << 26;
/// The most blocks that can be part of the sets, made round.
const MOST_FREE: usize = 32;
/// So many of the blocks are within a row.
const LOW: usize = if cfg!(test) { 3 } else { 8 };
/// So many sets are in a row.
const WIDE: usize = 1 << LOW;
/// So many rows are filled in one go.
const ROWS: usize = if cfg!(test) { 2 } else { 64 };
/// No way leads here that is better than the order at hand.
const NONE: u16 = u16::MAX;

/// Looks at all sets of blocks for an order with less waiting than the known, or for any where none is known. None where there are too
/// many sets.
pub(super) fn solve(problem: &Problem, known: Option<Known>, hands: &dyn Hands) -> Option<Found> {
    let sets = Sets::of(problem, known)?;
    let table = sets.table(hands);
    Some(sets.trace(&table).map_or(Found::NoBetter, Found::Best))
}

/// A block that is part of the sets.
struct Free {
    place: usize,
    seats: u64,
    minutes: u64,
    window: Option<Window>,
}

/// For each free block what is waited through it. What is more than an entry holds is no better than what is known.
type Costs = [u16; MOST_FREE];

/// What it comes to that so many blocks of the chain were heard.
struct Number {
    /// The groups in these blocks, and before all.
    heard: u64,
    /// Their minutes, and those before all.
    minutes: u64,
    /// The groups in the others, and after all.
    to_come: u64,
    /// So many minutes of free blocks at least were heard too, for the last of these blocks to begin in its time.
    from: u64,
    /// And so many at most, for the others to.
    to: u64,
}

/// Sets that are alike but for the lowest blocks.
struct Row {
    /// The one without any of these.
    first: usize,
    /// For each the groups in any of its blocks, and in any of the others.
    heard: [u64; WIDE],
    to_come: [u64; WIDE],
    /// The minutes of its blocks.
    minutes: [u64; WIDE],
}

/// A set of free blocks that were heard, their minutes, and how many of the chain were.
#[derive(Clone, Copy)]
struct Heard {
    set: usize,
    minutes: u64,
    number: usize,
}

/// For each set of a row what is waited on the cheapest way to it.
type Ways = [u16; WIDE];

/// For each row, one number of the chain after the other; none where no way leads to any of its sets.
type Table = Vec<Option<Box<Ways>>>;

struct Sets<'a> {
    problem: &'a Problem,
    free: Vec<Free>,
    /// The groups in any of a set of the lowest, and its minutes.
    low: Vec<(u64, u64)>,
    /// What is waited while a set of groups is there, tabled by eight groups at a time.
    costs: Vec<Vec<Costs>>,
    chain: Vec<Window>,
    numbers: Vec<Number>,
    /// Waiting as much as this is no better.
    limit: u16,
}

impl<'a> Sets<'a> {
    fn of(problem: &'a Problem, known: Option<Known>) -> Option<Self> {
        let total: u64 = problem.minutes.iter().sum();
        let most = problem.weights.iter().sum::<u64>().checked_mul(total)?;
        let limit = u16::try_from(known.map_or(most + 1, |known| known.waiting)).ok()?;
        let chain = chain(problem);
        let in_chain = chain.iter().fold(0, |set, window| set | window.block);
        let free = problem.full() & !in_chain;
        if free.count_ones() > MOST_ENTRIES.ilog2() {
            return None;
        }
        let numbers = numbers(problem, &chain);
        let free: Vec<Free> = places(free).filter_map(|place| Free::of(problem, place)).collect();
        let low: Vec<_> = free.iter().take(LOW).map(|one| (one.seats, one.minutes)).collect();
        let sets = Self { problem, low: summed(&low), costs: costs(problem, &free), free, chain, numbers, limit };
        (sets.entries() <= MOST_ENTRIES).then_some(sets)
    }

    /// How many the table has at most.
    fn entries(&self) -> usize {
        let numbers = |minutes| self.numbers.iter().filter(move |number| self.can_be(number, minutes)).count();
        (0..self.rows()).map(|row| numbers(self.other_blocks(row).2) * self.low.len()).sum()
    }

    /// How many rows there are.
    const fn rows(&self) -> usize {
        1 << self.free.len().saturating_sub(LOW)
    }

    /// Whether so many of the chain can have been heard at one of the sets of a row, of so many minutes without the lowest blocks.
    fn can_be(&self, number: &Number, minutes: u64) -> bool {
        let lowest = self.low.last().map_or(0, |(_, minutes)| *minutes);
        number.from <= minutes + lowest && minutes <= number.to
    }

    /// The groups in those of the blocks that are in a row, but for the lowest, and in those that are not; and their minutes.
    fn other_blocks(&self, row: usize) -> (u64, u64, u64) {
        self.free.iter().skip(LOW).enumerate().fold((0, 0, 0), |(heard, to_come, minutes), (one, free)| {
            if row >> one & 1 == 1 {
                (heard | free.seats, to_come, minutes + free.minutes)
            } else {
                (heard, to_come | free.seats, minutes)
            }
        })
    }

    #[inline(never)]
    fn row(&self, row: usize) -> Row {
        let (heard, to_come, minutes) = self.other_blocks(row);
        let low = |set: usize| self.low.get(set).copied().unwrap_or_default();
        Row {
            first: row << LOW,
            heard: array::from_fn(|set| heard | low(set).0),
            to_come: array::from_fn(|set| to_come | low((self.low.len() - 1).saturating_sub(set)).0),
            minutes: array::from_fn(|set| minutes + low(set).1),
        }
    }

    /// Fills the table, rows with fewer blocks first.
    fn table(&self, hands: &dyn Hands) -> Table {
        let mut table: Table = (0..self.rows() * self.numbers.len()).map(|_| None).collect();
        for many in 0..=self.rows().ilog2() {
            let of_size = (0..self.rows()).filter(|row| row.count_ones() == many);
            let mut filled: Vec<(usize, Table)> = of_size.map(|row| (row, Vec::new())).collect();
            let fill = |rows: &mut [(usize, Table)]| {
                for (row, ways) in rows {
                    *ways = self.ways_of(&self.row(*row), &table);
                }
            };
            hands.all(filled.chunks_mut(ROWS).map(|rows| Box::new(move || fill(rows)) as Part).collect());
            for (row, ways) in filled {
                let places = table.iter_mut().skip(row * self.numbers.len());
                places.zip(ways).for_each(|(place, ways)| *place = ways);
            }
        }
        table
    }

    /// What is waited on the cheapest ways to the sets of a row, for each number of the chain.
    fn ways_of(&self, row: &Row, table: &Table) -> Table {
        let mut all: Table = Vec::with_capacity(self.numbers.len());
        for (number, heard) in self.numbers.iter().enumerate() {
            let with_one_less = all.last().and_then(Option::as_deref);
            let possible = row.minutes.first().is_some_and(|minutes| self.can_be(heard, *minutes));
            let ways = possible.then(|| self.ways(row, number, heard, with_one_less, table));
            all.push(ways.filter(|ways| ways.iter().any(|way| *way != NONE)).map(Box::new));
        }
        all
    }

    /// The same for a number, the one before it being known.
    #[inline(never)]
    fn ways(&self, row: &Row, number: usize, heard: &Number, with_one_less: Option<&Ways>, table: &Table) -> Ways {
        let mut ways = [NONE; WIDE];
        if let Some(nothing) = ways.first_mut().filter(|_| row.first == 0 && number == 0) {
            *nothing = 0;
        }
        let waiting = row.waiting(heard);
        // Added up where they stand: moved there they took twice as long.
        let mut costs = [[0; MOST_FREE]; WIDE];
        costs.iter_mut().zip(&waiting).for_each(|(costs, groups)| self.add_costs(*groups, costs));
        for (one, free) in self.free.iter().enumerate().skip(LOW).filter(|(one, _)| row.first >> one & 1 == 1) {
            if let Some(before) = self.from(table, row.first & !(1 << one), number) {
                let mut through = costs.each_ref().map(|costs| costs.get(one).copied().unwrap_or(NONE));
                if free.window.is_some() {
                    for (cost, minutes) in through.iter_mut().zip(row.minutes) {
                        *cost = if free.may_begin(heard, minutes - free.minutes) { *cost } else { NONE };
                    }
                }
                hear(before, &through, &mut ways);
            }
        }
        if let (Some(before), Some(last)) = (with_one_less, number.checked_sub(1))
            && let (Some(window), Some(heard)) = (self.chain.get(last), self.numbers.get(last))
        {
            let mut through = [NONE; WIDE];
            for (cost, (groups, minutes)) in through.iter_mut().zip(waiting.iter().zip(row.minutes)) {
                *cost = if begins(window, heard, minutes) { self.cost(window, *groups) } else { NONE };
            }
            hear(before, &through, &mut ways);
        }
        self.go_on_within(row, heard, &costs, &mut ways);
        ways
    }

    /// The same by the lowest blocks, from sets of the row with one less.
    #[inline(never)]
    fn go_on_within(&self, row: &Row, heard: &Number, costs: &[Costs; WIDE], ways: &mut Ways) {
        let timed = self.free.iter().take(LOW).any(|free| free.window.is_some());
        for (set, (costs, minutes)) in costs.iter().zip(row.minutes).enumerate().take(self.low.len()) {
            let mut best = ways.get(set).copied().unwrap_or(NONE);
            // By a block that is not in the set it is never less: that is no choice to be made.
            for (one, (free, cost)) in self.free.iter().zip(costs).enumerate().take(LOW) {
                let before = ways.get(set & !(1 << one)).copied().unwrap_or(NONE);
                if !timed || set >> one & 1 == 1 && free.may_begin(heard, minutes - free.minutes) {
                    best = best.min(before.saturating_add(*cost));
                }
            }
            if let Some(way) = ways.get_mut(set) {
                *way = if best < self.limit { best } else { NONE };
            }
        }
    }

    /// Adds what is waited through each free block while these groups are there.
    #[inline(never)]
    fn add_costs(&self, groups: u64, sums: &mut Costs) {
        for (table, byte) in self.costs.iter().zip(groups.to_le_bytes()) {
            if let Some(costs) = table.get(usize::from(byte)) {
                sums.iter_mut().zip(costs).for_each(|(sum, cost)| *sum = sum.saturating_add(*cost));
            }
        }
    }

    /// What is waited through a block of the chain.
    fn cost(&self, window: &Window, groups: u64) -> u16 {
        short(self.problem.weight_of(groups & !window.seats) * window.minutes)
    }

    /// What is waited on the ways to the sets of a row from this one on.
    fn from<'t>(&self, table: &'t Table, set: usize, number: usize) -> Option<&'t Ways> {
        table.get((set >> LOW) * self.numbers.len() + number)?.as_deref()
    }

    /// The way back from all blocks; none where no way led to them.
    fn trace(&self, table: &Table) -> Option<Vec<usize>> {
        let minutes = self.free.iter().map(|free| free.minutes).sum();
        let mut heard = Heard { set: (1 << self.free.len()) - 1, minutes, number: self.chain.len() };
        let mut sequence = Vec::new();
        self.entry(table, heard)?;
        while heard.set != 0 || heard.number != 0 {
            let (last, before) = self.last_of(table, heard)?;
            sequence.push(last);
            heard = before;
        }
        sequence.reverse();
        Some(sequence)
    }

    /// The place of the block that was heard last on the cheapest way, and what was heard before it.
    fn last_of(&self, table: &Table, heard: Heard) -> Option<(usize, Heard)> {
        let Heard { set, minutes, number } = heard;
        let groups = |in_it: bool| {
            let those = self.free.iter().enumerate().filter(move |(one, _)| (set >> one & 1 == 1) == in_it);
            those.fold(0, |groups, (_, free)| groups | free.seats)
        };
        let after = self.numbers.get(number)?;
        let waiting = after.waiting(groups(true), groups(false));
        let mut costs = [0; MOST_FREE];
        self.add_costs(waiting, &mut costs);
        let free = places(set as u64).filter_map(|one| {
            let free = self.free.get(one)?;
            let before = Heard { set: set & !(1 << one), minutes: minutes - free.minutes, number };
            let cost = self.entry(table, before)?.saturating_add(*costs.get(one)?);
            Some((cost, free.place, before)).filter(|_| free.may_begin(after, before.minutes))
        });
        let of_chain = number.checked_sub(1).and_then(|last| {
            let (window, before) = (self.chain.get(last)?, Heard { set, minutes, number: last });
            let cost = self.entry(table, before)?.saturating_add(self.cost(window, waiting));
            let may = begins(window, self.numbers.get(last)?, minutes);
            Some((cost, window.block.trailing_zeros() as usize, before)).filter(|_| may)
        });
        let (_, place, before) = free.chain(of_chain).min_by_key(|(cost, ..)| *cost)?;
        Some((place, before))
    }

    fn entry(&self, table: &Table, heard: Heard) -> Option<u16> {
        let ways = self.from(table, heard.set, heard.number)?;
        ways.get(heard.set % WIDE).copied().filter(|way| *way != NONE)
    }
}

impl Free {
    fn of(problem: &Problem, place: usize) -> Option<Self> {
        let (seats, minutes) = (*problem.seats.get(place)?, *problem.minutes.get(place)?);
        let window = problem.windows.iter().find(|window| window.block >> place & 1 == 1).copied();
        Some(Self { place, seats, minutes, window })
    }

    /// Whether it may, after so many of the chain and so many minutes of free blocks.
    fn may_begin(&self, after: &Number, minutes: u64) -> bool {
        self.window.is_none_or(|window| begins(&window, after, minutes))
    }
}

impl Number {
    /// Who is there after these groups were heard, while those are to come.
    const fn waiting(&self, heard: u64, to_come: u64) -> u64 {
        (self.heard | heard) & (self.to_come | to_come)
    }
}

impl Row {
    /// Who is there after each of its sets and so many of the chain.
    fn waiting(&self, number: &Number) -> [u64; WIDE] {
        let mut each = self.heard.iter().zip(&self.to_come);
        array::from_fn(|_| each.next().map_or(0, |(heard, to_come)| number.waiting(*heard, *to_come)))
    }
}

/// Whether a block with a window may begin after so many of the chain and so many minutes of free blocks.
fn begins(window: &Window, after: &Number, minutes: u64) -> bool {
    (window.not_before..=window.not_after).contains(&(after.minutes + minutes))
}

/// The ways to the sets of a row by one block, from those without it.
#[inline(never)]
fn hear(before: &Ways, costs: &Ways, ways: &mut Ways) {
    for ((way, before), cost) in ways.iter_mut().zip(before).zip(costs) {
        *way = (*way).min(before.saturating_add(*cost));
    }
}

fn short(cost: u64) -> u16 {
    u16::try_from(cost).unwrap_or(NONE)
}

/// Tables what is waited through each free block while a set of groups is there, by eight groups at a time.
fn costs(problem: &Problem, free: &[Free]) -> Vec<Vec<Costs>> {
    let costs = |groups: u64| {
        let mut costs = [0; MOST_FREE];
        for (cost, free) in costs.iter_mut().zip(free) {
            *cost = short(problem.weight_of(groups & !free.seats) * free.minutes);
        }
        costs
    };
    (0..problem.weights.len()).step_by(8).map(|from| (0..256).map(|byte| costs(byte << from)).collect()).collect()
}

/// Blocks with a window each of which must follow the one before: would it be heard first, the other began too late.
fn chain(problem: &Problem) -> Vec<Window> {
    let mut chain: Vec<Window> = Vec::new();
    // Those that must begin soonest come first.
    for window in &problem.windows {
        if chain.last().is_none_or(|before| window.not_before + window.minutes > before.not_after) {
            chain.push(*window);
        }
    }
    chain
}

/// What each number of blocks of the chain comes to.
fn numbers(problem: &Problem, chain: &[Window]) -> Vec<Number> {
    let before = |number: usize| {
        let heard = chain.iter().take(number);
        problem.first_minutes + heard.map(|window| window.minutes).sum::<u64>()
    };
    let groups = |of: &[Window]| of.iter().fold(0, |groups, window| groups | window.seats);
    (0..=chain.len())
        .map(|number| {
            let (heard, rest) = chain.split_at(number);
            let from = heard.iter().zip(0..).map(|(window, one)| window.not_before.saturating_sub(before(one))).max();
            // Those that are late already lead nowhere.
            let to = rest.iter().zip(number..).map(|(window, one)| window.not_after.saturating_sub(before(one))).min();
            Number {
                heard: problem.first | groups(heard),
                minutes: before(number),
                to_come: groups(rest) | problem.last,
                from: from.unwrap_or(0),
                to: to.unwrap_or(u64::MAX),
            }
        })
        .collect()
}
