//! The one function that decides.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::facts::{Answer, CaseFacts, Consent, Parties, Phase, Prevented, Purpose, Scope, Signature, Signer};
use crate::age::{CHILD_SIGNS_FROM, OF_AGE, birthday};
use crate::id::{ConsentId, GuardianId, UnitId};
use crate::time::{day, minute_of};

coded! {
    /// Why nobody may hear of a case.
    pub enum Reason {
        /// No consent for the purpose has been obtained.
        NoConsent => "no_consent",
        /// Taken back (C13).
        Withdrawn => "withdrawn",
        /// The case has passed between voluntary support and report or investigation, or the young person has turned 18,
        /// since the consent was obtained (C12, C15).
        NeedsRenewal => "needs_renewal",
        /// Its last day has passed.
        Expired => "expired",
        /// Its first day has not come.
        NotYetValid => "not_yet_valid",
        /// A required signer said no (C7).
        Refused => "refused",
        /// A required signer has not answered, or nobody can sign (C6, C11, C18).
        AwaitingSignatures => "awaiting_signatures",
        /// The signers named no receiver in common (C5).
        NoCommonReceiver => "no_common_receiver",
    }
}

coded! {
    /// What the staff of a covered unit may do while the case is heard.
    pub enum Voice {
        /// Hear and tell.
        Tells => "tells",
        /// Hear only, as the signers said.
        Listens => "listens",
        /// Hear only, until the unit has acknowledged that it holds the consent (C20).
        Unacknowledged => "unacknowledged",
    }
}

/// What a case's consent allows at an instant; by default nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The units whose staff may hear the case.
    pub covered: BTreeSet<UnitId>,
    /// The consent that decided; none where there is no consent.
    pub consent: Option<ConsentId>,
    /// Why nobody is covered; none where someone is.
    pub reason: Option<Reason>,
    /// Where a guardian decides alone, as the other cannot: the last local day of that (C8).
    pub alone_until: Option<NaiveDate>,
    /// Of the covered units, those that may only listen.
    pub listeners: BTreeSet<UnitId>,
    /// Of the covered units, those that have acknowledged that they hold the consent (C20).
    pub acknowledged: BTreeSet<UnitId>,
}

impl Standing {
    /// Whether anyone may hear the case (C1).
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.covered.is_empty()
    }

    /// Whether this unit may hear the case.
    #[must_use]
    pub fn covers(&self, unit: UnitId) -> bool {
        self.covered.contains(&unit)
    }

    /// What this unit's staff may do while the case is heard; none where it may not even hear it.
    #[must_use]
    pub fn voice(&self, unit: UnitId) -> Option<Voice> {
        self.covers(unit).then(|| match (self.listeners.contains(&unit), self.acknowledged.contains(&unit)) {
            (true, _) => Voice::Listens,
            (false, false) => Voice::Unacknowledged,
            (false, true) => Voice::Tells,
        })
    }

    fn open(consent: &Consent, covered: BTreeSet<UnitId>, alone_until: Option<NaiveDate>, at: DateTime<Utc>) -> Self {
        let Parties { listeners, acknowledged, .. } = &consent.parties;
        let acknowledged = acknowledged.iter().filter(|(_, since)| **since <= at).map(|(unit, _)| *unit).collect();
        Self {
            listeners: &covered & listeners,
            acknowledged: &covered & &acknowledged,
            covered,
            consent: Some(consent.id),
            reason: None,
            alone_until,
        }
    }
}

/// What consent to collaboration meetings allows at an instant.
#[must_use]
pub fn standing(facts: &CaseFacts, at: DateTime<Utc>) -> Standing {
    standing_for(facts, Purpose::CollaborationMeeting, at)
}

/// What consent to one purpose allows at an instant.
///
/// The newest consent that covers anyone decides; where none does, the newest gives the reason.
#[must_use]
pub fn standing_for(facts: &CaseFacts, purpose: Purpose, at: DateTime<Utc>) -> Standing {
    let mut consents: Vec<_> = facts
        .consents
        .iter()
        .enumerate()
        .filter(|(_, consent)| {
            consent.purposes.contains(&purpose) && consent.obtained_at <= at && !consent.is_annulled(at)
        })
        .collect();
    consents.sort_by_key(|(place, consent)| Reverse((consent.obtained_at, *place)));

    let required = required_signers(facts, day(at));
    let mut closed = Standing { reason: Some(Reason::NoConsent), ..Standing::default() };
    for (_, consent) in consents {
        let (signers, alone_until) = signers_of(&consent.prevented, &required, day(at));
        match judge(facts, consent, &signers, at) {
            Ok(covered) => return Standing::open(consent, covered, alone_until, at),
            Err(reason) if closed.consent.is_none() => {
                closed.consent = Some(consent.id);
                closed.reason = Some(reason);
            }
            Err(_) => {}
        }
    }
    closed
}

