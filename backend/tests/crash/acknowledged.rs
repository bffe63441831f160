//! What a killed program said was done, and where it is found again.

use std::fmt;

use sea_orm::DatabaseConnection;
use uuid::Uuid;

use super::at_work::{first, literal};

/// A kind of write, and the rows that are there where it was done: `$1`, `$2` … stand for what was told of it.
pub const WRITES: [(&str, &str); 19] = [
    ("case", "case_file WHERE id = $1"),
    ("consent", "consent WHERE id = $1"),
    ("acknowledged", "consent_acknowledgement WHERE consent_id = $1 AND unit_id = $2"),
    ("item", "agenda_item WHERE meeting_id = $1 AND case_id = $2"),
    ("published", "meeting WHERE id = $1 AND published_at IS NOT NULL"),
    ("opened", "meeting WHERE id = $1 AND opened_at IS NOT NULL"),
    ("arrived", "attendance WHERE meeting_id = $1 AND unit_id = $2"),
    ("begun", "agenda_item i JOIN minutes m ON m.item_id = i.id WHERE i.id = $1 AND i.opened_at IS NOT NULL"),
    ("revision", "minutes_revision WHERE minutes_id = $1 AND number = $2"),
    // Still handed in, or answered since.
    (
        "submitted",
        "minutes m WHERE m.id = $1 AND (m.state = 'submitted' AND m.revision = $2 \
         OR EXISTS (SELECT 1 FROM review_note n WHERE n.minutes_id = m.id AND n.revision = $2) \
         OR EXISTS (SELECT 1 FROM minutes_approval a WHERE a.minutes_id = m.id AND a.revision = $2))",
    ),
    ("held", "meeting WHERE id = $1 AND state = 'held' AND closed_at IS NOT NULL"),
    ("returned", "review_note WHERE minutes_id = $1 AND revision = $2"),
    ("approved", "minutes_approval WHERE minutes_id = $1 AND revision = $2"),
    ("read", "minutes_reading WHERE minutes_id = $1 AND person_id = $2"),
    // Also once the undertakings were written anew with the next version.
    ("ticked", "action_item WHERE id = $1 AND done_at IS NOT NULL"),
    (
        "dispatched",
        "minutes m WHERE m.id = $1 AND $4 <= (SELECT count(*) FROM minutes_dispatch d \
         WHERE d.minutes_id = m.id AND d.to_unit = $2 AND d.revision = $3)",
    ),
    ("added", "minutes_addendum WHERE id = $1"),
    ("answered", "addendum_answer WHERE addendum_id = $1 AND approved"),
    ("reopened", "minutes_reopening WHERE minutes_id = $1 AND revision = $2"),
];

/// A write that was acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Acknowledged {
    kind: &'static str,
    /// Ids, and small numbers.
    told: Vec<String>,
}

impl fmt::Display for Acknowledged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.told.join(" "))
    }
}

impl Acknowledged {
    /// Reads a line of the killed program's; none of another.
    pub fn read(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix("ack ")?.split_whitespace();
        let told = words.next()?;
        let (kind, _) = WRITES.iter().find(|(kind, _)| *kind == told).expect("a kind of write");
        Some(Self { kind, told: words.map(str::to_owned).collect() })
    }

    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The minutes it is a version of, and which, where it is one.
    pub fn revision(&self) -> Option<(Uuid, i64)> {
        match &self.told[..] {
            [minutes, number] if self.kind == "revision" => Some((minutes.parse().ok()?, number.parse().ok()?)),
            _ => None,
        }
    }

    /// Whether the database has it.
    pub async fn is_there(&self, raw: &DatabaseConnection) -> backend::Result<bool> {
        let (_, rows) = WRITES.iter().find(|(kind, _)| *kind == self.kind).expect("a kind of write");
        let mut sql = format!("SELECT count(*) FROM {rows}");
        for (place, word) in self.told.iter().enumerate() {
            let value = if word.len() == 32 { literal(raw, word.parse().expect("an id")) } else { word.clone() };
            sql = sql.replace(&format!("${}", place + 1), &value);
        }
        Ok(first::<i64>(raw, &sql).await?.unwrap_or_default() > 0)
    }
}
