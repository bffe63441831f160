//! Who may know of a case: the pure half of the gate.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::consent::{CaseFacts, Phase, Reason, Standing, phase_at, standing};
use crate::id::{PersonId, UnitId};
use crate::unit::UnitKind;

coded! {
    /// What a person does in a unit; one at a time (L1).
    pub enum Role {
        /// Samordnare: runs the forum's cases and meetings.
        Coordinator => "coordinator",
        /// Deltagare: takes part for their unit.
        Participant => "participant",
        /// Administratör: the municipality's register, and review of minutes.
        Administrator => "administrator",
        /// It-drift: keeps the program running and never knows a case (L5).
        Operator => "operator",
    }
}

/// Someone who looks, in the one assignment they are working in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// The person.
    pub person: PersonId,
    /// The unit they work for.
    pub unit: UnitId,
    /// What they do there.
    pub role: Role,
}

/// Who knows a case, of those who work in the units that may know it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Circle {
    /// All of them.
    #[default]
    Unit,
    /// These alone: somebody's identity is protected (I1, AUTHZ-08).
    Named(BTreeSet<PersonId>),
}

impl Circle {
    /// Whether somebody belongs to it.
    #[must_use]
    pub fn holds(&self, person: PersonId) -> bool {
        match self {
            Self::Unit => true,
            Self::Named(people) => people.contains(&person),
        }
    }
}

/// What a unit may know of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// All that it registered itself (V1).
    Registrant,
    /// The case, by consent.
    Covered,
    /// Nothing: for the unit the case does not exist (V2).
    Hidden,
}

impl Verdict {
    /// Whether the case exists for the unit.
    #[must_use]
    pub const fn knows(self) -> bool {
        !matches!(self, Self::Hidden)
    }
}

/// What somebody may know of a case at an instant: their unit registered it or is covered by its consent (V1, V2), they belong to
/// its circle (I1), and they are no operator (L5).
#[must_use]
pub fn may_know(
    facts: &CaseFacts,
    registered_by: UnitId,
    circle: &Circle,
    viewer: Viewer,
    at: DateTime<Utc>,
) -> Verdict {
    if viewer.role == Role::Operator || !circle.holds(viewer.person) {
        Verdict::Hidden
    } else if viewer.unit == registered_by {
        Verdict::Registrant
    } else if standing(facts, at).covers(viewer.unit) {
        Verdict::Covered
    } else {
        Verdict::Hidden
    }
}

coded! {
    /// What may be said of a case's consent to those who may not know its phase (C7, C17).
    pub enum NeutralStatus {
        /// In force.
        InForce => "in_force",
        /// None has been obtained.
        Missing => "missing",
        /// Some answers are missing.
        Awaiting => "awaiting",
        /// Its first day has not come.
        NotYetValid => "not_yet_valid",
        /// Someone said no.
        Refused => "refused",
        /// Taken back.
        Withdrawn => "withdrawn",
        /// Behöver förnyas. The same words whether a day passed, a birthday came or the phase changed.
        NeedsRenewal => "needs_renewal",
        /// The signers named nobody in common.
        NoCommonReceiver => "no_common_receiver",
    }
}

/// What a unit is told of a case's consent.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShownStatus {
    /// To social services: the reason and the phase.
    Full {
        /// Why nobody is covered; none where someone is.
        reason: Option<Reason>,
        /// Where the case stands.
        phase: Phase,
    },
    /// To all others who know the case.
    Neutral(NeutralStatus),
}

/// Not the phase: what is logged must not tell it.
impl fmt::Debug for ShownStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full { .. } => "Full(…)",
            Self::Neutral(_) => "Neutral(…)",
        })
    }
}

/// What a unit of a kind is told of a case's consent at an instant; nothing where it may not know the case.
///
/// C17: only social services see the phase, or that it was the phase that ended a consent. To others an ended consent and
/// one that a change of phase ended are the same; who shows this status shows no last day beside it, as the two together
/// would tell them apart.
#[must_use]
pub fn shown_status(facts: &CaseFacts, verdict: Verdict, kind: UnitKind, at: DateTime<Utc>) -> Option<ShownStatus> {
    if !verdict.knows() {
        return None;
    }
    let standing = standing(facts, at);
    Some(if kind.is_social_services() {
        ShownStatus::Full { reason: standing.reason, phase: phase_at(facts, at) }
    } else {
        ShownStatus::Neutral(neutral_status(&standing))
    })
}

/// A standing without what only social services may know.
#[must_use]
pub fn neutral_status(standing: &Standing) -> NeutralStatus {
    neutral_of(standing.reason)
}

/// A reason without what only social services may know; none is consent in force.
#[must_use]
pub const fn neutral_of(reason: Option<Reason>) -> NeutralStatus {
    match reason {
        None => NeutralStatus::InForce,
        Some(Reason::NoConsent) => NeutralStatus::Missing,
        Some(Reason::AwaitingSignatures) => NeutralStatus::Awaiting,
        Some(Reason::NotYetValid) => NeutralStatus::NotYetValid,
        Some(Reason::Refused) => NeutralStatus::Refused,
        Some(Reason::Withdrawn) => NeutralStatus::Withdrawn,
        Some(Reason::NeedsRenewal | Reason::Expired) => NeutralStatus::NeedsRenewal,
        Some(Reason::NoCommonReceiver) => NeutralStatus::NoCommonReceiver,
    }
}
