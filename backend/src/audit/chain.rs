//! The log as a chain (AUD-04): every entry carries a keyed hash over itself and the entry before it, so that what is changed,
//! taken out, put in or moved later shows. The key lies outside the database.
//!
//! There are sixteen chains, by case, so that writers on PostgreSQL need not all wait for one. An end cut off, or a whole chain
//! rolled back, looks like a shorter log: that shows only against a [`Checkpoint`] kept somewhere else.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use thiserror::Error;
use uuid::Uuid;

use crate::crypt::Keys;

/// How many chains there are.
pub const CHAINS: u8 = 16;

/// What binds an entry to the one before.
pub type Link = [u8; 32];

/// Before the first entry of a chain.
pub(crate) const NOTHING: Link = [0; 32];

/// An entry as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The row.
    pub seq: i64,
    /// Which chain, from 0.
    pub chain: u8,
    /// The place in the chain, from 1, without gaps.
    pub place: i64,
    /// When; UTC, whole microseconds.
    pub at: DateTime<Utc>,
    /// Who, as what, for which unit; about which case, what else, resting on which consent.
    pub ids: [Option<Uuid>; 6],
    /// What was done, and how it went.
    pub words: [String; 2],
    /// The request it came with.
    pub request: Option<String>,
    /// What was written came to this.
    pub digest: Option<Vec<u8>>,
    /// The keyed hash over all this but the row, and over the entry before.
    pub link: Link,
}

/// The chain an event belongs to: that of its case, so that one case's events stand in order.
pub(crate) fn chain_of(case: Option<Uuid>, otherwise: Option<Uuid>) -> u8 {
    case.or(otherwise).map_or(0, |id| id.as_bytes().last().copied().unwrap_or(0) % CHAINS)
}

impl Entry {
    /// What this entry's link must be after the one before, with the key in use.
    pub(crate) fn linked(&self, keys: &Keys, before: &Link) -> Link {
        keys.chain(before, &self.bytes())
    }

    /// What else it concerned.
    pub(crate) fn subject(&self) -> Option<Uuid> {
        let [_, _, _, _, subject, _] = self.ids;
        subject
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(256);
        bytes.push(self.chain);
        bytes.extend_from_slice(&self.place.to_be_bytes());
        bytes.extend_from_slice(&self.at.timestamp_micros().to_be_bytes());
        for id in &self.ids {
            put(&mut bytes, id.as_ref().map(|id| id.as_bytes().as_slice()));
        }
        for word in &self.words {
            put(&mut bytes, Some(word.as_bytes()));
        }
        put(&mut bytes, self.request.as_deref().map(str::as_bytes));
        put(&mut bytes, self.digest.as_deref());
        bytes
    }
}

/// Length and content, so that no two entries give the same bytes.
fn put(bytes: &mut Vec<u8>, part: Option<&[u8]>) {
    match part {
        None => bytes.extend_from_slice(&u32::MAX.to_be_bytes()),
        Some(part) => {
            bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX - 1).to_be_bytes());
            bytes.extend_from_slice(part);
        }
    }
}

/// What is wrong with a log, and where it begins to be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Broken {
    /// The entry, or the one before it, is not what was written.
    #[error("row {seq} (place {place} of chain {chain}) is not what was written there")]
    Changed {
        /// The row.
        seq: i64,
        /// Its chain.
        chain: u8,
        /// Its place.
        place: i64,
    },
    /// Something stood before this entry.
    #[error("place {place} of chain {chain} is missing, before row {seq}")]
    Missing {
        /// The row after the gap.
        seq: i64,
        /// Its chain.
        chain: u8,
        /// The place that is missing.
        place: i64,
    },
    /// Entries of a chain do not stand in the order of their rows.
    #[error("row {seq} stands at the wrong place of chain {chain}")]
    Moved {
        /// The row.
        seq: i64,
        /// Its chain.
        chain: u8,
    },
    /// The chain does not reach, or no longer holds, what a checkpoint saw.
    #[error("chain {chain} had {place} entries when the checkpoint was made; its end is missing or another one")]
    Shortened {
        /// The chain.
        chain: u8,
        /// How far it reached.
        place: i64,
    },
    /// What was written is gone, or is not what the entry says.
    #[error("what row {seq} says was written is gone or was changed: {subject}")]
    Rewritten {
        /// The row of the log.
        seq: i64,
        /// The row that was written.
        subject: Uuid,
    },
    /// A text of which the log knows nothing.
    #[error("the log knows nothing of a text that was written: {subject}")]
    Unknown {
        /// The row.
        subject: Uuid,
    },
    /// Not a line written by `audit checkpoint` with this key.
    #[error("the checkpoint was not made with this installation's key, or was changed")]
    Checkpoint,
}

/// How far a chain reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The chain.
    pub chain: u8,
    /// The place of its last entry.
    pub place: i64,
    /// That entry's link.
    pub link: Link,
}

