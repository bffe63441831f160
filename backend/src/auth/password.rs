//! Passwords: Argon2id over the password with the pepper mixed in (AUTH-06, AUTH-07, AUTH-08).

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::flaw::FlawKind;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::{Backend, Error, Result, auth::common::is_common};

/// Fewest characters, as a second factor is always asked for (AUTH-06).
pub const SHORTEST: usize = 12;
/// Most characters; nothing is cut off.
pub const LONGEST: usize = 128;

const UNHASHED: Error = Error::Fault("a password could not be hashed");

/// What a hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// A cost below what protects passwords (ASVS 5.0, appendix C).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("argon2id needs at least 47,104 KiB with 1 pass, 19,456 KiB with 2, or 12,288 KiB with 3")]
pub struct TooCheap;

impl Cost {
    /// What new hashes cost: 64 MiB, three passes, one lane.
    pub const STANDARD: Self = Self { memory_kib: 65_536, passes: 3, lanes: 1 };

    /// A cost from configuration.
    ///
    /// # Errors
    /// [`TooCheap`] below the floors.
    pub const fn new(memory_kib: u32, passes: u32, lanes: u32) -> std::result::Result<Self, TooCheap> {
        let floor = match passes {
            0 => return Err(TooCheap),
            1 => 47_104,
            2 => 19_456,
            _ => 12_288,
        };
        if memory_kib < floor || lanes == 0 { Err(TooCheap) } else { Ok(Self { memory_kib, passes, lanes }) }
    }

    /// Next to nothing, for tests that hash much. No configuration leads here.
    pub const fn next_to_nothing() -> Self {
        Self { memory_kib: 64, passes: 1, lanes: 1 }
    }

    fn params(self) -> Result<Params> {
        Params::new(self.memory_kib, self.passes, self.lanes, None).map_err(|_| UNHASHED)
    }
}

/// A password that may be chosen: long enough, not well known, composed (NFC).
#[derive(Clone)]
pub struct NewPassword(Zeroizing<String>);

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

impl NewPassword {
    /// A password as typed. `context` holds words that must not be most of it: the municipality's name, what stands before
    /// the `@`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str, context: &[&str]) -> std::result::Result<Self, FlawKind> {
        let text = composed(text);
        let length = text.chars().count();
        if length == 0 {
            Err(FlawKind::Required)
        } else if length < SHORTEST {
            Err(FlawKind::TooShort { min: 12 })
        } else if length > LONGEST {
            Err(FlawKind::TooLong { max: 128 })
        } else if is_common(&text, context) {
            Err(FlawKind::CommonPassword)
        } else {
            Ok(Self(text))
        }
    }

    /// A password of the demo, which may be well known. Only `crate::demo` has use for it.
    pub(crate) fn well_known(text: &str) -> Self {
        Self(composed(text))
    }
}

fn composed(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.nfc().collect())
}

/// How a typed password fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    /// It is another.
    Wrong,
    /// It is this one.
    Right,
    /// It is this one, but its hash is cheaper than hashes are today, or peppered with another key than the one in use.
    RightButOld,
}

/// The hash of a password as it is stored: the number of the key its pepper is of, and the PHC form with 16 random bytes of salt.
///
/// # Errors
/// [`Error::Busy`] when too many are hashed at once.
pub(crate) async fn hash(backend: &Backend, password: &NewPassword) -> Result<String> {
    let mut salt = [0; 16];
    backend.random().fill(&mut salt);
    let pepper = backend.keys().in_use();
    let peppered = backend.keys().pepper(pepper, &password.0).ok_or(UNHASHED)?;
    let params = backend.door().cost.params()?;
    in_turn(backend, move || {
        let hashed = argon2id(params).hash_password_with_salt(peppered.as_slice(), &salt);
        hashed.map(|hash| format!("{pepper}{hash}")).map_err(|_| UNHASHED)
    })
    .await?
}

