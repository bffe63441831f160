//! Text people type, as values with a promise (INJ-02): composed (NFC), bounded, and without characters that steer,
//! hide or turn what is shown.

mod number;
mod typed;

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

pub use number::find_personal_number;
pub(crate) use number::number_at_start as personal_number_at_start;
pub(crate) use typed::month_named;
pub use typed::{DateFlaw, TimeFlaw, typed_date, typed_time};

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum TextFlaw {
    /// Nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// Longer than `max` characters.
    #[error("the text is longer than {max} characters")]
    TooLong {
        /// The most characters.
        max: usize,
    },
    /// A control character, or one that is invisible or turns the direction of text.
    #[error("the text holds a character that cannot be shown")]
    ControlCharacter,
}

/// Whether a character steers, hides or turns text instead of being shown: C0, C1 and DEL, line and paragraph separators,
/// direction marks, zero-width characters, soft hyphen, fillers, tags and noncharacters.
const fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The text trimmed and composed, if every character is allowed and it is neither empty nor too long.
fn checked(text: &str, max: usize, allowed: fn(char) -> bool) -> Result<String, TextFlaw> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TextFlaw::Empty);
    }
    // Composing shortens at most to a third (a letter and its two marks); anything longer need not be composed at all.
    if text.chars().take(max.saturating_mul(3).saturating_add(1)).count() > max.saturating_mul(3) {
        return Err(TextFlaw::TooLong { max });
    }
    let text: String = text.nfc().collect();
    if text.chars().any(|character| is_unseen(character) && !allowed(character)) {
        Err(TextFlaw::ControlCharacter)
    } else if text.chars().count() > max {
        Err(TextFlaw::TooLong { max })
    } else {
        Ok(text)
    }
}

/// Gives a text type its reading, its wire form and a `Debug` that keeps what people wrote out of logs.
macro_rules! text {
    ($name:ident $(<const $max:ident>)?, $limit:expr) => {
        impl $(<const $max: usize>)? $name $(<$max>)? {
            /// The most characters.
            pub const MAX: usize = $limit;

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl $(<const $max: usize>)? TryFrom<String> for $name $(<$max>)? {
            type Error = TextFlaw;

            fn try_from(text: String) -> Result<Self, TextFlaw> {
                Self::parse(&text)
            }
        }

        impl $(<const $max: usize>)? From<$name $(<$max>)?> for String {
            fn from(text: $name $(<$max>)?) -> Self {
                text.0
            }
        }

        impl $(<const $max: usize>)? fmt::Display for $name $(<$max>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        /// Only the length: what is logged or panicked with must not tell what people wrote.
        impl $(<const $max: usize>)? fmt::Debug for $name $(<$max>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({} characters)", stringify!($name), self.0.chars().count())
            }
        }
    };
}

/// One line of at most `MAX` characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PlainText<const MAX: usize>(String);

/// One line: a title, a question, a comment.
pub type Line = PlainText<200>;

/// Paragraphs of at most `MAX` characters; line feeds and tabs are allowed.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Prose<const MAX: usize>(String);

/// The text of minutes.
pub type LongText = Prose<20_000>;

/// The name of a person, at most 100 characters. White space within is one space.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

text!(PlainText<const LIMIT>, LIMIT);
text!(Prose<const LIMIT>, LIMIT);
text!(PersonName, 100);

impl<const MAX: usize> PlainText<MAX> {
    /// The text as typed, trimmed and composed.
    pub fn parse(text: &str) -> Result<Self, TextFlaw> {
        checked(text, MAX, |_| false).map(Self)
    }
}

impl<const MAX: usize> Prose<MAX> {
    /// The text as typed, trimmed and composed, every line end a line feed (forms send carriage return and line feed).
    pub fn parse(text: &str) -> Result<Self, TextFlaw> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        checked(&text, MAX, |character| matches!(character, '\n' | '\t')).map(Self)
    }
}

