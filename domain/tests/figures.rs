//! Whether anything hidden can be worked out, asked of two attackers who know nothing of how it was hidden: one goes through every
//! table that fits what is published, the other solves its equations.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot set up fails")]

use std::collections::HashMap;

use domain::figures::{Cell, LEAST, Published, Release, Stray, Table, Turnout, Zeros};
use domain::year::SchoolYear;
use proptest::prelude::*;

type Small = Table<usize, usize>;

const BOTH: [Zeros; 2] = [Zeros::Hidden, Zeros::Shown];

fn release() -> Release {
    let year = SchoolYear::beginning(2026).unwrap();
    Release::of(year, "2027-08-01".parse().unwrap()).unwrap()
}

/// A table of these counts, row by row; `None` where there can be none.
fn table(columns: usize, counts: &[Option<u32>]) -> Small {
    let possible = |row: &usize, column: &usize| counts[row * columns + column].is_some();
    let mut table = Table::new((0..counts.len() / columns).collect(), (0..columns).collect(), possible);
    for (place, count) in counts.iter().enumerate() {
        for _ in 0..count.unwrap_or(0) {
            table.count(place / columns, place % columns).unwrap();
        }
    }
    table
}

/// Cells row by row, totals of rows, totals of columns, grand total.
fn all(published: &Published<usize, usize>) -> Vec<Cell> {
    let cells = published.rows().flat_map(|row| published.columns().map(move |column| published.cell(row, column)));
    let rows = published.rows().map(|row| published.of_row(row));
    let columns = published.columns().map(|column| published.of_column(column));
    cells.chain(rows).chain(columns).chain([published.total()]).collect()
}

/// The same numbers of a table, none hidden.
fn truth(columns: usize, cells: &[Option<u32>]) -> Vec<u32> {
    let cells: Vec<_> = cells.iter().map(|count| count.unwrap_or(0)).collect();
    let rows = cells.chunks(columns).map(|row| row.iter().sum());
    let of_columns = (0..columns).map(|column| cells.iter().skip(column).step_by(columns).sum());
    cells.iter().copied().chain(rows).chain(of_columns).chain([cells.iter().sum()]).collect()
}

fn publish(columns: usize, counts: &[Option<u32>], zeros: Zeros) -> Vec<Cell> {
    let published = all(&table(columns, counts).publish(release(), zeros));
    let of_rows: Vec<u32> = counts.chunks(columns).map(|row| row.iter().flatten().sum()).collect();
    for (place, cell) in published.iter().enumerate().take(counts.len() + of_rows.len()) {
        let row = place.checked_sub(counts.len()).unwrap_or(place / columns);
        assert!(of_rows[row] >= LEAST || !matches!(cell, Cell::Count(_)), "row {row} of few is told of {counts:?}");
    }
    for (cell, truth) in published.iter().zip(truth(columns, counts)) {
        match cell {
            Cell::Count(shown) => {
                assert_eq!(*shown, truth);
                assert!(truth >= LEAST || truth == 0 && zeros == Zeros::Shown, "{truth} is shown of {counts:?}");
            }
            Cell::Impossible => assert_eq!(truth, 0),
            Cell::Hidden => {}
        }
    }
    published
}

// The first attacker: every table that fits.

/// How far an attacker looks in a cell of which no total is known: beyond what is counted in the tables gone through whole.
const UP_TO: u32 = 12;

struct Attack<'a> {
    columns: usize,
    cells: usize,
    published: &'a [Cell],
    /// Of each number, the least and the most it can be.
    ranges: Vec<(u32, u32)>,
    /// Of each set of cells, by its bits, the least and the most they can be together; for small tables.
    sums: Vec<(u32, u32)>,
}

impl<'a> Attack<'a> {
    fn on(columns: usize, cells: usize, published: &'a [Cell]) -> Self {
        let sets = if cells <= 4 { 1 << cells } else { 0 };
        let (ranges, sums) = (vec![(u32::MAX, 0); published.len()], vec![(u32::MAX, 0); sets]);
        let mut attack = Self { columns, cells, published, ranges, sums };
        attack.go_on(&mut Vec::new());
        attack
    }

