//! Everything of Samverkan that touches the world.
//!
//! `store` and `entity` are private: a raw row cannot leave this crate. What leaves are views, made for one reader at one
//! instant by [`gate`] and [`domain::consent`].

mod agenda;
mod entity;
mod store;

pub mod actor;
pub mod audit;
pub mod auth;
pub mod calendar;
mod call;
mod circle;
pub mod clock;
mod cores;
pub mod crypt;
pub mod database;
pub mod demo;
pub mod draft;
pub mod error;
mod figures;
pub mod gate;
mod hearing;
pub mod job;
mod keeping;
pub mod mail;
pub mod news;
pub mod random;
pub mod receipt;
pub mod record;
pub mod scan;
pub mod tx;
mod typed;
pub mod usecase;
pub mod view;
mod waits;

use std::sync::Arc;

use sea_orm::{DatabaseConnection, DbBackend};

use crate::{
    auth::{door::Door, password::Cost},
    calendar::memory::Memory,
    clock::Clock,
    crypt::Keys,
    mail::AnswerAddress,
    news::News,
    random::Random,
    tx::WriteQueue,
};

pub use error::{Error, Result};

/// The whole backend, cheap to clone.
#[derive(Clone)]
pub struct Backend {
    parts: Arc<Parts>,
}

struct Parts {
    db: DatabaseConnection,
    queue: WriteQueue,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    keys: Keys,
    site: Site,
    door: Door,
    memory: Arc<Memory>,
    news: News,
}

/// What this installation calls itself in addresses and mail.
#[derive(Clone, Debug)]
pub struct Site {
    /// Where people reach it, without a slash at the end: `https://samverkan.example.se`.
    pub origin: String,
    /// The municipality's name as people know it.
    pub municipality: String,
    /// Where answers to invitations by mail come; without it nobody is invited into their calendar by mail.
    pub answers_to: Option<AnswerAddress>,
    /// Whether this is the demo: its logins may be shown on screen.
    pub demo: bool,
}

impl Backend {
    /// Joins an opened database with clock, randomness and keys.
    pub fn new(db: DatabaseConnection, clock: Arc<dyn Clock>, random: Arc<dyn Random>, keys: Keys, site: Site) -> Self {
        Self::with_password_cost(db, clock, random, keys, site, Cost::STANDARD)
    }

    /// The same, with another cost of passwords than the standard.
    pub fn with_password_cost(
        db: DatabaseConnection,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        keys: Keys,
        site: Site,
        cost: Cost,
    ) -> Self {
        let (queue, door, memory, news) = (WriteQueue::default(), Door::new(cost), Arc::default(), News::default());
        Self { parts: Arc::new(Parts { db, queue, clock, random, keys, site, door, memory, news }) }
    }

    /// The same installation with another clock and randomness: for making the demo.
    pub(crate) fn at_another_time(&self, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        let Parts { db, keys, site, door, memory, .. } = self.parts.as_ref();
        let (db, keys, site, memory) = (db.clone(), keys.clone(), site.clone(), Arc::clone(memory));
        let (queue, door, news) = (WriteQueue::default(), Door::new(door.cost), News::default());
        Self { parts: Arc::new(Parts { db, queue, clock, random, keys, site, door, memory, news }) }
    }

    /// The instant now, in UTC, whole microseconds.
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.parts.clock.now()
    }

    /// What this installation calls itself.
    pub fn site(&self) -> &Site {
        &self.parts.site
    }

    /// The keys that seal personal data.
    pub fn keys(&self) -> &Keys {
        &self.parts.keys
    }

    /// The source of randomness.
    pub fn random(&self) -> &dyn Random {
        self.parts.random.as_ref()
    }

    /// For reads by `store` and `view`; writes go through [`tx::Tx`].
    pub(crate) fn db(&self) -> &DatabaseConnection {
        &self.parts.db
    }

    /// Who tries to come in.
    pub(crate) fn door(&self) -> &Door {
        &self.parts.door
    }

    /// Lets go of what was kept of the database: for whoever changed it past this program.
    pub fn changed_from_outside(&self) {
        self.parts.memory.changed();
    }

    pub(crate) fn memory(&self) -> &Memory {
        &self.parts.memory
    }

    pub(crate) fn news(&self) -> &News {
        &self.parts.news
    }

    pub(crate) fn queue(&self) -> &WriteQueue {
        &self.parts.queue
    }

    pub(crate) fn on_sqlite(&self) -> bool {
        self.parts.db.get_database_backend() == DbBackend::Sqlite
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`Error::Database`] when it does not.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.parts.db.ping().await?)
    }

    /// Closes the connections; for a graceful stop.
    pub async fn close(&self) -> Result<()> {
        Ok(self.parts.db.close_by_ref().await?)
    }
}

impl std::fmt::Debug for Backend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Backend")
    }
}
