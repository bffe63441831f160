//! What a user reads, Swedish and English side by side.
//!
//! `texts!` makes one function per sentence. Both languages stand in the same place; leaving one out does not compile, and an
//! argument that only one of them mentions is fine, as word order and grammar differ.

pub mod access_log;
pub mod account;
mod agenda;
mod calendar;
pub mod case;
pub mod consent;
pub mod date;
pub mod figures;
mod flaw;
mod frame;
mod keyboard;
pub mod mandate;
pub mod minutes;
pub mod municipality;
pub mod paper;
pub mod people;
pub mod proposal;
pub mod protected;
pub mod receipt;
pub mod retention;
pub mod review;
pub mod room;
mod said;
pub mod series;
mod statement;
pub mod week;
pub mod year;

use serde::{Deserialize, Serialize};

pub use flaw::{flaw, points_out, refusal};
pub use said::Said;

/// Sentences of the frame: navigation, the bar, error pages, words shared by many pages.
pub mod words {
    pub use super::frame::*;
}

/// Sentences of the page on the keyboard.
pub mod keys {
    pub use super::keyboard::*;
}

/// Sentences of the accessibility statement.
pub mod accessibility {
    pub use super::statement::*;
}

/// Sentences of the agenda and of invitations.
pub mod agendas {
    pub use super::agenda::*;
}

/// Sentences of one's own calendar.
pub mod calendars {
    pub use super::calendar::*;
}

/// The language a page is shown in. Swedish comes first; English is the other one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Svenska.
    #[default]
    Sv,
    /// English.
    En,
}

impl Lang {
    /// Every language, in the order it is offered.
    pub const ALL: [Self; 2] = [Self::Sv, Self::En];

    /// The BCP 47 tag, as in `<html lang>` and in the cookie.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// The language's name in itself.
    #[must_use]
    pub const fn endonym(self) -> &'static str {
        match self {
            Self::Sv => "Svenska",
            Self::En => "English",
        }
    }

    /// The language of a tag, if it is one of ours.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// Picks the sentence of this language.
    #[must_use]
    pub fn pick<T>(self, swedish: T, english: T) -> T {
        match self {
            Self::Sv => swedish,
            Self::En => english,
        }
    }
}

/// Declares sentences as functions of the language: `name => "svenska", "English";` gives `fn name(Lang) -> &'static str`,
/// `name(count: usize) => "{count} ärenden", "{count} cases";` gives `fn name(Lang, usize) -> String`.
#[macro_export]
macro_rules! texts {
    () => {};
    ($name:ident => $sv:literal, $en:literal; $($rest:tt)*) => {
        #[doc = concat!("»", $sv, "«")]
        #[must_use]
        pub const fn $name(lang: $crate::text::Lang) -> &'static str {
            match lang {
                $crate::text::Lang::Sv => $sv,
                $crate::text::Lang::En => $en,
            }
        }
        $crate::texts!($($rest)*);
    };
    ($name:ident($($arg:ident: $kind:ty),+) => $sv:literal, $en:literal; $($rest:tt)*) => {
        #[doc = concat!("»", $sv, "«")]
        #[must_use]
        pub fn $name(lang: $crate::text::Lang, $($arg: $kind),+) -> String {
            match lang {
                $crate::text::Lang::Sv => format!($sv),
                $crate::text::Lang::En => format!($en),
            }
        }
        $crate::texts!($($rest)*);
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    texts! {
        plain => "Ärende", "Case";
        counted(count: usize) => "{count} ärenden", "{count} cases";
    }

    #[test]
    fn a_sentence_is_given_in_the_language_asked_for() {
        assert_eq!(plain(Lang::Sv), "Ärende");
        assert_eq!(plain(Lang::En), "Case");
        assert_eq!(counted(Lang::Sv, 3), "3 ärenden");
    }

    #[test]
    fn a_language_is_found_again_by_its_tag() {
        for lang in Lang::ALL {
            assert_eq!(Lang::from_tag(lang.tag()), Some(lang));
        }
        assert_eq!(Lang::from_tag("de"), None);
    }
}
