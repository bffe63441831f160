//! What is kept and what may go: the plan of an authority, a dry run over the closed cases of one of its units, what is on its way
//! out, and the proof of what is gone (L7, L8).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{CaseId, PersonId},
    retention::{Disposal, DocumentKind, Hold, Keep, Proof, ResearchSample, Thing, Verdict, Why, Word},
    time::day,
    visibility::{Role, Verdict as Knows},
};

use crate::{
    Backend, Result,
    actor::Actor,
    audit::Action,
    gate,
    keeping::Keeping,
    store::{self, disposal::Going, retention::Plan},
};

/// A rule of an authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLine {
    /// How long they are kept.
    pub keep: Keep,
    /// What of cases is kept for research.
    pub sample: Option<ResearchSample>,
    /// How the decision is found in the diary.
    pub decision: String,
    /// Its local day.
    pub decided_on: NaiveDate,
    /// Who recorded it.
    pub by: String,
    /// When; UTC.
    pub at: DateTime<Utc>,
}

/// What may go: a closed case, or what one needs no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueThing {
    /// What.
    pub thing: Thing,
    /// Its four characters.
    pub reference: String,
    /// The first local day it could have gone.
    pub since: NaiveDate,
}

/// What is kept: a closed case, or what one needs no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptThing {
    /// What.
    pub thing: Thing,
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

/// What is on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnItsWay {
    /// What.
    pub thing: Thing,
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

/// Bevis om gallring: what is left of what is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofLine {
    /// What it was.
    pub kind: DocumentKind,
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
    /// The plan's rules; until one of a kind is recorded nothing of that goes by itself.
    pub plans: BTreeMap<DocumentKind, PlanLine>,
    /// Whether the reader records rules and approves.
    pub decides: bool,
    /// Cases that are not closed: they are kept.
    pub open: usize,
    /// What may go, and nobody has proposed.
    pub due: Vec<DueThing>,
    /// What is on its way.
    pub on_its_way: Vec<OnItsWay>,
    /// What is kept, the first to end first.
    pub kept: Vec<KeptThing>,
    /// For what each case of the unit that is not gone is held.
    pub held: Vec<(CaseId, String, BTreeSet<Hold>)>,
    /// What is gone, the last first.
    pub gone: Vec<ProofLine>,
}

/// The dry run over the cases the actor's unit registered, as far as the actor may know them, and over what it asked for of any it may
/// know. Nothing is touched by looking.
///
/// # Errors
/// [`crate::Error::Denied`] for participants and IT operators.
pub async fn retention_page(backend: &Backend, actor: &Actor) -> Result<RetentionPage> {
    actor.must_be(&[Role::Coordinator, Role::Administrator])?;
    let (db, now) = (backend.db(), backend.now());
    let unit = store::unit::load(db, actor.unit()?).await?;
    let known = gate::all_known(db, actor.viewer()?, now).await?;
    let own = |case: CaseId| known.get(&case).filter(|known| known.verdict == Knows::Registrant);
    let records = known.values().map(|known| &known.record);
    let keeping = Keeping::of(db, &unit, records, day(now)).await?;
    let mut all = store::disposal::of_unit(db, unit.id).await?;
    // Of what was asked for of others' cases, those are told alone who may know of them now.
    let told = |going: &Going| going.thing.kind != DocumentKind::QueueWords || known.contains_key(&going.thing.case);
    all.retain(|going| going.circle.holds(actor.person) && told(going));
    let (gone, on_its_way): (Vec<Going>, Vec<Going>) =
        all.into_iter().partition(|going| matches!(going.disposal, Disposal::Shredded(_)));
    let names = names(backend, keeping.plans.values(), gone.iter().chain(&on_its_way)).await?;
    let mut page = RetentionPage {
        plans: keeping.plans.iter().map(|(kind, plan)| (*kind, plan_line(plan, &names))).collect(),
        decides: actor.role == Role::Administrator,
        open: known.keys().filter_map(|case| own(*case)).filter(|known| known.head().closed_at.is_none()).count(),
        due: Vec::new(),
        on_its_way: Vec::new(),
        kept: Vec::new(),
        held: Vec::new(),
        gone: gone.into_iter().rev().filter_map(|going| proof(backend, going, &names)).collect(),
        unit: unit.name,
        authority: unit.authority,
    };
    let holds = store::retention::holds(db, known.keys().copied()).await?;
    let held = holds.into_iter().filter_map(|(case, holds)| Some((case, own(case)?.head().reference.clone(), holds)));
    page.held = held.collect();
    for (thing, verdict) in keeping.verdicts() {
        let Some(reference) = known.get(&thing.case).map(|known| known.head().reference.clone()) else { continue };
        if let Some(going) = on_its_way.iter().find(|going| going.thing == thing) {
            page.on_its_way.push(way(going, &verdict, actor, &names));
            continue;
        }
        match verdict {
            Verdict::Due { since, .. } => page.due.push(DueThing { thing, reference, since }),
            Verdict::Kept { until, why } if is_told(thing, &why, &keeping) => {
                page.kept.push(KeptThing { thing, reference, until, why });
            }
            Verdict::Kept { .. } => {}
        }
    }
    page.due.sort_by(|one, other| {
        (one.since, &one.reference, one.thing).cmp(&(other.since, &other.reference, other.thing))
    });
    page.kept.sort_by_key(|one| (one.until.is_none(), one.until, one.reference.clone(), one.thing));
    page.on_its_way.sort_by_key(|one| (one.approved.is_some(), one.proposed.at, one.reference.clone(), one.thing));
    let shown = page.due.iter().map(|one| one.thing.case).chain(page.kept.iter().map(|one| one.thing.case));
    let shown = shown.chain(page.on_its_way.iter().map(|one| one.thing.case)).chain(page.held.iter().map(|one| one.0));
    let reads =
        shown.collect::<BTreeSet<_>>().into_iter().filter_map(|case| Some(known.get(&case)?.event(Action::CaseRead)));
    backend.log_reads(actor, &reads.collect::<Vec<_>>()).await?;
    Ok(page)
}

/// Whether it is said why something is kept: not of what is in use, and of what goes with its case only where it could go before.
fn is_told(thing: Thing, why: &[Why], keeping: &Keeping) -> bool {
    let in_use = why.iter().any(|why| matches!(why, Why::Open | Why::InUse));
    !in_use && (thing.kind == DocumentKind::CaseFile || keeping.plans.contains_key(&thing.kind))
}

type Names = BTreeMap<PersonId, String>;

/// Everybody who took a step.
async fn names<'a>(
    backend: &Backend,
    plans: impl Iterator<Item = &'a Plan>,
    all: impl Iterator<Item = &'a Going>,
) -> Result<Names> {
    let words = all.flat_map(|going| match &going.disposal {
        Disposal::Proposed { proposed } => vec![proposed.by],
        Disposal::Approved { proposed, approved } | Disposal::Stopped { proposed, stopped: approved, .. } => {
            vec![proposed.by, approved.by]
        }
        Disposal::Shredded(Proof { proposed, approved, .. }) => vec![proposed.by, approved.by],
    });
    let people: BTreeSet<PersonId> = words.chain(plans.map(|plan| plan.recorded_by)).collect();
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

fn plan_line(plan: &Plan, names: &Names) -> PlanLine {
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
        thing: going.thing,
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
        kind: going.thing.kind,
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
