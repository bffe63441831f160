//! Writes minutes and hands them in. Only for cases with valid consent, at every save (M1, V5).

use std::collections::BTreeSet;

use domain::{
    flaw::{Flaw, FlawKind},
    id::{AgendaItemId, MinutesId, PersonId},
    minutes::{Content, MinutesRefusal, Outcome, revise, submit},
    refusal::Refusal,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate::{self, Known},
    store::{
        self,
        minutes::{Body, MinutesHead, Undertaking},
    },
    tx::Tx,
    typed::Typed,
};

/// Minutes as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedMinutes {
    /// The revision the writer saw; 0 before the first.
    pub seen: i64,
    /// The question of the item.
    pub purpose: String,
    /// What the parties brought.
    pub contributions: String,
    /// A `ChildsView` code, or nothing.
    pub childs_view: String,
    /// The child's view in words.
    pub childs_words: String,
    /// What was agreed.
    pub agreed: String,
    /// The undertakings; rows without any text are left out.
    pub undertakings: Vec<TypedUndertaking>,
    /// `follow_up`, `closure`, `hand_over`, or nothing.
    pub outcome: String,
    /// The day it is taken up again.
    pub follow_up_on: String,
}

/// An undertaking as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedUndertaking {
    /// What.
    pub what: String,
    /// The unit's id.
    pub unit: String,
    /// By when.
    pub due_on: String,
}

/// Saves what was typed as the next revision, and gives its number. What has not changed is not written again.
///
/// # Errors
/// Flaws at the fields; [`Error::Stale`] when somebody else saved meanwhile; [`Refusal::ConsentMissing`] where consent
/// does not cover the writer's unit now.
pub async fn save_minutes(backend: &Backend, actor: &Actor, item: AgendaItemId, typed: &TypedMinutes) -> Result<i64> {
    let body = read(typed)?;
    let tx = backend.write(actor).await?;
    let (known, head) = writing(&tx, actor, item).await?;
    let parts = body.parts();
    revise(head.state, &known.standing, actor.unit()?, content(&parts, &body)).map_err(refusal)?;
    if head.revision != typed.seen {
        return Err(Error::Stale);
    }
    if head.revision > 0 && store::minutes::body(backend, tx.db(), head.id, head.revision).await? == body {
        return Ok(head.revision);
    }
    let revision = add(&tx, actor.person, &known, head, &body).await?;
    tx.commit(known.event(Action::MinutesSaved).subject(item.uuid())).await?;
    Ok(revision)
}

/// Hands minutes in for review.
///
/// # Errors
/// As [`save_minutes`]; flaws where the child's view or the way on is not answered (M12, M13).
pub async fn submit_minutes(backend: &Backend, actor: &Actor, item: AgendaItemId, seen: i64) -> Result<MinutesId> {
    let tx = backend.write(actor).await?;
    let (known, mut head) = writing(&tx, actor, item).await?;
    if head.revision != seen {
        return Err(Error::Stale);
    }
    let body = store::minutes::body(backend, tx.db(), head.id, head.revision).await?;
    let parts = body.parts();
    head.state = submit(head.state, &known.standing, actor.unit()?, content(&parts, &body)).map_err(refusal)?;
    head.submitted_at = Some(tx.now());
    store::minutes::save(&tx, &head, known.standing.consent).await?;
    tx.commit(known.event(Action::MinutesSubmitted).subject(head.id.uuid())).await?;
    Ok(head.id)
}

/// The case of an item and its minutes, begun if they were not; for those who write.
async fn writing(tx: &Tx, actor: &Actor, item: AgendaItemId) -> Result<(Known, MinutesHead)> {
    actor.must_be(&[Role::Coordinator])?;
    let (meeting, item) = store::room::item(tx.db(), tx.backend().keys(), item).await?;
    let case = item.case().ok_or(Error::NotFound)?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    if item.opened_at.is_none() {
        return Err(Refusal::NotRunning.into());
    }
    if let Some(head) = store::minutes::of_item(tx.db(), item.id).await? {
        return Ok((known, head));
    }
    let consent = known.standing.consent.filter(|_| known.standing.is_open()).ok_or(Refusal::ConsentMissing)?;
    let head = store::minutes::create(tx, item.id, case, meeting, actor.person, consent).await?;
    Ok((known, head))
}

