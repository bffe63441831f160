//! The agenda of a meeting as one person may see it. Items they may not know are taken out before anything is worked out, so
//! that not even what others do before and after them tells of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use domain::{
    age::age_on,
    id::{AgendaItemId, CaseId, MinutesId, UnitId},
    meeting::MeetingState,
    room::{Admission, Present, admit, may_hear},
    unit::UnitKind,
    visibility::Role,
};

use super::{Expected, Here, Leaving, Next, Recused, Way};
use crate::{
    Backend, Result,
    actor::Actor,
    gate::{self, Known},
    hearing::{Hearing, Person},
    store::{
        self,
        agenda::{About, Item, ItemState},
        meeting::Meeting,
        minutes::MinutesHead,
        room::Attendee,
    },
    view::action_list::reads_minutes,
};

/// What an item is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// A case.
    Case {
        /// Its reference.
        reference: String,
        /// The child's age on the day of the meeting.
        age: Option<u16>,
    },
    /// A common question, by its title.
    General(String),
    /// An anonymous consultation.
    Anonymous,
}

/// Where an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// To come.
    Planned,
    /// Under way.
    Now,
    /// Ended.
    Done,
    /// Stopped, as somebody recognised the child (A5). Told only while the meeting goes on: then the text of all is erased.
    Stopped,
    /// Falls away: consent is missing (V6).
    Fallen,
}

/// A step of the agenda.
#[derive(Clone, Debug)]
pub struct Step {
    /// The item.
    pub item: AgendaItemId,
    /// Its planned local start; none for what falls away.
    pub starts: Option<NaiveTime>,
    /// What it is.
    pub label: Label,
    /// Where it is.
    pub state: StepState,
    /// The units that take part, short names.
    pub takes_part: Vec<String>,
    /// The units that leave before it.
    pub leave: Vec<String>,
    /// The units that join for it.
    pub join: Vec<String>,
    /// Its minutes, if this person may read them.
    pub minutes: Option<MinutesId>,
}

struct Entry {
    item: Item,
    label: Label,
    starts: Option<NaiveTime>,
    audience: BTreeSet<UnitId>,
    minutes: Option<MinutesHead>,
}

struct SeatUnit {
    id: UnitId,
    name: String,
    standing: bool,
    kind: UnitKind,
    /// The holder, then the deputies, by name.
    people: Vec<String>,
}

pub(super) struct Agenda {
    entries: Vec<Entry>,
    known: BTreeMap<CaseId, Known>,
    /// Who may hear each item about a case the reader may know.
    hearing: BTreeMap<AgendaItemId, Hearing>,
    /// The reader's unit and name.
    reader: (UnitId, String),
    seats: Vec<SeatUnit>,
    names: BTreeMap<UnitId, String>,
    current: Option<AgendaItemId>,
    running: bool,
    /// Whether the reader's unit is the social services.
    pub(super) social: bool,
}

impl Agenda {
    pub(super) async fn load(
        backend: &Backend,
        actor: &Actor,
        meeting: &Meeting,
        unit: UnitId,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let db = backend.db();
        let items =
            store::agenda::items_of(db, backend.keys(), [meeting.id]).await?.remove(&meeting.id).unwrap_or_default();
        let known = gate::known_among(db, actor.viewer()?, items.iter().filter_map(Item::case), now).await?;
        let seats = seats(backend, meeting).await?;
        let units = store::unit::all(db).await?;
        let social = units.iter().any(|one| one.id == unit && one.kind == UnitKind::SocialServices);
        let mut minutes: BTreeMap<AgendaItemId, MinutesHead> = store::minutes::of_cases(db, known.keys().copied())
            .await?
            .into_iter()
            .filter(|head| reads_minutes(actor.role, head))
            .map(|head| (head.item, head))
            .collect();
        let cases: Vec<_> = items.iter().filter_map(|item| Some((item.id, item.case()?))).collect();
        let hearing = Hearing::of_all(db, &cases, &known, meeting.on).await?;
        let mut agenda = Self {
            entries: Vec::new(),
            names: units.into_iter().map(|unit| (unit.id, unit.short_name)).collect(),
            seats,
            known,
            hearing,
            reader: (unit, actor.name.clone()),
            current: meeting.current_item,
            running: meeting.stage.state == MeetingState::Running,
            social,
        };
        let mut minute = 0;
        for item in items {
            let starts = (item.state != ItemState::Dropped).then(|| meeting.starts_at() + TimeDelta::minutes(minute));
            minute += if starts.is_some() { i64::from(item.minutes) } else { 0 };
            let Some(label) = agenda.label(&item, meeting) else { continue };
            let minutes = minutes.remove(&item.id);
            let audience = agenda.audience(&item);
            agenda.entries.push(Entry { item, label, starts: starts.map(|at| at.time()), audience, minutes });
        }
        Ok(agenda)
    }

