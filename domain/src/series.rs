//! Series of meetings by weekday and interval.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::calendar::{Eve, RedDay, eve, on_or_after, red_day};

/// The most weeks between two meetings.
const LONGEST_INTERVAL: u16 = 52;

/// The most days from the first to the last of a series: five years.
const LONGEST_SERIES: i64 = 5 * 366;

/// What a series is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesPlan {
    /// The weekday.
    pub weekday: Weekday,
    /// The local start.
    pub starts: NaiveTime,
    /// The length in minutes.
    pub minutes: u16,
    /// The weeks from one meeting to the next, 1 for every week.
    pub interval_weeks: u16,
    /// The day the series is counted from: the first meeting is on the first such weekday from here (K1).
    pub from: NaiveDate,
    /// The last day a meeting can be on.
    pub until: NaiveDate,
}

/// A series whose plan can be followed: anchored on a date and never on odd or even weeks, of which two follow each other
/// after a year with week 53 (K1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "SeriesPlan", into = "SeriesPlan")]
pub struct Series(SeriesPlan);

/// Why a plan cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum SeriesRefusal {
    /// The interval is no week, or more than a year.
    #[error("a series meets every 1 to {max} weeks")]
    Interval {
        /// The most weeks.
        max: u16,
    },
    /// A meeting has no length or would pass midnight.
    #[error("a meeting takes time and ends the same day")]
    Length,
    /// It ends before it starts.
    #[error("the series ends before it starts")]
    EndsBeforeStart,
    /// It is longer than five years.
    #[error("the series ends at the latest on {latest}")]
    TooLong {
        /// The latest last day.
        latest: NaiveDate,
    },
    /// The weekday does not come between its first and last day.
    #[error("no such weekday comes in that time")]
    NoMeeting,
}

/// Why a meeting of a series is not held (K2, K3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// A red day.
    RedDay(RedDay),
    /// An eve the municipality treats as free.
    Eve(Eve),
    /// A school break (lov).
    SchoolBreak,
    /// A day the municipality has closed.
    Closed,
    /// The working day before a red day, which may be shortened (K5).
    BeforeRedDay(RedDay),
}

coded! {
    /// What becomes of a day of a series that is not free to meet on (K2, K3).
    pub enum DayPolicy {
        /// No meeting; the day stays in the list.
        Skip => "skip",
        /// An earlier day of the same week.
        Before => "before",
        /// A later day of the same week.
        After => "after",
        /// The meeting is held all the same.
        Hold => "hold",
    }
}

impl DayPolicy {
    /// The day a meeting is on instead, or none. Another day is a working day of the same ISO week that is free to meet on, the
    /// nearest there is.
    pub fn day_instead_of(self, on: NaiveDate, is_free: impl Fn(NaiveDate) -> bool) -> Option<NaiveDate> {
        let works = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && is_free(*day);
        let in_week = move |day: &NaiveDate| day.iso_week() == on.iso_week();
        match self {
            Self::Skip => None,
            Self::Hold => Some(on),
            Self::Before => std::iter::successors(on.pred_opt(), NaiveDate::pred_opt).take_while(in_week).find(works),
            Self::After => std::iter::successors(on.succ_opt(), NaiveDate::succ_opt).take_while(in_week).find(works),
        }
    }
}

/// What becomes of one day of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A meeting.
    Held,
    /// None, and why; the day stays in the list (K2).
    Skipped(SkipReason),
}

/// One day of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// The local day.
    pub on: NaiveDate,
    /// What becomes of it.
    pub outcome: Outcome,
}

impl Series {
    /// A series by a plan.
    pub fn new(plan: SeriesPlan) -> Result<Self, SeriesRefusal> {
        if !(1..=LONGEST_INTERVAL).contains(&plan.interval_weeks) {
            return Err(SeriesRefusal::Interval { max: LONGEST_INTERVAL });
        }
        let to_midnight = TimeDelta::days(1) - plan.starts.signed_duration_since(NaiveTime::MIN);
        if plan.minutes == 0 || TimeDelta::minutes(i64::from(plan.minutes)) > to_midnight {
            return Err(SeriesRefusal::Length);
        }
        if plan.until < plan.from {
            return Err(SeriesRefusal::EndsBeforeStart);
        }
        let latest = plan.from.checked_add_signed(TimeDelta::days(LONGEST_SERIES)).unwrap_or(NaiveDate::MAX);
        if plan.until > latest {
            return Err(SeriesRefusal::TooLong { latest });
        }
        match on_or_after(plan.from, plan.weekday) {
            Some(first) if first <= plan.until => Ok(Self(plan)),
            _ => Err(SeriesRefusal::NoMeeting),
        }
    }

