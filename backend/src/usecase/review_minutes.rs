//! Reviews minutes: an administrator who has not written in them returns or approves (M5, AUTHZ).

use domain::{
    id::{ActionItemId, MinutesId},
    minutes::{Reviewer, approve, give_back},
    refusal::Refusal,
    review::{CheckRefusal, Checks, InRoom},
    time::day,
    visibility::Role,
};

use sea_orm::ConnectionTrait;

use super::write_minutes::{content, refusal};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::Action,
    gate::{self, Known},
    hearing::{Hearing, is_recused},
    store::{
        self,
        minutes::{Body, MinutesHead},
    },
    tx::Tx,
    typed::Typed,
};

/// Returns minutes to their writer, with a comment.
///
/// # Errors
/// A flaw in `comment`; [`Error::Stale`] when another revision was handed in meanwhile; a refusal by rule.
pub async fn return_minutes(backend: &Backend, actor: &Actor, id: MinutesId, seen: i64, comment: &str) -> Result<()> {
    let tx = backend.write(actor).await?;
    let (known, mut head) = reviewing(&tx, actor, id, seen).await?;
    let mut typed = Typed::about(known.head().protection);
    let comment = typed.prose::<4_000>("comment", comment);
    typed.finish()?;
    let comment = Typed::value(comment)?;
    let writers = store::minutes::writers(tx.db(), id).await?;
    let reviewer = Reviewer { person: actor.person, unit: actor.unit()?, writers: &writers };
    head.state = give_back(head.state, &known.standing, reviewer).map_err(|no| refusal(&no))?;
    store::minutes::add_note(&tx, &head, actor.person, comment.as_str()).await?;
    store::minutes::save(&tx, &head, None).await?;
    tx.commit(known.event(Action::MinutesReturned).subject(id.uuid())).await
}

/// Approves minutes: from now on nobody changes them. `mentions_reviewed`: the reviewer has said that what is told of other
/// persons may stand.
///
/// # Errors
/// As [`return_minutes`], and a refusal for the first check that does not hold.
pub async fn approve_minutes(
    backend: &Backend,
    actor: &Actor,
    id: MinutesId,
    seen: i64,
    mentions_reviewed: bool,
) -> Result<()> {
    let tx = backend.write(actor).await?;
    let (known, mut head) = reviewing(&tx, actor, id, seen).await?;
    let writers = store::minutes::writers(tx.db(), id).await?;
    let reviewer = Reviewer { person: actor.person, unit: actor.unit()?, writers: &writers };
    let body = store::minutes::body(backend, tx.db(), id, head.revision).await?;
    let parts = body.parts();
    head.state =
        approve(head.state, &known.standing, reviewer, content(&parts, &body, &known)).map_err(|no| refusal(&no))?;
    let checks = checks(backend, tx.db(), &known, &head, &body).await?;
    checks.allow(mentions_reviewed).map_err(of_check)?;
    head.approved_at = Some(tx.now());
    head.approved_by = Some(actor.person);
    store::minutes::save(&tx, &head, known.standing.consent).await?;
    tx.commit(known.event(Action::MinutesApproved).subject(id.uuid())).await
}

/// Holds minutes against the consent, the room and the text, as they are at this moment.
pub(crate) async fn checks(
    backend: &Backend,
    db: &impl ConnectionTrait,
    known: &Known,
    head: &MinutesHead,
    body: &Body,
) -> Result<Checks> {
    let item = store::agenda::one(db, backend.keys(), head.item).await?;
    let opened_at = item.opened_at.ok_or(Error::Inconsistent { table: "minutes", row: head.id.uuid() })?;
    let closed_at = item.closed_at.unwrap_or_else(|| backend.now());
    let attendees = store::room::attendees(db, backend.keys(), head.meeting).await?;
    let hearing = Hearing::of(db, item.id, &known.record.circle, day(opened_at)).await?;
    let in_room: Vec<InRoom> = attendees.iter().flat_map(|one| hearing.in_room(one)).collect();
    Ok(Checks::of(&known.record.facts, opened_at, closed_at, &in_room, body.parts()))
}

fn of_check(no: CheckRefusal) -> Error {
    match no {
        CheckRefusal::NotThroughout => Refusal::ConsentBroken,
        CheckRefusal::UncoveredHeard => Refusal::UncoveredHeard,
        CheckRefusal::MentionUnreviewed => Refusal::MentionUnreviewed,
        CheckRefusal::PersonalNumber => Refusal::PersonalNumberInText,
    }
    .into()
}

async fn reviewing(tx: &Tx, actor: &Actor, id: MinutesId, seen: i64) -> Result<(Known, MinutesHead)> {
    actor.must_be(&[Role::Administrator])?;
    let head = store::minutes::load(tx.db(), id).await?;
    let known = gate::known(tx.db(), actor, head.case, tx.now()).await?;
    if is_recused(tx.db(), head.item, actor).await? {
        return Err(Refusal::Disqualified.into());
    }
    if head.revision == seen { Ok((known, head)) } else { Err(Error::Stale) }
}

/// Ticks an undertaking off, or takes the tick back; by the unit that undertook it, or a coordinator who knows the case.
///
/// # Errors
/// [`Error::NotFound`] where the case is not for this unit to know; [`Error::Denied`] for another unit's undertaking.
pub async fn tick_undertaking(backend: &Backend, actor: &Actor, id: ActionItemId, done: bool) -> Result<()> {
    let tx = backend.write(actor).await?;
    let one = store::undertaking::load(backend, tx.db(), id).await?;
    let known = gate::known(tx.db(), actor, one.case, tx.now()).await?;
    if one.unit != actor.unit()? {
        actor.must_be(&[Role::Coordinator])?;
    }
    if one.done_at.is_some() == done {
        return Ok(()); // a second click
    }
    store::undertaking::tick(&tx, &one, done, actor.person).await?;
    tx.commit(known.event(Action::ActionItemDone).subject(id.uuid())).await
}
