//! What the agenda says of a case's consent, in words anybody who knows the case may read.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    consent::{Answer, CaseFacts, Consent, Reason, Standing},
    id::UnitId,
    visibility::{NeutralStatus, neutral_status},
};

/// Consent, seen from the meeting's instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentChip {
    /// In force when the meeting begins.
    Holds {
        /// Its last day.
        until: NaiveDate,
    },
    /// In force today, but its last day comes before the meeting.
    EndsBefore {
        /// Its last day.
        last: NaiveDate,
    },
    /// In force today, but it will need renewing before the meeting: a birthday comes between.
    RenewBefore,
    /// Not in force, in words that tell nobody why where they may not know (C7, C17).
    Lacks(NeutralStatus),
}

impl ConsentChip {
    /// The chip of a case, from what holds now and what will hold when the meeting begins.
    pub(super) fn of(facts: &CaseFacts, now: &Standing, then: &Standing) -> Self {
        match (deciding(facts, then), then.is_open(), now.is_open()) {
            (Some(consent), true, _) => Self::Holds { until: consent.valid_until },
            (Some(consent), false, true) if then.reason == Some(Reason::Expired) => {
                Self::EndsBefore { last: consent.valid_until }
            }
            (_, false, true) => Self::RenewBefore,
            _ => Self::Lacks(neutral_status(then)),
        }
    }
}

fn deciding<'a>(facts: &'a CaseFacts, standing: &Standing) -> Option<&'a Consent> {
    facts.consents.iter().find(|consent| Some(consent.id) == standing.consent)
}

/// The units somebody named in the consent that decides; more than those it covers where the signers differ.
pub(super) fn named(facts: &CaseFacts, then: &Standing) -> BTreeSet<UnitId> {
    let signatures = deciding(facts, then).map(|consent| consent.signatures.as_slice()).unwrap_or_default();
    let yes = signatures.iter().filter(|signature| signature.answer == Answer::Agreed);
    yes.flat_map(|signature| signature.receivers.iter().copied()).collect()
}
