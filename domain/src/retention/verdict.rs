//! What becomes of one document on a day, with every reason.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::schedule::{DocumentKind, Keep, ResearchSample, RetentionRule, Schedule};
use crate::age::birthday;
use crate::consent::{Phase, PhaseChange};

/// Until how many years after the child's birth the file of an investigation is kept (prop. 2025/26:12, in force 2026-01-15).
pub const THIRTY: u16 = 30;

coded! {
    /// Why nothing may be disposed of whatever the plan says, until somebody lifts it (L8).
    pub enum Hold {
        /// Somebody has asked for it: a request for a public record or for one's own data (TF 2 kap. 15 §, GDPR 15).
        Request => "request",
        /// A dispute, supervision or a court asks about it.
        Proceedings => "proceedings",
        /// It is part of a personal data incident that is being gone through.
        Incident => "incident",
    }
}

/// What a document is, with what the rules of its kind ask about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// A case with everything that belongs to it.
    CaseFile {
        /// The true birth date, not the one in the personal number (I6).
        born_on: NaiveDate,
        /// Whether the case is closed.
        closed: bool,
        /// Whether it was ever in a formal phase, by [`was_formal`].
        investigation: bool,
    },
    /// What one minutes said before they were approved.
    Drafts {
        /// Whether they stand approved now. Where they never are, what they said goes with the case.
        approved: bool,
    },
    /// What a unit asked a meeting for.
    QueueWords {
        /// Whether it was heard, sent back or taken back, or the case is closed.
        answered: bool,
    },
    /// The question of an anonymous consultation.
    Consultation,
    /// A meeting without its cases.
    Meeting,
    /// An entry of the log.
    AccessLog,
}

impl Document {
    /// Its kind.
    #[must_use]
    pub const fn kind(self) -> DocumentKind {
        match self {
            Self::CaseFile { .. } => DocumentKind::CaseFile,
            Self::Drafts { .. } => DocumentKind::Drafts,
            Self::QueueWords { .. } => DocumentKind::QueueWords,
            Self::Consultation => DocumentKind::Consultation,
            Self::Meeting => DocumentKind::Meeting,
            Self::AccessLog => DocumentKind::AccessLog,
        }
    }
}

/// Whether a case was ever in a formal phase, report or investigation. A report alone counts as well: what it led to is known to
/// social services only, and what is kept too long can still be disposed of.
#[must_use]
pub fn was_formal(phases: &[PhaseChange]) -> bool {
    phases.iter().any(|change| change.to != Phase::VoluntarySupport)
}

/// All that decides whether a document goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What it is.
    pub document: Document,
    /// The local day anything was last written in it, its closing included; of drafts the day their minutes were approved last, of a
    /// consultation and a meeting the day it was held.
    pub last_entry_on: NaiveDate,
    /// For what it is held. One that is lifted leaves the others.
    pub holds: BTreeSet<Hold>,
}

/// Why a document is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// There is no rule for its kind, or none that has been decided by that day (L7).
    NotDecided,
    /// The plan says that it is kept for good.
    Preserved,
    /// The municipality keeps every file for research.
    KeepAll,
    /// The child is born on day 5, 15 or 25, and the file is kept for research.
    ResearchSample,
    /// The case is not closed.
    Open,
    /// It is needed still: its minutes are not approved, or what was asked is not heard.
    InUse,
    /// It is held (L8).
    Held(Hold),
    /// It was in a formal phase, and thirty years have not passed since the child's birth.
    ThirtyYears {
        /// The last local day of them: the thirtieth birthday.
        until: NaiveDate,
    },
    /// The time of the rule has not passed.
    NotLongEnough {
        /// Its last local day.
        until: NaiveDate,
    },
}

