//! What goes and what is kept, against every combination of what keeps it, and the steps to where it is gone.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up fails")]

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::consent::{Phase, PhaseChange};
use domain::id::{CaseId, PersonId, Uuid};
use domain::identity::{NumberKind, PersonalNumber};
use domain::refusal::Refusal;
use domain::retention::{
    Decision, Disposal, DisposalRefusal, DisposalState, Document, DocumentKind, Facts, GRACE, Hold, Keep,
    ResearchSample, RetentionRule, Schedule, Thing, Verdict, Why, Word, verdict, was_formal,
};
use proptest::prelude::*;

const FIVE: Keep = Keep::YearsAfterLastEntry(5);

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rule(kind: DocumentKind, keep: Keep, decided: Option<&str>) -> RetentionRule {
    let decided = decided.map(|on| Decision::new("KS 2026/114", date(on)).unwrap());
    RetentionRule::new(kind, keep, decided).unwrap()
}

fn plan(sample: ResearchSample, keep: Keep) -> Schedule {
    Schedule::new(sample).with(rule(DocumentKind::CaseFile, keep, Some("2026-02-03")))
}

fn case(born_on: &str, closed: bool, investigation: bool) -> Document {
    Document::CaseFile { born_on: date(born_on), closed, investigation }
}

fn facts(document: Document, last_entry_on: &str) -> Facts {
    Facts { document, last_entry_on: date(last_entry_on), holds: BTreeSet::new() }
}

fn of(schedule: &Schedule, facts: &Facts, today: &str) -> Verdict {
    verdict(schedule, facts, date(today))
}

fn is_due(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Due { .. })
}

fn kept(until: Option<&str>, why: &[Why]) -> Verdict {
    Verdict::Kept { until: until.map(date), why: why.to_vec() }
}

fn due(since: &str, rule: RetentionRule) -> Verdict {
    Verdict::Due { since: date(since), rule }
}

#[test]
fn l7_a_file_is_kept_through_the_day_five_years_after_its_last_entry_and_may_go_the_day_after() {
    let plan = plan(ResearchSample::Days, FIVE);
    let file = facts(case("2015-03-04", true, false), "2026-03-10");
    let until = date("2031-03-10");
    let not_yet = kept(Some("2031-03-10"), &[Why::NotLongEnough { until }]);
    assert_eq!(of(&plan, &file, "2026-03-10"), not_yet);
    assert_eq!(of(&plan, &file, "2031-03-10"), not_yet);
    let rule = rule(DocumentKind::CaseFile, FIVE, Some("2026-02-03"));
    assert_eq!(of(&plan, &file, "2031-03-11"), due("2031-03-11", rule.clone()));
    assert_eq!(of(&plan, &file, "2040-01-01"), due("2031-03-11", rule));
}

#[test]
fn l7_after_an_entry_on_29_february_five_years_end_on_the_28th() {
    let plan = plan(ResearchSample::Days, FIVE);
    let file = facts(case("2015-03-04", true, false), "2024-02-29");
    assert!(!is_due(&of(&plan, &file, "2029-02-28")));
    assert!(is_due(&of(&plan, &file, "2029-03-01")));
    let leap = self::plan(ResearchSample::Days, Keep::YearsAfterLastEntry(8));
    assert!(!is_due(&of(&leap, &file, "2032-02-29")));
    assert!(is_due(&of(&leap, &file, "2032-03-01")));
}

#[test]
fn l7_the_file_of_an_investigation_is_kept_through_the_thirtieth_birthday() {
    let plan = plan(ResearchSample::Days, FIVE);
    let file = facts(case("2012-02-29", true, true), "2026-03-10");
    let until = date("2042-02-28");
    assert_eq!(of(&plan, &file, "2042-02-28"), kept(Some("2042-02-28"), &[Why::ThirtyYears { until }]));
    assert!(is_due(&of(&plan, &file, "2042-03-01")));
    let by_rule = date("2031-03-10");
    let both = [Why::ThirtyYears { until }, Why::NotLongEnough { until: by_rule }];
    assert_eq!(of(&plan, &file, "2031-03-10"), kept(Some("2042-02-28"), &both));
    let late = facts(case("2000-01-01", true, true), "2026-03-10");
    assert_eq!(of(&plan, &late, "2030-06-01"), kept(Some("2031-03-10"), &[Why::NotLongEnough { until: by_rule }]));
}

