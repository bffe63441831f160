//! Adds to approved minutes, which do not change any more (M5): a coordinator writes, an administrator who did not write it reviews.

use std::collections::BTreeSet;

use domain::{
    id::{AddendumId, MinutesId},
    minutes::{Content, Reviewer, add_to, answer_addendum as may_answer},
    refusal::Refusal,
    visibility::Role,
};

use super::write_minutes::refusal;
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::Action,
    gate::{self, Known},
    hearing::is_recused,
    job::minutes_news,
    store::{self, minutes::MinutesHead},
    tx::Tx,
    typed::Typed,
};

/// Writes something down beside approved minutes; it waits for its review.
///
/// # Errors
/// A flaw in `addendum`; a refusal by rule; [`Error::NotFound`] where the case is not for this person to know.
pub async fn add_to_minutes(backend: &Backend, actor: &Actor, id: MinutesId, text: &str) -> Result<AddendumId> {
    let tx = backend.write(actor).await?;
    actor.must_be(&[Role::Coordinator])?;
    let (known, head) = asked(&tx, actor, id).await?;
    let mut typed = Typed::about(known.head().protection);
    let text = typed.prose::<4_000>("addendum", text);
    typed.finish()?;
    let text = Typed::value(text)?;
    let parts = [text.as_str()];
    let content = Content { parts: &parts, protected: known.head().protection.hides_name(), ..Content::default() };
    add_to(head.state, &known.standing, actor.unit()?, content).map_err(|no| refusal(&no))?;
    let covered = &known.standing.covered;
    let written = store::review::add_addendum(&tx, &head, text.as_str(), covered, actor.person).await?;
    tx.commit(known.event(Action::AddendumWritten).written(written)).await?;
    Ok(AddendumId::from_uuid(written.row))
}

/// Says yes to what was added, or no with a comment. From a yes on it is read with the minutes; who has read them is told.
///
/// # Errors
/// A flaw in `comment` where it is a no; [`Error::Stale`] when somebody has answered already; a refusal by rule.
pub async fn answer_addendum(
    backend: &Backend,
    actor: &Actor,
    id: AddendumId,
    approved: bool,
    comment: &str,
) -> Result<MinutesId> {
    let tx = backend.write(actor).await?;
    actor.must_be(&[Role::Administrator])?;
    let addendum = store::review::addendum(backend, tx.db(), id).await?;
    let (known, head) = asked(&tx, actor, addendum.minutes).await?;
    let mut typed = Typed::about(known.head().protection);
    let comment = if approved { None } else { typed.prose::<2_000>("comment", comment) };
    typed.finish()?;
    if addendum.answer.is_some() {
        return Err(Error::Stale);
    }
    let writers = BTreeSet::from([addendum.by]);
    let reviewer = Reviewer { person: actor.person, unit: actor.unit()?, writers: &writers };
    may_answer(head.state, &known.standing, reviewer).map_err(|no| refusal(&no))?;
    let no = comment.as_ref().map(domain::text::Prose::as_str);
    store::review::answer_addendum(&tx, &addendum, actor.person, no).await?;
    let action = if approved { Action::AddendumApproved } else { Action::AddendumReturned };
    if approved {
        minutes_news::tell_readers(&tx, head.id).await?;
    }
    tx.commit(known.event(action).subject(id.uuid())).await?;
    Ok(head.id)
}

async fn asked(tx: &Tx, actor: &Actor, id: MinutesId) -> Result<(Known, MinutesHead)> {
    let head = store::minutes::load(tx.db(), id).await?;
    let known = gate::known(tx.db(), actor, head.case, tx.now()).await?;
    if is_recused(tx.db(), head.item, actor).await? {
        return Err(Refusal::Disqualified.into());
    }
    Ok((known, head))
}
