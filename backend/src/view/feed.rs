//! A person's calendar as the feed gives it, and their list of subscriptions.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::{
    id::{ForumId, MeetingId, PersonId, UnitId},
    meeting::MeetingState,
    time::{day, end_of},
    visibility::Role,
};
use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    actor::Actor,
    agenda::meant_among,
    auth::code::Picture,
    calendar::{
        Calendar, Occurrence, calendar,
        memory::{Fetch, Kept, State},
    },
    crypt::token_hash,
    draft,
    store::{
        self,
        assignment::Work,
        feed::{Feed, Holds},
        invitation::{Invitation, Slot},
        meeting::Meeting,
        person::PersonRecord,
    },
    usecase::subscribe_calendar::PAGE,
    view::invitation::span,
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
    let text = calendar(&occurrences(backend, feed.holds, &person, now).await?, &person.language);
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
    holds: Holds,
    person: &PersonRecord,
    now: DateTime<Utc>,
) -> Result<Vec<Occurrence>> {
    let today = day(now);
    let mut works = store::assignment::of_person(backend.db(), person.id).await?;
    works.retain(|work| work.holds_on(today) && work.role != Role::Operator);
    let mut meetings = match holds {
        // Never both (rule 51).
        Holds::Own if person.by_mail => Vec::new(),
        Holds::Own => own(backend, person, &works, today).await?,
        Holds::Forum(forum) => whole(of_forum(backend, forum, &works, today).await?),
        Holds::Unit(unit) => whole(of_unit(backend, unit, person.id, &works, today).await?),
    };
    if person.by_mail {
        let invited = store::invitation::of_person(backend.db(), person.id).await?;
        meetings.retain(|held| !invited.iter().any(|one| one.meeting == held.meeting.id));
    }
    let origin = &backend.site().origin;
    Ok(meetings.into_iter().map(|Held { meeting, part }| occurrence(meeting, part, origin)).collect())
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
async fn own(backend: &Backend, person: &PersonRecord, works: &[Work], today: NaiveDate) -> Result<Vec<Held>> {
    let (db, (first, last)) = (backend.db(), window(today));
    let mut by_meeting: BTreeMap<MeetingId, Vec<Invitation>> = BTreeMap::new();
    for one in store::invitation::of_person_between(db, person.id, first, last).await? {
        by_meeting.entry(one.meeting).or_default().push(one);
    }
    let mut meetings = store::meeting::of_invited(db, person.id, first, last).await?;
    let stands = |one: &&Invitation| !one.withdrawn && works.iter().any(|work| work.unit == Some(one.unit));
    let standing = |meeting: &Meeting| by_meeting.get(&meeting.id).into_iter().flatten().filter(stands);
    meetings.retain(|meeting| is_shown(meeting, today) && standing(meeting).next().is_some());
    let meant =
        meant_among(db, backend.keys(), &meetings, |meeting| standing(meeting).map(|one| one.unit).collect()).await?;
    let held = meetings.iter().filter_map(|meeting| {
        let meant = meant.get(&meeting.id)?;
        let is_for = |one: &&Invitation| meant.get(&one.unit).is_some_and(|meant| meant.is_for(person.id));
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

/// How somebody's meetings come into their calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarWay {
    /// Their programs fetch them.
    Feed,
    /// Each comes as an invitation.
    Mail,
}

impl CalendarWay {
    /// As a form sends it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Mail => "mail",
        }
    }

    /// The way with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Feed, Self::Mail].into_iter().find(|way| way.code() == code)
    }
}

/// The way an actor chose, where there is a choice: mail needs somewhere for its answers to come to.
///
/// # Errors
/// When the database fails.
pub async fn calendar_way(backend: &Backend, actor: &Actor) -> Result<Option<CalendarWay>> {
    if backend.site().answers_to.is_none() {
        return Ok(None);
    }
    let person = store::person::load(backend.db(), actor.person).await?;
    Ok(Some(if person.by_mail { CalendarWay::Mail } else { CalendarWay::Feed }))
}

