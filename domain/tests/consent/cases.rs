//! Cases to hold the rules against: one plain case, and a strategy for cases of every shape.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use domain::consent::{
    Answer, CaseFacts, Consent, Guardianship, InfoCategory, Parties, Phase, PhaseChange, Prevented, Purpose, Scope,
    Signature, Signer, Withdrawal,
};
use domain::id::{ConsentId, GuardianId, UnitId, Uuid};
use domain::time::{instant, start_of};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;

pub const SCHOOL: UnitId = unit(1);
pub const SOCIAL: UnitId = unit(2);
pub const BUP: UnitId = unit(3);
pub const FK: UnitId = unit(4);
pub const MOTHER: Signer = guardian(1);
pub const FATHER: Signer = guardian(2);

pub const fn unit(number: u128) -> UnitId {
    UnitId::from_uuid(Uuid::from_u128(number))
}

pub const fn guardian_id(number: u128) -> GuardianId {
    GuardianId::from_uuid(Uuid::from_u128(number))
}

pub const fn guardian(number: u128) -> Signer {
    Signer::Guardian(guardian_id(number))
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A local time, `2026-11-26 09:10`.
pub fn at(text: &str) -> DateTime<Utc> {
    instant(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()).unwrap()
}

pub fn agreed(by: Signer, on: &str, receivers: &[UnitId]) -> Signature {
    Signature { by, on: date(on), answer: Answer::Agreed, receivers: receivers.iter().copied().collect() }
}

pub fn withdrawn(by: Signer, at_local: &str, scope: Scope) -> Withdrawal {
    Withdrawal { by, at: at(at_local), scope, implied_by: None }
}

/// A child of twelve whose two guardians agreed on 1 October 2026, until the end of June.
pub fn plain_case() -> CaseFacts {
    let mother = Guardianship { id: guardian_id(1), from: date("2014-03-02"), until: None, custody: true };
    let everyone = [SCHOOL, SOCIAL, BUP];
    CaseFacts {
        born_on: date("2014-03-02"),
        guardians: vec![mother, Guardianship { id: guardian_id(2), ..mother }],
        phases: vec![PhaseChange { at: at("2026-09-01 08:00"), to: Phase::VoluntarySupport }],
        consents: vec![Consent {
            id: ConsentId::from_uuid(Uuid::from_u128(1)),
            purposes: BTreeSet::from([Purpose::CollaborationMeeting]),
            categories: BTreeSet::from([InfoCategory::School, InfoCategory::Social]),
            obtained_at: at("2026-10-01 12:00"),
            valid_from: date("2026-10-01"),
            valid_until: date("2027-06-30"),
            signatures: vec![agreed(MOTHER, "2026-10-01", &everyone), agreed(FATHER, "2026-10-01", &everyone)],
            withdrawals: vec![],
            prevented: vec![],
            parties: Parties::default(),
            annulled_at: None,
        }],
    }
}

/// The first day of the time cases play in, two years long.
fn first_day() -> NaiveDate {
    date("2026-01-01")
}

prop_compose! {
    pub fn any_day()(days in 0_u64..730) -> NaiveDate {
        first_day() + Days::new(days)
    }
}

prop_compose! {
    pub fn any_instant()(minutes in 0_i64..730 * 24 * 60, seconds in prop_oneof![Just(0_i64), 0_i64..60]) -> DateTime<Utc> {
        start_of(first_day()) + TimeDelta::minutes(minutes) + TimeDelta::seconds(seconds)
    }
}

fn any_receivers() -> impl Strategy<Value = BTreeSet<UnitId>> {
    let everyone: BTreeSet<UnitId> = (1..=4).map(unit).collect();
    prop_oneof![4 => Just(everyone), 1 => btree_set((1_u128..=4).prop_map(unit), 0..4)]
}

fn any_signer() -> impl Strategy<Value = Signer> {
    prop_oneof![Just(Signer::Child), (1_u128..=3).prop_map(guardian)]
}

prop_compose! {
    fn any_signature(by: Signer)(
        on in prop_oneof![3 => Just(first_day()), 1 => any_day()],
        agreed in prop::bool::weighted(0.95),
        receivers in any_receivers(),
    ) -> Signature {
        Signature { by, on, answer: if agreed { Answer::Agreed } else { Answer::Refused }, receivers }
    }
}

/// Mostly one answer; now and then none, or a second one.
fn any_answers(by: Signer) -> impl Strategy<Value = Vec<Signature>> {
    prop_oneof![
        1 => Just(vec![]),
        8 => vec(any_signature(by), 1),
        1 => vec(any_signature(by), 2),
    ]
}

prop_compose! {
    /// Of a consent; now and then implied by one that came later.
    fn any_withdrawal(of: u128)(
        by in any_signer(),
        at in any_instant(),
        receivers in option::of(any_receivers()),
        implied in prop::bool::weighted(0.3),
    ) -> Withdrawal {
        let implied_by = implied.then(|| ConsentId::from_uuid(Uuid::from_u128(of + 1)));
        Withdrawal { by, at, scope: receivers.map_or(Scope::All, Scope::Receivers), implied_by }
    }
}

prop_compose! {
    fn any_prevented()(number in 1_u128..=3, until in any_day()) -> Prevented {
        Prevented { guardian: guardian_id(number), until }
    }
}

/// Now and then a unit that comes for a parent's own part, one that may only listen, and who has acknowledged it since when.
fn any_parties() -> impl Strategy<Value = Parties> {
    let units = || (1_u128..=4).prop_map(unit);
    let on_parent = btree_map(units(), (1_u128..=3).prop_map(guardian_id), 0..2);
    (on_parent, btree_set(units(), 0..2), btree_map(units(), any_instant(), 0..4))
        .prop_map(|(on_parent, listeners, acknowledged)| Parties { on_parent, listeners, acknowledged })
}

prop_compose! {
    fn any_consent(number: u128)(
        obtained_at in prop_oneof![2 => Just(start_of(first_day())), 1 => any_instant()],
        meeting in prop::bool::weighted(0.9),
        valid_from in prop_oneof![3 => Just(first_day()), 1 => any_day()],
        days in prop_oneof![3 => 400_u64..800, 1 => 0_u64..400],
        signatures in [Signer::Child, guardian(1), guardian(2), guardian(3)]
            .map(any_answers)
            .prop_map(|signatures| signatures.concat()),
        withdrawals in prop_oneof![3 => Just(vec![]), 1 => vec(any_withdrawal(number), 1..3)],
        prevented in prop_oneof![5 => Just(vec![]), 1 => vec(any_prevented(), 1..3)],
        parties in prop_oneof![2 => Just(Parties::default()), 1 => any_parties()],
        annulled_at in prop_oneof![9 => Just(None), 1 => any_instant().prop_map(Some)],
    ) -> Consent {
        let purpose = if meeting { Purpose::CollaborationMeeting } else { Purpose::CoordinatedPlan };
        Consent {
            id: ConsentId::from_uuid(Uuid::from_u128(number)),
            purposes: BTreeSet::from([purpose]),
            categories: BTreeSet::from([InfoCategory::School]),
            obtained_at,
            valid_from,
            valid_until: valid_from + Days::new(days),
            signatures,
            withdrawals,
            prevented,
            parties,
            annulled_at,
        }
    }
}

prop_compose! {
    fn any_guardianship(number: u128)(
        since in prop_oneof![4 => Just(date("2000-01-01")), 1 => any_day()],
        until in prop_oneof![4 => Just(None), 1 => any_day().prop_map(Some)],
        custody in prop::bool::weighted(0.9),
    ) -> Guardianship {
        Guardianship { id: guardian_id(number), from: since, until, custody }
    }
}

fn any_phase_change() -> impl Strategy<Value = PhaseChange> {
    (any_instant(), prop::sample::select(Phase::ALL)).prop_map(|(at, to)| PhaseChange { at, to })
}

prop_compose! {
    /// Cases of every shape, many of them covered at some time: children of eight to nineteen, up to three guardians who
    /// come and go, changes of phase, up to three consents with answers, changed answers and withdrawals.
    pub fn any_case()(
        age_in_days in prop_oneof![3_000_u64..5_000, 5_300_u64..5_700, 6_400_u64..6_800],
        guardians in (prop_oneof![1 => Just(0), 4 => Just(1), 6 => Just(2), 1 => Just(3_usize)], (any_guardianship(1), any_guardianship(2), any_guardianship(3))),
        phases in prop_oneof![2 => Just(vec![]), 1 => vec(any_phase_change(), 1..4)],
        consents in (prop_oneof![1 => Just(0), 12 => 1_usize..4], (any_consent(1), any_consent(2), any_consent(3))),
    ) -> CaseFacts {
        let (count, (first, second, third)) = guardians;
        let guardians = [first, second, third].into_iter().take(count).collect();
        let (count, (first, second, third)) = consents;
        let consents = [first, second, third].into_iter().take(count).collect();
        CaseFacts { born_on: first_day() - Days::new(age_in_days), guardians, phases, consents }
    }
}

/// Every instant the facts name, and those just around them: where rules change is where they fail.
pub fn telling_instants(facts: &CaseFacts) -> Vec<DateTime<Utc>> {
    let days = facts.consents.iter().flat_map(|consent| {
        let signed = consent.signatures.iter().map(|signature| signature.on);
        let alone = consent.prevented.iter().flat_map(|one| [one.until, one.until + Days::new(1)]);
        signed.chain(alone).chain([consent.valid_from, consent.valid_until, consent.valid_until + Days::new(1)])
    });
    let custody = facts.guardians.iter().flat_map(|guardian| [Some(guardian.from), guardian.until]).flatten();
    let ages = [15, 18].map(|years| domain::age::birthday(facts.born_on, years));
    let starts = days.chain(custody).chain(ages).map(start_of);
    let instants = facts.consents.iter().flat_map(|consent| {
        let taken_back = consent.withdrawals.iter().map(|withdrawal| withdrawal.at);
        taken_back.chain([consent.obtained_at]).chain(consent.annulled_at)
    });
    let phases = facts.phases.iter().map(|change| change.at);
    starts
        .chain(instants)
        .chain(phases)
        .flat_map(|at| [-60, -1, 0, 1, 60].map(|by| at + TimeDelta::seconds(by)))
        .collect()
}