#[test]
fn l7_any_formal_phase_there_ever_was_counts_as_an_investigation() {
    let change = |to| PhaseChange { at: DateTime::UNIX_EPOCH, to };
    assert!(!was_formal(&[]));
    assert!(!was_formal(&[change(Phase::VoluntarySupport)]));
    for formal in [Phase::ConcernReport, Phase::Investigation] {
        assert!(was_formal(&[change(formal)]));
        assert!(was_formal(&[change(formal), change(Phase::VoluntarySupport)]));
    }
}

/// C17
#[test]
fn thirty_years_alone_tell_of_a_phase() {
    let until = date("2042-02-28");
    let others = [
        Why::NotDecided,
        Why::Preserved,
        Why::KeepAll,
        Why::ResearchSample,
        Why::Open,
        Why::Held(Hold::Request),
        Why::NotLongEnough { until },
    ];
    assert!(Why::ThirtyYears { until }.tells_phase());
    assert!(others.iter().all(|why| !why.tells_phase()));
}

/// I6, edge case 43
#[test]
fn l7_the_true_birth_date_decides_on_the_sample_and_not_the_number() {
    let plan = plan(ResearchSample::Days, FIVE);
    let number = |on, kind| PersonalNumber::with_birth_number(date(on), 238, kind).unwrap();
    // Born on the 15th with a number of the 16th, of the 75th; born on the 16th with a number of the 15th.
    for (born, number, sampled) in [
        ("2012-06-15", number("2012-06-16", NumberKind::Personal), true),
        ("2012-06-15", number("2012-06-15", NumberKind::Coordination), true),
        ("2012-06-16", number("2012-06-15", NumberKind::Personal), false),
    ] {
        assert!(domain::case_file::number_fits(number, date(born)));
        let verdict = of(&plan, &facts(case(born, true, false), "2026-03-10"), "2060-01-01");
        assert_eq!(is_due(&verdict), !sampled, "{born}");
        if sampled {
            assert_eq!(verdict, kept(None, &[Why::ResearchSample]));
        }
    }
}

#[test]
fn l7_without_a_decision_nothing_goes() {
    let file = facts(case("2015-03-04", true, false), "2000-03-10");
    let without = Schedule::new(ResearchSample::Days);
    assert_eq!(of(&without, &file, "2040-01-01"), kept(None, &[Why::NotDecided]));
    let drafted = without.clone().with(rule(DocumentKind::CaseFile, FIVE, None));
    assert_eq!(of(&drafted, &file, "2040-01-01"), kept(None, &[Why::NotDecided]));
    let decided = without.clone().with(rule(DocumentKind::CaseFile, FIVE, Some("2026-02-03")));
    assert_eq!(of(&decided, &file, "2026-02-02"), kept(None, &[Why::NotDecided]));
    let by = rule(DocumentKind::CaseFile, FIVE, Some("2026-02-03"));
    assert_eq!(of(&decided, &file, "2026-02-03"), due("2026-02-03", by), "not before the decision");
    let of_another = without.with(rule(DocumentKind::AccessLog, FIVE, Some("2026-02-03")));
    assert_eq!(of(&of_another, &file, "2040-01-01"), kept(None, &[Why::NotDecided]));
}

/// A4
#[test]
fn a4_a_consultation_goes_within_three_months_and_only_by_a_decision() {
    let consultation = facts(Document::Consultation, "2026-11-30");
    let of_plan = |decided| {
        let rule = rule(DocumentKind::Consultation, Keep::MonthsAfter(3), decided);
        Schedule::new(ResearchSample::KeepAll).with(rule)
    };
    let decided = of_plan(Some("2026-02-03"));
    assert!(!is_due(&of(&decided, &consultation, "2027-02-28")));
    assert!(is_due(&of(&decided, &consultation, "2027-03-01")), "no child, so nothing is kept for research");
    assert!(!is_due(&of(&of_plan(None), &consultation, "2040-01-01")));
}

