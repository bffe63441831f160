//! The meeting room: the agenda as this person may see it, the item under way, who is here, and what comes next.

mod agenda;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use data_encoding::HEXLOWER;
use domain::{
    consent::{Signer, Voice, required_signers, signers_of, windows},
    id::{AgendaItemId, CaseId, ConsentId, MeetingId, MinutesId, UnitId},
    meeting::MeetingState,
    minutes::MinutesState,
    room::{GuestKind, Side},
    time::day,
    visibility::Role,
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use self::agenda::Agenda;
pub use self::agenda::{Label, Step, StepState};
use super::{
    action_list::{Undertaken, reads_minutes, undertaken},
    case::to_acknowledge,
    minutes_page::{Writing, writing},
    record::ForumLabel,
};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    agenda::units_meant_by,
    audit::{Action, Event},
    gate::Known,
    store::{
        self,
        agenda::{About, Item},
        meeting::Meeting,
        room::Attendee,
    },
};

/// The page of the room.
#[derive(Clone, Debug)]
pub struct RoomPage {
    /// The meeting.
    pub meeting: MeetingId,
    /// The forum.
    pub forum: ForumLabel,
    /// The local day.
    pub on: NaiveDate,
    /// The planned local start.
    pub starts: NaiveTime,
    /// The planned local end.
    pub ends: NaiveTime,
    /// When it was opened.
    pub opened_at: Option<DateTime<Utc>>,
    /// Where.
    pub place: String,
    /// Where the meeting is in its life.
    pub state: MeetingState,
    /// Whether this person leads it: opens items, lets people in and out, writes.
    pub leads: bool,
    /// The agenda, without what is not for this person's unit to know.
    pub steps: Vec<Step>,
    /// The item under way, if it is for this person's unit.
    pub current: Option<Current>,
    /// The last item was ended by its consent being taken back (G3), and this person may know it.
    pub interrupted: bool,
    /// Who is in the room.
    pub here: Vec<Here>,
    /// Who is to come, and when by the agenda.
    pub expected: Vec<Expected>,
    /// The next item, for whoever leads.
    pub next: Option<Next>,
    /// The items about cases under way or to come that this person may know: for guests, and for those disqualified.
    pub cases: Vec<(AgendaItemId, Label)>,
    /// Who is disqualified from them.
    pub recused: Vec<Recused>,
    /// What all of this comes to ([`Pulse::seen`]).
    pub pulse: String,
    /// The units whose people can be let in.
    pub units: Vec<(UnitId, String)>,
    /// Notes of the items that all at the table share, for those the meeting is for.
    pub notes: Vec<GeneralNote>,
}

/// The note of an item that all at the table share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneralNote {
    /// The item.
    pub item: AgendaItemId,
    /// Its title.
    pub title: String,
    /// What was noted; empty for whoever leads where nothing is yet.
    pub text: String,
    /// Counts its changes; 0 where there is none.
    pub version: i64,
}

/// The item under way.
#[derive(Clone, Debug)]
pub struct Current {
    /// The item.
    pub item: AgendaItemId,
    /// What it is.
    pub label: Label,
    /// The case.
    pub case: Option<CaseId>,
    /// Whether an identity is protected: nothing of it is printed (I1).
    pub protected: bool,
    /// What is asked in an anonymous consultation, for the units the meeting is for.
    pub question: Option<String>,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// The planned minutes.
    pub minutes: u32,
    /// What its consent allows.
    pub gate: Option<Gate>,
    /// For whoever writes.
    pub writing: Option<Writing>,
    /// The minutes, for whoever may read them but can write in them no more, and where they are on their way.
    pub written: Option<(MinutesId, MinutesState)>,
    /// What was undertaken in the case before and is not done.
    pub follow_up: Vec<Undertaken>,
}

/// What consent allows, for plain words.
#[derive(Clone, Debug)]
pub struct Gate {
    /// The units covered, short names.
    pub covered: Vec<String>,
    /// The last day it holds for the same units, if nothing happens. Social services only: beside a later end it would tell
    /// of a phase (C17).
    pub until: Option<NaiveDate>,
    /// How many guardians consented.
    pub guardians: usize,
    /// Whether the child did.
    pub child: bool,
    /// Where one guardian decides alone: the last day of that (C8).
    pub alone_until: Option<NaiveDate>,
    /// What the family said may not be told.
    pub not_covered: String,
    /// The consent this person's unit has not said that it holds: until then its staff listen (C20).
    pub to_acknowledge: Option<ConsentId>,
}

