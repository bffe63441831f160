//! What is checked before minutes are approved.

use std::collections::BTreeSet;

use domain::consent::{Consent, Scope, Signer, Withdrawal};
use domain::id::{ConsentId, Uuid};
use domain::mention::{Mentioned, Who};
use domain::minutes::covered_throughout;
use domain::review::{Checks, HearsBy, InRoom, heard_uncovered};

use crate::{SCHOOL, at, open_case, unit};

#[test]
fn every_check_that_does_not_hold_is_counted_once() {
    let none = Checks { throughout: true, uncovered: BTreeSet::new(), mentions: Vec::new(), personal_number: false };
    assert_eq!(none.remaining(), 0);
    let mentions = vec![Mentioned { word: "farmor".into(), who: Who::Kin }];
    let all = Checks { throughout: false, uncovered: [unit(1), unit(2)].into(), mentions, personal_number: true };
    assert_eq!(all.remaining(), 4);
}

/// G1, M1
#[test]
fn what_was_taken_back_and_given_again_during_an_item_did_not_cover_it() {
    let mut case = open_case();
    let given = &case.consents[0];
    let by = Signer::Guardian(case.guardians[0].id);
    let again = Consent {
        id: ConsentId::from_uuid(Uuid::from_u128(2)),
        obtained_at: at("2026-11-26T08:20:00Z"),
        ..given.clone()
    };
    let taken_back = Withdrawal { by, at: at("2026-11-26T08:15:00Z"), scope: Scope::All, implied_by: None };
    case.consents[0].withdrawals.push(taken_back);
    case.consents.push(again);
    let (opened, closed) = (at("2026-11-26T08:10:00Z"), at("2026-11-26T08:30:00Z"));
    let heard = |from: &str, until: &str| {
        let someone = InRoom { unit: SCHOOL, from: at(from), until: Some(at(until)), by: HearsBy::Consent };
        heard_uncovered(&case, opened, closed, &[someone])
    };
    assert_eq!(heard("2026-11-26T08:10:00Z", "2026-11-26T08:30:00Z"), [SCHOOL].into());
    assert!(heard("2026-11-26T08:10:00Z", "2026-11-26T08:15:00Z").is_empty());
    assert!(heard("2026-11-26T08:20:00Z", "2026-11-26T08:30:00Z").is_empty());
    assert!(!covered_throughout(&case, opened, closed));
}
