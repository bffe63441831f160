//! What nobody can use any more is forgotten, and what a school year came to is published when it is over.

use std::{future::Future, time::Duration};

use chrono::{Days, TimeDelta};
use domain::time::day;

use crate::{
    Backend, Result,
    actor::Doer,
    audit::{Action, Event},
    gate, store,
    usecase::{dispose::carry_out_disposals, publish_figures::publish_figures},
};

/// How often.
const EVERY: Duration = Duration::from_mins(10);

/// Tidies now and then until `stop` is ready. Several processes may do it at once.
pub async fn run(backend: &Backend, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        if let Err(fault) = tidy(backend).await {
            tracing::warn!(fault = &fault as &dyn std::error::Error, "what is over could not be tidied away");
        }
        if let Err(fault) = carry_out_disposals(backend).await {
            tracing::warn!(fault = &fault as &dyn std::error::Error, "what was approved could not be disposed of");
        }
        if let Err(fault) = publish_figures(backend).await {
            tracing::warn!(
                fault = &fault as &dyn std::error::Error,
                "the figures of a school year could not be published"
            );
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// How many days after the day of a meeting that was neither held nor cancelled its anonymous consultations keep their text (A4).
const QUESTION_DAYS: u64 = 7;

/// Forgets drafts that ran out, receipts of yesterday, links of last week, and sessions of the last quarter: until then they
/// tell which kinds of browser somebody uses (AUTH-14). Of meetings that nobody closed, what was to be asked in anonymous
/// consultations goes after a week (A4). What somebody who plans a meeting may not know any more falls off its agenda.
///
/// # Errors
/// When the database fails.
pub async fn tidy(backend: &Backend) -> Result<()> {
    let tx = backend.write(Doer::SYSTEM).await?;
    let yesterday = tx.now() - TimeDelta::days(1);
    let mut gone = store::form::forget_drafts(tx.db(), tx.now()).await?;
    gone += store::form::forget_receipts(tx.db(), yesterday).await?;
    gone += store::session::forget(tx.db(), tx.now() - TimeDelta::days(90)).await?;
    gone += store::entry_link::forget(tx.db(), tx.now() - TimeDelta::days(7)).await?;
    gone += store::agenda::erase_questions_before(&tx, day(tx.now()) - Days::new(QUESTION_DAYS)).await?;
    gone += gate::drop_unplannable(&tx).await? as u64;
    if gone == 0 {
        return Ok(());
    }
    tx.commit(Event::new(Action::Housekeeping)).await
}
