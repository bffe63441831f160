//! What a case with a protected identity shows besides: who is named, and what is to be handed out (I1).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    export::{Export, WAITS, What},
    id::{ConsentId, ExportId, MinutesId, PaperId, PersonId, UnitId},
    refusal::Refusal,
    time::{day, local},
    visibility::{Circle, Role},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{is_own, receipt, signed_paper};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    gate::Known,
    store::{self, assignment::Work, export::Asked, minutes::MinutesHead, unit::Unit},
    usecase::protect_case::units_to_name_of,
    view::action_list::reads_minutes,
};

/// Whether somebody may hand something out now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handing {
    /// Nobody is protected: it goes without asking.
    Free,
    /// A colleague said yes; until this local time.
    Open(chrono::NaiveDateTime),
    /// A colleague has been asked.
    Waits,
    /// A colleague has to be asked first.
    Ask,
}

/// What is shown to those named.
#[derive(Clone, Debug)]
pub struct Protected {
    /// Who is named; for the unit that registered the case.
    pub named: Vec<Named>,
    /// Who can be named besides, by unit and name.
    pub to_name: Vec<(PersonId, String)>,
    /// What colleagues want to hand out, and what became of one's own questions.
    pub questions: Vec<Question>,
}

/// Somebody who is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The units they work for.
    pub units: Vec<String>,
    /// The local day since when.
    pub since: NaiveDate,
    /// Whether it is the reader.
    pub own: bool,
}

/// A question whether something may be handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub id: ExportId,
    /// What.
    pub what: What,
    /// Who asked.
    pub by: String,
    /// Whether it was the reader.
    pub own: bool,
    /// The local day it was asked.
    pub on: NaiveDate,
    /// Whether the reader is to answer.
    pub to_answer: bool,
    /// The answer, if there is one.
    pub answer: Option<bool>,
}

/// What the page of a protected case shows besides; nothing where nobody is protected.
pub(super) async fn protected(
    backend: &Backend,
    actor: &Actor,
    known: &Known,
    units: &BTreeMap<UnitId, Unit>,
    now: DateTime<Utc>,
) -> Result<Option<Protected>> {
    let Circle::Named(people) = &known.record.circle else { return Ok(None) };
    let (db, today) = (backend.db(), day(now));
    let mut works = store::assignment::all(db).await?;
    works.retain(|work| work.holds_on(today) && work.role != Role::Operator);
    let exports = store::export::of_cases(db, [known.id()]).await?;
    let asking = exports.iter().map(|one| one.export.asked_by);
    let ids: Vec<PersonId> = works.iter().map(|work| work.person).chain(people.iter().copied()).chain(asking).collect();
    let staff = store::roster::people(db, ids).await?;
    let name = |person: PersonId| staff.get(&person).map(|one| one.name.clone()).unwrap_or_default();
    let own_unit = actor.unit()?;
    let questions = exports
        .iter()
        .filter(|one| one.unit == own_unit && is_news(&one.export, actor.person, now))
        .map(|one| Question {
            id: one.id,
            what: one.what,
            by: name(one.export.asked_by),
            own: one.export.asked_by == actor.person,
            on: day(one.export.asked_at),
            to_answer: actor.works_with_cases() && one.export.may_answer(&known.record.circle, actor.person, now),
            answer: one.export.answer.map(|(approved, _)| approved),
        })
        .collect();
    let mut shown = Protected { named: Vec::new(), to_name: Vec::new(), questions };
    if is_own(known) && actor.works_with_cases() {
        let since = store::case_reader::since(db, known.id()).await?;
        let there = |person: PersonId| works_for(&works, units, person);
        shown.named = since
            .iter()
            .map(|(person, since)| Named {
                person: *person,
                name: name(*person),
                units: there(*person),
                since: day(*since),
                own: *person == actor.person,
            })
            .collect();
        shown.named.sort_by(|one, other| one.name.cmp(&other.name));
        let nameable = units_to_name_of(known);
        let mut to_name: BTreeSet<(String, PersonId)> = BTreeSet::new();
        for work in &works {
            let Some(unit) = work.unit.filter(|unit| nameable.contains(unit)) else { continue };
            let able = staff.get(&work.person).is_some_and(|person| !person.disabled);
            if able && !people.contains(&work.person) {
                let unit = units.get(&unit).map(|unit| unit.name.clone()).unwrap_or_default();
                to_name.insert((format!("{unit}: {}", name(work.person)), work.person));
            }
        }
        shown.to_name = to_name.into_iter().map(|(label, person)| (person, label)).collect();
    }
    Ok(Some(shown))
}

