//! "Behöver dig": what needs this person, from the rules, with where to go to settle it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    access_log_review::{is_due, next_span},
    consent::Voice,
    id::{CaseId, ForumId, MeetingId, MinutesId, UnitId},
    meeting::{InvitationAnswer, MeetingState},
    minutes::MinutesState,
    needs::{Need, Placed, needs},
    proposal::{ProposalState, still_asks},
    routing::Routing,
    time::day,
    visibility::{Circle, Role, Verdict},
};

use crate::{
    Backend, Result,
    actor::Actor,
    agenda::{Agenda, begins},
    audit::{Action, Event},
    gate::{self, Known},
    hearing::is_recused,
    store::{self, invitation::Invitation, meeting::Meeting, minutes::MinutesHead},
    view::{access_log_review::drawn, action_list::reads_minutes, review::for_review},
    waits::waits,
};

/// How many days before a meeting its invitations should have gone out.
const PUBLISH_DAYS: i64 = 4;
/// How many days before a meeting silence is told of.
const ANSWER_DAYS: i64 = 4;

/// Something that needs this person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Todo {
    /// A case needs something.
    Case {
        /// The case.
        case: CaseId,
        /// Its four characters.
        reference: String,
        /// What it needs.
        need: Need,
        /// The forum it should go to, where it should.
        forum: Option<String>,
        /// The unit that is missing, where one is.
        unit: Option<String>,
    },
    /// What one asked to have a case taken up for came back.
    ProposalReturned {
        /// The case.
        case: CaseId,
        /// Its four characters.
        reference: String,
    },
    /// Cases somebody asks for stand on no agenda yet; whose forum one plans.
    Proposed {
        /// The meeting the first of them is for.
        meeting: MeetingId,
        /// Its day.
        on: NaiveDate,
        /// How many are for it.
        count: usize,
    },
    /// One's unit should say that it holds a consent, before the meeting the case stands on (C20).
    Acknowledge {
        /// The case.
        case: CaseId,
        /// Its four characters.
        reference: String,
        /// The day of the meeting.
        on: NaiveDate,
    },
    /// A meeting's invitations should go out.
    Publish {
        /// The meeting.
        meeting: MeetingId,
        /// Its day.
        on: NaiveDate,
        /// The forum's name.
        forum: String,
    },
    /// A unit has not answered.
    NoAnswer {
        /// The meeting.
        meeting: MeetingId,
        /// Its day.
        on: NaiveDate,
        /// The unit's name.
        unit: String,
    },
    /// One's own answer is missing.
    Answer {
        /// The meeting.
        meeting: MeetingId,
        /// Its day.
        on: NaiveDate,
        /// The forum's name.
        forum: String,
    },
    /// Minutes came back with a comment.
    Returned {
        /// The meeting they were written at.
        meeting: MeetingId,
        /// The case's four characters.
        reference: String,
        /// The day of the meeting.
        on: NaiveDate,
    },
    /// Minutes of a meeting that is over have not been handed in.
    Unwritten {
        /// The meeting.
        meeting: MeetingId,
        /// The case's four characters.
        reference: String,
        /// The day of the meeting.
        on: NaiveDate,
    },
    /// A colleague wants to hand out something of a case with a protected identity (I1).
    HandOut {
        /// The case.
        case: CaseId,
        /// Its four characters.
        reference: String,
    },
    /// Minutes this person has read were opened again, approved anew or added to.
    News {
        /// The minutes.
        minutes: MinutesId,
        /// The case.
        case: CaseId,
        /// Its four characters.
        reference: String,
        /// The day of the meeting.
        on: NaiveDate,
    },
    /// Minutes were handed over to this person's unit; they were called to the meeting and have not read them since.
    Handed {
        /// The minutes.
        minutes: MinutesId,
        /// The case.
        case: CaseId,
        /// Its four characters.
        reference: String,
        /// The day of the meeting.
        on: NaiveDate,
    },
    /// The unit's access log should be reviewed.
    ReviewAccessLog {
        /// The last day that was; none where none ever was.
        last: Option<NaiveDate>,
    },
    /// Minutes wait for review.
    Review {
        /// The oldest.
        oldest: MinutesId,
        /// Whether that is something added to approved minutes.
        addendum: bool,
        /// How many.
        count: usize,
        /// Whole days the oldest has waited.
        days: i64,
    },
}

