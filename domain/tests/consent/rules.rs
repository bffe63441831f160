//! Each rule alone, on one plain case.

use domain::consent::{
    Answer, CaseFacts, Consent, Guardianship, Phase, PhaseChange, Prevented, Purpose, Reason, Scope, Signer,
    Withdrawal, ends_on, may_be_prevented, may_take_back, phase_at, required_signers, standing, standing_for,
};
use domain::id::{ConsentId, UnitId, Uuid};

use crate::cases::{
    BUP, FATHER, FK, MOTHER, SCHOOL, SOCIAL, agreed, at, date, guardian, guardian_id, plain_case, withdrawn,
};

const NOON: &str = "2026-11-26 12:00";

/// Why nobody is covered at a local time; none where someone is.
fn reason(facts: &CaseFacts, local: &str) -> Option<Reason> {
    standing(facts, at(local)).reason
}

fn consent_id(number: u128) -> ConsentId {
    ConsentId::from_uuid(Uuid::from_u128(number))
}

fn phase(local: &str, to: Phase) -> PhaseChange {
    PhaseChange { at: at(local), to }
}

#[test]
fn c1_the_plain_case_is_open_to_whom_both_guardians_named() {
    let standing = standing(&plain_case(), at(NOON));
    assert_eq!(standing.covered.into_iter().collect::<Vec<_>>(), [SCHOOL, SOCIAL, BUP]);
    assert_eq!(standing.consent, Some(plain_case().consents[0].id));
}

#[test]
fn c1_before_it_is_obtained_there_is_no_consent() {
    assert_eq!(reason(&plain_case(), "2026-10-01 11:59"), Some(Reason::NoConsent));
    assert_eq!(reason(&plain_case(), "2026-10-01 12:00"), None);
}

#[test]
fn c3_the_signers_change_on_the_15th_and_the_18th_birthday() {
    let signers = |day: &str| required_signers(&plain_case(), date(day)).into_iter().collect::<Vec<_>>();
    assert_eq!(signers("2029-03-01"), [MOTHER, FATHER]);
    assert_eq!(signers("2029-03-02"), [Signer::Child, MOTHER, FATHER]);
    assert_eq!(signers("2032-03-01"), [Signer::Child, MOTHER, FATHER]);
    assert_eq!(signers("2032-03-02"), [Signer::Child]);
}

#[test]
fn c5_guardians_with_different_wishes_open_what_both_named() {
    let mut case = plain_case();
    case.consents[0].signatures[0].receivers = [SCHOOL, SOCIAL, BUP, FK].into();
    case.consents[0].signatures[1].receivers = [BUP].into();
    assert_eq!(standing(&case, at(NOON)).covered, [BUP].into());
    case.consents[0].signatures[1].receivers = [].into();
    assert_eq!(reason(&case, NOON), Some(Reason::NoCommonReceiver));
}

#[test]
fn c6_one_missing_signature_is_as_no_consent() {
    let mut case = plain_case();
    case.consents[0].signatures.pop();
    assert_eq!(reason(&case, NOON), Some(Reason::AwaitingSignatures));
}

#[test]
fn c6_a_signature_counts_from_its_day() {
    let mut case = plain_case();
    case.consents[0].signatures[1].on = date("2026-11-26");
    assert_eq!(reason(&case, "2026-11-25 23:59"), Some(Reason::AwaitingSignatures));
    assert_eq!(reason(&case, "2026-11-26 00:00"), None);
}

#[test]
fn c6_where_nobody_can_sign_nothing_opens() {
    let mut case = plain_case();
    case.guardians.clear();
    assert_eq!(reason(&case, NOON), Some(Reason::AwaitingSignatures));
}

#[test]
fn c7_one_no_is_a_no_even_while_another_answer_is_missing() {
    let mut case = plain_case();
    case.consents[0].signatures[0].answer = Answer::Refused;
    assert_eq!(reason(&case, NOON), Some(Reason::Refused));
    case.consents[0].signatures.pop();
    assert_eq!(reason(&case, NOON), Some(Reason::Refused));
}

