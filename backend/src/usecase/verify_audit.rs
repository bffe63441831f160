//! Holding the audit log against itself and against what was seen of it before (AUD-04).

use std::{collections::BTreeMap, time::Duration};

use crate::{
    Backend, Result,
    audit::chain::{Broken, Checkpoint, Verifier},
    store,
};

/// What reading the log through came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// Every entry is what was written, and none is missing.
    Whole {
        /// How many there are, by the number of the installation's key that binds them.
        entries: BTreeMap<u8, u64>,
        /// How far it reaches, to be kept outside the database.
        checkpoint: Checkpoint,
    },
    /// Somebody has been at it.
    Broken(Broken),
}

/// Reads the whole log through. `checkpoint` is a line written earlier by [`checkpoint`].
///
/// # Errors
/// When the database cannot be read.
pub async fn verify_audit(backend: &Backend, checkpoint: Option<&str>) -> Result<Verified> {
    let seen = match checkpoint.map(|line| Checkpoint::read(backend.keys(), line)).transpose() {
        Ok(seen) => seen,
        Err(broken) => return Ok(Verified::Broken(broken)),
    };
    let at = backend.now();
    let mut verifier = Verifier::new(backend.keys(), seen);
    let mut last = None;
    loop {
        let entries = store::audit::after(backend.db(), last.as_ref()).await?;
        for entry in &entries {
            if let Err(broken) = verifier.take(entry) {
                return Ok(Verified::Broken(broken));
            }
        }
        match entries.into_iter().next_back() {
            Some(entry) => last = Some(entry),
            None => break,
        }
    }
    Ok(match verifier.finish() {
        Ok((heads, entries)) => Verified::Whole { entries, checkpoint: Checkpoint { at, heads } },
        Err(broken) => Verified::Broken(broken),
    })
}

/// How far the log reaches now, as a line to be kept where whoever writes to the database cannot.
///
/// # Errors
/// When the database cannot be read.
pub async fn checkpoint(backend: &Backend) -> Result<String> {
    let checkpoint = Checkpoint { at: backend.now(), heads: store::audit::heads(backend.db()).await? };
    Ok(checkpoint.line(backend.keys()))
}

/// How often a checkpoint is told.
const PAUSE: Duration = Duration::from_hours(1);

/// Tells a checkpoint to the program's own log every hour, as that goes to another place than the database. Until `stop` is ready.
pub async fn run(backend: &Backend, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        match checkpoint(backend).await {
            Ok(line) => tracing::info!(target: "samverkan::audit", checkpoint = line, "audit"),
            Err(fault) => tracing::error!(%fault, "no checkpoint of the audit log"),
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}
