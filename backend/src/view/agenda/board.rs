//! The board of those who arrange a meeting.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use domain::{
    age::age_on,
    agenda::{Weights, total, waiting},
    id::{AgendaItemId, CaseId, PersonId, UnitId},
    meeting::{InvitationAnswer, MeetingState},
    time::day,
};

use super::{
    MeetingHead,
    consent::{ConsentChip, named},
    head,
    queue::{Waiting, asked_here, queue},
    read_event,
    warnings::{Warning, warnings},
};
use crate::{
    Backend, Result,
    actor::Actor,
    agenda::{Agenda, Entry},
    audit::Event,
    call::{able, next_deputy},
    store::{self, agenda::About as Subject, invitation::Invitation, roster::Seat},
    view::proposal::Asked,
};

/// What an item is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Something all standing seats share.
    General {
        /// Its title.
        title: String,
    },
    /// A child's case.
    Case(CaseShown),
    /// An anonymous consultation.
    Anonymous {
        /// What is asked, until it is erased.
        question: Option<String>,
    },
}

/// A case, as lists show it: no name and no question (V9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseShown {
    /// The case.
    pub id: CaseId,
    /// Its four characters.
    pub reference: String,
    /// The child's age on the day of the meeting.
    pub age: u16,
    /// Which time it is taken up, counted from 1.
    pub time: u32,
    /// Short name of the unit that registered it; empty when that is closed, or an identity is protected.
    pub registered_by: String,
    /// What consent says when the meeting begins.
    pub consent: ConsentChip,
    /// One guardian decides alone then (C8).
    pub alone: bool,
    /// What is asked and has not been heard, by whom; the oldest first.
    pub asked: Vec<Asked>,
    /// Local time the family comes, where it takes part.
    pub family_at: Option<NaiveTime>,
}

/// A seat's part in an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// None.
    Empty,
    /// Takes part, and has said it is coming.
    Coming,
    /// Takes part, and has not answered or is not invited yet.
    Asked,
    /// Takes part, but has said nobody is coming.
    Declined,
    /// Somebody named it in the consent, but consent does not cover it.
    NotCovered,
}

/// A row of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The item.
    pub id: AgendaItemId,
    /// What it is about.
    pub about: About,
    /// Local time.
    pub starts: NaiveDateTime,
    /// Local time.
    pub ends: NaiveDateTime,
    /// Its length.
    pub minutes: u16,
    /// One for each column.
    pub cells: Vec<Cell>,
    /// Whether it ends after the meeting (V8).
    pub too_late: bool,
}

/// A column of the board: a unit's seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The unit.
    pub unit: UnitId,
    /// Its short name.
    pub short_name: String,
    /// Its name.
    pub name: String,
    /// Last name of who comes; none when the seat is vacant.
    pub holder: Option<String>,
    /// What was answered; none when nobody is invited yet.
    pub answer: Option<InvitationAnswer>,
    /// The items nobody of those who come can come to.
    pub not_to: BTreeSet<AgendaItemId>,
    /// The name of who can be asked next, where those invited cannot come.
    pub deputy: Option<String>,
}

/// The board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// The meeting.
    pub meeting: MeetingHead,
    /// Which state of the board this is: sent back with every change.
    pub stamp: String,
    /// What everything on it comes to: another where anything is.
    pub pulse: String,
    /// Its rows, in order.
    pub rows: Vec<Row>,
    /// Its columns: seats always there, and those that take part in something.
    pub columns: Vec<Column>,
    /// What to look at first.
    pub warnings: Vec<Warning>,
    /// Minutes planned.
    pub planned: u32,
    /// Minutes of things the unit may not know of before each row; what is arranged leaves them where they are.
    pub gaps: Vec<u32>,
    /// Minutes all partners wait between their own items, together.
    pub waiting: u64,
    /// The usual length of an item here, in minutes.
    pub usual_minutes: u16,
    /// Cases waiting to be taken up.
    pub queue: Vec<Waiting>,
    /// Whether the agenda can still be changed.
    pub open: bool,
    /// The day since which it takes no new cases but urgent ones, if it is closed for others.
    pub frozen_since: Option<NaiveDate>,
}

