//! A meeting's states and its only moves.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::calendar::red_day;

coded! {
    /// Where a meeting is in its life.
    pub enum MeetingState {
        /// Being prepared; in nobody's calendar but the forum's.
        Draft => "draft",
        /// Its agenda is published and partners are invited.
        Published => "published",
        /// It is going on.
        Running => "running",
        /// It has been held.
        Held => "held",
        /// It will not be held; its cases go back to the queue.
        Cancelled => "cancelled",
    }
}

coded! {
    /// What an invited unit answers.
    pub enum InvitationAnswer {
        /// Has not answered.
        Pending => "none",
        /// Will come.
        Coming => "coming",
        /// Sends somebody else of the same unit.
        Deputy => "deputy",
        /// Nobody of the unit will come.
        Declined => "declined",
    }
}

coded! {
    /// Why a meeting is cancelled. That nobody has a case is none of these: it would be a count of cases.
    pub enum CancelReason {
        /// Somebody the meeting needs is ill or away.
        Absence => "absence",
        /// A school break, a red day or the day before it.
        FreeDay => "free_day",
        /// The room cannot be used.
        Place => "place",
        /// Another meeting takes its place.
        Replaced => "replaced",
        /// Anything else.
        Other => "other",
    }
}

coded! {
    /// A change to a meeting that is in people's calendars.
    pub enum MeetingChange {
        /// Another day or time.
        Time => "time",
        /// Another place.
        Place => "place",
        /// Other items, or another order; the calendar shows nothing of it.
        Agenda => "agenda",
    }
}

/// A meeting's state together with the number of its calendar event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Where it is in its life.
    pub state: MeetingState,
    /// SEQUENCE of its calendar event (RFC 5545 § 3.8.7.4): one more with each change of time or place and with
    /// cancelling, the same when only the agenda changes, never smaller.
    pub sequence: u32,
}

/// So many days before a meeting somebody who has not answered is reminded …
const REMIND_DAYS: u64 = 3;
/// … at this hour of the morning …
const REMIND_HOUR: u32 = 8;
/// … but not sooner than so long after they were asked.
const LEAVE_ALONE: TimeDelta = TimeDelta::hours(20);

/// When somebody who was asked at a local time to a meeting at another is reminded, if they have not answered: in the morning of the
/// last working day that lies three days or more before it, where that is too soon, of the last one before it. None where there is
/// no time for that.
#[must_use]
pub fn remind_at(starts: NaiveDateTime, asked: NaiveDateTime) -> Option<NaiveDateTime> {
    let morning = |day: NaiveDate| day.and_hms_opt(REMIND_HOUR, 0, 0);
    let working = |from: NaiveDate| {
        let is_working = |day: &NaiveDate| day.weekday() != Weekday::Sat && red_day(*day).is_none();
        std::iter::successors(Some(from), NaiveDate::pred_opt).take(10).find(is_working)
    };
    [REMIND_DAYS, 1]
        .into_iter()
        .filter_map(|days| working(starts.date().checked_sub_days(Days::new(days))?))
        .filter_map(morning)
        .find(|at| *at - asked >= LEAVE_ALONE)
}

/// Why a meeting does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum MeetingRefusal {
    /// It is not in a state from which it can.
    #[error("a meeting that is {state} cannot do that")]
    WrongState {
        /// The state it is in.
        state: MeetingState,
    },
}

impl Default for Stage {
    fn default() -> Self {
        Self { state: MeetingState::Draft, sequence: 0 }
    }
}

impl Stage {
    /// Draft → Published.
    pub fn publish(self) -> Result<Self, MeetingRefusal> {
        self.go(&[MeetingState::Draft], MeetingState::Published)
    }

    /// Published → Running.
    pub fn start(self) -> Result<Self, MeetingRefusal> {
        self.go(&[MeetingState::Published], MeetingState::Running)
    }

    /// Running → Held.
    pub fn finish(self) -> Result<Self, MeetingRefusal> {
        self.go(&[MeetingState::Running], MeetingState::Held)
    }

    /// Draft or Published → Cancelled. What has begun is finished, not cancelled.
    pub fn cancel(self) -> Result<Self, MeetingRefusal> {
        let cancelled = self.go(&[MeetingState::Draft, MeetingState::Published], MeetingState::Cancelled)?;
        Ok(Self { sequence: cancelled.sequence.saturating_add(1), ..cancelled })
    }