    pub(super) fn known(&self) -> &BTreeMap<CaseId, Known> {
        &self.known
    }

    /// The item under way and what it is called, if it is for the reader to see: of a case while consent holds.
    pub(super) fn current(&self) -> Option<(&Item, Label)> {
        let entry = self.entries.iter().find(|entry| Some(entry.item.id) == self.current)?;
        let known = entry.item.case().and_then(|case| self.known.get(&case));
        let open = known.is_none_or(|known| known.standing.is_open()) && !self.is_disqualified(entry);
        open.then(|| (&entry.item, entry.label.clone()))
    }

    /// The items that all at the table share and that were taken up, with their titles.
    pub(super) fn general_taken_up(&self) -> Vec<(AgendaItemId, String)> {
        let taken_up = self.entries.iter().filter(|entry| entry.item.opened_at.is_some());
        let general = taken_up.filter_map(|entry| match &entry.label {
            Label::General(title) => Some((entry.item.id, title.clone())),
            Label::Case { .. } | Label::Anonymous => None,
        });
        general.collect()
    }

    /// Whether the reader is disqualified from an item.
    fn is_disqualified(&self, entry: &Entry) -> bool {
        let (unit, name) = &self.reader;
        self.hearing.get(&entry.item.id).is_some_and(|hearing| hearing.is_recused(*unit, name))
    }

    /// The items about cases the reader may know that are under way or to come, from which somebody can be disqualified and to which a
    /// guest can come.
    pub(super) fn heard_cases(&self) -> Vec<(AgendaItemId, Label)> {
        let coming = |entry: &&Entry| matches!(self.state(entry), StepState::Now | StepState::Planned);
        let cases = self.entries.iter().filter(|entry| entry.item.case().is_some()).filter(coming);
        cases.map(|entry| (entry.item.id, entry.label.clone())).collect()
    }

    /// Who is disqualified from these.
    pub(super) fn recused(&self) -> Vec<Recused> {
        let mut all = Vec::new();
        for (item, label) in self.heard_cases() {
            for one in self.hearing.get(&item).map(Hearing::recused).unwrap_or_default() {
                let unit_name = self.names.get(&one.unit).cloned().unwrap_or_default();
                let own = self.reader == (one.unit, one.name.clone());
                all.push(Recused { id: one.id, item, label: label.clone(), unit_name, name: one.name.clone(), own });
            }
        }
        all
    }

    /// The short names of units, the forum's in the order of its table, then others.
    pub(super) fn names(&self, units: &BTreeSet<UnitId>) -> Vec<String> {
        let seated = self.seats.iter().filter(|seat| units.contains(&seat.id)).map(|seat| seat.name.clone());
        let others = units.iter().filter(|unit| !self.seats.iter().any(|seat| seat.id == **unit));
        seated.chain(others.filter_map(|unit| self.names.get(unit).cloned())).collect()
    }

    /// The units of the forum, for letting people in.
    pub(super) fn units(&self) -> Vec<(UnitId, String)> {
        self.seats.iter().map(|seat| (seat.id, seat.name.clone())).collect()
    }

    /// What an item is called; nothing for what is not to be known.
    fn label(&self, item: &Item, meeting: &Meeting) -> Option<Label> {
        match &item.about {
            About::Case(case) => {
                let head = self.known.get(case)?.head();
                Some(Label::Case { reference: head.reference.clone(), age: age_on(head.born_on, meeting.on) })
            }
            About::General(title) => (item.state != ItemState::Dropped).then(|| Label::General(title.clone())),
            About::Anonymous(_) => (item.state != ItemState::Dropped).then_some(Label::Anonymous),
        }
    }

    /// The units that take part in an item: of a case those covered that have a seat, else those always there.
    fn audience(&self, item: &Item) -> BTreeSet<UnitId> {
        let seats = self.seats.iter();
        match item.case().and_then(|case| self.known.get(&case)) {
            Some(known) => seats.filter(|seat| known.standing.covers(seat.id)).map(|seat| seat.id).collect(),
            None => seats.filter(|seat| seat.standing).map(|seat| seat.id).collect(),
        }
    }