fn works_for(works: &[Work], units: &BTreeMap<UnitId, Unit>, person: PersonId) -> Vec<String> {
    let there: BTreeSet<UnitId> =
        works.iter().filter(|work| work.person == person).filter_map(|work| work.unit).collect();
    there.into_iter().filter_map(|unit| units.get(&unit).map(|unit| unit.name.clone())).collect()
}

/// What waits, and of one's own what was answered lately.
fn is_news(export: &Export, reader: PersonId, now: DateTime<Utc>) -> bool {
    let own = export.asked_by == reader && now < export.asked_at + WAITS;
    export.waits(now)
        || (own && (export.answer.is_some_and(|(approved, _)| !approved) || export.open_until(now).is_some()))
}

/// Whether somebody may hand out something of a case.
pub(crate) async fn handing(
    db: &impl ConnectionTrait,
    actor: &Actor,
    known: &Known,
    what: What,
    subject: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Handing> {
    Ok(way(&asked(db, known).await?, actor, known, what, subject, now))
}

/// What has been asked about a case; nothing is where nobody is protected.
pub(super) async fn asked(db: &impl ConnectionTrait, known: &Known) -> Result<Vec<Asked>> {
    match known.record.circle {
        Circle::Unit => Ok(Vec::new()),
        Circle::Named(_) => store::export::of_cases(db, [known.id()]).await,
    }
}

/// Whether somebody may hand something out, after what has been asked.
pub(super) fn way(
    all: &[Asked],
    actor: &Actor,
    known: &Known,
    what: What,
    subject: Option<Uuid>,
    now: DateTime<Utc>,
) -> Handing {
    if known.record.circle == Circle::Unit {
        return Handing::Free;
    }
    let own: Vec<Export> = all
        .iter()
        .filter(|one| one.export.asked_by == actor.person && Some(one.unit) == actor.unit)
        .filter(|one| one.what == what && one.subject == subject)
        .map(|one| one.export)
        .collect();
    match own.iter().filter_map(|export| export.open_until(now)).max() {
        Some(until) => Handing::Open(local(until)),
        None if own.iter().any(|export| export.waits(now)) => Handing::Waits,
        None => Handing::Ask,
    }
}

/// Goes on only where somebody may hand it out.
///
/// # Errors
/// [`Refusal::SecondPerson`] where a colleague has to say yes first.
pub(crate) async fn must_be_free(
    db: &impl ConnectionTrait,
    actor: &Actor,
    known: &Known,
    what: What,
    subject: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<()> {
    match handing(db, actor, known, what, subject, now).await? {
        Handing::Free | Handing::Open(_) => Ok(()),
        Handing::Waits | Handing::Ask => Err(Refusal::SecondPerson.into()),
    }
}

/// Goes on only where what is to be handed out is there, and the actor's to see.
///
/// # Errors
/// [`Error::NotFound`] otherwise.
pub(crate) async fn may_see(
    backend: &Backend,
    db: &impl ConnectionTrait,
    actor: &Actor,
    known: &Known,
    what: What,
    subject: Option<Uuid>,
) -> Result<()> {
    match (what, subject) {
        (What::Form, None) => Ok(()),
        (What::Receipt, Some(consent)) => receipt::find(backend, db, actor, known, ConsentId::from_uuid(consent)).await,
        (What::Paper, Some(paper)) => signed_paper::head(db, actor, known, PaperId::from_uuid(paper)).await.map(|_| ()),
        (What::Minutes, Some(minutes)) => {
            let head = store::minutes::find(db, MinutesId::from_uuid(minutes)).await?;
            let theirs = |head: &MinutesHead| head.case == known.id() && reads_minutes(actor.role, head);
            if head.as_ref().is_some_and(theirs) { Ok(()) } else { Err(Error::NotFound) }
        }
        _ => Err(Error::NotFound),
    }
}
