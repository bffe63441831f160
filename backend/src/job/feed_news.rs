//! The mail that tells somebody that a calendar address of theirs ends soon, or was ended by an administrator (rule 41). It says whose
//! meetings it held no more than the calendar does.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{id::PersonId, time::day};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    actor::Doer,
    audit::{Action, Event},
    mail::{self, FeedNews, Mailer},
    store::{self, job::Job},
    tx::Tx,
    usecase::subscribe_calendar::PAGE,
};

pub(super) const KIND: &str = "feed_news";
/// A program that has not fetched an address for so long is not used any more: nobody has to be warned.
const USED_WITHIN: TimeDelta = TimeDelta::days(30);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Payload {
    /// A subscription ends soon.
    Ending(Uuid),
    /// An administrator ended subscriptions of a person.
    Ended(Uuid),
}

/// Has the person of a subscription warned from an instant on.
pub(crate) async fn enqueue_ending(tx: &Tx, feed: Uuid, at: DateTime<Utc>) -> Result<()> {
    store::job::enqueue_at(tx, KIND, written(&Payload::Ending(feed))?, at).await
}

/// Has a person told that subscriptions of theirs were ended.
pub(crate) async fn enqueue_ended(tx: &Tx, person: PersonId) -> Result<()> {
    store::job::enqueue(tx, KIND, written(&Payload::Ended(person.uuid()))?).await
}

fn written(payload: &Payload) -> Result<String> {
    serde_json::to_string(payload).map_err(|_| Error::Fault("news of a calendar cannot be written down"))
}

/// Sends it, if there is still something to tell.
pub(super) async fn send(backend: &Backend, mailer: &Mailer, job: &Job) -> Result<()> {
    let broken = || Error::Inconsistent { table: "job", row: job.id };
    let payload: Payload = serde_json::from_str(&job.payload).map_err(|_| broken())?;
    let (news, person) = match payload {
        Payload::Ended(person) => (Some(FeedNews::Ended), PersonId::from_uuid(person)),
        Payload::Ending(feed) => {
            let feed = store::feed::by_id(backend.db(), feed).await?.ok_or_else(broken)?;
            let now = backend.now();
            let used = feed.last_fetched_at.is_some_and(|at| at >= now - USED_WITHIN);
            let stands = feed.revoked_at.is_none() && feed.expires_at > now;
            ((stands && used).then(|| FeedNews::Ending(day(feed.expires_at))), feed.person)
        }
    };
    let person = store::person::load(backend.db(), person).await?;
    let news = news.filter(|_| person.disabled_at.is_none());
    if let Some(news) = news {
        let page = format!("{}{PAGE}", backend.site().origin);
        mailer.send(&person.email, &mail::feed_news(news, &page, &person.language), job.id, job.created_at).await?;
    }
    let tx = backend.write(Doer::SYSTEM).await?;
    store::job::finish(&tx, job.id, news.is_none().then_some("not_needed")).await?;
    let action = if news.is_some() { Action::FeedNewsSent } else { Action::Housekeeping };
    tx.commit(Event::new(action).subject(person.id.uuid())).await
}
