//! The installation's keys: a file of one or a few lines, outside the database.

use data_encoding::HEXLOWER;
use thiserror::Error;
use zeroize::Zeroizing;

use super::{Header, Place, SealBroken, Secret, Sort, mac, open, seal};
use crate::random::Random;

/// Why keys cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyFlaw {
    /// A line is not a number from 1 to 255 and 64 hexadecimal digits, or what `samverkan keys destroy` leaves of one.
    #[error("each line must be a number from 1 to 255, a space, and 64 hexadecimal digits (32 bytes)")]
    Form,
    /// A key that opens nothing stands first.
    #[error("the first key is destroyed: it seals nothing any more")]
    Spent,
    /// All bytes alike: made by hand.
    #[error("a key is not random")]
    Weak,
    /// Two lines with one number, or one key twice.
    #[error("two lines have the same number or the same key")]
    Twice,
    /// No line at all.
    #[error("there is no key")]
    None,
}

/// There is no number left for another key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("there are 255 keys already")]
pub struct TooMany;

/// The keys of an installation. The first in the file is in use; the others open what was sealed before, or will be used next.
#[derive(Clone)]
pub struct Keys {
    used: Root,
    others: Vec<Root>,
}

/// One line of the file, and what is derived from it.
#[derive(Clone)]
struct Root {
    number: u8,
    /// What opens; none of a key that is destroyed.
    live: Option<Live>,
    pepper: Secret,
    audit: Secret,
}

/// The part of a key that seals and opens.
#[derive(Clone)]
struct Live {
    line: Secret,
    /// Seals the keys of cases.
    wrap: Secret,
    /// Seals what belongs to no case.
    seal: Secret,
    index: Secret,
}

/// Stands before what is left of a key that is destroyed: what binds the log, and what passwords are mixed with. The line it came from
/// does not follow from them.
const SPENT: &str = "destroyed";

impl Root {
    fn new(number: u8, line: Secret) -> Self {
        let derive = |purpose: &str| Zeroizing::new(mac(line.as_slice(), &[b"samverkan/", purpose.as_bytes()]));
        Self {
            number,
            pepper: derive("pepper"),
            audit: derive("audit"),
            live: Some(Live { wrap: derive("wrap"), seal: derive("seal"), index: derive("index"), line }),
        }
    }

    fn read(text: &str) -> Result<Self, KeyFlaw> {
        let (number, digits) = text.split_once(' ').ok_or(KeyFlaw::Form)?;
        let number = number.parse().ok().filter(|number| *number > 0).ok_or(KeyFlaw::Form)?;
        if let Some(left) = digits.trim().strip_prefix(SPENT) {
            let (audit, pepper) = left.trim().split_once(' ').ok_or(KeyFlaw::Form)?;
            return Ok(Self { number, live: None, audit: secret(audit)?, pepper: secret(pepper)? });
        }
        Ok(Self::new(number, secret(digits)?))
    }
}

fn secret(digits: &str) -> Result<Secret, KeyFlaw> {
    let bytes = Zeroizing::new(HEXLOWER.decode(digits.trim().to_lowercase().as_bytes()).map_err(|_| KeyFlaw::Form)?);
    let secret: Secret = Zeroizing::new(bytes.as_slice().try_into().map_err(|_| KeyFlaw::Form)?);
    if secret.iter().all(|byte| Some(byte) == secret.first()) { Err(KeyFlaw::Weak) } else { Ok(secret) }
}

