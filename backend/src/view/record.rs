//! Minutes as they are read: head, text, and who was there.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    age::age_on,
    consent::standing,
    export::What,
    id::{AgendaItemId, CaseId, MinutesId, PersonId, UnitId},
    minutes::MinutesState,
    room::GuestKind,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate::{self, Known},
    hearing::is_recused,
    store::{self, forum::Forum, minutes::MinutesHead, room::Attendee},
    view::case::{Handing, handing},
};

/// A forum as a page's head names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForumLabel {
    /// Decides its colour.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The youngest it takes.
    pub from: u16,
    /// The oldest it takes.
    pub to: u16,
}

impl From<Forum> for ForumLabel {
    fn from(forum: Forum) -> Self {
        Self { code: forum.code, name: forum.name, from: forum.band.from, to: forum.band.to }
    }
}

/// What stands above minutes.
#[derive(Clone, Debug)]
pub struct RecordHead {
    /// The minutes.
    pub id: MinutesId,
    /// The case's reference.
    pub reference: String,
    /// The age in whole years on the day of the meeting.
    pub age: Option<u16>,
    /// The forum.
    pub forum: ForumLabel,
    /// The local day of the meeting.
    pub on: NaiveDate,
    /// Where they are on their way.
    pub state: MinutesState,
    /// The version that is read: how often they had been saved.
    pub revision: i64,
    /// Who wrote in them, the first first.
    pub writers: Vec<String>,
    /// The case.
    pub case: CaseId,
    /// Whether they can be printed at once.
    pub on_paper: Handing,
    /// One guardian decided alone when the item began (C8).
    pub alone: bool,
}

/// One minutes asked for by its address, with its case: if the actor's unit may know of the case now, and `may` they are read in
/// the state they are in. What was asked for in vain is written down (L2).
///
/// # Errors
/// [`Error::NotFound`] where it does not exist or is not for this person.
pub(super) async fn asked(
    backend: &Backend,
    actor: &Actor,
    id: MinutesId,
    may: impl FnOnce(&MinutesHead) -> bool,
) -> Result<(MinutesHead, Known)> {
    let found = store::minutes::find(backend.db(), id).await?;
    // What does not exist is asked for at the gate too: the answer takes as long (AUTHZ-03).
    let case = found.as_ref().map_or(CaseId::from_uuid(id.uuid()), |head| head.case);
    let item = found.as_ref().map_or(AgendaItemId::from_uuid(id.uuid()), |head| head.item);
    let known = gate::known(backend.db(), actor, case, backend.now()).await;
    let recused = is_recused(backend.db(), item, actor).await?;
    let found = found.filter(may).filter(|_| !recused);
    let both = known.and_then(|known| found.map(|head| (head, known)).ok_or(Error::NotFound));
    backend.or_denied(actor, Event::new(Action::MinutesRead).subject(id.uuid()), both).await
}

/// Somebody who was in the room, for the unit they came for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attended {
    /// The unit's short name.
    pub unit: String,
    /// The person's name.
    pub name: String,
    /// What they were a guest as; then the unit is the one they came with.
    pub guest: Option<GuestKind>,
}

/// When an item was open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    pub from: DateTime<Utc>,
    /// None while it is open.
    pub until: Option<DateTime<Utc>>,
}

pub(super) async fn head(
    backend: &Backend,
    actor: &Actor,
    known: &Known,
    head: &MinutesHead,
    (revision, state): (i64, MinutesState),
) -> Result<RecordHead> {
    let db = backend.db();
    let meeting = store::meeting::load(db, head.meeting).await?;
    let forum = store::forum::load(db, meeting.forum).await?;
    Ok(RecordHead {
        id: head.id,
        case: head.case,
        on_paper: handing(db, actor, known, What::Minutes, Some(head.id.uuid()), backend.now()).await?,
        reference: known.head().reference.clone(),
        age: age_on(known.head().born_on, meeting.on),
        forum: forum.into(),
        on: meeting.on,
        state,
        revision,
        writers: names(backend, store::minutes::writers_in_order(db, head.id, revision).await?).await?,
        alone: standing(&known.record.facts, stretch(backend, head).await?.from).alone_until.is_some(),
    })
}

/// When the item of minutes was open.
pub(super) async fn stretch(backend: &Backend, head: &MinutesHead) -> Result<Stretch> {
    let item = store::agenda::one(backend.db(), backend.keys(), head.item).await?;
    let from = item.opened_at.ok_or(Error::Inconsistent { table: "minutes", row: head.id.uuid() })?;
    Ok(Stretch { from, until: item.closed_at })
}

/// Who was in the room while an item was open; of guests its own.
pub(super) fn attended(
    attendees: &[Attendee],
    item: AgendaItemId,
    stretch: Stretch,
    now: DateTime<Utc>,
) -> Vec<Attended> {
    let until = stretch.until.unwrap_or(now);
    attendees
        .iter()
        .filter(|someone| someone.arrived_at < until && someone.left_at.is_none_or(|left| left > stretch.from))
        .filter(|someone| someone.guest.is_none_or(|guest| guest.item == Some(item)))
        .map(|someone| Attended {
            unit: someone.unit_name.clone(),
            name: someone.name.clone(),
            guest: someone.guest.map(|guest| guest.kind),
        })
        .collect()
}

/// The names of people, in the order asked for.
pub(super) async fn names(backend: &Backend, people: impl IntoIterator<Item = PersonId>) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for person in people {
        names.extend(store::person::find(backend.db(), person).await?.map(|person| person.name));
    }
    Ok(names)
}

/// The short names of units, in the order of the authorities.
pub(super) async fn unit_names(backend: &Backend, units: &BTreeSet<UnitId>) -> Result<Vec<String>> {
    let all = store::unit::all(backend.db()).await?;
    Ok(all.into_iter().filter(|unit| units.contains(&unit.id)).map(|unit| unit.short_name).collect())
}

/// All units' short names by id.
pub(super) async fn short_names(backend: &Backend) -> Result<BTreeMap<UnitId, String>> {
    Ok(store::unit::all(backend.db()).await?.into_iter().map(|unit| (unit.id, unit.short_name)).collect())
}
