//! Minutes of one case in one meeting (M2): their states, their only moves, and what stops them.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::consent::{CaseFacts, Reason, Standing, windows};
use crate::consultation::whereabouts;
use crate::id::{PersonId, UnitId};
use crate::text::find_personal_number;

coded! {
    /// Where minutes are on their way to being finished.
    pub enum MinutesState {
        /// Being written; for those who write only (M5).
        Draft => "draft",
        /// Handed in for review.
        Submitted => "submitted",
        /// Sent back with a comment.
        Returned => "returned",
        /// Finished and immutable (M5); from then on a public record (TF 2:10).
        Approved => "approved",
    }
}

coded! {
    /// What became of the child's view (M13).
    pub enum ChildsView {
        /// Inhämtad.
        Heard => "heard",
        /// Ej lämpligt.
        NotSuitable => "not_suitable",
        /// Avböjt.
        Declined => "declined",
    }
}

/// How the case leaves the meeting (M12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is taken up again on this day.
    FollowUp(NaiveDate),
    /// It is closed.
    Closure,
    /// It is handed over to another forum or unit.
    HandOver,
}

/// What the minutes say, as far as a rule asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Content<'a> {
    /// The text of every part, in order.
    pub parts: &'a [&'a str],
    /// The first contribution of which it is not said what kind of information it is, or that is of a kind the consent does not name,
    /// from 0.
    pub unmarked: Option<usize>,
    /// The child's view; none until chosen.
    pub childs_view: Option<ChildsView>,
    /// How the case leaves the meeting; none until chosen.
    pub outcome: Option<Outcome>,
    /// Whether an identity is protected: then no text may tell where anybody is to be found (I1).
    pub protected: bool,
}

/// Why minutes do not move.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum MinutesRefusal {
    /// They are not in a state from which they can.
    #[error("minutes that are {state} cannot do that")]
    WrongState {
        /// The state they are in.
        state: MinutesState,
    },
    /// Consent covers nobody now (M1, V5).
    #[error("consent is missing")]
    ConsentMissing(Reason),
    /// Consent does not cover this unit now.
    #[error("consent does not cover the unit")]
    NotCovered,
    /// The unit has not acknowledged that it holds the consent (C20).
    #[error("the unit has not acknowledged the consent")]
    NotAcknowledged,
    /// Who wrote cannot approve or return.
    #[error("nobody reviews their own text")]
    OwnText,
    /// There is no text.
    #[error("the minutes are empty")]
    Empty,
    /// A personal number stands in the text (M9).
    #[error("a personal number stands in part {part}")]
    PersonalNumberInText {
        /// Which part, from 0.
        part: usize,
        /// Its bytes in that part.
        at: Range<usize>,
    },
    /// An address, a telephone number or an e-mail address stands in the text of a case with a protected identity (I1).
    #[error("part {part} tells where somebody is to be found")]
    WhereaboutsInText {
        /// Which part, from 0.
        part: usize,
        /// Its bytes in that part.
        at: Range<usize>,
    },
    /// It is not said of what kind a contribution is: consent is given by kinds (C5).
    #[error("contribution {row} is of no kind")]
    ContributionUnmarked {
        /// Which, from 0.
        row: usize,
    },
    /// The child's view is not answered (M13).
    #[error("the child's view is not answered")]
    ChildsViewMissing,
    /// The case does not leave the meeting with a date, a closure or a hand-over (M12).
    #[error("the case's way on is not answered")]
    OutcomeMissing,
}

/// Whether a unit may write into minutes now; the state stays. The text of a draft may be incomplete, but never hold a
/// personal number (M9), nor tell where somebody with a protected identity is to be found (I1).
pub fn revise(
    state: MinutesState,
    standing: &Standing,
    unit: UnitId,
    content: Content<'_>,
) -> Result<MinutesState, MinutesRefusal> {
    open_for_writing(state)?;
    covered(standing, unit)?;
    acknowledged(standing, unit)?;
    without_what_points_out(content)?;
    Ok(state)
}

/// Draft or Returned → Submitted, for minutes that are whole (M9, M12, M13).
pub fn submit(
    state: MinutesState,
    standing: &Standing,
    unit: UnitId,
    content: Content<'_>,
) -> Result<MinutesState, MinutesRefusal> {
    open_for_writing(state)?;
    covered(standing, unit)?;
    acknowledged(standing, unit)?;
    whole(content)?;
    Ok(MinutesState::Submitted)
}

/// Submitted → Returned, by someone who did not write.
pub fn give_back(
    state: MinutesState,
    standing: &Standing,
    reviewer: Reviewer<'_>,
) -> Result<MinutesState, MinutesRefusal> {
    reviewer.may_review(state, standing)?;
    Ok(MinutesState::Returned)
}

/// Submitted → Approved, by someone who did not write, for minutes that are whole (M5, M6). The last move of all.
pub fn approve(
    state: MinutesState,
    standing: &Standing,
    reviewer: Reviewer<'_>,
    content: Content<'_>,
) -> Result<MinutesState, MinutesRefusal> {
    reviewer.may_review(state, standing)?;
    whole(content)?;
    Ok(MinutesState::Approved)
}

