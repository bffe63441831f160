//! An agenda as one person may know it at one instant, and whom its meeting is for.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use data_encoding::HEXLOWER;
use domain::{
    agenda::{ItemKind, PlannedItem, times},
    consent::{Standing, standing},
    id::{AgendaItemId, CaseId, ForumId, MeetingId, PersonId, UnitId},
    meeting::MeetingState,
    proposal::family_window,
    refusal::Refusal,
    time::{instant, start_of},
    visibility::{Circle, Role, Viewer},
};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};

use crate::{
    Error, Result,
    actor::Actor,
    crypt::Keys,
    gate::{self, Known},
    job::meeting_changed,
    store::{
        self,
        agenda::{About, Item, ItemState},
        forum::Forum,
        invitation::{Invitation, Slot},
        meeting::Meeting,
        roster::Seat,
    },
    tx::Tx,
};

/// An agenda, without what its reader may not know.
pub(crate) struct Agenda {
    pub meeting: Meeting,
    pub forum: Forum,
    pub table: Vec<Seat>,
    /// Every item's id in its place, also of those the unit may not know: what is arranged keeps to the places it had.
    places: Vec<AgendaItemId>,
    /// What the unit may know, in order.
    pub items: Vec<Entry>,
}

/// An item the unit may know.
pub(crate) struct Entry {
    pub item: Item,
    /// Its case, and what consent says of it now.
    pub known: Option<Known>,
    /// What consent will say of its case when the meeting begins.
    pub then: Option<Standing>,
    /// The units with a seat that take part in it.
    pub seats: BTreeSet<UnitId>,
    /// Local time.
    pub starts: NaiveDateTime,
    /// Local time.
    pub ends: NaiveDateTime,
}

/// The instant a meeting begins: the one consent is asked about.
pub(crate) fn begins(meeting: &Meeting) -> DateTime<Utc> {
    instant(meeting.starts_at()).unwrap_or_else(|_| start_of(meeting.on))
}

impl Agenda {
    /// Reads an agenda with somebody's eyes. The caller has seen to it that their unit may know of the meeting.
    pub(crate) async fn load(
        db: &impl ConnectionTrait,
        keys: &Keys,
        meeting: Meeting,
        viewer: Viewer,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let forum = store::forum::load(db, meeting.forum).await?;
        let table = store::roster::seats(db, meeting.forum, meeting.on).await?;
        let mut whole = store::agenda::items(db, keys, meeting.id).await?;
        let cases: Vec<CaseId> = whole.iter().filter_map(Item::case).collect();
        let mut known = gate::known_among(db, viewer, cases, now).await?;
        let places = whole.iter().map(|item| item.id).collect();
        // What a planner may not know any more is on its way off (`gate::drop_unplannable`): until then it leaves them no gap.
        let plans = viewer.role == Role::Coordinator && table.iter().any(|seat| seat.unit == viewer.unit);
        if plans && matches!(meeting.stage.state, MeetingState::Draft | MeetingState::Published) {
            whole.retain(|item| item.case().is_none_or(|case| known.contains_key(&case)));
        }
        let planned: Vec<PlannedItem> = whole.iter().map(|item| planned(item, BTreeSet::new())).collect();
        let slots = times(meeting.starts_at(), &planned);
        let standing_seats: BTreeSet<UnitId> =
            table.iter().filter(|seat| seat.standing).map(|seat| seat.unit).collect();
        let at = begins(&meeting);
        let mut items = Vec::with_capacity(whole.len());
        for (item, slot) in whole.into_iter().zip(slots) {
            let known = match item.case() {
                None => None,
                Some(case) => match known.remove(&case) {
                    None => continue, // for them there is no such item (V2)
                    known => known,
                },
            };
            let then = known.as_ref().map(|known| standing(&known.record.facts, at));
            let seats = match &then {
                None => standing_seats.clone(),
                Some(then) => table.iter().map(|seat| seat.unit).filter(|unit| then.covers(*unit)).collect(),
            };
            items.push(Entry { item, known, then, seats, starts: slot.starts, ends: slot.ends });
        }
        Ok(Self { meeting, forum, table, places, items })
    }

    /// Reads an agenda in order to change it: the coordinator of a unit with a seat may, as long as the meeting has not begun.
    ///
    /// # Errors
    /// [`Error::Denied`] for other roles, [`Error::NotFound`] without a seat, [`Error::Refused`] once it has begun.
    pub(crate) async fn to_change(tx: &Tx, actor: &Actor, meeting: MeetingId) -> Result<Self> {
        actor.must_be(&[Role::Coordinator])?;
        let meeting = store::agenda::meeting_to_change(tx, meeting).await?;
        let agenda = Self::load(tx.db(), tx.backend().keys(), meeting, actor.viewer()?, tx.now()).await?;
        if !agenda.has_seat(actor.unit()?) {
            return Err(Error::NotFound);
        }
        match agenda.meeting.stage.state {
            MeetingState::Draft | MeetingState::Published => Ok(agenda),
            MeetingState::Running | MeetingState::Held => Err(Refusal::AlreadyBegun.into()),
            MeetingState::Cancelled => Err(Refusal::Cancelled.into()),
        }
    }

