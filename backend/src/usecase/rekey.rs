//! Puts what is sealed under the installation's key in use, while people work (CRY-04).
//!
//! Nothing that is written of a case is written anew (C24): its key gets another generation for what is written from now on, and
//! all generations are sealed under the key in use. A step done is done; stopped at any moment, the next run goes on.

use std::collections::{BTreeMap, BTreeSet};

pub use crate::store::rekeying::Uses;
use crate::{
    Backend, Result,
    actor::Doer,
    audit::{Action, Event},
    store,
};

/// Cases in one transaction: few, so that nobody waits long.
const STEP: u64 = 20;

/// Puts everything under the key in use. `told` hears how many cases are done so far.
///
/// # Errors
/// When the database fails, or a key that something still hangs on is not there.
pub async fn rekey(backend: &Backend, mut told: impl FnMut(u64)) -> Result<u64> {
    let mut done = 0;
    loop {
        let cases = store::rekeying::cases_behind(backend.db(), backend.keys(), STEP).await?;
        if cases.is_empty() {
            break;
        }
        let tx = backend.write(Doer::SYSTEM).await?;
        for case in &cases {
            store::rekeying::renew_case(&tx, *case).await?;
            done += 1;
        }
        tx.commit(Event::new(Action::KeysRenewed)).await?;
        told(done);
    }
    let tx = backend.write(Doer::SYSTEM).await?;
    store::rekeying::reseal_seeds(&tx).await?;
    store::rekeying::reseal_titles(&tx).await?;
    tx.commit(Event::new(Action::KeysRenewed)).await?;
    Ok(done)
}

/// The numbers of keys the database was sealed with that are not at hand, or are others (CRY-09).
///
/// # Errors
/// When the database fails.
pub async fn unfit(backend: &Backend) -> Result<BTreeSet<u8>> {
    store::rekeying::unfit(backend.db(), backend.keys()).await
}

/// How much hangs on each key there is.
///
/// # Errors
/// When the database fails.
pub async fn uses(backend: &Backend) -> Result<BTreeMap<u8, Uses>> {
    let mut all = BTreeMap::new();
    for number in backend.keys().numbers() {
        all.insert(number, store::rekeying::uses(backend.db(), number).await?);
    }
    Ok(all)
}