/// Approved → Returned: opened again, to be written in, handed in and approved anew. What was approved stays to be read meanwhile.
pub fn reopen(state: MinutesState, standing: &Standing, unit: UnitId) -> Result<MinutesState, MinutesRefusal> {
    approved(state)?;
    covered(standing, unit)?;
    Ok(MinutesState::Returned)
}

/// Whether a unit may add this to approved minutes now (M5): as whoever writes, it holds the consent.
pub fn add_to(
    state: MinutesState,
    standing: &Standing,
    unit: UnitId,
    content: Content<'_>,
) -> Result<(), MinutesRefusal> {
    approved(state)?;
    covered(standing, unit)?;
    acknowledged(standing, unit)?;
    without_what_points_out(content)
}

/// Whether somebody may say yes or no to what one person added to approved minutes: not to what is their own.
pub fn answer_addendum(state: MinutesState, standing: &Standing, reviewer: Reviewer<'_>) -> Result<(), MinutesRefusal> {
    approved(state)?;
    reviewer.may_judge(standing)
}

/// Whether approved minutes may be handed over now, from the unit that has them to one that is to have them (M6, M7): both are covered
/// at this moment, and nobody hands over to themselves.
pub fn dispatch(state: MinutesState, standing: &Standing, from: UnitId, to: UnitId) -> Result<(), MinutesRefusal> {
    approved(state)?;
    covered(standing, from)?;
    covered(standing, to)?;
    if from == to { Err(MinutesRefusal::NotCovered) } else { Ok(()) }
}

/// Who reviews, and who wrote.
#[derive(Clone, Copy, Debug)]
pub struct Reviewer<'a> {
    /// The reviewer.
    pub person: PersonId,
    /// The unit they work for now.
    pub unit: UnitId,
    /// Everyone who has written in the minutes.
    pub writers: &'a BTreeSet<PersonId>,
}

impl Reviewer<'_> {
    fn may_review(self, state: MinutesState, standing: &Standing) -> Result<(), MinutesRefusal> {
        if state != MinutesState::Submitted {
            return Err(MinutesRefusal::WrongState { state });
        }
        self.may_judge(standing)
    }

    fn may_judge(self, standing: &Standing) -> Result<(), MinutesRefusal> {
        covered(standing, self.unit)?;
        if self.writers.contains(&self.person) { Err(MinutesRefusal::OwnText) } else { Ok(()) }
    }
}

/// Whether consent covered someone during the whole time an item was open (M1). `closed_at` is the instant it closed;
/// while it is open, now.
#[must_use]
pub fn covered_throughout(facts: &CaseFacts, opened_at: DateTime<Utc>, closed_at: DateTime<Utc>) -> bool {
    let mut reached = opened_at;
    for window in windows(facts, opened_at) {
        if window.opens_at > reached {
            break;
        }
        match window.closes_at {
            Some(end) if end <= closed_at => reached = end,
            _ => return true,
        }
    }
    false
}

fn open_for_writing(state: MinutesState) -> Result<(), MinutesRefusal> {
    match state {
        MinutesState::Draft | MinutesState::Returned => Ok(()),
        MinutesState::Submitted | MinutesState::Approved => Err(MinutesRefusal::WrongState { state }),
    }
}

fn approved(state: MinutesState) -> Result<(), MinutesRefusal> {
    if state == MinutesState::Approved { Ok(()) } else { Err(MinutesRefusal::WrongState { state }) }
}

fn covered(standing: &Standing, unit: UnitId) -> Result<(), MinutesRefusal> {
    match standing.reason {
        Some(reason) => Err(MinutesRefusal::ConsentMissing(reason)),
        None if standing.covers(unit) => Ok(()),
        None => Err(MinutesRefusal::NotCovered),
    }
}

/// C20: who writes holds the consent and has said so.
fn acknowledged(standing: &Standing, unit: UnitId) -> Result<(), MinutesRefusal> {
    if standing.acknowledged.contains(&unit) { Ok(()) } else { Err(MinutesRefusal::NotAcknowledged) }
}

fn without_what_points_out(content: Content<'_>) -> Result<(), MinutesRefusal> {
    let parts = || content.parts.iter().enumerate();
    if let Some((part, at)) = parts().find_map(|(part, text)| Some((part, find_personal_number(text)?))) {
        return Err(MinutesRefusal::PersonalNumberInText { part, at });
    }
    if !content.protected {
        return Ok(());
    }
    let found = parts().find_map(|(part, text)| Some((part, whereabouts(text)?)));
    found.map_or(Ok(()), |(part, at)| Err(MinutesRefusal::WhereaboutsInText { part, at }))
}

fn whole(content: Content<'_>) -> Result<(), MinutesRefusal> {
    if content.parts.iter().all(|text| text.trim().is_empty()) {
        return Err(MinutesRefusal::Empty);
    }
    without_what_points_out(content)?;
    if let Some(row) = content.unmarked {
        return Err(MinutesRefusal::ContributionUnmarked { row });
    }
    content.childs_view.ok_or(MinutesRefusal::ChildsViewMissing)?;
    content.outcome.ok_or(MinutesRefusal::OutcomeMissing)?;
    Ok(())
}
