//! What needs somebody before it hurts: consent that ends too soon, answers that are missing, birthdays that change who
//! decides or which forum a case belongs to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    age::{CHILD_SIGNS_FROM, OF_AGE, birthday},
    consent::{CaseFacts, Reason, ends_on, signature_needed_from, standing},
    id::{ForumId, UnitId},
    routing::{AgeBands, Routing},
    time::day,
};

/// How long before a birthday it is told of (C11).
const BIRTHDAY_NOTICE: TimeDelta = TimeDelta::days(60);
/// How long before its last day a consent that stands on no agenda is told of.
const END_NOTICE: TimeDelta = TimeDelta::days(14);

/// The next meeting a case stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The forum whose meeting it is.
    pub forum: ForumId,
    /// Its start.
    pub starts_at: DateTime<Utc>,
}

/// One thing that needs somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// The consent does not hold at the meeting the case stands on (V5, V6).
    EndsBeforeMeeting {
        /// Its last local day.
        ends_on: NaiveDate,
        /// The day of the meeting.
        meeting_on: NaiveDate,
    },
    /// The case stands on a meeting and nobody may hear it there (C1).
    NothingHolds {
        /// The day of the meeting.
        meeting_on: NaiveDate,
    },
    /// On the day of the meeting the case belongs to another forum (R1, R6).
    OtherForum {
        /// The forum it belongs to that day.
        to: ForumId,
        /// The day of the meeting it stands on.
        meeting_on: NaiveDate,
    },
    /// On the day of the meeting no forum takes the case up any more (R3).
    NoForum {
        /// The day of the meeting it stands on.
        meeting_on: NaiveDate,
    },
    /// Somebody who must answer has not (C6, C18).
    AnswerMissing,
    /// The consent must be renewed. Why is known to social services alone (C17).
    Renew,
    /// The consent ends soon.
    EndsSoon {
        /// Its last local day.
        ends_on: NaiveDate,
    },
    /// From this day the child's own answer is needed and is missing (C11).
    ChildMustSign {
        /// The 15th birthday.
        from: NaiveDate,
    },
    /// From this day the case belongs to another forum, and a unit that is at every meeting there is not covered (R7).
    NewTable {
        /// The day of the birthday.
        from: NaiveDate,
        /// The forum it belongs to from then.
        to: ForumId,
        /// The unit.
        missing: UnitId,
    },
    /// From this day the young person alone decides (C12).
    ComesOfAge {
        /// The 18th birthday.
        on: NaiveDate,
    },
}

/// What a case needs at an instant. `always` names the units that are at each meeting of a forum. Empty when nothing is needed.
#[must_use]
pub fn needs(
    facts: &CaseFacts,
    bands: &AgeBands,
    always: &BTreeMap<ForumId, BTreeSet<UnitId>>,
    placed: Option<Placed>,
    at: DateTime<Utc>,
) -> Vec<Need> {
    let now = standing(facts, at);
    let mut found = Vec::new();
    if let Some(placed) = placed {
        at_meeting(facts, bands, placed, at, &mut found);
    }
    match now.reason {
        Some(Reason::AwaitingSignatures) => found.push(Need::AnswerMissing),
        // Expired and overtaken are told alike: the difference would tell the phase.
        Some(Reason::NeedsRenewal | Reason::Expired) => found.push(Need::Renew),
        _ => {}
    }
    if now.is_open() {
        soon(facts, at, &mut found);
        if let Some((from, Routing::Forum(to))) = bands.next_change(facts.born_on, day(at))
            && is_near(from, BIRTHDAY_NOTICE, day(at))
        {
            let missing = always.get(&to).into_iter().flatten().filter(|unit| !now.covers(**unit));
            found.extend(missing.map(|&missing| Need::NewTable { from, to, missing }));
        }
    }
    found
}

/// Whether a day is yet to come, and so near that it is told of.
fn is_near(date: NaiveDate, notice: TimeDelta, today: NaiveDate) -> bool {
    today < date && date - today <= notice
}

fn at_meeting(facts: &CaseFacts, bands: &AgeBands, placed: Placed, at: DateTime<Utc>, found: &mut Vec<Need>) {
    let meeting_on = day(placed.starts_at);
    match bands.route(facts.born_on, meeting_on) {
        Routing::Forum(to) if to != placed.forum => found.push(Need::OtherForum { to, meeting_on }),
        Routing::Forum(_) => {}
        _ => found.push(Need::NoForum { meeting_on }),
    }
    if standing(facts, placed.starts_at).is_open() {
        return;
    }
    found.push(match ends_on(facts, at) {
        Some(ends_on) => Need::EndsBeforeMeeting { ends_on, meeting_on },
        None => Need::NothingHolds { meeting_on },
    });
}

