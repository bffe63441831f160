//! Work done after commit: taken on for a while by one process, tried again with growing pauses, set aside after ten tries.

mod calendar_part;
pub(crate) mod feed_news;
pub(crate) mod invitation;
pub(crate) mod mail_answer;
pub mod mailbox;
pub(crate) mod meeting_changed;
pub(crate) mod meeting_news;
pub(crate) mod minutes_news;
pub(crate) mod notice;
mod reminder;

use std::{future::Future, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{Backend, Error, Result, mail::Mailer, store, store::job::Job};

/// How often the outbox is looked into.
const PAUSE: Duration = Duration::from_secs(1);
/// How long a job is one process's own. Longer than a conversation with the mail server may take.
const LEASE: TimeDelta = TimeDelta::seconds(120);
/// How many are looked for at a time.
const BATCH: u64 = 50;
/// After so many tries a job is set aside.
pub const TRIES: i64 = 10;

/// Does what is due until `stop` is ready; what is under way is finished first.
pub async fn run(backend: &Backend, mailer: &Mailer, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        if let Err(fault) = run_due(backend, mailer).await {
            tracing::error!(%fault, "the outbox could not be read");
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Does what is due now; says how many jobs were taken on.
///
/// # Errors
/// When the database fails. A job that fails is put back or set aside instead.
pub async fn run_due(backend: &Backend, mailer: &Mailer) -> Result<usize> {
    let mut taken = 0;
    for id in store::job::due_ids(backend.db(), backend.now(), BATCH).await? {
        let leased = {
            let _turn = backend.turn().await;
            store::job::lease(backend.db(), id, backend.now(), LEASE).await?
        };
        let Some(job) = leased else { continue };
        taken += 1;
        if let Err(fault) = perform(backend, mailer, &job).await {
            put_back(backend, &job, &fault).await?;
        }
    }
    Ok(taken)
}

async fn perform(backend: &Backend, mailer: &Mailer, job: &Job) -> Result<()> {
    match job.kind.as_str() {
        invitation::KIND => invitation::send(backend, mailer, job).await,
        meeting_changed::KIND => meeting_changed::look(backend, job).await,
        meeting_news::KIND => meeting_news::send(backend, mailer, job).await,
        minutes_news::KIND => minutes_news::send(backend, mailer, job).await,
        reminder::KIND => reminder::send(backend, mailer, job).await,
        mail_answer::KIND => mail_answer::take(backend, job).await,
        feed_news::KIND => feed_news::send(backend, mailer, job).await,
        notice::KIND => notice::send(backend, mailer, job).await,
        _ => Err(Error::Inconsistent { table: "job", row: job.id }),
    }
}

async fn put_back(backend: &Backend, job: &Job, fault: &Error) -> Result<()> {
    let kind = kind_of(fault);
    tracing::warn!(job = %job.id, tries = job.attempts, kind, "a job failed");
    let _turn = backend.turn().await;
    let now = backend.now();
    if job.attempts >= TRIES {
        return store::job::park(backend.db(), job.id, now, &kind).await;
    }
    let mut dice = [0];
    backend.random().fill(&mut dice);
    store::job::retry(backend.db(), job.id, next_try(now, job.attempts, dice[0]), &kind).await
}

/// What went wrong, as a word: never an address, a name or text.
fn kind_of(fault: &Error) -> String {
    match fault {
        Error::Mail(kind) => format!("mail_{kind}"),
        Error::NotFound => "not_found".into(),
        Error::Inconsistent { .. } => "inconsistent".into(),
        Error::Database(_) | Error::Busy => "database".into(),
        _ => "fault".into(),
    }
}

/// 5 s, 10 s, 20 s … at most an hour, each a fifth more or less by the roll of the dice, so that what failed together does not
/// come back together.
fn next_try(now: DateTime<Utc>, tries: i64, dice: u8) -> DateTime<Utc> {
    let doublings = u32::try_from(tries - 1).unwrap_or(0).min(20);
    let pause_ms = 5_000_i64.saturating_mul(1 << doublings).min(3_600_000);
    let share = i64::from(dice) * 400 / 255 - 200; // ‰, −200 … +200
    now + TimeDelta::milliseconds(pause_ms + pause_ms * share / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_from_five_seconds_to_an_hour_within_a_fifth() {
        let now = DateTime::UNIX_EPOCH;
        for tries in 1..=TRIES + 5 {
            let middle = (5_000_i64 << (tries - 1)).min(3_600_000);
            for dice in 0..=u8::MAX {
                let pause = (next_try(now, tries, dice) - now).num_milliseconds();
                assert!((middle * 8 / 10..=middle * 12 / 10).contains(&pause), "{tries} {dice} {pause}");
            }
        }
    }
}
