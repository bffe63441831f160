//! To whom minutes were handed over, and to whom they can be.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{MinutesId, UnitId},
    minutes::{MinutesState, dispatch},
    visibility::Role,
};

use crate::{
    Backend, Result,
    actor::Actor,
    gate::Known,
    store::{self, dispatch::Dispatch, minutes::MinutesHead},
    usecase::dispatch_minutes::has_all,
    view::{case::is_own, record},
};

/// That minutes were handed over to a unit (M6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// The minutes.
    pub minutes: MinutesId,
    /// The local day of their meeting.
    pub on: NaiveDate,
    /// The version that was.
    pub revision: i64,
    /// The unit.
    pub to: String,
    /// When; UTC.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
}

/// A unit minutes can be handed over to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Whether it has all of it.
    pub has_all: bool,
}

/// To whom minutes can be handed over by this person now; nothing for who does not.
pub(super) async fn receivers(
    backend: &Backend,
    actor: &Actor,
    known: &Known,
    head: &MinutesHead,
) -> Result<Vec<Receiver>> {
    let hands_over = matches!(actor.role, Role::Coordinator | Role::Administrator);
    if !hands_over || head.state != MinutesState::Approved {
        return Ok(Vec::new());
    }
    let (db, from) = (backend.db(), actor.unit()?);
    let before = store::dispatch::of_minutes(db, head.id).await?;
    let added = store::review::addenda_of(backend, db, head.id).await?;
    let may = |to: &UnitId| dispatch(head.state, &known.standing, from, *to).is_ok();
    let units = store::unit::with_ids(db, known.standing.covered.iter().copied().filter(may)).await?;
    Ok(units
        .into_values()
        .map(|unit| Receiver {
            unit: unit.id,
            has_all: has_all(&before, &added, head.revision, unit.id),
            name: unit.name,
        })
        .collect())
}

/// To whom these minutes were handed over, as far as it is this person's to know: who writes and who reviews know of all that are
/// covered now, others of their own unit.
pub(super) async fn of_minutes(
    backend: &Backend,
    actor: &Actor,
    known: &Known,
    head: &MinutesHead,
) -> Result<Vec<Handed>> {
    let mut all = store::dispatch::of_minutes(backend.db(), head.id).await?;
    let works_on_it = matches!(actor.role, Role::Coordinator | Role::Administrator);
    all.retain(|one| Some(one.to) == actor.unit || (works_on_it && known.standing.covers(one.to)));
    told(backend, all).await
}

/// What of a case was handed over, also to units that are not covered any more: it is in their own records, and the family is told so
/// (M8). For the unit that registered the case; others know of those that are covered now and of their own.
pub(crate) async fn of_case(backend: &Backend, actor: &Actor, known: &Known) -> Result<Vec<Handed>> {
    let mut all = store::dispatch::of_case(backend.db(), known.id()).await?;
    all.retain(|one| is_own(known) || Some(one.to) == actor.unit || known.standing.covers(one.to));
    told(backend, all).await
}

async fn told(backend: &Backend, all: Vec<Dispatch>) -> Result<Vec<Handed>> {
    let db = backend.db();
    let units = store::unit::with_ids(db, all.iter().map(|one| one.to)).await?;
    let mut days: BTreeMap<MinutesId, NaiveDate> = BTreeMap::new();
    let mut handed = Vec::with_capacity(all.len());
    for one in all {
        let on = if let Some(on) = days.get(&one.minutes) {
            *on
        } else {
            let head = store::minutes::load(db, one.minutes).await?;
            store::meeting::load(db, head.meeting).await?.on
        };
        days.insert(one.minutes, on);
        let by = record::names(backend, [one.by]).await?.pop().unwrap_or_default();
        let to = units.get(&one.to).map(|unit| unit.name.clone()).unwrap_or_default();
        handed.push(Handed { minutes: one.minutes, on, revision: one.revision, to, at: one.at, by });
    }
    Ok(handed)
}