    /// Has those invited told of a change of the agenda, as far as it is theirs to see.
    pub(crate) async fn tell_changed(&self, tx: &Tx) -> Result<()> {
        meeting_changed::told_when_quiet(tx, &self.meeting, begins(&self.meeting)).await
    }

    /// Whom of each unit it is for, as far as its reader may know.
    pub(crate) fn meant(&self) -> MeantBy {
        let standing = self.table.iter().filter(|seat| seat.standing);
        let mut meant: MeantBy = standing.map(|seat| (seat.unit, Meant::ALL)).collect();
        for entry in &self.items {
            let circle = entry.known.as_ref().map_or(&Circle::Unit, |known| &known.record.circle);
            for unit in &entry.seats {
                meant.entry(*unit).or_default().add(circle);
            }
        }
        meant
    }

    /// Of the invitations to it, those its reader may know of: their own, and those for something they know of. For what is all of
    /// a unit's one is called, and others in their place; where that is the seat's holder, somebody called besides came for what only
    /// those named may know (I1).
    pub(crate) fn told(&self, reader: PersonId, invitations: Vec<Invitation>) -> Vec<Invitation> {
        let meant = self.meant();
        let holder = |unit| self.table.iter().find(|seat| seat.unit == unit).and_then(|seat| seat.holder);
        let holds = |one: &Invitation| holder(one.unit) == Some(one.person);
        let by_holder: BTreeSet<UnitId> = invitations.iter().filter(|one| holds(one)).map(|one| one.unit).collect();
        let is_told = |one: &Invitation| {
            let Some(meant) = meant.get(&one.unit) else { return false };
            let usual = meant.all && (holds(one) || one.stand_in || !by_holder.contains(&one.unit));
            usual || meant.names(one.person)
        };
        invitations.into_iter().filter(|one| one.person == reader || is_told(one)).collect()
    }

    /// A unit's items that are for one of its people, those that follow each other taken together. Local times.
    pub(crate) fn blocks(&self, unit: UnitId, person: PersonId) -> Vec<(NaiveDateTime, NaiveDateTime)> {
        let mut blocks: Vec<(NaiveDateTime, NaiveDateTime)> = Vec::new();
        for entry in self.items_for(unit, person) {
            match blocks.last_mut() {
                Some((_, until)) if *until == entry.starts => *until = entry.ends,
                _ => blocks.push((entry.starts, entry.ends)),
            }
        }
        blocks
    }

    /// A unit's items that are for one of its people, in order.
    pub(crate) fn items_for(&self, unit: UnitId, person: PersonId) -> impl Iterator<Item = &Entry> {
        self.items.iter().filter(move |entry| {
            let circle = entry.known.as_ref().map(|known| &known.record.circle);
            entry.seats.contains(&unit) && circle.is_none_or(|circle| circle.holds(person))
        })
    }

    /// The part of the meeting one of a unit's people is asked to: from their first item to their last. None for the whole: those
    /// who are at every meeting, and those for whom there is nothing.
    pub(crate) fn slot(&self, unit: UnitId, person: PersonId) -> Option<Slot> {
        if self.table.iter().any(|seat| seat.unit == unit && seat.standing) {
            return None;
        }
        let blocks = self.blocks(unit, person);
        let (from, until) = (blocks.first()?.0, blocks.last()?.1);
        let minutes = |span: chrono::TimeDelta| u32::try_from(span.num_minutes()).unwrap_or(0);
        Some(Slot { from: minutes(from - self.meeting.starts_at()), minutes: minutes(until - from) })
    }

    /// Whether a unit sits at this forum's table.
    pub(crate) fn has_seat(&self, unit: UnitId) -> bool {
        self.table.iter().any(|seat| seat.unit == unit)
    }

    /// One of the items the unit may know.
    pub(crate) fn entry(&self, item: AgendaItemId) -> Result<&Entry> {
        self.items.iter().find(|entry| entry.item.id == item).ok_or(Error::NotFound)
    }

