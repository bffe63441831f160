//! Disposes of cases by the plan, and of what they need no more before they go: one proposes, another approves, and the day after the
//! keys are destroyed (L7, PRIV-07).

use std::collections::BTreeSet;

use domain::{
    flaw::{Flaw, FlawKind},
    refusal::Refusal,
    retention::{Disposal, DisposalRefusal, DocumentKind, GRACE, Thing, Verdict, Word},
    time::day,
    visibility::{Role, Verdict as Knows},
};

use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    actor::{Actor, Doer},
    audit::{Action, Event},
    gate::{self, Known},
    keeping::Keeping,
    store::{self, case::CaseRecord, unit::Unit},
    tx::Tx,
};

/// Proposes to dispose of what is due of the actor's own unit: all of it, or nothing. What is on its way out already stays there.
///
/// # Errors
/// [`Error::NotFound`] where a case is not for the actor to know, or has no such thing of the unit's; [`Error::Denied`] for another
/// unit's and for participants; a flaw in `things` without any; [`Refusal::RecordKept`] where one is kept.
pub async fn propose_disposal(backend: &Backend, actor: &Actor, things: &BTreeSet<Thing>) -> Result<()> {
    let (mut tx, unit, known) = asked(backend, actor, things, &[Role::Coordinator, Role::Administrator]).await?;
    let word = Word { by: actor.person, at: tx.now() };
    for (thing, known) in known {
        if store::disposal::under_way(&tx, thing, unit.id).await?.is_some() {
            continue; // a second click
        }
        let found = Found::of(&tx, &unit, thing, &known.record).await?;
        Disposal::propose(&found.verdict, word).map_err(refused)?;
        store::disposal::propose(&tx, thing, unit.id, word).await?;
        tx.record(known.event(Action::DisposalProposed));
    }
    tx.commit_all(&[]).await
}

/// Approves what another has proposed: all of it, or nothing. The keys are destroyed a day later.
///
/// # Errors
/// As [`propose_disposal`]; [`Refusal::OwnProposal`] for who proposed it; [`Refusal::DisposalState`] where it is not proposed.
pub async fn approve_disposal(backend: &Backend, actor: &Actor, things: &BTreeSet<Thing>) -> Result<()> {
    let (mut tx, unit, known) = asked(backend, actor, things, &[Role::Administrator]).await?;
    let word = Word { by: actor.person, at: tx.now() };
    for (thing, known) in known {
        let going = store::disposal::under_way(&tx, thing, unit.id).await?.ok_or(Refusal::DisposalState)?;
        let found = Found::of(&tx, &unit, thing, &known.record).await?;
        let next = going.disposal.approve(&found.verdict, word).map_err(refused)?;
        store::disposal::save(&tx, &going, &next).await?;
        tx.record(known.event(Action::DisposalApproved));
    }
    tx.commit_all(&[]).await
}

/// Stops a disposal, until it is carried out. What is to go after all is proposed anew.
///
/// # Errors
/// As [`propose_disposal`]; [`Refusal::DisposalState`] where none is under way.
pub async fn stop_disposal(backend: &Backend, actor: &Actor, thing: Thing) -> Result<()> {
    let roles = [Role::Coordinator, Role::Administrator];
    let (tx, unit, known) = asked(backend, actor, &[thing].into(), &roles).await?;
    let Some((_, known)) = known.first() else { return Err(Error::NotFound) };
    let going = store::disposal::under_way(&tx, thing, unit.id).await?.ok_or(Refusal::DisposalState)?;
    let next = going.disposal.stop(Word { by: actor.person, at: tx.now() }).map_err(refused)?;
    store::disposal::save(&tx, &going, &next).await?;
    tx.commit(known.event(Action::DisposalStopped)).await
}

