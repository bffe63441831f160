//! Receipts of forms: the same form sent twice is answered as the first time, and changes nothing more.
//!
//! Each rendered form carries a random number, used once. Whoever claims it does the work; everybody after gets the answer.

use std::time::Duration;

use chrono::TimeDelta;
use domain::id::PersonId;

use crate::{Backend, Error, Result, crypt::token_hash, store};

/// How long an answer may take; a claim older than that was left behind by a stopped program.
const LONGEST: TimeDelta = TimeDelta::seconds(30);
/// How long the second of two equal forms waits for the first.
const PATIENCE: Duration = Duration::from_secs(4);

/// Whether a form may be worked on.
#[derive(Debug)]
pub enum Claim {
    /// Yes, for the first time. Say how it went with [`Ticket::answer`] or [`Ticket::release`].
    Fresh(Ticket),
    /// No: it was done, and this was answered.
    Answered(String),
}

/// The right to work on one form.
#[derive(Debug)]
#[must_use = "a claimed form has to be answered or released"]
pub struct Ticket {
    backend: Backend,
    once_hash: String,
}

/// Claims a form for this person. `once` is the number in the form.
///
/// # Errors
/// [`Error::Busy`] while the first of two equal forms is still being worked on; [`Error::NotFound`] for a number that was
/// used by somebody else.
pub async fn claim(backend: &Backend, person: PersonId, once: &str) -> Result<Claim> {
    let once_hash = token_hash(once);
    let ticket = || Ticket { backend: backend.clone(), once_hash: once_hash.clone() };
    let fresh = {
        let _turn = backend.turn().await;
        store::form::claim(backend.db(), &once_hash, person, backend.now()).await?
    };
    if fresh {
        return Ok(Claim::Fresh(ticket()));
    }
    let mut waited = Duration::ZERO;
    let mut pause = Duration::from_millis(20);
    loop {
        let Some(receipt) = store::form::receipt(backend.db(), &once_hash).await? else { return Err(Error::Busy) };
        if receipt.person != person {
            return Err(Error::NotFound);
        }
        if !receipt.done.is_empty() {
            return Ok(Claim::Answered(receipt.done));
        }
        let now = backend.now();
        if now - receipt.at > LONGEST {
            let _turn = backend.turn().await;
            if store::form::take_over(backend.db(), &once_hash, receipt.at, now).await? {
                return Ok(Claim::Fresh(ticket()));
            }
        }
        if waited >= PATIENCE {
            return Err(Error::Busy);
        }
        tokio::time::sleep(pause).await;
        waited += pause;
        pause = (pause * 2).min(Duration::from_millis(500));
    }
}

impl Ticket {
    /// Writes down what was answered; never empty.
    ///
    /// # Errors
    /// When the database fails. The change itself is made already.
    pub async fn answer(self, done: &str) -> Result<()> {
        let _turn = self.backend.turn().await;
        store::form::answer(self.backend.db(), &self.once_hash, done).await
    }

    /// Nothing was changed: the form may be sent again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release(self) -> Result<()> {
        let _turn = self.backend.turn().await;
        store::form::release(self.backend.db(), &self.once_hash).await
    }
}