#[test]
fn c7_the_latest_answer_counts_and_of_one_day_the_last_recorded() {
    let mut case = plain_case();
    case.consents[0].signatures[0].answer = Answer::Refused;
    case.consents[0].signatures.push(agreed(MOTHER, "2026-10-01", &[SCHOOL]));
    assert_eq!(standing(&case, at(NOON)).covered, [SCHOOL].into());
}

#[test]
fn c11_from_the_15th_birthday_the_childs_signature_is_missing() {
    let mut case = plain_case();
    case.born_on = date("2011-11-27");
    assert_eq!(reason(&case, "2026-11-26 23:59"), None);
    assert_eq!(reason(&case, "2026-11-27 00:00"), Some(Reason::AwaitingSignatures));
    case.consents[0].signatures.push(agreed(Signer::Child, "2026-11-20", &[SCHOOL, BUP]));
    assert_eq!(standing(&case, at("2026-11-27 00:00")).covered, [SCHOOL, BUP].into());
}

#[test]
fn c12_from_the_18th_birthday_guardians_consent_needs_renewal() {
    let mut case = plain_case();
    case.born_on = date("2008-11-27");
    case.consents[0].signatures.push(agreed(Signer::Child, "2026-10-01", &[SCHOOL]));
    assert_eq!(reason(&case, "2026-11-26 23:59"), None);
    assert_eq!(reason(&case, "2026-11-27 00:00"), Some(Reason::NeedsRenewal));
}

#[test]
fn c12_an_adults_own_consent_needs_no_guardian() {
    let mut case = plain_case();
    case.born_on = date("2008-09-30");
    case.consents[0].signatures = vec![agreed(Signer::Child, "2026-10-01", &[SCHOOL])];
    assert_eq!(standing(&case, at(NOON)).covered, [SCHOOL].into());
}

#[test]
fn c13_a_withdrawal_by_either_guardian_ends_it_from_its_minute_on() {
    for by in [MOTHER, FATHER] {
        let mut case = plain_case();
        case.consents[0].withdrawals.push(withdrawn(by, "2026-11-26 09:30", Scope::All));
        assert_eq!(reason(&case, "2026-11-26 09:29"), None);
        assert_eq!(reason(&case, "2026-11-26 09:30"), Some(Reason::Withdrawn));
    }
}

#[test]
fn c13_a_withdrawal_within_a_minute_holds_from_the_start_of_it() {
    let mut case = plain_case();
    case.consents[0].withdrawals.push(withdrawn(MOTHER, "2026-11-26 09:30", Scope::All));
    case.consents[0].withdrawals[0].at += chrono::TimeDelta::seconds(41);
    assert_eq!(reason(&case, "2026-11-26 09:30"), Some(Reason::Withdrawn));
}

#[test]
fn c13_a_partial_withdrawal_takes_only_its_receivers() {
    let mut case = plain_case();
    case.consents[0].withdrawals.push(withdrawn(MOTHER, "2026-11-26 09:30", Scope::Receivers([BUP].into())));
    assert_eq!(standing(&case, at(NOON)).covered, [SCHOOL, SOCIAL].into());
    let rest = Scope::Receivers([SCHOOL, SOCIAL].into());
    case.consents[0].withdrawals.push(withdrawn(FATHER, "2026-11-26 10:00", rest));
    assert_eq!(reason(&case, NOON), Some(Reason::Withdrawn));
}

#[test]
fn c13_others_withdrawals_do_not_count() {
    let mut case = plain_case();
    case.guardians[1].until = Some(date("2026-11-20"));
    let withdrawals = &mut case.consents[0].withdrawals;
    withdrawals.push(withdrawn(Signer::Child, "2026-11-26 09:30", Scope::All));
    withdrawals.push(withdrawn(guardian(9), "2026-11-26 09:30", Scope::All));
    withdrawals.push(withdrawn(FATHER, "2026-11-21 00:00", Scope::All));
    assert_eq!(reason(&case, NOON), None);
    case.consents[0].withdrawals.push(withdrawn(FATHER, "2026-11-20 23:59", Scope::All));
    assert_eq!(reason(&case, NOON), Some(Reason::Withdrawn));
}

#[test]
fn c13_withdrawn_is_told_before_every_other_reason() {
    let mut case = plain_case();
    case.phases.push(phase("2026-11-01 10:00", Phase::Investigation));
    case.consents[0].withdrawals.push(withdrawn(MOTHER, "2026-11-26 09:30", Scope::All));
    assert_eq!(reason(&case, "2027-08-01 12:00"), Some(Reason::Withdrawn));
}

