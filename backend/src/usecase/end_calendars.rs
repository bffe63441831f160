//! Ends other people's calendar subscriptions: an address of a forum's went astray, or nobody knows which did (rule 41).

use domain::{id::ForumId, visibility::Role};

use crate::{
    Backend, Result,
    actor::Actor,
    job::feed_news,
    store::{
        self,
        feed::{Feed, Holds},
    },
    usecase::subscribe_calendar::end_feeds,
};

/// Ends every subscription to all meetings of a forum, and tells those whose they were.
///
/// # Errors
/// [`crate::Error::Denied`] for all but administrators; [`crate::Error::NotFound`] where there is none.
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
    let mut tx = backend.write(actor).await?;
    let feeds = store::feed::standing(tx.db(), tx.now()).await?;
    for person in end_feeds(&mut tx, feeds.into_iter().filter(ends)).await? {
        feed_news::enqueue_ended(&tx, person).await?;
    }
    tx.commit_all(&[]).await
}