/// Somebody in the room.
#[derive(Clone, Debug)]
pub struct Here {
    /// Their time in the room.
    pub attendance: Uuid,
    /// The unit.
    pub unit: UnitId,
    /// Its short name.
    pub unit_name: String,
    /// Their name.
    pub name: String,
    /// What they are a guest as; then the unit is the one they came with.
    pub guest: Option<GuestKind>,
    /// Whom they sit in the place of, being a deputy.
    pub stands_in: Option<String>,
    /// Whether they may hear the item under way.
    pub may_hear: bool,
    /// What they may do while the case under way is heard; none where it is no case.
    pub voice: Option<Voice>,
    /// Whether they leave before the next item.
    pub leaves_next: bool,
}

/// A unit that is to come.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The unit.
    pub unit: UnitId,
    /// Its short name.
    pub unit_name: String,
    /// Who may sit for it: the holder of the seat, then the deputies.
    pub people: Vec<String>,
    /// The planned local time of its first item to come.
    pub joins: NaiveTime,
    /// Whether it may hear the item under way.
    pub may_hear: bool,
}

/// The next item and whether it can begin.
#[derive(Clone, Debug)]
pub struct Next {
    /// The item.
    pub item: AgendaItemId,
    /// What it is.
    pub label: Label,
    /// Whether it can begin.
    pub way: Way,
}

/// Somebody disqualified from an item (G4).
#[derive(Clone, Debug)]
pub struct Recused {
    /// The note of it.
    pub id: Uuid,
    /// The item.
    pub item: AgendaItemId,
    /// What it is called.
    pub label: Label,
    /// Their unit's short name.
    pub unit_name: String,
    /// Their name.
    pub name: String,
    /// Whether it is the reader.
    pub own: bool,
}

/// Whether an item can begin.
#[derive(Clone, Debug)]
pub enum Way {
    /// It can; these sides are missing (G6).
    Open {
        /// The sides nobody represents.
        missing: BTreeSet<Side>,
    },
    /// Not while these units are in the room (G1).
    Blocked {
        /// The units, with the people of theirs that are here.
        must_leave: Vec<Leaving>,
        /// The units consent covers, short names.
        covered: Vec<String>,
    },
    /// Consent covers nobody, or not the leader's unit. Nothing more is said.
    NoConsent,
    /// Whoever leads is disqualified from it (G4).
    Disqualified,
    /// Nobody is in the room.
    Nobody,
}

/// A unit that must leave, or somebody of which must.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// The unit.
    pub unit: UnitId,
    /// Its short name.
    pub unit_name: String,
    /// Whether all of its people must, as consent does not cover it; else those not named (I1).
    pub whole: bool,
    /// Those of its people in the room who must: their time in the room, and the name.
    pub people: Vec<(Uuid, String)>,
}

/// The room as somebody of a forum's units may see it now.
///
/// # Errors
/// [`Error::NotFound`] for everybody else, and before the agenda is published for others than coordinators.
pub async fn room(backend: &Backend, actor: &Actor, id: MeetingId) -> Result<RoomPage> {
    let now = backend.now();
    let (meeting, unit) = entered(backend, actor, id).await?;
    let agenda = Agenda::load(backend, actor, &meeting, unit, now).await?;
    let attendees = store::room::attendees(backend.db(), backend.keys(), id).await?;
    let present: Vec<&Attendee> = attendees.iter().filter(|one| one.left_at.is_none()).collect();
    let leads = actor.role == Role::Coordinator;
    let current = current(backend, actor, &agenda, &meeting, now).await?;
    let notes = notes(backend, actor, &agenda, &meeting).await?;
    let pulse = pulse_of(&agenda, &meeting, actor, unit, &attendees, &notes);
    let next = next(&agenda, &meeting, actor, unit, &present);
    backend.log_reads(actor, &reads(&agenda, &meeting, current.as_ref())).await?;
    Ok(RoomPage {
        meeting: id,
        forum: store::forum::load(backend.db(), meeting.forum).await?.into(),
        on: meeting.on,
        starts: meeting.starts,
        ends: meeting.ends_at().time(),
        opened_at: meeting.opened_at,
        place: meeting.place.clone(),
        state: meeting.stage.state,
        leads,
        steps: agenda.steps(actor.role),
        interrupted: agenda.interrupted(),
        here: agenda.here(&present, next.as_ref()),
        expected: agenda.expected(&present),
        next,
        units: agenda.units(),
        cases: agenda.heard_cases(),
        recused: agenda.recused(),
        current,
        pulse: pulse.seen,
        notes,
    })
}

