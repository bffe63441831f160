//! A person's calendar as the feed gives it, and their list of subscriptions.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::{meeting::MeetingState, time::day};
use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    actor::Actor,
    agenda::units_meant,
    calendar::{Occurrence, calendar},
    draft,
    store::{self, feed::Feed, person::PersonRecord},
    usecase::subscribe_calendar::PAGE,
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
pub async fn feed(backend: &Backend, token: &str, client: Option<&str>) -> Result<String> {
    let feed = store::feed::by_token(backend.db(), token).await?.ok_or(Error::NotFound)?;
    let person = store::person::load(backend.db(), feed.person).await?;
    let now = backend.now();
    if let Some(ended_at) = ended(&feed, &person, now) {
        return if now < ended_at + EMPTY_FOR { Ok(calendar(&[], &person.language)) } else { Err(Error::NotFound) };
    }
    let kind = client_kind(client.unwrap_or_default());
    if feed.last_fetched_at.is_none_or(|last| now - last >= NOTE_EVERY) {
        let _turn = backend.turn().await;
        store::feed::fetched(backend.db(), feed.id, now, kind).await?;
    }
    Ok(calendar(&occurrences(backend, &person, now).await?, &person.language))
}

fn ended(feed: &Feed, person: &PersonRecord, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let expired = (feed.expires_at <= now).then_some(feed.expires_at);
    [feed.revoked_at, expired, person.disabled_at].into_iter().flatten().min()
}

/// The meetings a person is invited to for a unit they work in, as long as something there is for them, by what consent
/// says now (rules 32, 42, 43).
async fn occurrences(backend: &Backend, person: &PersonRecord, now: DateTime<Utc>) -> Result<Vec<Occurrence>> {
    let (db, today) = (backend.db(), day(now));
    let works = store::assignment::of_person(db, person.id).await?;
    let mut invitations = store::invitation::of_person(db, person.id).await?;
    invitations.retain(|one| works.iter().any(|work| work.unit == Some(one.unit) && work.holds_on(today)));
    let ids: Vec<_> = invitations.iter().map(|one| one.meeting).collect();
    let mut meetings = store::meeting::with_ids(db, ids).await?;
    meetings.retain(|meeting| in_window(meeting.on, today) && meeting.stage.state != MeetingState::Draft);
    meetings.retain(|meeting| meeting.stage.state != MeetingState::Cancelled || meeting.on >= today);
    let meant = units_meant(db, backend.keys(), &meetings).await?;
    meetings.retain(|meeting| {
        let units = meant.get(&meeting.id);
        let stands = |unit| units.and_then(|units| units.get(unit)).is_some_and(|meant| meant.is_for(person.id));
        invitations.iter().any(|one| one.meeting == meeting.id && stands(&one.unit))
    });
    let origin = &backend.site().origin;
    Ok(meetings
        .into_iter()
        .map(|meeting| Occurrence {
            uid: meeting.calendar_uid,
            sequence: meeting.stage.sequence,
            changed_at: meeting.changed_at,
            on: meeting.on,
            starts: meeting.starts,
            minutes: meeting.minutes.into(),
            place: meeting.place,
            cancelled: meeting.stage.state == MeetingState::Cancelled,
            url: format!("{origin}/traffar/{}", meeting.id),
        })
        .collect())
}

fn in_window(on: NaiveDate, today: NaiveDate) -> bool {
    let first = today.checked_sub_days(Days::new(DAYS_BACK)).unwrap_or(NaiveDate::MIN);
    let last = today.checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(NaiveDate::MAX);
    (first..=last).contains(&on)
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

/// The address of a subscription just made, once: it is forgotten as it is read.
///
/// # Errors
/// When the database fails.
pub async fn made_address(backend: &Backend, actor: &Actor, shown: &str) -> Result<Option<String>> {
    let kept = draft::find(backend, Some(actor.person), shown).await?.filter(|kept| kept.page == PAGE);
    if kept.is_some() {
        draft::forget(backend, Some(actor.person), shown).await?;
    }
    Ok(kept.map(|kept| kept.body))
}

/// A subscription in the person's own list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its id.
    pub id: Uuid,
    /// The name the person gave it.
    pub name: String,
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
    Ok(feeds
        .into_iter()
        .map(|feed| Subscription {
            id: feed.id,
            name: feed.name,
            made_at: feed.created_at,
            ends_at: feed.expires_at,
            ended: feed.expires_at <= now,
            fetched_at: feed.last_fetched_at,
            client: feed.last_client,
        })
        .collect())
}
