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
    hearing::recused_from,
    store::{self, minutes::MinutesHead, undertaking::ActionItem},
};

/// How long what is done or dropped stays on the list, in days.
const SHOWN_WHEN_SETTLED: i64 = 28;

/// The page of undertakings: of which case, whose, by when. What they are stands with the case, not on a list across children (V9).
#[derive(Clone, Debug, Default)]
pub struct ActionList {
    /// The actor's own unit's that are open, the most urgent first.
    pub own: Vec<Due>,
    /// Other units' that are open.
    pub others: Vec<Due>,
    /// Those done or dropped lately, by any unit.
    pub settled: Vec<Due>,
}

/// An undertaking on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The case.
    pub case: CaseId,
    /// The case's reference.
    pub reference: String,
    /// The unit that undertook it.
    pub unit: String,
    /// The last local day.
    pub due_on: NaiveDate,
    /// How it stands.
    pub stands: Stands,
}

/// How an undertaking stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// It is to be done.
    Open,
    /// Its day has passed.
    Overdue,
    /// It was done on this local day.
    Done(NaiveDate),
    /// It was dropped on this local day.
    Dropped(NaiveDate),
}

impl Stands {
    /// Whether it is neither done nor dropped.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Overdue)
    }
}

/// One undertaking, with its words.
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
    /// The day the minutes say, where it was moved.
    pub moved_from: Option<NaiveDate>,
    /// Why it was moved or dropped.
    pub word: String,
    /// How it stands.
    pub stands: Stands,
    /// Whether the actor may say what becomes of it.
    pub may_settle: bool,
}

/// What the units undertook in cases this person's unit may know, its own apart.
///
/// # Errors
/// [`Error::NotFound`] for somebody without a unit.
pub async fn action_list(backend: &Backend, actor: &Actor) -> Result<ActionList> {
    let unit = actor.unit().map_err(|_| Error::NotFound)?;
    let today = day(backend.now());
    let known = gate::all_known(backend.db(), actor.viewer()?, backend.now()).await?;
    let mut list = ActionList::default();
    let mut read = BTreeSet::new();
    for (one, item) in undertaken(backend, actor, &known, None).await? {
        let Some(case) = known.get(&item.case) else { continue };
        let reference = case.head().reference.clone();
        let due = Due { case: item.case, reference, unit: one.unit, due_on: one.due_on, stands: one.stands };
        match one.stands {
            Stands::Done(on) | Stands::Dropped(on) if (today - on).num_days() > SHOWN_WHEN_SETTLED => continue,
            Stands::Done(_) | Stands::Dropped(_) => list.settled.push(due),
            _ if item.unit == unit => list.own.push(due),
            _ => list.others.push(due),
        }
        read.insert(item.case);
    }
    let events: Vec<Event> =
        read.iter().filter_map(|case| known.get(case)).map(|one| one.event(Action::CaseRead)).collect();
    backend.log_reads(actor, &events).await?;
    Ok(list)
}

/// The undertakings of these cases that this person may know of, by day. Those of minutes that are not approved are for
/// coordinators, who write them (M5); who is disqualified from an item hears of nothing undertaken in it (G4). `but` leaves the
/// undertakings of one minutes out.
pub(super) async fn undertaken(
    backend: &Backend,
    actor: &Actor,
    known: &BTreeMap<CaseId, Known>,
    but: Option<MinutesId>,
) -> Result<Vec<(Undertaken, ActionItem)>> {
    let db = backend.db();
    let heads: BTreeMap<MinutesId, MinutesHead> =
        store::minutes::of_cases(db, known.keys().copied()).await?.into_iter().map(|head| (head.id, head)).collect();
    let recused = recused_from(db, heads.values().map(|head| head.item), actor).await?;
    let reads = |head: &MinutesHead| reads_minutes(actor.role, head) && !recused.contains(&head.item);
    let units: BTreeMap<UnitId, String> =
        store::unit::all(db).await?.into_iter().map(|unit| (unit.id, unit.short_name)).collect();
    let today = day(backend.now());
    let all = store::undertaking::of_cases(backend, db, known.keys().copied()).await?;
    Ok(all
        .into_iter()
        .filter(|item| Some(item.minutes) != but)
        .filter(|item| heads.get(&item.minutes).is_some_and(reads))
        .map(|item| {
            let one = Undertaken {
                id: item.id,
                what: item.what.clone(),
                unit: units.get(&item.unit).cloned().unwrap_or_default(),
                due_on: item.due_on,
                moved_from: Some(item.agreed_on).filter(|agreed| *agreed != item.due_on),
                word: item.word.clone(),
                stands: match (item.done_at, item.dropped_at) {
                    (Some(at), _) => Stands::Done(day(at)),
                    (None, Some(at)) => Stands::Dropped(day(at)),
                    (None, None) if item.due_on < today => Stands::Overdue,
                    (None, None) => Stands::Open,
                },
                may_settle: actor.unit == Some(item.unit) || actor.role == Role::Coordinator,
            };
            (one, item)
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