    /// What it is made of.
    #[must_use]
    pub const fn plan(&self) -> &SeriesPlan {
        &self.0
    }

    /// Its days, without what becomes of them.
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let plan = self.0;
        let step = Days::new(7 * u64::from(plan.interval_weeks));
        std::iter::successors(on_or_after(plan.from, plan.weekday), move |day| day.checked_add_days(step))
            .take_while(move |day| *day <= plan.until)
    }
}

/// Every day of a series, held or skipped and why, in order. Red days and eves are skipped by the calendar; `closed` tells
/// of the municipality's own days. A skipped day does not move the days after it (K1, K2).
pub fn occurrences(series: &Series, closed: impl Fn(NaiveDate) -> Option<SkipReason>) -> Vec<Occurrence> {
    let outcome = |day| not_free(day, closed(day)).map_or(Outcome::Held, Outcome::Skipped);
    series.days().map(|on| Occurrence { on, outcome: outcome(on) }).collect()
}

/// Why a day is not free to meet on, if it is not: by the calendar, or as the municipality `closed` it.
#[must_use]
pub fn not_free(day: NaiveDate, closed: Option<SkipReason>) -> Option<SkipReason> {
    let by_calendar = red_day(day).map(SkipReason::RedDay).or_else(|| eve(day).map(SkipReason::Eve));
    by_calendar.or(closed)
}

/// K4: the first day from `from` on that a series really meets.
pub fn next_held(
    series: &Series,
    from: NaiveDate,
    closed: impl Fn(NaiveDate) -> Option<SkipReason>,
) -> Option<NaiveDate> {
    let held = |occurrence: &Occurrence| occurrence.outcome == Outcome::Held && occurrence.on >= from;
    occurrences(series, closed).into_iter().find(held).map(|occurrence| occurrence.on)
}

impl TryFrom<SeriesPlan> for Series {
    type Error = SeriesRefusal;

    fn try_from(plan: SeriesPlan) -> Result<Self, SeriesRefusal> {
        Self::new(plan)
    }
}