    fn state(&self, entry: &Entry) -> StepState {
        let lapsed =
            entry.item.case().and_then(|case| self.known.get(&case)).is_some_and(|one| !one.standing.is_open());
        match entry.item.state {
            ItemState::Done if self.running && entry.item.about == About::Anonymous(None) => StepState::Stopped,
            ItemState::Done => StepState::Done,
            _ if self.current == Some(entry.item.id) => StepState::Now,
            _ if lapsed || entry.item.state == ItemState::Dropped => StepState::Fallen,
            _ => StepState::Planned,
        }
    }

    pub(super) fn steps(&self, role: Role) -> Vec<Step> {
        let mut before: Option<&BTreeSet<UnitId>> = None;
        let mut steps = Vec::with_capacity(self.entries.len());
        for entry in &self.entries {
            let state = self.state(entry);
            let none = BTreeSet::new();
            let was = before.unwrap_or(&none);
            let moves = state == StepState::Planned && before.is_some();
            steps.push(Step {
                item: entry.item.id,
                starts: entry.starts,
                label: entry.label.clone(),
                state,
                takes_part: self.names(&entry.audience),
                leave: if moves { self.names(&(was - &entry.audience)) } else { Vec::new() },
                join: if moves { self.names(&(&entry.audience - was)) } else { Vec::new() },
                minutes: entry
                    .minutes
                    .as_ref()
                    .filter(|head| reads_minutes(role, head) && !self.is_disqualified(entry))
                    .map(|head| head.id),
            });
            if state != StepState::Fallen {
                before = Some(&entry.audience);
            }
        }
        steps
    }

    /// Whether nothing the reader sees is under way, and the item that ended last was a case whose consent is gone (G3).
    pub(super) fn interrupted(&self) -> bool {
        if self.current().is_some() {
            return false;
        }
        let last = self
            .entries
            .iter()
            .filter(|entry| entry.item.state == ItemState::Done)
            .max_by_key(|entry| entry.item.closed_at);
        last.and_then(|entry| self.known.get(&entry.item.case()?)).is_some_and(|known| !known.standing.is_open())
    }

    /// The next item that is to come, for a leader of this unit, and whether it can begin with these people in the room.
    pub(super) fn next(&self, unit: UnitId, present: &[&Attendee]) -> Option<Next> {
        let entry = self.entries.iter().find(|entry| self.state(entry) == StepState::Planned)?;
        let known = entry.item.case().and_then(|case| self.known.get(&case));
        let way = match known {
            Some(_) if self.is_disqualified(entry) => Way::Disqualified,
            Some(known) => self.way(entry, known, unit, present),
            None => self.way_of_all(entry, present),
        };
        Some(Next { item: entry.item.id, label: entry.label.clone(), way })
    }

    /// A guest is of one case, and hears no consultation.
    fn way_of_all(&self, entry: &Entry, present: &[&Attendee]) -> Way {
        let guests: Vec<_> = present.iter().copied().filter(|one| one.guest.is_some()).collect();
        if guests.is_empty() || entry.label != Label::Anonymous {
            return Way::Open { missing: BTreeSet::new() };
        }
        let must_leave = guests.iter().map(|one| self.leaving(one.unit, false, vec![*one])).collect();
        Way::Blocked { must_leave, covered: self.names(&entry.audience) }
    }

    fn way(&self, entry: &Entry, known: &Known, unit: UnitId, present: &[&Attendee]) -> Way {
        if !known.standing.covers(unit) {
            return Way::NoConsent;
        }
        let Some(hearing) = self.hearing.get(&entry.item.id) else { return Way::NoConsent };
        let people: Vec<Present> = present.iter().map(|one| hearing.present((*one).into())).collect();
        match admit(&known.standing, &people) {
            Admission::Open { missing } => Way::Open { missing },
            Admission::Blocked { must_leave, disqualified } => {
                let units: BTreeSet<_> = must_leave.union(&disqualified).copied().collect();
                let stays = |one: &&Attendee| may_hear(&known.standing, &hearing.present((*one).into()));
                let leave = |unit| {
                    let of_unit = present.iter().copied().filter(|one: &&Attendee| one.unit == unit);
                    let whole = !known.standing.covers(unit);
                    self.leaving(unit, whole, of_unit.filter(|one| !stays(one)).collect())
                };
                Way::Blocked {
                    must_leave: units.into_iter().map(leave).collect(),
                    covered: self.names(&known.standing.covered),
                }
            }
            Admission::NoConsent(_) => Way::NoConsent,
            Admission::NobodyCovered => Way::Nobody,
        }
    }