#[test]
fn l7_kinds_without_a_person_go_by_their_rule_alone() {
    let working = [Document::Drafts { approved: true }, Document::QueueWords { answered: true }];
    for document in [Document::Consultation, Document::Meeting, Document::AccessLog].into_iter().chain(working) {
        let keep = if document == Document::Consultation { Keep::MonthsAfter(1) } else { FIVE };
        let rule = rule(document.kind(), keep, Some("2020-01-01"));
        let plan = Schedule::new(ResearchSample::KeepAll).with(rule.clone());
        let last = keep.last_day(date("2026-11-25")).unwrap();
        let document = facts(document, "2026-11-25");
        assert!(!is_due(&verdict(&plan, &document, last)));
        let next = last.succ_opt().unwrap();
        assert_eq!(verdict(&plan, &document, next), Verdict::Due { since: next, rule });
        let held = Facts { holds: [Hold::Proceedings].into(), ..document };
        assert_eq!(verdict(&plan, &held, next), kept(None, &[Why::Held(Hold::Proceedings)]));
    }
}

#[test]
fn l7_what_is_needed_still_is_kept_whatever_its_time() {
    for document in [Document::Drafts { approved: false }, Document::QueueWords { answered: false }] {
        let rule = rule(document.kind(), Keep::MonthsAfter(0), Some("2020-01-01"));
        let plan = Schedule::new(ResearchSample::Days).with(rule);
        let facts = facts(document, "2026-11-25");
        assert_eq!(of(&plan, &facts, "2046-11-25"), kept(None, &[Why::InUse]));
        assert_eq!(of(&plan, &facts, "2026-11-25"), kept(None, &[Why::InUse]), "its time has not begun");
        let files_alone = self::plan(ResearchSample::KeepAll, FIVE);
        assert_eq!(
            of(&files_alone, &facts, "2046-11-25"),
            kept(None, &[Why::NotDecided, Why::InUse]),
            "each kind by its own"
        );
    }
}

#[test]
fn what_is_disposed_of_is_read_as_it_is_displayed() {
    for &kind in DocumentKind::ALL {
        let thing = Thing { kind, case: CaseId::from_uuid(Uuid::from_u128(7)) };
        assert_eq!(thing.to_string().parse(), Ok(thing));
    }
    for wrong in ["", "drafts", "drafts.", ".", "drafts.x", "whim.00000000-0000-0000-0000-000000000007"] {
        assert!(wrong.parse::<Thing>().is_err(), "{wrong}");
    }
}

/// L8
#[test]
fn l8_one_hold_that_is_lifted_leaves_the_others() {
    let plan = plan(ResearchSample::Days, FIVE);
    let free = facts(case("2015-03-04", true, false), "2020-03-10");
    let held = Facts { holds: [Hold::Request, Hold::Incident].into(), ..free.clone() };
    let both = [Why::Held(Hold::Request), Why::Held(Hold::Incident)];
    assert_eq!(of(&plan, &held, "2027-01-01"), kept(None, &both));
    let one = Facts { holds: [Hold::Incident].into(), ..free.clone() };
    assert_eq!(of(&plan, &one, "2027-01-01"), kept(None, &[Why::Held(Hold::Incident)]));
    assert!(is_due(&of(&plan, &free, "2027-01-01")));
}

/// The reasons, told anew from the law's words: every combination of what keeps a file.
fn reasons(plan: &Schedule, facts: &Facts, today: NaiveDate) -> BTreeSet<Why> {
    let mut all: BTreeSet<_> = facts.holds.iter().map(|hold| Why::Held(*hold)).collect();
    let rule = plan.rule(DocumentKind::CaseFile);
    if rule.and_then(|rule| rule.decided_by(today)).is_none() {
        all.insert(Why::NotDecided);
    }
    match rule.map(RetentionRule::keep) {
        Some(Keep::Forever) => all.insert(Why::Preserved),
        // The file below has an entry of 10 March 2026 and its child is born in March 2015: five years and thirty.
        Some(_) if today <= date("2031-03-10") => all.insert(Why::NotLongEnough { until: date("2031-03-10") }),
        _ => false,
    };
    let Document::CaseFile { born_on, closed, investigation } = facts.document else { return all };
    let thirty = date(if born_on == date("2015-03-05") { "2045-03-05" } else { "2045-03-06" });
    if investigation && today <= thirty {
        all.insert(Why::ThirtyYears { until: thirty });
    }
    match plan.sample() {
        ResearchSample::KeepAll => all.insert(Why::KeepAll),
        ResearchSample::Days if born_on == date("2015-03-05") => all.insert(Why::ResearchSample),
        ResearchSample::Days => false,
    };
    if !closed {
        all.insert(Why::Open);
    }
    all
}

