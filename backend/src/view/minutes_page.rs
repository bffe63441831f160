//! One case's minutes, to be read and, while they are being written, to be finished.

use chrono::{DateTime, Utc};
use domain::{
    consent::InfoCategory,
    id::{AddendumId, AgendaItemId, CaseId, MinutesId, UnitId},
    mention::{Mentioned, mentioned},
    minutes::MinutesState,
    visibility::Role,
};

use super::{
    action_list::{read_by, reads_minutes},
    extract, handed,
    record::{self, RecordHead},
};
pub use super::{
    handed::{Handed, Receiver},
    record::Attended,
};
pub use crate::store::{
    minutes::{Body, Contribution, Undertaking},
    review::{Place, Remarks},
};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::Action,
    gate::{self, Known},
    hearing::is_recused,
    store::{self, minutes::MinutesHead},
    usecase::{review_minutes::names_of_others, write_minutes::kinds},
};

/// The page of one minutes.
#[derive(Clone, Debug)]
pub struct MinutesPage {
    /// What stands above them.
    pub head: RecordHead,
    /// The case.
    pub case: CaseId,
    /// The text.
    pub body: Body,
    /// Who was in the room while the item was open.
    pub present: Vec<Attended>,
    /// The units consent covered when the text was last written (M4).
    pub covered: Vec<String>,
    /// The names of the units of undertakings.
    pub units: Vec<(UnitId, String)>,
    /// When and by whom they were approved.
    pub approved: Option<(DateTime<Utc>, String)>,
    /// How often they were opened again, and why, the last last.
    pub reopened: Vec<Reopened>,
    /// What was added since.
    pub addenda: Vec<Added>,
    /// What this person may do with them.
    pub may: May,
    /// The units this person may hand them over to now; none where that is not theirs to do.
    pub receivers: Vec<Receiver>,
    /// To whom they were handed over, as far as it is this person's to know.
    pub handed: Vec<Handed>,
    /// For whoever may write on.
    pub writing: Option<Writing>,
    /// Nobody is covered any more: what was written stays as it is (G3).
    pub locked: bool,
}

/// What somebody may do with approved minutes.
#[derive(Clone, Copy, Debug)]
pub struct May {
    /// Add something.
    pub add: bool,
    /// Open them again.
    pub reopen: bool,
    /// Have what their unit was given as a file.
    pub fetch: bool,
}

/// That approved minutes were opened again.
#[derive(Clone, Debug)]
pub struct Reopened {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The version that was approved then.
    pub revision: i64,
    /// Whether what this page shows was approved since.
    pub over: bool,
}

/// What was added to approved minutes (M5).
#[derive(Clone, Debug)]
pub struct Added {
    /// Its id.
    pub id: AddendumId,
    /// What.
    pub text: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// When and by whom it was approved, or sent back with which comment; none while it waits.
    pub answer: Option<AddedAnswer>,
    /// Whether this person may answer it.
    pub may_answer: bool,
}

/// What became of something added.
#[derive(Clone, Debug)]
pub struct AddedAnswer {
    /// Yes or no.
    pub approved: bool,
    /// By whom.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why not.
    pub comment: String,
}

/// What is needed to write in minutes.
#[derive(Clone, Debug)]
pub struct Writing {
    /// The item they belong to.
    pub item: AgendaItemId,
    /// The minutes.
    pub minutes: MinutesId,
    /// The revision that was read; the next save says it saw this one.
    pub revision: i64,
    /// The text.
    pub body: Body,
    /// The units that may undertake something: those consent covers (M11).
    pub units: Vec<(UnitId, String)>,
    /// The kinds of information that may be told: those the consent names (C5).
    pub kinds: Vec<InfoCategory>,
    /// What the reviewer wrote when returning them.
    pub remarks: Option<Remarks>,
    /// Other persons in what is saved: what is told of them needs their own consent (M9, C21).
    pub mentions: Vec<Mentioned>,
    /// What the writer writes often; theirs alone.
    pub phrases: Vec<String>,
}

/// One minutes, for those who may read them now.
///
/// # Errors
/// [`crate::Error::NotFound`] where they are not for this person.
pub async fn minutes_page(backend: &Backend, actor: &Actor, id: MinutesId) -> Result<MinutesPage> {
    let db = backend.db();
    let (head, known) = record::asked(backend, actor, id, |head| reads_minutes(actor.role, head)).await?;
    backend.log_reads(actor, &[known.event(Action::MinutesRead).subject(id.uuid())]).await?;
    let (revision, state) = read_by(actor.role, &head);
    let body = store::minutes::body(backend, db, id, revision).await?;
    let attendees = store::room::attendees(db, backend.keys(), head.meeting).await?;
    let stretch = record::stretch(backend, &head).await?;
    let covered = store::minutes::covered_then(db, id, revision).await?;
    let approvals = store::review::approvals(db, id).await?;
    let approved = match approvals.iter().find(|one| one.revision == revision) {
        Some(one) => Some((one.at, record::names(backend, [one.by]).await?.pop().unwrap_or_default())),
        None => None,
    };
    if approved.is_some() {
        store::minutes::mark_read(backend, id, actor.person, revision).await?;
    }
    let covered_now = actor.unit.is_some_and(|unit| known.standing.covers(unit));
    let coordinates = covered_now && actor.role == Role::Coordinator;
    Ok(MinutesPage {
        head: record::head(backend, actor, &known, &head, (revision, state)).await?,
        case: head.case,
        present: record::attended(&attendees, head.item, stretch, backend.now()),
        covered: record::unit_names(backend, &covered).await?,
        units: record::short_names(backend).await?.into_iter().collect(),
        approved,
        reopened: reopened(backend, &head, revision).await?,
        addenda: addenda(backend, actor, &known, &head).await?,
        may: May {
            add: head.state == MinutesState::Approved && coordinates,
            reopen: head.state == MinutesState::Approved && covered_now && actor.role == Role::Administrator,
            fetch: extract::may_have(backend, actor, &known, &head).await?,
        },
        receivers: handed::receivers(backend, actor, &known, &head).await?,
        handed: handed::of_minutes(backend, actor, &known, &head).await?,
        writing: writing(backend, actor, &known, &head).await?,
        locked: state != MinutesState::Approved && !known.standing.is_open(),
        body,
    })
}

