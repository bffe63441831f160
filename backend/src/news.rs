//! Tells whoever waits for it that something was changed: pages that stay open are shown as things are now.
//!
//! Only that something was, never what: whoever hears of it asks anew what they may know, so nothing can be told here to the wrong one.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use tokio::{sync::watch, time::sleep};

use crate::{Backend, Error, Result};

/// How often it is asked on PostgreSQL whether another process changed something.
const EVERY: Duration = Duration::from_millis(200);
/// What is changed within so long is told together: opening an item and letting people out are one thing to look at.
const TOGETHER: Duration = Duration::from_millis(100);

/// Who waits for changes.
#[derive(Debug)]
pub(crate) struct News {
    /// How many there were; none once the program stops.
    counted: watch::Sender<Option<u64>>,
    /// Whether somebody asks PostgreSQL already.
    asking: AtomicBool,
}

impl Default for News {
    fn default() -> Self {
        Self { counted: watch::Sender::new(Some(0)), asking: AtomicBool::default() }
    }
}

impl News {
    /// Something was changed.
    pub(crate) fn changed(&self) {
        self.counted.send_modify(|count| *count = count.map(|count| count.wrapping_add(1)));
    }
}

/// What was changed from a moment on.
#[derive(Debug)]
pub struct Changes(watch::Receiver<Option<u64>>);

impl Changes {
    /// Waits until something may have been changed since it last said so; none once the program stops.
    pub async fn next(&mut self) -> Option<()> {
        self.0.changed().await.ok()?;
        self.0.borrow().as_ref()?;
        sleep(TOGETHER).await;
        self.0.borrow_and_update().map(|_| ())
    }
}

impl Backend {
    /// What is changed from now on, by this process or, on PostgreSQL, any other.
    #[must_use]
    pub fn changes(&self) -> Changes {
        let changes = Changes(self.news().counted.subscribe());
        if !self.on_sqlite() && !self.news().asking.swap(true, Ordering::SeqCst) {
            tokio::spawn(ask(self.clone()));
        }
        changes
    }

    /// Lets go of everybody who waits for changes: the program stops.
    pub fn end_news(&self) {
        self.news().counted.send_replace(None);
    }
}

/// Asks PostgreSQL as long as anybody waits. It tells of every transaction that wrote, whoever's it was.
async fn ask(backend: Backend) {
    let (news, mut seen) = (backend.news(), None);
    loop {
        sleep(EVERY).await;
        if news.counted.receiver_count() == 0 {
            news.asking.store(false, Ordering::SeqCst);
            // Somebody may have come in between, and found it being asked.
            if news.counted.receiver_count() == 0 || news.asking.swap(true, Ordering::SeqCst) {
                return;
            }
        }
        match snapshot(&backend).await {
            Ok(now) => {
                if seen.is_some_and(|seen| seen != now) {
                    news.changed();
                }
                seen = Some(now);
            }
            Err(fault) => tracing::warn!(%fault, "it could not be asked what was changed"),
        }
    }
}

/// What PostgreSQL calls visible: another one as soon as any transaction that wrote has ended.
async fn snapshot(backend: &Backend) -> Result<String> {
    let asked = Statement::from_string(DbBackend::Postgres, "SELECT pg_current_snapshot()::text");
    let row = backend.db().query_one_raw(asked).await?.ok_or(Error::Fault("PostgreSQL told no snapshot"))?;
    Ok(row.try_get_by_index(0)?)
}
