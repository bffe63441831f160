//! What cases wait for: what is known of their past and of what is asked for them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    id::CaseId,
    proposal::{Past, ProposalState, still_asks},
};
use sea_orm::ConnectionTrait;

use crate::{
    Result,
    store::{self, agenda::TakenUp, proposal::Proposal},
};

/// Why a case waits, since when, and who asks for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Waits {
    pub past: Past,
    pub taken_up: TakenUp,
    /// What has been asked and not heard, oldest first.
    pub asks: Vec<Proposal>,
}

/// What these cases wait for. The caller has seen to it that its reader may know them.
pub(crate) async fn waits(
    db: &impl ConnectionTrait,
    cases: &[CaseId],
    today: NaiveDate,
) -> Result<BTreeMap<CaseId, Waits>> {
    let mut taken_up = store::agenda::taken_up(db, cases.iter().copied()).await?;
    let mut passed_over = store::agenda::passed_over(db, cases.iter().copied(), today).await?;
    let follow_ups = store::minutes::follow_ups(db, taken_up.values().filter_map(|one| one.item)).await?;
    let mut all: BTreeMap<CaseId, Waits> = BTreeMap::new();
    for case in cases {
        let taken_up = taken_up.remove(case).unwrap_or_default();
        let since = taken_up.last.map(domain::time::day);
        let past = Past {
            taken_up: taken_up.last,
            passed_over: passed_over.remove(case).filter(|on| since.is_none_or(|since| since < *on)),
            follow_up: taken_up.item.and_then(|item| follow_ups.get(&item).copied()),
            ..Past::default()
        };
        all.insert(*case, Waits { past, taken_up, asks: Vec::new() });
    }
    for one in store::proposal::of_cases(db, cases.iter().copied()).await? {
        let Some(waits) = all.get_mut(&one.case) else { continue };
        if one.state != ProposalState::Waiting || !still_asks(one.asked_at, waits.past.taken_up) {
            continue;
        }
        let first = waits.asks.is_empty();
        // None is less than any day: whoever asks without one asks for at once.
        waits.past.not_before = if first { one.not_before } else { waits.past.not_before.min(one.not_before) };
        waits.past.asked = true;
        waits.asks.push(one);
    }
    Ok(all)
}
