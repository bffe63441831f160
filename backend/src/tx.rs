//! One change to the world. Dropped without `commit`, nothing happened.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::id::CaseId;
use sea_orm::{ConnectionTrait, DatabaseTransaction, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::{
    Backend, Error, Result,
    actor::Doer,
    audit::Event,
    crypt::{CaseKey, Place},
    store::{self, audit::Outcome},
};

/// A change under way: who, when, and a database transaction.
pub struct Tx {
    inner: DatabaseTransaction,
    backend: Backend,
    doer: Doer,
    now: DateTime<Utc>,
    /// What happened so far; written down as the change is made so, all at once.
    events: Vec<Event>,
    _turn: Option<Turn>,
}

/// SQLite lets one write at a time and is unfair about whose turn it is; this is fair. A withdrawal of consent passes
/// everybody who waits (F2, R04b).
#[derive(Default)]
pub(crate) struct WriteQueue {
    ordinary: Arc<Mutex<()>>,
    pen: Arc<Mutex<()>>,
}

pub(crate) struct Turn {
    _pen: OwnedMutexGuard<()>,
    _place: Option<OwnedMutexGuard<()>>,
}

impl WriteQueue {
    pub(crate) async fn turn(&self, urgent: bool) -> Turn {
        // Ordinary writers queue for one place; only its holder stands in line for the pen, so somebody urgent waits for two at most.
        let place = if urgent { None } else { Some(Arc::clone(&self.ordinary).lock_owned().await) };
        Turn { _pen: Arc::clone(&self.pen).lock_owned().await, _place: place }
    }
}

impl Backend {
    /// Begins a change.
    ///
    /// # Errors
    /// [`crate::Error::Busy`] or [`crate::Error::Database`] when the database gives no transaction.
    pub async fn write(&self, doer: impl Into<Doer>) -> Result<Tx> {
        self.begin(doer.into(), false).await
    }

    /// Begins a change that passes everybody who waits: withdrawals of consent.
    ///
    /// # Errors
    /// As [`Backend::write`].
    pub async fn write_urgently(&self, doer: impl Into<Doer>) -> Result<Tx> {
        self.begin(doer.into(), true).await
    }

    /// A place in the line of writers, for the few writes that are nobody's deed: drafts, receipts, when a session was used.
    pub(crate) async fn turn(&self) -> Option<Turn> {
        if self.on_sqlite() { Some(self.queue().turn(false).await) } else { None }
    }

    async fn begin(&self, doer: Doer, urgent: bool) -> Result<Tx> {
        let turn = if self.on_sqlite() { Some(self.queue().turn(urgent).await) } else { None };
        let inner = self.transaction().await?;
        if !self.on_sqlite() {
            // A held transaction bounds how long a withdrawal can wait for its lock (CONS-04).
            inner
                .execute_unprepared(
                    "SET LOCAL statement_timeout = '2s'; SET LOCAL idle_in_transaction_session_timeout = '2s'",
                )
                .await?;
        }
        Ok(Tx { inner, backend: self.clone(), doer, now: self.now(), events: Vec::new(), _turn: turn })
    }

    async fn transaction(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), // PostgreSQL ignores it
            ..Default::default()
        };
        Ok(self.db().begin_with_options(options).await?)
    }

    /// Writes down what was looked at, found or not, before the answer leaves (AUD-02).
    pub(crate) async fn log(&self, doer: &Doer, outcome: Outcome, events: &[Event]) -> Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        let _turn = self.turn().await;
        let tx = self.transaction().await?;
        store::audit::record(&tx, self.keys(), doer, self.now(), outcome, events).await?;
        Ok(tx.commit().await?)
    }
}

impl Tx {
    /// The instant of this change.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Who it is written down for.
    pub fn doer(&self) -> &Doer {
        &self.doer
    }

    /// The backend it belongs to.
    pub fn backend(&self) -> &Backend {
        &self.backend
    }

    /// A new random id.
    pub(crate) fn new_id(&self) -> uuid::Uuid {
        self.backend.random().uuid()
    }

    /// Seals text that tells of no case, for a column of a row.
    pub(crate) fn seal(&self, column: &'static str, row: uuid::Uuid, text: &str) -> Result<Vec<u8>> {
        Ok(self.backend.keys().seal(self.backend.random(), Place { column, row }, text.as_bytes())?)
    }

    /// Seals text that tells of a case, for a column of a row.
    pub(crate) async fn seal_of(
        &self,
        case: CaseId,
        column: &'static str,
        row: uuid::Uuid,
        text: &str,
    ) -> Result<Vec<u8>> {
        let key = store::case_key::of(&self.inner, self.backend.keys(), case).await?;
        self.seal_with(&key, Place { column, row }, text.as_bytes())
    }

    /// Seals bytes with a case's key that is at hand.
    pub(crate) fn seal_with(&self, key: &CaseKey, place: Place, bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(key.seal(self.backend.random(), place, bytes)?)
    }

    pub(crate) fn db(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// Records one of several things that happen together. Still needs [`Tx::commit`].
    pub(crate) fn record(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Records what happened and makes it so.
    ///
    /// # Errors
    /// When it cannot be recorded or made so; then nothing happened.
    pub async fn commit(self, event: Event) -> Result<()> {
        self.commit_all(&[event]).await
    }

    /// Records several things that happened together, and makes them so.
    ///
    /// # Errors
    /// As [`Tx::commit`].
    pub async fn commit_all(mut self, events: &[Event]) -> Result<()> {
        self.events.extend_from_slice(events);
        let Self { inner, backend, doer, now, events, .. } = &self;
        store::audit::record(inner, backend.keys(), doer, *now, Outcome::Done, events).await?;
        let touches_calendars = events.is_empty() || events.iter().any(|event| !event.action.leaves_calendars());
        if touches_calendars && !backend.on_sqlite() {
            store::calendar_state::count_one(inner).await?;
        }
        let Self { inner, backend, _turn: turn, .. } = self;
        // Seen to its end also when whoever asked for it goes away meanwhile: nothing kept may outlive the change.
        let seen_through = tokio::spawn(async move {
            let done = inner.commit().await;
            if touches_calendars {
                backend.memory().changed();
            }
            backend.news().changed();
            drop(turn);
            done
        });
        Ok(seen_through.await.map_err(|_| Error::Fault("a change was not seen through"))??)
    }
}
