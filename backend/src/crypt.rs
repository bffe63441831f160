//! Sealing of personal data before it reaches the database (CRY-01…03).
//!
//! XChaCha20-Poly1305 with a random nonce; the place a value belongs to (table, column, row) is authenticated with it, so a
//! sealed value moved to another row does not open.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use data_encoding::HEXLOWER;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use thiserror::Error;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::random::Random;

const NONCE: usize = 24;
/// The only kind of seal so far; a byte in front leaves room for the next.
const KIND: u8 = 1;

/// Why a sealed value does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SealBroken {
    /// Too short or of an unknown kind.
    #[error("not a sealed value")]
    Form,
    /// Wrong key, moved or changed.
    #[error("a sealed value does not open here")]
    Opened,
    /// Opened, but not text.
    #[error("a sealed value is not text")]
    Text,
}

/// Why a key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyFlaw {
    /// Not 64 hexadecimal digits.
    #[error("the key must be 64 hexadecimal digits (32 bytes)")]
    Form,
    /// All bytes alike: made by hand.
    #[error("the key is not random")]
    Weak,
}

/// The keys of an installation, all derived from one of 32 bytes kept outside the database.
#[derive(Clone)]
pub struct Keys {
    seal: Zeroizing<[u8; 32]>,
    index: Zeroizing<[u8; 32]>,
    pepper: Zeroizing<[u8; 32]>,
    audit: Zeroizing<[u8; 32]>,
}

/// Where a sealed value belongs.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// `table.column`.
    pub column: &'static str,
    /// The row.
    pub row: Uuid,
}

impl Keys {
    /// Reads a key as it stands in its file.
    ///
    /// # Errors
    /// When it is not 32 bytes in hexadecimal, or plainly not random.
    pub fn from_hex(text: &str) -> Result<Self, KeyFlaw> {
        let bytes = Zeroizing::new(HEXLOWER.decode(text.trim().to_lowercase().as_bytes()).map_err(|_| KeyFlaw::Form)?);
        let root: Zeroizing<[u8; 32]> = Zeroizing::new(bytes.as_slice().try_into().map_err(|_| KeyFlaw::Form)?);
        if root.iter().all(|byte| Some(byte) == root.first()) {
            return Err(KeyFlaw::Weak);
        }
        let derive = |purpose: &str| Zeroizing::new(mac(root.as_slice(), &[b"samverkan/", purpose.as_bytes()]));
        Ok(Self { seal: derive("seal"), index: derive("index"), pepper: derive("pepper"), audit: derive("audit") })
    }

    /// A new key in the form its file has.
    pub fn generate(random: &dyn Random) -> String {
        let mut bytes = Zeroizing::new([0; 32]);
        random.fill(bytes.as_mut());
        HEXLOWER.encode(bytes.as_slice())
    }

    /// Seals bytes for their place.
    pub fn seal(&self, random: &dyn Random, place: Place, plain: &[u8]) -> Result<Vec<u8>, SealBroken> {
        let mut nonce = [0; NONCE];
        random.fill(&mut nonce);
        let about = place.about();
        let text = self
            .cipher()
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &about })
            .map_err(|_| SealBroken::Form)?;
        let mut sealed = Vec::with_capacity(1 + NONCE + text.len());
        sealed.push(KIND);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&text);
        Ok(sealed)
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// When it was sealed with another key or for another place, or was changed.
    pub fn open(&self, place: Place, sealed: &[u8]) -> Result<Vec<u8>, SealBroken> {
        let (kind, rest) = sealed.split_first().ok_or(SealBroken::Form)?;
        if *kind != KIND {
            return Err(SealBroken::Form);
        }
        let (nonce, text) = rest.split_at_checked(NONCE).ok_or(SealBroken::Form)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| SealBroken::Form)?;
        let about = place.about();
        self.cipher().decrypt(&XNonce::from(nonce), Payload { msg: text, aad: &about }).map_err(|_| SealBroken::Opened)
    }

    /// Opens sealed text.
    ///
    /// # Errors
    /// As [`Keys::open`], and when it is not UTF-8.
    pub fn open_text(&self, place: Place, sealed: &[u8]) -> Result<String, SealBroken> {
        String::from_utf8(self.open(place, sealed)?).map_err(|_| SealBroken::Text)
    }

    /// A keyed hash by which equal values are found without being readable (CRY-03). Per column.
    pub fn index(&self, column: &'static str, value: &str) -> String {
        HEXLOWER.encode(&mac(self.index.as_slice(), &[column.as_bytes(), b"\0", value.as_bytes()]))
    }

    /// A password with the pepper mixed in, before it is hashed (AUTH-07).
    pub fn pepper(&self, password: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(mac(self.pepper.as_slice(), &[password.as_bytes()]))
    }

    /// What binds an entry of the log to the one before (AUD-04).
    pub fn chain(&self, before: &[u8; 32], entry: &[u8]) -> [u8; 32] {
        mac(self.audit.as_slice(), &[before, entry])
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.seal).into())
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Place {
    fn about(self) -> Vec<u8> {
        let mut about = self.column.as_bytes().to_vec();
        about.push(0);
        about.extend_from_slice(self.row.as_bytes());
        about
    }
}

/// The hash under which a token is kept; tokens themselves are never stored (SESS-01).
pub fn token_hash(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of any length; the error arm cannot be reached and would give a useless, not a weak, key.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    fn keys() -> Keys {
        Keys::from_hex(&Keys::generate(&SeededRandom::new(1))).unwrap()
    }

    #[test]
    fn a_sealed_value_opens_only_in_its_place() {
        let (keys, random) = (keys(), SeededRandom::new(2));
        let (here, there) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let place = Place { column: "case_file.name", row: here };
        let sealed = keys.seal(&random, place, "Åsa".as_bytes()).unwrap();
        assert_eq!(keys.open_text(place, &sealed).unwrap(), "Åsa");
        assert_eq!(keys.open(Place { row: there, ..place }, &sealed), Err(SealBroken::Opened));
        assert_eq!(keys.open(Place { column: "guardian.name", ..place }, &sealed), Err(SealBroken::Opened));
        assert!(!sealed.windows(4).any(|four| four == "Åsa".as_bytes()));
    }

    #[test]
    fn a_changed_byte_never_opens() {
        let keys = keys();
        let place = Place { column: "minutes.body", row: Uuid::from_u128(7) };
        let sealed = keys.seal(&SeededRandom::new(3), place, b"text").unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(keys.open(place, &changed).is_err(), "byte {at}");
        }
    }

    #[test]
    fn weak_and_malformed_keys_are_refused() {
        assert_eq!(Keys::from_hex(&"00".repeat(32)).unwrap_err(), KeyFlaw::Weak);
        assert_eq!(Keys::from_hex("abcd").unwrap_err(), KeyFlaw::Form);
        assert_eq!(Keys::from_hex("zz").unwrap_err(), KeyFlaw::Form);
    }
}
