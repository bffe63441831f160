//! Makes and ends a person's calendar subscriptions.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::{flaw::FlawKind, id::PersonId, refusal::Refusal, text::PlainText};
use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    calendar::Alarm,
    draft, job,
    store::{
        self,
        feed::{Feed, Wishes},
    },
    tx::Tx,
    typed::Typed,
    view::my_calendar::{WARNED_BEFORE, choices},
};

/// As many subscriptions as one person may have.
pub const MOST: u64 = 5;

/// How long a subscription lasts, in days.
const LASTS_DAYS: i64 = 365;

/// A subscription as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedTyped {
    /// Which program or device it is for.
    pub name: String,
    /// Whose meetings: `own`, `unit` for those of the unit one works in now, or the id of a forum one coordinates.
    pub holds: String,
    /// Whether cancelled meetings are left out (rule 31).
    pub leaves_out_cancelled: bool,
    /// How many minutes before a meeting programs remind; `0` or nothing for never (rule 39).
    pub alarm: String,
}

impl FeedTyped {
    /// One where nothing else was chosen: what is cancelled is struck through, and nothing reminds.
    #[must_use]
    pub fn plain(name: &str, holds: &str) -> Self {
        Self { name: name.into(), holds: holds.into(), ..Self::default() }
    }
}

/// Makes a subscription and gives its token: the only time it can be seen. Whoever uses it is warned before it ends (rule 41).
///
/// # Errors
/// [`Error::Invalid`] naming `name`, `holds` or `alarm`; [`Refusal::TooManyFeeds`].
pub async fn make_feed(backend: &Backend, actor: &Actor, filled: &FeedTyped) -> Result<String> {
    let mut typed = Typed::default();
    let name: Option<PlainText<40>> = typed.line("name", &filled.name);
    let alarm = alarm(&filled.alarm).inspect_err(|kind| typed.flaw("alarm", *kind)).ok().flatten();
    let holds = choices(backend, actor).await?.into_iter().find(|choice| choice.value() == filled.holds);
    if holds.is_none() {
        typed.flaw("holds", FlawKind::NotAChoice);
    }
    typed.finish()?;
    let (name, holds) = (Typed::value(name)?, Typed::value(holds)?.holds());
    let wishes = Wishes { leaves_out_cancelled: filled.leaves_out_cancelled, alarm };
    let tx = backend.write(actor).await?;
    if store::feed::count(tx.db(), actor.person, tx.now()).await? >= MOST {
        return Err(Refusal::TooManyFeeds.into());
    }
    let token = backend.random().token();
    let ends = tx.now() + TimeDelta::days(LASTS_DAYS);
    let id = store::feed::create(&tx, actor.person, (name.as_str(), holds, wishes), &token, ends).await?;
    job::feed_news::enqueue_ending(&tx, id, ends - WARNED_BEFORE).await?;
    tx.commit(Event::new(Action::FeedMade).subject(id)).await?;
    Ok(token)
}

fn alarm(typed: &str) -> std::result::Result<Option<Alarm>, FlawKind> {
    if matches!(typed, "" | "0") {
        return Ok(None);
    }
    let choice = typed.parse().ok().and_then(Alarm::from_minutes);
    choice.map(Some).ok_or(FlawKind::NotAChoice)
}

/// Makes a subscription and keeps its address to be shown once, by [`crate::view::my_calendar::made_address`]: gives what it is
/// found by. Nothing secret travels in an address of ours.
///
/// # Errors
/// As [`make_feed`].
pub async fn make_feed_to_show(backend: &Backend, actor: &Actor, filled: &FeedTyped) -> Result<String> {
    let token = make_feed(backend, actor, filled).await?;
    let address = format!("{}/kalender/{token}.ics", backend.site().origin);
    draft::keep(backend, Some(actor.person), PAGE, &address).await
}

/// Where the address is shown.
pub(crate) const PAGE: &str = "/min-kalender";

/// Ends one's own subscription.
///
/// # Errors
/// [`Error::NotFound`] when it is not one's own, or ended already.
pub async fn revoke_feed(backend: &Backend, actor: &Actor, id: Uuid) -> Result<()> {
    let tx = backend.write(actor).await?;
    if !store::feed::revoke(&tx, actor.person, id).await? {
        return Err(Error::NotFound);
    }
    tx.commit(Event::new(Action::FeedRevoked).subject(id)).await
}

/// Ends all one's own subscriptions: a telephone was lost, or an address went astray and one does not know which (rule 41).
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn revoke_all_feeds(backend: &Backend, actor: &Actor) -> Result<()> {
    let mut tx = backend.write(actor).await?;
    let own = store::feed::of_person(tx.db(), actor.person).await?;
    end_feeds(&mut tx, own).await?;
    tx.commit_all(&[]).await
}

/// Ends these subscriptions, and says whose they were. What happened is recorded; the caller commits.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) async fn end_feeds(tx: &mut Tx, feeds: impl IntoIterator<Item = Feed>) -> Result<BTreeSet<PersonId>> {
    let mut people = BTreeSet::new();
    for feed in feeds {
        if store::feed::revoke(tx, feed.person, feed.id).await? {
            tx.record(Event::new(Action::FeedRevoked).subject(feed.id));
            people.insert(feed.person);
        }
    }
    if people.is_empty() { Err(Error::NotFound) } else { Ok(people) }
}