/// What somebody can subscribe to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// One's own meetings.
    Own,
    /// Those of the unit one works in now.
    Unit(UnitId),
    /// All of a forum one coordinates: its id and name.
    Forum(ForumId, String),
}

impl Choice {
    /// As a form sends it.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::Own => "own".into(),
            Self::Unit(_) => "unit".into(),
            Self::Forum(forum, _) => forum.to_string(),
        }
    }

    pub(crate) fn holds(&self) -> Holds {
        match self {
            Self::Own => Holds::Own,
            Self::Unit(unit) => Holds::Unit(*unit),
            Self::Forum(forum, _) => Holds::Forum(*forum),
        }
    }
}

/// What an actor can subscribe to now.
///
/// # Errors
/// When the database fails.
pub async fn choices(backend: &Backend, actor: &Actor) -> Result<Vec<Choice>> {
    let mut choices = vec![Choice::Own];
    let Some(unit) = actor.unit else { return Ok(choices) };
    choices.push(Choice::Unit(unit));
    if actor.role == Role::Coordinator {
        for forum in store::forum::all(backend.db()).await? {
            let places = store::roster::places(backend.db(), forum.id).await?;
            if places.iter().any(|(seated, _)| *seated == unit) {
                choices.push(Choice::Forum(forum.id, forum.name));
            }
        }
    }
    Ok(choices)
}

/// An address just made: a secret, so never printed.
#[derive(Clone)]
pub struct MadeAddress {
    /// The address, https.
    pub address: String,
    /// A picture of it for a telephone's camera, as webcal.
    pub picture: Picture,
}

/// The address of a subscription just made, once: it is forgotten as it is read.
///
/// # Errors
/// When the database fails.
pub async fn made_address(backend: &Backend, actor: &Actor, shown: &str) -> Result<Option<MadeAddress>> {
    let kept = draft::find(backend, Some(actor.person), shown).await?.filter(|kept| kept.page == PAGE);
    if kept.is_some() {
        draft::forget(backend, Some(actor.person), shown).await?;
    }
    let Some(address) = kept.map(|kept| kept.body) else { return Ok(None) };
    let bare = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    let picture = Picture::of(&format!("webcal://{bare}"))?;
    Ok(Some(MadeAddress { address, picture }))
}

/// A subscription in the person's own list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its id.
    pub id: Uuid,
    /// The name the person gave it.
    pub name: String,
    /// Whose meetings it holds.
    pub holds: Choice,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When it ends by itself.
    pub ends_at: DateTime<Utc>,
    /// Whether it has ended.
    pub ended: bool,
    /// When it was last fetched, within five minutes.
    pub fetched_at: Option<DateTime<Utc>>,
    /// By what kind of program: `google`, `outlook`, `apple`, `thunderbird`, `nextcloud`, `davx5`, `other`.
    pub client: Option<String>,
}

/// One's own subscriptions, newest first.
///
/// # Errors
/// When the database fails.
pub async fn my_calendar(backend: &Backend, actor: &Actor) -> Result<Vec<Subscription>> {
    let now = backend.now();
    let feeds = store::feed::of_person(backend.db(), actor.person).await?;
    let forums = store::forum::all(backend.db()).await?;
    let name = |id: ForumId| forums.iter().find(|forum| forum.id == id).map(|forum| forum.name.clone());
    Ok(feeds
        .into_iter()
        .map(|feed| Subscription {
            id: feed.id,
            name: feed.name,
            holds: match feed.holds {
                Holds::Own => Choice::Own,
                Holds::Unit(unit) => Choice::Unit(unit),
                Holds::Forum(forum) => Choice::Forum(forum, name(forum).unwrap_or_default()),
            },
            made_at: feed.created_at,
            ends_at: feed.expires_at,
            ended: feed.expires_at <= now,
            fetched_at: feed.last_fetched_at,
            client: feed.last_client,
        })
        .collect())
}