/// What of the room can change under a page that stays open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulse {
    /// The item under way, if it is for this person to see.
    pub item: Option<AgendaItemId>,
    /// What all that this person sees of the room comes to: another where anything of it is, and the same where it is not, whatever
    /// happens that is not for them.
    pub seen: String,
}

/// Whether the page still holds. Tells nothing of a case and is not written down as reading one.
///
/// # Errors
/// As [`room`].
pub async fn pulse(backend: &Backend, actor: &Actor, id: MeetingId) -> Result<Pulse> {
    let now = backend.now();
    let (meeting, unit) = entered(backend, actor, id).await?;
    let agenda = Agenda::load(backend, actor, &meeting, unit, now).await?;
    let attendees = store::room::attendees(backend.db(), backend.keys(), id).await?;
    let notes = notes(backend, actor, &agenda, &meeting).await?;
    Ok(pulse_of(&agenda, &meeting, actor, unit, &attendees, &notes))
}

fn pulse_of(
    agenda: &Agenda,
    meeting: &Meeting,
    actor: &Actor,
    unit: UnitId,
    attendees: &[Attendee],
    notes: &[GeneralNote],
) -> Pulse {
    let present: Vec<&Attendee> = attendees.iter().filter(|one| one.left_at.is_none()).collect();
    let next = next(agenda, meeting, actor, unit, &present);
    let item = agenda.current().map(|(item, _)| item.id);
    let seen = format!(
        "{:?} {item:?} {:?} {:?} {:?} {next:?} {:?} {:?} {notes:?}",
        meeting.stage.state,
        agenda.steps(actor.role),
        agenda.here(&present, next.as_ref()),
        agenda.expected(&present),
        agenda.interrupted(),
        agenda.recused(),
    );
    Pulse { item, seen: HEXLOWER.encode(Sha256::digest(seen).get(..16).unwrap_or_default()) }
}

/// What was noted of the items that all at the table share and that were taken up. For those the meeting is meant for: a seat in the
/// forum alone is too little. Whoever leads has a place to write for each.
async fn notes(backend: &Backend, actor: &Actor, agenda: &Agenda, meeting: &Meeting) -> Result<Vec<GeneralNote>> {
    let items = agenda.general_taken_up();
    if items.is_empty() || !matches!(meeting.stage.state, MeetingState::Running | MeetingState::Held) {
        return Ok(Vec::new());
    }
    let meant = units_meant_by(backend.db(), backend.keys(), meeting).await?;
    if !meant.get(&actor.unit()?).is_some_and(|meant| meant.is_for(actor.person)) {
        return Ok(Vec::new());
    }
    let mut written =
        store::general_note::of_items(backend.db(), backend.keys(), items.iter().map(|(item, _)| *item)).await?;
    let leads = actor.role == Role::Coordinator;
    let shown = items.into_iter().filter_map(|(item, title)| {
        let (text, version) = written.remove(&item).map_or_else(Default::default, |one| (one.text, one.version));
        (leads || !text.is_empty()).then_some(GeneralNote { item, title, text, version })
    });
    Ok(shown.collect())
}

/// The next item, for whoever leads.
fn next(agenda: &Agenda, meeting: &Meeting, actor: &Actor, unit: UnitId, present: &[&Attendee]) -> Option<Next> {
    let leads = actor.role == Role::Coordinator && meeting.stage.state == MeetingState::Running;
    if leads { agenda.next(unit, present) } else { None }
}

