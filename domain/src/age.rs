//! Age, counted in local days.

use chrono::{Datelike, NaiveDate};

/// The age from which it is asked and noted what the child thinks, until it signs itself (C4).
pub const CHILD_ASKED_FROM: u16 = 12;

/// The age from which the child signs as well (C3).
pub const CHILD_SIGNS_FROM: u16 = 15;

/// The age at which custody ends and the young person decides alone (FB 6 kap. 2 §).
pub const OF_AGE: u16 = 18;

/// The birthday on which someone turns `years`; for 0 the day of birth.
///
/// R5: who is born on 29 February has the birthday on the 28th in common years. No authority says so; it is the stricter
/// choice, as the child's signature is needed earlier and the guardians' power ends earlier. This function is its only
/// home.
#[must_use]
pub fn birthday(born: NaiveDate, years: u16) -> NaiveDate {
    let year = born.year().saturating_add(i32::from(years));
    born.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28)).unwrap_or(NaiveDate::MAX)
}

/// The age in whole years on a day; none before birth. Saturates at `u16::MAX`.
#[must_use]
pub fn age_on(born: NaiveDate, day: NaiveDate) -> Option<u16> {
    if day < born {
        return None;
    }
    let years = u16::try_from(day.year() - born.year()).unwrap_or(u16::MAX);
    Some(if birthday(born, years) <= day { years } else { years.saturating_sub(1) })
}

/// The first birthday after a day; for someone unborn the first birthday of all.
#[must_use]
pub fn next_birthday(born: NaiveDate, after: NaiveDate) -> NaiveDate {
    birthday(born, age_on(born, after).map_or(1, |age| age.saturating_add(1)))
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn r5_born_on_29_february_has_the_birthday_on_the_28th_in_common_years() {
        let born = date("2012-02-29");
        assert_eq!(birthday(born, 13), date("2025-02-28"));
        assert_eq!(birthday(born, 16), date("2028-02-29"));
        assert_eq!(age_on(born, date("2025-02-27")), Some(12));
        assert_eq!(age_on(born, date("2025-02-28")), Some(13));
        assert_eq!(age_on(born, date("2028-02-28")), Some(15));
        assert_eq!(age_on(born, date("2028-02-29")), Some(16));
    }

    #[test]
    fn r1_the_age_changes_on_the_birthday() {
        let born = date("2013-12-03");
        assert_eq!(age_on(born, date("2026-12-02")), Some(12));
        assert_eq!(age_on(born, date("2026-12-03")), Some(13));
    }

    #[test]
    fn r4_before_birth_there_is_no_age() {
        let born = date("2027-01-10");
        assert_eq!(age_on(born, date("2027-01-09")), None);
        assert_eq!(age_on(born, born), Some(0));
    }

    #[test]
    fn the_edges_of_the_calendar_are_answered() {
        assert_eq!(birthday(NaiveDate::MAX, 1), NaiveDate::MAX);
        assert_eq!(age_on(NaiveDate::MIN, NaiveDate::MAX), Some(u16::MAX));
        let _ = next_birthday(NaiveDate::MIN, NaiveDate::MAX);
    }

    prop_compose! {
        fn any_day()(number in 0..60_000_u64) -> NaiveDate {
            date("1940-01-01").checked_add_days(Days::new(number)).unwrap()
        }
    }

    proptest! {
        #[test]
        fn the_day_lies_between_two_birthdays(born in any_day(), on in any_day()) {
            match age_on(born, on) {
                None => prop_assert!(on < born),
                Some(age) => {
                    prop_assert!(birthday(born, age) <= on);
                    prop_assert!(on < birthday(born, age + 1));
                    prop_assert_eq!(next_birthday(born, on), birthday(born, age + 1));
                }
            }
        }

        #[test]
        fn nobody_grows_younger(born in any_day(), on in any_day(), later in 0_u64..4_000) {
            let then = on.checked_add_days(Days::new(later)).unwrap();
            prop_assert!(age_on(born, on) <= age_on(born, then));
        }
    }
}
