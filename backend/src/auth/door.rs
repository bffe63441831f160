//! What a process remembers of who tries to come in. Nothing here has to be shared: what must be is in the database.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU32, Ordering},
};

use chrono::{DateTime, Utc};
use tokio::sync::Semaphore;

use super::{
    lock::{Buckets, Pace},
    password::Cost,
};

/// Hashes made at once (AUTH-08).
const HASHING: usize = 2;
/// Those who may wait for one (AUTH-08).
const WAITING: usize = 16;
/// Failed tries in a minute, of everybody together, that somebody should look at (AUTH-09).
const ALARM: u32 = 100;

/// The state of one process's door.
#[derive(Debug)]
pub(crate) struct Door {
    pub cost: Cost,
    pub hashing: Arc<Semaphore>,
    pub waiting: Arc<Semaphore>,
    pub addresses: Buckets,
    minute: AtomicI64,
    failures: AtomicU32,
}

impl Door {
    pub fn new(cost: Cost) -> Self {
        Self {
            cost,
            hashing: Arc::new(Semaphore::new(HASHING)),
            waiting: Arc::new(Semaphore::new(HASHING + WAITING)),
            addresses: Buckets::new(Pace::SIGN_IN),
            minute: AtomicI64::new(0),
            failures: AtomicU32::new(0),
        }
    }

    /// Counts a failed try; says so once in the log when a minute has too many.
    pub fn failed(&self, now: DateTime<Utc>) {
        let minute = now.timestamp() / 60;
        if self.minute.swap(minute, Ordering::Relaxed) != minute {
            self.failures.store(0, Ordering::Relaxed);
        }
        if self.failures.fetch_add(1, Ordering::Relaxed) + 1 == ALARM {
            tracing::warn!(failures = ALARM, "many failed sign-ins within a minute");
        }
    }
}
