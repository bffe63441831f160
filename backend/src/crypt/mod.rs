//! Sealing of personal data before it reaches the database (CRY-01…04).
//!
//! Three steps: keys of the installation, in a file outside the database ([`Keys`]); under them a key of each case's own
//! ([`CaseKey`]); under that every value that tells of the case, what may go before the case under a key of its own ([`Apart`]).
//! XChaCha20-Poly1305 with a random nonce throughout. The place a
//! value belongs to (table, column, row, case) is authenticated with it, so a sealed value moved elsewhere does not open.

mod case_key;
mod ring;

pub use case_key::{Apart, CaseKey, WrappedKey};
pub use ring::{KeyFlaw, Keys, TooMany};

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

/// 32 bytes that seal.
type Secret = Zeroizing<[u8; 32]>;

/// Why a sealed value does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SealBroken {
    /// Too short or of an unknown kind.
    #[error("not a sealed value")]
    Form,
    /// The key it was sealed with is not there.
    #[error("a sealed value's key is missing")]
    Key,
    /// Wrong key, moved or changed.
    #[error("a sealed value does not open here")]
    Opened,
    /// Opened, but not text.
    #[error("a sealed value is not text")]
    Text,
}

/// Where a sealed value belongs.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// `table.column`.
    pub column: &'static str,
    /// The row.
    pub row: Uuid,
}

/// What stands in front of a sealed value: what sort of key opens it, and which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Header {
    sort: Sort,
    number: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// A key of the installation.
    Installation = 1,
    /// A case's own.
    Case = 2,
    /// A case's key itself, under a key of the installation.
    CaseKey = 3,
    /// A value's own, which lies under its case's.
    Own = 4,
}

impl Header {
    const fn bytes(self) -> [u8; 2] {
        [self.sort as u8, self.number]
    }

    /// Reads what was sealed, which must be of this sort: the key's number, and the rest.
    fn read(sort: Sort, sealed: &[u8]) -> Result<(Self, &[u8]), SealBroken> {
        match sealed {
            [first, number, rest @ ..] if *first == sort as u8 => Ok((Self { sort, number: *number }, rest)),
            _ => Err(SealBroken::Form),
        }
    }
}

impl Place {
    /// All that is authenticated with a value; `case` where it tells of one.
    fn about(self, header: Header, case: Option<Uuid>) -> Vec<u8> {
        let mut about = header.bytes().to_vec();
        about.extend_from_slice(self.column.as_bytes());
        about.push(0);
        about.extend_from_slice(self.row.as_bytes());
        about.extend_from_slice(case.unwrap_or_default().as_bytes());
        about
    }
}

fn seal(
    secret: &Secret,
    random: &dyn Random,
    header: Header,
    about: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, SealBroken> {
    let mut nonce = [0; NONCE];
    random.fill(&mut nonce);
    let text = XChaCha20Poly1305::new((&**secret).into())
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: about })
        .map_err(|_| SealBroken::Form)?;
    let mut sealed = Vec::with_capacity(2 + NONCE + text.len());
    sealed.extend_from_slice(&header.bytes());
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&text);
    Ok(sealed)
}

/// Opens what stands after the header.
fn open(secret: &Secret, about: &[u8], rest: &[u8]) -> Result<Vec<u8>, SealBroken> {
    let (nonce, text) = rest.split_at_checked(NONCE).ok_or(SealBroken::Form)?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| SealBroken::Form)?;
    XChaCha20Poly1305::new((&**secret).into())
        .decrypt(&XNonce::from(nonce), Payload { msg: text, aad: about })
        .map_err(|_| SealBroken::Opened)
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
mod tests;
