//! What a form offers and says before it is recorded.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::consent::{
    Answer, CaseFacts, Guardianship, Limits, Phase, PhaseChange, Prevented, Preview, Scope, Signature, Signer,
    latest_alone, may_take_back, obtained_at, preview, school_year_end, signed_too_early, signers_within, taken_back,
};
use domain::id::UnitId;

use crate::cases::{
    BUP, FATHER, MOTHER, SCHOOL, SOCIAL, agreed, at, date, guardian, guardian_id, plain_case, withdrawn,
};

fn no(by: Signer) -> Signature {
    Signature { answer: Answer::Refused, ..agreed(by, "2026-11-22", &[]) }
}

/// What the panel beside the form says of a case like the plain one.
fn panel(answers: &[Signature], prevented: &[Prevented], on_parent: &[(UnitId, u128)]) -> Preview {
    let on_parent: BTreeMap<_, _> = on_parent.iter().map(|(unit, parent)| (*unit, guardian_id(*parent))).collect();
    preview(&plain_case(), answers, prevented, &on_parent, date("2026-11-22"))
}

#[test]
fn c6_the_panel_names_who_has_not_answered() {
    let said = panel(&[agreed(MOTHER, "2026-11-22", &[SCHOOL])], &[], &[]);
    assert_eq!(said, Preview { missing: [FATHER].into(), ..Preview::default() });
    let nobody = panel(&[], &[], &[]);
    assert_eq!(nobody, Preview { missing: [MOTHER, FATHER].into(), ..Preview::default() });
}

#[test]
fn c7_the_panel_names_who_says_no() {
    let said = panel(&[agreed(MOTHER, "2026-11-22", &[SCHOOL]), no(FATHER)], &[], &[]);
    assert_eq!(said, Preview { refused: [FATHER].into(), ..Preview::default() });
}

#[test]
fn c5_the_panel_names_who_left_a_unit_out() {
    let answers = [agreed(MOTHER, "2026-11-22", &[SCHOOL, SOCIAL]), agreed(FATHER, "2026-11-22", &[SCHOOL, BUP])];
    let left_out = BTreeMap::from([(SOCIAL, [FATHER].into()), (BUP, [MOTHER].into())]);
    assert_eq!(panel(&answers, &[], &[]), Preview { covered: [SCHOOL].into(), left_out, ..Preview::default() });
}

#[test]
fn c8_the_panel_says_until_when_one_decides_alone() {
    let away = Prevented { guardian: guardian_id(2), until: date("2026-12-01") };
    let said = panel(&[agreed(MOTHER, "2026-11-22", &[SCHOOL])], &[away], &[]);
    let alone_until = Some(date("2026-12-01"));
    assert_eq!(said, Preview { covered: [SCHOOL].into(), alone_until, ..Preview::default() });
}

#[test]
fn c21_the_panel_asks_for_the_parent_whose_own_it_is() {
    let away = Prevented { guardian: guardian_id(2), until: date("2026-12-01") };
    let answers = [agreed(MOTHER, "2026-11-22", &[SCHOOL, BUP])];
    let said = panel(&answers, &[away], &[(BUP, 2)]);
    assert_eq!(said.covered, [SCHOOL].into());
    assert_eq!(said.left_out, BTreeMap::from([(BUP, BTreeSet::from([FATHER]))]));
    let both = [answers[0].clone(), agreed(FATHER, "2026-11-22", &[SCHOOL, BUP])];
    assert_eq!(panel(&both, &[], &[(BUP, 2)]).covered, [SCHOOL, BUP].into());
}

#[test]
fn c8_one_guardian_decides_alone_for_thirty_days_the_first_included() {
    assert_eq!(latest_alone(date("2026-11-01"), Limits::default()), date("2026-11-30"));
    let a_day = Limits { max_days_alone: 1, ..Limits::default() };
    assert_eq!(latest_alone(date("2026-11-01"), a_day), date("2026-11-01"));
    assert_eq!(latest_alone(NaiveDate::MAX, Limits::default()), NaiveDate::MAX);
}