/// Who must have agreed on a local day (C3, C18): that day's guardians, from 15 the child as well, from 18 the young
/// person alone. Empty where a child under 15 has no guardian: then nobody can sign.
#[must_use]
pub fn required_signers(facts: &CaseFacts, day: NaiveDate) -> BTreeSet<Signer> {
    let child = (day >= birthday(facts.born_on, CHILD_SIGNS_FROM)).then_some(Signer::Child);
    let guardians = facts
        .guardians
        .iter()
        .filter(|_| day < birthday(facts.born_on, OF_AGE))
        .filter(|guardian| guardian.decides_on(day))
        .map(|guardian| Signer::Guardian(guardian.id));
    guardians.chain(child).collect()
}

/// Whose answer a consent needs of those required on a local day, and until when it does without somebody's (C8). One guardian
/// always answers: nobody decides alone where nobody is left.
#[must_use]
pub fn signers_of(
    prevented: &[Prevented],
    required: &BTreeSet<Signer>,
    today: NaiveDate,
) -> (BTreeSet<Signer>, Option<NaiveDate>) {
    let absent =
        |signer: &Signer| prevented.iter().any(|one| Signer::Guardian(one.guardian) == *signer && today <= one.until);
    let (without, signers): (BTreeSet<_>, BTreeSet<_>) = required.iter().copied().partition(absent);
    if without.is_empty() || !signers.iter().any(|signer| matches!(signer, Signer::Guardian(_))) {
        return (required.clone(), None);
    }
    let last = |signer: &Signer| {
        let of = prevented.iter().filter(|one| Signer::Guardian(one.guardian) == *signer);
        of.map(|one| one.until).max()
    };
    (signers, without.iter().filter_map(last).min())
}

/// Whose consent counts today, and so who can take it back: who must sign, and every parent whose own it is in some part.
#[must_use]
pub fn may_take_back(facts: &CaseFacts, day: NaiveDate) -> BTreeSet<Signer> {
    let live = facts.consents.iter().filter(|consent| day <= consent.valid_until);
    let parents = live.flat_map(|consent| consent.parties.on_parent.values().map(|parent| Signer::Guardian(*parent)));
    required_signers(facts, day).into_iter().chain(parents).collect()
}

/// The phase of the case at an instant: the latest change whose minute has come.
#[must_use]
pub fn phase_at(facts: &CaseFacts, at: DateTime<Utc>) -> Phase {
    facts
        .phases
        .iter()
        .filter(|change| minute_of(change.at) <= at)
        .max_by_key(|change| change.at)
        .map_or(Phase::VoluntarySupport, |change| change.to)
}

/// Whom one consent covers at an instant, or the first reason why nobody.
fn judge(
    facts: &CaseFacts,
    consent: &Consent,
    signers: &BTreeSet<Signer>,
    at: DateTime<Utc>,
) -> Result<BTreeSet<UnitId>, Reason> {
    let withdrawn = withdrawn(facts, consent, at)?;
    let today = day(at);
    if passed_between_phases(facts, consent, at) || turned_18_since(facts, consent, today) {
        return Err(Reason::NeedsRenewal);
    }
    if today > consent.valid_until {
        return Err(Reason::Expired);
    }
    if today < consent.valid_from {
        return Err(Reason::NotYetValid);
    }
    let named_by = |parent| agreed_to(latest_answer(&consent.signatures, Signer::Guardian(parent), today));
    let named = named_by_all(consent, signers, today)?;
    let mut covered = as_parents_agree(&consent.parties.on_parent, named, named_by);
    covered.retain(|unit| !withdrawn.contains(unit));
    match (covered.is_empty(), withdrawn.is_empty()) {
        (false, _) => Ok(covered),
        (true, false) => Err(Reason::Withdrawn),
        (true, true) => Err(Reason::NoCommonReceiver),
    }
}

