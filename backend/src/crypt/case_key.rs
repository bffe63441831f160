//! The key of one case: what is told of it is sealed under nothing else (CRY-01), so that it can be lost alone (CRY-05).

use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Header, Keys, Place, SealBroken, Secret, Sort, open, seal};
use crate::random::Random;

/// A case's key, opened. It has a generation for each key of the installation that was in use when something was written: the
/// last one seals, the others open what stands there already, as what is written of a case is never written anew (C24).
pub struct CaseKey {
    case: Uuid,
    last: Generation,
    earlier: Vec<Generation>,
}

/// One generation of a case's key.
struct Generation {
    number: u8,
    secret: Secret,
}

/// A value sealed under a key of its own, so that it can be lost while its case stays, and that key, sealed under the case's.
pub struct Apart {
    /// The key, sealed.
    pub key: Vec<u8>,
    /// The value, sealed.
    pub sealed: Vec<u8>,
}

/// A generation as the database holds it.
pub struct WrappedKey {
    /// Which one, from 1.
    pub generation: u8,
    /// The number of the key of the installation it is sealed under.
    pub root: u8,
    /// Itself, sealed.
    pub sealed: Vec<u8>,
}

impl CaseKey {
    /// A first generation.
    pub fn new(random: &dyn Random, case: Uuid) -> Self {
        Self { case, last: Generation::new(random, 1), earlier: Vec::new() }
    }

    /// Opens all generations of a case's key.
    ///
    /// # Errors
    /// When there is none, or the installation's key it needs is not there.
    pub fn open_with<'a>(
        keys: &Keys,
        case: Uuid,
        generations: impl IntoIterator<Item = (u8, &'a [u8])>,
    ) -> Result<Self, SealBroken> {
        let mut all = Vec::new();
        for (number, sealed) in generations {
            all.push(Generation { number, secret: keys.unwrap(&about(case, number), sealed)? });
        }
        all.sort_by_key(|generation| generation.number);
        let last = all.pop().ok_or(SealBroken::Key)?;
        Ok(Self { case, last, earlier: all })
    }

    /// All generations, sealed under the key in use.
    pub fn wrapped(&self, keys: &Keys, random: &dyn Random) -> Result<Vec<WrappedKey>, SealBroken> {
        let all = self.earlier.iter().chain([&self.last]);
        all.map(|one| {
            let sealed = keys.wrap(random, &about(self.case, one.number), &one.secret)?;
            Ok(WrappedKey { generation: one.number, root: keys.in_use(), sealed })
        })
        .collect()
    }

    /// The same with a new generation that seals from now on.
    ///
    /// # Errors
    /// When there are as many as there can be.
    pub fn renewed(mut self, random: &dyn Random) -> Result<Self, SealBroken> {
        let next = Generation::new(random, self.last.number.checked_add(1).ok_or(SealBroken::Form)?);
        self.earlier.push(std::mem::replace(&mut self.last, next));
        Ok(self)
    }

    /// Seals bytes for their place.
    pub fn seal(&self, random: &dyn Random, place: Place, plain: &[u8]) -> Result<Vec<u8>, SealBroken> {
        let header = Header { sort: Sort::Case, number: self.last.number };
        seal(&self.last.secret, random, header, &place.about(header, Some(self.case)), plain)
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// When it was sealed for another place or case, or was changed.
    pub fn open(&self, place: Place, sealed: &[u8]) -> Result<Vec<u8>, SealBroken> {
        let (header, rest) = Header::read(Sort::Case, sealed)?;
        let mut all = self.earlier.iter().chain([&self.last]);
        let one = all.find(|one| one.number == header.number).ok_or(SealBroken::Key)?;
        open(&one.secret, &place.about(header, Some(self.case)), rest)
    }

    /// Seals bytes for their place under a new key of their own, and that key for its place.
    pub fn seal_apart(
        &self,
        random: &dyn Random,
        (key, place): (Place, Place),
        plain: &[u8],
    ) -> Result<Apart, SealBroken> {
        let own = Generation::new(random, 1);
        let header = Header { sort: Sort::Own, number: own.number };
        let sealed = seal(&own.secret, random, header, &place.about(header, Some(self.case)), plain)?;
        Ok(Apart { key: self.seal(random, key, own.secret.as_ref())?, sealed })
    }

    /// Opens text that was sealed under a key of its own.
    ///
    /// # Errors
    /// As [`CaseKey::open_text`], of the key and of the text.
    pub fn open_apart(&self, (key, place): (Place, Place), apart: &Apart) -> Result<String, SealBroken> {
        let own = Zeroizing::new(self.open(key, &apart.key)?);
        let secret: Secret = Zeroizing::new(own.as_slice().try_into().map_err(|_| SealBroken::Key)?);
        let (header, rest) = Header::read(Sort::Own, &apart.sealed)?;
        let text = open(&secret, &place.about(header, Some(self.case)), rest)?;
        String::from_utf8(text).map_err(|_| SealBroken::Text)
    }

    /// Opens sealed text.
    ///
    /// # Errors
    /// As [`CaseKey::open`], and when it is not UTF-8.
    pub fn open_text(&self, place: Place, sealed: &[u8]) -> Result<String, SealBroken> {
        String::from_utf8(self.open(place, sealed)?).map_err(|_| SealBroken::Text)
    }
}

impl Generation {
    fn new(random: &dyn Random, number: u8) -> Self {
        let mut secret = Zeroizing::new([0; 32]);
        random.fill(secret.as_mut());
        Self { number, secret }
    }
}

fn about(case: Uuid, generation: u8) -> Vec<u8> {
    [b"case_key\0".as_slice(), case.as_bytes(), &[generation]].concat()
}

impl std::fmt::Debug for CaseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CaseKey(…)")
    }
}
