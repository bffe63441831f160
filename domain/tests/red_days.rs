//! Red days and eves 1990–2100 against an independent source, `tests/data/red_days_se.json`, which names where it is from.
//!
//! Sundays are red by law but no named day; the source leaves them out, so they are held against the weekday itself.
//! Annandag pingst is red until 2004 and the national day from 2005: SFS 2004:1320, in force on 1 April 2005, between the
//! two days.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its data fails")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, Weekday};
use domain::calendar::{Eve, RedDay, eve, red_day, red_days};
use serde::Deserialize;

#[derive(Deserialize)]
struct Source {
    /// For each year its days, as `MM-DD code`.
    years: BTreeMap<i32, Vec<String>>,
}

/// The days of the source whose codes are of one kind.
fn named<T: std::str::FromStr + Ord>(year: i32, days: &[String]) -> BTreeSet<(NaiveDate, T)> {
    days.iter()
        .filter_map(|day| {
            let (date, code) = day.split_once(' ').unwrap();
            Some((format!("{year}-{date}").parse().unwrap(), code.parse().ok()?))
        })
        .collect()
}

fn source() -> BTreeMap<i32, Vec<String>> {
    let source: Source = serde_json::from_str(include_str!("data/red_days_se.json")).unwrap();
    assert_eq!(source.years.keys().copied().collect::<Vec<_>>(), (1990..=2100).collect::<Vec<_>>());
    source.years
}

fn days_of(year: i32) -> impl Iterator<Item = NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap().iter_days().take_while(move |day| day.year() == year)
}

#[test]
fn the_red_days_of_every_year_are_those_of_the_source() {
    for (year, days) in source() {
        let expected = named::<RedDay>(year, &days);
        assert!(expected.len() >= 13, "{year}");
        assert_eq!(red_days(year).into_iter().collect::<BTreeSet<_>>(), expected, "{year}");
    }
}

#[test]
fn a_day_is_red_when_the_source_names_it_or_it_is_a_sunday() {
    for (year, days) in source() {
        let expected = named::<RedDay>(year, &days);
        for day in days_of(year) {
            let names: Vec<_> = expected.iter().filter(|(on, _)| *on == day).map(|(_, name)| *name).collect();
            match red_day(day) {
                Some(RedDay::Sunday) => assert!(names.is_empty() && day.weekday() == Weekday::Sun, "{day}"),
                Some(name) => assert!(names.contains(&name), "{day}"),
                None => assert!(names.is_empty() && day.weekday() != Weekday::Sun, "{day}"),
            }
        }
    }
}

#[test]
fn the_eves_of_every_year_are_those_of_the_source() {
    for (year, days) in source() {
        let expected = named::<Eve>(year, &days);
        assert_eq!(expected.len(), 5, "{year}");
        let found: BTreeSet<_> = days_of(year).filter_map(|day| Some((day, eve(day)?))).collect();
        assert_eq!(found, expected, "{year}");
    }
}
