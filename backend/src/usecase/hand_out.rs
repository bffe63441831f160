//! Hands out something of a case with a protected identity: one asks, another of those named says yes (I1).

use domain::{
    export::What,
    id::{CaseId, ExportId},
    refusal::Refusal,
    time::day,
    visibility::Role,
};
use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::Action,
    gate, store,
    usecase::protect_case::named,
    view::case::{Handing, handing, may_see},
};

/// Asks to hand something out; a second click asks no second time. `subject` is the consent of a receipt, or the paper.
///
/// # Errors
/// [`Error::NotFound`] for what is not the actor's to see; [`Refusal::NobodySecond`] where no colleague is named who could answer.
pub async fn ask_to_hand_out(
    backend: &Backend,
    actor: &Actor,
    case: CaseId,
    what: &str,
    subject: Option<Uuid>,
) -> Result<()> {
    actor.must_be(&[Role::Coordinator, Role::Participant])?;
    let what = What::from_code(what).map_err(|_| Error::NotFound)?;
    let tx = backend.write(actor).await?;
    store::gate::lock(tx.db(), case).await?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    may_see(backend, tx.db(), actor, &known, what, subject).await?;
    match handing(tx.db(), actor, &known, what, subject, tx.now()).await? {
        Handing::Free | Handing::Open(_) | Handing::Waits => return Ok(()),
        Handing::Ask => {}
    }
    let colleagues = store::assignment::of_unit(tx.db(), actor.unit()?, day(tx.now())).await?;
    if !named(tx.db(), case).await?.iter().any(|person| *person != actor.person && colleagues.contains(person)) {
        return Err(Refusal::NobodySecond.into());
    }
    let id = store::export::ask(&tx, actor, case, what, subject).await?;
    tx.commit(known.event(Action::ExportAsked).subject(id.uuid())).await
}

/// Says yes or no to a colleague who wants to hand something out.
///
/// # Errors
/// [`Error::NotFound`] for who may not know the case, or works for another unit; [`Refusal::SecondPerson`] for who asked;
/// [`Refusal::WrongState`] where it is answered, or nobody answered in time.
pub async fn answer_hand_out(backend: &Backend, actor: &Actor, id: ExportId, approved: bool) -> Result<CaseId> {
    actor.must_be(&[Role::Coordinator, Role::Participant])?;
    let tx = backend.write(actor).await?;
    let case = store::export::case_of(tx.db(), id).await?.ok_or(Error::NotFound)?;
    store::gate::lock(tx.db(), case).await?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    let all = store::export::of_cases(tx.db(), [case]).await?;
    let asked = all.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)?;
    if asked.unit != actor.unit()? {
        return Err(Error::NotFound);
    }
    if !asked.export.may_answer(&known.record.circle, actor.person, tx.now()) {
        let own = asked.export.asked_by == actor.person;
        return Err(if own { Refusal::SecondPerson } else { Refusal::WrongState }.into());
    }
    store::export::answer(&tx, id, actor.person, approved).await?;
    let action = if approved { Action::ExportApproved } else { Action::ExportDeclined };
    tx.commit(known.event(action).subject(id.uuid())).await?;
    Ok(case)
}