/// How far all chains reached at one moment, to be kept where whoever writes to the database cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// The chains that had begun.
    pub heads: Vec<Head>,
}

impl Checkpoint {
    /// As one line of a file: the moment, each chain's place and link, and a keyed hash over them.
    #[must_use]
    pub fn line(&self, keys: &Keys) -> String {
        let said = self.said();
        format!("{said} {}", HEXLOWER.encode(&keys.chain(&NOTHING, said.as_bytes())))
    }

    fn said(&self) -> String {
        let heads =
            self.heads.iter().map(|head| format!(" {}:{}:{}", head.chain, head.place, HEXLOWER.encode(&head.link)));
        format!("v1 {}{}", self.at.timestamp_micros(), heads.collect::<String>())
    }

    /// Reads a line.
    ///
    /// # Errors
    /// [`Broken::Checkpoint`] for any other line than [`Checkpoint::line`] gives with one of these keys.
    pub fn read(keys: &Keys, line: &str) -> Result<Self, Broken> {
        let (said, seal) = line.trim().rsplit_once(' ').ok_or(Broken::Checkpoint)?;
        let seal = HEXLOWER.decode(seal.as_bytes()).ok().and_then(|seal| seal.try_into().ok());
        let ours = seal.is_some_and(|seal| keys.bound_by(&NOTHING, said.as_bytes(), &seal).is_some());
        Self::parse(said).filter(|read| ours && read.said() == said).ok_or(Broken::Checkpoint)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        if parts.next()? != "v1" {
            return None;
        }
        let at = DateTime::from_timestamp_micros(parts.next()?.parse().ok()?)?;
        let heads = parts.map(|part| {
            let mut fields = part.split(':');
            let (chain, place) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
            let link = HEXLOWER.decode(fields.next()?.as_bytes()).ok()?.try_into().ok()?;
            Some(Head { chain, place, link })
        });
        Some(Self { at, heads: heads.collect::<Option<_>>()? })
    }
}

/// Reads the log through, chain by chain, and says where it is first broken.
pub struct Verifier<'a> {
    keys: &'a Keys,
    checkpoint: Checkpoint,
    head: Option<Head>,
    row: i64,
    heads: Vec<Head>,
    /// How many entries each key of the installation binds.
    by_key: BTreeMap<u8, u64>,
}

impl<'a> Verifier<'a> {
    /// Begins, holding the log against what was seen of it before.
    #[must_use]
    pub fn new(keys: &'a Keys, checkpoint: Option<Checkpoint>) -> Self {
        let checkpoint = checkpoint.unwrap_or(Checkpoint { at: DateTime::UNIX_EPOCH, heads: Vec::new() });
        Self { keys, checkpoint, head: None, row: i64::MIN, heads: Vec::new(), by_key: BTreeMap::new() }
    }

    /// Takes the next entry; they come by chain, then place, then row.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn take(&mut self, entry: &Entry) -> Result<(), Broken> {
        let Entry { seq, chain, .. } = *entry;
        if self.head.is_none_or(|head| head.chain != chain) {
            self.heads.extend(self.head.take());
            self.row = i64::MIN;
        }
        let (reached, before) = self.head.map_or((0, NOTHING), |head| (head.place, head.link));
        let place = reached + 1;
        if entry.place > place {
            return Err(Broken::Missing { seq, chain, place });
        }
        if entry.place < place || chain >= CHAINS {
            return Err(Broken::Changed { seq, chain, place: entry.place });
        }
        let key = self.keys.bound_by(&before, &entry.bytes(), &entry.link);
        *self.by_key.entry(key.ok_or(Broken::Changed { seq, chain, place })?).or_default() += 1;
        if seq <= self.row {
            return Err(Broken::Moved { seq, chain });
        }
        let seen = self.checkpoint.heads.iter().find(|seen| seen.chain == chain && seen.place == place);
        if seen.is_some_and(|seen| seen.link != entry.link) {
            return Err(Broken::Shortened { chain, place });
        }
        self.row = seq;
        self.head = Some(Head { chain, place, link: entry.link });
        Ok(())
    }

    /// Ends: how far each chain reaches, and how many entries each key of the installation binds.
    ///
    /// # Errors
    /// [`Broken::Shortened`] where a chain does not reach as far as it did.
    pub fn finish(mut self) -> Result<(Vec<Head>, BTreeMap<u8, u64>), Broken> {
        self.heads.extend(self.head.take());
        for seen in &self.checkpoint.heads {
            if !self.heads.iter().any(|head| head.chain == seen.chain && head.place >= seen.place) {
                return Err(Broken::Shortened { chain: seen.chain, place: seen.place });
            }
        }
        Ok((self.heads, self.by_key))
    }
}

#[cfg(test)]
mod tests;
