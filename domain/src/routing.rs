//! Which forum a child belongs to on the day of a meeting.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::age::{age_on, birthday};
use crate::id::ForumId;

/// The ages one forum takes, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// The forum.
    pub forum: ForumId,
    /// The youngest age, in whole years.
    pub from: u16,
    /// The oldest age, in whole years.
    pub to: u16,
}

/// A municipality's forums by age, without gap or overlap (R2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeBands(Vec<Band>);

/// Why a table of age bands is refused (R2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum AgeBandsRefusal {
    /// There is no band.
    #[error("there is no age band")]
    Empty,
    /// A band ends before it starts.
    #[error("a band ends at {to} before it starts at {from}")]
    Reversed {
        /// Where it starts.
        from: u16,
        /// Where it ends.
        to: u16,
    },
    /// Nobody takes these ages.
    #[error("nobody takes the ages {from} to {to}")]
    Gap {
        /// The first age nobody takes.
        from: u16,
        /// The last age nobody takes.
        to: u16,
    },
    /// Two forums take this age.
    #[error("two forums take the age {age}")]
    Overlap {
        /// The first such age.
        age: u16,
    },
}

/// Where a child belongs on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Routing {
    /// In this forum.
    Forum(ForumId),
    /// Nowhere: past the oldest age (R3).
    TooOld,
    /// Nowhere: below the youngest age.
    TooYoung,
    /// Nowhere: not yet born; only an adult's case is possible (R4).
    Unborn,
}

impl AgeBands {
    /// A table from its bands, in any order.
    pub fn new(mut bands: Vec<Band>) -> Result<Self, AgeBandsRefusal> {
        if let Some(band) = bands.iter().find(|band| band.to < band.from) {
            return Err(AgeBandsRefusal::Reversed { from: band.from, to: band.to });
        }
        bands.sort_by_key(|band| (band.from, band.to));
        for (band, next) in bands.iter().zip(bands.iter().skip(1)) {
            if next.from <= band.to {
                return Err(AgeBandsRefusal::Overlap { age: next.from });
            }
            if next.from - band.to > 1 {
                return Err(AgeBandsRefusal::Gap { from: band.to + 1, to: next.from - 1 });
            }
        }
        if bands.is_empty() { Err(AgeBandsRefusal::Empty) } else { Ok(Self(bands)) }
    }

    /// The bands, youngest first.
    #[must_use]
    pub fn bands(&self) -> &[Band] {
        &self.0
    }

    /// Where a child born on a day belongs on the day `on` of a meeting (R1, R3, R4).
    #[must_use]
    pub fn route(&self, born: NaiveDate, on: NaiveDate) -> Routing {
        let Some(age) = age_on(born, on) else { return Routing::Unborn };
        // Youngest first and without gaps: before the first band that is not past, only the youngest can be.
        match self.0.iter().find(|band| age <= band.to) {
            Some(band) if band.from <= age => Routing::Forum(band.forum),
            Some(_) => Routing::TooYoung,
            None => Routing::TooOld,
        }
    }

