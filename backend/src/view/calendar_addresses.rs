//! How many calendar subscriptions there are, for administrators: of whom is nobody's to know.

use domain::{id::ForumId, visibility::Role};

use crate::{
    Backend, Result,
    actor::Actor,
    store::{self, feed::Holds},
};

/// How many addresses stand, by whose meetings they hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarAddresses {
    /// People's own meetings.
    pub own: usize,
    /// Those of units.
    pub units: usize,
    /// Those of each forum, youngest first: its id, its name, how many.
    pub forums: Vec<(ForumId, String, usize)>,
}

impl CalendarAddresses {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> usize {
        self.own + self.units + self.forums.iter().map(|(_, _, many)| many).sum::<usize>()
    }
}

/// Counts them.
///
/// # Errors
/// [`crate::Error::Denied`] for all but administrators.
pub async fn calendar_addresses(backend: &Backend, actor: &Actor) -> Result<CalendarAddresses> {
    actor.must_be(&[Role::Administrator])?;
    let holds: Vec<Holds> =
        store::feed::standing(backend.db(), backend.now()).await?.into_iter().map(|feed| feed.holds).collect();
    let many = |of: &dyn Fn(&Holds) -> bool| holds.iter().filter(|one| of(one)).count();
    let forums = store::forum::all(backend.db()).await?;
    Ok(CalendarAddresses {
        own: many(&|one| *one == Holds::Own),
        units: many(&|one| matches!(one, Holds::Unit(_))),
        forums: forums
            .into_iter()
            .map(|forum| (forum.id, forum.name, many(&|one| *one == Holds::Forum(forum.id))))
            .collect(),
    })
}
