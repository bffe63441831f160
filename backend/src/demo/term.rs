//! The demo's calendar: school terms around a day, and the breaks between and in them.

use chrono::{Datelike, Days, NaiveDate};
use domain::{calendar::easter_sunday, time::IsoWeek};

/// So many days of history a demo has at least.
const HISTORY: u64 = 42;

/// The days a demo spans.
#[derive(Debug)]
pub(super) struct Terms {
    /// The first day of the first term.
    pub first: NaiveDate,
    /// The last day of the last.
    pub last: NaiveDate,
    /// When schools are closed.
    pub breaks: Vec<Break>,
}

/// A school break.
#[derive(Debug)]
pub(super) struct Break {
    pub name: &'static str,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

fn on(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// First and last day of each term of the years around a day.
fn terms(today: NaiveDate) -> impl Iterator<Item = (NaiveDate, NaiveDate)> {
    (today.year() - 1..=today.year() + 2)
        .flat_map(|year| [(on(year, 1, 8), on(year, 6, 11)), (on(year, 8, 18), on(year, 12, 18))])
}

impl Terms {
    /// The term under way, or the last one before a day between terms, and the next. In the first weeks of a term the one
    /// before belongs to it too, so that there is something to look back on.
    pub(super) fn around(today: NaiveDate) -> Self {
        let settled = today - Days::new(HISTORY);
        let first = terms(today).filter(|(from, _)| *from <= settled).last().map_or(settled, |(from, _)| from);
        let last = terms(today).find(|(from, _)| *from > today).map_or(today, |(_, until)| until);
        let mut breaks: Vec<Break> = (first.year() - 1..=last.year()).flat_map(breaks_from).collect();
        breaks.retain(|free| free.until >= first && free.from <= last);
        Self { first, last, breaks }
    }
}

/// The breaks that begin in a calendar year.
fn breaks_from(year: i32) -> Vec<Break> {
    let mut all = Vec::new();
    let week = |name, week| {
        let monday = IsoWeek::new(year, week).ok()?.first_day();
        Some(Break { name, from: monday, until: monday + Days::new(4) })
    };
    all.extend(week("Sportlov", 7));
    all.extend(easter_sunday(year).map(|easter| Break {
        name: "Påsklov",
        from: easter + Days::new(1),
        until: easter + Days::new(5),
    }));
    all.push(Break { name: "Sommarlov", from: on(year, 6, 12), until: on(year, 8, 17) });
    all.extend(week("Höstlov", 44));
    all.push(Break { name: "Jullov", from: on(year, 12, 19), until: on(year + 1, 1, 7) });
    all
}

/// The nearest weekday at or before a day.
pub(super) fn weekday_before(mut day: NaiveDate) -> NaiveDate {
    while day.weekday().number_from_monday() > 5 {
        day = day - Days::new(1);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_demo_spans_the_term_under_way_and_the_next() {
        let terms = Terms::around(date("2026-11-22"));
        assert_eq!((terms.first, terms.last), (date("2026-08-18"), date("2027-06-11")));
        assert_eq!(
            terms.breaks.iter().map(|free| free.name).collect::<Vec<_>>(),
            ["Höstlov", "Jullov", "Sportlov", "Påsklov"]
        );
    }

    #[test]
    fn between_terms_and_early_in_one_there_is_something_to_look_back_on() {
        let span = |today| {
            let terms = Terms::around(date(today));
            (terms.first.to_string(), terms.last.to_string())
        };
        assert_eq!(span("2027-07-10"), ("2027-01-08".into(), "2027-12-18".into()));
        assert_eq!(span("2027-02-10"), ("2026-08-18".into(), "2027-12-18".into()));
    }
}