#[test]
fn c15_passing_from_voluntary_support_to_a_report_ends_consent_from_its_minute_on() {
    let mut case = plain_case();
    case.phases.push(phase("2026-11-26 10:00", Phase::ConcernReport));
    assert_eq!(reason(&case, "2026-11-26 09:59"), None);
    assert_eq!(reason(&case, "2026-11-26 10:00"), Some(Reason::NeedsRenewal));
}

#[test]
fn c15_a_passage_of_the_very_moment_the_consent_was_obtained_ends_it() {
    for (passed, left) in [("2026-10-01 12:00", Some(Reason::NeedsRenewal)), ("2026-10-01 11:59", None)] {
        let mut case = plain_case();
        case.phases.push(phase(passed, Phase::ConcernReport));
        assert_eq!(reason(&case, "2026-11-26 10:00"), left, "{passed}");
    }
}

#[test]
fn c15_passing_back_does_not_bring_the_old_consent_back() {
    let mut case = plain_case();
    case.phases.push(phase("2026-11-25 10:00", Phase::ConcernReport));
    case.phases.push(phase("2026-11-26 10:00", Phase::VoluntarySupport));
    assert_eq!(phase_at(&case, at(NOON)), Phase::VoluntarySupport);
    assert_eq!(reason(&case, NOON), Some(Reason::NeedsRenewal));
}

#[test]
fn c16_from_report_to_investigation_consent_stays_and_back_to_voluntary_support_it_ends() {
    let mut case = plain_case();
    case.phases.insert(0, phase("2026-11-24 10:00", Phase::VoluntarySupport));
    case.phases.push(phase("2026-09-20 10:00", Phase::ConcernReport));
    case.phases.push(phase("2026-11-20 10:00", Phase::Investigation));
    assert_eq!(reason(&case, "2026-11-24 09:59"), None);
    assert_eq!(reason(&case, "2026-11-24 10:00"), Some(Reason::NeedsRenewal));
}

#[test]
fn c18_a_new_guardians_signature_is_missing_and_a_former_ones_no_longer_counts() {
    let mut case = plain_case();
    case.guardians[1].until = Some(date("2026-11-25"));
    case.consents[0].signatures[1].receivers = [SCHOOL].into();
    assert_eq!(standing(&case, at("2026-11-25 23:59")).covered, [SCHOOL].into());
    assert_eq!(standing(&case, at("2026-11-26 00:00")).covered, [SCHOOL, SOCIAL, BUP].into());
    case.guardians.push(Guardianship { id: guardian_id(3), from: date("2026-11-27"), until: None, custody: true });
    assert_eq!(reason(&case, "2026-11-26 23:59"), None);
    assert_eq!(reason(&case, "2026-11-27 00:00"), Some(Reason::AwaitingSignatures));
}

#[test]
fn c2_both_ends_of_the_period_are_included() {
    let mut case = plain_case();
    case.consents[0].valid_from = date("2026-11-26");
    assert_eq!(reason(&case, "2026-11-25 23:59"), Some(Reason::NotYetValid));
    assert_eq!(reason(&case, "2026-11-26 00:00"), None);
    assert_eq!(reason(&case, "2027-06-30 23:59"), None);
    assert_eq!(reason(&case, "2027-07-01 00:00"), Some(Reason::Expired));
}

#[test]
fn c24_the_newest_consent_that_covers_anyone_decides() {
    let mut case = plain_case();
    let mut renewal = case.consents[0].clone();
    renewal.id = domain::id::ConsentId::from_uuid(domain::id::Uuid::from_u128(2));
    renewal.obtained_at = at("2026-11-20 12:00");
    renewal.signatures.pop();
    case.consents.insert(0, renewal);
    let while_awaiting = standing(&case, at(NOON));
    assert_eq!(while_awaiting.consent, Some(case.consents[1].id));
    case.consents[0].signatures.push(agreed(FATHER, "2026-11-20", &[SCHOOL]));
    let renewed = standing(&case, at(NOON));
    assert_eq!((renewed.consent, renewed.covered), (Some(case.consents[0].id), [SCHOOL].into()));
}