    /// Says which state of the board somebody saw. It follows from what the unit may know alone: an item it may not know
    /// changes nothing here.
    pub(crate) fn stamp(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.meeting.id.uuid());
        hash.update(self.meeting.starts_at().to_string());
        for entry in &self.items {
            hash.update(entry.item.id.uuid());
            hash.update(entry.item.minutes.to_be_bytes());
            hash.update(format!("{:?}", entry.item.family_at));
        }
        HEXLOWER.encode(hash.finalize().get(..8).unwrap_or_default())
    }

    /// A digest of all its board shows of the meeting, the items and the answers of these invitations.
    pub(crate) fn pulse(&self, told: &[Invitation]) -> String {
        let mut hash = Sha256::new();
        let mut part = |bytes: &[u8]| {
            hash.update(bytes.len().to_be_bytes());
            hash.update(bytes);
        };
        let meeting = &self.meeting;
        for text in [&self.stamp(), &meeting.starts_at().to_string(), &meeting.place, meeting.stage.state.code()] {
            part(text.as_bytes());
        }
        part(&meeting.minutes.to_be_bytes());
        for entry in &self.items {
            part(format!("{:?} {:?} {:?}", entry.item.about, entry.item.state, entry.then).as_bytes());
            for unit in &entry.seats {
                part(unit.uuid().as_bytes());
            }
        }
        for one in told {
            let answered = (one.answer, &one.declined, one.withdrawn);
            part(format!("{:?} {:?} {answered:?}", one.unit, one.person).as_bytes());
        }
        for seat in &self.table {
            part(format!("{:?} {:?}", seat.unit, seat.holder).as_bytes());
        }
        HEXLOWER.encode(hash.finalize().get(..16).unwrap_or_default())
    }

    /// A digest of what it tells its reader: which items, and when. What they may not know shows in it only where it moves a time.
    pub(crate) fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for entry in &self.items {
            hash.update(entry.item.id.uuid());
            hash.update(entry.starts.to_string());
            hash.update(entry.ends.to_string());
        }
        HEXLOWER.encode(hash.finalize().get(..8).unwrap_or_default())
    }

    /// Goes on only if the board is as somebody saw it.
    ///
    /// # Errors
    /// [`Error::Stale`] if it was changed meanwhile.
    pub(crate) fn must_be_as_seen(&self, stamp: &str) -> Result<()> {
        if self.stamp() == stamp { Ok(()) } else { Err(Error::Stale) }
    }

    /// The items as the order of an agenda is judged by: what stands on every agenda keeps its time, and where a family takes part
    /// it is neither late nor left waiting. A time nobody can be at binds nothing; the board warns of it.
    pub(crate) fn planned(&self) -> Vec<PlannedItem> {
        let mut minute = 0;
        let planned = self.items.iter().map(|entry| {
            let mut item = planned(&entry.item, entry.seats.clone());
            let window = entry.item.family_at.and_then(|at| family_window(self.meeting.starts, at));
            if entry.item.standing {
                (item.not_before, item.not_after) = (Some(minute), Some(minute));
            } else if let Some((first, last)) = window {
                (item.not_before, item.not_after) = (Some(first), Some(last));
            }
            minute += u32::from(item.minutes);
            item
        });
        planned.collect()
    }

    /// The order of the whole agenda when the items the unit may know stand in this order, in the places they hold together.
    ///
    /// # Errors
    /// [`Error::Stale`] when these are not exactly the items it may know.
    pub(crate) fn arranged(&self, order: &[AgendaItemId]) -> Result<Vec<AgendaItemId>> {
        let known: BTreeSet<_> = self.items.iter().map(|entry| entry.item.id).collect();
        if order.len() != known.len() || order.iter().copied().collect::<BTreeSet<_>>() != known {
            return Err(Error::Stale);
        }
        let mut next = order.iter().copied();
        let places = self.places.iter().map(|place| if known.contains(place) { next.next() } else { Some(*place) });
        places.collect::<Option<_>>().ok_or(Error::Stale)
    }
}

fn planned(item: &Item, seats: BTreeSet<UnitId>) -> PlannedItem {
    let kind = match item.about {
        About::Case(_) => ItemKind::Case,
        About::Anonymous(_) => ItemKind::AnonymousConsultation,
        About::General(_) => ItemKind::General,
    };
    PlannedItem { id: item.id, kind, minutes: item.minutes, seats, not_before: None, not_after: None }
}

/// The coordinators at a table, who see its boards on a day.
pub(crate) async fn planners(db: &impl ConnectionTrait, table: &[Seat], on: NaiveDate) -> Result<Vec<Viewer>> {
    let seated = |unit: &UnitId| table.iter().any(|seat| seat.unit == *unit);
    let works = store::assignment::all(db).await?;
    let plans = works.into_iter().filter(|work| work.role == Role::Coordinator && work.holds_on(on));
    let planner = |person, unit| Viewer { person, unit, role: Role::Coordinator };
    Ok(plans.filter_map(|work| Some(planner(work.person, work.unit.filter(seated)?))).collect())
}

/// Whom of a unit a meeting is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Meant {
    /// Something there is for all who work in it.
    pub all: bool,
    /// Something there is for these alone: those named for a case with a protected identity (I1); of each such case.
    pub named: Vec<BTreeSet<PersonId>>,
}