/// The meeting, for somebody whose unit has a seat in its forum.
async fn entered(backend: &Backend, actor: &Actor, id: MeetingId) -> Result<(Meeting, UnitId)> {
    let unit = actor.unit().map_err(|_| Error::NotFound)?;
    let meeting = store::meeting::load(backend.db(), id).await?;
    let seats = store::seat::of_forum(backend.db(), meeting.forum).await?;
    let published = meeting.stage.state != MeetingState::Draft || actor.role == Role::Coordinator;
    if published && seats.iter().any(|seat| seat.unit == unit) { Ok((meeting, unit)) } else { Err(Error::NotFound) }
}

fn reads(agenda: &Agenda, meeting: &Meeting, current: Option<&Current>) -> Vec<Event> {
    let cases = agenda.known().values().map(|known| known.event(Action::CaseRead).subject(meeting.id.uuid()));
    let minutes = current.and_then(|current| {
        let known = agenda.known().get(&current.case?)?;
        Some(known.event(Action::MinutesRead).subject(current.writing.as_ref()?.minutes.uuid()))
    });
    cases.chain(minutes).collect()
}

async fn current(
    backend: &Backend,
    actor: &Actor,
    agenda: &Agenda,
    meeting: &Meeting,
    now: DateTime<Utc>,
) -> Result<Option<Current>> {
    let Some((item, label)) = agenda.current() else { return Ok(None) };
    let known = item.case().and_then(|case| agenda.known().get(&case));
    let (mut minutes, mut written, mut follow_up, mut gate) = (None, None, Vec::new(), None);
    if let Some(known) = known {
        let head = store::minutes::of_item(backend.db(), item.id).await?;
        let only = BTreeMap::from([(known.id(), known.clone())]);
        let earlier = undertaken(backend, actor, &only, head.as_ref().map(|head| head.id)).await?;
        follow_up = earlier.into_iter().map(|(one, _)| one).filter(|one| one.stands.is_open()).collect();
        if let Some(head) = head {
            minutes = writing(backend, actor, known, &head).await?;
            written = (minutes.is_none() && reads_minutes(actor.role, &head)).then_some((head.id, head.state));
        }
        let not_covered = store::consent::not_covered(backend.db(), backend.keys(), known.standing.consent).await?;
        gate = Some(Gate { not_covered, to_acknowledge: to_acknowledge(actor, known), ..gate_of(agenda, known, now) });
    }
    Ok(Some(Current {
        item: item.id,
        label,
        case: item.case(),
        protected: known.is_some_and(|known| known.head().protection.hides_name()),
        question: question(backend, actor, meeting, item).await?,
        opened_at: item.opened_at.unwrap_or(now),
        minutes: item.minutes.into(),
        gate,
        writing: minutes,
        written,
        follow_up,
    }))
}

/// What is asked in an anonymous consultation. Everybody the meeting is for may read it; a seat in the forum alone is too little.
async fn question(backend: &Backend, actor: &Actor, meeting: &Meeting, item: &Item) -> Result<Option<String>> {
    let About::Anonymous(Some(question)) = &item.about else { return Ok(None) };
    let meant = units_meant_by(backend.db(), backend.keys(), meeting).await?;
    Ok(meant.get(&actor.unit()?).is_some_and(|meant| meant.is_for(actor.person)).then(|| question.as_str().to_owned()))
}

fn gate_of(agenda: &Agenda, known: &Known, now: DateTime<Utc>) -> Gate {
    let facts = &known.record.facts;
    let consent = facts.consents.iter().find(|one| Some(one.id) == known.standing.consent);
    let away = consent.map(|one| one.prevented.as_slice()).unwrap_or_default();
    let (signers, _) = signers_of(away, &required_signers(facts, day(now)), day(now));
    let closes = windows(facts, now).into_iter().find(|window| window.holds(now)).and_then(|window| window.closes_at);
    Gate {
        covered: agenda.names(&known.standing.covered),
        until: closes.filter(|_| agenda.social).map(|at| day(at - chrono::TimeDelta::milliseconds(1))),
        guardians: signers.iter().filter(|signer| matches!(signer, Signer::Guardian(_))).count(),
        child: signers.contains(&Signer::Child),
        alone_until: known.standing.alone_until,
        not_covered: String::new(),
        to_acknowledge: None,
    }
}
