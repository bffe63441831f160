//! The gate's pure half: who may know that a case exists.

use chrono::{DateTime, Utc};

use crate::{
    consent::{CaseFacts, standing},
    id::UnitId,
};

coded! {
    /// What an assignment lets a person do.
    pub enum Role {
        /// Plans agendas, runs meetings.
        Coordinator => "coordinator",
        /// Registers cases, takes part.
        Participant => "participant",
        /// Reviews minutes, keeps the municipality's units, forums and people.
        Administrator => "administrator",
        /// Runs the installation; knows no case (L5).
        Operator => "operator",
    }
}

/// Whether and why a unit may know of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It registered the case (V1).
    Registrant,
    /// Consent covers it now (CONS-03).
    Covered,
    /// It may not know that the case exists (V2).
    Hidden,
}

/// Whether a unit may know of a case at an instant.
pub fn may_know(facts: &CaseFacts, registered_by: UnitId, unit: UnitId, at: DateTime<Utc>) -> Verdict {
    if unit == registered_by {
        Verdict::Registrant
    } else if standing(facts, at).covers(unit) {
        Verdict::Covered
    } else {
        Verdict::Hidden
    }
}
