//! What waits behind the lines of the main menu, as counts. A count tells of cases too: it passes the gate as every page does.

use chrono::{DateTime, Utc};
use domain::id::UnitId;

use super::{action_list::undertaken, case::ConsentLine, review::for_review};
use crate::{Backend, Result, actor::Actor, gate, store};

/// The counts. Nothing of them is read case by case, so nothing of it is in the access log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// Open cases they may know of.
    pub cases: usize,
    /// Of them, those whose consent ends within a month (C11).
    pub ending: usize,
    /// What the unit undertook and has not done.
    pub actions: usize,
    /// Minutes that wait for this person's review.
    pub to_review: usize,
}

/// What waits for this person now.
///
/// # Errors
/// When the database does not answer.
pub async fn side(backend: &Backend, actor: &Actor) -> Result<Side> {
    match actor.unit {
        Some(unit) => counted(backend, actor, unit, backend.now()).await,
        None => Ok(Side::default()),
    }
}

async fn counted(backend: &Backend, actor: &Actor, unit: UnitId, now: DateTime<Utc>) -> Result<Side> {
    let db = backend.db();
    let kind = store::unit::load(db, unit).await?.kind;
    let known = gate::all_known(db, actor.viewer()?, now).await?;
    let open = known.values().filter(|known| known.head().closed_at.is_none());
    let lines: Vec<ConsentLine> = open.filter_map(|known| ConsentLine::of(known, kind, now)).collect();
    let minutes = store::minutes::of_cases(db, known.keys().copied()).await?;
    let undertaken = undertaken(backend, actor, &known, None).await?;
    Ok(Side {
        cases: lines.len(),
        ending: lines.iter().filter(|line| line.soon).count(),
        actions: undertaken.iter().filter(|(one, item)| item.unit == unit && one.stands.is_open()).count(),
        to_review: for_review(backend, actor, &minutes).await?.len(),
    })
}
