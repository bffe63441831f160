//! A school year of forums: when they meet and do not, how full it is, and how long cases waited for their first meeting. Of what
//! the reader may know now, and nothing else: an item or a case they may not know is in no figure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    consent::standing,
    id::{CaseId, ForumId, MeetingId, UnitId},
    meeting::MeetingState,
    routing::Routing,
    time::day,
    visibility::{Role, Verdict},
    year::{SchoolYear, median},
};

use crate::{
    Backend, Result,
    actor::Actor,
    agenda::begins,
    gate::{self, Known},
    store::{
        self,
        agenda::{About, Item, ItemState},
        meeting::Meeting,
    },
    view::{
        closed_days::{ClosedSpan, spans},
        figures::READERS,
        routing::ForumName,
    },
};

/// A meeting in its year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearMeeting {
    /// The meeting.
    pub id: MeetingId,
    /// Its local day.
    pub on: NaiveDate,
    /// Where it is in its life.
    pub state: MeetingState,
    /// Its length.
    pub minutes: u16,
    /// Minutes of the items the reader may know; none where their unit sits not at that table, or nothing was sent out to it yet.
    pub planned: Option<u32>,
}

/// How long cases that were first taken up in a month had waited since they were registered, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waited {
    /// The first day of the month.
    pub month: NaiveDate,
    /// How many they were.
    pub cases: usize,
    /// Half had waited no longer than this.
    pub median: u32,
    /// The one that had waited longest.
    pub longest: u32,
}

/// The cases that wait for their first meeting now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WaitsNow {
    /// How many.
    pub cases: usize,
    /// Half have waited no longer than this, in days.
    pub median: u32,
    /// The one that has waited longest, in days.
    pub longest: u32,
}

/// A forum's year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForumYear {
    /// The forum.
    pub forum: ForumName,
    /// Its meetings, by time.
    pub meetings: Vec<YearMeeting>,
    /// Whether the reader's unit sits there: only then are there figures.
    pub seated: bool,
    /// By month; months in which nothing was taken up for the first time are left out.
    pub waited: Vec<Waited>,
    /// What waits now.
    pub now: WaitsNow,
}

/// A school year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearPage {
    /// The year.
    pub year: SchoolYear,
    /// Today, local.
    pub today: NaiveDate,
    /// The forums.
    pub forums: Vec<ForumYear>,
    /// School breaks and other closed days.
    pub closed: Vec<ClosedSpan>,
    /// Whether the figures are of all items the reader's unit may know, and not of its own alone.
    pub plans: bool,
    /// Whether they may read what was published of whole years.
    pub reads_figures: bool,
}

/// A school year for somebody of a unit; that of today where none is asked for. Meetings are no secret among those who take part;
/// how full they are is told as far as the reader may know their items.
///
/// # Errors
/// [`crate::Error::Denied`] for IT operators.
pub async fn year_page(backend: &Backend, actor: &Actor, asked: Option<i32>) -> Result<YearPage> {
    actor.must_be(&[Role::Coordinator, Role::Participant, Role::Administrator])?;
    let (db, now) = (backend.db(), backend.now());
    let today = day(now);
    let year = asked.and_then(SchoolYear::beginning).unwrap_or_else(|| SchoolYear::of(today));
    let meetings = store::meeting::between(db, year.first(), year.last()).await?;
    let known = gate::all_known(db, actor.viewer()?, now).await?;
    let reader = Reader { unit: actor.unit()?, plans: actor.role == Role::Coordinator, known: &known };
    let seats = store::seat::all(db).await?;
    let seated: BTreeSet<ForumId> =
        seats.iter().filter(|seat| seat.unit == reader.unit).map(|seat| seat.forum).collect();
    let standing: BTreeSet<ForumId> =
        seats.iter().filter(|seat| seat.unit == reader.unit && seat.standing).map(|seat| seat.forum).collect();
    let at_table: Vec<&Meeting> = meetings.iter().filter(|meeting| seated.contains(&meeting.forum)).collect();
    let items = store::agenda::items_of(db, backend.keys(), at_table.iter().map(|meeting| meeting.id)).await?;
    let mut waited = waited(backend, &reader, &seated, year).await?;
    let mut waiting = waiting(backend, &reader, today).await?;
    let forums = store::forum::all(db).await?.into_iter().map(|forum| {
        let sits = seated.contains(&forum.id);
        let here = meetings.iter().filter(|meeting| meeting.forum == forum.id).map(|meeting| {
            let items = items.get(&meeting.id).map(Vec::as_slice).unwrap_or_default();
            let told = sits && (reader.plans || meeting.stage.state != MeetingState::Draft);
            YearMeeting {
                id: meeting.id,
                on: meeting.on,
                state: meeting.stage.state,
                minutes: meeting.minutes,
                planned: told.then(|| reader.minutes(meeting, items, standing.contains(&forum.id))),
            }
        });
        ForumYear {
            meetings: here.collect(),
            seated: sits,
            waited: waited.remove(&forum.id).filter(|_| sits).unwrap_or_default(),
            now: waiting.remove(&forum.id).filter(|_| sits).unwrap_or_default(),
            forum: (&forum).into(),
        }
    });
    let forums = forums.collect();
    let closed = spans(store::closed_day::between(db, year.first(), year.last()).await?);
    let reads_figures = READERS.contains(&actor.role);
    Ok(YearPage { year, today, forums, closed, plans: reader.plans, reads_figures })
}

