//! What mail says: that there is something to answer, when, and where to sign in. No name, no case, no unit, no forum (V3, PRIV-02).

use chrono::{Datelike, NaiveDateTime};

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// From a fixed list (INJ-04).
    pub subject: String,
    /// Plain text.
    pub body: String,
}

const DAYS: [[&str; 2]; 7] = [
    ["måndag", "Monday"],
    ["tisdag", "Tuesday"],
    ["onsdag", "Wednesday"],
    ["torsdag", "Thursday"],
    ["fredag", "Friday"],
    ["lördag", "Saturday"],
    ["söndag", "Sunday"],
];

const MONTHS: [[&str; 2]; 12] = [
    ["januari", "January"],
    ["februari", "February"],
    ["mars", "March"],
    ["april", "April"],
    ["maj", "May"],
    ["juni", "June"],
    ["juli", "July"],
    ["augusti", "August"],
    ["september", "September"],
    ["oktober", "October"],
    ["november", "November"],
    ["december", "December"],
];

/// The letter that invites to a meeting that begins at a local time. `link` answers without signing in.
#[must_use]
pub fn invitation(starts: NaiveDateTime, link: &str, language: &str) -> Letter {
    let english = language == "en";
    let when = when(starts, english);
    if english {
        Letter {
            subject: "Invitation to a collaboration meeting".into(),
            body: format!(
                "You have an invitation to a collaboration meeting {when}.\n\nSee it and answer here:\n{link}\n\n\
                 Sign in to read the agenda. This message was sent automatically and cannot be answered by mail.\n"
            ),
        }
    } else {
        Letter {
            subject: "Kallelse till samverkansträff".into(),
            body: format!(
                "Du har en kallelse till samverkansträff {when}.\n\nSe kallelsen och svara här:\n{link}\n\n\
                 Dagordningen ser du när du har loggat in. Det här är ett automatiskt utskick som inte går att besvara.\n"
            ),
        }
    }
}

/// "torsdag 26 november 09.00", "Thursday 26 November at 09:00".
fn when(starts: NaiveDateTime, english: bool) -> String {
    let word = |names: Option<&[&'static str; 2]>| names.map_or("", |[sv, en]| if english { en } else { sv });
    let day = word(DAYS.get(starts.weekday().num_days_from_monday() as usize));
    let month = word(MONTHS.get(starts.month0() as usize));
    let time = starts.format(if english { "at %H:%M" } else { "%H.%M" });
    format!("{day} {} {month} {time}", starts.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_tells_the_time_and_the_link_and_nothing_else() {
        let starts = "2026-11-26T09:00:00".parse().unwrap();
        let swedish = invitation(starts, "https://samverkan.test/kallelse/x", "sv");
        assert!(swedish.body.starts_with("Du har en kallelse till samverkansträff torsdag 26 november 09.00.\n"));
        let english = invitation(starts, "https://samverkan.test/kallelse/x", "en");
        assert!(english.body.contains("collaboration meeting Thursday 26 November at 09:00."));
        assert!(english.body.contains("https://samverkan.test/kallelse/x\n"));
    }
}