/// Carries out what was approved a day ago or more and is due still; says how much is gone. What has come to be kept meanwhile waits,
/// until it is stopped or due again. Each in a transaction of its own.
///
/// # Errors
/// When the database fails.
pub async fn carry_out_disposals(backend: &Backend) -> Result<u64> {
    let mut gone = 0;
    for (thing, unit) in store::disposal::approved_by(backend.db(), backend.now() - GRACE).await? {
        let tx = backend.write(Doer::SYSTEM).await?;
        store::gate::lock(tx.db(), thing.case).await?;
        let Some(going) = store::disposal::under_way(&tx, thing, unit).await? else { continue };
        let record = match store::case::record(tx.db(), thing.case).await {
            Err(Error::NotFound) => continue, // another process was first, or the case is gone and all it had with it
            found => found?,
        };
        let unit = store::unit::load(tx.db(), unit).await?;
        let found = match Found::of(&tx, &unit, thing, &record).await {
            Err(Error::NotFound) => continue, // there is nothing of it any more
            found => found?,
        };
        let (Ok(proof), Some(rule)) = (going.disposal.shred(&found.verdict, tx.now()), found.rule) else { continue };
        let root = backend.keys().numbers().into_iter().max().unwrap_or(u8::MAX);
        store::disposal::prove(&tx, &going, &proof, rule, root).await?;
        let action = match thing.kind {
            DocumentKind::Drafts => {
                store::working::destroy_drafts(&tx, &found.due).await?;
                Action::DraftsDisposed
            }
            DocumentKind::QueueWords => {
                store::working::destroy_words(&tx, &found.due).await?;
                Action::QueueWordsDisposed
            }
            DocumentKind::CaseFile => {
                store::disposal::shred(&tx, thing.case).await?;
                Action::CaseDisposed
            }
            // Nobody can propose it.
            DocumentKind::Consultation | DocumentKind::Meeting | DocumentKind::AccessLog => continue,
        };
        tx.commit(Event::new(action).case(thing.case).subject(going.id)).await?;
        gone += 1;
    }
    Ok(gone)
}

/// What somebody may dispose of for their unit, locked in the order of its cases.
async fn asked(
    backend: &Backend,
    actor: &Actor,
    things: &BTreeSet<Thing>,
    roles: &[Role],
) -> Result<(Tx, Unit, Vec<(Thing, Known)>)> {
    actor.must_be(roles)?;
    if things.is_empty() {
        return Err(Error::Invalid(vec![Flaw::new("things", FlawKind::Required)]));
    }
    let tx = backend.write(actor).await?;
    for case in things.iter().map(|thing| thing.case).collect::<BTreeSet<_>>() {
        store::gate::lock(tx.db(), case).await?;
    }
    let mut all = Vec::with_capacity(things.len());
    for thing in things {
        all.push((*thing, gate::known(tx.db(), actor, thing.case, tx.now()).await?));
    }
    // What a unit asked for is its own, whoever registered the case.
    if all.iter().any(|(thing, known)| thing.kind != DocumentKind::QueueWords && known.verdict != Knows::Registrant) {
        return Err(Error::Denied);
    }
    let unit = store::unit::load(tx.db(), actor.unit()?).await?;
    Ok((tx, unit, all))
}

/// What becomes of something now.
struct Found {
    verdict: Verdict,
    /// The rule that says so.
    rule: Option<Uuid>,
    /// The documents that may go.
    due: Vec<Uuid>,
}

impl Found {
    async fn of(tx: &Tx, unit: &Unit, thing: Thing, record: &CaseRecord) -> Result<Self> {
        let keeping = Keeping::of(tx.db(), unit, [record], day(tx.now())).await?;
        Ok(Self {
            verdict: keeping.verdicts().remove(&thing).ok_or(Error::NotFound)?,
            rule: keeping.plans.get(&thing.kind).map(|plan| plan.id),
            due: keeping.due(thing),
        })
    }
}

fn refused(refusal: DisposalRefusal) -> Error {
    Refusal::from(&refusal).into()
}
