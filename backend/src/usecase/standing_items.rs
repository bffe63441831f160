//! What stands on every agenda of a forum: put on the drafts there are and on each meeting that is made.

use domain::{
    id::{ForumId, ForumItemId, MeetingId},
    meeting::MeetingState,
    text::Line,
    time::day,
    visibility::Role,
};

use super::add_item::typed_minutes;
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    store::{self, forum_item::StandingItem},
    tx::Tx,
    typed::Typed,
};

/// A standing item as typed.
#[derive(Clone, Debug, Default)]
pub struct StandingItemTyped {
    /// What it is called.
    pub title: String,
    /// How long it takes, minutes.
    pub minutes: String,
    /// Last on the agenda, not first.
    pub closing: bool,
}

/// Adds one, after those there are: first or last on each agenda that is a draft, or is made later.
///
/// # Errors
/// [`Error::Denied`] for others than administrators; flaws in `title`, `minutes`; [`Error::NotFound`].
pub async fn add_standing_item(
    backend: &Backend,
    actor: &Actor,
    forum: ForumId,
    filled: &StandingItemTyped,
) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let mut typed = Typed::default();
    let title = typed.line::<{ Line::MAX }>("title", &filled.title);
    let minutes = typed_minutes(&mut typed, &filled.minutes);
    typed.finish()?;
    let tx = backend.write(actor).await?;
    store::forum::load(tx.db(), forum).await?;
    let there = store::forum_item::of_forum(tx.db(), forum).await?;
    let item = StandingItem {
        id: ForumItemId::from_uuid(tx.new_id()),
        forum,
        title: Typed::value(title)?.into(),
        minutes: Typed::value(minutes)?,
        closing: filled.closing,
        position: there.iter().map(|item| item.position + 1).max().unwrap_or(0),
    };
    store::forum_item::create(&tx, &item).await?;
    for meeting in drafts(&tx, forum).await? {
        store::agenda::lay_standing(&tx, meeting, std::slice::from_ref(&item)).await?;
    }
    tx.commit(Event::new(Action::ForumChanged).subject(forum.uuid())).await
}

/// Takes one away, also off the drafts there are. Where people are invited it stays, as any item.
///
/// # Errors
/// [`Error::Denied`] for others than administrators; [`Error::NotFound`].
pub async fn remove_standing_item(backend: &Backend, actor: &Actor, forum: ForumId, item: ForumItemId) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let tx = backend.write(actor).await?;
    let there = store::forum_item::of_forum(tx.db(), forum).await?;
    if !there.iter().any(|one| one.id == item) {
        return Err(Error::NotFound);
    }
    let drafts = drafts(&tx, forum).await?;
    store::agenda::forget_standing(&tx, item, &drafts).await?;
    store::forum_item::remove(&tx, item).await?;
    tx.commit(Event::new(Action::ForumChanged).subject(forum.uuid())).await
}

/// The forum's coming meetings nobody is invited to yet.
async fn drafts(tx: &Tx, forum: ForumId) -> Result<Vec<MeetingId>> {
    let coming = store::meeting::from_day(tx.db(), day(tx.now())).await?;
    let drafts = coming.iter().filter(|one| one.forum == forum && one.stage.state == MeetingState::Draft);
    Ok(drafts.map(|one| one.id).collect())
}
