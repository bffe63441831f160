//! The figures of a school year as they are published and kept (V11): with the names of then, and of what is hidden nothing but that
//! it is. They are counted in [`count`], once.

mod count;

use chrono::{DateTime, Utc};
use domain::{
    figures::{Cell, Completion, Published, Turnout, shown_share},
    year::SchoolYear,
};
use serde::{Deserialize, Serialize};

pub(crate) use count::{CaseDays, Facts, TakenUp, Undertaken, figures};

/// The figures of a school year, and when they were worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// The school year.
    pub year: SchoolYear,
    /// When they were worked out, in UTC; nothing that was entered later is in them.
    pub published_at: DateTime<Utc>,
    /// The figures.
    pub figures: Figures,
}

/// What is published of a school year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Cases taken up, each once: by the child's age and the forum.
    pub cases: Grid<AgeBand, NamedForum>,
    /// Days from registering a case to taking it up for the first time.
    pub waiting: Middles,
    /// Meetings that units were called to and that were held, by whether somebody came.
    pub attendance: Grid<NamedUnit, Turnout>,
    /// Days from registering a case to its consent's holding for the first time.
    pub consent: Middles,
    /// Undertakings that were due, by what became of them.
    pub undertakings: Grid<NamedUnit, Completion>,
}

/// Ages that are counted together. Both ends are included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AgeBand {
    /// The youngest age, in whole years.
    pub from: u16,
    /// The oldest age, in whole years; none for "and older".
    pub to: Option<u16>,
}

/// What a forum was called when the figures were published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedForum {
    /// Decides its colour.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Where there is little room.
    pub short_name: String,
}

/// What a unit was called when the figures were published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedUnit {
    /// Its name.
    pub name: String,
}

/// A number as it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Number {
    /// So many.
    Shown(u32),
    /// Not shown: under five, or something under five would follow from it. Which of the two is not kept.
    Hidden,
    /// There can be none, as everybody knows.
    Impossible,
}

impl Number {
    /// The number, where it is shown.
    #[must_use]
    pub const fn shown(self) -> Option<u32> {
        match self {
            Self::Shown(count) => Some(count),
            Self::Hidden | Self::Impossible => None,
        }
    }
}

impl From<Cell> for Number {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Count(count) => Self::Shown(count),
            Cell::Hidden => Self::Hidden,
            Cell::Impossible => Self::Impossible,
        }
    }
}

/// A table as it is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid<R, C> {
    /// What its columns are of, from left to right.
    pub columns: Vec<C>,
    /// Its rows, from above.
    pub lines: Vec<Line<R>>,
    /// The total of each column.
    pub totals: Vec<Number>,
    /// The total of all.
    pub total: Number,
}

/// A row of a [`Grid`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line<R> {
    /// What it is of.
    pub of: R,
    /// Its numbers, one for each column.
    pub cells: Vec<Number>,
    /// Its total.
    pub total: Number,
}

impl<R, C> Grid<R, C> {
    /// What is published of a table, with the names of its rows and columns, in this order.
    fn of<K: Ord + Clone, L: Ord + Clone>(
        published: &Published<K, L>,
        rows: Vec<(K, R)>,
        columns: Vec<(L, C)>,
    ) -> Self {
        let lines = rows.into_iter().map(|(row, of)| Line {
            of,
            cells: columns.iter().map(|(column, _)| published.cell(&row, column).into()).collect(),
            total: published.of_row(&row).into(),
        });
        Self {
            lines: lines.collect(),
            totals: columns.iter().map(|(column, _)| published.of_column(column).into()).collect(),
            total: published.total().into(),
            columns: columns.into_iter().map(|(_, of)| of).collect(),
        }
    }

    /// The share of a column in everything, in whole per cent; see [`Line::share`].
    #[must_use]
    pub fn share_of_all(&self, column: usize) -> Option<u8> {
        share(self.totals.get(column).copied(), self.total)
    }
}

impl<R> Line<R> {
    /// The share of a column in the row, in whole per cent; from what is shown alone, so that it tells nothing the table does not.
    /// None where it is hidden.
    #[must_use]
    pub fn share(&self, column: usize) -> Option<u8> {
        share(self.cells.get(column).copied(), self.total)
    }
}

fn share(part: Option<Number>, whole: Number) -> Option<u8> {
    shown_share(part?.shown()?, whole.shown()?)
}

/// Middles of days by forum, and of all. None where they are hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Middles {
    /// By forum, youngest first.
    pub of_each: Vec<(NamedForum, Option<u32>)>,
    /// Of all.
    pub of_all: Option<u32>,
}
