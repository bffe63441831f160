//! Follows up what was undertaken (M11): done, by another day, or dropped; the last two with a word why.

use domain::{flaw::FlawKind, id::ActionItemId, id::CaseId, time::day, visibility::Role};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::Action,
    gate::{self, Known},
    hearing::is_recused,
    store::{
        self,
        undertaking::{ActionItem, Settle},
    },
    tx::Tx,
    typed::Typed,
};

/// Ticks an undertaking off, or takes the tick back; by the unit that undertook it, or a coordinator who knows the case. What was
/// dropped is to be done again when it is opened.
///
/// # Errors
/// [`Error::NotFound`] where the case is not for this unit to know; [`Error::Denied`] for another unit's undertaking.
pub async fn tick_undertaking(backend: &Backend, actor: &Actor, id: ActionItemId, done: bool) -> Result<CaseId> {
    let tx = backend.write(actor).await?;
    let (known, one) = asked(&tx, actor, id).await?;
    if one.done_at.is_some() == done && (done || one.is_open()) {
        return Ok(one.case); // a second click
    }
    store::undertaking::settle(&tx, &one, if done { Settle::Done } else { Settle::Open }, actor.person).await?;
    tx.commit(known.event(Action::ActionItemDone).subject(id.uuid())).await?;
    Ok(one.case)
}

/// Gives an undertaking another day, from tomorrow on, with a word why.
///
/// # Errors
/// As [`tick_undertaking`]; flaws in `due_on` and `word`; [`Error::Stale`] when it is done or dropped already.
pub async fn move_undertaking(
    backend: &Backend,
    actor: &Actor,
    id: ActionItemId,
    due_on: &str,
    word: &str,
) -> Result<CaseId> {
    let tx = backend.write(actor).await?;
    let (known, one) = asked(&tx, actor, id).await?;
    let mut typed = Typed::about(known.head().protection);
    let due_on = typed.date("due_on", due_on);
    if due_on.is_some_and(|due_on| due_on <= day(tx.now())) {
        typed.flaw("due_on", FlawKind::InThePast);
    }
    let word = typed.line::<300>("word", word);
    typed.finish()?;
    open(&one)?;
    let way = Settle::By(Typed::value(due_on)?, Typed::value(word.as_ref())?.as_str());
    store::undertaking::settle(&tx, &one, way, actor.person).await?;
    tx.commit(known.event(Action::ActionItemMoved).subject(id.uuid())).await?;
    Ok(one.case)
}

/// Drops an undertaking, with a word why.
///
/// # Errors
/// As [`move_undertaking`].
pub async fn drop_undertaking(backend: &Backend, actor: &Actor, id: ActionItemId, word: &str) -> Result<CaseId> {
    let tx = backend.write(actor).await?;
    let (known, one) = asked(&tx, actor, id).await?;
    let mut typed = Typed::about(known.head().protection);
    let word = typed.line::<300>("word", word);
    typed.finish()?;
    open(&one)?;
    store::undertaking::settle(&tx, &one, Settle::Dropped(Typed::value(word.as_ref())?.as_str()), actor.person).await?;
    tx.commit(known.event(Action::ActionItemDropped).subject(id.uuid())).await?;
    Ok(one.case)
}

/// An undertaking that is this person's to follow up.
async fn asked(tx: &Tx, actor: &Actor, id: ActionItemId) -> Result<(Known, ActionItem)> {
    let one = store::undertaking::load(tx.backend(), tx.db(), id).await?;
    let known = gate::known(tx.db(), actor, one.case, tx.now()).await?;
    let head = store::minutes::load(tx.db(), one.minutes).await?;
    if is_recused(tx.db(), head.item, actor).await? {
        return Err(Error::NotFound);
    }
    if one.unit != actor.unit()? {
        actor.must_be(&[Role::Coordinator])?;
    }
    Ok((known, one))
}

fn open(one: &ActionItem) -> Result<()> {
    if one.is_open() { Ok(()) } else { Err(Error::Stale) }
}
