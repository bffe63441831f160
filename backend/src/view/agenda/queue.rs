//! The queue: cases that wait to be taken up in a forum.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    age::age_on,
    consent::standing,
    id::{CaseId, MeetingId},
    meeting::MeetingState,
    proposal::{Past, Wait},
    routing::{AgeBands, Routing},
    time::day,
};

use super::consent::ConsentChip;
use crate::{
    Backend, Result,
    actor::Actor,
    agenda::{Agenda, begins},
    audit::{Action, Event},
    gate::{self, Known},
    store::{self, meeting::Meeting},
    view::proposal::{Asked, asked, own_question},
    waits::{Waits, waits},
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
    /// Why it waits.
    pub wait: Wait,
    /// The meeting it should wait for, where that is a later one than this.
    pub later: Option<Later>,
    /// What is asked, by whom; the oldest first.
    pub asked: Vec<Asked>,
    /// What consent says when the meeting begins.
    pub consent: ConsentChip,
    /// Whether it can be put on the agenda: somebody is covered, now or then (C1).
    pub ready: bool,
}

/// A later time than this meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Later {
    /// Not before this local day.
    pub from: NaiveDate,
    /// The first meeting from then on of whichever forum takes the child's age that day (K4), and its local day.
    pub meeting: Option<(MeetingId, NaiveDate)>,
}

/// The cases the unit knows of that belong in this forum on that day and stand on no agenda to come: those for this meeting first,
/// then those for a later one, then those nobody asks for; among them the longest waiting first.
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
    let mut waits = waits(db, known.values(), day(now)).await?;
    let mut asks = asked(backend, &known, waits.values().flat_map(|one| &one.asks)).await?;
    let ahead = ahead(backend, day(now)).await?;
    let new = known.values().filter(|known| waits.get(&known.id()).is_some_and(|one| one.past.wait() == Wait::New));
    let mut questions = own_question(backend, new).await?;
    let (mut all, mut shown) = (Vec::new(), Vec::new());
    for (id, known) in &known {
        let Waits { past, taken_up, .. } = waits.remove(id).unwrap_or_default();
        let then = standing(&known.record.facts, begins(&agenda.meeting));
        let since = taken_up.last.unwrap_or(known.head().registered_at);
        let mut asked = asks.remove(id).unwrap_or_default();
        asked.extend(questions.remove(id));
        all.push(Waiting {
            id: *id,
            reference: known.head().reference.clone(),
            age: age_on(known.head().born_on, agenda.meeting.on).unwrap_or(0),
            time: taken_up.times + 1,
            days: (day(now) - day(since)).num_days().max(0),
            wait: past.wait(),
            later: later(&past, known, &bands, &ahead, agenda.meeting.on),
            asked,
            consent: ConsentChip::of(&known.record.facts, &known.standing, &then),
            ready: known.standing.is_open() || then.is_open(),
        });
        shown.push(known.event(Action::CaseRead));
    }
    all.sort_by_cached_key(|one| {
        let turn = (one.wait == Wait::Rests, one.later.map(|later| later.from), !one.ready);
        (turn, std::cmp::Reverse(one.days), one.reference.clone())
    });
    Ok((all, shown))
}

/// The meetings to come, of all forums, by time.
async fn ahead(backend: &Backend, today: NaiveDate) -> Result<Vec<Meeting>> {
    let mut ahead = store::meeting::from_day(backend.db(), today).await?;
    ahead.retain(|meeting| matches!(meeting.stage.state, MeetingState::Draft | MeetingState::Published));
    Ok(ahead)
}

/// When it should be taken up, where that is later than a day.
fn later(past: &Past, known: &Known, bands: &AgeBands, ahead: &[Meeting], than: NaiveDate) -> Option<Later> {
    let from = past.first_day().filter(|from| *from > than)?;
    let fits = |meeting: &&Meeting| {
        meeting.on >= from && bands.route(known.head().born_on, meeting.on) == Routing::Forum(meeting.forum)
    };
    Some(Later { from, meeting: ahead.iter().find(fits).map(|meeting| (meeting.id, meeting.on)) })
}

/// What is asked of the cases on an agenda, and has not been heard.
pub(super) async fn asked_here(backend: &Backend, agenda: &Agenda) -> Result<BTreeMap<CaseId, Vec<Asked>>> {
    let cases: BTreeMap<CaseId, Known> =
        agenda.items.iter().filter_map(|entry| entry.known.as_ref()).map(|known| (known.id(), known.clone())).collect();
    let waits = waits(backend.db(), cases.values(), day(backend.now())).await?;
    asked(backend, &cases, waits.values().flat_map(|one| &one.asks)).await
}