fn soon(facts: &CaseFacts, at: DateTime<Utc>, found: &mut Vec<Need>) {
    let today = day(at);
    let decides = standing(facts, at).consent;
    let consent = facts.consents.iter().find(|consent| Some(consent.id) == decides);
    let signs = consent.and_then(|consent| signature_needed_from(facts, consent));
    if let Some(from) = signs.filter(|&from| is_near(from, BIRTHDAY_NOTICE, today)) {
        found.push(Need::ChildMustSign { from });
    }
    let of_age = birthday(facts.born_on, OF_AGE);
    if is_near(of_age, BIRTHDAY_NOTICE, today) {
        found.push(Need::ComesOfAge { on: of_age });
    }
    let told = |end: NaiveDate| {
        [birthday(facts.born_on, CHILD_SIGNS_FROM), of_age].iter().any(|&turn| turn.pred_opt() == Some(end))
            || found.iter().any(|need| matches!(need, Need::EndsBeforeMeeting { .. }))
    };
    if let Some(end) = ends_on(facts, at).filter(|&end| end - today <= END_NOTICE && !told(end)) {
        found.push(Need::EndsSoon { ends_on: end });
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        consent::{Answer, Consent, Guardianship, Parties, Purpose, Signature, Signer},
        id::{ConsentId, GuardianId},
        routing::Band,
        time::instant,
    };

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(day: &str) -> DateTime<Utc> {
        instant(date(day).and_hms_opt(9, 0, 0).unwrap()).unwrap()
    }

    const FAMILY: ForumId = ForumId::from_uuid(Uuid::from_u128(1));
    const YOUTH: ForumId = ForumId::from_uuid(Uuid::from_u128(2));

    fn bands() -> AgeBands {
        AgeBands::new(vec![Band { forum: FAMILY, from: 0, to: 12 }, Band { forum: YOUTH, from: 13, to: 18 }]).unwrap()
    }

    /// One guardian, one consent from 1 October 2026.
    fn case(born: &str, valid_until: &str) -> CaseFacts {
        let guardian = GuardianId::from_uuid(Uuid::from_u128(9));
        let receivers = BTreeSet::from([UnitId::from_uuid(Uuid::from_u128(5))]);
        CaseFacts {
            born_on: date(born),
            guardians: vec![Guardianship { id: guardian, from: date(born), until: None, custody: true }],
            phases: vec![],
            consents: vec![Consent {
                id: ConsentId::from_uuid(Uuid::from_u128(7)),
                purposes: BTreeSet::from([Purpose::CollaborationMeeting]),
                categories: BTreeSet::new(),
                obtained_at: at("2026-10-01"),
                valid_from: date("2026-10-01"),
                valid_until: date(valid_until),
                signatures: vec![Signature {
                    by: Signer::Guardian(guardian),
                    on: date("2026-10-01"),
                    answer: Answer::Agreed,
                    receivers,
                }],
                withdrawals: vec![],
                prevented: vec![],
                parties: Parties::default(),
                annulled_at: None,
            }],
        }
    }

    fn on(forum: ForumId, day: &str) -> Placed {
        Placed { forum, starts_at: at(day) }
    }

    #[test]
    fn v5_a_consent_that_ends_before_the_meeting_is_told_of_once() {
        let facts = case("2015-05-05", "2026-11-25");
        assert_eq!(
            needs(&facts, &bands(), &BTreeMap::new(), Some(on(FAMILY, "2026-11-26")), at("2026-11-22")),
            [Need::EndsBeforeMeeting { ends_on: date("2026-11-25"), meeting_on: date("2026-11-26") }]
        );
    }

    #[test]
    fn edge_17_a_consent_that_ends_on_the_day_of_the_meeting_holds_there() {
        let facts = case("2015-05-05", "2026-11-26");
        assert_eq!(
            needs(&facts, &bands(), &BTreeMap::new(), Some(on(FAMILY, "2026-11-26")), at("2026-11-22")),
            [Need::EndsSoon { ends_on: date("2026-11-26") }]
        );
    }

    #[test]
    fn r6_a_birthday_before_the_meeting_moves_the_case() {
        let facts = case("2013-11-25", "2027-06-10");
        assert_eq!(
            needs(&facts, &bands(), &BTreeMap::new(), Some(on(FAMILY, "2026-12-01")), at("2026-11-22")),
            [Need::OtherForum { to: YOUTH, meeting_on: date("2026-12-01") }]
        );
        assert!(needs(&facts, &bands(), &BTreeMap::new(), Some(on(FAMILY, "2026-11-24")), at("2026-11-22")).is_empty());
    }

    #[test]
    fn r3_a_nineteenth_birthday_leaves_no_forum() {
        let facts = case("2007-11-25", "2027-06-10");
        let found = needs(&facts, &bands(), &BTreeMap::new(), Some(on(YOUTH, "2026-11-26")), at("2026-11-22"));
        assert!(found.contains(&Need::NoForum { meeting_on: date("2026-11-26") }), "{found:?}");
    }

    #[test]
    fn c11_the_fifteenth_birthday_is_told_of_two_months_ahead() {
        let facts = case("2012-01-10", "2027-06-10");
        let told = Need::ChildMustSign { from: date("2027-01-10") };
        assert_eq!(needs(&facts, &bands(), &BTreeMap::new(), None, at("2026-11-11")), [told]);
        assert!(needs(&facts, &bands(), &BTreeMap::new(), None, at("2026-11-10")).is_empty());
    }

    #[test]
    fn c6_an_answer_that_is_missing_is_told_of() {
        let mut facts = case("2015-05-05", "2027-06-10");
        facts.consents[0].signatures.clear();
        let told = |facts: &CaseFacts, placed| needs(facts, &bands(), &BTreeMap::new(), placed, at("2026-11-22"));
        assert_eq!(told(&facts, None), [Need::AnswerMissing]);
        let nothing_holds = Need::NothingHolds { meeting_on: date("2026-11-26") };
        assert_eq!(told(&facts, Some(on(FAMILY, "2026-11-26"))), [nothing_holds, Need::AnswerMissing]);
        facts.consents.clear();
        assert_eq!(told(&facts, Some(on(FAMILY, "2026-11-26"))), [nothing_holds]);
        assert!(told(&facts, None).is_empty(), "nobody waits for a consent nobody has asked for");
    }

    #[test]
    fn c10_a_consent_that_ends_is_told_of_two_weeks_ahead() {
        let facts = case("2015-05-05", "2026-12-06");
        let told = |on: &str| needs(&facts, &bands(), &BTreeMap::new(), None, at(on));
        assert_eq!(told("2026-11-22"), [Need::EndsSoon { ends_on: date("2026-12-06") }]);
        assert!(told("2026-11-21").is_empty());
        assert_eq!(told("2026-12-06"), [Need::EndsSoon { ends_on: date("2026-12-06") }]);
    }

    #[test]
    fn c11_c12_what_a_birthday_ends_is_told_of_as_the_birthday_alone() {
        let of_age = case("2008-12-01", "2027-06-10");
        let signs_too = |mut facts: CaseFacts| {
            let Signature { on, receivers, .. } = facts.consents[0].signatures[0].clone();
            facts.consents[0].signatures.push(Signature { by: Signer::Child, on, answer: Answer::Agreed, receivers });
            facts
        };
        let told = |facts: &CaseFacts, on: &str| needs(facts, &bands(), &BTreeMap::new(), None, at(on));
        let comes_of_age = Need::ComesOfAge { on: date("2026-12-01") };
        assert_eq!(told(&signs_too(of_age.clone()), "2026-11-22"), [comes_of_age]);
        assert_eq!(told(&signs_too(of_age.clone()), "2026-10-02"), [comes_of_age]);
        assert!(told(&signs_too(of_age.clone()), "2026-10-01").is_empty());
        let signs = case("2011-12-01", "2027-06-10");
        assert_eq!(told(&signs, "2026-11-22"), [Need::ChildMustSign { from: date("2026-12-01") }]);
        assert!(told(&signs_too(signs), "2026-11-22").is_empty(), "the child has signed");
        // The young person's own, of the day itself.
        let mut own = signs_too(of_age);
        own.consents[0].obtained_at = at("2026-12-01");
        assert!(told(&own, "2026-12-01").is_empty());
    }

    #[test]
    fn c17_an_expired_consent_and_one_overtaken_by_a_phase_are_told_alike() {
        use crate::consent::{Phase, PhaseChange};
        let expired = case("2015-05-05", "2026-11-01");
        let mut overtaken = case("2015-05-05", "2027-06-10");
        overtaken.phases.push(PhaseChange { at: at("2026-11-02"), to: Phase::ConcernReport });
        let told = |facts: &CaseFacts| needs(facts, &bands(), &BTreeMap::new(), None, at("2026-11-22"));
        assert_eq!(told(&expired), [Need::Renew]);
        assert_eq!(told(&overtaken), told(&expired));
    }

    #[test]
    fn r7_a_new_forum_whose_own_are_not_covered_is_told_of_two_months_ahead() {
        let facts = case("2014-01-10", "2027-06-10");
        let [covered, missing] = [5, 6].map(|id| UnitId::from_uuid(Uuid::from_u128(id)));
        let always = BTreeMap::from([(YOUTH, BTreeSet::from([covered, missing])), (FAMILY, BTreeSet::from([missing]))]);
        let told = |on: &str| needs(&facts, &bands(), &always, None, at(on));
        assert_eq!(told("2026-11-11"), [Need::NewTable { from: date("2027-01-10"), to: YOUTH, missing }]);
        assert!(told("2026-11-10").is_empty());
        assert!(told("2027-01-10").is_empty(), "the case is there");
        let of_age = case("2008-01-10", "2026-12-31");
        assert!(
            needs(&of_age, &bands(), &always, None, at("2026-11-30"))
                .iter()
                .all(|need| !matches!(need, Need::NewTable { .. }))
        );
    }
}
