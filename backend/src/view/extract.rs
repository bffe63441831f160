//! What a unit was given of minutes, as a file for its own records (L9).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    consent::ends_on,
    export::What,
    id::{ConsentId, MinutesId, UnitId},
    minutes::MinutesState,
    time::day,
    visibility::Role,
};

use super::{action_list::reads_minutes, record as page};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate::Known,
    record::{
        Addendum, Approval, Born, Child, ConsentGiven, Content, Contribution, Extract, Language, Office, Present,
        Undertaking, package, paper,
    },
    store::{
        self,
        minutes::{Body, MinutesHead},
        review::Addendum as Added,
        unit::Unit,
    },
    usecase::write_minutes::kinds,
    view::case::must_be_free,
};

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// PDF/A-2a, to be read and kept.
    Paper,
    /// A package for a digital archive: the paper and what is told about it.
    Package,
}

/// A file as it is handed out.
#[derive(Clone)]
pub struct ExtractFile {
    /// Its name: a day and some letters, so that a folder of them tells of nobody.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What is handed out, and since when it may be.
struct Given {
    /// The unit whose record it is.
    from: UnitId,
    revision: i64,
    consent: ConsentId,
    at: DateTime<Utc>,
    /// Tells it from others in the names of files.
    key: String,
}

/// What the actor's unit was given of minutes last; of minutes its own people write and review, what was approved last.
///
/// # Errors
/// [`Error::NotFound`] where nothing was handed over to the unit, or it may not know the case any more;
/// [`domain::refusal::Refusal::SecondPerson`] where an identity is protected and no colleague has said yes (I1).
pub async fn extract(backend: &Backend, actor: &Actor, id: MinutesId, kind: FileKind) -> Result<ExtractFile> {
    let (head, known) = page::asked(backend, actor, id, |head| reads_minutes(actor.role, head)).await?;
    let given = given(backend, actor, &known, &head).await?.ok_or(Error::NotFound);
    let asked = Event::new(Action::ExtractRead).subject(id.uuid());
    let given = backend.or_denied(actor, asked, given).await?;
    must_be_free(backend.db(), actor, &known, What::Minutes, Some(id.uuid()), backend.now()).await?;
    let extract = made(backend, actor, &known, &head, given).await?;
    backend.log_reads(actor, &[known.event(Action::ExtractRead).subject(id.uuid())]).await?;
    let made = tokio::task::spawn_blocking(move || match kind {
        FileKind::Paper => paper(&extract).map(|bytes| ExtractFile { name: extract.paper_name(), bytes }),
        FileKind::Package => paper(&extract)
            .and_then(|paper| package(&extract, &paper))
            .map(|bytes| ExtractFile { name: extract.package_name(), bytes }),
    });
    let made = made.await.map_err(|_| Error::Fault("an extract was not made"))?;
    made.map_err(|no| {
        tracing::error!(%no, "an extract was not made");
        Error::Fault("an extract was not made")
    })
}

/// Whether the actor's unit may have it as a file now.
pub(super) async fn may_have(backend: &Backend, actor: &Actor, known: &Known, head: &MinutesHead) -> Result<bool> {
    Ok(given(backend, actor, known, head).await?.is_some())
}

async fn given(backend: &Backend, actor: &Actor, known: &Known, head: &MinutesHead) -> Result<Option<Given>> {
    let unit = actor.unit()?;
    // Who registered the case knows of it without consent too; what others told there is then nobody's to take out.
    let Some(consent) = known.standing.consent.filter(|_| known.standing.covers(unit)) else { return Ok(None) };
    let handed = store::dispatch::of_minutes(backend.db(), head.id).await?;
    if let Some(last) = handed.into_iter().rfind(|one| one.to == unit) {
        let key = letters(last.id);
        return Ok(Some(Given { from: last.from, revision: last.revision, consent: last.consent, at: last.at, key }));
    }
    let works_on_it = matches!(actor.role, Role::Coordinator | Role::Administrator);
    let (MinutesState::Approved, Some(revision)) = (head.state, head.approved_revision) else { return Ok(None) };
    let key = letters(head.id.uuid());
    Ok(works_on_it.then_some(Given { from: unit, revision, consent, at: backend.now(), key }))
}

/// Letters and digits of a random id.
fn letters(id: uuid::Uuid) -> String {
    id.simple().to_string().split_off(20)
}

async fn made(backend: &Backend, actor: &Actor, known: &Known, head: &MinutesHead, given: Given) -> Result<Extract> {
    let (db, id) = (backend.db(), head.id);
    let units: BTreeMap<UnitId, Unit> = store::unit::all(db).await?.into_iter().map(|unit| (unit.id, unit)).collect();
    let meeting = store::meeting::load(db, head.meeting).await?;
    let forum = store::forum::load(db, meeting.forum).await?;
    let body = store::minutes::body(backend, db, id, given.revision).await?;
    let attendees = store::room::attendees(db, backend.keys(), head.meeting).await?;
    let there = page::attended(&attendees, head.item, page::stretch(backend, head).await?, backend.now());
    let approvals = store::review::approvals(db, id).await?;
    let approval = approvals.iter().find(|one| one.revision == given.revision).ok_or(Error::NotFound)?;
    let protected = known.head().protection.hides_name();
    let child = store::child::names(db, backend.keys(), [head.case]).await?.remove(&head.case).filter(|_| !protected);
    Ok(Extract {
        language: if actor.language == "en" { Language::English } else { Language::Swedish },
        key: given.key,
        reference: known.head().reference.clone(),
        child: child.map(|name| Child { name, born: Some(Born::On(known.head().born_on)) }),
        forum: forum.name,
        met_on: meeting.on,
        recipient: office(&units, actor.unit()?),
        sender: office(&units, given.from),
        municipality: backend.site().municipality.clone(),
        consent: consent(known, &units, given.consent, backend.now())?,
        revision: given.revision,
        writers: page::names(backend, store::minutes::writers_in_order(db, id, given.revision).await?).await?,
        present: there.into_iter().map(|one| Present { unit: one.unit, name: one.name }).collect(),
        content: content(known, &units, body),
        approved: Approval { at: approval.at, by: name(backend, approval.by).await? },
        dispatched_at: given.at,
        addenda: addenda(backend, store::review::addenda_of(backend, db, id).await?, given.at).await?,
    })
}

/// What minutes say, but for what is of a kind that the consent in force does not name (C5).
fn content(known: &Known, units: &BTreeMap<UnitId, Unit>, body: Body) -> Content {
    let kinds = kinds(known);
    let of = |unit: UnitId| units.get(&unit).map(|unit| unit.name.clone()).unwrap_or_default();
    Content {
        question: body.purpose,
        contributions: body
            .contributions
            .into_iter()
            .filter(|one| one.kind.is_some_and(|kind| kinds.contains(&kind)))
            .map(|one| Contribution { unit: of(one.unit), kind: one.kind, text: one.text })
            .collect(),
        childs_view: body.childs_view,
        childs_words: body.childs_words,
        guardians_view: body.guardians_view,
        agreed: body.agreed,
        undertakings: body
            .undertakings
            .into_iter()
            .map(|one| Undertaking { what: one.what, unit: of(one.unit), due_on: one.due_on })
            .collect(),
        outcome: body.outcome,
    }
}

/// The consent in words. Its last day is the one the case's page tells: beside a later written one it would tell of a phase (C17).
fn consent(known: &Known, units: &BTreeMap<UnitId, Unit>, id: ConsentId, at: DateTime<Utc>) -> Result<ConsentGiven> {
    let consent = known.record.facts.consents.iter().find(|one| one.id == id).ok_or(Error::NotFound)?;
    let covered: &BTreeSet<UnitId> = &known.standing.covered;
    Ok(ConsentGiven {
        obtained_on: day(consent.obtained_at),
        valid_until: ends_on(&known.record.facts, at).unwrap_or(consent.valid_until),
        parties: covered.iter().filter_map(|unit| units.get(unit)).map(|unit| unit.name.clone()).collect(),
    })
}

/// What was added and approved before it was handed over, the oldest first.
async fn addenda(backend: &Backend, added: Vec<Added>, until: DateTime<Utc>) -> Result<Vec<Addendum>> {
    let mut all = Vec::new();
    for one in added {
        if let Some(answer) = one.answer.filter(|answer| answer.approved && answer.at <= until) {
            let approved = Approval { at: answer.at, by: name(backend, answer.by).await? };
            all.push(Addendum { approved, text: one.text });
        }
    }
    Ok(all)
}

async fn name(backend: &Backend, person: domain::id::PersonId) -> Result<String> {
    Ok(page::names(backend, [person]).await?.pop().unwrap_or_default())
}

fn office(units: &BTreeMap<UnitId, Unit>, unit: UnitId) -> Office {
    let unit = units.get(&unit);
    Office {
        unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        authority: unit.map(|unit| unit.authority.clone()).unwrap_or_default(),
    }
}
