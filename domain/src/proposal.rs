//! What units ask to have cases taken up for, and what waits for which meeting (M12, K4).

use chrono::{DateTime, NaiveDate, NaiveTime, Timelike, Utc};

coded! {
    /// Where a proposal is. That it was heard is no state of its own: it follows from when its case was taken up.
    pub enum ProposalState {
        /// Nobody has said no to it.
        Waiting => "waiting",
        /// A coordinator sent it back, with a reason.
        Returned => "returned",
        /// Its unit took it back.
        TakenBack => "taken_back",
    }
}

impl ProposalState {
    /// Whether a coordinator can still send it back.
    #[must_use]
    pub const fn can_be_returned(self) -> bool {
        matches!(self, Self::Waiting)
    }

    /// Whether its unit can still take it back, or take notice that it came back.
    #[must_use]
    pub const fn can_be_taken_back(self) -> bool {
        !matches!(self, Self::TakenBack)
    }
}

/// Whether something asked for at an instant still waits to be heard: its case has not been taken up since.
#[must_use]
pub fn still_asks(asked_at: DateTime<Utc>, last_taken_up: Option<DateTime<Utc>>) -> bool {
    last_taken_up.is_none_or(|last| last < asked_at)
}

/// How long a family that has come may be kept waiting, in minutes.
pub const FAMILY_WAITS: u32 = 10;

/// How an item's start suits the family that takes part in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FamilyFit {
    /// It begins as they come, or soon after.
    Suits,
    /// It begins before they come.
    TooEarly,
    /// It begins so much later than they come that they sit waiting, in minutes.
    Waits(u32),
}

/// How a start suits a family that comes at a time of the same day.
#[must_use]
pub fn family_fit(comes: NaiveTime, starts: NaiveTime) -> FamilyFit {
    let (comes, starts) = (minute(comes), minute(starts));
    match starts.checked_sub(comes) {
        None => FamilyFit::TooEarly,
        Some(waits) if waits > FAMILY_WAITS => FamilyFit::Waits(waits),
        Some(_) => FamilyFit::Suits,
    }
}

/// The first and last minute of a meeting at which an item may begin for a family that comes at a time. None where they come before
/// the meeting begins and would wait too long.
#[must_use]
pub fn family_window(meeting_starts: NaiveTime, comes: NaiveTime) -> Option<(u32, u32)> {
    let (starts, comes) = (minute(meeting_starts), minute(comes));
    let last = (comes + FAMILY_WAITS).checked_sub(starts)?;
    Some((comes.saturating_sub(starts), last))
}

fn minute(time: NaiveTime) -> u32 {
    time.hour() * 60 + time.minute()
}

/// Why a case waits for a meeting. In the order of how pressing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wait {
    /// It stood on an agenda and was not reached, or its meeting was not held.
    CarriedOver {
        /// The day of that meeting.
        from: NaiveDate,
    },
    /// Its minutes say that it is taken up again on this day (M12).
    FollowUp {
        /// The day.
        on: NaiveDate,
    },
    /// Somebody asks for it.
    Asked,
    /// It was registered and never taken up.
    New,
    /// Nothing: it was taken up, and nobody asks for it again.
    Rests,
}

/// What is known of a case's past and of what is asked for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// The instant it was last taken up.
    pub taken_up: Option<DateTime<Utc>>,
    /// The local day of the latest meeting it stood on without being taken up, after it last was.
    pub passed_over: Option<NaiveDate>,
    /// The day of follow-up in its latest minutes (M12), where they were handed in.
    pub follow_up: Option<NaiveDate>,
    /// Whether somebody asks for it, and has not been heard.
    pub asked: bool,
    /// The earliest day anybody asks for; none where somebody asks without one.
    pub not_before: Option<NaiveDate>,
}

impl Past {
    /// Why it waits.
    #[must_use]
    pub fn wait(&self) -> Wait {
        if let Some(from) = self.passed_over {
            Wait::CarriedOver { from }
        } else if let Some(on) = self.follow_up {
            Wait::FollowUp { on }
        } else if self.asked {
            Wait::Asked
        } else if self.taken_up.is_none() {
            Wait::New
        } else {
            Wait::Rests
        }
    }