pub(super) async fn todos(
    backend: &Backend,
    actor: &Actor,
    unit: UnitId,
    now: DateTime<Utc>,
) -> Result<(Vec<Todo>, Vec<Event>)> {
    if actor.role == Role::Operator {
        return Ok((Vec::new(), Vec::new()));
    }
    let known = gate::all_known(backend.db(), actor.viewer()?, now).await?;
    let coming = coming(backend, day(now)).await?;
    let mut todos = Vec::new();
    if actor.role != Role::Administrator {
        todos.extend(to_hand_out(backend, actor, unit, &known, now).await?);
        todos.extend(of_cases(backend, unit, &known, &coming, now).await?);
        todos.extend(of_proposals(backend, actor, unit, &known, &coming, now).await?);
    }
    todos.extend(of_meetings(backend, actor, unit, &coming, now).await?);
    todos.extend(of_minutes(backend, actor, &known, now).await?);
    todos.extend(of_log(backend, actor, unit, now).await?);
    let events = todos
        .iter()
        .filter_map(|todo| match todo {
            Todo::Case { case, .. }
            | Todo::Acknowledge { case, .. }
            | Todo::HandOut { case, .. }
            | Todo::News { case, .. }
            | Todo::Handed { case, .. }
            | Todo::ProposalReturned { case, .. } => known.get(case).map(|known| known.event(Action::CaseRead)),
            _ => None,
        })
        .collect();
    Ok((todos, events))
}

/// The meetings still to come, by time.
async fn coming(backend: &Backend, today: NaiveDate) -> Result<Vec<Meeting>> {
    let mut all = store::meeting::from_day(backend.db(), today).await?;
    all.retain(|meeting| !matches!(meeting.stage.state, MeetingState::Held | MeetingState::Cancelled));
    Ok(all)
}

async fn of_cases(
    backend: &Backend,
    unit: UnitId,
    known: &BTreeMap<CaseId, Known>,
    coming: &[Meeting],
    now: DateTime<Utc>,
) -> Result<Vec<Todo>> {
    let Some(bands) = store::forum::bands(backend.db()).await? else { return Ok(Vec::new()) };
    let names: BTreeMap<ForumId, String> =
        store::forum::all(backend.db()).await?.into_iter().map(|forum| (forum.id, forum.name)).collect();
    let mut always: BTreeMap<ForumId, BTreeSet<UnitId>> = BTreeMap::new();
    for seat in store::seat::all(backend.db()).await?.into_iter().filter(|seat| seat.standing) {
        always.entry(seat.forum).or_default().insert(seat.unit);
    }
    let units = store::unit::with_ids(backend.db(), always.values().flatten().copied()).await?;
    let placed = placed(backend, coming).await?;
    let mut all = Vec::new();
    for known in known.values().filter(|known| concerns(known, unit)) {
        let on = placed.get(&known.id()).map(|placed| day(placed.starts_at));
        if let Some(on) = on.filter(|_| known.standing.voice(unit) == Some(Voice::Unacknowledged)) {
            all.push(Todo::Acknowledge { case: known.id(), reference: known.head().reference.clone(), on });
        }
        for need in needs(&known.record.facts, &bands, &always, placed.get(&known.id()).copied(), now) {
            let forum = match need {
                Need::OtherForum { to, .. } | Need::NewTable { to, .. } => names.get(&to).cloned(),
                _ => None,
            };
            let unit = match need {
                // The unit that registered the case knows of it whatever the consent says.
                Need::NewTable { missing, .. } if missing == known.head().unit => continue,
                Need::NewTable { missing, .. } => units.get(&missing).map(|unit| unit.name.clone()),
                _ => None,
            };
            all.push(Todo::Case { case: known.id(), reference: known.head().reference.clone(), need, forum, unit });
        }
    }
    // What is pressing first; to read a consent comes after.
    all.sort_by_key(|todo| match todo {
        Todo::Case { need, reference, .. } => (false, Some(*need), reference.clone()),
        Todo::Acknowledge { reference, .. } => (true, None, reference.clone()),
        _ => (true, None, String::new()),
    });
    Ok(all)
}

