//! Calendars are worked out before anybody asks, and that they were fetched is written down afterwards.
//!
//! Programs ask every hour. Whoever asks after a change is nearly always the first to, and working a calendar out takes some hundred
//! times what sending it does.

use std::{
    collections::HashSet,
    future::Future,
    time::{Duration, Instant},
};

use chrono::{NaiveDate, TimeDelta};
use domain::time::day;
use tokio::time::sleep;

use crate::{
    Backend, Error, Result,
    calendar::memory::State,
    store,
    view::feed::{WorkedOut, work_out},
};

/// How often it is looked whether there is something to do. What is changed more often than that is waited out: none of what was worked
/// out in between would be asked for.
const EVERY: Duration = Duration::from_secs(2);
/// How long the next calendar waits, in times of what the one before took: a fifth of one core at the most goes into them.
const PAUSE: u32 = 4;
/// Calendars nobody fetched for so long are worked out when somebody does; programs ask once a day at least.
const FETCHED_WITHIN: TimeDelta = TimeDelta::days(2);

/// Does both until `stop` is ready; then writes down what is left to write. Several processes may do it at once.
pub async fn run(backend: &Backend, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    let mut round = Round::default();
    loop {
        tokio::select! {
            () = &mut stop => break,
            () = sleep(EVERY) => {}
        }
        write_down(backend).await;
        tokio::select! {
            () = &mut stop => break,
            done = round.look(backend) => if let Err(fault) = done {
                tracing::warn!(fault = &fault as &dyn std::error::Error, "calendars could not be worked out ahead");
            },
        }
    }
    write_down(backend).await;
}

async fn write_down(backend: &Backend) {
    if let Err(fault) = write_fetches_down(backend).await {
        tracing::warn!(fault = &fault as &dyn std::error::Error, "it could not be noted which calendars were fetched");
    }
}

/// What was seen the last time and what was done.
#[derive(Debug, Default)]
struct Round {
    seen: Option<(State, NaiveDate)>,
    done: Option<(State, NaiveDate)>,
}

impl Round {
    /// Works out what is to be, if nothing was changed since it last looked.
    async fn look(&mut self, backend: &Backend) -> Result<()> {
        // A calendar is of its day too.
        let now = Some((backend.state().await?, day(backend.now())));
        if self.seen == now && self.done != now {
            work_out_calendars(backend).await?;
            self.done = now;
        }
        self.seen = now;
        Ok(())
    }
}

/// Works out each calendar that is fetched now and then and does not stand as things are now, the last fetched first, until all do,
/// something is changed or no more can be kept. It says how many it worked out. None is given to anybody here, and none later under
/// another state than it was read in.
///
/// # Errors
/// When the database fails.
pub async fn work_out_calendars(backend: &Backend) -> Result<usize> {
    let (state, now) = (backend.state().await?, backend.now());
    let tokens = store::feed::fetched_since(backend.db(), now - FETCHED_WITHIN, now).await?;
    backend.memory().keep_only(&tokens.iter().cloned().collect::<HashSet<_>>());
    let mut worked_out = 0;
    for token in tokens {
        let now = backend.now();
        if backend.memory().find(&token, state, now).is_some() {
            continue;
        }
        if backend.state().await? != state || !backend.memory().has_room() {
            break;
        }
        let began = Instant::now();
        match work_out(backend, &token, state, now).await {
            Ok(WorkedOut::Standing(_)) => worked_out += 1,
            // It ended meanwhile, or its person's account did.
            Ok(WorkedOut::Ended(_)) | Err(Error::NotFound) => {}
            Err(fault) => return Err(fault),
        }
        sleep(began.elapsed() * PAUSE).await;
    }
    Ok(worked_out)
}

/// Writes down which calendars were fetched, when, and by what kind of program. What cannot be is tried again the next time.
///
/// # Errors
/// When the database fails.
pub async fn write_fetches_down(backend: &Backend) -> Result<()> {
    let mut fetches = backend.memory().take_fetches().into_iter();
    while let Some((feed, fetch)) = fetches.next() {
        let noted = {
            let _turn = backend.turn().await;
            store::feed::fetched(backend.db(), feed, fetch).await
        };
        if let Err(fault) = noted {
            backend.memory().note_again([(feed, fetch)].into_iter().chain(fetches));
            return Err(fault);
        }
    }
    Ok(())
}
