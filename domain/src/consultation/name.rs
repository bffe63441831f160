//! The names and case references an asking unit knows.

use std::{collections::BTreeSet, fmt};

use unicode_normalization::UnicodeNormalization;

use super::token::Tokens;

/// Small words in names of more than one word. Alone they are no name, and many are in every Swedish text.
const PARTICLES: [&str; 25] = [
    "abu", "af", "al", "av", "ben", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn",
    "la", "le", "mac", "mc", "och", "van", "von", "zu",
];

/// What the asking unit knows and the question must not hold.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Each word of each name, as it is compared.
    words: BTreeSet<String>,
    /// In capitals.
    references: BTreeSet<String>,
}

impl Known {
    /// The names of children and guardians, and the references of their cases.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>, references: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            words: names.into_iter().flat_map(words_of).collect(),
            references: references.into_iter().map(str::to_uppercase).collect(),
        }
    }

    /// The token after the name that stands there: word by word, capital or small, with or without marks, in the genitive too.
    pub(super) fn name(&self, all: &Tokens<'_>, at: usize) -> Option<usize> {
        let word = folded(all.word(at)?.text);
        let is_known = |word: &str| self.words.contains(word);
        (is_known(&word) || word.strip_suffix('s').is_some_and(is_known)).then_some(at + 1)
    }

    /// The token after the case reference that stands there, written together.
    pub(super) fn reference(&self, all: &Tokens<'_>, at: usize) -> Option<usize> {
        if self.references.is_empty()
            || all.mark(at).is_some()
            || all.is_glued(at) && all.mark(at.checked_sub(1)?).is_none()
        {
            return None;
        }
        let mut text = all.get(at)?.text.to_owned();
        let mut end = at + 1;
        while all.is_glued(end) && all.mark(end).is_none() {
            text.push_str(all.get(end)?.text);
            end += 1;
        }
        self.references.contains(&text.to_uppercase()).then_some(end)
    }
}

/// Only how many: the names are children's.
impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Known({} words, {} cases)", self.words.len(), self.references.len())
    }
}

/// The words a name is known by: `Anna-Karin` by either and by both together.
fn words_of(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (place, piece) in name.split_whitespace().enumerate() {
        let mut joined = String::new();
        let all = Tokens::of(piece);
        for part in (0..).map_while(|at| all.get(at).map(|_| all.word(at))).flatten() {
            let word = folded(part.text);
            joined.push_str(&word);
            if place == 0 || !PARTICLES.contains(&word.as_str()) {
                words.push(word);
            }
        }
        if place == 0 || !PARTICLES.contains(&joined.as_str()) {
            words.push(joined);
        }
    }
    // A lone letter is an initial, or the word `i`.
    words.retain(|word| word.chars().count() > 1);
    words
}

/// A word as names are compared: in small letters, each without its marks.
fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for letter in word.nfd().flat_map(char::to_lowercase).nfd() {
        match letter {
            '\u{300}'..='\u{36f}' => {}
            'æ' => folded.push_str("ae"),
            'ø' => folded.push('o'),
            'ß' => folded.push_str("ss"),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            plain => folded.push(plain),
        }
    }
    folded
}
