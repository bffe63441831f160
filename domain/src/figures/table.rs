//! A table of counts, and the same as it may be published.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use thiserror::Error;

use super::LEAST;
use super::measure::shown_share;
use super::network::{Number, protect};
use crate::year::SchoolYear;

/// The period figures are of: a school year that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release(SchoolYear);

impl Release {
    /// A school year's, from the local day after its last.
    #[must_use]
    pub fn of(year: SchoolYear, today: NaiveDate) -> Option<Self> {
        (year.last() < today).then_some(Self(year))
    }

    /// The school year.
    #[must_use]
    pub const fn year(self) -> SchoolYear {
        self.0
    }
}

/// What a cell that counts none tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zeros {
    /// Something of somebody: cases. They are hidden as any number under five.
    Hidden,
    /// Nothing of anybody: what agencies did. They are shown in rows that come to five or more, unless another number would follow
    /// from them. A row of fewer is hidden whole, whether it comes to one or to none: that an agency was asked at all is that there is
    /// somebody.
    Shown,
}

/// Something was counted that no cell is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no cell of the table is for this")]
pub struct Stray;

/// Counts by row and column, before anything is hidden. Not for showing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<R, C> {
    rows: BTreeSet<R>,
    columns: BTreeSet<C>,
    counts: BTreeMap<(R, C), u32>,
}

/// A number as it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// So many.
    Count(u32),
    /// Not shown: under five, or something under five would follow from it. Which of the two is not told.
    Hidden,
    /// There can be none, as everybody knows: a band that a forum does not take.
    Impossible,
}

impl Cell {
    /// The number, where it is shown.
    #[must_use]
    pub const fn count(self) -> Option<u32> {
        match self {
            Self::Count(count) => Some(count),
            Self::Hidden => None,
            Self::Impossible => Some(0),
        }
    }
}

/// A table as it may be shown, printed and saved. Charts and files are made of this and of nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published<R, C> {
    release: Release,
    cells: BTreeMap<(R, C), Cell>,
    rows: BTreeMap<R, Cell>,
    columns: BTreeMap<C, Cell>,
    total: Cell,
}

impl<R: Ord + Clone, C: Ord + Clone> Table<R, C> {
    /// A table without counts, of these rows and columns; `possible` says in which cells anything can ever be counted. It must follow
    /// from what everybody knows, not from the counts.
    #[must_use]
    pub fn new(rows: BTreeSet<R>, columns: BTreeSet<C>, possible: impl Fn(&R, &C) -> bool) -> Self {
        let cells = rows.iter().flat_map(|row| columns.iter().map(move |column| (row, column)));
        let counts = cells.filter(|(row, column)| possible(row, column));
        let counts = counts.map(|(row, column)| ((row.clone(), column.clone()), 0)).collect();
        Self { rows, columns, counts }
    }

    /// Counts one more in a cell.
    pub fn count(&mut self, row: R, column: C) -> Result<(), Stray> {
        let count = self.counts.get_mut(&(row, column)).ok_or(Stray)?;
        *count = count.saturating_add(1);
        Ok(())
    }

    /// The table as it may be published. What is hidden depends on the counts alone, so it is the same each time.
    ///
    /// First every number under five is hidden, totals too. Then, as long as whoever sees the rest could work a hidden number out or
    /// come too near to a small one, more is hidden, cells rather than totals, and the grand total last.
    #[must_use]
    pub fn publish(&self, release: Release, zeros: Zeros) -> Published<R, C> {
        let mut numbers = self.numbers();
        let few = self.rows_of_few();
        for number in &mut numbers {
            let of_few = few.contains(&number.from) || few.contains(&number.to);
            number.hidden = number.value < LEAST && (number.value > 0 || zeros == Zeros::Hidden || of_few);
        }
        protect(&mut numbers, 2 + self.rows.len() + self.columns.len(), LEAST);
        let mut cells =
            numbers.iter().map(|number| if number.hidden { Cell::Hidden } else { Cell::Count(number.value) });
        let mut next = |possible: bool| cells.next().filter(|_| possible).unwrap_or(Cell::Impossible);
        let total = next(!self.counts.is_empty());
        let rows =
            self.rows.iter().map(|one| (one.clone(), next(self.counts.keys().any(|(row, _)| row == one)))).collect();
        let columns = self
            .columns
            .iter()
            .map(|one| (one.clone(), next(self.counts.keys().any(|(_, column)| column == one))))
            .collect();
        let cells = self.counts.keys().map(|key| (key.clone(), next(true))).collect();
        Published { release, cells, rows, columns, total }
    }

