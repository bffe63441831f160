//! What follows when a consent is recorded: since when it counts, and what it takes back of the earlier ones.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::facts::{Answer, CaseFacts, Consent, Phase, PhaseChange, Scope, Signature, Signer, Withdrawal};
use super::standing::required_signers;
use crate::id::{ConsentId, GuardianId, UnitId};
use crate::time::{day, start_of};

/// How a form names the child among the signers.
const CHILD: &str = "child";

/// As forms name a signer: `child`, or the guardian's id.
impl fmt::Display for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Child => f.write_str(CHILD),
            Self::Guardian(id) => fmt::Display::fmt(id, f),
        }
    }
}

impl FromStr for Signer {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        if text == CHILD { Ok(Self::Child) } else { text.parse().map(Self::Guardian) }
    }
}

/// Who may answer a consent for a period: everybody whose answer is needed on some day of it (C3, C11, C12, C18), and the parents
/// without custody, for what is their own (C21).
#[must_use]
pub fn signers_within(facts: &CaseFacts, from: NaiveDate, until: NaiveDate) -> BTreeSet<Signer> {
    let changes = facts.guardians.iter().map(|guardian| guardian.from).filter(|day| (from..=until).contains(day));
    let required = changes.chain([from, until]).flat_map(|day| required_signers(facts, day));
    required.chain(parents_without_custody(facts, from)).collect()
}

/// The parents without custody who are asked on a local day or later.
fn parents_without_custody(facts: &CaseFacts, day: NaiveDate) -> impl Iterator<Item = Signer> {
    let asked = facts.guardians.iter().filter(move |one| !one.custody && one.until.is_none_or(|until| day <= until));
    asked.map(|one| Signer::Guardian(one.id))
}

coded! {
    /// How an answer was given.
    pub enum Method {
        /// On the form, signed by hand.
        Paper => "paper",
        /// In words; off until a municipality allows it (C22).
        Oral => "oral",
        /// By electronic signature.
        ESigned => "e_signed",
    }
}

/// The last day of the school year a day lies in or before, as forms offer it: 10 June. The year ends in June
/// (skolförordning 2011:185 3 kap. 3 §); the very day is each school's.
#[must_use]
pub fn school_year_end(day: NaiveDate) -> NaiveDate {
    let in_year = |year| NaiveDate::from_ymd_opt(year, 6, 10).unwrap_or(NaiveDate::MAX);
    let this_year = in_year(day.year());
    if day <= this_year { this_year } else { in_year(day.year().saturating_add(1)) }
}

/// The instant from which a consent recorded at `now` counts as obtained.
///
/// That is `now`, so that of several consents the one recorded last is the newest. But where somebody answered on an
/// earlier day and the case has since passed between voluntary support and report or investigation, it is the start of
/// that day: answers of one phase do not hold in the other, however late the form arrives (C2, C15). A change on the very
/// day of the answer counts as after it: the stricter choice, as nobody wrote down the hour.
#[must_use]
pub fn obtained_at(facts: &CaseFacts, signatures: &[Signature], now: DateTime<Utc>) -> DateTime<Utc> {
    let Some(earliest) = signatures.iter().map(|signature| signature.on).min().filter(|day_| *day_ < day(now)) else {
        return now;
    };
    let overtaken = breaks(facts).any(|change| change.at <= now && earliest <= day(change.at));
    if overtaken { start_of(earliest) } else { now }
}

/// The changes of phase that end consents (C15), in order.
fn breaks(facts: &CaseFacts) -> impl Iterator<Item = PhaseChange> {
    let mut changes = facts.phases.clone();
    changes.sort_by_key(|change| change.at);
    let mut phase = Phase::VoluntarySupport;
    changes.into_iter().filter(move |change| {
        let breaking = phase.breaks_consent(change.to);
        phase = change.to;
        breaking
    })
}

/// Somebody signed before the day they last took consent back: a form that has been overtaken (C13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedTooEarly {
    /// The day of the withdrawal, from which an answer counts again.
    pub earliest: NaiveDate,
}

