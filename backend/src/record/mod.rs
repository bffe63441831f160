//! What leaves the tool when minutes are handed over (L9): one extract of one case's approved minutes, for one receiving
//! authority, as a paper and as a package for its archive.
//!
//! Everything here is pure: no database, no clock, no randomness. The same extract gives the same bytes. What an extract may hold
//! is decided by whoever makes it; here it is only written down.

mod archive;
mod compose;
mod composer;
mod drawing;
mod letters;
mod lines;
mod metadata;
mod pages;
mod pdf;
#[cfg(test)]
mod tests;
mod words;
mod xml;
mod zip;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    consent::InfoCategory,
    minutes::{ChildsView, Outcome},
};
use thiserror::Error;

pub use archive::package;
pub use pdf::paper;

/// The language the fixed sentences of an extract are in; what people wrote stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Svenska.
    #[default]
    Swedish,
    /// English.
    English,
}

/// One case's approved minutes, as one authority gets them.
#[derive(Clone, Debug)]
pub struct Extract {
    /// The language of what is not written by people.
    pub language: Language,
    /// Tells extracts apart in the names of files: chosen at random, and says nothing of the case (a–z, 0–9).
    pub key: String,
    /// The case's reference, four characters.
    pub reference: String,
    /// Whom the case is about; none where the identity is protected (I1).
    pub child: Option<Child>,
    /// The forum's name.
    pub forum: String,
    /// The local day of the meeting.
    pub met_on: NaiveDate,
    /// Who gets it.
    pub recipient: Office,
    /// Who hands it over, and whose record it is (L6).
    pub sender: Office,
    /// The municipality the sender belongs to.
    pub municipality: String,
    /// The consent it is handed over with.
    pub consent: ConsentGiven,
    /// How often the minutes were saved before they were approved.
    pub revision: i64,
    /// Who wrote in them, the first first.
    pub writers: Vec<String>,
    /// Who was in the room while the case was open.
    pub present: Vec<Present>,
    /// What the minutes say.
    pub content: Content,
    /// By whom and when they were approved: from then on they are drawn up (upprättad, TF 2:10, M6).
    pub approved: Approval,
    /// When the extract leaves (expedierad, M6).
    pub dispatched_at: DateTime<Utc>,
    /// What was added once they were approved, oldest first (M5).
    pub addenda: Vec<Addendum>,
}

/// The one a case is about.
#[derive(Clone, Debug)]
pub struct Child {
    /// The name.
    pub name: String,
    /// How old; none where the recipient is not to know.
    pub born: Option<Born>,
}

/// How old somebody is.
#[derive(Clone, Copy, Debug)]
pub enum Born {
    /// The true birth date.
    On(NaiveDate),
    /// Whole years on the day of the meeting.
    Age(u16),
}

/// A unit and the authority it belongs to.
#[derive(Clone, Debug)]
pub struct Office {
    /// The unit's name.
    pub unit: String,
    /// The authority's name.
    pub authority: String,
}

/// The consent an extract is handed over with.
#[derive(Clone, Debug)]
pub struct ConsentGiven {
    /// The local day it was obtained.
    pub obtained_on: NaiveDate,
    /// The last day it holds.
    pub valid_until: NaiveDate,
    /// The names of the units it covers.
    pub parties: Vec<String>,
}

/// Somebody who was in the room.
#[derive(Clone, Debug)]
pub struct Present {
    /// The unit they came for.
    pub unit: String,
    /// Their name.
    pub name: String,
}

/// What minutes say, part by part.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// The question of the item.
    pub question: String,
    /// What each party brought.
    pub contributions: Vec<Contribution>,
    /// What became of the child's view (M13).
    pub childs_view: Option<ChildsView>,
    /// The child's view in words.
    pub childs_words: String,
    /// What the guardians think.
    pub guardians_view: String,
    /// What was agreed, besides the undertakings.
    pub agreed: String,
    /// What units undertook (M11).
    pub undertakings: Vec<Undertaking>,
    /// How the case leaves the meeting (M12).
    pub outcome: Option<Outcome>,
}

/// What one party brought.
#[derive(Clone, Debug)]
pub struct Contribution {
    /// The unit's name.
    pub unit: String,
    /// Of what kind it is.
    pub kind: Option<InfoCategory>,
    /// What.
    pub text: String,
}

/// One undertaking.
#[derive(Clone, Debug)]
pub struct Undertaking {
    /// What.
    pub what: String,
    /// The name of the unit that does it.
    pub unit: String,
    /// The last day.
    pub due_on: NaiveDate,
}

/// Who approved something, and when.
#[derive(Clone, Debug)]
pub struct Approval {
    /// When.
    pub at: DateTime<Utc>,
    /// The name of whoever did.
    pub by: String,
}

/// What was added to approved minutes.
#[derive(Clone, Debug)]
pub struct Addendum {
    /// By whom and when it was approved.
    pub approved: Approval,
    /// What.
    pub text: String,
}

/// Why no extract was made. Says nothing of what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RecordError {
    /// A font that comes with the program cannot be read.
    #[error("a font of the record cannot be read")]
    Font,
    /// What was drawn would not be PDF/A-2a and PDF/UA-1.
    #[error("the paper would not conform to PDF/A-2a and PDF/UA-1")]
    Conformance,
    /// The paper is longer than anybody writes.
    #[error("the paper is too long")]
    TooLong,
    /// The package is larger than its container can say.
    #[error("the package is too large")]
    TooLarge,
}

impl Extract {
    /// The paper's file name: a day and the key, so that a folder of them tells of nobody.
    pub fn paper_name(&self) -> String {
        format!("{}.pdf", self.name())
    }

    /// The package's file name.
    pub fn package_name(&self) -> String {
        format!("{}.zip", self.name())
    }

    /// What the extract calls itself, in names of files and in its own metadata.
    fn name(&self) -> String {
        let key: String = self.key.chars().filter(char::is_ascii_alphanumeric).take(32).collect();
        format!("utdrag-{}-{}", self.met_on, key.to_ascii_lowercase())
    }
}