    /// The nodes of the rows that come to fewer than [`LEAST`], none among them.
    fn rows_of_few(&self) -> BTreeSet<usize> {
        let of = |row: &R| {
            let counts = self.counts.iter().filter(|((one, _), _)| one == row);
            counts.fold(0_u32, |sum, (_, count)| sum.saturating_add(*count))
        };
        self.rows.iter().zip(2..).filter(|(row, _)| of(row) < LEAST).map(|(_, node)| node).collect()
    }

    /// Its numbers as arcs of a network: the grand total, those of rows, those of columns, the cells in order.
    fn numbers(&self) -> Vec<Number> {
        let (before_rows, after_columns) = (0, 1);
        let row_nodes: BTreeMap<_, _> = self.rows.iter().zip(2..).collect();
        let column_nodes: BTreeMap<_, _> = self.columns.iter().zip(2 + self.rows.len()..).collect();
        let sum = |within: &dyn Fn(&R, &C) -> bool| {
            let counts = self.counts.iter().filter(|((row, column), _)| within(row, column));
            counts.fold(0_u32, |sum, (_, count)| sum.saturating_add(*count))
        };
        let number = |from, to, value, loss| Number { from, to, value, loss, hidden: false };
        let mut numbers = vec![number(after_columns, before_rows, sum(&|_, _| true), OF_TABLE)];
        numbers.extend(row_nodes.iter().map(|(row, node)| number(before_rows, *node, sum(&|r, _| r == *row), OF_LINE)));
        numbers.extend(
            column_nodes.iter().map(|(column, node)| number(*node, after_columns, sum(&|_, c| c == *column), OF_LINE)),
        );
        numbers.extend(self.counts.iter().filter_map(|((row, column), count)| {
            Some(number(*row_nodes.get(row)?, *column_nodes.get(column)?, *count, OF_CELL))
        }));
        numbers
    }
}

/// What is lost by hiding a cell, the total of a row or column, and the grand total. The same whatever the number is: what is hidden
/// beside a small number tells nothing of which are larger.
const OF_CELL: u32 = 1;
const OF_LINE: u32 = 10;
const OF_TABLE: u32 = 100;

impl<R: Ord + Clone, C: Ord + Clone> Published<R, C> {
    /// The period it is of.
    #[must_use]
    pub const fn release(&self) -> Release {
        self.release
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = &R> {
        self.rows.keys()
    }

    /// The columns, in order.
    pub fn columns(&self) -> impl Iterator<Item = &C> {
        self.columns.keys()
    }

    /// A cell.
    #[must_use]
    pub fn cell(&self, row: &R, column: &C) -> Cell {
        self.cells.get(&(row.clone(), column.clone())).copied().unwrap_or(Cell::Impossible)
    }

    /// The total of a row.
    #[must_use]
    pub fn of_row(&self, row: &R) -> Cell {
        self.rows.get(row).copied().unwrap_or(Cell::Impossible)
    }

    /// The total of a column.
    #[must_use]
    pub fn of_column(&self, column: &C) -> Cell {
        self.columns.get(column).copied().unwrap_or(Cell::Impossible)
    }

    /// The grand total.
    #[must_use]
    pub const fn total(&self) -> Cell {
        self.total
    }

    /// A cell's share of its row in whole per cent, from what is shown alone, so that it tells nothing the table does not: how many
    /// of those called came, how many undertakings were done in time.
    #[must_use]
    pub fn share(&self, row: &R, column: &C) -> Option<u8> {
        shown_share(self.cell(row, column).count()?, self.of_row(row).count()?)
    }

    /// The share of a column in everything, in the same way.
    #[must_use]
    pub fn share_of_all(&self, column: &C) -> Option<u8> {
        shown_share(self.of_column(column).count()?, self.total.count()?)
    }
}