/// Whether an answer is older than its signer's last withdrawal of the whole consent. An answer of the same day may be
/// a change of mind and is taken.
#[must_use]
pub fn signed_too_early(facts: &CaseFacts, signature: &Signature, now: DateTime<Utc>) -> Option<SignedTooEarly> {
    let withdrawals = facts.consents.iter().flat_map(|consent| &consent.withdrawals);
    let earliest = withdrawals
        .filter(|withdrawal| withdrawal.by == signature.by && withdrawal.scope == Scope::All)
        .filter(|withdrawal| facts.counts(withdrawal, now))
        .map(|withdrawal| day(withdrawal.at))
        .max()?;
    (signature.answer == Answer::Agreed && signature.on < earliest).then_some(SignedTooEarly { earliest })
}

/// What a newly recorded consent takes back of the earlier ones (C5, C7, C13, C24).
///
/// Somebody's latest word holds: a no takes back their yes at once, and receivers no longer named are taken back from
/// the day the new consent is to hold. Otherwise an earlier consent would go on covering what its signer has left out, as
/// long as the new one waits for somebody else's answer.
#[must_use]
pub fn taken_back(
    facts: &CaseFacts,
    signatures: &[Signature],
    valid_from: NaiveDate,
    now: DateTime<Utc>,
) -> Vec<(ConsentId, Withdrawal)> {
    let later = now.max(start_of(valid_from));
    let live = facts.consents.iter().filter(|consent| day(now) <= consent.valid_until && !consent.is_annulled(now));
    live.flat_map(|consent| signatures.iter().filter_map(move |new| narrowed(facts, consent, new, now, later)))
        .collect()
}

/// Whether a guardian may be done without (C8): not one who has been reached, and whose last word was a no or a withdrawal.
#[must_use]
pub fn may_be_prevented(facts: &CaseFacts, guardian: GuardianId, now: DateTime<Utc>) -> bool {
    let by = Signer::Guardian(guardian);
    let counted = || facts.consents.iter().filter(move |consent| !consent.is_annulled(now));
    let answers = counted().flat_map(|consent| &consent.signatures).filter(|answer| answer.by == by);
    let latest = answers.max_by_key(|answer| answer.on);
    let taken_back = counted()
        .flat_map(|consent| &consent.withdrawals)
        .filter(|one| one.by == by && one.scope == Scope::All && facts.counts(one, now))
        .map(|one| day(one.at))
        .max();
    let agreed = latest.is_none_or(|answer| answer.answer == Answer::Agreed);
    agreed && taken_back.is_none_or(|on| latest.is_some_and(|answer| on < answer.on))
}

fn narrowed(
    facts: &CaseFacts,
    consent: &Consent,
    new: &Signature,
    now: DateTime<Utc>,
    later: DateTime<Utc>,
) -> Option<(ConsentId, Withdrawal)> {
    let before = agreed_receivers(facts, consent, new.by, now)?;
    let (at, scope) = match new.answer {
        Answer::Refused => (now, Scope::All),
        Answer::Agreed => {
            let dropped: BTreeSet<_> = before.difference(&new.receivers).copied().collect();
            if dropped.is_empty() {
                return None;
            }
            (later, Scope::Receivers(dropped))
        }
    };
    Some((consent.id, Withdrawal { by: new.by, at, scope, implied_by: None }))
}

