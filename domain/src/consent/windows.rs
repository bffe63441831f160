//! When coverage begins and ends, if nothing more happens.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::facts::{Answer, CaseFacts, Consent, Purpose, Signer};
use super::standing::standing_for;
use crate::age::{CHILD_SIGNS_FROM, OF_AGE, birthday};
use crate::id::UnitId;
use crate::time::{day, end_of, minute_of, start_of};

/// A stretch of time during which the same units are covered. The gate below the program stores it per unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The first instant.
    pub opens_at: DateTime<Utc>,
    /// The first instant after it; none where nothing known ends it.
    pub closes_at: Option<DateTime<Utc>>,
    /// The units covered; never empty.
    pub covered: BTreeSet<UnitId>,
}

impl Window {
    /// Whether an instant lies in it.
    #[must_use]
    pub fn holds(&self, at: DateTime<Utc>) -> bool {
        self.opens_at <= at && self.closes_at.is_none_or(|closes_at| at < closes_at)
    }
}

/// [`windows_for`] collaboration meetings.
#[must_use]
pub fn windows(facts: &CaseFacts, from: DateTime<Utc>) -> Vec<Window> {
    windows_for(facts, Purpose::CollaborationMeeting, from)
}

/// The longest stretches from `from` on during which coverage is constant and someone is covered, in order. At any
/// instant from `from` on, [`super::standing`] covers exactly the units of the window that holds it, or nobody.
#[must_use]
pub fn windows_for(facts: &CaseFacts, purpose: Purpose, from: DateTime<Utc>) -> Vec<Window> {
    let mut turns = turning_points(facts).split_off(&from);
    turns.insert(from);

    let closings = turns.iter().skip(1).copied().map(Some).chain([None]);
    let mut windows: Vec<Window> = Vec::new();
    for (opens_at, closes_at) in turns.iter().copied().zip(closings) {
        let covered = standing_for(facts, purpose, opens_at).covered;
        match windows.last_mut() {
            Some(last) if last.closes_at == Some(opens_at) && last.covered == covered => last.closes_at = closes_at,
            _ if covered.is_empty() => {}
            _ => windows.push(Window { opens_at, closes_at, covered }),
        }
    }
    windows
}

/// The last local day on which exactly the units covered at an instant are still covered; none where nobody is covered
/// or nothing known ends it. For "gäller till och med".
#[must_use]
pub fn ends_on(facts: &CaseFacts, at: DateTime<Utc>) -> Option<NaiveDate> {
    let closes_at = windows(facts, at).first().filter(|window| window.holds(at))?.closes_at?;
    Some(day(closes_at - chrono::TimeDelta::nanoseconds(1)))
}

/// C11: the 15th birthday, from which the child's signature will be missing; none where the child has agreed by then or
/// the consent has ended before. Warn 60 and 30 days ahead.
#[must_use]
pub fn signature_needed_from(facts: &CaseFacts, consent: &Consent) -> Option<NaiveDate> {
    let needed_from = birthday(facts.born_on, CHILD_SIGNS_FROM);
    let agreed = consent
        .signatures
        .iter()
        .filter(|signature| signature.by == Signer::Child)
        .max_by_key(|signature| signature.on)
        .is_some_and(|signature| signature.answer == Answer::Agreed);
    (!agreed && needed_from <= consent.valid_until).then_some(needed_from)
}

/// Every instant at which the facts can change what is allowed.
fn turning_points(facts: &CaseFacts) -> BTreeSet<DateTime<Utc>> {
    let ages = [CHILD_SIGNS_FROM, OF_AGE].map(|years| start_of(birthday(facts.born_on, years)));
    let guardians = facts
        .guardians
        .iter()
        .flat_map(|guardian| std::iter::once(start_of(guardian.from)).chain(guardian.until.map(end_of)));
    let phases = facts.phases.iter().map(|change| minute_of(change.at));
    let consents = facts.consents.iter().flat_map(|consent| {
        let period = [consent.obtained_at, start_of(consent.valid_from), end_of(consent.valid_until)];
        let answers = consent.signatures.iter().map(|signature| start_of(signature.on));
        let withdrawals = consent.withdrawals.iter().map(|withdrawal| minute_of(withdrawal.at));
        let prevented = consent.prevented.iter().map(|one| end_of(one.until));
        let annulled = consent.annulled_at.map(minute_of);
        period.into_iter().chain(answers).chain(withdrawals).chain(prevented).chain(annulled)
    });
    ages.into_iter().chain(guardians).chain(phases).chain(consents).collect()
}
