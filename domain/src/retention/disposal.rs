//! Two people and a day between what is found due and what is gone (L7, PRIV-07).

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use thiserror::Error;

use super::schedule::{DocumentKind, RetentionRule};
use super::verdict::{Verdict, Why};
use crate::UnknownCode;
use crate::id::{CaseId, PersonId};
use crate::refusal::Refusal;

/// How long what was approved can still be stopped before it is shredded (PRIV-07).
pub const GRACE: TimeDelta = TimeDelta::hours(24);

coded! {
    /// Where a disposal is.
    pub enum DisposalState {
        /// Somebody has proposed it: a dry run, nothing is touched.
        Proposed => "proposed",
        /// Another has approved it; it can be stopped for a day.
        Approved => "approved",
        /// Somebody stopped it. What is to go after all is proposed anew.
        Stopped => "stopped",
        /// The keys are destroyed.
        Shredded => "shredded",
    }
}

/// What can be disposed of: a case, or all of one kind that it needs no more before it goes itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Thing {
    /// What of the case.
    pub kind: DocumentKind,
    /// The case.
    pub case: CaseId,
}

impl Display for Thing {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.kind, self.case)
    }
}

impl FromStr for Thing {
    type Err = UnknownCode;

    /// `drafts.` and the case's id: as it is displayed.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = UnknownCode { kind: "Thing" };
        let (kind, case) = text.split_once('.').ok_or(unknown)?;
        Ok(Self { kind: kind.parse()?, case: case.parse().map_err(|_| unknown)? })
    }
}

/// Whose step it was, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Who.
    pub by: PersonId,
    /// When; UTC.
    pub at: DateTime<Utc>,
}

/// Bevis om gallring: what is left of a document, without a word of what was in it or whom it was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The rule it went by, with its decision.
    pub rule: RetentionRule,
    /// The first local day it could have gone.
    pub since: NaiveDate,
    /// Who proposed it.
    pub proposed: Word,
    /// Who approved it: somebody else.
    pub approved: Word,
    /// When its keys were destroyed; UTC.
    pub shredded_at: DateTime<Utc>,
}

/// One document on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Disposal {
    /// Proposed.
    Proposed {
        /// By whom.
        proposed: Word,
    },
    /// Approved by another.
    Approved {
        /// Who proposed it.
        proposed: Word,
        /// Who approved it.
        approved: Word,
    },
    /// Stopped.
    Stopped {
        /// Who proposed it.
        proposed: Word,
        /// Who approved it, if somebody had.
        approved: Option<Word>,
        /// Who stopped it.
        stopped: Word,
    },
    /// Gone.
    Shredded(Proof),
}

/// Why a disposal does not move.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DisposalRefusal {
    /// The document is kept (L7, L8).
    #[error("the document is kept")]
    Kept(Vec<Why>),
    /// Nobody approves what they proposed.
    #[error("nobody approves what they proposed")]
    OwnProposal,
    /// The day in which it can be stopped is not over.
    #[error("it can still be stopped, until {until}")]
    InGrace {
        /// When it is over; UTC.
        until: DateTime<Utc>,
    },
    /// It is not in a state from which it can.
    #[error("a disposal that is {state} cannot do that")]
    WrongState {
        /// The state it is in.
        state: DisposalState,
    },
}

impl From<&DisposalRefusal> for Refusal {
    fn from(refusal: &DisposalRefusal) -> Self {
        match refusal {
            DisposalRefusal::Kept(_) => Self::RecordKept,
            DisposalRefusal::OwnProposal => Self::OwnProposal,
            DisposalRefusal::InGrace { .. } => Self::InGrace,
            DisposalRefusal::WrongState { .. } => Self::DisposalState,
        }
    }
}

impl Disposal {
    /// Nothing → Proposed, for what is due.
    pub fn propose(verdict: &Verdict, proposed: Word) -> Result<Self, DisposalRefusal> {
        due(verdict)?;
        Ok(Self::Proposed { proposed })
    }

    /// Proposed → Approved, by somebody else, for what is still due.
    pub fn approve(&self, verdict: &Verdict, approved: Word) -> Result<Self, DisposalRefusal> {
        let Self::Proposed { proposed } = *self else { return Err(self.wrong_state()) };
        if proposed.by == approved.by {
            return Err(DisposalRefusal::OwnProposal);
        }
        due(verdict)?;
        Ok(Self::Approved { proposed, approved })
    }

    /// Proposed or Approved → Stopped, by anybody who may see it, who proposed and who approved it among them; also after the day, as
    /// long as it is not gone.
    pub fn stop(&self, stopped: Word) -> Result<Self, DisposalRefusal> {
        match *self {
            Self::Proposed { proposed } => Ok(Self::Stopped { proposed, approved: None, stopped }),
            Self::Approved { proposed, approved } => Ok(Self::Stopped { proposed, approved: Some(approved), stopped }),
            Self::Stopped { .. } | Self::Shredded(_) => Err(self.wrong_state()),
        }
    }

    /// Approved → Shredded, from a whole day after the approval on, for what is still due at that moment: who wrote in it, opened it
    /// or asked for it meanwhile has saved it.
    pub fn shred(&self, verdict: &Verdict, at: DateTime<Utc>) -> Result<Self, DisposalRefusal> {
        let Self::Approved { proposed, approved } = *self else { return Err(self.wrong_state()) };
        let (since, rule) = due(verdict)?;
        let until = grace_ends(approved);
        if at < until {
            return Err(DisposalRefusal::InGrace { until });
        }
        Ok(Self::Shredded(Proof { rule: rule.clone(), since, proposed, approved, shredded_at: at }))
    }

    /// When it may be shredded at the earliest; UTC. None where it is not approved, or over.
    #[must_use]
    pub fn shredded_from(&self) -> Option<DateTime<Utc>> {
        match *self {
            Self::Approved { approved, .. } => Some(grace_ends(approved)),
            Self::Proposed { .. } | Self::Stopped { .. } | Self::Shredded(_) => None,
        }
    }

    /// Where it is.
    #[must_use]
    pub const fn state(&self) -> DisposalState {
        match self {
            Self::Proposed { .. } => DisposalState::Proposed,
            Self::Approved { .. } => DisposalState::Approved,
            Self::Stopped { .. } => DisposalState::Stopped,
            Self::Shredded(_) => DisposalState::Shredded,
        }
    }

    const fn wrong_state(&self) -> DisposalRefusal {
        DisposalRefusal::WrongState { state: self.state() }
    }
}

fn due(verdict: &Verdict) -> Result<(NaiveDate, &RetentionRule), DisposalRefusal> {
    match verdict {
        Verdict::Due { since, rule } => Ok((*since, rule)),
        Verdict::Kept { why, .. } => Err(DisposalRefusal::Kept(why.clone())),
    }
}

/// The first instant at which what was approved may be shredded; at the edge of the calendar never.
fn grace_ends(approved: Word) -> DateTime<Utc> {
    approved.at.checked_add_signed(GRACE).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
