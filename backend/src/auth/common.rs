//! Passwords too well known to be one (AUTH-06). The list is in the program: no password ever leaves it to be looked up.

use std::{collections::HashSet, io::Read, sync::LazyLock};

use flate2::read::GzDecoder;

/// Source and licence stand in `common_passwords.NOTICE`.
const PACKED: &[u8] = include_bytes!("common_passwords.txt.gz");

/// Words of this product and of Swedish offices that attackers would try here first.
const OURS: [&str; 28] = [
    "samverkan",
    "samverkansträff",
    "kommun",
    "kommunen",
    "skola",
    "skolan",
    "rektor",
    "lösenord",
    "losenord",
    "hemligt",
    "sommar",
    "höst",
    "vinter",
    "vår",
    "januari",
    "februari",
    "mars",
    "april",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
    "välkommen",
    "socialtjänst",
    "fotboll",
];

static COMMON: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| {
    let mut text = String::new();
    if let Err(fault) = GzDecoder::new(PACKED).read_to_string(&mut text) {
        // The list is part of the program and a test reads it; without it every other rule still holds.
        tracing::error!(%fault, "the list of common passwords cannot be read");
    }
    text.lines().chain(OURS).map(Into::into).collect()
});

/// Whether a password in NFC is on the list; is a word of the list or of `context` with only digits and signs around it; or
/// is one short piece over and over.
pub(super) fn is_common(password: &str, context: &[&str]) -> bool {
    let lower = password.to_lowercase();
    let word = lower.trim_matches(|character: char| !character.is_alphabetic());
    let context: Vec<String> = context.iter().map(|word| word.to_lowercase()).collect();
    let told = |word: &str| COMMON.contains(word) || context.iter().any(|known| known.as_str() == word);
    // Taking a known word out must leave something: what is left counts as the password's own.
    let rest = context
        .iter()
        .map(String::as_str)
        .chain(OURS)
        .filter(|known| known.chars().count() >= 4)
        .fold(lower.clone(), |rest, known| rest.replace(known, ""));
    let own = rest.chars().filter(|character| character.is_alphabetic()).count();
    told(&lower) || told(word) || (rest.len() < lower.len() && own < 4) || repeats(&lower)
}

/// Whether a text is a piece of at most four characters over and over, or characters in a row: `abcabcabcabc`, `123456789012`.
fn repeats(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let again = (1..=4).any(|length| letters.iter().zip(letters.iter().skip(length)).all(|(a, b)| a == b));
    let in_a_row = letters
        .iter()
        .zip(letters.iter().skip(1))
        .all(|(a, b)| u32::from(*a).abs_diff(u32::from(*b)) == 1 || (*a == '9' && *b == '0'));
    again || in_a_row
}

#[cfg(test)]
mod tests {
    use super::*;

    /// AUTH-06
    #[test]
    fn auth_06_the_list_is_whole() {
        assert!(COMMON.len() > 19_000, "{}", COMMON.len());
        assert!(COMMON.contains("password"));
    }

    /// AUTH-06
    #[test]
    fn auth_06_what_attackers_try_first_is_refused() {
        for password in [
            "basketball12",
            "Password1234!",
            "samverkan2026",
            "Åmål-Samverkan-1",
            "sara.lind2026",
            "Sommar-2026-!",
            "123456789012",
            "abcabcabcabcabc",
            "aaaaaaaaaaaaa",
            "hösthösthöst",
        ] {
            assert!(is_common(password, &["Åmål", "sara.lind"]), "{password}");
        }
    }

    /// AUTH-06
    #[test]
    fn auth_06_a_phrase_of_ones_own_is_taken() {
        for password in ["tolv små bävrar", "korrekt häst batteri", "regn över Vänern 7", "Samverkan med mormors cykel"]
        {
            assert!(!is_common(password, &["Åmål", "sara.lind"]), "{password}");
        }
    }
}