#[test]
fn c24_where_no_consent_covers_the_newest_gives_the_reason() {
    let mut case = plain_case();
    let mut renewal = case.consents[0].clone();
    renewal.obtained_at = at("2026-11-20 12:00");
    renewal.signatures.pop();
    case.consents[0].valid_until = date("2026-11-01");
    case.consents.push(renewal);
    assert_eq!(reason(&case, NOON), Some(Reason::AwaitingSignatures));
}

#[test]
fn c26_a_consent_to_another_purpose_does_not_open_the_meeting() {
    let mut case = plain_case();
    case.consents[0].purposes = [Purpose::CoordinatedPlan, Purpose::CrimePrevention].into();
    assert_eq!(reason(&case, NOON), Some(Reason::NoConsent));
    assert!(standing_for(&case, Purpose::CoordinatedPlan, at(NOON)).is_open());
}

/// The plain case, but the father's answer could not be had until a day.
fn alone_until(until: &str) -> CaseFacts {
    let mut case = plain_case();
    case.consents[0].signatures.retain(|signature| signature.by != FATHER);
    case.consents[0].prevented.push(Prevented { guardian: guardian_id(2), until: date(until) });
    case
}

#[test]
fn c8_while_one_guardian_is_prevented_the_other_decides_alone_and_it_is_marked() {
    let case = alone_until("2026-10-31");
    let last = standing(&case, at("2026-10-31 23:59"));
    assert!(last.covers(SCHOOL));
    assert_eq!(last.alone_until, Some(date("2026-10-31")));
    let next = standing(&case, at("2026-11-01 00:00"));
    assert_eq!((next.reason, next.alone_until), (Some(Reason::AwaitingSignatures), None));
    assert_eq!(standing(&plain_case(), at("2026-10-31 23:59")).alone_until, None);
    assert_eq!(ends_on(&case, at("2026-10-02 09:00")), Some(date("2026-10-31")));
}

#[test]
fn c8_nobody_decides_where_all_guardians_are_prevented_and_the_young_persons_own_answer_is_never_done_without() {
    let mut case = alone_until("2026-10-31");
    case.consents[0].prevented.push(Prevented { guardian: guardian_id(1), until: date("2026-10-31") });
    assert_eq!(standing(&case, at("2026-10-02 09:00")).reason, Some(Reason::AwaitingSignatures));
    let mut young = alone_until("2026-10-31");
    young.born_on = date("2011-03-02");
    assert_eq!(standing(&young, at("2026-10-02 09:00")).reason, Some(Reason::AwaitingSignatures));
}

#[test]
fn c8_the_one_who_was_prevented_can_take_it_back() {
    let mut case = alone_until("2026-10-31");
    case.consents[0].withdrawals.push(withdrawn(FATHER, "2026-10-05 09:00", Scope::All));
    assert!(standing(&case, at("2026-10-05 08:59")).is_open());
    assert_eq!(standing(&case, at("2026-10-05 09:00")).reason, Some(Reason::Withdrawn));
}

/// [`plain_case`] where BUP's part is the father's own.
fn on_the_father() -> CaseFacts {
    let mut case = plain_case();
    case.consents[0].parties.on_parent.insert(BUP, guardian_id(2));
    case
}

#[test]
fn c21_a_parents_own_needs_that_parents_own_yes() {
    assert!(standing(&on_the_father(), at(NOON)).covers(BUP));
    let mut alone = on_the_father();
    alone.consents[0].signatures.pop();
    alone.consents[0].prevented.push(Prevented { guardian: guardian_id(2), until: date("2026-12-01") });
    assert_eq!(standing(&alone, at(NOON)).covered, [SCHOOL, SOCIAL].into(), "the mother decides alone, not for him");
    let mut apart = on_the_father();
    apart.guardians[1].until = Some(date("2026-11-01"));
    assert!(standing(&apart, at(NOON)).covers(BUP), "his yes was his own, guardian or not");
    apart.consents[0].signatures[1].answer = Answer::Refused;
    assert_eq!(standing(&apart, at(NOON)).covered, [SCHOOL, SOCIAL].into());
}

