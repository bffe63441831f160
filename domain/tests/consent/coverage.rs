//! What holds for every case.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::age::{OF_AGE, birthday};
use domain::consent::{
    Answer, CaseFacts, Consent, Scope, Signature, Signer, Voice, Withdrawal, required_signers, standing,
};
use domain::time::day;
use proptest::prelude::*;
use proptest::strategy::ValueTree;

use crate::cases::{any_case, any_instant, guardian, unit};

/// Whose answer a consent needs on a day: all those required, but for guardians who are prevented while another decides (C3, C8).
fn needed(case: &CaseFacts, consent: &Consent, today: NaiveDate) -> Vec<Signer> {
    let required = required_signers(case, today);
    let absent = |signer: &Signer| {
        consent.prevented.iter().any(|one| Signer::Guardian(one.guardian) == *signer && today <= one.until)
    };
    let guardians_left = required.iter().filter(|signer| **signer != Signer::Child && !absent(signer)).count();
    required.into_iter().filter(|signer| guardians_left == 0 || !absent(signer)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn c1_someone_is_covered_or_there_is_a_reason_and_never_both(case in any_case(), at in any_instant()) {
        let standing = standing(&case, at);
        prop_assert_eq!(standing.is_open(), standing.reason.is_none());
        prop_assert!(standing.consent.is_some() || !standing.is_open());
    }

    #[test]
    fn c2_c5_whoever_is_covered_was_named_by_every_required_signer(case in any_case(), at in any_instant()) {
        let standing = standing(&case, at);
        let Some(consent) = case.consents.iter().find(|consent| standing.is_open() && standing.consent == Some(consent.id))
        else { return Ok(()) };
        let today = day(at);
        prop_assert!(consent.obtained_at <= at && consent.valid_from <= today && today <= consent.valid_until);
        let signers = needed(&case, consent, today);
        prop_assert!(!signers.is_empty());
        for signer in signers {
            let named = consent.signatures.iter().any(|signature| {
                signature.by == signer && signature.on <= today && signature.answer == Answer::Agreed
                    && standing.covered.is_subset(&signature.receivers)
            });
            prop_assert!(named, "{signer:?}");
        }
    }

    #[test]
    fn c21_a_parents_own_is_told_to_those_that_parent_named_and_keeps_naming(case in any_case(), at in any_instant()) {
        let standing = standing(&case, at);
        let Some(consent) = case.consents.iter().find(|consent| standing.consent == Some(consent.id)) else { return Ok(()) };
        for (unit, parent) in consent.parties.on_parent.iter().filter(|(unit, _)| standing.covers(**unit)) {
            let by = Signer::Guardian(*parent);
            let own = consent.signatures.iter().any(|one| {
                one.by == by && one.answer == Answer::Agreed && one.on <= day(at) && standing.covered.is_subset(&one.receivers)
            });
            let taken_back = consent.withdrawals.iter().any(|one| {
                let heard = match &one.scope {
                    Scope::All => true,
                    Scope::Receivers(units) => !units.is_disjoint(&standing.covered),
                };
                one.by == by && one.at <= at && one.implied_by.is_none() && heard
            });
            prop_assert!(own && !taken_back, "{unit:?}");
        }
    }

    #[test]
    fn c20_only_the_covered_have_a_voice_and_none_tells_before_it_has_acknowledged(case in any_case(), at in any_instant()) {
        let standing = standing(&case, at);
        let parties = case.consents.iter().find(|consent| standing.consent == Some(consent.id)).map(|one| &one.parties);
        prop_assert!(standing.listeners.is_subset(&standing.covered) && standing.acknowledged.is_subset(&standing.covered));
        for unit in (1..=4).map(unit) {
            prop_assert_eq!(standing.voice(unit).is_some(), standing.covers(unit));
            if standing.voice(unit) == Some(Voice::Tells) {
                let parties = parties.unwrap();
                prop_assert!(parties.acknowledged[&unit] <= at && !parties.listeners.contains(&unit));
            }
        }
    }

    #[test]
    fn c6_without_one_required_signature_the_consent_does_not_cover(case in any_case(), at in any_instant(), pick: u8) {
        let before = standing(&case, at);
        if !before.is_open() { return Ok(()) }
        let signers: Vec<_> = required_signers(&case, day(at)).into_iter().collect();
        let signer = signers[usize::from(pick) % signers.len()];
        let mut without = case.clone();
        for consent in &mut without.consents {
            consent.signatures.retain(|signature| signature.by != signer);
            consent.prevented.clear();
        }
        prop_assert!(!standing(&without, at).is_open());
    }

    #[test]
    fn c13_a_required_signers_withdrawal_ends_the_consent_for_good(
        case in any_case(), at in any_instant(), later in any_instant(), pick: u8
    ) {
        let before = standing(&case, at);
        if !before.is_open() { return Ok(()) }
        let signers: Vec<_> = required_signers(&case, day(at)).into_iter().collect();
        let by = signers[usize::from(pick) % signers.len()];
        let mut withdrawn = case.clone();
        let consent = withdrawn.consents.iter_mut().find(|consent| Some(consent.id) == before.consent).unwrap();
        consent.withdrawals.push(Withdrawal { implied_by: None, by, at, scope: Scope::All });
        for then in [at, at.max(later)] {
            let after = standing(&withdrawn, then);
            prop_assert!(!(after.is_open() && after.consent == before.consent));
        }
    }

    #[test]
    fn c13_a_partial_withdrawal_takes_its_receivers_and_no_others(
        mut case in any_case(), at in any_instant(), taken in prop::collection::btree_set((1_u128..=4).prop_map(unit), 0..4)
    ) {
        case.consents.truncate(1);
        let before = standing(&case, at);
        if !before.is_open() { return Ok(()) }
        let by = *required_signers(&case, day(at)).first().unwrap();
        case.consents[0].withdrawals.push(Withdrawal { implied_by: None, by, at, scope: Scope::Receivers(taken.clone()) });
        prop_assert_eq!(standing(&case, at).covered, &before.covered - &taken);
    }

    #[test]
    fn c13_who_may_not_withdraw_changes_nothing(mut case in any_case(), at in any_instant(), on in any_instant()) {
        let before = standing(&case, at);
        let someone = [Signer::Child, guardian(1), guardian(2), guardian(3), guardian(9)];
        let required = required_signers(&case, day(on));
        for consent in &mut case.consents {
            let parents: Vec<_> = consent.parties.on_parent.values().map(|parent| Signer::Guardian(*parent)).collect();
            let others = someone.iter().filter(|signer| !required.contains(signer) && !parents.contains(signer));
            consent.withdrawals.extend(others.map(|by| Withdrawal { implied_by: None, by: *by, at: on, scope: Scope::All }));
        }
        prop_assert_eq!(standing(&case, at), before);
    }

    #[test]
    fn c12_from_the_18th_birthday_nothing_obtained_before_it_covers(case in any_case(), at in any_instant()) {
        let of_age = birthday(case.born_on, OF_AGE);
        let standing = standing(&case, at);
        let Some(consent) = case.consents.iter().find(|consent| standing.is_open() && standing.consent == Some(consent.id))
        else { return Ok(()) };
        prop_assert!(day(at) < of_age || day(consent.obtained_at) >= of_age);
    }

    #[test]
    fn c18_an_outsiders_answer_changes_nothing(mut case in any_case(), at in any_instant(), agreed: bool) {
        let before = standing(&case, at);
        let answer = if agreed { Answer::Agreed } else { Answer::Refused };
        for consent in &mut case.consents {
            let receivers = BTreeSet::from([unit(1)]);
            consent.signatures.push(Signature { by: guardian(9), on: consent.valid_from, answer, receivers });
        }
        prop_assert_eq!(standing(&case, at), before);
    }

    #[test]
    fn the_order_in_which_guardians_are_recorded_does_not_matter(case in any_case(), at in any_instant()) {
        let mut turned = case.clone();
        turned.guardians.reverse();
        prop_assert_eq!(standing(&turned, at), standing(&case, at));
    }

    #[test]
    fn what_is_recorded_for_later_changes_nothing_now(case in any_case(), at in any_instant()) {
        let mut known = case.clone();
        // One found to be a mistake already has been recorded, whatever it says.
        known.consents.retain(|consent| consent.obtained_at <= at || consent.is_annulled(at));
        known.phases.retain(|change| change.at <= at);
        for consent in &mut known.consents {
            consent.withdrawals.retain(|withdrawal| withdrawal.at <= at);
            consent.signatures.retain(|signature| signature.on <= day(at));
        }
        let whole_minute = at == domain::time::minute_of(at);
        if whole_minute {
            prop_assert_eq!(standing(&known, at), standing(&case, at));
        }
    }
}

/// Guards the tests above: had the strategy stopped making covered cases, they would all pass for nothing.
#[test]
fn a_good_part_of_the_cases_is_covered() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = (any_case(), any_instant());
    let covered = (0..1_000)
        .filter(|_| {
            let (case, at) = strategy.new_tree(&mut runner).unwrap().current();
            standing(&case, at).is_open()
        })
        .count();
    assert!((100..800).contains(&covered), "{covered} of 1000");
}
