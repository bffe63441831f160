//! Reviews minutes: an administrator who has not written in them returns or approves (M5, AUTHZ), and opens them again.

use domain::{
    flaw::FlawKind,
    id::{CaseId, MinutesId},
    mention::Names,
    minutes::{Reviewer, approve, give_back, reopen},
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
    job::minutes_news,
    store::{
        self,
        minutes::{Body, MinutesHead},
        review::{Place, Remarks},
    },
    tx::Tx,
    typed::Typed,
};

/// What a reviewer says of minutes that go back, as typed: of the whole, and at single parts. What is empty says nothing.
#[derive(Clone, Debug, Default)]
pub struct TypedRemarks {
    /// Of the whole; needed only where nothing is said of any part.
    pub general: String,
    /// Of the question.
    pub purpose: String,
    /// Of what each party brought, in their order.
    pub contributions: Vec<String>,
    /// Of the child's view.
    pub childs_view: String,
    /// Of the guardians' view.
    pub guardians_view: String,
    /// Of what was agreed.
    pub agreed: String,
    /// Of the undertakings.
    pub undertakings: String,
    /// Of how the case goes on.
    pub outcome: String,
}

/// Returns minutes to their writer, with comments.
///
/// # Errors
/// Flaws in the comments, at `general` where there is none at all; [`Error::Stale`] when another revision was handed in meanwhile; a
/// refusal by rule.
pub async fn return_minutes(
    backend: &Backend,
    actor: &Actor,
    id: MinutesId,
    seen: i64,
    typed: &TypedRemarks,
) -> Result<()> {
    let tx = backend.write(actor).await?;
    let (known, mut head) = reviewing(&tx, actor, id, seen).await?;
    let body = store::minutes::body(backend, tx.db(), id, head.revision).await?;
    let remarks = remarks(typed, &body, &known)?;
    let writers = store::minutes::writers(tx.db(), id).await?;
    let reviewer = Reviewer { person: actor.person, unit: actor.unit()?, writers: &writers };
    head.state = give_back(head.state, &known.standing, reviewer).map_err(|no| refusal(&no))?;
    store::review::add_note(&tx, &head, actor.person, &remarks).await?;
    store::minutes::save(&tx, &head, None).await?;
    tx.commit(known.event(Action::MinutesReturned).subject(id.uuid())).await
}

fn remarks(typed: &TypedRemarks, body: &Body, known: &Known) -> Result<Remarks> {
    let mut form = Typed::about(known.head().protection);
    let mut at = Vec::new();
    let mut say = |form: &mut Typed, field: &str, text: &str, place: Place| {
        let text = form.optional_prose::<2_000>(field, text);
        if !text.is_empty() {
            at.push((place, text));
        }
    };
    say(&mut form, "purpose", &typed.purpose, Place::Purpose);
    for (row, (text, one)) in typed.contributions.iter().zip(&body.contributions).enumerate() {
        let place = Place::Contribution { unit: one.unit, kind: one.kind };
        say(&mut form, &format!("contributions[{row}]"), text, place);
    }
    say(&mut form, "childs_view", &typed.childs_view, Place::ChildsView);
    say(&mut form, "guardians_view", &typed.guardians_view, Place::GuardiansView);
    say(&mut form, "agreed", &typed.agreed, Place::Agreed);
    say(&mut form, "undertakings", &typed.undertakings, Place::Undertakings);
    say(&mut form, "outcome", &typed.outcome, Place::Outcome);
    let general = form.optional_prose::<4_000>("general", &typed.general);
    if general.is_empty() && at.is_empty() && form.is_sound() {
        form.flaw("general", FlawKind::Required);
    }
    form.finish()?;
    Ok(Remarks { general, at })
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
    let again = head.approved_revision.is_some();
    head.approved_at = Some(tx.now());
    head.approved_by = Some(actor.person);
    head.approved_revision = Some(head.revision);
    store::review::add_approval(&tx, &head, actor.person).await?;
    store::minutes::save(&tx, &head, known.standing.consent).await?;
    if again {
        store::undertaking::replace(&tx, &head, &body).await?;
        minutes_news::tell_readers(&tx, id).await?;
    }
    tx.commit(known.event(Action::MinutesApproved).subject(id.uuid())).await
}

/// Opens approved minutes again, to be written in and approved anew. What was approved stays to be read until then; who read it is
/// told.
///
/// # Errors
/// A flaw in `reason`; [`Error::Stale`] when another revision was approved meanwhile; a refusal by rule.
pub async fn reopen_minutes(backend: &Backend, actor: &Actor, id: MinutesId, seen: i64, reason: &str) -> Result<()> {
    let tx = backend.write(actor).await?;
    let (known, mut head) = reviewing(&tx, actor, id, seen).await?;
    let mut typed = Typed::about(known.head().protection);
    let reason = typed.prose::<2_000>("reason", reason);
    typed.finish()?;
    head.state = reopen(head.state, &known.standing, actor.unit()?).map_err(|no| refusal(&no))?;
    store::review::add_reopening(&tx, &head, actor.person, Typed::value(reason)?.as_str()).await?;
    (head.approved_at, head.approved_by) = (None, None);
    store::minutes::save(&tx, &head, None).await?;
    minutes_news::tell_readers(&tx, id).await?;
    tx.commit(known.event(Action::MinutesReopened).subject(id.uuid())).await
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
    let names = names_of_others(backend, db, head.case).await?;
    Ok(Checks::of(&known.record.facts, opened_at, closed_at, &in_room, body.parts(), &names))
}

/// The names in a case that are others' than the child's: those of its guardians and parents.
pub(crate) async fn names_of_others(backend: &Backend, db: &impl ConnectionTrait, case: CaseId) -> Result<Names> {
    let others = store::child::guardian_names(db, backend.keys(), case).await?;
    let child = store::child::names(db, backend.keys(), [case]).await?.remove(&case).unwrap_or_default();
    Ok(Names::of(others.values().map(String::as_str), &child))
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
