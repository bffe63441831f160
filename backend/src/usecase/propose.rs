//! Asks to have a case taken up at a meeting, and answers that: a unit proposes, a coordinator puts the case on an agenda
//! ([`super::add_item::add_case`]) or sends the proposal back with a reason.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate, NaiveTime};
use domain::{
    consent::Voice,
    flaw::FlawKind,
    id::{CaseId, ProposalId, UnitId},
    refusal::Refusal,
    time::day,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::Action,
    gate::{self, Known},
    store::{
        self,
        proposal::{NewProposal, Proposal},
    },
    tx::Tx,
    typed::Typed,
    waits::may_ask,
};

/// What is asked may hold so many characters.
pub const QUESTION: usize = 1_000;

/// The reason of a no may hold so many characters.
pub const REASON: usize = 500;

/// A proposal as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedProposal {
    /// What the meeting is asked.
    pub question: String,
    /// The units wished for, by id.
    pub parties: Vec<String>,
    /// Not before this day; may be empty.
    pub not_before: String,
    /// Whether the family takes part.
    pub family: bool,
    /// The local time it can come; may be empty.
    pub family_at: String,
}

/// Asks for the actor's unit to have a case taken up. What it asked before and was not heard is replaced.
///
/// # Errors
/// [`Error::Invalid`] at the fields; [`Error::NotFound`] where the case is not for the unit to know; [`Refusal::CaseClosed`];
/// [`Refusal::ConsentNotAcknowledged`] where consent covers the unit and it has not said so (C20).
pub async fn propose(backend: &Backend, actor: &Actor, case: CaseId, typed: TypedProposal) -> Result<()> {
    actor.must_be(&[Role::Coordinator, Role::Participant])?;
    let unit = actor.unit()?;
    let tx = backend.write(actor).await?;
    store::gate::lock(tx.db(), case).await?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    if known.head().closed_at.is_some() {
        return Err(Refusal::CaseClosed.into());
    }
    if known.standing.voice(unit) == Some(Voice::Unacknowledged) {
        return Err(Refusal::ConsentNotAcknowledged.into());
    }
    let new = read(&tx, &known, unit, &typed).await?;
    store::proposal::take_back_of(&tx, case, unit).await?;
    let id = store::proposal::create(&tx, &new).await?;
    tx.commit(known.event(Action::CaseProposed).subject(id.uuid())).await
}

/// Takes back what the actor's unit asked for, or takes notice that it came back.
///
/// # Errors
/// [`Error::NotFound`] for what is another unit's, or of a case not theirs to know; [`Error::Stale`] when it was taken back already.
pub async fn take_back_proposal(backend: &Backend, actor: &Actor, id: ProposalId) -> Result<CaseId> {
    actor.must_be(&[Role::Coordinator, Role::Participant])?;
    let tx = backend.write(actor).await?;
    let (proposal, known) = found(&tx, actor, id).await?;
    if proposal.unit != actor.unit()? {
        return Err(Error::NotFound);
    }
    if !proposal.state.can_be_taken_back() {
        return Err(Error::Stale);
    }
    store::proposal::take_back(&tx, id).await?;
    tx.commit(known.event(Action::ProposalTakenBack).subject(id.uuid())).await?;
    Ok(proposal.case)
}

/// Sends a proposal back with a reason, which the unit that asked reads.
///
/// # Errors
/// [`Error::Denied`] for others than coordinators; [`Error::NotFound`] where the case is not theirs to know or their unit sits at no
/// table, or the unit that asked may not know of it any more; [`Error::Invalid`] naming `reason`; [`Error::Stale`] when it does not wait any more.
pub async fn return_proposal(backend: &Backend, actor: &Actor, id: ProposalId, reason: &str) -> Result<CaseId> {
    actor.must_be(&[Role::Coordinator])?;
    let unit = actor.unit()?;
    let tx = backend.write(actor).await?;
    let (proposal, known) = found(&tx, actor, id).await?;
    let plans = store::seat::all(tx.db()).await?.iter().any(|seat| seat.unit == unit);
    if !plans || !may_ask(&known, proposal.unit) {
        return Err(Error::NotFound);
    }
    let mut typed = Typed::about(known.head().protection);
    let reason = typed.prose::<REASON>("reason", reason);
    typed.finish()?;
    let reason = Typed::value(reason)?;
    if !proposal.state.can_be_returned() {
        return Err(Error::Stale);
    }
    store::proposal::send_back(&tx, &proposal, actor.person, reason.as_str()).await?;
    tx.commit(known.event(Action::ProposalReturned).subject(id.uuid())).await?;
    Ok(proposal.case)
}

/// A proposal and its case, held until the transaction ends, if the actor may know the case.
async fn found(tx: &Tx, actor: &Actor, id: ProposalId) -> Result<(Proposal, Known)> {
    let case = store::proposal::load(tx.db(), id).await?.case;
    store::gate::lock(tx.db(), case).await?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    Ok((store::proposal::load(tx.db(), id).await?, known))
}

async fn read(tx: &Tx, known: &Known, unit: UnitId, typed: &TypedProposal) -> Result<NewProposal> {
    let today = day(tx.now());
    let mut form = Typed::about(known.head().protection);
    let question = form.prose::<QUESTION>("question", &typed.question);
    let parties = parties(tx, &mut form, &typed.parties).await?;
    let not_before = form.optional_date("not_before", &typed.not_before);
    match not_before {
        Some(on) if on < today => form.flaw("not_before", FlawKind::InThePast),
        Some(on) if is_far(on, today) => form.flaw("not_before", FlawKind::SpanTooLong),
        _ => {}
    }
    let family_at: Option<NaiveTime> =
        if typed.family_at.trim().is_empty() { None } else { form.time("family_at", &typed.family_at) };
    form.finish()?;
    Ok(NewProposal {
        case: known.id(),
        unit,
        question: Typed::value(question)?.to_string(),
        not_before,
        // Whoever says when the family comes has said that it does.
        family: typed.family || family_at.is_some(),
        family_at,
        parties,
    })
}

/// The units wished for: any that sit at a table. Whether consent covers them is the coordinator's to see, and the family's to say.
async fn parties(tx: &Tx, form: &mut Typed, typed: &[String]) -> Result<BTreeSet<UnitId>> {
    let seated: BTreeSet<UnitId> = store::seat::all(tx.db()).await?.into_iter().map(|seat| seat.unit).collect();
    let mut parties = BTreeSet::new();
    for one in typed {
        match form.choice::<UnitId>("parties", one) {
            Some(unit) if seated.contains(&unit) => drop(parties.insert(unit)),
            Some(_) => form.flaw("parties", FlawKind::NotAChoice),
            None => {}
        }
    }
    Ok(parties)
}

/// Whether a day is more than a year ahead.
fn is_far(on: NaiveDate, today: NaiveDate) -> bool {
    today.checked_add_months(Months::new(12)).is_some_and(|last| last < on)
}
