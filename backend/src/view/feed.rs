//! A person's calendar as the feed gives it, and one meeting of it as a file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::{
    id::{ForumId, MeetingId, PersonId, UnitId},
    meeting::MeetingState,
    time::{day, end_of},
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    agenda::meant_among,
    calendar::{
        Calendar, Occurrence, calendar, file,
        memory::{Fetch, Kept, State},
    },
    crypt::token_hash,
    store::{
        self,
        assignment::Work,
        feed::{Feed, Holds},
        invitation::{Invitation, Slot},
        meeting::Meeting,
        person::PersonRecord,
    },
    view::invitation::{span, stands},
};

/// How far back and ahead the calendar reaches, in days; what lies further is cut, the near never (rule 29).
const DAYS_BACK: u64 = 30;
const DAYS_AHEAD: u64 = 400;
/// How long an ended subscription answers with an empty calendar, as programs keep the last good copy on errors (rule 8).
const EMPTY_FOR: TimeDelta = TimeDelta::days(30);
/// Fetches closer to each other than this are noted once.
const NOTE_EVERY: TimeDelta = TimeDelta::minutes(5);

/// The calendar a subscription's token opens; empty for 30 days after it ended. `client` is the program's `User-Agent`; only
/// its kind is kept.
///
/// # Errors
/// [`Error::NotFound`] for a token that is unknown, malformed or ended long ago, all alike (rule 44).
pub async fn feed(backend: &Backend, token: &str, client: Option<&str>) -> Result<Calendar> {
    let (hash, now) = (token_hash(token), backend.now());
    let state = backend.state().await?;
    let kept = match backend.memory().find(&hash, state, now) {
        Some(kept) => kept,
        // In a box of its own: nearly always there is nothing to work out, and what answers then stays small.
        None => match Box::pin(work_out(backend, &hash, state, now)).await? {
            WorkedOut::Standing(kept) => kept,
            WorkedOut::Ended(empty) => return Ok(empty),
        },
    };
    let calendar = kept.calendar.clone();
    if now - kept.noted >= NOTE_EVERY {
        backend.memory().note(kept.feed, Fetch { at: now, client: client_kind(client.unwrap_or_default()) });
        backend.memory().keep(hash, Kept { noted: now, ..kept });
    }
    Ok(calendar)
}

/// What a subscription comes to.
pub(crate) enum WorkedOut {
    Standing(Kept),
    /// It ended: the calendar is empty.
    Ended(Calendar),
}

/// Works a calendar out, and keeps it as read in this state, which was asked for before.
pub(crate) async fn work_out(backend: &Backend, hash: &str, state: State, now: DateTime<Utc>) -> Result<WorkedOut> {
    let feed = store::feed::by_token_hash(backend.db(), hash).await?.ok_or(Error::NotFound)?;
    let person = store::person::load(backend.db(), feed.person).await?;
    if let Some(ended_at) = ended(&feed, &person, now) {
        let empty = || WorkedOut::Ended(Calendar::new(calendar(&[], &person.language)));
        return if now < ended_at + EMPTY_FOR { Ok(empty()) } else { Err(Error::NotFound) };
    }
    let text = calendar(&occurrences(backend, &feed, &person, now).await?, &person.language);
    let kept = Kept {
        calendar: Calendar::new(text),
        feed: feed.id,
        state,
        // Who works where and which meetings are near enough is asked of the day; consent, of when each meeting begins.
        until: feed.expires_at.min(end_of(day(now))),
        noted: feed.last_fetched_at.unwrap_or(DateTime::UNIX_EPOCH),
    };
    backend.memory().keep(hash.to_owned(), kept.clone());
    Ok(WorkedOut::Standing(kept))
}

fn ended(feed: &Feed, person: &PersonRecord, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let expired = (feed.expires_at <= now).then_some(feed.expires_at);
    [feed.revoked_at, expired, person.disabled_at].into_iter().flatten().min()
}

/// The meetings a subscription holds, by what its person works as today and what consent says now (rules 32, 42, 43).
async fn occurrences(
    backend: &Backend,
    feed: &Feed,
    person: &PersonRecord,
    now: DateTime<Utc>,
) -> Result<Vec<Occurrence>> {
    let today = day(now);
    let works = works_of(backend, person.id, today).await?;
    let mut meetings = match feed.holds {
        // Never both (rule 51).
        Holds::Own if person.by_mail => Vec::new(),
        Holds::Own => own(backend, person.id, &works, today).await?,
        Holds::Forum(forum) => whole(of_forum(backend, forum, &works, today).await?),
        Holds::Unit(unit) => whole(of_unit(backend, unit, person.id, &works, today).await?),
    };
    if person.by_mail {
        let invited = store::invitation::of_person(backend.db(), person.id).await?;
        meetings.retain(|held| !invited.iter().any(|one| one.meeting == held.meeting.id));
    }
    if feed.wishes.leaves_out_cancelled {
        meetings.retain(|held| held.meeting.stage.state != MeetingState::Cancelled);
    }
    let origin = &backend.site().origin;
    let is_own = feed.holds == Holds::Own;
    let shown = |Held { meeting, part }| Occurrence {
        own: is_own,
        alarm: feed.wishes.alarm,
        ..occurrence(meeting, part, origin)
    };
    Ok(meetings.into_iter().map(shown).collect())
}