impl Keys {
    /// Reads the keys as they stand in their file: a line for each, its number and 64 hexadecimal digits, the one in use first.
    /// Empty lines are passed over.
    ///
    /// # Errors
    /// When a line is none, a key plainly not random, or there is none.
    pub fn read(text: &str) -> Result<Self, KeyFlaw> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut roots = lines.map(Root::read).collect::<Result<Vec<_>, _>>()?.into_iter();
        let keys = Self { used: roots.next().ok_or(KeyFlaw::None)?, others: roots.collect() };
        let all: Vec<&Root> = keys.all().collect();
        let twice = all.iter().enumerate().any(|(place, one)| {
            // Whatever is left of two equal keys is equal.
            all.iter().skip(place + 1).any(|other| other.number == one.number || other.audit == one.audit)
        });
        if twice {
            return Err(KeyFlaw::Twice);
        }
        if keys.used.live.is_some() { Ok(keys) } else { Err(KeyFlaw::Spent) }
    }

    /// A first key, in the form its file has.
    pub fn generate(random: &dyn Random) -> String {
        line(1, random)
    }

    /// The file with another key at its end: known, not yet in use.
    ///
    /// # Errors
    /// When there is no number left.
    pub fn with_another(&self, random: &dyn Random) -> Result<(String, u8), TooMany> {
        let highest = self.all().map(|root| root.number).max().unwrap_or(0);
        let number = highest.checked_add(1).ok_or(TooMany)?;
        let lines = self.all().map(Root::text).chain([line(number, random)]);
        Ok((lines.collect(), number))
    }

    /// The file with the key of this number first, and so in use; none where there is no such key, or it is destroyed.
    #[must_use]
    pub fn with_first(&self, number: u8) -> Option<String> {
        let (first, rest): (Vec<_>, Vec<_>) = self.all().partition(|root| root.number == number && root.live.is_some());
        if first.is_empty() { None } else { Some(first.into_iter().chain(rest).map(Root::text).collect()) }
    }

    /// The file without the key of this number; none where it is in use or is not there.
    #[must_use]
    pub fn without(&self, number: u8) -> Option<String> {
        if !self.others.iter().any(|root| root.number == number) {
            return None;
        }
        Some(self.all().filter(|root| root.number != number).map(Root::text).collect())
    }

    /// The file with the key of this number destroyed (CRY-05): what it sealed, backups too, nobody opens any more. What is left of it
    /// still holds the log, and the passwords that were mixed with it. None where it is in use, is not there, or is destroyed already.
    #[must_use]
    pub fn with_destroyed(&self, number: u8) -> Option<String> {
        if !self.others.iter().any(|root| root.number == number && root.live.is_some()) {
            return None;
        }
        Some(self.all().map(|root| if root.number == number { root.remains() } else { root.text() }).collect())
    }

    /// Whether any key up to this number opens something still.
    #[must_use]
    pub fn opens_up_to(&self, number: u8) -> bool {
        self.all().any(|root| root.number <= number && root.live.is_some())
    }

    /// Whether the key of this number is destroyed.
    #[must_use]
    pub fn is_destroyed(&self, number: u8) -> bool {
        self.all().any(|root| root.number == number && root.live.is_none())
    }

    /// The number of the key in use.
    #[must_use]
    pub const fn in_use(&self) -> u8 {
        self.used.number
    }

    /// The numbers of all keys, the one in use first.
    #[must_use]
    pub fn numbers(&self) -> Vec<u8> {
        self.all().map(|root| root.number).collect()
    }

    /// Seals, for its place, what tells of no case.
    ///
    /// # Errors
    /// When it is too long for the cipher.
    pub fn seal(&self, random: &dyn Random, place: Place, plain: &[u8]) -> Result<Vec<u8>, SealBroken> {
        let header = Header { sort: Sort::Installation, number: self.used.number };
        seal(&live(&self.used)?.seal, random, header, &place.about(header, None), plain)
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// When it was sealed with a key that is not here or for another place, or was changed.
    pub fn open(&self, place: Place, sealed: &[u8]) -> Result<Vec<u8>, SealBroken> {
        let (header, rest) = Header::read(Sort::Installation, sealed)?;
        open(&live(self.root(header.number)?)?.seal, &place.about(header, None), rest)
    }

    /// Opens sealed text.
    ///
    /// # Errors
    /// As [`Keys::open`], and when it is not UTF-8.
    pub fn open_text(&self, place: Place, sealed: &[u8]) -> Result<String, SealBroken> {
        String::from_utf8(self.open(place, sealed)?).map_err(|_| SealBroken::Text)
    }

    /// The number of the key something was sealed with by [`Keys::seal`].
    pub(crate) fn number_of(sealed: &[u8]) -> Option<u8> {
        Header::read(Sort::Installation, sealed).ok().map(|(header, _)| header.number)
    }

    /// A keyed hash by which equal values are found without being readable (CRY-03). Per column.
    pub fn index(&self, column: &'static str, value: &str) -> String {
        // The key in use is never one that is destroyed.
        self.used.live.as_ref().map(|live| index(live, column, value)).unwrap_or_default()
    }

    /// The same under every key: what was written before another came in use is found as well.
    pub fn indexes(&self, column: &'static str, value: &str) -> Vec<String> {
        self.all().filter_map(|root| root.live.as_ref()).map(|live| index(live, column, value)).collect()
    }

    /// A password with the pepper of a key mixed in, before it is hashed (AUTH-07); none where that key is not here.
    pub(crate) fn pepper(&self, number: u8, password: &str) -> Option<Secret> {
        let root = self.root(number).ok()?;
        Some(Zeroizing::new(mac(root.pepper.as_slice(), &[password.as_bytes()])))
    }

    /// What binds an entry of the log to the one before (AUD-04).
    pub fn chain(&self, before: &[u8; 32], entry: &[u8]) -> [u8; 32] {
        mac(self.used.audit.as_slice(), &[before, entry])
    }

    /// The number of the key that binds an entry to the one before by this link; none where no key here does.
    pub fn bound_by(&self, before: &[u8; 32], entry: &[u8], link: &[u8; 32]) -> Option<u8> {
        self.all().find(|root| mac(root.audit.as_slice(), &[before, entry]) == *link).map(|root| root.number)
    }

    /// Seals a case's key under the key in use.
    pub(super) fn wrap(&self, random: &dyn Random, about: &[u8], secret: &Secret) -> Result<Vec<u8>, SealBroken> {
        let header = Header { sort: Sort::CaseKey, number: self.used.number };
        seal(&live(&self.used)?.wrap, random, header, &[about, &header.bytes()].concat(), secret.as_slice())
    }

    /// Opens a case's key.
    pub(super) fn unwrap(&self, about: &[u8], sealed: &[u8]) -> Result<Secret, SealBroken> {
        let (header, rest) = Header::read(Sort::CaseKey, sealed)?;
        let root = self.root(header.number)?;
        let plain = Zeroizing::new(open(&live(root)?.wrap, &[about, &header.bytes()].concat(), rest)?);
        Ok(Zeroizing::new(plain.as_slice().try_into().map_err(|_| SealBroken::Form)?))
    }

    fn all(&self) -> impl Iterator<Item = &Root> {
        std::iter::once(&self.used).chain(&self.others)
    }

    fn root(&self, number: u8) -> Result<&Root, SealBroken> {
        self.all().find(|root| root.number == number).ok_or(SealBroken::Key)
    }
}

impl Root {
    fn text(&self) -> String {
        match &self.live {
            Some(live) => format!("{} {}\n", self.number, HEXLOWER.encode(live.line.as_slice())),
            None => self.remains(),
        }
    }

    /// What is left of it once it is destroyed.
    fn remains(&self) -> String {
        let (audit, pepper) = (HEXLOWER.encode(self.audit.as_slice()), HEXLOWER.encode(self.pepper.as_slice()));
        format!("{} {SPENT} {audit} {pepper}\n", self.number)
    }
}

fn line(number: u8, random: &dyn Random) -> String {
    let mut bytes = Zeroizing::new([0; 32]);
    random.fill(bytes.as_mut());
    format!("{number} {}\n", HEXLOWER.encode(bytes.as_slice()))
}

/// What opens of a key.
fn live(root: &Root) -> Result<&Live, SealBroken> {
    root.live.as_ref().ok_or(SealBroken::Key)
}

fn index(root: &Live, column: &'static str, value: &str) -> String {
    HEXLOWER.encode(&mac(root.index.as_slice(), &[column.as_bytes(), b"\0", value.as_bytes()]))
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}