/// What came back to the reader, and what others ask for that waits for a meeting they plan.
async fn of_proposals(
    backend: &Backend,
    actor: &Actor,
    unit: UnitId,
    known: &BTreeMap<CaseId, Known>,
    coming: &[Meeting],
    now: DateTime<Utc>,
) -> Result<Vec<Todo>> {
    let (db, today) = (backend.db(), day(now));
    let open: Vec<CaseId> = known.values().filter(|one| one.head().closed_at.is_none()).map(Known::id).collect();
    let waits = waits(db, open.iter().filter_map(|case| known.get(case)), today).await?;
    let mut all: Vec<Todo> = Vec::new();
    for one in store::proposal::of_cases(db, open.iter().copied()).await? {
        let heard = waits.get(&one.case).is_none_or(|waits| !still_asks(one.asked_at, waits.past.taken_up));
        let came_back = one.state == ProposalState::Returned && one.person == actor.person && one.unit == unit;
        if let Some(known) = known.get(&one.case).filter(|_| came_back && !heard) {
            all.push(Todo::ProposalReturned { case: one.case, reference: known.head().reference.clone() });
        }
    }
    if actor.role != Role::Coordinator {
        return Ok(all);
    }
    let Some(bands) = store::forum::bands(db).await? else { return Ok(all) };
    let tables: BTreeSet<ForumId> =
        store::seat::all(db).await?.into_iter().filter(|seat| seat.unit == unit).map(|seat| seat.forum).collect();
    let placed = store::agenda::waiting_on_agendas(db, open.iter().copied(), today).await?;
    let mut counts: BTreeMap<MeetingId, usize> = BTreeMap::new();
    for (case, waits) in waits.iter().filter(|(case, waits)| waits.past.asked && !placed.contains(case)) {
        let Some(known) = known.get(case) else { continue };
        let from = waits.past.first_day().unwrap_or(today);
        let planned = |one: &&Meeting| one.on >= from && one.stage.state != MeetingState::Running;
        let fits = |one: &&Meeting| bands.route(known.head().born_on, one.on) == Routing::Forum(one.forum);
        let meeting = coming.iter().filter(planned).find(fits).filter(|one| tables.contains(&one.forum));
        if let Some(meeting) = meeting {
            *counts.entry(meeting.id).or_default() += 1;
        }
    }
    let lines = coming
        .iter()
        .filter_map(|one| Some(Todo::Proposed { meeting: one.id, on: one.on, count: counts.get(&one.id).copied()? }));
    all.extend(lines);
    Ok(all)
}

/// What colleagues want to hand out of cases whose circle the reader belongs to.
async fn to_hand_out(
    backend: &Backend,
    actor: &Actor,
    unit: UnitId,
    known: &BTreeMap<CaseId, Known>,
    now: DateTime<Utc>,
) -> Result<Vec<Todo>> {
    let protected: Vec<CaseId> =
        known.values().filter(|known| known.record.circle != Circle::Unit).map(Known::id).collect();
    let asked = store::export::of_cases(backend.db(), protected).await?;
    let to_answer: BTreeSet<CaseId> = asked
        .iter()
        .filter(|one| one.unit == unit)
        .filter(|one| {
            known.get(&one.case).is_some_and(|known| one.export.may_answer(&known.record.circle, actor.person, now))
        })
        .map(|one| one.case)
        .collect();
    let line = |case: &CaseId| {
        let reference = known.get(case)?.head().reference.clone();
        Some(Todo::HandOut { case: *case, reference })
    };
    Ok(to_answer.iter().filter_map(line).collect())
}

/// Open cases; of those others registered, what one's unit is covered for.
fn concerns(known: &Known, unit: UnitId) -> bool {
    known.head().closed_at.is_none() && (known.verdict == Verdict::Registrant || known.standing.covers(unit))
}

/// The next meeting each case stands on.
async fn placed(backend: &Backend, coming: &[Meeting]) -> Result<BTreeMap<CaseId, Placed>> {
    let items = store::agenda::items_of(backend.db(), backend.keys(), coming.iter().map(|meeting| meeting.id)).await?;
    let mut placed = BTreeMap::new();
    for meeting in coming {
        let here = items.get(&meeting.id).into_iter().flatten();
        for case in
            here.filter(|item| item.state == store::agenda::ItemState::Planned).filter_map(store::agenda::Item::case)
        {
            placed.entry(case).or_insert(Placed { forum: meeting.forum, starts_at: begins(meeting) });
        }
    }
    Ok(placed)
}