/// How often minutes were opened again.
async fn reopened(backend: &Backend, head: &MinutesHead, shown: i64) -> Result<Vec<Reopened>> {
    let mut all = Vec::new();
    for one in store::review::reopenings(backend, backend.db(), head).await? {
        let by = record::names(backend, [one.by]).await?.pop().unwrap_or_default();
        let (at, reason, over) = (one.at, one.reason, one.revision < shown && head.state == MinutesState::Approved);
        all.push(Reopened { at, by, reason, revision: one.revision, over });
    }
    Ok(all)
}

/// What was added: to those who write and review also what is not approved (M5).
async fn addenda(backend: &Backend, actor: &Actor, known: &Known, head: &MinutesHead) -> Result<Vec<Added>> {
    let mut all = Vec::new();
    let reviews = actor.role == Role::Administrator && actor.unit.is_some_and(|unit| known.standing.covers(unit));
    for one in store::review::addenda_of(backend, backend.db(), head.id).await? {
        let approved = one.answer.as_ref().is_some_and(|answer| answer.approved);
        if !approved && !matches!(actor.role, Role::Coordinator | Role::Administrator) {
            continue;
        }
        let waits = one.answer.is_none() && head.state == MinutesState::Approved;
        let may_answer = waits && reviews && one.by != actor.person;
        let answer = match one.answer {
            Some(answer) => Some(AddedAnswer {
                approved: answer.approved,
                by: record::names(backend, [answer.by]).await?.pop().unwrap_or_default(),
                at: answer.at,
                comment: answer.comment,
            }),
            None => None,
        };
        let by = record::names(backend, [one.by]).await?.pop().unwrap_or_default();
        all.push(Added { id: one.id, text: one.text, by, at: one.at, answer, may_answer });
    }
    Ok(all)
}

/// What a coordinator of a covered unit needs to write in minutes that are open for it; nothing for others.
pub(super) async fn writing(
    backend: &Backend,
    actor: &Actor,
    known: &Known,
    head: &MinutesHead,
) -> Result<Option<Writing>> {
    let open = matches!(head.state, MinutesState::Draft | MinutesState::Returned);
    let covered = actor.unit.is_some_and(|unit| known.standing.covers(unit));
    if actor.role != Role::Coordinator || !open || !covered || is_recused(backend.db(), head.item, actor).await? {
        return Ok(None);
    }
    let names = record::short_names(backend).await?;
    let remarks = match head.state {
        MinutesState::Returned => {
            let last = store::review::notes(backend, backend.db(), head).await?.pop();
            // What was said before they were approved is settled.
            last.filter(|note| head.approved_revision.is_none_or(|approved| approved < note.revision))
        }
        _ => None,
    };
    let body = store::minutes::body(backend, backend.db(), head.id, head.revision).await?;
    let others = names_of_others(backend, backend.db(), head.case).await?;
    let phrases = store::phrase::of_person(backend.db(), backend.keys(), actor.person).await?;
    Ok(Some(Writing {
        mentions: mentioned(body.parts(), &others),
        item: head.item,
        minutes: head.id,
        revision: head.revision,
        body,
        units: names.into_iter().filter(|(unit, _)| known.standing.covers(*unit)).collect(),
        kinds: kinds(known).into_iter().collect(),
        remarks: remarks.map(|note| note.remarks),
        phrases: phrases.into_iter().map(|(_, text)| text).collect(),
    }))
}

/// Other persons in what is saved of an item's minutes, for whoever writes them.
///
/// # Errors
/// [`crate::Error::NotFound`] where they are not for this person.
pub async fn mentions_in(backend: &Backend, actor: &Actor, item: AgendaItemId) -> Result<Vec<Mentioned>> {
    let head = store::minutes::of_item(backend.db(), item).await?.ok_or(Error::NotFound)?;
    gate::known(backend.db(), actor, head.case, backend.now()).await?;
    actor.must_be(&[Role::Coordinator])?;
    let body = store::minutes::body(backend, backend.db(), head.id, head.revision).await?;
    Ok(mentioned(body.parts(), &names_of_others(backend, backend.db(), head.case).await?))
}