    fn of_row(&self, place: usize) -> Option<u32> {
        self.published[self.cells + place / self.columns].count()
    }

    fn of_column(&self, place: usize) -> Option<u32> {
        self.published[self.cells + self.cells / self.columns + place % self.columns].count()
    }

    fn go_on(&mut self, so_far: &mut Vec<u32>) {
        let place = so_far.len();
        if place > 0 && place.is_multiple_of(self.columns) {
            let row: u32 = so_far[place - self.columns..].iter().sum();
            if self.of_row(place - 1).is_some_and(|total| total != row) {
                return;
            }
        }
        if place == self.cells {
            self.note(so_far);
            return;
        }
        let above: u32 = so_far.iter().skip(place % self.columns).step_by(self.columns).sum();
        let before: u32 = so_far[place - place % self.columns..].iter().sum();
        let left = |total: Option<u32>, sum: u32| total.map(|total| total.saturating_sub(sum));
        let total = left(self.published.last().and_then(|total| total.count()), so_far.iter().sum());
        let rest = [left(self.of_row(place), before), left(self.of_column(place), above), total];
        let range = match self.published[place] {
            Cell::Count(count) => count..=count,
            Cell::Impossible => 0..=0,
            Cell::Hidden => 0..=rest.into_iter().flatten().min().unwrap_or(UP_TO),
        };
        // None and five first: most often they fit, and nothing is left to ask.
        let mut counts: Vec<_> = range.collect();
        counts.sort_by_key(|count| count % LEAST);
        for count in counts {
            if self.has_all() {
                break;
            }
            so_far.push(count);
            self.go_on(so_far);
            so_far.pop();
        }
    }

    /// Whether each hidden number has been seen to be none and to be five or more.
    fn has_all(&self) -> bool {
        let seen = |(cell, range): (&Cell, &(u32, u32))| *cell != Cell::Hidden || range.0 == 0 && range.1 >= LEAST;
        self.sums.is_empty() && self.published.iter().zip(&self.ranges).all(seen)
    }

    fn note(&mut self, cells: &[u32]) {
        let known: Vec<_> = cells.iter().copied().map(Some).collect();
        let numbers = truth(self.columns, &known);
        let shown = self.published.iter().zip(&numbers);
        if shown.into_iter().any(|(cell, number)| cell.count().is_some_and(|shown| shown != *number)) {
            return;
        }
        for (range, number) in self.ranges.iter_mut().zip(numbers) {
            *range = (range.0.min(number), range.1.max(number));
        }
        for (set, range) in self.sums.iter_mut().enumerate() {
            let sum = cells.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1).map(|(_, count)| count).sum();
            *range = (range.0.min(sum), range.1.max(sum));
        }
    }
}

/// Every table of a shape with counts up to `most`.
fn every(possible: &[bool], most: u32) -> impl Iterator<Item = Vec<Option<u32>>> {
    let free = u32::try_from(possible.iter().filter(|possible| **possible).count()).unwrap();
    (0..(most + 1).pow(free)).map(move |mut number| {
        let mut next = || {
            let count = number % (most + 1);
            number /= most + 1;
            count
        };
        possible.iter().map(|possible| possible.then(&mut next)).collect()
    })
}

/// Attacks every table of a shape with counts up to `most`, once for all those that are published as the same.
fn attack_every(columns: usize, possible: &[bool], most: u32, zeros: Zeros) {
    let cells = possible.len();
    let mut known: HashMap<Vec<Cell>, Vec<(u32, u32)>> = HashMap::new();
    for counts in every(possible, most) {
        let published = publish(columns, &counts, zeros);
        let truth = truth(columns, &counts);
        let ranges = known.entry(published.clone()).or_insert_with(|| {
            let attack = Attack::on(columns, cells, &published);
            for (set, (least, most)) in attack.sums.iter().enumerate().skip(1) {
                let of_hidden = (0..cells).all(|bit| set >> bit & 1 == 0 || published[bit] == Cell::Hidden);
                assert!(!of_hidden || least < most || *least >= LEAST, "a sum of {least} from {published:?}");
            }
            attack.ranges
        });
        for (place, _) in published.iter().enumerate().filter(|(_, cell)| **cell == Cell::Hidden) {
            let (least, most) = ranges[place];
            assert!(least < most, "number {place} of {counts:?} is worked out from {published:?}");
            if truth[place] < LEAST {
                assert!(least == 0 && most >= LEAST, "{place} of {counts:?}: {least}-{most} from {published:?}");
            }
        }
    }
}

