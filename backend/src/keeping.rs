//! What keeps the cases a unit registered, by the plan of its authority and what holds them (L7, L8).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    id::CaseId,
    retention::{Document, Facts, ResearchSample, Schedule, Verdict, verdict, was_formal},
    time::day,
    unit::UnitKind,
};
use sea_orm::ConnectionTrait;

use crate::{
    Result,
    audit::Action,
    store::{self, case::CaseRecord, retention::Plan, unit::Unit},
};

/// What is no entry in a case: what is decided about keeping it.
const NO_ENTRY: [Action; 5] = [
    Action::CaseHeld,
    Action::CaseHoldLifted,
    Action::DisposalProposed,
    Action::DisposalApproved,
    Action::DisposalStopped,
];

/// What becomes of some of a unit's cases.
#[derive(Clone, Debug)]
pub(crate) struct Keeping {
    /// The rule for case files of the unit's authority; none until one is recorded.
    pub plan: Option<Plan>,
    /// What becomes of each case.
    pub verdicts: BTreeMap<CaseId, Verdict>,
}

impl Keeping {
    /// Asks what becomes of these cases, which a unit registered, on a local day.
    pub async fn of<'a>(
        db: &impl ConnectionTrait,
        unit: &Unit,
        cases: impl IntoIterator<Item = &'a CaseRecord> + Clone,
        today: NaiveDate,
    ) -> Result<Self> {
        let plan = store::retention::plan(db, &unit.authority).await?;
        // Without a plan nothing goes, whatever the sample would be.
        let schedule = plan.as_ref().map_or(Schedule::new(ResearchSample::Days), Plan::schedule);
        let ids: Vec<CaseId> = cases.clone().into_iter().map(|record| record.head.id).collect();
        let mut holds = store::retention::holds(db, ids.iter().copied()).await?;
        let last = store::audit::last_changes(db, ids, &NO_ENTRY).await?;
        let verdicts = cases.into_iter().map(|record| {
            let id = record.head.id;
            let written = last.get(&id).copied().unwrap_or(record.head.registered_at);
            let facts = Facts {
                document: Document::CaseFile {
                    born_on: record.head.born_on,
                    closed: record.head.closed_at.is_some(),
                    investigation: is_of_investigation(unit.kind, record),
                },
                // Whoever closed it wrote last, or its own unit since: others know it no more. So the day tells nothing of them.
                last_entry_on: day(written.max(record.head.closed_at.unwrap_or(written))),
                holds: holds.remove(&id).unwrap_or_default(),
            };
            (id, verdict(&schedule, &facts, today))
        });
        Ok(Self { verdicts: verdicts.collect(), plan })
    }
}

/// Whether a file is one of an investigation, which is kept thirty years. The file of another authority is none, whatever social
/// services do meanwhile: what they were handed lies in theirs. So what becomes of it tells nobody there of a phase (C17).
fn is_of_investigation(kind: UnitKind, record: &CaseRecord) -> bool {
    kind == UnitKind::SocialServices && was_formal(&record.facts.phases)
}
