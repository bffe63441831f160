//! The school year, by which forums plan, and figures over it.

use chrono::{Datelike, NaiveDate};

use crate::time::IsoWeek;

/// A school year as forums plan by it: from 1 August to 31 July, so that it turns in the summer, when few meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchoolYear(i32);

/// The month a school year begins in.
const AUGUST: u32 = 8;

impl SchoolYear {
    /// The school year that begins in a calendar year, for the years people plan in.
    #[must_use]
    pub fn beginning(year: i32) -> Option<Self> {
        (1900..=9998).contains(&year).then_some(Self(year))
    }

    /// The school year a day lies in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        let began = if day.month() < AUGUST { day.year() - 1 } else { day.year() };
        Self(began.clamp(1900, 9998))
    }

    /// The calendar year it begins in.
    #[must_use]
    pub const fn begins_in(self) -> i32 {
        self.0
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.0, AUGUST, 1).unwrap_or_default()
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.0 + 1, AUGUST - 1, 31).unwrap_or_default()
    }

    /// The first days of its twelve months.
    pub fn months(self) -> impl Iterator<Item = NaiveDate> {
        let first = self.first();
        (0..12).filter_map(move |month| first.checked_add_months(chrono::Months::new(month)))
    }

    /// The weeks any of its days lies in, in order.
    pub fn weeks(self) -> impl Iterator<Item = IsoWeek> {
        let last = IsoWeek::of(self.last());
        std::iter::successors(Some(IsoWeek::of(self.first())), move |week| (*week < last).then(|| week.next()))
    }
}

/// The figure in the middle of some; of two in the middle the lower. None of none.
#[must_use]
pub fn median(figures: &[u32]) -> Option<u32> {
    let mut ordered = figures.to_vec();
    ordered.sort_unstable();
    ordered.get(ordered.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_school_year_goes_from_august_to_july() {
        let year = SchoolYear::of(date("2026-11-23"));
        assert_eq!((year.first(), year.last()), (date("2026-08-01"), date("2027-07-31")));
        assert_eq!(SchoolYear::of(date("2026-07-31")).begins_in(), 2025);
        assert_eq!(SchoolYear::of(date("2026-08-01")).begins_in(), 2026);
        assert_eq!(year.months().collect::<Vec<_>>().len(), 12);
        assert_eq!(year.months().last(), Some(date("2027-07-01")));
        assert_eq!((SchoolYear::beginning(0), SchoolYear::beginning(9999)), (None, None));
    }

    #[test]
    fn its_weeks_count_on_past_week_53() {
        let weeks: Vec<_> =
            SchoolYear::beginning(2026).unwrap().weeks().map(|week| (week.year(), week.week())).collect();
        assert_eq!((weeks[0], weeks[weeks.len() - 1]), ((2026, 31), (2027, 30)));
        assert!(weeks.windows(2).any(|pair| pair == [(2026, 53), (2027, 1)]));
    }

    #[test]
    fn the_median_is_one_of_the_figures() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[9]), Some(9));
        assert_eq!(median(&[9, 1]), Some(1));
        assert_eq!(median(&[9, 1, 5]), Some(5));
    }

    proptest! {
        #[test]
        fn every_day_lies_in_its_own_school_year_and_one_of_its_weeks(days in 0_u64..40_000) {
            let day = date("1950-01-01") + chrono::Days::new(days);
            let year = SchoolYear::of(day);
            prop_assert!(year.first() <= day && day <= year.last());
            prop_assert_eq!(SchoolYear::beginning(year.begins_in()), Some(year));
            prop_assert!(year.weeks().any(|week| week == IsoWeek::of(day)));
        }

        #[test]
        fn no_more_than_half_lie_on_either_side_of_the_median(figures in proptest::collection::vec(0_u32..50, 1..30)) {
            let middle = median(&figures).unwrap();
            let half = figures.len() / 2;
            prop_assert!(figures.contains(&middle));
            prop_assert!(figures.iter().filter(|one| **one < middle).count() <= half);
            prop_assert!(figures.iter().filter(|one| **one > middle).count() <= half);
        }
    }
}