/// What somebody works as on a day, but for running the installation.
async fn works_of(backend: &Backend, person: PersonId, on: NaiveDate) -> Result<Vec<Work>> {
    let mut works = store::assignment::of_person(backend.db(), person).await?;
    works.retain(|work| work.holds_on(on) && work.role != Role::Operator);
    Ok(works)
}

/// A meeting one is invited to for the unit one works in now, as one's own calendar holds it, as a file for who subscribes to nothing
/// (rule 7).
///
/// # Errors
/// [`Error::NotFound`] for what one's calendar does not hold, whatever the reason.
pub async fn own_meeting(backend: &Backend, actor: &Actor, meeting: MeetingId) -> Result<String> {
    meeting_file(backend, (actor.person, actor.unit.ok_or(Error::NotFound)?), meeting).await
}

/// The same for whoever the link with this secret was sent to, without signing in: for the unit it asks them to come for, and no other.
///
/// # Errors
/// [`Error::NotFound`] for a link that does not stand, and as [`own_meeting`] (rule 44).
pub async fn meeting_by_link(backend: &Backend, token: &str) -> Result<String> {
    let invitation = store::invitation::by_token(backend.db(), token).await?;
    let meeting = stands(backend.db(), backend.keys(), &invitation, backend.now()).await?.ok_or(Error::NotFound)?;
    meeting_file(backend, (invitation.person, invitation.unit), meeting.id).await
}

async fn meeting_file(backend: &Backend, (person, unit): (PersonId, UnitId), meeting: MeetingId) -> Result<String> {
    let person = store::person::load(backend.db(), person).await?;
    if person.by_mail {
        // Mail has put it there, or will: never both (rule 51).
        return Err(Error::NotFound);
    }
    let today = day(backend.now());
    let mut works = works_of(backend, person.id, today).await?;
    works.retain(|work| work.unit == Some(unit));
    let held = own(backend, person.id, &works, today).await?;
    let Held { meeting, part } = held.into_iter().find(|held| held.meeting.id == meeting).ok_or(Error::NotFound)?;
    Ok(file(&occurrence(meeting, part, &backend.site().origin), &person.language))
}

/// A meeting, or somebody's own part of it, as calendars show it.
pub(crate) fn occurrence(meeting: Meeting, part: Part, origin: &str) -> Occurrence {
    let (starts, ends) = span(&meeting, part.slot);
    Occurrence {
        uid: meeting.calendar_uid,
        sequence: meeting.stage.sequence.saturating_add(part.sequence),
        changed_at: part.changed_at.map_or(meeting.changed_at, |at| at.max(meeting.changed_at)),
        on: starts.date(),
        starts: starts.time(),
        minutes: (ends - starts).num_minutes(),
        place: meeting.place,
        cancelled: meeting.stage.state == MeetingState::Cancelled,
        url: format!("{origin}/traffar/{}", meeting.id),
        own: true,
        alarm: None,
    }
}

/// The number of an event with somebody's own time, from the meeting's and all they were ever asked to there: neither ever shrinks, so
/// their sum does not (rule 20).
pub(crate) fn own_sequence(of_meeting: u32, every: &[Invitation]) -> u32 {
    every.iter().fold(of_meeting, |sum, one| sum.saturating_add(one.slot_sequence))
}

/// A meeting as a calendar holds it.
struct Held {
    meeting: Meeting,
    part: Part,
}

/// What of a meeting is somebody's own.
#[derive(Clone, Copy, Default)]
pub(crate) struct Part {
    /// None for the whole.
    pub slot: Option<Slot>,
    pub sequence: u32,
    pub changed_at: Option<DateTime<Utc>>,
}

fn whole(meetings: Vec<Meeting>) -> Vec<Held> {
    meetings.into_iter().map(|meeting| Held { meeting, part: Part::default() }).collect()
}

impl Part {
    /// The part somebody is asked to, from the first of what they are asked to for any unit to the last. `every` holds also what they
    /// were asked to and are not any more: its changes count on (rule 20).
    pub(crate) fn of(standing: &[&Invitation], every: &[Invitation]) -> Self {
        let slots: Option<Vec<Slot>> = standing.iter().map(|one| one.slot).collect();
        let slot = slots.and_then(|slots| {
            let from = slots.iter().map(|slot| slot.from).min()?;
            let until = slots.iter().map(|slot| slot.from + slot.minutes).max()?;
            Some(Slot { from, minutes: until - from })
        });
        Self { slot, sequence: own_sequence(0, every), changed_at: every.iter().map(|one| one.slot_changed_at).max() }
    }
}

