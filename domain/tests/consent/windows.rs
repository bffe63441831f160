//! When coverage begins and ends, against what stands at each instant.

use std::collections::BTreeSet;

use domain::consent::{Window, ends_on, signature_needed_from, standing, windows};
use domain::id::UnitId;
use domain::minutes::covered_throughout;
use proptest::prelude::*;

use crate::cases::{
    MOTHER, SCHOOL, SOCIAL, agreed, any_case, any_instant, at, date, plain_case, telling_instants, withdrawn,
};
use domain::consent::{Scope, Signer};

/// The units of the window that holds an instant; nobody where none does.
fn covered(windows: &[Window], at: chrono::DateTime<chrono::Utc>) -> BTreeSet<UnitId> {
    windows.iter().find(|window| window.holds(at)).map(|window| window.covered.clone()).unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_stands_at_any_instant_is_what_the_window_that_holds_it_says(
        case in any_case(), from in any_instant(), others in prop::collection::vec(any_instant(), 8)
    ) {
        let windows = windows(&case, from);
        let instants = telling_instants(&case).into_iter().chain(others).chain([from]).filter(|at| *at >= from);
        for at in instants {
            prop_assert_eq!(covered(&windows, at), standing(&case, at).covered, "{}", at);
        }
    }

    #[test]
    fn windows_are_in_order_apart_never_empty_and_as_long_as_can_be(case in any_case(), from in any_instant()) {
        let windows = windows(&case, from);
        for window in &windows {
            prop_assert!(!window.covered.is_empty());
            prop_assert!(window.opens_at >= from);
            prop_assert!(window.closes_at.is_none_or(|closes_at| window.opens_at < closes_at));
        }
        for pair in windows.windows(2) {
            let closes_at = pair[0].closes_at.unwrap();
            prop_assert!(closes_at < pair[1].opens_at || closes_at == pair[1].opens_at && pair[0].covered != pair[1].covered);
        }
    }

    #[test]
    fn later_windows_are_the_rest_of_earlier_ones(case in any_case(), from in any_instant(), later in any_instant()) {
        let (from, later) = (from.min(later), from.max(later));
        let rest: Vec<_> = windows(&case, from)
            .into_iter()
            .filter(|window| window.closes_at.is_none_or(|closes_at| closes_at > later))
            .map(|window| Window { opens_at: window.opens_at.max(later), ..window })
            .collect();
        prop_assert_eq!(windows(&case, later), rest);
    }
}

#[test]
fn the_plain_case_is_open_until_its_last_day_has_passed() {
    let [window] = &windows(&plain_case(), at("2026-09-01 00:00"))[..] else { panic!("one window") };
    assert_eq!(window.opens_at, at("2026-10-01 12:00"));
    assert_eq!(window.closes_at, Some(at("2027-07-01 00:00")));
    assert_eq!(ends_on(&plain_case(), at("2026-11-26 09:10")), Some(date("2027-06-30")));
    assert_eq!(ends_on(&plain_case(), at("2026-09-01 00:00")), None);
}

#[test]
fn c13_a_withdrawal_leaves_no_window_open() {
    let mut case = plain_case();
    case.consents[0].withdrawals.push(withdrawn(MOTHER, "2026-11-26 09:30", Scope::All));
    assert_eq!(windows(&case, at("2026-11-26 09:30")), []);
}

#[test]
fn c11_the_day_the_childs_signature_will_be_missing_is_known_beforehand() {
    let mut case = plain_case();
    assert_eq!(signature_needed_from(&case, &case.consents[0]), None, "fifteen long after it ends");
    case.born_on = date("2012-02-29");
    assert_eq!(signature_needed_from(&case, &case.consents[0]), Some(date("2027-02-28")));
    assert_eq!(ends_on(&case, at("2026-11-26 09:10")), Some(date("2027-02-27")));
    case.consents[0].signatures.push(agreed(Signer::Child, "2026-10-05", &[SCHOOL, SOCIAL]));
    assert_eq!(signature_needed_from(&case, &case.consents[0]), None);
}

#[test]
fn m1_minutes_need_consent_from_open_to_close_of_the_item() {
    let (opened_at, closed_at) = (at("2026-11-26 09:10"), at("2026-11-26 09:40"));
    assert!(covered_throughout(&plain_case(), opened_at, closed_at));
    assert!(!covered_throughout(&plain_case(), at("2026-10-01 11:59"), closed_at));

    let mut case = plain_case();
    case.consents[0].withdrawals.push(withdrawn(MOTHER, "2026-11-26 09:40", Scope::Receivers([SCHOOL].into())));
    assert!(covered_throughout(&case, opened_at, closed_at), "others are covered on");
    case.consents[0].withdrawals.push(withdrawn(MOTHER, "2026-11-26 09:40", Scope::All));
    assert!(!covered_throughout(&case, opened_at, closed_at), "withdrawn in the minute it closed");
    assert!(covered_throughout(&case, opened_at, at("2026-11-26 09:39")));
}
