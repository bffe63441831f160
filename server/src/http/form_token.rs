//! The token that plain forms carry (WEB-03), masked anew for each response.
//!
//! Dynamic pages are compressed. A secret that stands in many compressed pages beside text somebody else chooses can be guessed
//! from their lengths (BREACH), so what stands in the page is `mask ‖ (mask ⊕ SHA-256(secret))` with a fresh random mask:
//! different every time, the same secret underneath.

use backend::random::Random;
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

const HALF: usize = 32;

/// The secret in the form it has in one page.
#[must_use]
pub fn masked(secret: &str, random: &dyn Random) -> String {
    let mut token = [0; 2 * HALF];
    let (mask, hidden) = token.split_at_mut(HALF);
    random.fill(mask);
    for ((to, mask), byte) in hidden.iter_mut().zip(mask.iter()).zip(Sha256::digest(secret.as_bytes())) {
        *to = mask ^ byte;
    }
    BASE64URL_NOPAD.encode(&token)
}

/// Whether a token was made from this secret.
#[must_use]
pub fn is_of(token: &str, secret: &str) -> bool {
    let Ok(token) = BASE64URL_NOPAD.decode(token.as_bytes()) else { return false };
    let Some((mask, hidden)) = token.split_at_checked(HALF).filter(|(_, hidden)| hidden.len() == HALF) else {
        return false;
    };
    let opened: Vec<u8> = mask.iter().zip(hidden).map(|(mask, hidden)| mask ^ hidden).collect();
    opened.ct_eq(&Sha256::digest(secret.as_bytes())).into()
}

#[cfg(test)]
mod tests {
    use backend::random::SystemRandom;

    use super::*;

    /// WEB-03
    #[test]
    fn a_token_is_different_every_time_and_good_for_its_secret_only() {
        let (one, other) = (masked("secret", &SystemRandom), masked("secret", &SystemRandom));
        assert_ne!(one, other);
        assert!(is_of(&one, "secret") && is_of(&other, "secret"));
        assert!(!is_of(&one, "another"));
        for broken in ["", "abc", "!", &one[1..], &format!("{one}AA")] {
            assert!(!is_of(broken, "secret"), "{broken}");
        }
    }
}