/// Whether a calendar shows a meeting: near enough, sent out, and not one that was cancelled and is past.
fn is_shown(meeting: &Meeting, today: NaiveDate) -> bool {
    let state = meeting.stage.state;
    let over = state == MeetingState::Cancelled && meeting.on < today;
    // One that was cancelled before anybody was invited was in nobody's calendar.
    let told = state != MeetingState::Draft && (state != MeetingState::Cancelled || meeting.published_at.is_some());
    in_window(meeting.on, today) && told && !over
}

/// All of a forum, for those who coordinate at its table: that a meeting is held is no secret among them.
async fn of_forum(backend: &Backend, forum: ForumId, works: &[Work], today: NaiveDate) -> Result<Vec<Meeting>> {
    let places = store::roster::places(backend.db(), forum).await?;
    let coordinates =
        |work: &Work| work.role == Role::Coordinator && places.iter().any(|(unit, _)| work.unit == Some(*unit));
    if !works.iter().any(coordinates) {
        return Ok(Vec::new());
    }
    let mut meetings = near(backend, today).await?;
    meetings.retain(|meeting| meeting.forum == forum && is_shown(meeting, today));
    Ok(meetings)
}

/// Those that are for somebody of a unit, for those who work there; what is for those named alone is for these alone (I1).
async fn of_unit(
    backend: &Backend,
    unit: UnitId,
    person: PersonId,
    works: &[Work],
    today: NaiveDate,
) -> Result<Vec<Meeting>> {
    if !works.iter().any(|work| work.unit == Some(unit)) {
        return Ok(Vec::new());
    }
    let mut meetings = near(backend, today).await?;
    meetings.retain(|meeting| is_shown(meeting, today));
    let meant = meant_among(backend.db(), backend.keys(), &meetings, |_| BTreeSet::from([unit])).await?;
    let is_for = |meeting: &Meeting| meant.get(&meeting.id)?.get(&unit).map(|meant| meant.is_for(person));
    meetings.retain(|meeting| is_for(meeting) == Some(true));
    Ok(meetings)
}

async fn near(backend: &Backend, today: NaiveDate) -> Result<Vec<Meeting>> {
    let (first, last) = window(today);
    store::meeting::between(backend.db(), first, last).await
}

/// The meetings a person is invited to for a unit they work in, as long as something there is for them.
async fn own(backend: &Backend, person: PersonId, works: &[Work], today: NaiveDate) -> Result<Vec<Held>> {
    let (db, (first, last)) = (backend.db(), window(today));
    let mut by_meeting: BTreeMap<MeetingId, Vec<Invitation>> = BTreeMap::new();
    for one in store::invitation::of_person_between(db, person, first, last).await? {
        by_meeting.entry(one.meeting).or_default().push(one);
    }
    let mut meetings = store::meeting::of_invited(db, person, first, last).await?;
    let stands = |one: &&Invitation| !one.withdrawn && works.iter().any(|work| work.unit == Some(one.unit));
    let standing = |meeting: &Meeting| by_meeting.get(&meeting.id).into_iter().flatten().filter(stands);
    meetings.retain(|meeting| is_shown(meeting, today) && standing(meeting).next().is_some());
    let meant =
        meant_among(db, backend.keys(), &meetings, |meeting| standing(meeting).map(|one| one.unit).collect()).await?;
    let held = meetings.iter().filter_map(|meeting| {
        let meant = meant.get(&meeting.id)?;
        let is_for = |one: &&Invitation| meant.get(&one.unit).is_some_and(|meant| meant.is_for(person));
        let standing: Vec<&Invitation> = standing(meeting).filter(is_for).collect();
        let every = by_meeting.get(&meeting.id)?;
        (!standing.is_empty()).then(|| Held { part: Part::of(&standing, every), meeting: meeting.clone() })
    });
    Ok(held.collect())
}

fn in_window(on: NaiveDate, today: NaiveDate) -> bool {
    let (first, last) = window(today);
    (first..=last).contains(&on)
}

/// The first and last day a calendar shows.
fn window(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = today.checked_sub_days(Days::new(DAYS_BACK)).unwrap_or(NaiveDate::MIN);
    let last = today.checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(NaiveDate::MAX);
    (first, last)
}

/// Kinds of calendar programs. What a program sends of itself is not kept.
fn client_kind(agent: &str) -> &'static str {
    let agent = agent.to_ascii_lowercase();
    let known = [
        ("google", "google"),
        ("outlook", "outlook"),
        ("microsoft", "outlook"),
        ("exchange", "outlook"),
        ("thunderbird", "thunderbird"),
        ("nextcloud", "nextcloud"),
        ("dataaccessd", "apple"),
        ("calendaragent", "apple"),
        ("ios/", "apple"),
        ("macos/", "apple"),
        ("davx5", "davx5"),
        ("icsx5", "davx5"),
    ];
    known.iter().find(|(sign, _)| agent.contains(sign)).map_or("other", |(_, kind)| kind)
}
