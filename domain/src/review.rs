//! The checks a reviewer's approval rests on: what the consent, the room and the text say of each other.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::consent::{CaseFacts, windows};
use crate::id::UnitId;
use crate::mention::{Mentioned, Names, mentioned};
use crate::minutes::covered_throughout;
use crate::text::find_personal_number;
use crate::time::day;

/// Somebody's time in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InRoom {
    /// The unit they came for.
    pub unit: UnitId,
    /// When they came.
    pub from: DateTime<Utc>,
    /// When they left; none while they are there.
    pub until: Option<DateTime<Utc>>,
    /// By what they may hear the item.
    pub by: HearsBy,
}

/// By what somebody may hear an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HearsBy {
    /// Their unit's being covered.
    Consent,
    /// The family, who let them in as a guest (G5).
    Family,
    /// Nothing: a guest of another item (G5), or somebody disqualified (G4).
    Nothing,
}

/// What was checked, and how it came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checks {
    /// Consent covered somebody during the whole item (M1).
    pub throughout: bool,
    /// The units someone of which was in the room while the item was open, without being covered all that time (G1, G2).
    pub uncovered: BTreeSet<UnitId>,
    /// Words for other persons in the text (M9).
    pub mentions: Vec<Mentioned>,
    /// A personal number stands in the text (M9).
    pub personal_number: bool,
}

/// The first check that stands in the way of approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum CheckRefusal {
    /// Consent did not cover the whole item.
    #[error("consent did not cover the whole item")]
    NotThroughout,
    /// Someone who was not covered was in the room.
    #[error("someone uncovered was in the room")]
    UncoveredHeard,
    /// Another person is mentioned, and the reviewer has not said that it may stand.
    #[error("another person is mentioned")]
    MentionUnreviewed,
    /// A personal number stands in the text.
    #[error("a personal number stands in the text")]
    PersonalNumber,
}

impl Checks {
    /// Checks minutes of an item that was open from `opened_at` to `closed_at`, with these people in the room at any time and
    /// these parts of text, in which these names are others' than the child's.
    #[must_use]
    pub fn of<'a>(
        facts: &CaseFacts,
        opened_at: DateTime<Utc>,
        closed_at: DateTime<Utc>,
        in_room: &[InRoom],
        parts: impl IntoIterator<Item = &'a str> + Clone,
        names: &Names,
    ) -> Self {
        Self {
            throughout: covered_throughout(facts, opened_at, closed_at),
            uncovered: heard_uncovered(facts, opened_at, closed_at, in_room),
            mentions: mentioned(parts.clone(), names),
            personal_number: parts.into_iter().any(|part| find_personal_number(part).is_some()),
        }
    }

    /// How many checks do not hold, mentions included until they are reviewed.
    #[must_use]
    pub fn remaining(&self) -> usize {
        [!self.throughout, !self.uncovered.is_empty(), !self.mentions.is_empty(), self.personal_number]
            .into_iter()
            .filter(|fails| *fails)
            .count()
    }

    /// Whether minutes may be approved, the reviewer having read what is told of others or not.
    pub fn allow(&self, mentions_reviewed: bool) -> Result<(), CheckRefusal> {
        if !self.throughout {
            Err(CheckRefusal::NotThroughout)
        } else if !self.uncovered.is_empty() {
            Err(CheckRefusal::UncoveredHeard)
        } else if self.personal_number {
            Err(CheckRefusal::PersonalNumber)
        } else if !self.mentions.is_empty() && !mentions_reviewed {
            Err(CheckRefusal::MentionUnreviewed)
        } else {
            Ok(())
        }
    }
}

/// The units someone of which was in the room while an item was open, without consent covering the unit all that time. Who
/// left as it opened or came as it closed has heard nothing.
#[must_use]
pub fn heard_uncovered(
    facts: &CaseFacts,
    opened_at: DateTime<Utc>,
    closed_at: DateTime<Utc>,
    in_room: &[InRoom],
) -> BTreeSet<UnitId> {
    in_room
        .iter()
        .filter_map(|someone| {
            let from = someone.from.max(opened_at);
            let until = someone.until.unwrap_or(closed_at).min(closed_at);
            let may = match someone.by {
                HearsBy::Consent => covers_from_to(facts, someone.unit, from, until),
                HearsBy::Family => true,
                HearsBy::Nothing => false,
            };
            (from < until && !may).then_some(someone.unit)
        })
        .collect()
}

fn covers_from_to(facts: &CaseFacts, unit: UnitId, from: DateTime<Utc>, until: DateTime<Utc>) -> bool {
    let mut reached = from;
    for window in windows(facts, from) {
        if window.opens_at > reached || !window.covered.contains(&unit) {
            return false;
        }
        match window.closes_at {
            Some(end) if end < until => reached = end,
            _ => return true,
        }
    }
    false
}