    /// The first day after `after` on which the child belongs elsewhere, and where (R6).
    #[must_use]
    pub fn next_change(&self, born: NaiveDate, after: NaiveDate) -> Option<(NaiveDate, Routing)> {
        let now = self.route(born, after);
        let past_the_oldest = self.0.last().and_then(|band| band.to.checked_add(1));
        std::iter::once(born)
            .chain(self.0.iter().map(|band| birthday(born, band.from)))
            .chain(past_the_oldest.map(|years| birthday(born, years)))
            .filter(|day| *day > after)
            .map(|day| (day, self.route(born, day)))
            .find(|(_, then)| *then != now)
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn forum(number: u128) -> ForumId {
        ForumId::from_uuid(Uuid::from_u128(number))
    }

    fn band(number: u128, from: u16, to: u16) -> Band {
        Band { forum: forum(number), from, to }
    }

    fn two_bands() -> AgeBands {
        AgeBands::new(vec![band(2, 13, 18), band(1, 0, 12)]).unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn r1_the_forum_is_that_of_the_age_on_the_meeting_day() {
        let born = date("2013-12-03");
        assert_eq!(two_bands().route(born, date("2026-12-02")), Routing::Forum(forum(1)));
        assert_eq!(two_bands().route(born, date("2026-12-03")), Routing::Forum(forum(2)));
    }

    #[test]
    fn r9_each_of_two_siblings_goes_by_their_own_age() {
        let day = date("2026-11-26");
        assert_eq!(two_bands().route(date("2013-11-26"), day), Routing::Forum(forum(2)));
        assert_eq!(two_bands().route(date("2013-11-27"), day), Routing::Forum(forum(1)));
    }

    #[test]
    fn r2_a_gap_an_overlap_a_reversed_band_and_no_band_are_refused() {
        let refusal = |bands| AgeBands::new(bands).unwrap_err();
        assert_eq!(refusal(vec![band(1, 0, 11), band(2, 13, 18)]), AgeBandsRefusal::Gap { from: 12, to: 12 });
        assert_eq!(refusal(vec![band(1, 0, 13), band(2, 13, 18)]), AgeBandsRefusal::Overlap { age: 13 });
        assert_eq!(refusal(vec![band(1, 12, 0)]), AgeBandsRefusal::Reversed { from: 12, to: 0 });
        assert_eq!(refusal(vec![]), AgeBandsRefusal::Empty);
    }

    #[test]
    fn r3_from_the_19th_birthday_no_forum_takes_the_young_person() {
        let born = date("2007-11-26");
        assert_eq!(two_bands().route(born, date("2026-11-25")), Routing::Forum(forum(2)));
        assert_eq!(two_bands().route(born, date("2026-11-26")), Routing::TooOld);
    }

    #[test]
    fn r4_an_unborn_child_belongs_to_no_forum() {
        assert_eq!(two_bands().route(date("2027-01-10"), date("2027-01-09")), Routing::Unborn);
    }

    #[test]
    fn a_child_below_the_youngest_band_is_too_young() {
        let sspf = AgeBands::new(vec![band(1, 10, 17)]).unwrap();
        assert_eq!(sspf.route(date("2020-01-01"), date("2026-01-01")), Routing::TooYoung);
        assert_eq!(
            sspf.next_change(date("2020-01-01"), date("2026-01-01")),
            Some((date("2030-01-01"), Routing::Forum(forum(1))))
        );
    }

    #[test]
    fn r6_the_day_of_the_move_to_the_other_forum_is_known() {
        let born = date("2014-02-28");
        assert_eq!(
            two_bands().next_change(born, date("2026-11-26")),
            Some((date("2027-02-28"), Routing::Forum(forum(2))))
        );
        assert_eq!(two_bands().next_change(born, date("2033-02-28")), None);
    }

    proptest! {
        #[test]
        fn r6_between_two_changes_the_forum_stays(born in 0_u64..20_000, after in 0_u64..20_000, step in 1_u64..9_000) {
            let start = date("1995-01-01");
            let (born, after) = (start + Days::new(born), start + Days::new(after));
            let bands = two_bands();
            let later = after + Days::new(step);
            if bands.next_change(born, after).is_none_or(|(day, _)| later < day) {
                prop_assert_eq!(bands.route(born, later), bands.route(born, after));
            }
        }

        #[test]
        fn r2_an_accepted_table_takes_every_age_between_its_ends_once(
            bands in proptest::collection::vec((0_u16..30, 0_u16..30), 1..5)
        ) {
            let bands = bands.into_iter().zip(1..).map(|((from, to), number)| band(number, from, to)).collect();
            if let Ok(table) = AgeBands::new(bands) {
                let (first, last) = (table.bands().first().unwrap().from, table.bands().last().unwrap().to);
                for age in first..=last {
                    let takers = table.bands().iter().filter(|band| (band.from..=band.to).contains(&age)).count();
                    prop_assert_eq!(takers, 1);
                }
            }
        }
    }
}
