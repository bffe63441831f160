//! Calendars that were worked out, kept until anything they follow from changes.
//!
//! Programs ask every hour and nearly always hold what there is; working it out anew takes a dozen questions to the database. What is
//! kept holds as long as the database is as it was, the day lasts and the subscription stands, and is mostly worked out before anybody
//! asks ([`crate::usecase::work_out_calendars`]). How long an answer takes tells its subscriber at most that something in the
//! municipality was changed just now, and nothing of what or about whom.

use std::{
    collections::{HashMap, HashSet},
    ops::Deref,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{Backend, Result, store};

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

/// Which state of the database something was read in: how many changes were made of what calendars follow from
/// ([`crate::audit::Action::leaves_calendars`]). Equal ones: none was made in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State {
    /// By this process. On SQLite that is all: one process serves a file, and holds a lock on it; what others may do beside it,
    /// `samverkan admin` and `keys`, takes nothing out of a calendar.
    here: u64,
    /// By all, in the transactions that made them (PostgreSQL).
    everywhere: i64,
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
    /// Fetches not yet written down, by subscription.
    fetches: Mutex<HashMap<Uuid, Fetch>>,
}

/// That somebody's program fetched a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fetch {
    pub at: DateTime<Utc>,
    /// The kind of program.
    pub client: &'static str,
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
    pub(crate) fn find(&self, token_hash: &str, state: State, now: DateTime<Utc>) -> Option<Kept> {
        let hoard = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        hoard.by_token.get(token_hash).filter(|kept| kept.state == state && now < kept.until).cloned()
    }

    /// Lets go of everything but what these tokens open.
    pub(crate) fn keep_only(&self, token_hashes: &HashSet<String>) {
        let mut hoard = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        hoard.by_token.retain(|token, _| token_hashes.contains(token));
        hoard.bytes = hoard.by_token.values().map(|kept| kept.calendar.len()).sum();
    }

    /// Whether more can be kept before all is let go, with room to spare for those who ask.
    pub(crate) fn has_room(&self) -> bool {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).bytes < MOST / 4 * 3
    }

    /// Remembers a fetch until it is written down, so that nobody who asks waits for that.
    pub(crate) fn note(&self, feed: Uuid, fetch: Fetch) {
        self.fetches.lock().unwrap_or_else(PoisonError::into_inner).insert(feed, fetch);
    }

    /// The same for fetches that could not be written down; later ones stand.
    pub(crate) fn note_again(&self, fetches: impl IntoIterator<Item = (Uuid, Fetch)>) {
        let mut later = self.fetches.lock().unwrap_or_else(PoisonError::into_inner);
        for (feed, fetch) in fetches {
            later.entry(feed).or_insert(fetch);
        }
    }

    /// The fetches to be written down now.
    pub(crate) fn take_fetches(&self) -> HashMap<Uuid, Fetch> {
        std::mem::take(&mut *self.fetches.lock().unwrap_or_else(PoisonError::into_inner))
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
        let here = self.memory().changes.load(Ordering::SeqCst);
        let everywhere = if self.on_sqlite() { 0 } else { Box::pin(store::calendar_state::changes(self.db())).await? };
        Ok(State { here, everywhere })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(here: u64) -> State {
        State { here, everywhere: 0 }
    }

    fn kept(text: &str, changes: u64) -> Kept {
        Kept {
            calendar: Calendar::new(text.into()),
            feed: Uuid::nil(),
            state: state(changes),
            until: "2026-11-23T00:00:00Z".parse().unwrap(),
            noted: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_is_kept_holds_for_its_token_its_state_and_its_time() {
        let memory = Memory::default();
        memory.keep("a".into(), kept("x", 1));
        let find = |token, changes, now: &str| {
            memory.find(token, state(changes), now.parse().unwrap()).map(|kept| kept.calendar.to_string())
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
        let held = ["a", "b", "c"].map(|token| memory.find(token, state(0), DateTime::UNIX_EPOCH).is_some());
        assert_eq!(held, [false; 3], "the third was one too many");
    }

    #[test]
    fn a_fetch_that_waits_again_gives_way_to_a_later_one() {
        let memory = Memory::default();
        let [early, late] = ["google", "thunderbird"].map(|client| Fetch { at: DateTime::UNIX_EPOCH, client });
        let [one, other] = [Uuid::nil(), Uuid::max()];
        for feed in [one, other] {
            memory.note(feed, early);
        }
        let taken = memory.take_fetches();
        memory.note(one, late);
        memory.note_again(taken);
        assert_eq!(memory.take_fetches(), HashMap::from([(one, late), (other, early)]));
        assert!(memory.take_fetches().is_empty(), "each is taken once");
    }

    #[test]
    fn what_no_token_opens_any_more_is_let_go_and_makes_room() {
        let memory = Memory::default();
        let long = "x".repeat(MOST / 5 * 2);
        for token in ["a", "b"] {
            memory.keep(token.into(), kept(&long, 0));
        }
        assert!(!memory.has_room());
        memory.keep_only(&HashSet::from(["b".to_owned(), "c".to_owned()]));
        let held = ["a", "b", "c"].map(|token| memory.find(token, state(0), DateTime::UNIX_EPOCH).is_some());
        assert_eq!((held, memory.has_room()), ([false, true, false], true));
    }
}
