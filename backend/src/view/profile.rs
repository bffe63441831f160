//! What somebody sees of themselves: what they can work as, their settings, where they are signed in.

use chrono::{DateTime, Utc};
use domain::{id::PersonId, time, visibility::Role};
use uuid::Uuid;

use super::people::{WorkLine, work_line};
use crate::{Backend, Result, actor::Actor, auth::session::IDLE, crypt::token_hash, store};

/// A browser somebody is signed in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLine {
    /// What the form that ends it calls it; of no use as a token.
    pub name: String,
    /// The kind of browser; empty when it was not told.
    pub browser: String,
    /// When it began.
    pub since: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub seen_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub present: bool,
}

/// Somebody's own page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// `sv` or `en`.
    pub language: String,
    /// What they work as today.
    pub works: Vec<WorkLine>,
    /// Where they are signed in, the latest first.
    pub sessions: Vec<SessionLine>,
    /// What they write often, with the ids; for who writes minutes.
    pub phrases: Option<Vec<(Uuid, String)>>,
}

/// Somebody's own page. `token` is the session that asks.
///
/// # Errors
/// When the database fails.
pub async fn profile(backend: &Backend, actor: &Actor, token: Option<&str>) -> Result<Profile> {
    let person = store::person::load(backend.db(), actor.person).await?;
    let present = token.map(token_hash);
    let now = backend.now();
    let mut sessions: Vec<SessionLine> = store::session::open_of(backend.db(), actor.person)
        .await?
        .into_iter()
        .filter(|session| now < session.ends_at && now < session.seen_at + IDLE)
        .map(|session| SessionLine {
            name: session.name().to_owned(),
            present: present.as_ref() == Some(&session.token_hash),
            browser: session.client,
            since: session.created_at,
            seen_at: session.seen_at,
        })
        .collect();
    sessions.sort_by_key(|session| std::cmp::Reverse((session.present, session.seen_at)));
    let works = works(backend, person.id).await?;
    let phrases = if actor.role == Role::Coordinator {
        Some(store::phrase::of_person(backend.db(), backend.keys(), actor.person).await?)
    } else {
        None
    };
    Ok(Profile { name: person.name, email: person.email, language: person.language, works, sessions, phrases })
}

/// What somebody can work as today.
///
/// # Errors
/// When the database fails.
pub async fn works(backend: &Backend, person: PersonId) -> Result<Vec<WorkLine>> {
    let today = time::day(backend.now());
    let works = store::assignment::of_person(backend.db(), person).await?;
    Ok(works.iter().map(|work| work_line(work, today)).filter(|line| line.current).collect())
}