    /// A change to a meeting that has not begun; to a running one only the agenda changes. Nobody's calendar has a draft,
    /// so its number stays.
    pub fn change(self, change: MeetingChange) -> Result<Self, MeetingRefusal> {
        match (self.state, change) {
            (MeetingState::Draft, _) | (MeetingState::Published | MeetingState::Running, MeetingChange::Agenda) => {
                Ok(self)
            }
            (MeetingState::Published, MeetingChange::Time | MeetingChange::Place) => {
                Ok(Self { sequence: self.sequence.saturating_add(1), ..self })
            }
            (state, _) => Err(MeetingRefusal::WrongState { state }),
        }
    }

    fn go(self, from: &[MeetingState], to: MeetingState) -> Result<Self, MeetingRefusal> {
        if from.contains(&self.state) {
            Ok(Self { state: to, ..self })
        } else {
            Err(MeetingRefusal::WrongState { state: self.state })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MOVES: [fn(Stage) -> Result<Stage, MeetingRefusal>; 7] = [
        Stage::publish,
        Stage::start,
        Stage::finish,
        Stage::cancel,
        |stage| stage.change(MeetingChange::Time),
        |stage| stage.change(MeetingChange::Place),
        |stage| stage.change(MeetingChange::Agenda),
    ];

    #[test]
    fn a_meeting_is_published_started_and_held() {
        let held = Stage::default().publish().and_then(Stage::start).and_then(Stage::finish).unwrap();
        assert_eq!(held, Stage { state: MeetingState::Held, sequence: 0 });
    }

    #[test]
    fn a_meeting_moves_only_along_its_life() {
        use MeetingState::{Cancelled, Draft, Held, Published, Running};
        let allowed = [
            (Draft, 0, Published),
            (Published, 1, Running),
            (Running, 2, Held),
            (Draft, 3, Cancelled),
            (Published, 3, Cancelled),
        ];
        for &state in MeetingState::ALL {
            for (number, step) in MOVES.iter().take(4).enumerate() {
                let expected =
                    allowed.iter().find(|(from, by, _)| (*from, *by) == (state, number)).map(|(_, _, to)| *to);
                assert_eq!(
                    step(Stage { state, sequence: 0 }).ok().map(|stage| stage.state),
                    expected,
                    "{state} {number}"
                );
            }
        }
    }

    #[test]
    fn calendar_rule_20_the_number_grows_with_time_place_and_cancelling_only() {
        let published = Stage::default().publish().unwrap();
        assert_eq!(published.change(MeetingChange::Agenda).unwrap().sequence, 0);
        assert_eq!(published.change(MeetingChange::Time).unwrap().sequence, 1);
        assert_eq!(published.change(MeetingChange::Place).unwrap().sequence, 1);
        assert_eq!(published.cancel().unwrap().sequence, 1);
    }

    #[test]
    fn who_is_silent_is_reminded_on_a_working_morning_and_not_at_once() {
        let at = |text: &str| -> NaiveDateTime { text.parse().unwrap() };
        let asked = at("2026-11-16T10:00:00");
        let remind = |starts| remind_at(at(starts), asked);
        assert_eq!(remind("2026-11-26T09:00:00"), Some(at("2026-11-23T08:00:00")));
        assert_eq!(remind("2026-11-24T13:00:00"), Some(at("2026-11-20T08:00:00")), "Saturday is no working day");
        assert_eq!(
            remind("2026-11-19T09:00:00"),
            Some(at("2026-11-18T08:00:00")),
            "asked the same day as three days before"
        );
        assert_eq!(remind("2026-11-17T13:00:00"), None, "asked the day before");
        let christmas = remind_at(at("2026-12-28T09:00:00"), asked);
        assert_eq!(christmas, Some(at("2026-12-24T08:00:00")), "Christmas Day and Sunday are red");
    }

    proptest! {
        #[test]
        fn calendar_rule_20_the_number_never_shrinks(moves in proptest::collection::vec(0_usize..7, 0..30)) {
            let mut stage = Stage::default();
            for number in moves {
                if let Ok(next) = MOVES[number](stage) {
                    prop_assert!(next.sequence >= stage.sequence && next.sequence <= stage.sequence + 1);
                    prop_assert!(!matches!(stage.state, MeetingState::Held | MeetingState::Cancelled));
                    stage = next;
                }
            }
        }
    }
}
