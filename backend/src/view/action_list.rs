//! What units undertook, to be followed up (M11).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{
    id::{ActionItemId, CaseId, MinutesId, UnitId},
    minutes::MinutesState,
    time::day,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate::{self, Known},
    store::{self, minutes::MinutesHead, undertaking::ActionItem},
};

/// How long a finished undertaking stays on the list, in days.
const SHOWN_WHEN_DONE: i64 = 28;

/// The page of undertakings.
#[derive(Clone, Debug, Default)]
pub struct ActionList {
    /// The actor's own unit's that are not done, the most urgent first.
    pub own: Vec<Undertaken>,
    /// Other units' that are not done.
    pub others: Vec<Undertaken>,
    /// Those done lately, by any unit.
    pub done: Vec<Undertaken>,
}

/// One undertaking.
#[derive(Clone, Debug)]
pub struct Undertaken {
    /// Its id.
    pub id: ActionItemId,
    /// What.
    pub what: String,
    /// The unit that undertook it.
    pub unit: String,
    /// The last local day.
    pub due_on: NaiveDate,
    /// Whether that day has passed and it is not done.
    pub overdue: bool,
    /// The local day it was ticked off.
    pub done_on: Option<NaiveDate>,
    /// The case.
    pub case: CaseId,
    /// The case's reference.
    pub reference: String,
    /// Whether the actor may tick it.
    pub may_tick: bool,
}

/// What the units undertook in cases this person's unit may know, its own apart.
///
/// # Errors
/// [`Error::NotFound`] for somebody without a unit.
pub async fn action_list(backend: &Backend, actor: &Actor) -> Result<ActionList> {
    let unit = actor.unit().map_err(|_| Error::NotFound)?;
    let now = backend.now();
    let known = gate::all_known(backend.db(), actor.viewer()?, now).await?;
    let mut list = ActionList::default();
    let mut read = BTreeSet::new();
    for (one, item) in undertaken(backend, actor, &known, None).await? {
        match one.done_on {
            Some(on) if (day(now) - on).num_days() > SHOWN_WHEN_DONE => continue,
            Some(_) => list.done.push(one),
            None if item.unit == unit => list.own.push(one),
            None => list.others.push(one),
        }
        read.insert(item.case);
    }
    let events: Vec<Event> =
        read.iter().filter_map(|case| known.get(case)).map(|one| one.event(Action::CaseRead)).collect();
    backend.log_reads(actor, &events).await?;
    Ok(list)
}

/// The undertakings of these cases that this person may know of, by day. Those of minutes that are not approved are for
/// coordinators, who write them (M5). `but` leaves the undertakings of one minutes out.
pub(super) async fn undertaken(
    backend: &Backend,
    actor: &Actor,
    known: &BTreeMap<CaseId, Known>,
    but: Option<MinutesId>,
) -> Result<Vec<(Undertaken, ActionItem)>> {
    let db = backend.db();
    let heads: BTreeMap<MinutesId, MinutesHead> =
        store::minutes::of_cases(db, known.keys().copied()).await?.into_iter().map(|head| (head.id, head)).collect();
    let units: BTreeMap<UnitId, String> =
        store::unit::all(db).await?.into_iter().map(|unit| (unit.id, unit.short_name)).collect();
    let today = day(backend.now());
    let all = store::undertaking::of_cases(backend, db, known.keys().copied()).await?;
    Ok(all
        .into_iter()
        .filter(|item| Some(item.minutes) != but)
        .filter(|item| heads.get(&item.minutes).is_some_and(|head| reads_minutes(actor.role, head)))
        .filter_map(|item| {
            let head = known.get(&item.case)?.head();
            let done_on = item.done_at.map(day);
            let one = Undertaken {
                id: item.id,
                what: item.what.clone(),
                unit: units.get(&item.unit).cloned().unwrap_or_default(),
                due_on: item.due_on,
                overdue: done_on.is_none() && item.due_on < today,
                done_on,
                case: item.case,
                reference: head.reference.clone(),
                may_tick: actor.unit == Some(item.unit) || actor.role == Role::Coordinator,
            };
            Some((one, item))
        })
        .collect())
}

/// Whether somebody in a role reads minutes: what was approved stays to be read while they are open again.
pub(crate) fn reads_minutes(role: Role, head: &MinutesHead) -> bool {
    readable(role, head.state) || (head.approved_revision.is_some() && readable(role, MinutesState::Approved))
}

/// The revision somebody in a role reads, and where that is on its way: what is written now, or what was approved last.
pub(crate) fn read_by(role: Role, head: &MinutesHead) -> (i64, MinutesState) {
    match head.approved_revision {
        Some(revision) if !readable(role, head.state) => (revision, MinutesState::Approved),
        _ => (head.revision, head.state),
    }
}

/// Whether somebody in a role reads minutes in a state: what is not approved is for those who write and those who review (M5).
pub(crate) const fn readable(role: Role, state: MinutesState) -> bool {
    match role {
        Role::Coordinator => true,
        Role::Administrator => {
            matches!(state, MinutesState::Submitted | MinutesState::Returned | MinutesState::Approved)
        }
        Role::Participant => matches!(state, MinutesState::Approved),
        Role::Operator => false,
    }
}