/// Local days minutes have waited, the day they were handed in not counted.
#[must_use]
pub fn days_waiting(submitted_at: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    (day(now) - day(submitted_at)).num_days().max(0)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::*;
    use crate::consent::{
        Answer, Consent, Guardianship, InfoCategory, Parties, Purpose, Scope, Signature, Signer, Withdrawal,
    };
    use crate::id::{ConsentId, GuardianId};

    const SCHOOL: UnitId = UnitId::from_uuid(Uuid::from_u128(1));
    const SOCIAL: UnitId = UnitId::from_uuid(Uuid::from_u128(2));
    const AGENCY: UnitId = UnitId::from_uuid(Uuid::from_u128(3));
    const GUARDIAN: GuardianId = GuardianId::from_uuid(Uuid::from_u128(9));

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(time: &str) -> DateTime<Utc> {
        format!("2026-11-26T{time}Z").parse().unwrap()
    }

    fn facts(withdrawals: Vec<Withdrawal>) -> CaseFacts {
        CaseFacts {
            born_on: date("2015-03-01"),
            guardians: vec![Guardianship { id: GUARDIAN, from: date("2015-03-01"), until: None, custody: true }],
            phases: Vec::new(),
            consents: vec![Consent {
                id: ConsentId::from_uuid(Uuid::from_u128(7)),
                purposes: [Purpose::CollaborationMeeting].into(),
                categories: [InfoCategory::School].into(),
                obtained_at: "2026-11-01T10:00:00Z".parse().unwrap(),
                valid_from: date("2026-11-01"),
                valid_until: date("2027-06-10"),
                signatures: vec![Signature {
                    by: Signer::Guardian(GUARDIAN),
                    on: date("2026-11-01"),
                    answer: Answer::Agreed,
                    receivers: [SCHOOL, SOCIAL].into(),
                }],
                withdrawals,
                prevented: vec![],
                parties: Parties::default(),
                annulled_at: None,
            }],
        }
    }

    fn someone(unit: UnitId, from: &str, until: Option<&str>) -> InRoom {
        InRoom { unit, from: at(from), until: until.map(at), by: HearsBy::Consent }
    }

    fn uncovered(facts: &CaseFacts, in_room: &[InRoom]) -> BTreeSet<UnitId> {
        heard_uncovered(facts, at("08:10:00"), at("08:31:00"), in_room)
    }

    /// G1, G2
    #[test]
    fn who_was_in_the_room_without_cover_is_told_and_who_left_as_it_opened_is_not() {
        let covered = [someone(SCHOOL, "08:00:00", None), someone(SOCIAL, "08:00:00", Some("08:20:00"))];
        assert!(uncovered(&facts(vec![]), &covered).is_empty());
        assert!(uncovered(&facts(vec![]), &[someone(AGENCY, "08:00:00", Some("08:10:00"))]).is_empty());
        assert!(uncovered(&facts(vec![]), &[someone(AGENCY, "08:31:00", None)]).is_empty());
        assert_eq!(uncovered(&facts(vec![]), &[someone(AGENCY, "08:00:00", Some("08:10:01"))]), [AGENCY].into());
    }

    /// G4, G5
    #[test]
    fn who_hears_by_the_family_is_no_fault_and_who_hears_by_nothing_is() {
        let by = |by| InRoom { by, ..someone(AGENCY, "08:00:00", None) };
        assert!(uncovered(&facts(vec![]), &[by(HearsBy::Family)]).is_empty());
        assert_eq!(uncovered(&facts(vec![]), &[by(HearsBy::Nothing)]), [AGENCY].into());
        let left = InRoom { by: HearsBy::Nothing, ..someone(SCHOOL, "08:00:00", Some("08:10:00")) };
        assert!(uncovered(&facts(vec![]), &[left]).is_empty(), "they left as it opened");
    }

    /// M1, C13
    #[test]
    fn a_unit_taken_back_during_the_item_was_not_covered_to_its_end() {
        let scope = Scope::Receivers([SCHOOL].into());
        let facts =
            facts(vec![Withdrawal { by: Signer::Guardian(GUARDIAN), at: at("08:20:30"), scope, implied_by: None }]);
        let both = [someone(SCHOOL, "08:00:00", None), someone(SOCIAL, "08:00:00", None)];
        assert_eq!(uncovered(&facts, &both), [SCHOOL].into());
        assert!(uncovered(&facts, &[someone(SCHOOL, "08:00:00", Some("08:20:00"))]).is_empty());
    }

    #[test]
    fn a_mention_needs_the_reviewers_word_and_the_rest_no_word_helps() {
        let of = |facts: &CaseFacts, text: &str| {
            let in_room = [someone(SCHOOL, "08:00:00", None)];
            Checks::of(facts, at("08:10:00"), at("08:31:00"), &in_room, [text], &Names::default())
        };
        let mention = of(&facts(vec![]), "Storasyster var med.");
        assert_eq!((mention.remaining(), mention.allow(false)), (1, Err(CheckRefusal::MentionUnreviewed)));
        assert_eq!(mention.allow(true), Ok(()));
        assert_eq!(of(&facts(vec![]), "Ring 20110205-2384.").allow(true), Err(CheckRefusal::PersonalNumber));
        let all =
            Withdrawal { by: Signer::Guardian(GUARDIAN), at: at("08:20:30"), scope: Scope::All, implied_by: None };
        assert_eq!(of(&facts(vec![all]), "Skolan.").allow(true), Err(CheckRefusal::NotThroughout));
    }

    #[test]
    fn waiting_is_counted_in_whole_local_days() {
        assert_eq!(days_waiting(at("22:30:00"), "2026-11-27T06:00:00Z".parse().unwrap()), 1);
        assert_eq!(days_waiting(at("23:30:00"), "2026-11-27T06:00:00Z".parse().unwrap()), 0);
        assert_eq!(days_waiting(at("08:00:00"), at("17:00:00")), 0);
        assert_eq!(days_waiting(at("08:00:00"), "2026-12-03T07:00:00Z".parse().unwrap()), 7);
    }
}