async fn of_meetings(
    backend: &Backend,
    actor: &Actor,
    unit: UnitId,
    coming: &[Meeting],
    now: DateTime<Utc>,
) -> Result<Vec<Todo>> {
    let today = day(now);
    let near: Vec<&Meeting> = coming.iter().filter(|meeting| (meeting.on - today).num_days() <= ANSWER_DAYS).collect();
    let seats = store::seat::all(backend.db()).await?;
    let forums = store::forum::all(backend.db()).await?;
    let mut invitations = store::invitation::to_meetings(backend.db(), near.iter().map(|meeting| meeting.id)).await?;
    invitations.retain(|one| !one.withdrawn);
    let units = store::unit::with_ids(backend.db(), invitations.iter().map(|one| one.unit)).await?;
    let mut all = Vec::new();
    for meeting in near {
        let forum =
            forums.iter().find(|forum| forum.id == meeting.forum).map(|forum| forum.name.clone()).unwrap_or_default();
        let arranges = actor.role == Role::Coordinator
            && seats.iter().any(|seat| seat.forum == meeting.forum && seat.unit == unit);
        if arranges && meeting.stage.state == MeetingState::Draft && (meeting.on - today).num_days() <= PUBLISH_DAYS {
            all.push(Todo::Publish { meeting: meeting.id, on: meeting.on, forum: forum.clone() });
        }
        let mut here: Vec<Invitation> = invitations.iter().filter(|one| one.meeting == meeting.id).cloned().collect();
        if arranges && here.iter().any(|one| one.person != actor.person && one.answer == InvitationAnswer::Pending) {
            let (keys, viewer) = (backend.keys(), actor.viewer()?);
            let agenda = Agenda::load(backend.db(), keys, meeting.clone(), viewer, now).await?;
            here = agenda.told(actor.person, here);
        }
        here.retain(|one| one.answer == InvitationAnswer::Pending);
        for silent in here {
            if silent.person == actor.person {
                all.push(Todo::Answer { meeting: meeting.id, on: meeting.on, forum: forum.clone() });
            } else if arranges {
                let unit = units.get(&silent.unit).map(|unit| unit.name.clone()).unwrap_or_default();
                all.push(Todo::NoAnswer { meeting: meeting.id, on: meeting.on, unit });
            }
        }
    }
    Ok(all)
}

async fn of_minutes(
    backend: &Backend,
    actor: &Actor,
    known: &BTreeMap<CaseId, Known>,
    now: DateTime<Utc>,
) -> Result<Vec<Todo>> {
    let covered = known.values().filter(|known| known.standing.is_open()).map(Known::id);
    let minutes = store::minutes::of_cases(backend.db(), covered).await?;
    let mut all = match actor.role {
        Role::Administrator => to_review(backend, actor, &minutes, now).await?,
        Role::Coordinator => own(backend, actor, known, &minutes).await?,
        Role::Participant | Role::Operator => Vec::new(),
    };
    all.extend(news(backend, actor, known, &minutes).await?);
    all.extend(handed(backend, actor, known, &minutes).await?);
    Ok(all)
}

/// What was handed over to this person's unit from meetings they were called to, until they read it.
async fn handed(
    backend: &Backend,
    actor: &Actor,
    known: &BTreeMap<CaseId, Known>,
    minutes: &[MinutesHead],
) -> Result<Vec<Todo>> {
    let (db, unit) = (backend.db(), actor.unit()?);
    let read = store::minutes::readings(db, actor.person).await?;
    let covered = known.values().filter(|known| known.standing.covers(unit)).map(Known::id);
    let given = store::dispatch::to_unit(db, covered, unit).await?;
    let last: BTreeMap<MinutesId, DateTime<Utc>> = given.into_iter().map(|one| (one.minutes, one.at)).collect();
    let called = store::invitation::of_person(db, actor.person).await?;
    let called: BTreeSet<MeetingId> = called.iter().filter(|one| one.unit == unit).map(|one| one.meeting).collect();
    let mut all = Vec::new();
    for head in minutes.iter().filter(|head| called.contains(&head.meeting)) {
        let unread = last.get(&head.id).is_some_and(|at| read.get(&head.id).is_none_or(|read| read < at));
        let Some(known) = known.get(&head.case).filter(|_| unread && reads_minutes(actor.role, head)) else { continue };
        if !is_recused(db, head.item, actor).await? {
            let on = store::meeting::load(db, head.meeting).await?.on;
            let reference = known.head().reference.clone();
            all.push(Todo::Handed { minutes: head.id, case: head.case, reference, on });
        }
    }
    Ok(all)
}

