//! Holding the audit log against itself and against what was seen of it before (AUD-04).

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use uuid::Uuid;

use crate::{
    Backend, Result,
    audit::chain::{Broken, Checkpoint, Entry, Verifier},
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

/// Reads the whole log through, and holds every version of minutes against what it came to when it was written. `checkpoint` is a line written earlier by [`checkpoint`].
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
    // Before the log: what is written meanwhile is in it and not in here.
    let mut untold: BTreeSet<Uuid> = texts(backend).await?.into_iter().collect();
    let mut last = None;
    loop {
        let entries = store::audit::after(backend.db(), last.as_ref()).await?;
        for entry in &entries {
            if let Err(broken) = verifier.take(entry) {
                return Ok(Verified::Broken(broken));
            }
        }
        if let Some(broken) = rewritten(backend, &entries, &mut untold).await? {
            return Ok(Verified::Broken(broken));
        }
        match entries.into_iter().next_back() {
            Some(entry) => last = Some(entry),
            None => break,
        }
    }
    if let Some(subject) = untold.into_iter().next() {
        return Ok(Verified::Broken(Broken::Unknown { subject }));
    }
    Ok(match verifier.finish() {
        Ok((heads, entries)) => Verified::Whole { entries, checkpoint: Checkpoint { at, heads } },
        Err(broken) => Verified::Broken(broken),
    })
}

/// Every version of minutes there is, and everything that was added to some.
async fn texts(backend: &Backend) -> Result<Vec<Uuid>> {
    let mut all = store::minutes::revision_ids(backend.db()).await?;
    all.extend(store::review::addendum_ids(backend.db()).await?);
    Ok(all)
}

/// The first of these entries that says something was written which is gone now, or another. Takes what it finds from `untold`.
async fn rewritten(backend: &Backend, entries: &[Entry], untold: &mut BTreeSet<Uuid>) -> Result<Option<Broken>> {
    let told: Vec<_> =
        entries.iter().filter_map(|one| Some((one.seq, one.subject()?, one.digest.as_deref()?))).collect();
    for part in told.chunks(500) {
        let ids: Vec<Uuid> = part.iter().map(|(_, subject, _)| *subject).collect();
        let mut found = store::minutes::digests(backend.db(), &ids).await?;
        found.extend(store::review::digests(backend.db(), &ids).await?);
        for (seq, subject, digest) in part {
            if !found.iter().any(|one| one.row == *subject && one.digest == **digest) {
                return Ok(Some(Broken::Rewritten { seq: *seq, subject: *subject }));
            }
            untold.remove(subject);
        }
    }
    Ok(None)
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