/// Whether what was typed is the stored password. Without one, works as long and answers no (AUTH-12).
///
/// # Errors
/// [`Error::Busy`] when too many are hashed at once.
pub(crate) async fn verify(backend: &Backend, stored: Option<&str>, typed: &str) -> Result<Match> {
    let keys = backend.keys();
    let (pepper, stored) = stored.and_then(parts).unzip();
    let pepper = pepper.unwrap_or(keys.in_use());
    let outdated = pepper != keys.in_use();
    let typed = composed(typed);
    let (peppered, stored) = match keys.pepper(pepper, &typed) {
        Some(peppered) => (peppered, stored),
        // The key is gone, and with it the password.
        None => (keys.pepper(keys.in_use(), &typed).ok_or(UNHASHED)?, None),
    };
    let cost = backend.door().cost;
    let params = cost.params()?;
    let stored = stored.map(ToOwned::to_owned);
    in_turn(backend, move || {
        let Some(hash) = stored.as_deref().and_then(|phc| PasswordHash::new(phc).ok()) else {
            let idle = argon2id(params).hash_password_with_salt(peppered.as_slice(), &[0; 16]);
            drop(idle);
            return Match::Wrong;
        };
        // Verifying goes by the parameters in the stored hash, not by today's.
        if argon2id(params).verify_password(peppered.as_slice(), &hash).is_err() {
            return Match::Wrong;
        }
        if outdated || is_cheaper(&hash, cost) { Match::RightButOld } else { Match::Right }
    })
    .await
}

/// The number of the pepper's key, and the PHC form.
fn parts(stored: &str) -> Option<(u8, &str)> {
    let (number, phc) = stored.split_at_checked(stored.find('$')?)?;
    Some((number.parse().ok()?, phc))
}

fn argon2id(params: Params) -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn is_cheaper(hash: &PasswordHash, today: Cost) -> bool {
    Params::try_from(hash).map_or(true, |params| {
        params.m_cost() < today.memory_kib || params.t_cost() < today.passes || params.p_cost() < today.lanes
    })
}

/// Hashes two at once and lets a few wait: a flood of sign-ins must not take all memory and time (AUTH-08).
async fn in_turn<T: Send + 'static>(backend: &Backend, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let door = backend.door();
    let place = door.waiting.clone().try_acquire_owned().map_err(|_| Error::Busy)?;
    let turn = door.hashing.clone().acquire_owned().await.map_err(|_| Error::Busy)?;
    drop(place);
    tokio::task::spawn_blocking(move || {
        // Held in here: a request that is given up must not make room before its hash is done.
        let _turn = turn;
        work()
    })
    .await
    .map_err(|_| UNHASHED)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// AUTH-07
    #[test]
    fn auth_07_costs_below_the_floors_are_refused() {
        for (memory, passes, lanes) in
            [(47_103, 1, 1), (19_455, 2, 1), (12_287, 3, 1), (12_287, 9, 1), (65_536, 0, 1), (65_536, 3, 0)]
        {
            assert_eq!(Cost::new(memory, passes, lanes), Err(TooCheap), "{memory} {passes} {lanes}");
        }
        for (memory, passes, lanes) in [(47_104, 1, 1), (19_456, 2, 1), (12_288, 3, 1)] {
            assert!(Cost::new(memory, passes, lanes).is_ok());
        }
        assert_eq!(Cost::new(65_536, 3, 1), Ok(Cost::STANDARD));
    }

    /// AUTH-06
    #[test]
    fn auth_06_length_is_counted_in_characters_and_nothing_is_cut_off() {
        assert_eq!(NewPassword::parse("", &[]).unwrap_err(), FlawKind::Required);
        assert_eq!(NewPassword::parse("åäöåäöxyzqw", &[]).unwrap_err(), FlawKind::TooShort { min: 12 });
        assert!(NewPassword::parse("åäöåäöxyzqwp", &[]).is_ok());
        let long: String = "tolv små bävrar ".chars().cycle().take(128).collect();
        assert!(NewPassword::parse(&long, &[]).is_ok());
        assert_eq!(NewPassword::parse(&format!("{long}x"), &[]).unwrap_err(), FlawKind::TooLong { max: 128 });
    }

    /// AUTH-06
    #[test]
    fn auth_06_a_letter_and_its_mark_are_the_letter() {
        let apart = NewPassword::parse("tolv sma\u{30a} ba\u{308}vrar", &[]).unwrap();
        let whole = NewPassword::parse("tolv små bävrar", &[]).unwrap();
        assert_eq!(*apart.0, *whole.0);
    }
}
