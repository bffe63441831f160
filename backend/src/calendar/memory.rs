//! Calendars that were worked out, kept until anything they follow from changes.
//!
//! Programs ask every hour and nearly always hold what there is; working it out anew takes a dozen questions to the database. What is
//! kept holds as long as the database is as it was, the day lasts and the subscription stands. How long an answer takes tells its
//! subscriber that something in the municipality changed since they last asked, and nothing of what or about whom.

use std::{
    collections::HashMap,
    ops::Deref,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{Backend, Error, Result};

/// The most text kept, in bytes: some thousand calendars of a full year. Beyond, all is let go and comes anew.
const MOST: usize = 64 << 20;

/// A calendar as it is sent.
#[derive(Clone, Debug)]
pub struct Calendar(Arc<Written>);

#[derive(Debug)]
struct Written {
    text: String,
    tag: String,
}

impl Calendar {
    pub(crate) fn new(text: String) -> Self {
        let tag = format!("\"{}\"", HEXLOWER.encode(Sha256::digest(&text).as_slice()));
        Self(Arc::new(Written { text, tag }))
    }

    /// Its entity tag, quoted: the same for the same bytes (rule 25).
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0.tag
    }
}

impl Deref for Calendar {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0.text
    }
}

impl AsRef<[u8]> for Calendar {
    fn as_ref(&self) -> &[u8] {
        self.0.text.as_bytes()
    }
}

/// Which state of the database something was read in. Equal ones: no change was made in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// How many changes this process made of what calendars follow from ([`crate::audit::Action::leaves_calendars`]). On SQLite one
    /// process serves a file, and holds a lock on it; what others may do beside it, `samverkan admin` and `keys`, takes nothing out of
    /// a calendar.
    Changes(u64),
    /// What PostgreSQL calls visible: another one as soon as any transaction that wrote has ended, whoever's it was.
    Snapshot(String),
}

/// A calendar and what it holds under.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub calendar: Calendar,
    /// The subscription.
    pub feed: Uuid,
    pub state: State,
    /// Not from this instant on, even if nothing changes.
    pub until: DateTime<Utc>,
    /// When it was last noted that somebody fetched it.
    pub noted: DateTime<Utc>,
}

/// What is kept, by the hash of the token that opens it.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    changes: AtomicU64,
    kept: Mutex<Hoard>,
}

#[derive(Debug, Default)]
struct Hoard {
    by_token: HashMap<String, Kept>,
    bytes: usize,
}

impl Memory {
    /// Something was changed: nothing kept until now holds any more.
    pub(crate) fn changed(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// What is kept for a token, if it still holds.
    pub(crate) fn find(&self, token_hash: &str, state: &State, now: DateTime<Utc>) -> Option<Kept> {
        let hoard = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        hoard.by_token.get(token_hash).filter(|kept| kept.state == *state && now < kept.until).cloned()
    }

    /// Keeps a calendar in place of the one before.
    pub(crate) fn keep(&self, token_hash: String, kept: Kept) {
        let mut hoard = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        hoard.bytes += kept.calendar.len();
        if let Some(before) = hoard.by_token.insert(token_hash, kept) {
            hoard.bytes -= before.calendar.len();
        }
        if hoard.bytes > MOST {
            *hoard = Hoard::default();
        }
    }
}

impl Backend {
    /// The state the database is in now. Asked before what is kept under it is read.
    pub(crate) async fn state(&self) -> Result<State> {
        if self.on_sqlite() {
            return Ok(State::Changes(self.memory().changes.load(Ordering::SeqCst)));
        }
        let asked = Statement::from_string(DbBackend::Postgres, "SELECT pg_current_snapshot()::text");
        let row = self.db().query_one_raw(asked).await?.ok_or(Error::Fault("PostgreSQL told no snapshot"))?;
        Ok(State::Snapshot(row.try_get_by_index(0)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str, changes: u64) -> Kept {
        Kept {
            calendar: Calendar::new(text.into()),
            feed: Uuid::nil(),
            state: State::Changes(changes),
            until: "2026-11-23T00:00:00Z".parse().unwrap(),
            noted: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_is_kept_holds_for_its_token_its_state_and_its_time() {
        let memory = Memory::default();
        memory.keep("a".into(), kept("x", 1));
        let find = |token, changes, now: &str| {
            memory.find(token, &State::Changes(changes), now.parse().unwrap()).map(|kept| kept.calendar.to_string())
        };
        assert_eq!(find("a", 1, "2026-11-22T23:59:59Z").as_deref(), Some("x"));
        assert_eq!(find("b", 1, "2026-11-22T23:59:59Z"), None);
        assert_eq!(find("a", 2, "2026-11-22T23:59:59Z"), None);
        assert_eq!(find("a", 1, "2026-11-23T00:00:00Z"), None);
        memory.keep("a".into(), kept("y", 2));
        assert_eq!(find("a", 2, "2026-11-22T12:00:00Z").as_deref(), Some("y"));
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let memory = Memory::default();
        let long = "x".repeat(MOST / 2);
        for token in ["a", "a", "b", "c"] {
            memory.keep(token.into(), kept(&long, 0));
        }
        let held = ["a", "b", "c"].map(|token| memory.find(token, &State::Changes(0), DateTime::UNIX_EPOCH).is_some());
        assert_eq!(held, [false; 3], "the third was one too many");
    }
}