impl Why {
    /// The last local day this reason holds; none where no day ends it.
    #[must_use]
    pub const fn until(self) -> Option<NaiveDate> {
        match self {
            Self::ThirtyYears { until } | Self::NotLongEnough { until } => Some(until),
            Self::NotDecided
            | Self::Preserved
            | Self::KeepAll
            | Self::ResearchSample
            | Self::Open
            | Self::InUse
            | Self::Held(_) => None,
        }
    }

    /// Whether it tells that there was a report or an investigation, which is known to social services alone (C17).
    #[must_use]
    pub const fn tells_phase(self) -> bool {
        matches!(self, Self::ThirtyYears { .. })
    }
}

/// What becomes of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may be disposed of.
    Due {
        /// The first local day it could have been by its times and the decision, whatever else kept it.
        since: NaiveDate,
        /// The rule that says so, which is decided.
        rule: RetentionRule,
    },
    /// It is kept.
    Kept {
        /// The last local day, if nothing is written in it; none where no day ends every reason.
        until: Option<NaiveDate>,
        /// Every reason, in order; never empty.
        why: Vec<Why>,
    },
}

/// What becomes of a document on a local day by an authority's plan (L7, L8). A last day of keeping is counted in: what is kept until
/// 10 March may go on the 11th.
#[must_use]
pub fn verdict(schedule: &Schedule, facts: &Facts, today: NaiveDate) -> Verdict {
    let rule = schedule.rule(facts.document.kind());
    let decided = rule.and_then(|rule| Some((rule, rule.decided_by(today)?)));
    let times = times(rule.map(RetentionRule::keep), facts);
    let mut why = without_end(schedule.sample(), facts);
    why.extend(times.iter().copied().filter(|time| time.until().is_none_or(|until| today <= until)));
    match decided {
        Some((rule, decision)) if why.is_empty() => {
            let ended = times.into_iter().filter_map(|time| time.until()?.succ_opt()).max();
            let since = ended.map_or(decision.on(), |first| first.max(decision.on()));
            Verdict::Due { since, rule: rule.clone() }
        }
        Some(_) => kept(why),
        None => {
            why.push(Why::NotDecided);
            kept(why)
        }
    }
}

/// What keeps a document until somebody does something about it, or for good.
fn without_end(sample: ResearchSample, facts: &Facts) -> Vec<Why> {
    let mut why: Vec<_> = facts.holds.iter().copied().map(Why::Held).collect();
    match facts.document {
        Document::CaseFile { born_on, closed, .. } => {
            if sample.holds(born_on) {
                why.push(match sample {
                    ResearchSample::Days => Why::ResearchSample,
                    ResearchSample::KeepAll => Why::KeepAll,
                });
            }
            if !closed {
                why.push(Why::Open);
            }
        }
        // Research keeps files: what was approved, not what it came from.
        Document::Drafts { approved: done } | Document::QueueWords { answered: done } if !done => why.push(Why::InUse),
        Document::Drafts { .. }
        | Document::QueueWords { .. }
        | Document::Consultation
        | Document::Meeting
        | Document::AccessLog => {}
    }
    why
}

/// The times that have to pass, those that have passed included. For what is needed still none has begun.
fn times(keep: Option<Keep>, facts: &Facts) -> Vec<Why> {
    if matches!(facts.document, Document::Drafts { approved: false } | Document::QueueWords { answered: false }) {
        return Vec::new();
    }
    let by_rule = keep.map(|keep| match keep.last_day(facts.last_entry_on) {
        Some(until) => Why::NotLongEnough { until },
        None => Why::Preserved,
    });
    let thirty = match facts.document {
        Document::CaseFile { born_on, investigation: true, .. } => {
            Some(Why::ThirtyYears { until: birthday(born_on, THIRTY) })
        }
        _ => None,
    };
    by_rule.into_iter().chain(thirty).collect()
}

fn kept(mut why: Vec<Why>) -> Verdict {
    why.sort_unstable();
    let every: Option<Vec<_>> = why.iter().map(|why| why.until()).collect();
    Verdict::Kept { until: every.and_then(|ends| ends.into_iter().max()), why }
}
