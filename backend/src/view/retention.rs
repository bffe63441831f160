//! What is kept and what may go: the plan of an authority, a dry run over the closed cases of one of its units, what is on its way
//! out, and the proof of what is gone (L7, L8).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{CaseId, PersonId},
    retention::{Disposal, Hold, Keep, Proof, ResearchSample, Verdict, Why, Word},
    time::day,
    visibility::{Role, Verdict as Knows},
};

use crate::{
    Backend, Result,
    actor::Actor,
    audit::Action,
    gate,
    keeping::Keeping,
    store::{self, case::CaseRecord, disposal::Going, retention::Plan},
};

/// The rule of an authority for its case files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLine {
    /// How long they are kept.
    pub keep: Keep,
    /// What is kept for research.
    pub sample: ResearchSample,
    /// How the decision is found in the diary.
    pub decision: String,
    /// Its local day.
    pub decided_on: NaiveDate,
    /// Who recorded it.
    pub by: String,
    /// When; UTC.
    pub at: DateTime<Utc>,
}

/// A closed case that may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueCase {
    /// The case.
    pub id: CaseId,
    /// Its four characters.
    pub reference: String,
    /// The first local day it could have gone.
    pub since: NaiveDate,
}

/// A closed case that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCase {
    /// The case.
    pub id: CaseId,
    /// Its four characters.
    pub reference: String,
    /// The last local day it is kept; none where no day ends every reason.
    pub until: Option<NaiveDate>,
    /// Every reason.
    pub why: Vec<Why>,
}

/// Whose step it was, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The name of who took it.
    pub by: String,
    /// When; UTC.
    pub at: DateTime<Utc>,
}

/// A case on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnItsWay {
    /// The case.
    pub id: CaseId,
    /// Its four characters.
    pub reference: String,
    /// Who proposed it.
    pub proposed: Step,
    /// Whether this is the reader's own proposal.
    pub own: bool,
    /// Who approved it.
    pub approved: Option<Step>,
    /// When its keys are destroyed at the earliest; UTC.
    pub from: Option<DateTime<Utc>>,
    /// What has come to keep it all the same: then it does not go.
    pub kept: Vec<Why>,
}

/// Bevis om gallring: what is left of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofLine {
    /// Its four characters.
    pub reference: String,
    /// How long such files are kept.
    pub keep: Keep,
    /// The decision it went by.
    pub decision: String,
    /// The local day of the decision.
    pub decided_on: NaiveDate,
    /// The first local day it could have gone.
    pub since: NaiveDate,
    /// Who proposed it.
    pub proposed: Step,
    /// Who approved it.
    pub approved: Step,
    /// When its keys were destroyed; UTC.
    pub at: DateTime<Utc>,
    /// Whether no backup from before opens with the keys there are now (CRY-05).
    pub backups_closed: bool,
}

/// What is kept and what may go of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionPage {
    /// The unit.
    pub unit: String,
    /// Whose plan it is.
    pub authority: String,
    /// The plan's rule; none until one is recorded: then nothing goes.
    pub plan: Option<PlanLine>,
    /// Whether the reader records rules and approves.
    pub decides: bool,
    /// Cases that are not closed: they are kept.
    pub open: usize,
    /// What may go, and nobody has proposed.
    pub due: Vec<DueCase>,
    /// What is on its way.
    pub on_its_way: Vec<OnItsWay>,
    /// What is kept, the first to end first.
    pub kept: Vec<KeptCase>,
    /// For what each closed case that is not gone is held.
    pub held: Vec<(CaseId, String, BTreeSet<Hold>)>,
    /// What is gone, the last first.
    pub gone: Vec<ProofLine>,
}

