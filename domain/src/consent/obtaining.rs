//! How a consent was obtained: what makes it an informed one, and what is to be known of it afterwards.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::age::{CHILD_ASKED_FROM, CHILD_SIGNS_FROM, age_on};

coded! {
    /// In what way it was explained.
    pub enum Explained {
        /// Muntligt.
        Orally => "orally",
        /// På blanketten.
        OnPaper => "paper",
        /// På lätt svenska.
        PlainLanguage => "plain_language",
        /// Med bilder.
        Pictures => "pictures",
    }
}

coded! {
    /// Whether an interpreter took part.
    pub enum Interpreter {
        /// None was needed.
        NotNeeded => "not_needed",
        /// In the room.
        InRoom => "in_room",
        /// By telephone.
        Telephone => "telephone",
        /// By video.
        Video => "video",
    }
}

coded! {
    /// How a child who does not sign yet was asked (C4).
    pub enum Maturity {
        /// Mature enough: signed as well.
        Signed => "signed",
        /// Heard.
        Heard => "heard",
        /// Not suitable; it is told why.
        NotSuitable => "not_suitable",
    }
}

coded! {
    /// Why a consent should not have been recorded.
    pub enum Mistake {
        /// In the wrong case.
        WrongCase => "wrong_case",
        /// Another answer, other parties or other days than were given.
        WrongContent => "wrong_content",
        /// Twice.
        Twice => "twice",
    }
}

/// How a consent was obtained, but for what is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obtaining {
    /// In what ways it was explained; none only where everybody said no (C23).
    pub explained: BTreeSet<Explained>,
    /// Whether an interpreter took part.
    pub interpreter: Interpreter,
    /// How the child was asked; none where [`asks_child`] does not want it.
    pub maturity: Option<Maturity>,
}

/// What is told in words about a consent. Sealed where it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// What may not be told, as the family said it.
    pub not_covered: String,
    /// The language it was explained in; empty for Swedish.
    pub language: String,
    /// Why the child was not asked (C4).
    pub maturity_reason: String,
    /// How it is known that a guardian cannot take part (C8).
    pub prevented_note: String,
    /// The manager who approved that it is done without that guardian, name and title (C8).
    pub approved_by: String,
}

/// Whether it must be told how the child was asked (C4): from twelve, until the child signs.
#[must_use]
pub fn asks_child(born_on: NaiveDate, on: NaiveDate) -> bool {
    age_on(born_on, on).is_some_and(|age| (CHILD_ASKED_FROM..CHILD_SIGNS_FROM).contains(&age))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c4_the_child_is_asked_from_twelve_until_it_signs() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let born_on = date("2012-02-29");
        for (on, asked) in [("2024-02-27", false), ("2024-02-29", true), ("2027-02-27", true), ("2027-02-28", false)] {
            assert_eq!(asks_child(born_on, date(on)), asked, "{on}");
        }
        assert!(!asks_child(born_on, date("2012-01-01")), "not born");
    }
}
