//! How long a consent may hold.

use chrono::{Days, NaiveDate};
use domain::age::birthday;
use domain::consent::{Limits, Period, PeriodRefusal, check_period, latest_end};
use proptest::prelude::*;

use crate::cases::date;

fn check(born: &str, signed: &str, from: &str, until: &str) -> Result<(), PeriodRefusal> {
    let period = Period { valid_from: date(from), valid_until: date(until) };
    check_period(date(born), Some(date(signed)), true, period, Limits::default())
}

#[test]
fn c10_a_consent_holds_at_most_a_year() {
    assert_eq!(check("2014-03-02", "2026-11-26", "2026-11-26", "2027-11-26"), Ok(()));
    assert_eq!(
        check("2014-03-02", "2026-11-26", "2026-11-26", "2027-11-27"),
        Err(PeriodRefusal::TooLong { latest: date("2027-11-26") })
    );
}

#[test]
fn c10_guardians_consent_ends_the_day_before_the_18th_birthday() {
    assert_eq!(check("2009-03-02", "2026-11-26", "2026-11-26", "2027-03-01"), Ok(()));
    assert_eq!(
        check("2009-03-02", "2026-11-26", "2026-11-26", "2027-03-02"),
        Err(PeriodRefusal::PastEighteenth { latest: date("2027-03-01") })
    );
    assert_eq!(
        check("2008-02-29", "2026-02-28", "2026-02-28", "2026-03-01"),
        Err(PeriodRefusal::OfAge { of_age_on: date("2026-02-28") })
    );
}

#[test]
fn c12_an_adults_own_consent_is_bound_by_the_year_alone() {
    let period = Period { valid_from: date("2026-11-26"), valid_until: date("2027-11-26") };
    assert_eq!(check_period(date("2008-03-02"), None, false, period, Limits::default()), Ok(()));
}

#[test]
fn c25_a_consent_does_not_hold_before_its_last_signature() {
    assert_eq!(
        check("2014-03-02", "2026-11-26", "2026-11-25", "2027-03-01"),
        Err(PeriodRefusal::BeforeSignature { earliest: date("2026-11-26") })
    );
}

#[test]
fn a_period_that_ends_before_it_starts_is_refused() {
    assert_eq!(check("2014-03-02", "2026-11-26", "2026-11-26", "2026-11-25"), Err(PeriodRefusal::EndsBeforeStart));
    assert_eq!(check("2014-03-02", "2026-11-26", "2026-11-26", "2026-11-26"), Ok(()), "a single day is a period");
}

proptest! {
    #[test]
    fn c10_the_day_the_form_offers_is_accepted_and_the_one_after_it_is_not(
        born in 0_u64..7_500, from in 0_u64..400, max_days in 1_u16..800, by_guardians: bool
    ) {
        let born = date("2007-01-01") + Days::new(born);
        let valid_from: NaiveDate = date("2026-01-01") + Days::new(from);
        let limits = Limits { max_days, ..Limits::default() };
        prop_assume!(!by_guardians || birthday(born, 18) > valid_from);
        let latest = latest_end(born, valid_from, by_guardians, limits);
        let check = |valid_until| {
            check_period(born, Some(valid_from), by_guardians, Period { valid_from, valid_until }, limits)
        };
        prop_assert_eq!(check(latest), Ok(()));
        let refused = check(latest + Days::new(1));
        let offered = matches!(refused, Err(PeriodRefusal::TooLong { latest: day } | PeriodRefusal::PastEighteenth { latest: day }) if day == latest);
        prop_assert!(offered, "{:?}", refused);
        prop_assert!(!by_guardians || latest < birthday(born, 18));
    }
}
