//! One case's minutes, to be read and, while they are being written, to be finished.

use chrono::{DateTime, Utc};
use domain::{
    consent::InfoCategory,
    id::{AgendaItemId, CaseId, MinutesId, UnitId},
    minutes::MinutesState,
    visibility::Role,
};

pub use super::record::Attended;
use super::{
    action_list::readable,
    record::{self, RecordHead},
};
pub use crate::store::minutes::{Body, Contribution, Undertaking};
use crate::{
    Backend, Result,
    actor::Actor,
    audit::Action,
    gate::Known,
    hearing::is_recused,
    store::{self, minutes::MinutesHead},
    usecase::write_minutes::kinds,
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
    /// For whoever may write on.
    pub writing: Option<Writing>,
    /// Nobody is covered any more: what was written stays as it is (G3).
    pub locked: bool,
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
    pub comment: Option<String>,
}

/// One minutes, for those who may read them now.
///
/// # Errors
/// [`crate::Error::NotFound`] where they are not for this person.
pub async fn minutes_page(backend: &Backend, actor: &Actor, id: MinutesId) -> Result<MinutesPage> {
    let db = backend.db();
    let (head, known) = record::asked(backend, actor, id, |head| readable(actor.role, head.state)).await?;
    backend.log_reads(actor, &[known.event(Action::MinutesRead).subject(id.uuid())]).await?;
    let body = store::minutes::body(backend, db, id, head.revision).await?;
    let attendees = store::room::attendees(db, backend.keys(), head.meeting).await?;
    let stretch = record::stretch(backend, &head).await?;
    let covered = store::minutes::covered_then(db, id, head.revision).await?;
    let approved = match (head.approved_at, head.approved_by) {
        (Some(at), Some(by)) => Some((at, record::names(backend, [by]).await?.pop().unwrap_or_default())),
        _ => None,
    };
    Ok(MinutesPage {
        head: record::head(backend, actor, &known, &head).await?,
        case: head.case,
        present: record::attended(&attendees, head.item, stretch, backend.now()),
        covered: record::unit_names(backend, &covered).await?,
        units: record::short_names(backend).await?.into_iter().collect(),
        approved,
        writing: writing(backend, actor, &known, &head).await?,
        locked: head.state != MinutesState::Approved && !known.standing.is_open(),
        body,
    })
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
    let comment = match head.state {
        MinutesState::Returned => store::minutes::notes(backend, backend.db(), head).await?.pop().map(|note| note.text),
        _ => None,
    };
    Ok(Some(Writing {
        item: head.item,
        minutes: head.id,
        revision: head.revision,
        body: store::minutes::body(backend, backend.db(), head.id, head.revision).await?,
        units: names.into_iter().filter(|(unit, _)| known.standing.covers(*unit)).collect(),
        kinds: kinds(known).into_iter().collect(),
        comment,
    }))
}
