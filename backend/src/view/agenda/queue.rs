//! The queue: cases that wait to be taken up in a forum.

use domain::{age::age_on, consent::standing, id::CaseId, routing::Routing, time::day};

use super::consent::ConsentChip;
use crate::{
    Backend, Result,
    actor::Actor,
    agenda::{Agenda, begins},
    audit::{Action, Event},
    gate, store,
};

/// A case that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The case.
    pub id: CaseId,
    /// Its four characters.
    pub reference: String,
    /// The child's age on the day of the meeting.
    pub age: u16,
    /// Which time it would be taken up, counted from 1.
    pub time: u32,
    /// Days since it was registered or last taken up.
    pub days: i64,
    /// What consent says when the meeting begins.
    pub consent: ConsentChip,
    /// Whether it can be put on the agenda: somebody is covered, now or then (C1).
    pub ready: bool,
}

/// The cases the unit knows of that belong in this forum on that day and stand on no agenda to come, the longest waiting first.
pub(super) async fn queue(backend: &Backend, actor: &Actor, agenda: &Agenda) -> Result<(Vec<Waiting>, Vec<Event>)> {
    let (db, now) = (backend.db(), backend.now());
    let Some(bands) = store::forum::bands(db).await? else { return Ok((Vec::new(), Vec::new())) };
    let mut known = gate::all_known(db, actor.viewer()?, now).await?;
    known.retain(|_, known| {
        let head = known.head();
        head.closed_at.is_none() && bands.route(head.born_on, agenda.meeting.on) == Routing::Forum(agenda.forum.id)
    });
    let ids: Vec<CaseId> = known.keys().copied().collect();
    let taken = store::agenda::waiting_on_agendas(db, ids, day(now)).await?;
    known.retain(|id, _| !taken.contains(id) && !agenda.items.iter().any(|entry| entry.item.case() == Some(*id)));
    let ids: Vec<CaseId> = known.keys().copied().collect();
    let taken_up = store::agenda::taken_up(db, ids).await?;
    let (mut all, mut shown) = (Vec::new(), Vec::new());
    for (id, known) in &known {
        let then = standing(&known.record.facts, begins(&agenda.meeting));
        let (times, last) = taken_up.get(id).copied().unwrap_or_default();
        let since = last.unwrap_or(known.head().registered_at);
        all.push(Waiting {
            id: *id,
            reference: known.head().reference.clone(),
            age: age_on(known.head().born_on, agenda.meeting.on).unwrap_or(0),
            time: times + 1,
            days: (day(now) - day(since)).num_days().max(0),
            consent: ConsentChip::of(&known.record.facts, &known.standing, &then),
            ready: known.standing.is_open() || then.is_open(),
        });
        shown.push(known.event(Action::CaseRead));
    }
    all.sort_by(|a, b| (b.ready, b.days, &a.reference).cmp(&(a.ready, a.days, &b.reference)));
    Ok((all, shown))
}
