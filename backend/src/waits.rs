//! What cases wait for: what is known of their past and of what is asked for them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    id::{CaseId, UnitId},
    minutes::MinutesState,
    proposal::{Past, ProposalState, still_asks},
    visibility::Role,
};
use sea_orm::ConnectionTrait;

use crate::{
    Result,
    gate::Known,
    store::{self, agenda::TakenUp, proposal::Proposal},
    view::action_list::readable,
};

/// Why a case waits, since when, and who asks for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Waits {
    pub past: Past,
    pub taken_up: TakenUp,
    /// What has been asked and not heard, oldest first.
    pub asks: Vec<Proposal>,
    /// Where the minutes are that name the day of follow-up.
    follow_up_in: Option<MinutesState>,
}

impl Waits {
    /// What somebody may be told of it who reads only what their own unit asks, and minutes as their role does (M5).
    pub(crate) fn told(mut self, unit: UnitId, role: Role) -> Past {
        self.past.follow_up =
            self.past.follow_up.filter(|_| self.follow_up_in.is_some_and(|state| readable(role, state)));
        self.asks.retain(|one| one.unit == unit);
        self.count();
        self.past
    }

    fn count(&mut self) {
        self.past.asked = !self.asks.is_empty();
        // None is less than any day: whoever asks without one asks for at once.
        self.past.not_before = self.asks.iter().map(|one| one.not_before).min().flatten();
    }
}

/// Whether what a unit asks still is its to ask: it may know of the case. What it wrote is read by nobody once the family has taken it
/// out of this (C13, V2).
pub(crate) fn may_ask(known: &Known, unit: UnitId) -> bool {
    unit == known.head().unit || known.standing.covers(unit)
}

/// What these cases wait for.
pub(crate) async fn waits<'a>(
    db: &impl ConnectionTrait,
    known: impl IntoIterator<Item = &'a Known>,
    today: NaiveDate,
) -> Result<BTreeMap<CaseId, Waits>> {
    let known: BTreeMap<CaseId, &Known> = known.into_iter().map(|one| (one.id(), one)).collect();
    let cases: Vec<CaseId> = known.keys().copied().collect();
    let mut taken_up = store::agenda::taken_up(db, cases.iter().copied()).await?;
    let mut passed_over = store::agenda::passed_over(db, cases.iter().copied(), today).await?;
    let follow_ups = store::minutes::follow_ups(db, taken_up.values().filter_map(|one| one.item)).await?;
    let mut all: BTreeMap<CaseId, Waits> = BTreeMap::new();
    for case in &cases {
        let taken_up = taken_up.remove(case).unwrap_or_default();
        let since = taken_up.last.map(domain::time::day);
        let follow_up = taken_up.item.and_then(|item| follow_ups.get(&item).copied());
        let past = Past {
            taken_up: taken_up.last,
            passed_over: passed_over.remove(case).filter(|on| since.is_none_or(|since| since < *on)),
            follow_up: follow_up.map(|(on, _)| on),
            ..Past::default()
        };
        let follow_up_in = follow_up.map(|(_, state)| state);
        all.insert(*case, Waits { past, taken_up, asks: Vec::new(), follow_up_in });
    }
    for one in store::proposal::of_cases(db, cases.iter().copied()).await? {
        let (Some(waits), Some(known)) = (all.get_mut(&one.case), known.get(&one.case)) else { continue };
        let heard = !still_asks(one.asked_at, waits.past.taken_up);
        if one.state == ProposalState::Waiting && !heard && may_ask(known, one.unit) {
            waits.asks.push(one);
        }
    }
    all.values_mut().for_each(Waits::count);
    Ok(all)
}
