//! Who may know of a case, who may hear it in the room, and who may write and review its minutes.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up fails")]

mod consultation;
mod minutes;
mod review;
mod room;
mod visibility;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::consent::{
    Answer, CaseFacts, Consent, Guardianship, Parties, Phase, PhaseChange, Purpose, Signature, Signer,
};
use domain::id::{ConsentId, GuardianId, UnitId, Uuid};

const SCHOOL: UnitId = unit(1);
const SOCIAL: UnitId = unit(2);
const BUP: UnitId = unit(3);
const FK: UnitId = unit(4);

const fn unit(number: u128) -> UnitId {
    UnitId::from_uuid(Uuid::from_u128(number))
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A case whose only guardian agreed to school, social services and BUP from October 2026 to June 2027.
fn open_case() -> CaseFacts {
    let guardian = GuardianId::from_uuid(Uuid::from_u128(1));
    let agreed = Signature {
        by: Signer::Guardian(guardian),
        on: date("2026-10-01"),
        answer: Answer::Agreed,
        receivers: BTreeSet::from([SCHOOL, SOCIAL, BUP]),
    };
    CaseFacts {
        born_on: date("2014-03-02"),
        guardians: vec![Guardianship { id: guardian, from: date("2014-03-02"), until: None, custody: true }],
        phases: vec![],
        consents: vec![Consent {
            id: ConsentId::from_uuid(Uuid::from_u128(1)),
            purposes: BTreeSet::from([Purpose::CollaborationMeeting]),
            categories: BTreeSet::new(),
            obtained_at: at("2026-10-01T10:00:00Z"),
            valid_from: date("2026-10-01"),
            valid_until: date("2027-06-30"),
            signatures: vec![agreed],
            withdrawals: vec![],
            prevented: vec![],
            parties: Parties::default(),
            annulled_at: None,
        }],
    }
}

/// The same case after a concern report at noon on 20 November.
fn reported_case() -> CaseFacts {
    let mut case = open_case();
    case.phases.push(PhaseChange { at: at("2026-11-20T11:00:00Z"), to: Phase::ConcernReport });
    case
}
