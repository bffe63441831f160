//! Writes minutes and hands them in. Only for cases with valid consent, at every save (M1, V5).

use std::collections::BTreeSet;

use domain::{
    consent::InfoCategory,
    flaw::FlawKind,
    id::{AgendaItemId, MinutesId, PersonId, UnitId},
    minutes::{Content, MinutesRefusal, Outcome, revise, submit},
    refusal::Refusal,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Written},
    gate::{self, Known},
    hearing::is_recused,
    store::{
        self,
        minutes::{Body, Contribution, MinutesHead, Undertaking},
    },
    tx::Tx,
    typed::Typed,
};

/// Minutes as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedMinutes {
    /// The revision the writer saw; 0 before the first.
    pub seen: i64,
    /// Whether an earlier save from the same page is not answered yet: what that wrote is no conflict.
    pub on_its_way: bool,
    /// The question of the item.
    pub purpose: String,
    /// What the parties brought; rows without any text are left out.
    pub contributions: Vec<TypedContribution>,
    /// A `ChildsView` code, or nothing.
    pub childs_view: String,
    /// The child's view in words.
    pub childs_words: String,
    /// What the guardians think.
    pub guardians_view: String,
    /// What was agreed.
    pub agreed: String,
    /// The undertakings; rows without any text are left out.
    pub undertakings: Vec<TypedUndertaking>,
    /// `follow_up`, `closure`, `hand_over`, or nothing.
    pub outcome: String,
    /// The day it is taken up again.
    pub follow_up_on: String,
}

/// What one party brought, as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedContribution {
    /// The unit's id.
    pub unit: String,
    /// An `InfoCategory` code, or nothing.
    pub kind: String,
    /// What.
    pub text: String,
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

/// Saves what was typed as the next revision, and gives its number. What stands there already is not written again, and is no conflict,
/// whoever wrote it: an answer that was lost on its way does not make the writer come later than themselves.
///
/// # Errors
/// Flaws at the fields, also for what is of a kind the consent does not name (C5), and for what tells where somebody with a protected
/// identity is to be found (I1); [`Error::Stale`] when somebody else saved meanwhile; [`Refusal::ConsentMissing`] where consent does not cover the writer's unit now.
pub async fn save_minutes(backend: &Backend, actor: &Actor, item: AgendaItemId, typed: &TypedMinutes) -> Result<i64> {
    let tx = backend.write(actor).await?;
    let (known, head) = writing(&tx, actor, item).await?;
    let body = read(typed, &known)?;
    let parts = body.parts();
    revise(head.state, &known.standing, actor.unit()?, content(&parts, &body, &known)).map_err(|no| refusal(&no))?;
    if head.revision > 0 && store::minutes::body(backend, tx.db(), head.id, head.revision).await? == body {
        return Ok(head.revision);
    }
    if head.revision != typed.seen && !(typed.on_its_way && own(&tx, actor, &head, typed.seen).await?) {
        return Err(Error::Stale);
    }
    if head.revision == 0 && body == Body::default() {
        return Ok(0);
    }
    let (revision, written) = add(&tx, actor.person, &known, head, &body).await?;
    tx.commit(known.event(Action::MinutesSaved).written(written)).await?;
    Ok(revision)
}

/// Whether the revision after the one that was seen is the last, and by the same hand.
async fn own(tx: &Tx, actor: &Actor, head: &MinutesHead, seen: i64) -> Result<bool> {
    Ok(head.revision - 1 == seen
        && store::minutes::writer(tx.db(), head.id, head.revision).await? == Some(actor.person))
}

/// Hands minutes in for review.
///
/// # Errors
/// As [`save_minutes`]; flaws where the child's view or the way on is not answered (M12, M13); [`Refusal::UnchangedMinutes`] where they
/// were opened again and nothing was changed.
pub async fn submit_minutes(backend: &Backend, actor: &Actor, item: AgendaItemId, seen: i64) -> Result<MinutesId> {
    let tx = backend.write(actor).await?;
    let (known, mut head) = writing(&tx, actor, item).await?;
    if head.revision != seen {
        return Err(Error::Stale);
    }
    if head.approved_revision == Some(head.revision) {
        return Err(Refusal::UnchangedMinutes.into());
    }
    let body = store::minutes::body(backend, tx.db(), head.id, head.revision).await?;
    let parts = body.parts();
    head.state = submit(head.state, &known.standing, actor.unit()?, content(&parts, &body, &known))
        .map_err(|no| refusal(&no))?;
    head.submitted_at = Some(tx.now());
    head.follow_up_on = match body.outcome {
        Some(Outcome::FollowUp(on)) => Some(on),
        Some(Outcome::Closure | Outcome::HandOver) | None => None,
    };
    store::minutes::save(&tx, &head, known.standing.consent).await?;
    tx.commit(known.event(Action::MinutesSubmitted).subject(head.id.uuid())).await?;
    Ok(head.id)
}

/// The case of an item and its minutes, for those who write. Minutes begin with their item and are finished after the
/// meeting too.
async fn writing(tx: &Tx, actor: &Actor, item: AgendaItemId) -> Result<(Known, MinutesHead)> {
    actor.must_be(&[Role::Coordinator])?;
    let item = store::agenda::one(tx.db(), tx.backend().keys(), item).await?;
    let known = gate::known(tx.db(), actor, item.case().ok_or(Error::NotFound)?, tx.now()).await?;
    let head = store::minutes::of_item(tx.db(), item.id).await?.ok_or(Refusal::ItemNotOpened)?;
    if is_recused(tx.db(), item.id, actor).await? {
        return Err(Refusal::Disqualified.into());
    }
    Ok((known, head))
}

