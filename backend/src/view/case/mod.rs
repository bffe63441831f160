//! What a unit is shown of cases and consents.

mod consent_form;
mod list;
mod page;
mod protected;
mod receipt;
mod seen;
mod signed_paper;
mod withdraw_form;

pub use consent_form::{
    ConsentForm, ConsentRules, Prior, Receiver, SignerColumn, consent_form, consent_paper, consent_rules,
};
pub use list::{CaseRow, case_list};
pub use page::{
    CasePage, ConsentDeeds, Ground, GuardianLine, Knower, MinutesLine, PaperLine, PastAnswer, PastConsent,
    PastPrevented, PastWithdrawal, case_page,
};
pub(crate) use page::{tells_place, to_acknowledge};
pub use protected::{Handing, Named, Protected, Question};
pub(crate) use protected::{handing, may_see, must_be_free};
pub use receipt::{Receipt, ReceiptSheet, receipt};
pub use seen::{SeenPage, Sighting, seen_page};
pub use signed_paper::{SignedPaper, signed_paper};
pub use withdraw_form::{WithdrawForm, withdraw_form};

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    consent::{CaseFacts, Consent, Guardianship, Signer, ends_on, required_signers},
    id::{CaseId, GuardianId},
    time::day,
    unit::UnitKind,
    visibility::{ShownStatus, Verdict, shown_status},
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    gate::{self, Known},
    store,
};

/// How many days ahead an end is told of (C11).
const SOON: u64 = 30;

/// What a unit is told of a case's consent at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConsentLine {
    /// The status, whole or in neutral words (C17).
    pub shown: ShownStatus,
    /// The last day it covers those it covers now; only while it is in force.
    pub until: Option<NaiveDate>,
    /// Whether that day is near.
    pub soon: bool,
    /// Where one guardian decides alone, as the other cannot: the last day of that (C8).
    pub alone_until: Option<NaiveDate>,
    /// The first day, where it has not come.
    pub starts: Option<NaiveDate>,
    /// Guardians who have not answered.
    pub guardians_missing: usize,
    /// Whether the child has not answered and must.
    pub child_missing: bool,
}

impl ConsentLine {
    pub(super) fn of(known: &Known, kind: UnitKind, at: DateTime<Utc>) -> Option<Self> {
        let facts = &known.record.facts;
        let shown = shown_status(facts, known.verdict, kind, at)?;
        let today = day(at);
        let until = if known.standing.is_open() { ends_on(facts, at) } else { None };
        let deciding = deciding(known);
        let answered = |by: &Signer| {
            deciding.is_some_and(|consent| consent.signatures.iter().any(|signature| signature.by == *by))
        };
        let missing: Vec<_> = required_signers(facts, today).into_iter().filter(|by| !answered(by)).collect();
        Some(Self {
            shown,
            until,
            soon: until.is_some_and(|until| until <= today + Days::new(SOON)),
            alone_until: known.standing.alone_until,
            starts: deciding
                .map(|consent| consent.valid_from)
                .filter(|from| today < *from && !known.standing.is_open()),
            guardians_missing: missing.iter().filter(|by| **by != Signer::Child).count(),
            child_missing: missing.contains(&Signer::Child),
        })
    }

    /// Whether somebody has to do something about it.
    pub fn needs_somebody(&self) -> bool {
        self.until.is_none() || self.soon
    }
}

/// The consent that decides, in force or not.
fn deciding(known: &Known) -> Option<&Consent> {
    known.record.facts.consents.iter().find(|consent| Some(consent.id) == known.standing.consent)
}

/// I1: whether the child is spoken of by the reference alone. The registering unit reads the name on the case's own page.
fn hides_name(known: &Known) -> bool {
    known.head().protection.hides_name()
}

/// What the guardians are called to a reader: by name, or where an identity is protected and the reader's unit did not register the
/// case, VH1 and VH2 as they were registered, and F1 a parent without custody (I1).
async fn guardian_names(backend: &Backend, known: &Known) -> Result<BTreeMap<GuardianId, String>> {
    if hides_name(known) && !is_own(known) {
        let (guardians, parents): (Vec<_>, Vec<_>) = known.record.facts.guardians.iter().partition(|one| one.custody);
        let numbered = |of: Vec<&Guardianship>, called: &str| {
            (1..).zip(of).map(|(number, one)| (one.id, format!("{called}{number}"))).collect::<Vec<_>>()
        };
        return Ok(numbered(guardians, "VH").into_iter().chain(numbered(parents, "F")).collect());
    }
    store::child::guardian_names(backend.db(), backend.keys(), known.id()).await
}

/// Where somebody who answers stands among the others: guardians as they were registered, the child last.
fn place_of(facts: &CaseFacts, by: Signer) -> usize {
    facts.guardians.iter().position(|one| by == Signer::Guardian(one.id)).unwrap_or(usize::MAX)
}

/// Whether the reader's unit registered the case.
pub(super) fn is_own(known: &Known) -> bool {
    known.verdict == Verdict::Registrant
}

/// Whether the actor's unit may know of the case now: where a form leads when what it did took the case away.
///
/// # Errors
/// When the database does not answer.
pub async fn still_known(backend: &Backend, actor: &Actor, case: CaseId) -> Result<bool> {
    match gate::known(backend.db(), actor, case, backend.now()).await {
        Err(Error::NotFound) => Ok(false),
        known => known.map(|_| true),
    }
}