/// C21: of the units all have named, those whose part is a parent's own take part where that parent's yes names them and everybody
/// who would hear them, whoever else decides for the child. What is taken back later counts for nothing here: it opens nothing.
pub(super) fn as_parents_agree(
    on_parent: &BTreeMap<UnitId, GuardianId>,
    mut named: BTreeSet<UnitId>,
    named_by: impl Fn(GuardianId) -> BTreeSet<UnitId>,
) -> BTreeSet<UnitId> {
    let silent =
        |(unit, parent): &(&UnitId, &GuardianId)| named.contains(unit) && !named.is_subset(&named_by(**parent));
    let leave: Vec<UnitId> = on_parent.iter().filter(silent).map(|(unit, _)| *unit).collect();
    named.retain(|unit| !leave.contains(unit));
    named
}

/// Whom an answer says yes to.
pub(super) fn agreed_to(answer: Option<&Signature>) -> BTreeSet<UnitId> {
    answer.filter(|answer| answer.answer == Answer::Agreed).map(|answer| answer.receivers.clone()).unwrap_or_default()
}

/// The receivers taken back by those who could, or that all was (C13). A parent can always take back what is the parent's own: some
/// of it, or all by taking back somebody who would hear it.
fn withdrawn(facts: &CaseFacts, consent: &Consent, at: DateTime<Utc>) -> Result<BTreeSet<UnitId>, Reason> {
    let mut receivers = BTreeSet::new();
    for withdrawal in &consent.withdrawals {
        // Who may take back is who must sign on that day: the same two lines of the law.
        let decides = required_signers(facts, day(withdrawal.at)).contains(&withdrawal.by);
        if at < minute_of(withdrawal.at) || !facts.counts(withdrawal, at) {
            continue;
        }
        if !decides {
            let own = own_of(consent, withdrawal.by);
            match &withdrawal.scope {
                Scope::Receivers(units) if units.is_subset(&own) => receivers.extend(units),
                Scope::Receivers(_) | Scope::All => receivers.extend(own),
            }
            continue;
        }
        match &withdrawal.scope {
            Scope::All => return Err(Reason::Withdrawn),
            Scope::Receivers(units) => receivers.extend(units),
        }
    }
    Ok(receivers)
}

/// The units whose part is what they know of this parent (C21).
fn own_of(consent: &Consent, by: Signer) -> BTreeSet<UnitId> {
    let own = consent.parties.on_parent.iter().filter(|(_, parent)| Signer::Guardian(**parent) == by);
    own.map(|(unit, _)| *unit).collect()
}

/// C15: whether a change since the consent was obtained passed between voluntary support and report or investigation,
/// even where a later change led back.
fn passed_between_phases(facts: &CaseFacts, consent: &Consent, at: DateTime<Utc>) -> bool {
    let mut changes: Vec<_> = facts.phases.iter().filter(|change| minute_of(change.at) <= at).collect();
    changes.sort_by_key(|change| change.at);
    let before = std::iter::once(Phase::VoluntarySupport).chain(changes.iter().map(|change| change.to));
    changes
        .iter()
        .zip(before)
        // Of the very same moment nobody knows which came first: the stricter.
        .any(|(change, before)| change.at >= consent.obtained_at && before.breaks_consent(change.to))
}

/// C12: guardians' consent ends with custody; the young person then gives their own.
fn turned_18_since(facts: &CaseFacts, consent: &Consent, today: NaiveDate) -> bool {
    let of_age = birthday(facts.born_on, OF_AGE);
    day(consent.obtained_at) < of_age && of_age <= today
}

/// The receivers every required signer named by a day (C5).
fn named_by_all(consent: &Consent, signers: &BTreeSet<Signer>, today: NaiveDate) -> Result<BTreeSet<UnitId>, Reason> {
    let answers: Vec<_> = signers.iter().map(|signer| latest_answer(&consent.signatures, *signer, today)).collect();
    if answers.iter().flatten().any(|signature| signature.answer == Answer::Refused) {
        return Err(Reason::Refused);
    }
    let mut named: Option<BTreeSet<UnitId>> = None;
    for answer in answers {
        let receivers = &answer.ok_or(Reason::AwaitingSignatures)?.receivers;
        named = Some(named.map_or_else(|| receivers.clone(), |named| &named & receivers));
    }
    named.ok_or(Reason::AwaitingSignatures)
}

/// A signer's latest answer by a day; of several on one day the one recorded last.
fn latest_answer(signatures: &[Signature], signer: Signer, today: NaiveDate) -> Option<&Signature> {
    signatures
        .iter()
        .filter(|signature| signature.by == signer && signature.on <= today)
        .max_by_key(|signature| signature.on)
}
