//! G1, G2, G4, G5, G6, I1.

use std::collections::BTreeSet;

use domain::consent::{Reason, Standing, standing};
use domain::room::{Admission, Present, Side, admit, may_hear};
use domain::unit::UnitKind;
use proptest::prelude::*;

use crate::{BUP, FK, SCHOOL, SOCIAL, at, open_case, unit};

fn present(unit: domain::id::UnitId, kind: UnitKind) -> Present {
    Present { unit, kind, named: true, guest: false, disqualified: false }
}

fn school() -> Present {
    present(SCHOOL, UnitKind::School)
}

fn social() -> Present {
    present(SOCIAL, UnitKind::SocialServices)
}

fn bup() -> Present {
    present(BUP, UnitKind::ChildPsychiatry)
}

fn covering() -> Standing {
    standing(&open_case(), at("2026-11-26T08:10:00Z"))
}

#[test]
fn g1_the_item_does_not_open_while_someone_uncovered_is_in_the_room() {
    let fk = present(FK, UnitKind::SocialInsurance);
    assert_eq!(
        admit(&covering(), &[school(), social(), fk]),
        Admission::Blocked { must_leave: [FK].into(), disqualified: [].into() }
    );
    assert_eq!(admit(&covering(), &[school(), social()]), Admission::Open { missing: [].into() });
}

#[test]
fn g2_who_comes_late_hears_the_open_item_only_if_covered() {
    assert!(may_hear(&covering(), &bup()));
    assert!(!may_hear(&covering(), &present(FK, UnitKind::SocialInsurance)));
}

#[test]
fn g4_who_is_disqualified_leaves_though_covered() {
    let disqualified = Present { disqualified: true, ..social() };
    assert!(!may_hear(&covering(), &disqualified));
    assert_eq!(
        admit(&covering(), &[school(), social(), disqualified]),
        Admission::Blocked { must_leave: [].into(), disqualified: [SOCIAL].into() }
    );
}

#[test]
fn g5_a_guest_hears_what_the_family_let_them_in_for_and_nothing_else() {
    let guest = Present { guest: true, ..present(FK, UnitKind::SocialInsurance) };
    assert!(may_hear(&covering(), &guest), "whatever consent says of the unit they come with");
    assert_eq!(admit(&covering(), &[school(), social(), guest]), Admission::Open { missing: [].into() });
    let of_another = Present { named: false, ..Present { guest: true, ..school() } };
    assert!(!may_hear(&covering(), &of_another), "though the unit they come with is covered");
    assert_eq!(
        admit(&covering(), &[school(), social(), of_another]),
        Admission::Blocked { must_leave: [SCHOOL].into(), disqualified: [].into() }
    );
    assert!(!may_hear(&covering(), &Present { disqualified: true, ..guest }), "an interpreter can be disqualified too");
}

#[test]
fn g5_a_guest_stands_for_no_side() {
    let student = Present { guest: true, ..school() };
    assert_eq!(admit(&covering(), &[student]), Admission::NobodyCovered);
    assert_eq!(admit(&covering(), &[student, social()]), Admission::Open { missing: [Side::School].into() });
}

#[test]
fn i1_who_is_not_named_leaves_though_their_unit_is_covered() {
    let colleague = Present { named: false, ..bup() };
    assert!(!may_hear(&covering(), &colleague));
    assert_eq!(
        admit(&covering(), &[school(), social(), bup(), colleague]),
        Admission::Blocked { must_leave: [BUP].into(), disqualified: [].into() }
    );
}

#[test]
fn g6_a_missing_side_is_warned_of_but_does_not_block() {
    let missing = |present: &[Present]| admit(&covering(), present);
    assert_eq!(missing(&[school(), bup()]), Admission::Open { missing: [Side::SocialServices].into() });
    assert_eq!(missing(&[social()]), Admission::Open { missing: [Side::School].into() });
    assert_eq!(missing(&[bup()]), Admission::Open { missing: [Side::School, Side::SocialServices].into() });
}

#[test]
fn g6_in_an_empty_room_nothing_opens() {
    assert_eq!(admit(&covering(), &[]), Admission::NobodyCovered);
}

#[test]
fn c1_without_consent_the_item_opens_for_nobody() {
    let mut case = open_case();
    case.consents.clear();
    let standing = standing(&case, at("2026-11-26T08:10:00Z"));
    assert_eq!(admit(&standing, &[school(), social()]), Admission::NoConsent(Reason::NoConsent));
    assert_eq!(admit(&standing, &[]), Admission::NoConsent(Reason::NoConsent));
}

prop_compose! {
    fn anyone()(number in 1_u128..7, kind in prop::sample::select(UnitKind::ALL), disqualified in prop::bool::weighted(0.2), named in prop::bool::weighted(0.8), guest in prop::bool::weighted(0.2))
        -> Present {
        Present { unit: unit(number), kind, named, guest, disqualified }
    }
}

proptest! {
    #[test]
    fn g1_g2_an_open_item_is_heard_by_none_who_may_not_hear_it(present in prop::collection::vec(anyone(), 0..6)) {
        let admission = admit(&covering(), &present);
        let all_may = present.iter().all(|someone| may_hear(&covering(), someone));
        prop_assert_eq!(admission.is_open(), all_may && present.iter().any(|someone| !someone.guest));
    }

    #[test]
    fn g1_when_those_told_to_have_left_nobody_else_must(present in prop::collection::vec(anyone(), 1..6)) {
        let unnamed: BTreeSet<_> = present.iter().filter(|someone| !someone.named).map(|someone| someone.unit).collect();
        if let Admission::Blocked { must_leave, disqualified } = admit(&covering(), &present) {
            let rest: Vec<_> = present
                .into_iter()
                .filter(|someone| !must_leave.contains(&someone.unit))
                .filter(|someone| !(someone.disqualified && disqualified.contains(&someone.unit)))
                .collect();
            prop_assert!(rest.iter().all(|someone| someone.guest) || admit(&covering(), &rest).is_open());
            let covered: BTreeSet<_> = covering().covered;
            prop_assert!(must_leave.iter().all(|unit| !covered.contains(unit) || unnamed.contains(unit)));
        }
    }
}