#[test]
fn c21_a_parent_takes_back_what_is_the_parents_own_guardian_or_not() {
    let mut case = on_the_father();
    case.guardians[1].until = Some(date("2026-11-01"));
    for scope in [Scope::All, Scope::Receivers([BUP, SCHOOL].into())] {
        let mut case = case.clone();
        case.consents[0].withdrawals.push(withdrawn(FATHER, "2026-11-10 09:00", scope));
        assert!(standing(&case, at("2026-11-10 08:59")).covers(BUP));
        assert_eq!(standing(&case, at("2026-11-10 09:00")).covered, [SCHOOL, SOCIAL].into());
    }
    assert_eq!(may_take_back(&case, date("2026-11-10")), [MOTHER, FATHER].into());
    assert_eq!(may_take_back(&case, date("2027-07-01")), [MOTHER].into(), "it is over");
}

/// [`plain_case`] where BUP's part is the own of a parent without custody, who named these.
fn on_a_parent_without_custody(named: &[UnitId]) -> CaseFacts {
    let mut case = plain_case();
    case.guardians.push(Guardianship { id: guardian_id(3), custody: false, ..case.guardians[0] });
    case.consents[0].parties.on_parent.insert(BUP, guardian_id(3));
    case.consents[0].signatures.push(agreed(guardian(3), "2026-10-01", named));
    case
}

#[test]
fn c21_a_parent_without_custody_answers_for_what_is_their_own_and_for_nothing_else() {
    let case = on_a_parent_without_custody(&[SCHOOL, SOCIAL, BUP]);
    assert_eq!(required_signers(&case, date("2026-11-22")), [MOTHER, FATHER].into());
    assert_eq!(standing(&case, at(NOON)).covered, [SCHOOL, SOCIAL, BUP].into());
    let mut refused = case.clone();
    refused.consents[0].signatures[2].answer = Answer::Refused;
    assert_eq!(standing(&refused, at(NOON)).covered, [SCHOOL, SOCIAL].into());
    let mut alone = case;
    alone.consents[0].signatures.retain(|signature| signature.by == guardian(3));
    assert_eq!(standing(&alone, at(NOON)).reason, Some(Reason::AwaitingSignatures), "decides nothing for the child");
}

#[test]
fn c21_a_parents_own_is_told_to_nobody_that_parent_has_not_named() {
    let mut case = on_a_parent_without_custody(&[SOCIAL, BUP]);
    assert_eq!(standing(&case, at(NOON)).covered, [SCHOOL, SOCIAL].into(), "the school would hear it");
    case.consents[0].withdrawals.push(withdrawn(MOTHER, "2026-10-01 10:00", Scope::Receivers([SCHOOL].into())));
    assert_eq!(standing(&case, at(NOON)).covered, [SOCIAL].into(), "what is taken back opens nothing");
    for (scope, left) in [
        (Scope::All, [SCHOOL, SOCIAL].as_slice()),
        (Scope::Receivers([BUP].into()), &[SCHOOL, SOCIAL]),
        (Scope::Receivers([SCHOOL].into()), &[SCHOOL, SOCIAL]),
    ] {
        let mut case = on_a_parent_without_custody(&[SCHOOL, SOCIAL, BUP]);
        case.consents[0].withdrawals.push(withdrawn(guardian(3), "2026-10-01 10:00", scope));
        assert_eq!(standing(&case, at(NOON)).covered, left.iter().copied().collect());
    }
    let mut two = on_a_parent_without_custody(&[SCHOOL, SOCIAL, BUP]);
    two.consents[0].parties.on_parent.insert(SOCIAL, guardian_id(3));
    two.consents[0].withdrawals.push(withdrawn(guardian(3), "2026-10-01 10:00", Scope::Receivers([BUP].into())));
    assert_eq!(standing(&two, at(NOON)).covered, [SCHOOL, SOCIAL].into(), "of two own parts one is taken back");
}

#[test]
fn c8_a_no_is_not_got_round_by_calling_somebody_prevented() {
    let now = at("2026-11-22 12:00");
    let father = guardian_id(2);
    assert!(may_be_prevented(&plain_case(), father, now), "one who said yes may be away the next time");
    let mut refused = plain_case();
    refused.consents[0].signatures[1].answer = Answer::Refused;
    assert!(!may_be_prevented(&refused, father, now));
    assert!(may_be_prevented(&refused, guardian_id(1), now));
    let mut withdrew = plain_case();
    withdrew.consents[0].withdrawals.push(withdrawn(FATHER, "2026-11-01 09:00", Scope::All));
    assert!(!may_be_prevented(&withdrew, father, now));
    withdrew.consents[0].annulled_at = Some(at("2026-11-02 09:00"));
    assert!(may_be_prevented(&withdrew, father, now), "what was recorded by mistake was nobody's word");
}