/// What this person has read that is another now, until they read it again.
async fn news(
    backend: &Backend,
    actor: &Actor,
    known: &BTreeMap<CaseId, Known>,
    minutes: &[MinutesHead],
) -> Result<Vec<Todo>> {
    let db = backend.db();
    let read = store::minutes::readings(db, actor.person).await?;
    let minutes: Vec<_> =
        minutes.iter().filter(|head| read.contains_key(&head.id) && reads_minutes(actor.role, head)).collect();
    let news = store::review::news(db, minutes.iter().map(|head| head.id), actor.person).await?;
    let meetings = store::meeting::with_ids(db, minutes.iter().map(|head| head.meeting)).await?;
    let mut all = Vec::new();
    for head in minutes {
        let is_new = news.get(&head.id).zip(read.get(&head.id)).is_some_and(|(news, read)| read < news);
        let meeting = meetings.iter().find(|meeting| meeting.id == head.meeting);
        let (true, Some(meeting), Some(known)) = (is_new, meeting, known.get(&head.case)) else { continue };
        if !is_recused(db, head.item, actor).await? {
            let reference = known.head().reference.clone();
            all.push(Todo::News { minutes: head.id, case: head.case, reference, on: meeting.on });
        }
    }
    Ok(all)
}

/// The recurring review of the log, where there is anything to review.
async fn of_log(backend: &Backend, actor: &Actor, unit: UnitId, now: DateTime<Utc>) -> Result<Option<Todo>> {
    if actor.role != Role::Administrator {
        return Ok(None);
    }
    let last = store::access_log_review::last_day(backend.db(), unit).await?;
    let span = next_span(last, day(now)).filter(|_| is_due(last, day(now)));
    let drawn = match span {
        Some(span) => drawn(backend.db(), backend.keys(), actor, unit, span, now).await?,
        None => Vec::new(),
    };
    Ok((!drawn.is_empty()).then_some(Todo::ReviewAccessLog { last }))
}

async fn to_review(backend: &Backend, actor: &Actor, minutes: &[MinutesHead], now: DateTime<Utc>) -> Result<Vec<Todo>> {
    let waiting = for_review(backend, actor, minutes).await?;
    let Some(oldest) = waiting.first() else { return Ok(Vec::new()) };
    let days = (day(now) - day(oldest.since)).num_days();
    Ok(vec![Todo::Review { oldest: oldest.minutes, addendum: oldest.addendum, count: waiting.len(), days }])
}

async fn own(
    backend: &Backend,
    actor: &Actor,
    known: &BTreeMap<CaseId, Known>,
    minutes: &[MinutesHead],
) -> Result<Vec<Todo>> {
    let meetings = store::meeting::with_ids(backend.db(), minutes.iter().map(|one| one.meeting)).await?;
    let mut all = Vec::new();
    for one in minutes.iter().filter(|one| matches!(one.state, MinutesState::Draft | MinutesState::Returned)) {
        let meeting = meetings.iter().find(|meeting| meeting.id == one.meeting);
        let (Some(meeting), Some(known)) = (meeting, known.get(&one.case)) else { continue };
        if !store::minutes::writers(backend.db(), one.id).await?.contains(&actor.person) {
            continue;
        }
        let (reference, on) = (known.head().reference.clone(), meeting.on);
        if one.state == MinutesState::Returned {
            all.push(Todo::Returned { meeting: meeting.id, reference, on });
        } else if meeting.stage.state == MeetingState::Held {
            all.push(Todo::Unwritten { meeting: meeting.id, reference, on });
        }
    }
    Ok(all)
}