impl From<Series> for SeriesPlan {
    fn from(series: Series) -> Self {
        series.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::IsoWeek;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn plan(weekday: Weekday, interval_weeks: u16, from: &str, until: &str) -> SeriesPlan {
        let starts = NaiveTime::from_hms_opt(9, 10, 0).unwrap();
        SeriesPlan { weekday, starts, minutes: 110, interval_weeks, from: date(from), until: date(until) }
    }

    fn nothing_closed(_: NaiveDate) -> Option<SkipReason> {
        None
    }

    #[test]
    fn k1_every_other_week_stays_fourteen_days_apart_across_week_53() {
        let series = Series::new(plan(Weekday::Wed, 2, "2026-12-02", "2027-02-28")).unwrap();
        let days = occurrences(&series, nothing_closed);
        let weeks: Vec<_> = days.iter().map(|day| IsoWeek::of(day.on).to_string()).collect();
        assert_eq!(weeks, ["2026-W49", "2026-W51", "2026-W53", "2027-W02", "2027-W04", "2027-W06", "2027-W08"]);
    }

    #[test]
    fn k2_a_red_day_an_eve_and_a_closed_day_are_listed_as_skipped() {
        let series = Series::new(plan(Weekday::Thu, 1, "2026-12-14", "2027-01-10")).unwrap();
        let closed = |day: NaiveDate| (day == date("2027-01-07")).then_some(SkipReason::SchoolBreak);
        let outcomes: Vec<_> = occurrences(&series, closed).iter().map(|day| (day.on, day.outcome)).collect();
        assert_eq!(
            outcomes,
            [
                (date("2026-12-17"), Outcome::Held),
                (date("2026-12-24"), Outcome::Skipped(SkipReason::Eve(Eve::ChristmasEve))),
                (date("2026-12-31"), Outcome::Skipped(SkipReason::Eve(Eve::NewYearsEve))),
                (date("2027-01-07"), Outcome::Skipped(SkipReason::SchoolBreak)),
            ]
        );
        let friday = Series::new(plan(Weekday::Fri, 1, "2027-03-26", "2027-03-26")).unwrap();
        let outcome = occurrences(&friday, nothing_closed)[0].outcome;
        assert_eq!(outcome, Outcome::Skipped(SkipReason::RedDay(RedDay::GoodFriday)));
    }

    /// K2: Good Friday 2027 is 26 March, Easter Monday 29 March, the eve of 1 May a Friday.
    #[test]
    fn k2_another_day_is_a_free_one_of_the_same_week() {
        let free = |day: NaiveDate| red_day(day).is_none() && eve(day).is_none() && day != date("2027-03-25");
        let moved = |on, policy: DayPolicy| policy.day_instead_of(date(on), free);
        assert_eq!(moved("2027-03-26", DayPolicy::Before), Some(date("2027-03-24")), "Thursday is closed");
        assert_eq!(moved("2027-03-26", DayPolicy::After), None, "Saturday is no working day");
        assert_eq!(moved("2027-03-29", DayPolicy::Before), None, "Monday is the first of the week");
        assert_eq!(moved("2027-03-29", DayPolicy::After), Some(date("2027-03-30")));
        assert_eq!(moved("2027-03-29", DayPolicy::Hold), Some(date("2027-03-29")));
        assert_eq!(moved("2027-03-29", DayPolicy::Skip), None);
        assert_eq!(moved("2027-01-01", DayPolicy::Before), Some(date("2026-12-30")), "in 2026-W53");
    }

    #[test]
    fn k4_a_follow_up_lands_on_a_day_the_forum_meets() {
        let series = Series::new(plan(Weekday::Thu, 1, "2026-12-14", "2027-01-31")).unwrap();
        assert_eq!(next_held(&series, date("2026-12-18"), nothing_closed), Some(date("2027-01-07")));
        assert_eq!(next_held(&series, date("2027-02-01"), nothing_closed), None);
    }

    #[test]
    fn a_plan_that_cannot_be_followed_is_refused() {
        let good = plan(Weekday::Thu, 1, "2026-11-23", "2027-06-11");
        let refusal = |plan| Series::new(plan).unwrap_err();
        assert_eq!(refusal(SeriesPlan { interval_weeks: 0, ..good }), SeriesRefusal::Interval { max: 52 });
        assert_eq!(refusal(SeriesPlan { minutes: 0, ..good }), SeriesRefusal::Length);
        assert_eq!(refusal(SeriesPlan { minutes: 15 * 60, ..good }), SeriesRefusal::Length);
        assert_eq!(refusal(SeriesPlan { until: date("2026-11-22"), ..good }), SeriesRefusal::EndsBeforeStart);
        assert_eq!(refusal(SeriesPlan { until: date("2026-11-25"), ..good }), SeriesRefusal::NoMeeting);
        assert!(matches!(refusal(SeriesPlan { until: NaiveDate::MAX, ..good }), SeriesRefusal::TooLong { .. }));
    }

    proptest! {
        #[test]
        fn k1_k2_days_are_whole_intervals_apart_and_none_is_missing(
            from in 0_u64..4_000, length in 0_u64..1_000, interval_weeks in 1_u16..=8, weekday in 0_u8..7,
            closed_weekday in 1_u32..32
        ) {
            let from = date("2024-01-01") + Days::new(from);
            let weekday = Weekday::try_from(weekday).unwrap();
            let plan = SeriesPlan { weekday, from, until: from + Days::new(length), interval_weeks,
                                    ..plan(Weekday::Mon, 1, "2024-01-01", "2024-01-01") };
            let Ok(series) = Series::new(plan) else { return Ok(()) };
            let closed = |day: NaiveDate| (day.day() == closed_weekday).then_some(SkipReason::Closed);
            let days = occurrences(&series, closed);
            let step = Days::new(7 * u64::from(interval_weeks));
            prop_assert!(days[0].on >= from && days[0].on < from + Days::new(7));
            prop_assert!(days.windows(2).all(|pair| pair[0].on + step == pair[1].on));
            prop_assert!(days.last().unwrap().on + step > plan.until);
            for day in days {
                prop_assert_eq!(day.on.weekday(), weekday);
                let free = red_day(day.on).is_some() || eve(day.on).is_some() || closed(day.on).is_some();
                prop_assert_eq!(day.outcome != Outcome::Held, free);
            }
        }
    }
}