#[test]
fn c8_only_the_guardians_own_last_word_on_the_whole_stands_against_being_prevented() {
    let now = at("2026-11-22 12:00");
    let prevented = |withdrawal: Withdrawal, yes_again: Option<&str>| {
        let mut case = plain_case();
        case.consents[0].withdrawals.push(withdrawal);
        case.consents[0].signatures.extend(yes_again.map(|on| agreed(FATHER, on, &[SCHOOL])));
        may_be_prevented(&case, guardian_id(2), now)
    };
    let all = |by| withdrawn(by, "2026-11-01 09:00", Scope::All);
    assert!(prevented(all(MOTHER), None), "somebody else's");
    let in_part = withdrawn(FATHER, "2026-11-01 09:00", Scope::Receivers([BUP].into()));
    assert!(prevented(in_part, None), "a part");
    let in_passing = Withdrawal { implied_by: Some(consent_id(9)), ..all(FATHER) };
    assert!(!prevented(in_passing, None));
    assert!(prevented(all(FATHER), Some("2026-11-02")), "a yes after it");
    assert!(!prevented(all(FATHER), Some("2026-11-01")), "of the same day: the stricter");
    assert!(!prevented(all(FATHER), Some("2026-10-31")));
}

#[test]
fn what_was_recorded_by_mistake_counts_from_then_on_for_nothing() {
    let mut case = plain_case();
    let mut second = Consent { id: consent_id(2), obtained_at: at("2026-11-01 10:00"), ..case.consents[0].clone() };
    for signature in &mut second.signatures {
        signature.receivers = [SCHOOL].into();
    }
    let implied = Withdrawal {
        implied_by: Some(second.id),
        ..withdrawn(MOTHER, "2026-11-01 10:00", Scope::Receivers([SOCIAL, BUP].into()))
    };
    case.consents[0].withdrawals.push(implied);
    second.annulled_at = Some(at("2026-11-03 08:30"));
    case.consents.push(second);
    assert_eq!(standing(&case, at("2026-11-03 08:29")).covered, [SCHOOL].into());
    let after = standing(&case, at("2026-11-03 08:30"));
    assert_eq!(after.covered, [SCHOOL, SOCIAL, BUP].into(), "neither it nor what it took back in passing");
    assert_eq!(after.consent, Some(case.consents[0].id));
}

#[test]
fn a_withdrawal_of_its_own_is_no_mistake_of_somebody_elses() {
    let mut case = plain_case();
    case.consents[0].withdrawals.push(withdrawn(MOTHER, "2026-11-01 10:00", Scope::All));
    let mistake = Consent { id: consent_id(2), annulled_at: Some(at("2026-11-03 08:30")), ..case.consents[0].clone() };
    case.consents.push(mistake);
    assert_eq!(standing(&case, at("2026-11-03 08:30")).reason, Some(Reason::Withdrawn));
}

#[test]
fn what_a_consent_took_back_in_passing_stays_taken_back_whatever_another_was() {
    let mut case = plain_case();
    let second = Consent { id: consent_id(2), obtained_at: at("2026-11-01 10:00"), ..case.consents[0].clone() };
    let implied = Withdrawal {
        implied_by: Some(second.id),
        ..withdrawn(MOTHER, "2026-11-01 10:00", Scope::Receivers([BUP].into()))
    };
    let mistake = Consent { id: consent_id(3), annulled_at: Some(at("2026-11-03 08:30")), ..second.clone() };
    case.consents[0].withdrawals.push(implied.clone());
    case.consents.extend([second, mistake]);
    assert!(case.counts(&implied, at("2026-11-03 08:30")), "its own consent was no mistake");
    case.consents[1].annulled_at = Some(at("2026-11-04 08:30"));
    assert!(!case.counts(&implied, at("2026-11-04 08:30")));
}
