//! The page "Min kalender": one's subscriptions, and what one can subscribe to.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    id::{ForumId, UnitId},
    visibility::Role,
};
use uuid::Uuid;

pub use crate::store::feed::Wishes;
use crate::{
    Backend, Result,
    actor::Actor,
    auth::code::Picture,
    draft,
    store::{self, feed::Holds},
    usecase::subscribe_calendar::PAGE,
};

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

/// So long before a subscription ends by itself its person is warned (rule 41).
pub const WARNED_BEFORE: TimeDelta = TimeDelta::days(30);

/// A subscription in the person's own list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its id.
    pub id: Uuid,
    /// The name the person gave it.
    pub name: String,
    /// Whose meetings it holds.
    pub holds: Choice,
    /// How they are wanted.
    pub wishes: Wishes,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When it ends by itself.
    pub ends_at: DateTime<Utc>,
    /// Whether it has ended.
    pub ended: bool,
    /// Whether that is soon.
    pub ends_soon: bool,
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
            wishes: feed.wishes,
            made_at: feed.created_at,
            ends_at: feed.expires_at,
            ended: feed.expires_at <= now,
            ends_soon: feed.expires_at > now && feed.expires_at - WARNED_BEFORE <= now,
            fetched_at: feed.last_fetched_at,
            client: feed.last_client,
        })
        .collect())
}
