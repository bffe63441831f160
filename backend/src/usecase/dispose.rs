//! Disposes of cases by the plan: one proposes, another approves, and the day after the keys are destroyed (L7, PRIV-07).

use std::collections::BTreeSet;

use domain::{
    flaw::{Flaw, FlawKind},
    id::CaseId,
    refusal::Refusal,
    retention::{Disposal, DisposalRefusal, GRACE, Verdict, Word},
    time::day,
    visibility::{Role, Verdict as Knows},
};

use crate::{
    Backend, Error, Result,
    actor::{Actor, Doer},
    audit::{Action, Event},
    gate::{self, Known},
    keeping::Keeping,
    store::{self, case::CaseRecord, unit::Unit},
    tx::Tx,
};

/// Proposes to dispose of cases of the actor's own unit that are due: all of them, or none. What is on its way out already stays there.
///
/// # Errors
/// [`Error::NotFound`] where a case is not for the actor to know; [`Error::Denied`] for another unit's and for participants;
/// a flaw in `cases` without any; [`Refusal::RecordKept`] where one is kept.
pub async fn propose_disposal(backend: &Backend, actor: &Actor, cases: &BTreeSet<CaseId>) -> Result<()> {
    let (mut tx, known) = asked(backend, actor, cases, &[Role::Coordinator, Role::Administrator]).await?;
    let word = Word { by: actor.person, at: tx.now() };
    for known in known {
        if store::disposal::under_way(&tx, known.id()).await?.is_some() {
            continue; // a second click
        }
        let (verdict, _) = verdict(&tx, &known.record).await?;
        Disposal::propose(&verdict, word).map_err(refused)?;
        store::disposal::propose(&tx, known.id(), word).await?;
        tx.record(known.event(Action::DisposalProposed));
    }
    tx.commit_all(&[]).await
}

/// Approves what another has proposed: all of it, or nothing. The keys are destroyed a day later.
///
/// # Errors
/// As [`propose_disposal`]; [`Refusal::OwnProposal`] for who proposed it; [`Refusal::DisposalState`] where it is not proposed.
pub async fn approve_disposal(backend: &Backend, actor: &Actor, cases: &BTreeSet<CaseId>) -> Result<()> {
    let (mut tx, known) = asked(backend, actor, cases, &[Role::Administrator]).await?;
    let word = Word { by: actor.person, at: tx.now() };
    for known in known {
        let going = store::disposal::under_way(&tx, known.id()).await?.ok_or(Refusal::DisposalState)?;
        let (verdict, _) = verdict(&tx, &known.record).await?;
        let next = going.disposal.approve(&verdict, word).map_err(refused)?;
        store::disposal::save(&tx, &going, &next).await?;
        tx.record(known.event(Action::DisposalApproved));
    }
    tx.commit_all(&[]).await
}

/// Stops the disposal of a case, until its keys are destroyed. What is to go after all is proposed anew.
///
/// # Errors
/// As [`propose_disposal`]; [`Refusal::DisposalState`] where none is under way.
pub async fn stop_disposal(backend: &Backend, actor: &Actor, case: CaseId) -> Result<()> {
    let (tx, known) = asked(backend, actor, &[case].into(), &[Role::Coordinator, Role::Administrator]).await?;
    let Some(known) = known.first() else { return Err(Error::NotFound) };
    let going = store::disposal::under_way(&tx, case).await?.ok_or(Refusal::DisposalState)?;
    let next = going.disposal.stop(Word { by: actor.person, at: tx.now() }).map_err(refused)?;
    store::disposal::save(&tx, &going, &next).await?;
    tx.commit(known.event(Action::DisposalStopped)).await
}

/// Carries out what was approved a day ago or more and is due still; says how many cases are gone. What has come to be kept meanwhile
/// waits, until it is stopped or due again. Each in a transaction of its own.
///
/// # Errors
/// When the database fails.
pub async fn carry_out_disposals(backend: &Backend) -> Result<u64> {
    let mut gone = 0;
    for case in store::disposal::approved_by(backend.db(), backend.now() - GRACE).await? {
        let tx = backend.write(Doer::SYSTEM).await?;
        store::gate::lock(tx.db(), case).await?;
        let Some(going) = store::disposal::under_way(&tx, case).await? else { continue };
        let record = match store::case::record(tx.db(), case).await {
            Err(Error::NotFound) => continue, // another process was first
            found => found?,
        };
        let (verdict, rule) = verdict(&tx, &record).await?;
        let (Ok(proof), Some(rule)) = (going.disposal.shred(&verdict, tx.now()), rule) else { continue };
        let root = backend.keys().numbers().into_iter().max().unwrap_or(u8::MAX);
        store::disposal::shred(&tx, &going, &proof, rule, root).await?;
        tx.commit(Event::new(Action::CaseDisposed).case(case).subject(going.id)).await?;
        gone += 1;
    }
    Ok(gone)
}

/// The cases somebody may dispose of, locked in their order.
async fn asked(backend: &Backend, actor: &Actor, cases: &BTreeSet<CaseId>, roles: &[Role]) -> Result<(Tx, Vec<Known>)> {
    actor.must_be(roles)?;
    if cases.is_empty() {
        return Err(Error::Invalid(vec![Flaw::new("cases", FlawKind::Required)]));
    }
    let tx = backend.write(actor).await?;
    let mut all = Vec::with_capacity(cases.len());
    for case in cases {
        store::gate::lock(tx.db(), *case).await?;
        all.push(gate::known(tx.db(), actor, *case, tx.now()).await?);
    }
    if all.iter().any(|known| known.verdict != Knows::Registrant) {
        return Err(Error::Denied);
    }
    Ok((tx, all))
}

/// What becomes of a case now, and the rule that says so.
async fn verdict(tx: &Tx, record: &CaseRecord) -> Result<(Verdict, Option<uuid::Uuid>)> {
    let unit: Unit = store::unit::load(tx.db(), record.head.unit).await?;
    let Keeping { plan, mut verdicts } = Keeping::of(tx.db(), &unit, [record], day(tx.now())).await?;
    let verdict = verdicts.remove(&record.head.id).ok_or(Error::NotFound)?;
    Ok((verdict, plan.map(|plan| plan.id)))
}

fn refused(refusal: DisposalRefusal) -> Error {
    Refusal::from(&refusal).into()
}