async fn add(tx: &Tx, writer: PersonId, known: &Known, mut head: MinutesHead, body: &Body) -> Result<(i64, Written)> {
    head.revision += 1;
    // First of all: of two who save at the same moment the second waits here for the first, and is told.
    store::minutes::save(tx, &head, known.standing.consent).await?;
    let covered: &BTreeSet<_> = &known.standing.covered;
    let written = store::minutes::add_revision(tx, &head, head.revision, body, covered, writer).await?;
    // What was approved holds until something else is.
    if head.approved_revision.is_none() {
        store::undertaking::replace(tx, &head, body).await?;
    }
    Ok((head.revision, written))
}

/// What the rules ask of a body.
pub(crate) fn content<'a>(parts: &'a [&'a str], body: &Body, known: &Known) -> Content<'a> {
    let protected = known.head().protection.hides_name();
    let kinds = kinds(known);
    let told = |kind: Option<InfoCategory>| kind.is_some_and(|kind| kinds.contains(&kind));
    let unmarked = body.contributions.iter().position(|one| !told(one.kind));
    Content { parts, unmarked, childs_view: body.childs_view, outcome: body.outcome, protected }
}

fn read(typed: &TypedMinutes, known: &Known) -> Result<Body> {
    let mut form = Typed::about(known.head().protection);
    let covered = &known.standing.covered;
    let body = Body {
        purpose: form.optional_prose::<2_000>("purpose", &typed.purpose),
        contributions: contributions(&mut form, &typed.contributions, covered, &kinds(known)),
        childs_view: form.optional_choice("childs_view", &typed.childs_view),
        childs_words: form.optional_prose::<4_000>("childs_words", &typed.childs_words),
        guardians_view: form.optional_prose::<4_000>("guardians_view", &typed.guardians_view),
        agreed: form.optional_prose::<8_000>("agreed", &typed.agreed),
        undertakings: undertakings(&mut form, &typed.undertakings, covered),
        outcome: outcome(&mut form, typed),
    };
    form.finish()?;
    Ok(body)
}

/// The kinds of information the consent in force names: no other may be told.
pub(crate) fn kinds(known: &Known) -> BTreeSet<InfoCategory> {
    let consents = &known.record.facts.consents;
    let consent = consents.iter().find(|one| Some(one.id) == known.standing.consent);
    consent.map(|one| one.categories.clone()).unwrap_or_default()
}

/// What the parties brought; nothing of a unit that consent does not cover, nor of a kind it does not name (C5). Rows without any text
/// are left out.
fn contributions(
    form: &mut Typed,
    typed: &[TypedContribution],
    covered: &BTreeSet<UnitId>,
    kinds: &BTreeSet<InfoCategory>,
) -> Vec<Contribution> {
    let mut all = Vec::new();
    for (row, one) in typed.iter().enumerate().filter(|(_, one)| !one.text.trim().is_empty()) {
        let field = |name: &str| format!("contributions[{row}][{name}]");
        let text = form.optional_prose::<8_000>(&field("text"), &one.text);
        let unit: Option<UnitId> = form.choice(&field("unit"), &one.unit);
        if unit.is_some_and(|unit| !covered.contains(&unit)) {
            form.flaw(&field("unit"), FlawKind::NotAChoice);
        }
        let kind = InfoCategory::from_code(one.kind.trim()).ok();
        if !one.kind.trim().is_empty() && kind.is_none_or(|kind| !kinds.contains(&kind)) {
            form.flaw(&field("kind"), FlawKind::NotAChoice);
        }
        if let Some(unit) = unit {
            all.push(Contribution { unit, kind, text });
        }
    }
    all
}

/// The undertakings; none for a unit that consent does not cover (M11). Rows without any text are left out.
fn undertakings(form: &mut Typed, typed: &[TypedUndertaking], covered: &BTreeSet<UnitId>) -> Vec<Undertaking> {
    let mut all = Vec::new();
    for (row, one) in typed.iter().enumerate() {
        if [&one.what, &one.due_on].iter().all(|text| text.trim().is_empty()) {
            continue;
        }
        let field = |name: &str| format!("undertakings[{row}][{name}]");
        let what = form.line::<500>(&field("what"), &one.what);
        let unit: Option<UnitId> = form.choice(&field("unit"), &one.unit);
        if unit.is_some_and(|unit| !covered.contains(&unit)) {
            form.flaw(&field("unit"), FlawKind::NotAChoice);
        }
        let due_on = form.date(&field("due_on"), &one.due_on);
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
pub(crate) fn refusal(no: &MinutesRefusal) -> Error {
    match no {
        MinutesRefusal::WrongState { .. } => Refusal::WrongState.into(),
        MinutesRefusal::ConsentMissing(_) | MinutesRefusal::NotCovered => Refusal::ConsentMissing.into(),
        MinutesRefusal::NotAcknowledged => Refusal::ConsentNotAcknowledged.into(),
        MinutesRefusal::OwnText => Refusal::OwnText.into(),
        MinutesRefusal::Empty => Refusal::EmptyMinutes.into(),
        // Each field was looked at when it was read: this is text of an earlier revision.
        MinutesRefusal::PersonalNumberInText { .. } => Refusal::PersonalNumberInText.into(),
        MinutesRefusal::WhereaboutsInText { .. } => Refusal::WhereaboutsInText.into(),
        MinutesRefusal::ContributionUnmarked { row } => {
            Error::flaw(&format!("contributions[{row}][kind]"), FlawKind::Required)
        }
        MinutesRefusal::ChildsViewMissing => Error::flaw("childs_view", FlawKind::Required),
        MinutesRefusal::OutcomeMissing => Error::flaw("outcome", FlawKind::Required),
    }
}
