//! Local time. Instants are UTC; a day is a day in Sweden.

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, Datelike, Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone,
    Timelike, Utc, Weekday,
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The zone every date and time of day of the product is local to.
pub const ZONE: chrono_tz::Tz = chrono_tz::Europe::Stockholm;

/// The local date and time at an instant.
#[must_use]
pub fn local(at: DateTime<Utc>) -> NaiveDateTime {
    let utc = at.naive_utc();
    utc.checked_add_offset(ZONE.offset_from_utc_datetime(&utc).fix()).unwrap_or(utc)
}

/// The local day an instant lies in.
#[must_use]
pub fn day(at: DateTime<Utc>) -> NaiveDate {
    local(at).date()
}

/// Why a local time names no single instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum LocalTime {
    /// The clocks skip it in spring.
    #[error("the local time does not exist")]
    DoesNotExist,
    /// The clocks pass it twice in autumn.
    #[error("the local time happens twice")]
    HappensTwice,
}

/// The one instant that has this local time.
pub fn instant(local: NaiveDateTime) -> Result<DateTime<Utc>, LocalTime> {
    match ZONE.from_local_datetime(&local) {
        MappedLocalTime::Single(at) => Ok(at.with_timezone(&Utc)),
        MappedLocalTime::Ambiguous(..) => Err(LocalTime::HappensTwice),
        MappedLocalTime::None => Err(LocalTime::DoesNotExist),
    }
}

/// The first instant of a local day. Total: where midnight is skipped or repeated, the first instant that lies in the
/// day.
#[must_use]
pub fn start_of(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    (0..24 * 60)
        .filter_map(|minute| midnight.checked_add_signed(TimeDelta::minutes(minute)))
        .find_map(|local| ZONE.from_local_datetime(&local).earliest())
        .map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc))
}

/// The first instant after a local day.
#[must_use]
pub fn end_of(day: NaiveDate) -> DateTime<Utc> {
    day.succ_opt().map_or(DateTime::<Utc>::MAX_UTC, start_of)
}

/// The start of the minute an instant lies in. Withdrawals and changes of phase hold from their minute on.
#[must_use]
pub fn minute_of(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(at)
}

/// A week by ISO 8601: the one that holds the year's first Thursday is week 1, so some years have 53.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(i32, u32)", into = "(i32, u32)")]
pub struct IsoWeek {
    year: i32,
    week: u32,
}

/// A week that its year does not have, or text that is no week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no such week")]
pub struct NoSuchWeek;

impl IsoWeek {
    /// The week of this number in this ISO year.
    pub fn new(year: i32, week: u32) -> Result<Self, NoSuchWeek> {
        match NaiveDate::from_isoywd_opt(year, week, Weekday::Sun) {
            Some(_) if NaiveDate::from_isoywd_opt(year, week, Weekday::Mon).is_some() => Ok(Self { year, week }),
            _ => Err(NoSuchWeek),
        }
    }

    /// The week a day lies in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        let week = day.iso_week();
        Self { year: week.year(), week: week.week() }
    }

    /// The ISO year, which differs from the calendar's around New Year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The number, 1–53.
    #[must_use]
    pub const fn week(self) -> u32 {
        self.week
    }

    /// Its Monday.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_isoywd_opt(self.year, self.week, Weekday::Mon).unwrap_or(NaiveDate::MIN)
    }

    /// Its Sunday.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        NaiveDate::from_isoywd_opt(self.year, self.week, Weekday::Sun).unwrap_or(NaiveDate::MAX)
    }

    /// The week after; the last week of all is its own next.
    #[must_use]
    pub fn next(self) -> Self {
        self.last_day().checked_add_days(Days::new(7)).map_or(self, Self::of)
    }

    /// The week before; the first week of all is its own previous.
    #[must_use]
    pub fn previous(self) -> Self {
        self.first_day().checked_sub_days(Days::new(7)).map_or(self, Self::of)
    }
}

impl TryFrom<(i32, u32)> for IsoWeek {
    type Error = NoSuchWeek;

    fn try_from((year, week): (i32, u32)) -> Result<Self, NoSuchWeek> {
        Self::new(year, week)
    }
}