impl PersonName {
    /// The name as typed, trimmed and composed.
    pub fn parse(text: &str) -> Result<Self, TextFlaw> {
        let name = checked(text, Self::MAX, |_| false)?;
        Ok(Self(name.split_whitespace().collect::<Vec<_>>().join(" ")))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn inj02_text_is_trimmed_and_composed() {
        assert_eq!(Line::parse("  A\u{30a}ma\u{30a}l ").unwrap().as_str(), "Åmål");
        assert_eq!(PersonName::parse("Alva  Maria\u{a0}Ek").unwrap().as_str(), "Alva Maria Ek");
        assert_eq!(LongText::parse("ett\r\ntvå\rtre\n").unwrap().as_str(), "ett\ntvå\ntre");
    }

    #[test]
    fn inj02_the_length_is_counted_in_composed_characters() {
        assert!(PlainText::<4>::parse("Åmål").is_ok());
        assert!(PlainText::<4>::parse("A\u{30a}ma\u{30a}l").is_ok());
        assert_eq!(PlainText::<3>::parse("Åmål"), Err(TextFlaw::TooLong { max: 3 }));
        assert_eq!(PlainText::<2>::parse(&"a".repeat(1_000_000)), Err(TextFlaw::TooLong { max: 2 }));
        assert!(Line::parse(&"å".repeat(200)).is_ok());
        assert_eq!(Line::parse(&"å".repeat(201)), Err(TextFlaw::TooLong { max: 200 }));
    }

    #[test]
    fn inj02_what_steers_hides_or_turns_text_is_refused() {
        for character in [
            '\0',
            '\t',
            '\n',
            '\u{1b}',
            '\u{7f}',
            '\u{85}',
            '\u{200b}',
            '\u{200d}',
            '\u{202e}',
            '\u{2028}',
            '\u{2029}',
            '\u{2066}',
            '\u{feff}',
            '\u{e0041}',
        ] {
            let text = format!("a{character}b");
            assert_eq!(Line::parse(&text), Err(TextFlaw::ControlCharacter), "{character:?}");
            assert_eq!(PersonName::parse(&text), Err(TextFlaw::ControlCharacter), "{character:?}");
            assert_eq!(LongText::parse(&text).is_ok(), matches!(character, '\t' | '\n'), "{character:?}");
        }
    }

    #[test]
    fn white_space_is_empty() {
        for text in ["", " ", "\n\t", "\u{a0}"] {
            assert_eq!(Line::parse(text), Err(TextFlaw::Empty));
            assert_eq!(LongText::parse(text), Err(TextFlaw::Empty));
        }
    }

    #[test]
    fn debug_shows_no_name_and_no_text() {
        assert_eq!(format!("{:?}", PersonName::parse("Alva Ek").unwrap()), "PersonName(7 characters)");
        assert_eq!(format!("{:?}", LongText::parse("Skolan berättar").unwrap()), "Prose(15 characters)");
    }

    proptest! {
        #[test]
        fn inj02_what_is_accepted_is_accepted_again_unchanged(text in any::<String>()) {
            if let Ok(line) = Line::parse(&text) {
                prop_assert_eq!(Line::parse(line.as_str()), Ok(line.clone()));
                prop_assert!(!line.as_str().chars().any(char::is_control));
                prop_assert!(line.as_str().chars().count() <= Line::MAX);
            }
            if let Ok(long) = LongText::parse(&text) {
                prop_assert_eq!(LongText::parse(long.as_str()), Ok(long.clone()));
                let unseen = long.as_str().chars().any(|c| c.is_control() && c != '\n' && c != '\t');
                prop_assert!(!unseen);
            }
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name.clone()));
            }
        }

        #[test]
        fn the_wire_keeps_the_promise(text in any::<String>()) {
            let wire = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(serde_json::from_str::<Line>(&wire).ok(), Line::parse(&text).ok());
        }
    }
}