/// Whom somebody last said yes to under a consent, less what they have taken back already; none where they have not
/// agreed or took back everything.
fn agreed_receivers(facts: &CaseFacts, consent: &Consent, by: Signer, now: DateTime<Utc>) -> Option<BTreeSet<UnitId>> {
    let latest =
        consent.signatures.iter().filter(|signature| signature.by == by).max_by_key(|signature| signature.on)?;
    if latest.answer == Answer::Refused {
        return None;
    }
    let mut receivers = latest.receivers.clone();
    let own = consent.withdrawals.iter().filter(|withdrawal| withdrawal.by == by && facts.counts(withdrawal, now));
    for withdrawal in own {
        match &withdrawal.scope {
            Scope::All => return None,
            Scope::Receivers(units) => receivers.retain(|unit| !units.contains(unit)),
        }
    }
    Some(receivers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consent::{Guardianship, InfoCategory, Parties, Purpose, Reason, standing};
    use crate::id::Uuid;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn unit(number: u128) -> UnitId {
        UnitId::from_uuid(Uuid::from_u128(number))
    }

    fn mother() -> Signer {
        Signer::Guardian(GuardianId::from_uuid(Uuid::from_u128(1)))
    }

    fn father() -> Signer {
        Signer::Guardian(GuardianId::from_uuid(Uuid::from_u128(2)))
    }

    fn yes(by: Signer, on: &str, receivers: &[u128]) -> Signature {
        Signature { by, on: date(on), answer: Answer::Agreed, receivers: receivers.iter().copied().map(unit).collect() }
    }

    fn no(by: Signer, on: &str) -> Signature {
        Signature { by, on: date(on), answer: Answer::Refused, receivers: BTreeSet::new() }
    }

    fn two_guardians() -> CaseFacts {
        let guardian = |number| Guardianship {
            id: GuardianId::from_uuid(Uuid::from_u128(number)),
            from: date("2016-05-10"),
            until: None,
            custody: true,
        };
        CaseFacts {
            born_on: date("2016-05-10"),
            guardians: vec![guardian(1), guardian(2)],
            phases: vec![],
            consents: vec![],
        }
    }

    /// As the use case does: what is taken back is written to the earlier ones, then the new one is added.
    fn record(facts: &mut CaseFacts, signatures: Vec<Signature>, from: &str, now: &str) {
        let now = at(now);
        for (id, withdrawal) in taken_back(facts, &signatures, date(from), now) {
            facts.consents.iter_mut().find(|consent| consent.id == id).unwrap().withdrawals.push(withdrawal);
        }
        let number = 100 + facts.consents.len() as u128;
        facts.consents.push(Consent {
            id: ConsentId::from_uuid(Uuid::from_u128(number)),
            purposes: [Purpose::CollaborationMeeting].into(),
            categories: [InfoCategory::School].into(),
            obtained_at: obtained_at(facts, &signatures, now),
            valid_from: date(from),
            valid_until: date("2027-06-10"),
            signatures,
            withdrawals: vec![],
            prevented: vec![],
            parties: Parties::default(),
            annulled_at: None,
        });
    }

    fn covered(facts: &CaseFacts, now: &str) -> Vec<UnitId> {
        standing(facts, at(now)).covered.into_iter().collect()
    }

    /// C7, C24
    #[test]
    fn a_no_in_a_renewal_ends_what_held() {
        let mut facts = two_guardians();
        record(
            &mut facts,
            vec![yes(mother(), "2026-11-02", &[1, 2]), yes(father(), "2026-11-02", &[1, 2])],
            "2026-11-02",
            "2026-11-02T09:00:00Z",
        );
        assert_eq!(covered(&facts, "2026-11-10T09:00:00Z"), [unit(1), unit(2)]);
        record(
            &mut facts,
            vec![yes(mother(), "2026-11-20", &[1, 2]), no(father(), "2026-11-20")],
            "2026-11-20",
            "2026-11-20T09:00:00Z",
        );
        assert_eq!(covered(&facts, "2026-11-20T09:00:00Z"), []);
    }

    /// C5, C24
    #[test]
    fn who_now_names_fewer_narrows_what_holds_while_the_other_has_not_answered() {
        let mut facts = two_guardians();
        record(
            &mut facts,
            vec![yes(mother(), "2026-11-02", &[1, 2]), yes(father(), "2026-11-02", &[1, 2])],
            "2026-11-02",
            "2026-11-02T09:00:00Z",
        );
        record(&mut facts, vec![yes(mother(), "2026-11-20", &[1])], "2026-11-24", "2026-11-20T09:00:00Z");
        assert_eq!(covered(&facts, "2026-11-21T09:00:00Z"), [unit(1), unit(2)], "the new form is for Tuesday on");
        assert_eq!(covered(&facts, "2026-11-24T09:00:00Z"), [unit(1)]);
    }

    /// C24
    #[test]
    fn a_wider_renewal_takes_nothing_back() {
        let mut facts = two_guardians();
        record(
            &mut facts,
            vec![yes(mother(), "2026-11-02", &[1]), yes(father(), "2026-11-02", &[1])],
            "2026-11-02",
            "2026-11-02T09:00:00Z",
        );
        record(&mut facts, vec![yes(mother(), "2026-11-20", &[1, 2])], "2026-11-20", "2026-11-20T09:00:00Z");
        assert!(facts.consents[0].withdrawals.is_empty());
        assert_eq!(covered(&facts, "2026-11-21T09:00:00Z"), [unit(1)]);
    }

    /// C15
    #[test]
    fn a_form_signed_before_a_change_of_phase_does_not_hold_after_it() {
        let mut facts = two_guardians();
        facts.phases.push(PhaseChange { at: at("2026-11-18T10:00:00Z"), to: Phase::ConcernReport });
        let both = |on| vec![yes(mother(), on, &[1]), yes(father(), on, &[1])];
        record(&mut facts, both("2026-11-18"), "2026-11-18", "2026-11-20T09:00:00Z");
        assert_eq!(standing(&facts, at("2026-11-20T09:00:00Z")).reason, Some(Reason::NeedsRenewal));
        record(&mut facts, both("2026-11-20"), "2026-11-20", "2026-11-20T10:00:00Z");
        assert_eq!(covered(&facts, "2026-11-20T10:00:00Z"), [unit(1)]);
    }

    /// C15: one old answer is enough.
    #[test]
    fn one_answer_from_before_the_change_spoils_the_form() {
        let mut facts = two_guardians();
        facts.phases.push(PhaseChange { at: at("2026-11-18T10:00:00Z"), to: Phase::Investigation });
        record(
            &mut facts,
            vec![yes(mother(), "2026-11-10", &[1]), yes(father(), "2026-11-20", &[1])],
            "2026-11-20",
            "2026-11-20T09:00:00Z",
        );
        assert_eq!(standing(&facts, at("2026-11-20T09:00:00Z")).reason, Some(Reason::NeedsRenewal));
    }

    /// C11, C12
    #[test]
    fn who_is_needed_on_any_day_of_the_period_may_answer() {
        let mut facts = two_guardians();
        facts.born_on = date("2011-12-03");
        let parents: BTreeSet<_> = [mother(), father()].into();
        assert_eq!(signers_within(&facts, date("2026-11-22"), date("2026-12-02")), parents);
        let with_child = parents.union(&[Signer::Child].into()).copied().collect();
        assert_eq!(signers_within(&facts, date("2026-11-22"), date("2026-12-03")), with_child);
    }

    #[test]
    fn a_signer_reads_back_from_a_form() {
        for signer in [Signer::Child, mother()] {
            assert_eq!(signer.to_string().parse(), Ok(signer));
        }
        assert!("mamma".parse::<Signer>().is_err());
    }

    /// C13
    #[test]
    fn a_form_older_than_the_withdrawal_is_seen() {
        let mut facts = two_guardians();
        record(
            &mut facts,
            vec![yes(mother(), "2026-11-02", &[1]), yes(father(), "2026-11-02", &[1])],
            "2026-11-02",
            "2026-11-02T09:00:00Z",
        );
        facts.consents[0].withdrawals.push(Withdrawal {
            by: father(),
            at: at("2026-11-10T12:00:00Z"),
            scope: Scope::All,
            implied_by: None,
        });
        let (earliest, late) = (date("2026-11-10"), at("2026-11-22T11:00:00Z"));
        assert_eq!(
            signed_too_early(&facts, &yes(father(), "2026-11-09", &[1]), late),
            Some(SignedTooEarly { earliest })
        );
        assert_eq!(signed_too_early(&facts, &yes(father(), "2026-11-10", &[1]), late), None);
        assert_eq!(signed_too_early(&facts, &yes(mother(), "2026-11-09", &[1]), late), None);
    }
}