#[test]
fn the_school_year_ends_on_10_june() {
    let ends = |day| school_year_end(date(day)).to_string();
    assert_eq!(["2026-11-22", "2027-06-10", "2027-06-11"].map(ends), ["2027-06-10", "2027-06-10", "2028-06-10"]);
}

#[test]
fn c18_a_guardian_who_comes_during_the_period_may_answer() {
    let mut case = plain_case();
    case.guardians[1].from = date("2027-01-10");
    let within = |from, until| signers_within(&case, date(from), date(until));
    assert_eq!(within("2026-11-22", "2027-01-09"), [MOTHER].into());
    assert_eq!(within("2026-11-22", "2027-01-10"), [MOTHER, FATHER].into());
    // Also one who has gone again at its end.
    case.guardians[1].until = Some(date("2027-01-20"));
    let within = |from, until| signers_within(&case, date(from), date(until));
    assert_eq!(within("2026-11-22", "2027-03-01"), [MOTHER, FATHER].into());
    assert_eq!(within("2027-01-21", "2027-03-01"), [MOTHER].into());
}

#[test]
fn c21_a_parent_without_custody_may_answer_until_no_longer_asked() {
    let mut case = plain_case();
    case.guardians.push(Guardianship { id: guardian_id(3), from: date("2026-12-24"), until: None, custody: false });
    let within = |case: &CaseFacts| signers_within(case, date("2026-11-22"), date("2026-12-01"));
    assert_eq!(within(&case), [MOTHER, FATHER, guardian(3)].into(), "also before the day they were written down");
    assert_eq!([MOTHER, guardian(3), Signer::Child].map(|by| case.answers_for_own_alone(by)), [false, true, false]);
    case.guardians[2].until = Some(date("2026-11-22"));
    assert_eq!(within(&case), [MOTHER, FATHER, guardian(3)].into());
    case.guardians[2].until = Some(date("2026-11-21"));
    assert_eq!(within(&case), [MOTHER, FATHER].into());
}

#[test]
fn c21_the_form_tells_who_would_hear_what_a_parent_has_not_agreed_to() {
    let all = [SCHOOL, SOCIAL, BUP];
    let yes = |named: &[UnitId]| {
        let answers = [(MOTHER, &all[..]), (FATHER, &all), (guardian(3), named)];
        panel(&answers.map(|(by, units)| agreed(by, "2026-11-22", units)), &[], &[(BUP, 3)])
    };
    let told = yes(&[SOCIAL, BUP]);
    assert_eq!(told.covered, [SCHOOL, SOCIAL].into());
    assert_eq!(told.overheard, [(BUP, (guardian_id(3), [SCHOOL].into()))].into());
    assert_eq!(yes(&all).covered, all.into());
    let silent = yes(&[SCHOOL, SOCIAL]);
    assert_eq!(silent.left_out, [(BUP, [guardian(3)].into())].into());
    assert!(silent.overheard.is_empty(), "said once");
}

#[test]
fn c21_who_may_take_back_is_who_signs_and_whose_own_it_is_while_the_consent_runs() {
    let mut case = plain_case();
    case.guardians[1].until = Some(date("2026-10-31"));
    case.consents[0].parties.on_parent.insert(BUP, guardian_id(2));
    assert_eq!(may_take_back(&case, date("2026-11-22")), [MOTHER, FATHER].into());
    assert_eq!(may_take_back(&case, date("2027-06-30")), [MOTHER, FATHER].into(), "its last day");
    assert_eq!(may_take_back(&case, date("2027-07-01")), [MOTHER].into());
}