fn holds() -> Vec<BTreeSet<Hold>> {
    (0..1_u8 << Hold::ALL.len())
        .map(|set| Hold::ALL.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1).map(|(_, hold)| *hold).collect())
        .collect()
}

#[test]
fn l7_l8_every_combination_is_kept_for_exactly_its_reasons() {
    let rules = [
        None,
        Some(rule(DocumentKind::CaseFile, FIVE, None)),
        Some(rule(DocumentKind::CaseFile, FIVE, Some("2026-02-03"))),
        Some(rule(DocumentKind::CaseFile, FIVE, Some("2040-01-01"))),
        Some(rule(DocumentKind::CaseFile, Keep::Forever, Some("2026-02-03"))),
    ];
    let days = ["2026-03-10", "2031-03-10", "2031-03-11", "2039-12-31", "2040-01-01", "2045-03-06", "2045-03-07"];
    let mut compared = 0;
    for (rule, &sample) in rules.iter().flat_map(|rule| ResearchSample::ALL.iter().map(move |sample| (rule, sample))) {
        let plan = rule.iter().cloned().fold(Schedule::new(sample), Schedule::with);
        for (born, flags) in ["2015-03-05", "2015-03-06"].into_iter().flat_map(|born| (0..4).map(move |f| (born, f))) {
            for holds in holds() {
                let document = case(born, flags & 1 == 1, flags & 2 == 2);
                let facts = Facts { holds, ..facts(document, "2026-03-10") };
                for today in days.map(date) {
                    let expected = reasons(&plan, &facts, today);
                    match verdict(&plan, &facts, today) {
                        Verdict::Due { since, .. } => assert!(expected.is_empty() && since <= today, "{facts:?}"),
                        Verdict::Kept { why, until } => {
                            assert_eq!(why, expected.iter().copied().collect::<Vec<_>>(), "{facts:?} {today}");
                            assert!(until.is_none_or(|until| today <= until));
                        }
                    }
                    compared += 1;
                }
            }
        }
    }
    assert_eq!(compared, 5 * 2 * 2 * 4 * 8 * 7);
}

prop_compose! {
    fn any_day()(number in 0..25_000_u64) -> NaiveDate {
        date("2000-01-01").checked_add_days(Days::new(number)).unwrap()
    }
}

prop_compose! {
    fn any_keep()(keep in prop_oneof![
        6 => (5_u16..40).prop_map(Keep::YearsAfterLastEntry),
        6 => (60_u16..300).prop_map(Keep::MonthsAfter),
        1 => Just(Keep::Forever),
    ]) -> Keep { keep }
}

prop_compose! {
    fn any_file()(
        born_on in any_day(), closed in prop::bool::weighted(0.8), investigation in prop::bool::weighted(0.3),
        last_entry_on in any_day(), held in prop::bool::weighted(0.3),
        holds in proptest::sample::subsequence(Hold::ALL.to_vec(), 0..=Hold::ALL.len()),
    ) -> Facts {
        let document = Document::CaseFile { born_on, closed, investigation };
        Facts { document, last_entry_on, holds: holds.into_iter().filter(|_| held).collect() }
    }
}

