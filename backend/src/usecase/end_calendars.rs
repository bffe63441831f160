//! Ends other people's calendar subscriptions: an address of a forum's went astray, or nobody knows which did (rule 41).

use std::collections::BTreeSet;

use domain::{id::ForumId, visibility::Role};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    job::feed_news,
    store::{
        self,
        feed::{Feed, Holds},
    },
};

/// Ends every subscription to all meetings of a forum, and tells those whose they were.
///
/// # Errors
/// [`Error::Denied`] for all but administrators; [`Error::NotFound`] where there is none.
pub async fn end_forum_calendars(backend: &Backend, actor: &Actor, forum: ForumId) -> Result<()> {
    end(backend, actor, |feed| feed.holds == Holds::Forum(forum)).await
}

/// Ends every subscription there is, and tells those whose they were.
///
/// # Errors
/// As [`end_forum_calendars`].
pub async fn end_all_calendars(backend: &Backend, actor: &Actor) -> Result<()> {
    end(backend, actor, |_| true).await
}

async fn end(backend: &Backend, actor: &Actor, ends: impl Fn(&Feed) -> bool) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let tx = backend.write(actor).await?;
    let mut events = Vec::new();
    let mut people = BTreeSet::new();
    for feed in store::feed::standing(tx.db(), tx.now()).await?.into_iter().filter(|feed| ends(feed)) {
        if store::feed::revoke(&tx, feed.person, feed.id).await? {
            events.push(Event::new(Action::FeedRevoked).subject(feed.id));
            people.insert(feed.person);
        }
    }
    if events.is_empty() {
        return Err(Error::NotFound);
    }
    for person in people {
        feed_news::enqueue_ended(&tx, person).await?;
    }
    tx.commit_all(&events).await
}