/// The dry run over the cases the actor's unit registered, as far as the actor may know them. Nothing is touched by looking.
///
/// # Errors
/// [`crate::Error::Denied`] for participants and IT operators.
pub async fn retention_page(backend: &Backend, actor: &Actor) -> Result<RetentionPage> {
    actor.must_be(&[Role::Coordinator, Role::Administrator])?;
    let (db, now) = (backend.db(), backend.now());
    let unit = store::unit::load(db, actor.unit()?).await?;
    let mut known = gate::all_known(db, actor.viewer()?, now).await?;
    known.retain(|_, known| known.verdict == Knows::Registrant);
    let open = known.values().filter(|known| known.head().closed_at.is_none()).count();
    known.retain(|_, known| known.head().closed_at.is_some());
    let records: Vec<&CaseRecord> = known.values().map(|known| &known.record).collect();
    let Keeping { plan, verdicts } = Keeping::of(db, &unit, records.iter().copied(), day(now)).await?;
    let mut all = store::disposal::of_unit(db, unit.id).await?;
    all.retain(|going| going.circle.holds(actor.person));
    let (gone, on_its_way): (Vec<Going>, Vec<Going>) =
        all.into_iter().partition(|going| matches!(going.disposal, Disposal::Shredded(_)));
    let names = names(backend, plan.as_ref(), gone.iter().chain(&on_its_way)).await?;
    let mut page = RetentionPage {
        plan: plan.map(|plan| plan_line(plan, &names)),
        decides: actor.role == Role::Administrator,
        open,
        due: Vec::new(),
        on_its_way: Vec::new(),
        kept: Vec::new(),
        held: Vec::new(),
        gone: gone.into_iter().rev().filter_map(|going| proof(backend, going, &names)).collect(),
        unit: unit.name,
        authority: unit.authority,
    };
    let holds = store::retention::holds(db, known.keys().copied()).await?;
    for record in records {
        let (id, reference) = (record.head.id, record.head.reference.clone());
        if let Some(holds) = holds.get(&id) {
            page.held.push((id, reference.clone(), holds.clone()));
        }
        let Some(verdict) = verdicts.get(&id) else { continue };
        if let Some(going) = on_its_way.iter().find(|going| going.case == id) {
            page.on_its_way.push(way(going, verdict, actor, &names));
            continue;
        }
        match verdict.clone() {
            Verdict::Due { since, .. } => page.due.push(DueCase { id, reference, since }),
            Verdict::Kept { until, why } => page.kept.push(KeptCase { id, reference, until, why }),
        }
    }
    page.due.sort_by(|one, other| (one.since, &one.reference).cmp(&(other.since, &other.reference)));
    page.kept.sort_by_key(|one| (one.until.is_none(), one.until, one.reference.clone()));
    page.on_its_way.sort_by_key(|one| (one.approved.is_some(), one.proposed.at, one.reference.clone()));
    let reads: Vec<_> = known.values().map(|known| known.event(Action::CaseRead)).collect();
    backend.log_reads(actor, &reads).await?;
    Ok(page)
}

type Names = BTreeMap<PersonId, String>;

/// Everybody who took a step.
async fn names<'a>(backend: &Backend, plan: Option<&Plan>, all: impl Iterator<Item = &'a Going>) -> Result<Names> {
    let words = all.flat_map(|going| match &going.disposal {
        Disposal::Proposed { proposed } => vec![proposed.by],
        Disposal::Approved { proposed, approved } | Disposal::Stopped { proposed, stopped: approved, .. } => {
            vec![proposed.by, approved.by]
        }
        Disposal::Shredded(Proof { proposed, approved, .. }) => vec![proposed.by, approved.by],
    });
    let people: BTreeSet<PersonId> = words.chain(plan.map(|plan| plan.recorded_by)).collect();
    let mut names = Names::new();
    for id in people {
        if let Some(person) = store::person::find(backend.db(), id).await? {
            names.insert(id, person.name);
        }
    }
    Ok(names)
}

fn step(word: Word, names: &Names) -> Step {
    Step { by: names.get(&word.by).cloned().unwrap_or_default(), at: word.at }
}

fn plan_line(plan: Plan, names: &Names) -> PlanLine {
    let decision = plan.rule.decided();
    PlanLine {
        keep: plan.rule.keep(),
        sample: plan.sample,
        decision: decision.map(|decision| decision.reference().to_owned()).unwrap_or_default(),
        decided_on: decision.map_or_else(|| day(plan.recorded_at), domain::retention::Decision::on),
        by: names.get(&plan.recorded_by).cloned().unwrap_or_default(),
        at: plan.recorded_at,
    }
}

fn way(going: &Going, verdict: &Verdict, actor: &Actor, names: &Names) -> OnItsWay {
    let (proposed, approved) = match going.disposal {
        Disposal::Approved { proposed, approved } | Disposal::Shredded(Proof { proposed, approved, .. }) => {
            (proposed, Some(approved))
        }
        Disposal::Proposed { proposed } | Disposal::Stopped { proposed, .. } => (proposed, None),
    };
    OnItsWay {
        id: going.case,
        reference: going.reference.clone(),
        own: proposed.by == actor.person,
        proposed: step(proposed, names),
        approved: approved.map(|word| step(word, names)),
        from: going.disposal.shredded_from(),
        kept: match verdict {
            Verdict::Due { .. } => Vec::new(),
            Verdict::Kept { why, .. } => why.clone(),
        },
    }
}

fn proof(backend: &Backend, going: Going, names: &Names) -> Option<ProofLine> {
    let Disposal::Shredded(proof) = going.disposal else { return None };
    let decision = proof.rule.decided()?;
    Some(ProofLine {
        reference: going.reference,
        keep: proof.rule.keep(),
        decision: decision.reference().to_owned(),
        decided_on: decision.on(),
        since: proof.since,
        proposed: step(proof.proposed, names),
        approved: step(proof.approved, names),
        at: proof.shredded_at,
        backups_closed: going.root.is_some_and(|root| !backend.keys().opens_up_to(root)),
    })
}