    pub(super) fn here(&self, present: &[&Attendee], next: Option<&Next>) -> Vec<Here> {
        let leaves = |someone| match next.map(|next| &next.way) {
            Some(Way::Blocked { must_leave, .. }) => {
                must_leave.iter().any(|one| one.people.iter().any(|(id, _)| *id == someone))
            }
            _ => false,
        };
        present
            .iter()
            .filter(|one| self.shows(one))
            .map(|one| Here {
                attendance: one.id,
                unit: one.unit,
                unit_name: one.unit_name.clone(),
                name: one.name.clone(),
                guest: one.guest.map(|guest| guest.kind),
                stands_in: if one.guest.is_none() { self.stands_in(one) } else { None },
                may_hear: self.hears_now((*one).into()),
                voice: self
                    .current_case()
                    .filter(|_| one.guest.is_none())
                    .and_then(|(_, known)| known.standing.voice(one.unit)),
                leaves_next: leaves(one.id),
            })
            .collect()
    }

    /// Whether the reader may know that somebody is in the room: a guest tells of the case they came for.
    fn shows(&self, one: &Attendee) -> bool {
        one.guest.is_none_or(|guest| self.entries.iter().any(|entry| Some(entry.item.id) == guest.item))
    }

    /// Whom a deputy sits in the place of.
    fn stands_in(&self, one: &Attendee) -> Option<String> {
        let seat = self.seats.iter().find(|seat| seat.id == one.unit)?;
        let holder = seat.people.first()?;
        let deputy = seat.people.iter().skip(1).any(|name| *name == one.name);
        (deputy && *holder != one.name).then(|| holder.clone())
    }

    /// Whether somebody may hear the item under way, as far as the reader may know of it.
    fn hears_now(&self, person: Person<'_>) -> bool {
        self.current_case().is_none_or(|(item, known)| {
            self.hearing.get(&item).is_some_and(|hearing| may_hear(&known.standing, &hearing.present(person)))
        })
    }

    /// The case under way, if it is one the reader may know of.
    fn current_case(&self) -> Option<(AgendaItemId, &Known)> {
        let current = self.entries.iter().find(|entry| Some(entry.item.id) == self.current)?;
        Some((current.item.id, self.known.get(&current.item.case()?)?))
    }

    fn leaving(&self, unit: UnitId, whole: bool, people: Vec<&Attendee>) -> Leaving {
        Leaving {
            unit,
            unit_name: self.names.get(&unit).cloned().unwrap_or_default(),
            whole: whole && people.iter().all(|one| one.guest.is_none()),
            people: people
                .into_iter()
                .map(|one| (one.id, if self.shows(one) { one.name.clone() } else { String::new() }))
                .collect(),
        }
    }

    pub(super) fn expected(&self, present: &[&Attendee]) -> Vec<Expected> {
        self.seats
            .iter()
            .filter(|seat| !present.iter().any(|one| one.unit == seat.id))
            .filter_map(|seat| {
                let coming = |entry: &&Entry| {
                    matches!(self.state(entry), StepState::Now | StepState::Planned)
                        && entry.audience.contains(&seat.id)
                };
                let entry = self.entries.iter().find(coming)?;
                let hearing = self.hearing.get(&entry.item.id);
                let holds = |name: &&String| hearing.is_none_or(|hearing| hearing.holds(seat.id, name));
                let people: Vec<_> = seat.people.iter().filter(holds).cloned().collect();
                let name = people.first().map(String::as_str).unwrap_or_default();
                let may_hear = self.hears_now(Person { unit: seat.id, kind: seat.kind, name, guest: None });
                let (unit_name, joins) = (seat.name.clone(), entry.starts?);
                Some(Expected { unit: seat.id, unit_name, joins, may_hear, people })
            })
            .collect()
    }
}

async fn seats(backend: &Backend, meeting: &Meeting) -> Result<Vec<SeatUnit>> {
    let db = backend.db();
    let seats = store::roster::seats(db, meeting.forum, meeting.on).await?;
    let mut all = Vec::with_capacity(seats.len());
    for seat in seats {
        let mut people = Vec::new();
        for person in seat.sitters() {
            people.extend(store::person::find(db, person).await?.map(|person| person.name));
        }
        all.push(SeatUnit { id: seat.unit, name: seat.short_name, kind: seat.kind, standing: seat.standing, people });
    }
    Ok(all)
}
