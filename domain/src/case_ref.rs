//! The reference a case is spoken of by (ärendereferens).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Digits and consonants: no 0 O, no 1 I L, no vowels, so that no reference is mistaken for another or spells a word.
const ALPHABET: &[u8; 27] = b"23456789BCDFGHJKMNPQRSTVWXZ";

/// How many references there are.
const COUNT: u64 = 27 * 27 * 27 * 27;

/// Four random characters: a running number would tell of cases one may not know. Uniqueness is the store's to keep.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseRef([u8; 4]);

/// Text that is no case reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("a case reference is four characters, such as K7MT")]
pub struct NotACaseRef;

impl CaseRef {
    /// The reference of eight random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 8]) -> Self {
        // 2⁶⁴ is more than 10¹³ times the count: the remainder favours no reference in any way that matters.
        let mut rest = u64::from_be_bytes(bytes) % COUNT;
        Self([0; 4].map(|_: u8| {
            let place = usize::try_from(rest % 27).unwrap_or_default();
            rest /= 27;
            ALPHABET.get(place).copied().unwrap_or(b'2')
        }))
    }
}

/// Reads capital and small letters alike.
impl FromStr for CaseRef {
    type Err = NotACaseRef;

    fn from_str(text: &str) -> Result<Self, NotACaseRef> {
        let characters: [u8; 4] = text.trim().as_bytes().try_into().map_err(|_| NotACaseRef)?;
        let characters = characters.map(|character| character.to_ascii_uppercase());
        if characters.iter().all(|character| ALPHABET.contains(character)) {
            Ok(Self(characters))
        } else {
            Err(NotACaseRef)
        }
    }
}

impl fmt::Display for CaseRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|character| write!(f, "{}", char::from(*character)))
    }
}

impl fmt::Debug for CaseRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CaseRef({self})")
    }
}

impl TryFrom<String> for CaseRef {
    type Error = NotACaseRef;

    fn try_from(text: String) -> Result<Self, NotACaseRef> {
        text.parse()
    }
}

impl From<CaseRef> for String {
    fn from(case_ref: CaseRef) -> Self {
        case_ref.to_string()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn small_letters_and_spaces_around_are_read() {
        assert_eq!(" k7mt ".parse::<CaseRef>().unwrap().to_string(), "K7MT");
    }

    #[test]
    fn what_is_no_reference_is_refused() {
        for text in ["", "K7M", "K7MTX", "K0MT", "KOMT", "K1MT", "KILL", "Åå"] {
            assert_eq!(text.parse::<CaseRef>(), Err(NotACaseRef), "{text}");
        }
    }

    #[test]
    fn every_reference_can_be_drawn() {
        let drawn: BTreeSet<_> = (0..COUNT).map(|number| CaseRef::from_random(number.to_be_bytes())).collect();
        assert_eq!(u64::try_from(drawn.len()).unwrap(), COUNT);
    }

    proptest! {
        #[test]
        fn a_drawn_reference_is_read_back(bytes: [u8; 8]) {
            let drawn = CaseRef::from_random(bytes);
            prop_assert_eq!(drawn.to_string().to_lowercase().parse(), Ok(drawn));
        }
    }
}