/// Whoever looks, and the cases they may know now.
struct Reader<'a> {
    unit: UnitId,
    plans: bool,
    known: &'a BTreeMap<CaseId, Known>,
}

impl Reader<'_> {
    /// How many minutes of a meeting the items take that are the reader's to know: all of those where they plan, else their unit's.
    fn minutes(&self, meeting: &Meeting, items: &[Item], standing: bool) -> u32 {
        let at = begins(meeting);
        let counts = |item: &&Item| item.state != ItemState::Dropped && self.told(item, at, standing);
        items.iter().filter(counts).map(|item| u32::from(item.minutes)).sum()
    }

    fn told(&self, item: &Item, at: DateTime<Utc>, always_there: bool) -> bool {
        match item.about {
            About::General(_) | About::Anonymous(_) => self.plans || always_there,
            About::Case(case) => self
                .known
                .get(&case)
                .is_some_and(|known| self.plans || standing(&known.record.facts, at).covers(self.unit)),
        }
    }

    /// The cases whose waiting is told: what the unit registered, and what consent covers it for.
    fn cases(&self) -> impl Iterator<Item = &Known> {
        let of_the_unit = |known: &&Known| known.verdict == Verdict::Registrant || known.standing.covers(self.unit);
        self.known.values().filter(of_the_unit)
    }
}

/// How long the cases the reader knows had waited when they were first taken up, by forum and month.
async fn waited(
    backend: &Backend,
    reader: &Reader<'_>,
    seated: &BTreeSet<ForumId>,
    year: SchoolYear,
) -> Result<BTreeMap<ForumId, Vec<Waited>>> {
    let first = store::agenda::first_taken_up(backend.db(), reader.cases().map(Known::id)).await?;
    let mut days: BTreeMap<(ForumId, NaiveDate), Vec<u32>> = BTreeMap::new();
    for known in reader.cases() {
        let Some((forum, on)) = first.get(&known.id()).copied() else { continue };
        let month = year.months().take_while(|month| *month <= on).last();
        let Some(month) = month.filter(|_| on <= year.last() && seated.contains(&forum)) else { continue };
        let waited = (on - day(known.head().registered_at)).num_days();
        days.entry((forum, month)).or_default().push(u32::try_from(waited).unwrap_or(0));
    }
    let mut all: BTreeMap<ForumId, Vec<Waited>> = BTreeMap::new();
    for ((forum, month), days) in days {
        let (Some(median), Some(longest)) = (median(&days), days.iter().max().copied()) else { continue };
        all.entry(forum).or_default().push(Waited { month, cases: days.len(), median, longest });
    }
    Ok(all)
}

/// The cases the reader knows that wait for their first meeting, by the forum of the child's age today.
async fn waiting(backend: &Backend, reader: &Reader<'_>, today: NaiveDate) -> Result<BTreeMap<ForumId, WaitsNow>> {
    let Some(bands) = store::forum::bands(backend.db()).await? else { return Ok(BTreeMap::new()) };
    let open: Vec<&Known> = reader.cases().filter(|known| known.head().closed_at.is_none()).collect();
    let heard = store::agenda::taken_up(backend.db(), open.iter().map(|known| known.id())).await?;
    let mut days: BTreeMap<ForumId, Vec<u32>> = BTreeMap::new();
    for known in open.into_iter().filter(|known| !heard.contains_key(&known.id())) {
        let Routing::Forum(forum) = bands.route(known.head().born_on, today) else { continue };
        let waited = (today - day(known.head().registered_at)).num_days();
        days.entry(forum).or_default().push(u32::try_from(waited).unwrap_or(0));
    }
    let now = |days: Vec<u32>| WaitsNow {
        cases: days.len(),
        median: median(&days).unwrap_or(0),
        longest: days.into_iter().max().unwrap_or(0),
    };
    Ok(days.into_iter().map(|(forum, days)| (forum, now(days))).collect())
}