pub(super) async fn board(backend: &Backend, actor: &Actor, agenda: &Agenda) -> Result<(Board, Vec<Event>)> {
    let db = backend.db();
    let invited = agenda.told(actor.person, store::invitation::to_meetings(db, [agenda.meeting.id]).await?);
    let seated: Vec<PersonId> = agenda.table.iter().flat_map(Seat::sitters).collect();
    let people = store::roster::people(db, seated).await?;
    let names: BTreeMap<PersonId, String> =
        people.into_values().filter(|person| !person.disabled).map(|one| (one.id, one.name)).collect();
    let cases: Vec<CaseId> = agenda.items.iter().filter_map(|entry| entry.item.case()).collect();
    let taken_up = store::agenda::taken_up(db, cases).await?;
    let registrants: Vec<UnitId> =
        agenda.items.iter().filter_map(|entry| Some(entry.known.as_ref()?.head().unit)).collect();
    let registrants = store::unit::with_ids(db, registrants).await?;
    let seats = shown_seats(agenda);
    let able = able(db, &agenda.table).await?;
    let meant = agenda.meant();
    let columns: Vec<Column> = seats
        .iter()
        .map(|seat| {
            let mut column = column(seat, &invited, &names);
            column.not_to = not_to(agenda, seat, &invited);
            let refused = column.answer == Some(InvitationAnswer::Declined) || !column.not_to.is_empty();
            let next = meant.get(&seat.unit).filter(|_| refused);
            column.deputy = next
                .and_then(|meant| next_deputy(seat, meant, &able, &invited))
                .and_then(|person| names.get(&person).cloned());
            column
        })
        .collect();
    let mut asked = asked_here(backend, agenda).await?;
    let rows = agenda.items.iter().map(|entry| {
        let time = entry.item.case().and_then(|case| taken_up.get(&case)).map_or(1, |one| one.times + 1);
        // Of somebody whose identity is protected it is not told where they are known: a school's name is a place (I1).
        let told = entry.known.as_ref().filter(|known| !known.head().protection.hides_name());
        let unit = told.and_then(|known| registrants.get(&known.head().unit));
        let asked = entry.item.case().and_then(|case| asked.remove(&case)).unwrap_or_default();
        row(agenda, entry, &columns, (time, unit.map_or("", |unit| &unit.short_name), asked))
    });
    let rows: Vec<Row> = rows.collect();
    let (queue, mut shown) = queue(backend, actor, agenda).await?;
    shown.extend(agenda.items.iter().filter_map(read_event));
    let planned = agenda.planned();
    let board = Board {
        meeting: head(agenda),
        stamp: agenda.stamp(),
        pulse: agenda.pulse(&invited),
        warnings: warnings(backend, actor, agenda, &rows, &columns).await?,
        rows,
        columns,
        gaps: gaps(agenda),
        planned: total(&planned),
        waiting: waiting(&planned, &Weights::new()),
        usual_minutes: agenda.forum.item_minutes,
        queue,
        open: matches!(agenda.meeting.stage.state, MeetingState::Draft | MeetingState::Published),
        frozen_since: frozen_since(agenda, day(backend.now())),
    };
    Ok((board, shown))
}

/// The day an agenda closed for cases that can wait, if it has.
fn frozen_since(agenda: &Agenda, today: NaiveDate) -> Option<NaiveDate> {
    let days = Some(agenda.forum.freeze_days).filter(|days| *days > 0)?;
    let since = agenda.meeting.on.checked_sub_days(Days::new(days.into()))?;
    (since <= today).then_some(since)
}

fn gaps(agenda: &Agenda) -> Vec<u32> {
    let mut last = agenda.meeting.starts_at();
    let gaps = agenda.items.iter().map(|entry| {
        let gap = (entry.starts - last).num_minutes();
        last = entry.ends;
        u32::try_from(gap).unwrap_or(0)
    });
    gaps.collect()
}