prop_compose! {
    fn any_plan()(keep in any_keep(), decided in proptest::option::weighted(0.8, any_day()), all in prop::bool::weighted(0.2)) -> Schedule {
        let sample = if all { ResearchSample::KeepAll } else { ResearchSample::Days };
        let decided = decided.and_then(|on| Decision::new("KS 2026/114", on));
        Schedule::new(sample).with(RetentionRule::new(DocumentKind::CaseFile, keep, decided).unwrap())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn l7_l8_more_that_keeps_never_lets_go_sooner(plan in any_plan(), file in any_file(), today in any_day(), hold in 0_usize..3) {
        let before = verdict(&plan, &file, today);
        let mut held = file.clone();
        held.holds.extend(Hold::ALL.get(hold));
        let Document::CaseFile { born_on, closed, .. } = file.document else { unreachable!() };
        let with = |document| Facts { document, ..file.clone() };
        let keep_all = Schedule::new(ResearchSample::KeepAll).with(plan.rule(DocumentKind::CaseFile).unwrap().clone());
        let later = Facts { last_entry_on: file.last_entry_on + Days::new(1), ..file.clone() };
        for (plan, file) in [
            (&plan, &held),
            (&keep_all, &file),
            (&plan, &with(Document::CaseFile { born_on, closed: false, investigation: false })),
            (&plan, &with(Document::CaseFile { born_on, closed, investigation: true })),
            (&plan, &later),
        ] {
            match (&before, verdict(plan, file, today)) {
                (Verdict::Due { since, .. }, Verdict::Due { since: after, .. }) => prop_assert!(*since <= after),
                (Verdict::Kept { .. }, after) => prop_assert!(!is_due(&after)),
                (Verdict::Due { .. }, Verdict::Kept { .. }) => {}
            }
        }
        prop_assert!(!is_due(&verdict(&plan, &held, today)) && !is_due(&verdict(&keep_all, &file, today)));
    }

    #[test]
    fn l7_what_is_due_is_past_every_time_and_stays_due(plan in any_plan(), file in any_file(), today in any_day(), later in 0_u64..20_000) {
        if let Verdict::Due { since, rule } = verdict(&plan, &file, today) {
            prop_assert!(since <= today);
            prop_assert!(rule.decided().unwrap().on() <= since);
            prop_assert!(rule.keep().last_day(file.last_entry_on).unwrap() < since);
            prop_assert!(file.last_entry_on + Days::new(5 * 365) < since, "never before five years");
            prop_assert!(file.holds.is_empty());
            prop_assert_eq!(verdict(&plan, &file, today + Days::new(later)), Verdict::Due { since, rule });
            let before = verdict(&plan, &file, since.pred_opt().unwrap());
            prop_assert!(!is_due(&before), "`since` is the first day");
        }
    }

    #[test]
    fn l7_until_is_the_last_day_it_is_kept(plan in any_plan(), file in any_file(), today in any_day()) {
        if let Verdict::Kept { until, why } = verdict(&plan, &file, today) {
            prop_assert!(!why.is_empty());
            let Some(until) = until else {
                prop_assert!(why.iter().any(|why| why.until().is_none()));
                return Ok(());
            };
            prop_assert!(today <= until);
            prop_assert!(!is_due(&verdict(&plan, &file, until)));
            prop_assert!(is_due(&verdict(&plan, &file, until.succ_opt().unwrap())));
        }
    }
}

// From what is due to what is gone.

fn at(hours: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hours)
}

fn word(person: u128, hours: i64) -> Word {
    Word { by: PersonId::from_uuid(Uuid::from_u128(person)), at: at(hours) }
}

fn is_now_due() -> Verdict {
    due("2031-03-11", rule(DocumentKind::CaseFile, FIVE, Some("2026-02-03")))
}

/// A disposal in each state.
fn every_state() -> Vec<Disposal> {
    let proposed = Disposal::propose(&is_now_due(), word(1, 0)).unwrap();
    let approved = proposed.approve(&is_now_due(), word(2, 1)).unwrap();
    let stopped = approved.stop(word(3, 2)).unwrap();
    let shredded = approved.shred(&is_now_due(), at(25)).unwrap();
    vec![proposed, approved, stopped, shredded]
}

#[test]
fn l7_the_states_have_these_moves_and_no_others() {
    let wrong = |disposal: &Disposal| DisposalRefusal::WrongState { state: disposal.state() };
    let all = every_state();
    assert_eq!(all.iter().map(Disposal::state).collect::<Vec<_>>(), DisposalState::ALL);
    for disposal in &all {
        let state = disposal.state();
        let moved = |to: Result<Disposal, DisposalRefusal>| match to {
            Ok(to) => Some(to.state()),
            Err(why) => {
                assert_eq!(why, wrong(disposal));
                None
            }
        };
        let approved = moved(disposal.approve(&is_now_due(), word(2, 1)));
        assert_eq!(approved, (state == DisposalState::Proposed).then_some(DisposalState::Approved));
        let stopped = moved(disposal.stop(word(3, 2)));
        let can_stop = matches!(state, DisposalState::Proposed | DisposalState::Approved);
        assert_eq!(stopped, can_stop.then_some(DisposalState::Stopped));
        let shredded = moved(disposal.shred(&is_now_due(), at(25)));
        assert_eq!(shredded, (state == DisposalState::Approved).then_some(DisposalState::Shredded));
        assert_eq!(disposal.shredded_from(), (state == DisposalState::Approved).then_some(at(25)));
    }
}

