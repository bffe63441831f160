//! Makes and ends a person's calendar subscriptions.

use chrono::TimeDelta;
use domain::{flaw::FlawKind, refusal::Refusal, text::PlainText};
use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    draft, store,
    typed::Typed,
    view::feed::choices,
};

/// As many subscriptions as one person may have.
pub const MOST: u64 = 5;

/// How long a subscription lasts, in days.
const LASTS_DAYS: i64 = 365;

/// Makes a subscription and gives its token: the only time it can be seen. `name` as typed: which program or device. `holds` is whose
/// meetings: `own`, `unit` for those of the unit one works in now, or the id of a forum one coordinates.
///
/// # Errors
/// [`Error::Invalid`] naming `name` or `holds`; [`Refusal::TooManyFeeds`].
pub async fn make_feed(backend: &Backend, actor: &Actor, name: &str, holds: &str) -> Result<String> {
    let mut typed = Typed::default();
    let name: Option<PlainText<40>> = typed.line("name", name);
    typed.finish()?;
    let name = Typed::value(name)?;
    let choices = choices(backend, actor).await?;
    let choice = choices.into_iter().find(|choice| choice.value() == holds);
    let holds = choice.ok_or_else(|| Error::flaw("holds", FlawKind::NotAChoice))?.holds();
    let tx = backend.write(actor).await?;
    if store::feed::count(tx.db(), actor.person, tx.now()).await? >= MOST {
        return Err(Refusal::TooManyFeeds.into());
    }
    let token = backend.random().token();
    let ends = tx.now() + TimeDelta::days(LASTS_DAYS);
    let id = store::feed::create(&tx, actor.person, (name.as_str(), holds), &token, ends).await?;
    tx.commit(Event::new(Action::FeedMade).subject(id)).await?;
    Ok(token)
}

/// Makes a subscription and keeps its address to be shown once, by [`crate::view::feed::made_address`]: gives what it is found
/// by. Nothing secret travels in an address of ours.
///
/// # Errors
/// As [`make_feed`].
pub async fn make_feed_to_show(backend: &Backend, actor: &Actor, name: &str, holds: &str) -> Result<String> {
    let token = make_feed(backend, actor, name, holds).await?;
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
