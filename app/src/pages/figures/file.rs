//! Published figures as a file for spreadsheets: a line for each number. Semicolons between and a byte order mark first, as Swedish
//! Excel takes a file for one in its own encoding else; quoted as RFC 4180 has it.

use backend::view::figures::{Grid, Middles, NamedUnit, Number, Publication};

use super::ages;
use crate::text::{Lang, figures as text};

/// The figures of a school year as the text of a file. A hidden number has an empty cell, and beside it words that say so; where there
/// can be none, there is no line.
#[must_use]
pub fn csv(told: &Publication, lang: Lang) -> String {
    let begins = told.year.begins_in();
    let mut file = File { text: "\u{feff}".to_owned(), year: text::year(lang, begins, begins + 1), lang };
    file.line(&[
        text::file_year(lang),
        text::file_measure(lang),
        text::file_row(lang),
        text::file_column(lang),
        text::file_number(lang),
        text::file_kind(lang),
        text::file_note(lang),
    ]);
    let figures = &told.figures;
    let cases = &figures.cases;
    let columns: Vec<&str> = cases.columns.iter().map(|forum| forum.name.as_str()).collect();
    file.grid(text::cases(lang), cases, &columns, |band| ages(*band, lang));
    file.days(text::waiting(lang), &figures.waiting);
    file.days(text::consent(lang), &figures.consent);
    let columns: Vec<&str> = figures.attendance.columns.iter().map(|one| text::turnout(*one, lang)).collect();
    file.grid(text::attendance(lang), &figures.attendance, &columns, name);
    let columns: Vec<&str> = figures.undertakings.columns.iter().map(|one| text::completion(*one, lang)).collect();
    file.grid(text::undertakings(lang), &figures.undertakings, &columns, name);
    file.text
}

fn name(unit: &NamedUnit) -> String {
    unit.name.clone()
}

/// A file as far as it is written.
struct File {
    text: String,
    year: String,
    lang: Lang,
}

impl File {
    fn grid<R, C>(&mut self, measure: &str, grid: &Grid<R, C>, columns: &[&str], name: impl Fn(&R) -> String) {
        let total = text::total(self.lang);
        let lines = grid.lines.iter().map(|line| (name(&line.of), &line.cells, line.total));
        for (row, cells, all) in lines.chain([(total.to_owned(), &grid.totals, grid.total)]) {
            for (column, cell) in columns.iter().zip(cells).chain([(&total, &all)]) {
                self.number(measure, (row.as_str(), *column), *cell, text::file_count(self.lang));
            }
        }
    }

    fn days(&mut self, measure: &str, middles: &Middles) {
        let shown = |days: Option<u32>| days.map_or(Number::Hidden, Number::Shown);
        for (forum, days) in &middles.of_each {
            self.number(measure, (forum.name.as_str(), ""), shown(*days), text::file_days(self.lang));
        }
        self.number(measure, (text::all(self.lang), ""), shown(middles.of_all), text::file_days(self.lang));
    }

    fn number(&mut self, measure: &str, (row, column): (&str, &str), number: Number, kind: &str) {
        let (count, note) = match number {
            Number::Shown(count) => (count.to_string(), ""),
            Number::Hidden => (String::new(), text::file_hidden(self.lang)),
            Number::Impossible => return,
        };
        let year = self.year.clone();
        self.line(&[&year, measure, row, column, &count, kind, note]);
    }

    fn line(&mut self, cells: &[&str]) {
        let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
        self.text.push_str(&cells.join(";"));
        self.text.push_str("\r\n");
    }
}

/// A cell as it stands in the file. What a spreadsheet would take for a formula gets an apostrophe first, so that it stays text:
/// whoever names a unit does not make others' machines work things out.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ';', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use backend::view::figures::{AgeBand, Figures, Line, NamedForum};
    use domain::{
        figures::{Completion, Turnout},
        year::SchoolYear,
    };

    use super::*;

    fn forum(name: &str) -> NamedForum {
        NamedForum { code: "family".into(), name: name.into(), short_name: "FC".into() }
    }

    fn told() -> Publication {
        let none = Middles { of_each: vec![(forum("Familjecentralen"), Some(14))], of_all: None };
        let unit = |name: &str, cells: &[Number], total| Line {
            of: NamedUnit { name: name.into() },
            cells: cells.to_vec(),
            total,
        };
        let hidden = |count: usize| vec![Number::Hidden; count];
        Publication {
            year: SchoolYear::beginning(2026).unwrap(),
            published_at: "2027-08-01T00:10:00Z".parse().unwrap(),
            figures: Figures {
                cases: Grid {
                    columns: vec![forum("Familjecentralen"), forum("Ungdom")],
                    lines: vec![Line {
                        of: AgeBand { from: 6, to: Some(12) },
                        cells: vec![Number::Shown(9), Number::Impossible],
                        total: Number::Shown(9),
                    }],
                    totals: hidden(2),
                    total: Number::Hidden,
                },
                waiting: none.clone(),
                attendance: Grid {
                    columns: Turnout::ALL.to_vec(),
                    lines: vec![unit("=HYPERLINK(\"x\";1)", &hidden(2), Number::Hidden)],
                    totals: hidden(2),
                    total: Number::Hidden,
                },
                consent: none,
                undertakings: Grid {
                    columns: Completion::ALL.to_vec(),
                    lines: vec![],
                    totals: vec![Number::Shown(0); 3],
                    total: Number::Shown(0),
                },
            },
        }
    }

    /// V11
    #[test]
    fn a_hidden_number_is_an_empty_cell_that_says_so() {
        let file = csv(&told(), Lang::Sv);
        let lines: Vec<&str> = file.split("\r\n").collect();
        assert_eq!(lines[0], "\u{feff}Läsår;Mått;Rad;Kolumn;Tal;Slag;Anmärkning");
        assert_eq!(lines[1], "2026/2027;Ärenden per forum och ålder;6–12 år;Familjecentralen;9;antal;");
        assert_eq!(
            lines[2], "2026/2027;Ärenden per forum och ålder;6–12 år;Totalt;9;antal;",
            "no line for what cannot be"
        );
        let hidden = "visas inte: under fem, eller ett tal under fem skulle följa av det";
        let total = format!("2026/2027;Ärenden per forum och ålder;Totalt;Familjecentralen;;antal;{hidden}");
        assert_eq!(lines[3], total);
        assert!(lines.contains(&"2026/2027;Väntetid till första träffen;Familjecentralen;;14;dagar, mittenvärde;"));
        assert!(lines.iter().filter(|line| !line.is_empty()).all(|line| line.matches(';').count() >= 6));
        assert_eq!(lines.last(), Some(&""), "the last line ends too");
    }

    #[test]
    fn a_name_is_no_formula_and_breaks_out_of_no_cell() {
        assert!(csv(&told(), Lang::Sv).contains("\"'=HYPERLINK(\"\"x\"\";1)\""));
        assert_eq!(cell("Råd & stöd"), "Råd & stöd");
        assert_eq!(cell("a;b"), "\"a;b\"");
        assert_eq!(cell("a\"b"), "\"a\"\"b\"");
        for sign in ["=1", "+1", "-1", "@1"] {
            assert_eq!(cell(sign), format!("'{sign}"));
        }
        assert_eq!(cell("–"), "–");
    }
}