#[test]
fn l7_nobody_approves_what_they_proposed() {
    let proposed = Disposal::propose(&is_now_due(), word(1, 0)).unwrap();
    let refusal = proposed.approve(&is_now_due(), word(1, 1)).unwrap_err();
    assert_eq!((Refusal::from(&refusal), refusal), (Refusal::OwnProposal, DisposalRefusal::OwnProposal));
    assert!(proposed.approve(&is_now_due(), word(2, 1)).is_ok());
}

/// PRIV-07
#[test]
fn what_was_approved_can_be_stopped_for_a_whole_day_and_is_not_shredded_before() {
    let proposed = Disposal::propose(&is_now_due(), word(1, 0)).unwrap();
    let approved = proposed.approve(&is_now_due(), word(2, 1)).unwrap();
    let end = at(1) + GRACE;
    let early = approved.shred(&is_now_due(), end - TimeDelta::nanoseconds(1)).unwrap_err();
    assert_eq!((Refusal::from(&early), early), (Refusal::InGrace, DisposalRefusal::InGrace { until: end }));
    assert!(approved.shred(&is_now_due(), end).is_ok());
    for person in 1..4 {
        for hours in [1, 24, 25, 400] {
            let stopped = approved.stop(word(person, hours)).unwrap();
            assert_eq!(stopped.state(), DisposalState::Stopped, "also late, as long as it is not gone");
            assert!(stopped.shred(&is_now_due(), at(1_000)).is_err());
            let Disposal::Stopped { approved: whose, .. } = stopped else { unreachable!() };
            assert_eq!(whose, Some(word(2, 1)));
        }
    }
}

/// L8, edge case 47
#[test]
fn l8_what_is_kept_takes_no_step_but_to_be_stopped() {
    let held = kept(None, &[Why::Open, Why::Held(Hold::Request)]);
    let refusal = DisposalRefusal::Kept(vec![Why::Open, Why::Held(Hold::Request)]);
    assert_eq!(Refusal::from(&refusal), Refusal::RecordKept);
    assert_eq!(Disposal::propose(&held, word(1, 0)), Err(refusal.clone()));
    let proposed = Disposal::propose(&is_now_due(), word(1, 0)).unwrap();
    assert_eq!(proposed.approve(&held, word(2, 1)), Err(refusal.clone()));
    let approved = proposed.approve(&is_now_due(), word(2, 1)).unwrap();
    assert_eq!(approved.shred(&held, at(400)), Err(refusal), "asked for after it was approved");
    assert!(approved.stop(word(3, 2)).is_ok());
}

#[test]
fn l7_the_proof_tells_the_rule_the_people_and_the_times() {
    let all = every_state();
    let Some(Disposal::Shredded(proof)) = all.last() else { unreachable!() };
    assert_eq!(proof.rule, rule(DocumentKind::CaseFile, FIVE, Some("2026-02-03")));
    assert_eq!((proof.since, proof.shredded_at), (date("2031-03-11"), at(25)));
    assert_eq!((proof.proposed, proof.approved), (word(1, 0), word(2, 1)));
    let refusal = all.last().unwrap().stop(word(1, 26)).unwrap_err();
    assert_eq!(Refusal::from(&refusal), Refusal::DisposalState);
}

proptest! {
    #[test]
    fn l7_whatever_is_tried_in_whatever_order_two_people_and_a_day_lie_before_the_end(
        steps in proptest::collection::vec((0_u8..3, 1_u128..4, 0_i64..40, any::<bool>()), 0..12),
    ) {
        let held = kept(None, &[Why::Open]);
        let mut disposal = Disposal::propose(&is_now_due(), word(1, 0)).unwrap();
        let mut now = 0;
        for (step, person, hours, is_due) in steps {
            now += hours;
            let verdict = if is_due { is_now_due() } else { held.clone() };
            let next = match step {
                0 => disposal.approve(&verdict, word(person, now)),
                1 => disposal.shred(&verdict, at(now)),
                _ => disposal.stop(word(person, now)),
            };
            if let (Disposal::Stopped { .. } | Disposal::Shredded(_), Ok(_)) = (&disposal, &next) {
                prop_assert!(false, "the end is the end");
            }
            disposal = next.unwrap_or(disposal);
        }
        if let Disposal::Shredded(proof) = disposal {
            prop_assert!(proof.proposed.by != proof.approved.by);
            prop_assert!(proof.shredded_at - proof.approved.at >= GRACE);
        }
    }
}