impl From<IsoWeek> for (i32, u32) {
    fn from(week: IsoWeek) -> Self {
        (week.year, week.week)
    }
}

/// `2026-W53`, as ISO 8601 writes it.
impl fmt::Display for IsoWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.week)
    }
}

impl FromStr for IsoWeek {
    type Err = NoSuchWeek;

    fn from_str(text: &str) -> Result<Self, NoSuchWeek> {
        let (year, week) = text.split_once("-W").ok_or(NoSuchWeek)?;
        let year = digits(year, 4)?.parse().map_err(|_| NoSuchWeek)?;
        Self::new(year, digits(week, 2)?.parse().map_err(|_| NoSuchWeek)?)
    }
}

/// The text, if it is so many digits and nothing else.
fn digits(text: &str, count: usize) -> Result<&str, NoSuchWeek> {
    let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(text) } else { Err(NoSuchWeek) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn local_time(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn the_hour_skipped_in_spring_does_not_exist() {
        assert_eq!(instant(local_time("2027-03-28T02:30:00")), Err(LocalTime::DoesNotExist));
    }

    #[test]
    fn the_hour_repeated_in_autumn_happens_twice() {
        assert_eq!(instant(local_time("2026-10-25T02:30:00")), Err(LocalTime::HappensTwice));
    }

    #[test]
    fn late_evening_in_utc_is_already_tomorrow_in_sweden() {
        assert_eq!(day("2026-11-26T23:30:00Z".parse().unwrap()), date("2026-11-27"));
    }

    #[test]
    fn start_of_is_total_at_the_edges_of_the_calendar() {
        for day in [NaiveDate::MIN, NaiveDate::MAX, date("1916-05-14"), date("1980-04-06")] {
            let _ = (start_of(day), end_of(day));
        }
        let _ = (local(DateTime::<Utc>::MAX_UTC), local(DateTime::<Utc>::MIN_UTC));
    }

    #[test]
    fn k1_the_year_2026_has_week_53_and_week_1_follows() {
        let last = IsoWeek::of(date("2026-12-31"));
        assert_eq!(last.to_string(), "2026-W53");
        assert_eq!(last.next().to_string(), "2027-W01");
        assert_eq!(last.next().previous(), last);
        assert_eq!(IsoWeek::new(2027, 53), Err(NoSuchWeek));
        assert_eq!(IsoWeek::new(2026, 0), Err(NoSuchWeek));
    }

    #[test]
    fn text_that_is_no_week_is_refused() {
        for text in ["", "2026", "2026-53", "2026-W5", "2026-W054", "2026-W54", "+026-W01", "2026-W+1"] {
            assert_eq!(text.parse::<IsoWeek>(), Err(NoSuchWeek), "{text}");
        }
    }

    prop_compose! {
        fn any_day()(number in 0..73_000_u64) -> NaiveDate {
            date("1920-01-01").checked_add_days(Days::new(number)).unwrap()
        }
    }

    proptest! {
        #[test]
        fn the_start_of_a_day_lies_in_it_and_the_instant_before_does_not(on in any_day()) {
            let start = start_of(on);
            prop_assert_eq!(day(start), on);
            prop_assert_eq!(day(start - TimeDelta::nanoseconds(1)), on.pred_opt().unwrap());
        }

        #[test]
        fn an_instant_comes_back_from_its_local_time(seconds in 0_i64..4_102_444_800) {
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            match instant(local(at)) {
                Ok(back) => prop_assert_eq!(back, at),
                Err(why) => prop_assert_eq!(why, LocalTime::HappensTwice),
            }
        }

        #[test]
        fn a_week_holds_its_days_and_weeks_follow_each_other(on in any_day()) {
            let week = IsoWeek::of(on);
            prop_assert!(week.first_day() <= on && on <= week.last_day());
            prop_assert_eq!(week.last_day().succ_opt().unwrap(), week.next().first_day());
            prop_assert_eq!(week.next().previous(), week);
            prop_assert_eq!(week.to_string().parse(), Ok(week));
        }
    }
}
