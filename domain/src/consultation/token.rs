//! A text as words, runs of digits and single marks.

use std::ops::Range;

use crate::identity::is_separator;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Digits,
    Mark,
}

/// A word, a run of digits, or one other character that is no white space.
#[derive(Debug)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    /// The text in small letters.
    pub lower: String,
    pub at: Range<usize>,
    kind: Kind,
    /// Whether nothing stands between it and the token before.
    glued: bool,
}

impl Token<'_> {
    /// Whether it begins with a capital letter.
    pub fn is_capitalised(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }
}

/// The tokens of a text.
#[derive(Debug)]
pub(super) struct Tokens<'a>(Vec<Token<'a>>);

impl<'a> Tokens<'a> {
    pub fn of(text: &'a str) -> Self {
        let mut all: Vec<Token<'a>> = Vec::new();
        let mut glued = false;
        for (start, character) in text.char_indices() {
            if character.is_whitespace() {
                glued = false;
                continue;
            }
            let (kind, end) = (kind(character), start + character.len_utf8());
            match all.last_mut() {
                Some(last) if glued && kind != Kind::Mark && last.kind == kind => last.at.end = end,
                _ => all.push(Token { text: "", lower: String::new(), at: start..end, kind, glued }),
            }
            glued = true;
        }
        for token in &mut all {
            token.text = text.get(token.at.clone()).unwrap_or_default();
            token.lower = token.text.to_lowercase();
        }
        Self(all)
    }

    pub const fn count(&self) -> usize {
        self.0.len()
    }

    pub fn get(&self, at: usize) -> Option<&Token<'a>> {
        self.0.get(at)
    }

    fn of_kind(&self, at: usize, kind: Kind) -> Option<&Token<'a>> {
        self.get(at).filter(|token| token.kind == kind)
    }

    /// The word there.
    pub fn word(&self, at: usize) -> Option<&Token<'a>> {
        self.of_kind(at, Kind::Word)
    }

    /// The digits there.
    pub fn digits(&self, at: usize) -> Option<&'a str> {
        self.of_kind(at, Kind::Digits).map(|token| token.text)
    }

    /// The number there, if it is written with so many digits.
    pub fn number(&self, at: usize, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        self.digits(at).filter(|text| digits.contains(&text.len()))?.parse().ok()
    }

    /// The mark there; every dash is a hyphen.
    pub fn mark(&self, at: usize) -> Option<char> {
        let mark = self.of_kind(at, Kind::Mark)?.text.chars().next()?;
        Some(if mark != '+' && is_separator(mark) { '-' } else { mark })
    }

    /// Whether something stands there, and nothing between it and what is before.
    pub fn is_glued(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.glued)
    }

    /// The word or digits that many places before, if there are that many.
    pub fn before(&self, at: usize, places: usize) -> Option<&Token<'a>> {
        self.get(at.checked_sub(places)?)
    }

    /// The token after one of these marks, or the one itself where none of them stands.
    pub fn past(&self, at: usize, marks: &[char]) -> usize {
        at + usize::from(self.mark(at).is_some_and(|mark| marks.contains(&mark)))
    }

    /// The first token that begins at a byte or after it.
    pub fn first_from(&self, byte: usize) -> usize {
        self.0.partition_point(|token| token.at.start < byte)
    }
}

fn kind(character: char) -> Kind {
    match character {
        '0'..='9' => Kind::Digits,
        // A letter may be written with its marks after it.
        '\u{300}'..='\u{36f}' => Kind::Word,
        letter if letter.is_alphabetic() => Kind::Word,
        _ => Kind::Mark,
    }
}