#[test]
fn c2_a_form_counts_from_when_it_is_recorded_unless_the_phase_has_changed_since_it_was_signed() {
    let now = at("2026-11-22 12:00");
    let mut case = plain_case();
    let signed = |on: &str| [agreed(MOTHER, on, &[SCHOOL]), agreed(FATHER, "2026-11-22", &[SCHOOL])];
    assert_eq!(obtained_at(&case, &signed("2026-11-10"), now), now);
    assert_eq!(obtained_at(&case, &[], now), now);
    case.phases.push(PhaseChange { at: at("2026-11-18 10:00"), to: Phase::ConcernReport });
    assert_eq!(obtained_at(&case, &signed("2026-11-10"), now), at("2026-11-10 00:00"));
    assert_eq!(obtained_at(&case, &signed("2026-11-18"), now), at("2026-11-18 00:00"), "of the same day: the stricter");
    assert_eq!(obtained_at(&case, &signed("2026-11-19"), now), now);
    let noon = at("2026-11-18 12:00");
    let today = [agreed(MOTHER, "2026-11-18", &[SCHOOL])];
    assert_eq!(obtained_at(&case, &today, noon), noon, "recorded the day it was answered");
    // Recorded before the change came: nothing has overtaken it.
    assert_eq!(obtained_at(&case, &signed("2026-11-10"), at("2026-11-17 12:00")), at("2026-11-17 12:00"));
}

#[test]
fn c13_c24_a_new_consent_takes_back_what_its_signers_leave_out_of_those_that_run() {
    let (now, from) = (at("2026-11-22 12:00"), date("2026-12-01"));
    let case = plain_case();
    let takes = |case: &CaseFacts, new: Signature, now| {
        taken_back(case, &[new], from, now).into_iter().map(|(_, one)| (one.by, one.at, one.scope)).collect::<Vec<_>>()
    };
    let fewer = agreed(MOTHER, "2026-11-22", &[SCHOOL]);
    let dropped = Scope::Receivers([SOCIAL, BUP].into());
    assert_eq!(takes(&case, fewer.clone(), now), [(MOTHER, at("2026-12-01 00:00"), dropped.clone())]);
    assert_eq!(takes(&case, no(MOTHER), now), [(MOTHER, now, Scope::All)]);
    assert_eq!(takes(&case, fewer.clone(), at("2027-06-30 12:00")), [(MOTHER, at("2027-06-30 12:00"), dropped)]);
    assert_eq!(takes(&case, fewer.clone(), at("2027-07-01 12:00")), [], "it is over");
    let mut mistaken = plain_case();
    mistaken.consents[0].annulled_at = Some(at("2026-11-01 12:00"));
    assert_eq!(takes(&mistaken, fewer.clone(), now), []);
    let mut withdrew = plain_case();
    withdrew.consents[0].withdrawals.push(withdrawn(MOTHER, "2026-11-02 12:00", Scope::Receivers([SOCIAL].into())));
    withdrew.consents[0].withdrawals.push(withdrawn(FATHER, "2026-11-02 12:00", Scope::Receivers([BUP].into())));
    let only_bup = Scope::Receivers([BUP].into());
    assert_eq!(
        takes(&withdrew, fewer.clone(), now),
        [(MOTHER, at("2026-12-01 00:00"), only_bup)],
        "her own word, not his"
    );
    withdrew.consents[0].withdrawals.push(withdrawn(MOTHER, "2026-11-03 12:00", Scope::All));
    assert_eq!(takes(&withdrew, no(MOTHER), now), [], "there is nothing left");
    let mut refused = plain_case();
    refused.consents[0].signatures[0].answer = Answer::Refused;
    assert_eq!(takes(&refused, fewer, now), []);
}

#[test]
fn c13_an_answer_is_too_early_only_against_its_own_signers_whole_withdrawal() {
    let mut case = plain_case();
    let late = at("2026-11-22 12:00");
    let early = agreed(MOTHER, "2026-11-01", &[SCHOOL]);
    case.consents[0].withdrawals.push(withdrawn(MOTHER, "2026-11-10 12:00", Scope::Receivers([BUP].into())));
    assert_eq!(signed_too_early(&case, &early, late), None, "only a part");
    case.consents[0].withdrawals.push(withdrawn(MOTHER, "2026-11-09 12:00", Scope::All));
    assert_eq!(signed_too_early(&case, &early, late).map(|one| one.earliest), Some(date("2026-11-09")));
    let refused = Signature { answer: Answer::Refused, ..early };
    assert_eq!(signed_too_early(&case, &refused, late), None, "a no is never too early");
}