#[test]
fn nothing_hidden_can_be_worked_out_of_any_table_of_two_by_two() {
    for zeros in BOTH {
        attack_every(2, &[true; 4], 9, zeros);
    }
}

#[test]
fn nothing_hidden_can_be_worked_out_of_any_table_of_two_by_three_where_none_is_hidden() {
    attack_every(3, &[true; 6], 7, Zeros::Hidden);
}

#[test]
fn nothing_hidden_can_be_worked_out_of_any_table_of_two_by_three_where_none_is_shown() {
    attack_every(3, &[true; 6], 7, Zeros::Shown);
}

#[test]
fn nothing_hidden_can_be_worked_out_of_any_table_of_one_row_or_one_column() {
    for zeros in BOTH {
        for (columns, cells) in [(1, 1), (1, 2), (2, 2), (1, 3), (3, 3), (4, 4)] {
            attack_every(columns, &vec![true; cells], 9, zeros);
        }
    }
}

/// Each band belongs to one forum, and everybody knows which.
#[test]
fn nothing_hidden_can_be_worked_out_where_forums_take_bands_of_their_own() {
    for zeros in BOTH {
        attack_every(4, &[true, true, false, false, false, false, true, true], 7, zeros);
        attack_every(3, &[true, true, false, false, true, true], 7, zeros);
        attack_every(2, &[true, false, false, true], 9, zeros);
    }
}

// The second attacker: the equations, solved with one hidden number put to what it is not.

type Equation = Vec<(usize, i64)>;

fn equations(rows: usize, columns: usize) -> Vec<Equation> {
    let cells = rows * columns;
    let total = cells + rows + columns;
    let row = |row: usize| (0..columns).map(move |column| (row * columns + column, 1)).chain([(cells + row, -1)]);
    let column =
        |column: usize| (0..rows).map(move |row| (row * columns + column, 1)).chain([(cells + rows + column, -1)]);
    let of_rows = (0..rows).map(|row| (cells + row, 1)).chain([(total, -1)]);
    let of_columns = (0..columns).map(|column| (cells + rows + column, 1)).chain([(total, -1)]);
    let lines = (0..rows).map(|one| row(one).collect()).chain((0..columns).map(|one| column(one).collect()));
    lines.chain([of_rows.collect(), of_columns.collect()]).collect()
}

/// Whether the equations have a solution in numbers that are not negative, near the truth first.
fn has_solution(equations: &[Equation], mut values: Vec<Option<i64>>, truth: &[u32]) -> bool {
    let mut narrowest: Option<(usize, usize)> = None;
    let mut settled = false;
    while !settled {
        (settled, narrowest) = (true, None);
        for equation in equations {
            let unknown: Vec<_> = equation.iter().filter(|(place, _)| values[*place].is_none()).collect();
            let sum: i64 = equation.iter().filter_map(|(place, sign)| Some(values[*place]? * sign)).sum();
            match unknown[..] {
                [] if sum != 0 => return false,
                [(_, sign)] if sum * sign > 0 => return false,
                [(place, sign)] => {
                    values[*place] = Some(-sum * sign);
                    settled = false;
                }
                [(place, _), ..] if narrowest.is_none_or(|(count, _)| unknown.len() < count) => {
                    narrowest = Some((unknown.len(), *place));
                }
                _ => {}
            }
        }
    }
    let Some((_, place)) = narrowest else { return true };
    let near = i64::from(truth[place]);
    [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5].iter().map(|away| near + away).filter(|value| *value >= 0).any(|value| {
        let mut values = values.clone();
        values[place] = Some(value);
        has_solution(equations, values, truth)
    })
}