impl Meant {
    /// For everybody of a unit.
    pub(crate) const ALL: Self = Self { all: true, named: Vec::new() };

    /// Whether anything there is for somebody of this unit.
    pub(crate) fn is_for(&self, person: PersonId) -> bool {
        self.all || self.names(person)
    }

    /// Whether something there is for somebody by name.
    fn names(&self, person: PersonId) -> bool {
        self.named.iter().any(|people| people.contains(&person))
    }

    /// Adds something that is for those of a case's circle.
    pub(crate) fn add(&mut self, circle: &Circle) {
        match circle {
            Circle::Unit => self.all = true,
            Circle::Named(people) => self.named.push(people.clone()),
        }
    }
}

/// Whom of each unit a meeting is for.
pub(crate) type MeantBy = BTreeMap<UnitId, Meant>;

/// As [`units_meant`], for some units of each meeting alone: nothing is read of what stands on an agenda where all of them are always
/// there.
pub(crate) async fn meant_among(
    db: &impl ConnectionTrait,
    keys: &Keys,
    meetings: &[Meeting],
    wanted: impl Fn(&Meeting) -> BTreeSet<UnitId>,
) -> Result<BTreeMap<MeetingId, MeantBy>> {
    let tables = tables(db, meetings).await?;
    let (mut meant, mut rest) = (BTreeMap::new(), Vec::new());
    for meeting in meetings {
        let table = tables.get(&meeting.forum).map(Vec::as_slice).unwrap_or_default();
        let wanted = wanted(meeting);
        if wanted.iter().all(|unit| table.contains(&(*unit, true))) {
            meant.insert(meeting.id, wanted.into_iter().map(|unit| (unit, Meant::ALL)).collect());
        } else {
            rest.push(meeting.clone());
        }
    }
    if !rest.is_empty() {
        meant.extend(units_meant(db, keys, &rest).await?);
    }
    Ok(meant)
}

/// The units at the table of each meeting's forum, and whether always.
async fn tables(db: &impl ConnectionTrait, meetings: &[Meeting]) -> Result<BTreeMap<ForumId, Vec<(UnitId, bool)>>> {
    let forums: BTreeSet<ForumId> = meetings.iter().map(|meeting| meeting.forum).collect();
    let mut tables = BTreeMap::new();
    for forum in forums {
        tables.insert(forum, store::roster::places(db, forum).await?);
    }
    Ok(tables)
}

/// Whom each of these meetings is for, when it begins: the units covered for at least one item, and those always there.
/// A cancelled meeting is for those it was for.
pub(crate) async fn units_meant(
    db: &impl ConnectionTrait,
    keys: &Keys,
    meetings: &[Meeting],
) -> Result<BTreeMap<MeetingId, MeantBy>> {
    let ids: Vec<MeetingId> = meetings.iter().map(|meeting| meeting.id).collect();
    let items = store::agenda::items_of(db, keys, ids).await?;
    let asked = meetings.iter().flat_map(|meeting| {
        let at = begins(meeting);
        let counts = |item: &&Item| item.state != ItemState::Dropped || meeting.stage.state == MeetingState::Cancelled;
        let cases = items.get(&meeting.id).into_iter().flatten().filter(counts).filter_map(Item::case);
        cases.map(move |case| (meeting.id, case, at)).collect::<Vec<_>>()
    });
    let asked: Vec<_> = asked.collect();
    let cases: Vec<_> = asked.iter().map(|(_, case, at)| (*case, *at)).collect();
    let audience = gate::audience(db, cases).await?;
    let tables = tables(db, meetings).await?;
    let mut meant: BTreeMap<MeetingId, MeantBy> = BTreeMap::new();
    for meeting in meetings {
        let table = tables.get(&meeting.forum).map(Vec::as_slice).unwrap_or_default();
        let here = meant.entry(meeting.id).or_default();
        for (unit, _) in table.iter().filter(|(_, standing)| *standing) {
            here.insert(*unit, Meant::ALL);
        }
        let of_items = asked.iter().filter(|(id, ..)| *id == meeting.id);
        for one in of_items.filter_map(|(_, case, at)| audience.get(&(*case, *at))) {
            for (unit, _) in table.iter().filter(|(unit, _)| one.units.contains(unit)) {
                here.entry(*unit).or_default().add(&one.circle);
            }
        }
    }
    Ok(meant)
}

/// Whom one meeting is for.
pub(crate) async fn units_meant_by(db: &impl ConnectionTrait, keys: &Keys, meeting: &Meeting) -> Result<MeantBy> {
    let mut meant = units_meant(db, keys, std::slice::from_ref(meeting)).await?;
    Ok(meant.remove(&meeting.id).unwrap_or_default())
}
