//! V1, V2, C7, C17, I1, L5.

use chrono::{DateTime, Utc};
use domain::consent::{CaseFacts, Phase, Reason, Standing};
use domain::id::{PersonId, UnitId};
use domain::unit::UnitKind;
use domain::visibility::{
    Circle, NeutralStatus, Role, ShownStatus, Verdict, Viewer, may_know, neutral_status, shown_status,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::{BUP, FK, SCHOOL, SOCIAL, at, open_case, reported_case};

const MEETING: &str = "2026-11-26T08:10:00Z";

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn viewer(unit: UnitId) -> Viewer {
    Viewer { person: person(1), unit, role: Role::Participant }
}

/// What somebody of a unit may know of a case the school registered, in which nobody's identity is protected.
fn knows(case: &CaseFacts, unit: UnitId, at: DateTime<Utc>) -> Verdict {
    may_know(case, SCHOOL, &Circle::Unit, viewer(unit), at)
}

#[test]
fn v1_before_consent_only_the_registering_unit_knows_the_case() {
    let mut case = open_case();
    case.consents.clear();
    assert_eq!(knows(&case, SCHOOL, at(MEETING)), Verdict::Registrant);
    assert_eq!(knows(&case, SOCIAL, at(MEETING)), Verdict::Hidden);
}

#[test]
fn v2_consent_lets_the_covered_units_know_it_and_no_other() {
    assert_eq!(knows(&open_case(), BUP, at(MEETING)), Verdict::Covered);
    assert_eq!(knows(&open_case(), FK, at(MEETING)), Verdict::Hidden);
    assert_eq!(knows(&open_case(), BUP, at("2027-06-30T22:00:00Z")), Verdict::Hidden);
}

#[test]
fn l5_an_operator_knows_no_case_not_even_in_the_registering_unit() {
    for &role in Role::ALL {
        for unit in [SCHOOL, BUP] {
            let verdict = may_know(&open_case(), SCHOOL, &Circle::Unit, Viewer { role, ..viewer(unit) }, at(MEETING));
            assert_eq!(verdict.knows(), role != Role::Operator, "{role}");
        }
    }
}

proptest! {
    /// I1: the list takes away and never gives.
    #[test]
    fn i1_of_a_protected_case_only_those_named_know_and_only_if_their_unit_may(
        named in prop::collection::btree_set((1_u128..6).prop_map(person), 0..5),
        who in (1_u128..6).prop_map(person),
        unit in prop::sample::select(&[SCHOOL, SOCIAL, BUP, FK][..]),
        role in prop::sample::select(Role::ALL),
    ) {
        let viewer = Viewer { person: who, unit, role };
        let unprotected = may_know(&open_case(), SCHOOL, &Circle::Unit, viewer, at(MEETING));
        let verdict = may_know(&open_case(), SCHOOL, &Circle::Named(named.clone()), viewer, at(MEETING));
        prop_assert_eq!(verdict, if named.contains(&who) { unprotected } else { Verdict::Hidden });
    }
}

#[test]
fn c17_only_social_services_are_told_the_phase() {
    let told = |kind| shown_status(&reported_case(), Verdict::Registrant, kind, at(MEETING));
    for &kind in UnitKind::ALL {
        let expected = if kind == UnitKind::SocialServices {
            ShownStatus::Full { reason: Some(Reason::NeedsRenewal), phase: Phase::ConcernReport }
        } else {
            ShownStatus::Neutral(NeutralStatus::NeedsRenewal)
        };
        assert_eq!(told(kind), Some(expected), "{kind}");
    }
}

#[test]
fn c17_to_others_an_expired_consent_and_a_changed_phase_are_the_same() {
    let school = |case: CaseFacts, local| shown_status(&case, Verdict::Registrant, UnitKind::School, at(local));
    let expired = school(open_case(), "2027-08-01T08:00:00Z");
    assert_eq!(expired, school(reported_case(), MEETING));
    assert_eq!(expired, Some(ShownStatus::Neutral(NeutralStatus::NeedsRenewal)));
}

#[test]
fn v2_a_unit_that_may_not_know_the_case_is_told_nothing_whatever_it_is() {
    for &kind in UnitKind::ALL {
        assert_eq!(shown_status(&open_case(), Verdict::Hidden, kind, at(MEETING)), None, "{kind}");
    }
}

#[test]
fn c17_a_log_line_tells_neither_phase_nor_reason() {
    let full = shown_status(&reported_case(), Verdict::Registrant, UnitKind::SocialServices, at(MEETING)).unwrap();
    assert_eq!(format!("{full:?}"), "Full(…)");
}

#[test]
fn every_reason_has_neutral_words_and_only_coverage_is_in_force() {
    for &reason in Reason::ALL {
        let standing = Standing { reason: Some(reason), ..Standing::default() };
        assert_ne!(neutral_status(&standing), NeutralStatus::InForce, "{reason}");
    }
    let open = Standing { covered: [SCHOOL].into(), ..Standing::default() };
    assert_eq!(neutral_status(&open), NeutralStatus::InForce);
}