    /// The first day it should be taken up, where it should not be at once. What was passed over waits no longer than that.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        match self.wait() {
            Wait::CarriedOver { .. } | Wait::New | Wait::Rests => None,
            // Who asks anew may well mean an earlier day than the minutes had in mind, or at once.
            Wait::FollowUp { on } if self.asked => self.not_before.map(|asked| asked.min(on)),
            Wait::FollowUp { on } => Some(on),
            Wait::Asked => self.not_before,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn time(text: &str) -> NaiveTime {
        text.parse().unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_waits_can_come_back_and_what_came_back_only_be_taken_back() {
        let deeds = |state: ProposalState| (state.can_be_returned(), state.can_be_taken_back());
        assert_eq!(deeds(ProposalState::Waiting), (true, true));
        assert_eq!(deeds(ProposalState::Returned), (false, true));
        assert_eq!(deeds(ProposalState::TakenBack), (false, false));
    }

    #[test]
    fn a_question_is_heard_when_its_case_is_taken_up_after_it() {
        let [before, asked, after] = [1, 2, 3].map(|second| DateTime::from_timestamp(second, 0).unwrap());
        assert!(still_asks(asked, None) && still_asks(asked, Some(before)));
        assert!(!still_asks(asked, Some(asked)) && !still_asks(asked, Some(after)));
    }

    #[test]
    fn a_family_neither_comes_too_late_nor_waits() {
        let fit = |starts| family_fit(time("09:30:00"), time(starts));
        assert_eq!(fit("09:29:00"), FamilyFit::TooEarly);
        assert_eq!(fit("09:30:00"), FamilyFit::Suits);
        assert_eq!(fit("09:40:00"), FamilyFit::Suits);
        assert_eq!(fit("09:41:00"), FamilyFit::Waits(11));
    }

    #[test]
    fn a_family_that_comes_before_the_meeting_waits_for_its_first_item_or_cannot_come() {
        let window = |comes| family_window(time("09:00:00"), time(comes));
        assert_eq!(window("09:30:00"), Some((30, 40)));
        assert_eq!(window("08:55:00"), Some((0, 5)));
        assert_eq!(window("08:50:00"), Some((0, 0)));
        assert_eq!(window("08:49:00"), None);
    }

    proptest! {
        #[test]
        fn an_item_that_begins_in_the_window_suits(meeting in 0_u32..1_200, comes in 0_u32..1_400, starts in 0_u32..200) {
            let at = |minute: u32| NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0);
            let (Some(meeting_at), Some(comes), Some(at)) = (at(meeting), at(comes), at(meeting + starts)) else {
                return Ok(());
            };
            let within = family_window(meeting_at, comes).is_some_and(|(first, last)| (first..=last).contains(&starts));
            prop_assert_eq!(within, family_fit(comes, at) == FamilyFit::Suits);
        }
    }

    #[test]
    fn m12_what_was_passed_over_comes_first_then_what_is_followed_up() {
        let taken_up = DateTime::from_timestamp(1, 0);
        let [passed_over, follow_up] = ["2026-11-19", "2026-12-10"].map(|day| Some(date(day)));
        let all = Past { taken_up, passed_over, follow_up, asked: true, not_before: None };
        assert_eq!((all.wait(), all.first_day()), (Wait::CarriedOver { from: date("2026-11-19") }, None));
        let followed = Past { passed_over: None, asked: false, ..all };
        let on = date("2026-12-10");
        assert_eq!((followed.wait(), followed.first_day()), (Wait::FollowUp { on }, Some(on)));
        let asked = Past { follow_up: None, passed_over: None, ..all };
        assert_eq!((asked.wait(), asked.first_day()), (Wait::Asked, None));
        assert_eq!(Past { asked: false, ..asked }.wait(), Wait::Rests);
        assert_eq!(Past::default().wait(), Wait::New);
    }

    #[test]
    fn k4_of_the_day_of_the_minutes_and_the_day_asked_for_the_earlier_counts() {
        let past = |not_before: Option<&str>| Past {
            taken_up: DateTime::from_timestamp(1, 0),
            follow_up: Some(date("2026-12-10")),
            asked: true,
            not_before: not_before.map(date),
            ..Past::default()
        };
        assert_eq!(past(Some("2026-12-03")).first_day(), Some(date("2026-12-03")));
        assert_eq!(past(Some("2027-01-07")).first_day(), Some(date("2026-12-10")));
        assert_eq!(past(None).first_day(), None, "asked for at once");
        assert_eq!(Past { follow_up: None, ..past(Some("2027-01-07")) }.first_day(), Some(date("2027-01-07")));
    }
}
