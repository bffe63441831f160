//! What keeps the cases of a unit and what of them may go before they do, by the plan of its authority and what holds them (L7, L8).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{
    id::CaseId,
    proposal::{ProposalState, still_asks},
    retention::{Document, DocumentKind, Facts, Hold, ResearchSample, Schedule, Thing, Verdict, verdict, was_formal},
    time::day,
    unit::UnitKind,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    Result,
    audit::Action,
    store::{self, case::CaseRecord, retention::Plan, unit::Unit},
};

/// What is no entry in a case: what is decided about keeping it.
const NO_ENTRY: [Action; 7] = [
    Action::CaseHeld,
    Action::CaseHoldLifted,
    Action::DisposalProposed,
    Action::DisposalApproved,
    Action::DisposalStopped,
    Action::DraftsDisposed,
    Action::QueueWordsDisposed,
];

/// What becomes of some of a unit's cases.
#[derive(Clone, Debug)]
pub(crate) struct Keeping {
    /// The rules of the unit's authority that are recorded, by what they are about.
    pub plans: BTreeMap<DocumentKind, Plan>,
    /// What becomes of each document: of a case, of the drafts of one minutes, of what was asked once.
    documents: BTreeMap<Thing, Vec<(Uuid, Verdict)>>,
}

impl Keeping {
    /// Asks on a local day what becomes of these cases, as far as they are a unit's: of those it registered, the case and the drafts of
    /// its minutes; of all, what the unit itself asked for in the queue.
    pub async fn of<'a>(
        db: &impl ConnectionTrait,
        unit: &Unit,
        cases: impl IntoIterator<Item = &'a CaseRecord>,
        today: NaiveDate,
    ) -> Result<Self> {
        let records: BTreeMap<CaseId, &CaseRecord> = cases.into_iter().map(|record| (record.head.id, record)).collect();
        let plans = store::retention::plans(db, &unit.authority).await?;
        // Without a plan nothing goes, whatever the sample would be.
        let sample = plans.get(&DocumentKind::CaseFile).and_then(|plan| plan.sample).unwrap_or(ResearchSample::Days);
        let rules = plans.values().map(|plan| plan.rule.clone());
        let schedule = rules.fold(Schedule::new(sample), Schedule::with);
        let holds = store::retention::holds(db, records.keys().copied()).await?;
        let own: BTreeMap<CaseId, &CaseRecord> = records
            .iter()
            .filter(|(_, record)| record.head.unit == unit.id)
            .map(|(id, record)| (*id, *record))
            .collect();
        let mut documents: BTreeMap<Thing, Vec<(Uuid, Verdict)>> = BTreeMap::new();
        let all = [
            files(db, unit, &own, &holds).await?,
            drafts(db, own.keys().copied(), &holds).await?,
            words(db, unit, &records, &holds).await?,
        ];
        for (case, id, facts) in all.into_iter().flatten() {
            let thing = Thing { kind: facts.document.kind(), case };
            documents.entry(thing).or_default().push((id, verdict(&schedule, &facts, today)));
        }
        Ok(Self { plans, documents })
    }

    /// What becomes of all of it: of several documents of one kind the one that may go first speaks.
    pub fn verdicts(&self) -> BTreeMap<Thing, Verdict> {
        let first =
            |all: &Vec<(Uuid, Verdict)>| all.iter().map(|(_, verdict)| verdict).min_by_key(|one| place(one)).cloned();
        self.documents.iter().filter_map(|(thing, all)| Some((*thing, first(all)?))).collect()
    }

    /// The documents that may go.
    pub fn due(&self, thing: Thing) -> Vec<Uuid> {
        let all = self.documents.get(&thing).into_iter().flatten();
        all.filter(|(_, verdict)| matches!(verdict, Verdict::Due { .. })).map(|(id, _)| *id).collect()
    }
}

/// What may go stands first, the earliest before; then what is kept, the first to end before, and last what has no end.
fn place(verdict: &Verdict) -> (bool, bool, Option<NaiveDate>) {
    match verdict {
        Verdict::Due { since, .. } => (false, false, Some(*since)),
        Verdict::Kept { until, .. } => (true, until.is_none(), *until),
    }
}

type Holds = BTreeMap<CaseId, BTreeSet<Hold>>;
type Documents = Vec<(CaseId, Uuid, Facts)>;

/// The cases themselves.
async fn files(
    db: &impl ConnectionTrait,
    unit: &Unit,
    own: &BTreeMap<CaseId, &CaseRecord>,
    holds: &Holds,
) -> Result<Documents> {
    let last = store::audit::last_changes(db, own.keys().copied(), &NO_ENTRY).await?;
    let facts = own.iter().map(|(id, record)| {
        let written = last.get(id).copied().unwrap_or(record.head.registered_at);
        let facts = Facts {
            document: Document::CaseFile {
                born_on: record.head.born_on,
                closed: record.head.closed_at.is_some(),
                investigation: is_of_investigation(unit.kind, record),
            },
            // Whoever closed it wrote last, or its own unit since: others know it no more. So the day tells nothing of them.
            last_entry_on: day(written.max(record.head.closed_at.unwrap_or(written))),
            holds: holds.get(id).cloned().unwrap_or_default(),
        };
        (*id, id.uuid(), facts)
    });
    Ok(facts.collect())
}

/// The minutes that have versions which were never approved.
async fn drafts(db: &impl ConnectionTrait, own: impl Iterator<Item = CaseId>, holds: &Holds) -> Result<Documents> {
    let all = store::working::drafts(db, own).await?;
    let facts = all.into_iter().map(|one| {
        let facts = Facts {
            document: Document::Drafts { approved: one.approved_at.is_some() },
            // Where they are not approved no day counts.
            last_entry_on: one.approved_at.map_or(NaiveDate::MAX, day),
            holds: holds.get(&one.case).cloned().unwrap_or_default(),
        };
        (one.case, one.minutes.uuid(), facts)
    });
    Ok(facts.collect())
}

/// What the unit asked for. For what another unit's case is held is that unit's to know: here it is needed still.
async fn words(
    db: &impl ConnectionTrait,
    unit: &Unit,
    records: &BTreeMap<CaseId, &CaseRecord>,
    holds: &Holds,
) -> Result<Documents> {
    let asked = store::working::asked(db, unit.id, records.keys().copied()).await?;
    let taken_up = store::agenda::taken_up(db, asked.iter().map(|one| one.case)).await?;
    let facts = asked.into_iter().filter_map(|one| {
        let record = records.get(&one.case)?;
        let heard = !still_asks(one.at, taken_up.get(&one.case).and_then(|taken_up| taken_up.last));
        let answered = heard || one.state != ProposalState::Waiting || record.head.closed_at.is_some();
        let held = holds.get(&one.case).cloned().unwrap_or_default();
        let (others, holds) =
            if record.head.unit == unit.id { (false, held) } else { (!held.is_empty(), BTreeSet::new()) };
        let facts = Facts {
            document: Document::QueueWords { answered: answered && !others },
            last_entry_on: day(one.returned_at.unwrap_or(one.at)),
            holds,
        };
        Some((one.case, one.proposal.uuid(), facts))
    });
    Ok(facts.collect())
}

/// Whether a file is one of an investigation, which is kept thirty years. The file of another authority is none, whatever social
/// services do meanwhile: what they were handed lies in theirs. So what becomes of it tells nobody there of a phase (C17).
fn is_of_investigation(kind: UnitKind, record: &CaseRecord) -> bool {
    kind == UnitKind::SocialServices && was_formal(&record.facts.phases)
}
