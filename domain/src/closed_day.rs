//! Days a municipality closes by itself, besides red days and eves.

use chrono::{Days, NaiveDate};

use crate::{
    series::SkipReason,
    text::{Line, typed_date},
};

/// The longest span that is closed at once, in days: a summer.
pub const LONGEST_SPAN: i64 = 100;

/// The most rows that are read at once.
pub const MOST_ROWS: usize = 200;

coded! {
    /// Why the municipality holds no meetings on a day.
    pub enum ClosedKind {
        /// Lov: the schools are closed (K3).
        SchoolBreak => "school_break",
        /// Studiedag or planeringsdag.
        StaffDay => "staff_day",
        /// An eve or bridge day the municipality gives its staff.
        Eve => "eve",
        /// Anything else.
        Other => "other",
    }
}

impl ClosedKind {
    /// Why a series is not held on such a day.
    #[must_use]
    pub const fn skip_reason(self) -> SkipReason {
        match self {
            Self::SchoolBreak => SkipReason::SchoolBreak,
            Self::StaffDay | Self::Eve | Self::Other => SkipReason::Closed,
        }
    }
}

/// Days that are closed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedSpan {
    /// Why.
    pub kind: ClosedKind,
    /// What people call it.
    pub name: Line,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

impl ClosedSpan {
    /// Its days, in order.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let until = self.until;
        let next = |day: &NaiveDate| day.checked_add_days(Days::new(1));
        std::iter::successors(Some(self.from), next).take_while(move |day| *day <= until)
    }
}

/// Reads a table as spreadsheets save or copy it (CSV): a name, the first day, the last day, and the kind if it is there; one span to a
/// row, a row of titles before. Parts are parted by semicolons, tabs or commas. An empty last day is the first. Where no kind is given,
/// it is told by the name.
///
/// # Errors
/// The number of the first row that cannot be read, from 1; of one too many.
pub fn read_spans(table: &str) -> Result<Vec<ClosedSpan>, u32> {
    let rows = (1_u32..).zip(table.trim_start_matches('\u{feff}').lines()).filter(|(_, row)| !row.trim().is_empty());
    let mut spans = Vec::new();
    for (number, row) in rows {
        let parts = parts(row);
        let is_titles = spans.is_empty() && !parts.iter().any(|part| part.contains(|sign: char| sign.is_ascii_digit()));
        if is_titles {
            continue;
        }
        spans.push(span(&parts).filter(|_| spans.len() < MOST_ROWS).ok_or(number)?);
    }
    Ok(spans)
}

fn parts(row: &str) -> Vec<&str> {
    let between = [';', '\t', ','].into_iter().find(|sign| row.contains(*sign)).unwrap_or(';');
    row.split(between).map(|part| part.trim().trim_matches('"').trim()).collect()
}

fn span(parts: &[&str]) -> Option<ClosedSpan> {
    let (name, from) = (parts.first()?, parts.get(1)?);
    let date = |text: &str| typed_date(text).ok();
    let from = date(from)?;
    let until = match parts.get(2).filter(|until| !until.is_empty()) {
        Some(until) => date(until)?,
        None => from,
    };
    let kind = match parts.get(3).filter(|kind| !kind.is_empty()) {
        Some(kind) => told_by(kind),
        None => told_by(name),
    };
    let fits = (0..LONGEST_SPAN).contains(&(until - from).num_days()) && parts.len() <= 4;
    Some(ClosedSpan { kind, name: Line::parse(name).ok()?, from, until }).filter(|_| fits)
}

/// What kind of day somebody means by a word.
fn told_by(word: &str) -> ClosedKind {
    let word = word.to_lowercase();
    let says = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    if says(&["studiedag", "planeringsdag", "fortbildning", "staff"]) {
        ClosedKind::StaffDay
    } else if says(&["klämdag", "afton", "bridge", "eve"]) {
        ClosedKind::Eve
    } else if says(&["lov", "break"]) {
        ClosedKind::SchoolBreak
    } else {
        ClosedKind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: &str) -> Result<Vec<(ClosedKind, String, String, String)>, u32> {
        let told = |span: ClosedSpan| {
            (span.kind, span.name.as_str().to_owned(), span.from.to_string(), span.until.to_string())
        };
        Ok(read_spans(table)?.into_iter().map(told).collect())
    }

    /// K3: as a spreadsheet saves it in Sweden, as it is copied, and as it is saved elsewhere.
    #[test]
    fn a_table_is_read_whatever_parts_it() {
        let wanted = vec![
            (ClosedKind::SchoolBreak, "Sportlov".to_owned(), "2027-02-08".to_owned(), "2027-02-12".to_owned()),
            (ClosedKind::StaffDay, "Studiedag F–9".to_owned(), "2027-03-15".to_owned(), "2027-03-15".to_owned()),
        ];
        for (between, titles) in [(";", "Namn;Från;Till\r\n"), ("\t", ""), (",", "\u{feff}name,from,until,kind\n")] {
            let rows = format!(
                "{titles}\"Sportlov\"{between}2027-02-08{between} 12/2 2027\r\n\r\nStudiedag F–9{between}2027-03-15{between}\n"
            );
            assert_eq!(read(&rows), Ok(wanted.clone()), "{between:?}");
        }
        assert_eq!(read("X;2027-02-08;;planeringsdag").unwrap()[0].0, ClosedKind::StaffDay);
        assert_eq!(read("Julafton;2027-12-24").unwrap()[0].0, ClosedKind::Eve);
        assert_eq!(read("Flytt;2027-12-01").unwrap()[0].0, ClosedKind::Other);
        assert_eq!(read("  \n"), Ok(vec![]));
    }

    #[test]
    fn the_row_that_cannot_be_read_is_told() {
        let good = "Namn;Från;Till\nSportlov;2027-02-08;2027-02-12\n";
        for bad in [
            "Påsklov;2027-02-30;2027-03-01",
            "Påsklov;2027-03-30;2027-03-01",
            "Påsklov;2027-03-30;2027-12-01",
            ";2027-03-30;2027-03-31",
            "Påsklov 2027-03-30",
            "Påsklov;2027-03-30;2027-03-31;lov;mer",
        ] {
            assert_eq!(read(&format!("{good}{bad}\n")), Err(3), "{bad}");
        }
        let many = "Dag;2027-03-30\n".repeat(MOST_ROWS + 1);
        assert_eq!(read(&many), Err(u32::try_from(MOST_ROWS + 1).unwrap()));
    }

    /// K3
    #[test]
    fn only_a_school_break_is_told_as_one() {
        for &kind in ClosedKind::ALL {
            let is_break = kind == ClosedKind::SchoolBreak;
            assert_eq!(
                kind.skip_reason(),
                if is_break { SkipReason::SchoolBreak } else { SkipReason::Closed },
                "{kind}"
            );
        }
    }
}