/// The seats always there, and those that take part in something the unit may know, or were named in it. A seat invited for
/// something it may not know would tell of it, and is not there.
fn shown_seats(agenda: &Agenda) -> Vec<&Seat> {
    let mut units: BTreeSet<UnitId> = agenda.items.iter().flat_map(|entry| entry.seats.iter().copied()).collect();
    units.extend(agenda.items.iter().flat_map(named_in));
    agenda.table.iter().filter(|seat| seat.standing || units.contains(&seat.unit)).collect()
}

fn named_in(entry: &Entry) -> BTreeSet<UnitId> {
    match (&entry.known, &entry.then) {
        (Some(known), Some(then)) => named(&known.record.facts, then),
        _ => BTreeSet::new(),
    }
}

fn column(seat: &Seat, invited: &[Invitation], names: &BTreeMap<PersonId, String>) -> Column {
    let answers: Vec<InvitationAnswer> =
        invited.iter().filter(|one| one.unit == seat.unit && !one.withdrawn).map(|one| one.answer).collect();
    let coming = answers.iter().find(|one| matches!(one, InvitationAnswer::Coming | InvitationAnswer::Deputy));
    let pending = answers.iter().find(|one| **one == InvitationAnswer::Pending);
    let name = seat.sitters().find_map(|id| names.get(&id));
    Column {
        unit: seat.unit,
        short_name: seat.short_name.clone(),
        name: seat.unit_name.clone(),
        holder: name.map(|name| name.rsplit(' ').next().unwrap_or(name).to_owned()),
        answer: coming.or(pending).or(answers.first()).copied(),
        not_to: BTreeSet::new(),
        deputy: None,
    }
}

/// The items that are for a unit and that nobody of those who come for it can come to.
fn not_to(agenda: &Agenda, seat: &Seat, invited: &[Invitation]) -> BTreeSet<AgendaItemId> {
    let coming: Vec<&Invitation> = invited
        .iter()
        .filter(|one| one.unit == seat.unit && !one.withdrawn)
        .filter(|one| matches!(one.answer, InvitationAnswer::Coming | InvitationAnswer::Deputy))
        .collect();
    if coming.is_empty() {
        return BTreeSet::new();
    }
    let nobody = |item: AgendaItemId| coming.iter().all(|one| one.comes_to(item) == Some(false));
    agenda.items.iter().map(|entry| entry.item.id).filter(|item| nobody(*item)).collect()
}

fn row(
    agenda: &Agenda,
    entry: &Entry,
    columns: &[Column],
    (time, registered_by, asked): (u32, &str, Vec<Asked>),
) -> Row {
    let about = match (&entry.item.about, &entry.known, &entry.then) {
        (Subject::General(title), ..) => About::General { title: title.clone() },
        (Subject::Case(id), Some(known), Some(then)) => About::Case(CaseShown {
            id: *id,
            reference: known.head().reference.clone(),
            age: age_on(known.head().born_on, agenda.meeting.on).unwrap_or(0),
            time,
            registered_by: registered_by.to_owned(),
            consent: ConsentChip::of(&known.record.facts, &known.standing, then),
            alone: then.alone_until.is_some(),
            asked,
            family_at: entry.item.family_at,
        }),
        (Subject::Anonymous(Some(question)), ..) => About::Anonymous { question: Some(question.as_str().to_owned()) },
        _ => About::Anonymous { question: None },
    };
    let named = named_in(entry);
    let cells = columns.iter().map(|column| cell(column, entry, &named)).collect();
    Row {
        id: entry.item.id,
        about,
        starts: entry.starts,
        ends: entry.ends,
        minutes: entry.item.minutes,
        cells,
        too_late: entry.ends > agenda.meeting.ends_at(),
    }
}

fn cell(column: &Column, entry: &Entry, named: &BTreeSet<UnitId>) -> Cell {
    if !entry.seats.contains(&column.unit) {
        return if named.contains(&column.unit) { Cell::NotCovered } else { Cell::Empty };
    }
    if column.not_to.contains(&entry.item.id) {
        return Cell::Declined;
    }
    match column.answer {
        Some(InvitationAnswer::Coming | InvitationAnswer::Deputy) => Cell::Coming,
        Some(InvitationAnswer::Declined) => Cell::Declined,
        Some(InvitationAnswer::Pending) | None => Cell::Asked,
    }
}