async fn add(tx: &Tx, writer: PersonId, known: &Known, mut head: MinutesHead, body: &Body) -> Result<i64> {
    let number = head.revision + 1;
    let covered: &BTreeSet<_> = &known.standing.covered;
    store::minutes::add_revision(tx, &head, number, body, covered, writer).await?;
    store::undertaking::replace(tx, &head, body).await?;
    head.revision = number;
    store::minutes::save(tx, &head, known.standing.consent).await?;
    Ok(number)
}

/// What the rules ask of a body.
pub(crate) fn content<'a>(parts: &'a [&'a str], body: &Body) -> Content<'a> {
    Content { parts, childs_view: body.childs_view, outcome: body.outcome }
}

fn read(typed: &TypedMinutes) -> Result<Body> {
    let mut form = Typed::default();
    let body = Body {
        purpose: form.optional_prose::<2_000>("purpose", &typed.purpose),
        contributions: form.optional_prose::<20_000>("contributions", &typed.contributions),
        childs_view: form.optional_choice("childs_view", &typed.childs_view),
        childs_words: form.optional_prose::<4_000>("childs_words", &typed.childs_words),
        agreed: form.optional_prose::<8_000>("agreed", &typed.agreed),
        undertakings: undertakings(&mut form, &typed.undertakings),
        outcome: outcome(&mut form, typed),
    };
    form.finish()?;
    Ok(body)
}

fn undertakings(form: &mut Typed, typed: &[TypedUndertaking]) -> Vec<Undertaking> {
    let mut all = Vec::new();
    for (row, one) in typed.iter().enumerate() {
        if [&one.what, &one.due_on].iter().all(|text| text.trim().is_empty()) {
            continue;
        }
        let what = form.line::<500>(&format!("what-{row}"), &one.what);
        let unit = form.choice(&format!("unit-{row}"), &one.unit);
        let due_on = form.date(&format!("due-{row}"), &one.due_on);
        if let (Some(what), Some(unit), Some(due_on)) = (what, unit, due_on) {
            all.push(Undertaking { what: what.into(), unit, due_on });
        }
    }
    all
}

fn outcome(form: &mut Typed, typed: &TypedMinutes) -> Option<Outcome> {
    match typed.outcome.trim() {
        "" => None,
        "follow_up" => form.date("follow_up_on", &typed.follow_up_on).map(Outcome::FollowUp),
        "closure" => Some(Outcome::Closure),
        "hand_over" => Some(Outcome::HandOver),
        _ => {
            form.flaw("outcome", FlawKind::NotAChoice);
            None
        }
    }
}

/// A rule's no, as this program says it: at the field where there is one.
pub(crate) fn refusal(no: MinutesRefusal) -> Error {
    const FIELDS: [&str; 4] = ["purpose", "contributions", "childs_words", "agreed"];
    match no {
        MinutesRefusal::WrongState { .. } => Refusal::WrongState.into(),
        MinutesRefusal::ConsentMissing(_) | MinutesRefusal::NotCovered => Refusal::ConsentMissing.into(),
        MinutesRefusal::OwnText => Refusal::OwnText.into(),
        MinutesRefusal::Empty => Refusal::EmptyMinutes.into(),
        MinutesRefusal::PersonalNumberInText { part, .. } => {
            let field = FIELDS
                .get(part)
                .map_or_else(|| format!("what-{}", part.saturating_sub(FIELDS.len())), |&field| field.to_owned());
            Error::Invalid(vec![Flaw::new(field, FlawKind::PersonalNumberInText)])
        }
        MinutesRefusal::ChildsViewMissing => Error::flaw("childs_view", FlawKind::Required),
        MinutesRefusal::OutcomeMissing => Error::flaw("outcome", FlawKind::Required),
    }
}