/// That every hidden number can be another, and a small one none and five or more.
fn is_safe(columns: usize, counts: &[Option<u32>], zeros: Zeros) -> Result<(), TestCaseError> {
    let (published, truth) = (publish(columns, counts, zeros), truth(columns, counts));
    let equations = equations(counts.len() / columns, columns);
    let shown: Vec<_> = published.iter().map(|cell| cell.count().map(i64::from)).collect();
    for (place, _) in published.iter().enumerate().filter(|(_, cell)| **cell == Cell::Hidden) {
        let can_be = |value: u32| {
            let mut values = shown.clone();
            values[place] = Some(i64::from(value));
            has_solution(&equations, values, &truth)
        };
        let value = truth[place];
        if value < LEAST {
            prop_assert!(can_be(0) && can_be(LEAST), "{place} of {counts:?} from {published:?}");
        } else {
            prop_assert!(can_be(value + 1) || can_be(value - 1), "{place} of {counts:?} from {published:?}");
        }
    }
    Ok(())
}

prop_compose! {
    fn any_count()(small: bool, count in 0_u32..30) -> u32 { if small { count / 5 } else { count } }
}

fn any_counts(cells: usize) -> impl Strategy<Value = Vec<Option<u32>>> {
    prop::collection::vec(any_count().prop_map(Some), cells)
}

/// Some of them impossible.
fn some_counts(cells: usize) -> impl Strategy<Value = Vec<Option<u32>>> {
    prop::collection::vec(prop::option::weighted(0.7, any_count()), cells)
}

fn any_zeros() -> impl Strategy<Value = Zeros> {
    prop::sample::select(BOTH.to_vec())
}

proptest! {
    #[test]
    fn nothing_hidden_can_be_worked_out_of_tables_of_three_by_three(counts in any_counts(9), zeros in any_zeros()) {
        is_safe(3, &counts, zeros)?;
    }

    #[test]
    fn nothing_hidden_can_be_worked_out_of_tables_of_four_by_four(counts in any_counts(16), zeros in any_zeros()) {
        is_safe(4, &counts, zeros)?;
    }

    #[test]
    fn nothing_hidden_can_be_worked_out_of_tables_with_impossible_cells(counts in some_counts(12), zeros in any_zeros()) {
        is_safe(4, &counts, zeros)?;
    }

    /// What is hidden tells nothing of which of the rest is larger.
    #[test]
    fn what_is_hidden_depends_on_the_small_numbers_alone(
        counts in some_counts(12), more in prop::collection::vec(0_u32..50, 12), zeros in any_zeros(),
    ) {
        let grown = |(count, more): (&Option<u32>, &u32)| count.map(|one| if one < LEAST { one } else { one + more });
        let hidden = |counts: &[Option<u32>]| -> Vec<_> {
            publish(4, counts, zeros).into_iter().map(|cell| cell == Cell::Hidden).collect()
        };
        prop_assert_eq!(hidden(&counts), hidden(&counts.iter().zip(&more).map(grown).collect::<Vec<_>>()));
    }

    #[test]
    fn the_same_counts_are_published_as_the_same_in_whatever_order_they_came(
        mut deeds in prop::collection::vec((0_usize..3, 0_usize..3), 0..60), zeros in any_zeros(),
    ) {
        let of = |deeds: &[(usize, usize)]| {
            let mut table = Small::new((0..3).collect(), (0..3).collect(), |_, _| true);
            for (row, column) in deeds {
                table.count(*row, *column).unwrap();
            }
            table.publish(release(), zeros)
        };
        let before = of(&deeds);
        deeds.reverse();
        prop_assert_eq!(before, of(&deeds));
    }
}

#[test]
fn where_nothing_is_small_nothing_is_hidden() {
    for zeros in BOTH {
        let published = publish(3, &[5, 6, 7, 8, 9, 10].map(Some), zeros);
        assert!(published.iter().all(|cell| cell.count().is_some()));
    }
    let with_none = publish(3, &[0, 6, 7, 8, 9, 10].map(Some), Zeros::Shown);
    assert_eq!(with_none.first(), Some(&Cell::Count(0)));
}

#[test]
fn a_small_number_takes_three_others_with_it_and_leaves_the_totals() {
    let published = publish(3, &[3, 20, 30, 40, 50, 60, 70, 80, 90].map(Some), Zeros::Hidden);
    assert_eq!(published.iter().filter(|cell| **cell == Cell::Hidden).count(), 4);
    assert!(published.iter().skip(9).all(|cell| cell.count().is_some()));
}

