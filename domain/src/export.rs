//! Handing out something of a case with a protected identity: one asks, another of those named says yes (I1).

use chrono::{DateTime, TimeDelta, Utc};

use crate::id::PersonId;
use crate::visibility::Circle;

/// How long a question waits for an answer.
pub const WAITS: TimeDelta = TimeDelta::days(7);

/// How long whoever asked may then open, print and save what was asked for.
pub const LASTS: TimeDelta = TimeDelta::hours(1);

coded! {
    /// What can leave the tool on paper or as a file.
    pub enum What {
        /// The form the family signs.
        Form => "form",
        /// The receipt of a consent.
        Receipt => "receipt",
        /// A signed paper.
        Paper => "paper",
        /// Minutes, printed.
        Minutes => "minutes",
    }
}

/// That somebody wants to hand something out, and what another said to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Export {
    /// Who asked.
    pub asked_by: PersonId,
    /// When; UTC.
    pub asked_at: DateTime<Utc>,
    /// The second person's word, and when; UTC.
    pub answer: Option<(bool, DateTime<Utc>)>,
}

impl Export {
    /// Whether nobody has answered and somebody still can.
    #[must_use]
    pub fn waits(&self, at: DateTime<Utc>) -> bool {
        self.answer.is_none() && at < self.asked_at + WAITS
    }

    /// Whether somebody is the second person: another than who asked, and of those named.
    #[must_use]
    pub fn may_answer(&self, circle: &Circle, person: PersonId, at: DateTime<Utc>) -> bool {
        self.waits(at) && person != self.asked_by && circle.holds(person)
    }

    /// Until when whoever asked may have it; none where it was not approved, or that time is over.
    #[must_use]
    pub fn open_until(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let (approved, answered_at) = self.answer?;
        Some(answered_at + LASTS).filter(|until| approved && answered_at <= at && at < *until)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const ASKED: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn person(number: u128) -> PersonId {
        PersonId::from_uuid(Uuid::from_u128(number))
    }

    fn export(answer: Option<(bool, DateTime<Utc>)>) -> Export {
        Export { asked_by: person(1), asked_at: ASKED, answer }
    }

    /// I1
    #[test]
    fn another_of_those_named_answers_within_a_week_and_once() {
        let circle = Circle::Named([person(1), person(2)].into());
        let last = ASKED + WAITS - TimeDelta::milliseconds(1);
        assert!(export(None).may_answer(&circle, person(2), ASKED));
        assert!(export(None).may_answer(&circle, person(2), last));
        assert!(!export(None).may_answer(&circle, person(2), ASKED + WAITS));
        assert!(!export(None).may_answer(&circle, person(1), ASKED), "nobody approves their own");
        assert!(!export(None).may_answer(&circle, person(3), ASKED), "nobody who is not named");
        assert!(!export(Some((false, ASKED))).may_answer(&circle, person(2), ASKED), "answered");
    }

    /// I1
    #[test]
    fn what_was_approved_is_open_from_that_moment_and_no_more_when_the_hour_is_over() {
        let (approved, tick) = (export(Some((true, ASKED))), TimeDelta::microseconds(1));
        let open_at = |at| approved.open_until(at).is_some();
        assert_eq!([ASKED - tick, ASKED, ASKED + LASTS - tick, ASKED + LASTS].map(open_at), [false, true, true, false]);
    }

    proptest! {
        /// I1
        #[test]
        fn only_what_was_approved_is_open_and_for_an_hour(
            approved: bool,
            after in 0_i64..100,
            later in -100_i64..100,
        ) {
            let answered = ASKED + TimeDelta::minutes(after);
            let at = answered + TimeDelta::minutes(later);
            let open = export(Some((approved, answered))).open_until(at);
            prop_assert_eq!(open.is_some(), approved && (0..60).contains(&later));
            prop_assert!(open.is_none_or(|until| until == answered + LASTS));
            prop_assert_eq!(export(None).open_until(at), None);
        }
    }
}
