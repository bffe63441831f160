//! Dates and times of day as people in Sweden type them.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is wrong with a date as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum DateFlaw {
    /// Nothing was typed.
    #[error("no date was typed")]
    Empty,
    /// Not a way of writing a date with its year.
    #[error("that is no date")]
    NotADate,
    /// Written as a date that the calendar does not have, or with another day's weekday.
    #[error("the calendar has no such date")]
    DoesNotExist,
}

/// What is wrong with a time of day as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum TimeFlaw {
    /// Nothing was typed.
    #[error("no time was typed")]
    Empty,
    /// Not a way of writing a time of day.
    #[error("that is no time of day")]
    NotATime,
    /// Written as a time that the day does not have.
    #[error("the day has no such time")]
    DoesNotExist,
}

/// Swedish and English names of the months; three letters of either are enough.
const MONTHS: [[&str; 2]; 12] = [
    ["januari", "january"],
    ["februari", "february"],
    ["mars", "march"],
    ["april", "april"],
    ["maj", "may"],
    ["juni", "june"],
    ["juli", "july"],
    ["augusti", "august"],
    ["september", "september"],
    ["oktober", "october"],
    ["november", "november"],
    ["december", "december"],
];

/// Swedish and English names of the weekdays; three letters of either are enough, two of a Swedish one.
const WEEKDAYS: [(Weekday, [&str; 2]); 7] = [
    (Weekday::Mon, ["måndag", "monday"]),
    (Weekday::Tue, ["tisdag", "tuesday"]),
    (Weekday::Wed, ["onsdag", "wednesday"]),
    (Weekday::Thu, ["torsdag", "thursday"]),
    (Weekday::Fri, ["fredag", "friday"]),
    (Weekday::Sat, ["lördag", "saturday"]),
    (Weekday::Sun, ["söndag", "sunday"]),
];

/// A date as typed: `2026-11-26`, `20261126`, `26/11 2026`, `26.11.2026`, `26 nov 2026`, `torsdag den 26 november 2026`.
/// The year is always asked for in four digits: a guessed century would be a wrong child.
pub fn typed_date(text: &str) -> Result<NaiveDate, DateFlaw> {
    let text = text.to_lowercase();
    let mut words: Vec<&str> =
        text.split([' ', '\u{a0}', '-', '–', '/', '.', ',']).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Err(DateFlaw::Empty);
    }
    let weekday = words.first().and_then(|word| weekday(word));
    if weekday.is_some() {
        words.remove(0);
    }
    if words.first() == Some(&"den") {
        words.remove(0);
    }
    let date = match words.as_slice() {
        [whole] if whole.len() == 8 && whole.is_ascii() => {
            let (year, rest) = whole.split_at(4);
            let (month, day) = rest.split_at(2);
            date_of(year, month, day)
        }
        [year, month, day] if year.len() == 4 => date_of(year, month, day),
        [day, month, year] if year.len() == 4 => date_of(year, month, day),
        _ => Err(DateFlaw::NotADate),
    }?;
    if weekday.is_some_and(|weekday| weekday != date.weekday()) { Err(DateFlaw::DoesNotExist) } else { Ok(date) }
}

/// The date of a year, a month by number or name, and a day.
fn date_of(year: &str, month: &str, day: &str) -> Result<NaiveDate, DateFlaw> {
    let month = match number(month, 2) {
        Some(month) => month,
        None => month_named(month).ok_or(DateFlaw::NotADate)?,
    };
    let year = number(year, 4).and_then(|year| i32::try_from(year).ok()).ok_or(DateFlaw::NotADate)?;
    let day = number(day, 2).ok_or(DateFlaw::NotADate)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateFlaw::DoesNotExist)
}