#[test]
fn a_year_without_cases_is_told_from_one_with_four_by_nothing() {
    let none = publish(2, &[0, 0, 0, 0].map(Some), Zeros::Hidden);
    assert!(none.iter().all(|cell| *cell == Cell::Hidden));
    for counts in [[4, 0, 0, 0], [1, 1, 1, 1], [0, 2, 2, 0]] {
        assert_eq!(publish(2, &counts.map(Some), Zeros::Hidden), none, "{counts:?}");
    }
}

/// Whether an agency was asked once or never is whether there is a child.
#[test]
fn of_an_agency_that_was_asked_four_times_or_never_nothing_is_shown() {
    for few in [[0, 0], [1, 0], [0, 1], [2, 2], [4, 0], [0, 4]] {
        let published = publish(2, &[few[0], few[1], 20, 9, 8, 30].map(Some), Zeros::Shown);
        assert!(published[..2].iter().chain([&published[6]]).all(|cell| *cell == Cell::Hidden), "{few:?}");
    }
    let others = publish(2, &[6, 0, 20, 9, 8, 30].map(Some), Zeros::Shown);
    assert!(others.iter().all(|cell| cell.count().is_some()), "never absent, of six");
}

#[test]
fn a_year_is_published_when_it_is_over() {
    let year = SchoolYear::beginning(2026).unwrap();
    let of = |today: &str| Release::of(year, today.parse().unwrap()).map(Release::year);
    assert_eq!(of("2026-08-01"), None);
    assert_eq!(of("2027-07-31"), None);
    assert_eq!(of("2027-08-01"), Some(year));
}

#[test]
fn what_no_cell_is_for_is_not_counted() {
    let mut table = Small::new([0, 1].into(), [0, 1].into(), |row, column| row == column);
    assert_eq!(table.count(0, 0), Ok(()));
    assert_eq!(table.count(0, 1), Err(Stray), "a band the forum does not take");
    assert_eq!(table.count(2, 0), Err(Stray));
    let nowhere = Small::new([0, 1].into(), [0, 1].into(), |row, _| *row == 0).publish(release(), Zeros::Hidden);
    assert_eq!((nowhere.of_row(&0), nowhere.of_row(&1)), (Cell::Hidden, Cell::Impossible));
    let published = table.publish(release(), Zeros::Hidden);
    assert_eq!((published.cell(&0, &1), published.cell(&7, &0)), (Cell::Impossible, Cell::Impossible));
    assert_eq!((published.of_row(&7), published.of_column(&7)), (Cell::Impossible, Cell::Impossible));
    assert_eq!(published.release(), release());
}

#[test]
fn a_share_follows_from_what_is_shown_alone() {
    let turnout = |counts: &[(&'static str, u32, u32)]| {
        let units = counts.iter().map(|(unit, ..)| *unit).collect();
        let mut table = Table::new(units, Turnout::ALL.iter().copied().collect(), |_, _| true);
        for (unit, came, absent) in counts {
            (0..*came).for_each(|_| table.count(*unit, Turnout::Came).unwrap());
            (0..*absent).for_each(|_| table.count(*unit, Turnout::Absent).unwrap());
        }
        table.publish(release(), Zeros::Shown)
    };
    let all = turnout(&[("polis", 20, 20), ("skola", 40, 0), ("vård", 30, 10)]);
    let shares = ["polis", "skola", "vård"].map(|unit| all.share(&unit, &Turnout::Came));
    assert_eq!((shares, all.share_of_all(&Turnout::Came)), ([Some(50), Some(100), Some(75)], Some(75)));
    let one = turnout(&[("polis", 20, 20), ("skola", 38, 2), ("vård", 30, 10)]);
    assert_eq!(one.share(&"skola", &Turnout::Came), None);
    let also = ["polis", "vård"].iter().filter(|unit| one.share(unit, &Turnout::Came).is_none()).count();
    assert_eq!(also, 1, "or it would follow from that of all");
    assert_eq!(one.share_of_all(&Turnout::Came), Some(73));
}
