//! What nobody can use any more is forgotten.

use chrono::TimeDelta;

use crate::{
    Backend, Result,
    actor::Doer,
    audit::{Action, Event},
    store,
};

/// Forgets drafts that ran out, receipts and sessions of yesterday, and links of last week. To be run now and then, by any
/// process.
///
/// # Errors
/// When the database fails.
pub async fn tidy(backend: &Backend) -> Result<()> {
    let tx = backend.write(Doer::SYSTEM).await?;
    let yesterday = tx.now() - TimeDelta::days(1);
    let mut gone = store::form::forget_drafts(tx.db(), tx.now()).await?;
    gone += store::form::forget_receipts(tx.db(), yesterday).await?;
    gone += store::session::forget(tx.db(), yesterday).await?;
    gone += store::entry_link::forget(tx.db(), tx.now() - TimeDelta::days(7)).await?;
    if gone == 0 {
        return Ok(());
    }
    tx.commit(Event::new(Action::Housekeeping)).await
}