/// At most so many digits as a number.
fn number(text: &str, most: usize) -> Option<u32> {
    let fits = text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

/// The month whose name a word is, or at least three letters of it, in small letters.
pub(crate) fn month_named(word: &str) -> Option<u32> {
    let named = |names: &[&str; 2]| word.chars().count() >= 3 && names.iter().any(|name| name.starts_with(word));
    (1..).zip(&MONTHS).find(|(_, names)| named(names)).map(|(month, _)| month)
}

fn weekday(word: &str) -> Option<Weekday> {
    let letters = word.chars().count();
    let named = |[swedish, english]: &[&str; 2]| {
        letters >= 2 && swedish.starts_with(word) || letters >= 3 && english.starts_with(word)
    };
    WEEKDAYS.iter().find(|(_, names)| named(names)).map(|(weekday, _)| *weekday)
}

/// A time of day as typed: `09.10`, `9:10`, `0910`, `910`, `9`, each also after `kl` or `kl.`.
pub fn typed_time(text: &str) -> Result<NaiveTime, TimeFlaw> {
    let text = text.trim().to_lowercase();
    let text = text.strip_prefix("kl").map_or(text.as_str(), |rest| rest.trim_start_matches('.').trim_start());
    if text.is_empty() {
        return Err(TimeFlaw::Empty);
    }
    let parted = text.split_once(['.', ':']);
    let (hour, minute) = match (parted, text.len()) {
        (Some((hour, minute)), _) if minute.len() == 2 && !hour.is_empty() => (hour, minute),
        (None, 1 | 2) => (text, "0"),
        (None, 3 | 4) => text.split_at_checked(text.len() - 2).ok_or(TimeFlaw::NotATime)?,
        _ => return Err(TimeFlaw::NotATime),
    };
    let (Some(hour), Some(minute)) = (number(hour, 2), number(minute, 2)) else { return Err(TimeFlaw::NotATime) };
    NaiveTime::from_hms_opt(hour, minute, 0).ok_or(TimeFlaw::DoesNotExist)
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_date_is_read_as_people_write_it() {
        for text in [
            "2026-11-26",
            "20261126",
            " 2026-11-26 ",
            "26/11 2026",
            "26/11-2026",
            "26.11.2026",
            "26 nov 2026",
            "26 nov. 2026",
            "26 November 2026",
            "torsdag 26 november 2026",
            "tors den 26 nov 2026",
            "to 26/11 2026",
        ] {
            assert_eq!(typed_date(text), Ok(NaiveDate::from_ymd_opt(2026, 11, 26).unwrap()), "{text}");
        }
        assert_eq!(typed_date("1 maj 2027"), Ok(NaiveDate::from_ymd_opt(2027, 5, 1).unwrap()));
        assert_eq!(typed_date("2 mars 2027"), Ok(NaiveDate::from_ymd_opt(2027, 3, 2).unwrap()));
    }

    #[test]
    fn a_date_that_is_none_says_why() {
        assert_eq!(typed_date("  "), Err(DateFlaw::Empty));
        for text in [
            "imorgon",
            "26 nov",
            "26/11",
            "26 nov 26",
            "2026",
            "2026-11",
            "2026-11-26-1",
            "26 smultron 2026",
            "-",
            "åååå-mm-dd",
            "ååååå",
        ] {
            assert!(matches!(typed_date(text), Err(DateFlaw::NotADate | DateFlaw::Empty)), "{text}");
        }
        for text in ["2026-02-29", "31 april 2026", "2026-13-01", "20260230", "fredag 26 november 2026"] {
            assert_eq!(typed_date(text), Err(DateFlaw::DoesNotExist), "{text}");
        }
    }

    #[test]
    fn a_time_is_read_as_people_write_it() {
        for text in ["09.10", "9.10", "9:10", "09:10", "0910", "910", "kl 9.10", "kl. 09.10"] {
            assert_eq!(typed_time(text), Ok(NaiveTime::from_hms_opt(9, 10, 0).unwrap()), "{text}");
        }
        assert_eq!(typed_time("13"), Ok(NaiveTime::from_hms_opt(13, 0, 0).unwrap()));
    }

    #[test]
    fn a_time_that_is_none_says_why() {
        assert_eq!(typed_time(" "), Err(TimeFlaw::Empty));
        for text in ["nio", "9.1", "9.10.00", "-9", "1 30", ".30", "åå", "å10"] {
            assert_eq!(typed_time(text), Err(TimeFlaw::NotATime), "{text}");
        }
        for text in ["24.00", "9.60", "2400", "99"] {
            assert_eq!(typed_time(text), Err(TimeFlaw::DoesNotExist), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_date_is_read_back_from_each_way_of_writing_it(days in 0_u64..70_000) {
            let date = NaiveDate::from_ymd_opt(1920, 1, 1).unwrap() + Days::new(days);
            let name = MONTHS[date.month0() as usize][0];
            let weekday = WEEKDAYS[date.weekday().num_days_from_monday() as usize].1[0];
            prop_assert_eq!(typed_date(&date.to_string()), Ok(date));
            prop_assert_eq!(typed_date(&format!("{} {name} {}", date.day(), date.year())), Ok(date));
            prop_assert_eq!(typed_date(&format!("{weekday} {}/{} {}", date.day(), date.month(), date.year())), Ok(date));
        }

        #[test]
        fn any_text_is_answered(text in any::<String>(), near in "[0-9a-zå./ :-]{0,16}") {
            let _ = (typed_date(&text), typed_time(&text), typed_date(&near), typed_time(&near));
        }
    }
}
