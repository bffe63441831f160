//! What mail says: that there is something to answer, when, and where to sign in. No name, no case, no unit, no forum (V3, PRIV-02).

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::calendar::Method;

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// From a fixed list (INJ-04).
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// What it does in the recipient's calendar, where they chose that.
    pub calendar: Option<CalendarPart>,
}

/// A message to a calendar (iTIP).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarPart {
    /// What it does.
    pub method: Method,
    /// RFC 5545.
    pub text: String,
    /// The address answers go to.
    pub organizer: String,
}

impl Letter {
    fn new(subject: &str, text: &str, calendar: Option<CalendarPart>, english: bool) -> Self {
        let end = match (calendar.as_ref().map(|part| part.method), english) {
            (Some(Method::Request), false) => {
                "Du kan också svara i din kalender. Skriv inget i svaret: det läses av ett program, inte av någon människa."
            }
            (Some(Method::Request), true) => {
                "You can also answer in your calendar. Write nothing in the answer: a program reads it, no person does."
            }
            (_, false) => "Det här är ett automatiskt utskick som inte går att besvara.",
            (_, true) => "This message was sent automatically and cannot be answered by mail.",
        };
        Self { subject: subject.into(), body: format!("{text}\n\n{end}\n"), calendar }
    }
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

/// The letter that invites to a meeting, or to one's own part of it, from one local time to another. `link` answers without signing
/// in.
#[must_use]
pub fn invitation(
    own: (NaiveDateTime, NaiveDateTime),
    link: &str,
    language: &str,
    calendar: Option<CalendarPart>,
) -> Letter {
    let english = language == "en";
    let when = span(own, english);
    let (subject, text) = if english {
        (
            "Invitation to a collaboration meeting",
            format!(
                "You have an invitation to a collaboration meeting {when}.\n\nSee it and answer here:\n{link}\n\n\
                 Sign in to read the agenda."
            ),
        )
    } else {
        (
            "Kallelse till samverkansträff",
            format!(
                "Du har en kallelse till samverkansträff {when}.\n\nSe kallelsen och svara här:\n{link}\n\n\
                 Dagordningen ser du när du har loggat in."
            ),
        )
    };
    Letter::new(subject, &text, calendar, english)
}

/// What somebody invited is told of a meeting that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// Their invitation no longer stands. Why is nobody's to know.
    Over,
    /// It will not be held.
    Cancelled,
    /// It has another day or time; they are asked again.
    Moved,
    /// Its place or length is another.
    Changed,
    /// Their own time at it is another.
    Slot,
    /// Nothing is new: they have not answered.
    Reminder,
    /// What they see of its agenda is another (V3).
    Agenda,
    /// They chose another way into their calendar: it comes in, or is taken out.
    Channel,
}

/// The letter that tells news of a meeting: when they were told it was to be, when they are asked to come now, all local, and where to
/// read on.
#[must_use]
pub fn news(
    news: News,
    was: NaiveDateTime,
    own: (NaiveDateTime, NaiveDateTime),
    link: &str,
    language: &str,
    calendar: Option<CalendarPart>,
) -> Letter {
    let english = language == "en";
    let (was, now) = (when(was, english), span(own, english));
    let (subject, text) = match (news, english) {
        (News::Over, false) => (
            "Kallelse som inte längre gäller",
            format!("Din kallelse till samverkansträffen {was} gäller inte längre. Du behöver inte komma."),
        ),
        (News::Over, true) => (
            "Invitation no longer valid",
            format!("Your invitation to the collaboration meeting {was} no longer holds. You need not come."),
        ),
        (News::Cancelled, false) => ("Inställd samverkansträff", format!("Samverkansträffen {was} är inställd.")),
        (News::Cancelled, true) => {
            ("Cancelled collaboration meeting", format!("The collaboration meeting {was} is cancelled."))
        }
        (News::Moved, false) => (
            "Flyttad samverkansträff",
            format!("Samverkansträffen {was} är flyttad till {now}.\n\nSvara om du kan komma den nya tiden:\n{link}"),
        ),
        (News::Moved, true) => (
            "Moved collaboration meeting",
            format!("The collaboration meeting {was} is moved to {now}.\n\nSay whether you can come then:\n{link}"),
        ),
        (News::Changed, false) => (
            "Ändrad samverkansträff",
            format!("Plats eller längd är ändrad för samverkansträffen {now}.\n\nSe vad som gäller:\n{link}"),
        ),
        (News::Changed, true) => (
            "Changed collaboration meeting",
            format!("The place or length of the collaboration meeting {now} is changed.\n\nSee what holds:\n{link}"),
        ),
        (News::Slot, false) => (
            "Ändrad tid på samverkansträff",
            format!("Din tid på samverkansträffen är ändrad till {now}.\n\nSäg till om du inte kan då:\n{link}"),
        ),
        (News::Slot, true) => (
            "Changed time at a collaboration meeting",
            format!(
                "Your time at the collaboration meeting is changed to {now}.\n\nTell if you cannot come then:\n{link}"
            ),
        ),
        (News::Reminder, false) => (
            "Påminnelse om samverkansträff",
            format!("Du är kallad till samverkansträff {now} och har inte svarat.\n\nSvara här:\n{link}"),
        ),
        (News::Reminder, true) => (
            "Reminder of a collaboration meeting",
            format!("You are invited to a collaboration meeting {now} and have not answered.\n\nAnswer here:\n{link}"),
        ),
        (News::Agenda, false) => (
            "Uppdaterad dagordning",
            format!("Du har en uppdaterad dagordning till samverkansträffen {now}.\n\nLogga in och läs den:\n{link}"),
        ),
        (News::Agenda, true) => (
            "Updated agenda",
            format!("You have an updated agenda for the collaboration meeting {now}.\n\nSign in and read it:\n{link}"),
        ),
        (News::Channel, _) => channel(&now, link, calendar.as_ref().map(|part| part.method), english),
    };
    Letter::new(subject, &text, calendar, english)
}

/// Somebody chose how their meetings come into their calendar: what becomes of one they were invited to before.
fn channel(now: &str, link: &str, method: Option<Method>, english: bool) -> (&'static str, String) {
    match (method, english) {
        (Some(Method::Request), false) => (
            "Samverkansträff till din kalender",
            format!(
                "Du har valt att få dina träffar i kalendern med e-post. Du är kallad {now}.\n\nSe vad som gäller:\n{link}"
            ),
        ),
        (Some(Method::Request), true) => (
            "Collaboration meeting for your calendar",
            format!(
                "You chose to get your meetings into your calendar by mail. You are invited {now}.\n\nSee what holds:\n{link}"
            ),
        ),
        (_, false) => (
            "Samverkansträff tas bort ur kalendern",
            format!(
                "Du har valt bort att få dina träffar i kalendern med e-post. Den som kom så tas bort, \
                 men träffen är kvar: du är kallad {now}.\n\nSe vad som gäller:\n{link}"
            ),
        ),
        (_, true) => (
            "Collaboration meeting taken out of your calendar",
            format!(
                "You chose not to get your meetings into your calendar by mail any more. What came that way is taken out, \
                 but the meeting is held: you are invited {now}.\n\nSee what holds:\n{link}"
            ),
        ),
    }
}

/// The letter that tells whoever has read something that it is another now, or that something was handed over to their unit (V3): not
/// what it is, nor why.
#[must_use]
pub fn minutes_news(handed: bool, origin: &str, language: &str) -> Letter {
    let english = language == "en";
    let (subject, text) = match (handed, english) {
        (false, true) => {
            ("Something you have read is new", "Something you have read in Samverkan is new. Sign in to see what")
        }
        (false, false) => {
            ("Något du har läst är nytt", "Något du har läst i Samverkan är nytt. Logga in för att se vad")
        }
        (true, true) => {
            ("Something for your unit", "Something was handed over to your unit in Samverkan. Sign in to see what")
        }
        (true, false) => {
            ("Något till din enhet", "Något är överlämnat till din enhet i Samverkan. Logga in för att se vad")
        }
    };
    Letter::new(subject, &format!("{text}:\n{origin}/"), None, english)
}

/// What somebody is told of a calendar address of theirs (rule 41).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedNews {
    /// It ends by itself on this local day.
    Ending(NaiveDate),
    /// An administrator ended it.
    Ended,
}

/// The letter that tells it. `page` makes a new address, and needs signing in.
#[must_use]
pub fn feed_news(news: FeedNews, page: &str, language: &str) -> Letter {
    let english = language == "en";
    let (subject, text) = match (news, english) {
        (FeedNews::Ending(on), false) => (
            "En kalenderadress går ut",
            format!(
                "En av dina kalenderadresser i Samverkan går ut {} {}. Sedan blir kalendern som hämtar den tom.\n\nGör en ny här:",
                day(on, english),
                on.year()
            ),
        ),
        (FeedNews::Ending(on), true) => (
            "A calendar address ends soon",
            format!(
                "One of your calendar addresses in Samverkan ends {} {}. The calendar that fetches it is empty then.\n\nMake a new one here:",
                day(on, english),
                on.year()
            ),
        ),
        (FeedNews::Ended, false) => (
            "En kalenderadress är borttagen",
            "En administratör har tagit bort kalenderadresser i Samverkan, också din. Kalendern som hämtar den blir tom.\n\nGör en ny här:".into(),
        ),
        (FeedNews::Ended, true) => (
            "A calendar address was removed",
            "An administrator removed calendar addresses in Samverkan, yours among them. The calendar that fetches it is empty now.\n\nMake a new one here:".into(),
        ),
    };
    Letter::new(subject, &format!("{text}\n{page}"), None, english)
}

/// "torsdag 26 november 09.00", "Thursday 26 November at 09:00".
fn when(starts: NaiveDateTime, english: bool) -> String {
    let time = starts.format(if english { "at %H:%M" } else { "%H.%M" });
    format!("{} {time}", day(starts.date(), english))
}

/// "torsdag 26 november", "Thursday 26 November".
fn day(on: NaiveDate, english: bool) -> String {
    let word = |names: Option<&[&'static str; 2]>| names.map_or("", |[sv, en]| if english { en } else { sv });
    let weekday = word(DAYS.get(on.weekday().num_days_from_monday() as usize));
    let month = word(MONTHS.get(on.month0() as usize));
    format!("{weekday} {} {month}", on.day())
}

/// "torsdag 26 november 09.50–10.15", "Thursday 26 November at 09:50–10:15".
fn span((from, until): (NaiveDateTime, NaiveDateTime), english: bool) -> String {
    let ends = until.format(if english { "%H:%M" } else { "%H.%M" });
    format!("{}–{ends}", when(from, english))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_tells_the_time_and_the_link_and_nothing_else() {
        let own = ("2026-11-26T09:50:00".parse().unwrap(), "2026-11-26T10:15:00".parse().unwrap());
        let swedish = invitation(own, "https://samverkan.test/kallelse/x", "sv", None);
        assert!(swedish.body.starts_with("Du har en kallelse till samverkansträff torsdag 26 november 09.50–10.15.\n"));
        let english = invitation(own, "https://samverkan.test/kallelse/x", "en", None);
        assert!(english.body.contains("collaboration meeting Thursday 26 November at 09:50–10:15."));
        assert!(english.body.contains("https://samverkan.test/kallelse/x\n"));
    }

    /// V3: why is never said.
    #[test]
    fn v3_news_tells_times_and_nothing_of_why() {
        let was = "2026-11-26T09:00:00".parse().unwrap();
        let now = ("2026-11-27T13:30:00".parse().unwrap(), "2026-11-27T13:55:00".parse().unwrap());
        let link = "https://samverkan.test/kallelse/x";
        let body = |kind| news(kind, was, now, link, "sv", None).body;
        assert!(body(News::Moved).starts_with(
            "Samverkansträffen torsdag 26 november 09.00 är flyttad till fredag 27 november 13.30–13.55.\n"
        ));
        for kind in [
            News::Over,
            News::Cancelled,
            News::Moved,
            News::Changed,
            News::Slot,
            News::Reminder,
            News::Agenda,
            News::Channel,
        ] {
            for language in ["sv", "en"] {
                let letter = news(kind, was, now, link, language, None);
                for secret in ["samtyck", "consent", "ärende", "case", "barn", "child", "famil"] {
                    assert!(!format!("{letter:?}").to_lowercase().contains(secret), "{secret} in {letter:?}");
                }
                let to_answer = !matches!(kind, News::Over | News::Cancelled);
                assert_eq!(letter.body.contains(link), to_answer, "{letter:?}");
            }
            assert_ne!(news(kind, was, now, link, "sv", None), news(kind, was, now, link, "en", None));
        }
    }

    /// Rule 41, PRIV-02
    #[test]
    fn news_of_a_calendar_tells_the_day_and_where_to_make_a_new_one() {
        let ending = FeedNews::Ending("2027-11-22".parse().unwrap());
        let page = "https://samverkan.test/min-kalender";
        assert!(
            feed_news(ending, page, "sv")
                .body
                .starts_with("En av dina kalenderadresser i Samverkan går ut måndag 22 november 2027.")
        );
        for news in [ending, FeedNews::Ended] {
            let [swedish, english] = ["sv", "en"].map(|language| feed_news(news, page, language));
            assert_ne!(swedish, english);
            for letter in [swedish, english] {
                assert!(letter.body.contains(&format!("\n{page}\n")), "{letter:?}");
                assert!(!letter.body.contains(".ics"), "{letter:?}");
            }
        }
    }

    /// V3
    #[test]
    fn v3_news_of_minutes_leads_to_the_door_and_tells_nothing() {
        for language in ["sv", "en"] {
            for handed in [false, true] {
                let letter = minutes_news(handed, "https://samverkan.test", language);
                assert!(letter.body.contains("https://samverkan.test/\n"), "{letter:?}");
                for secret in
                    ["samtyck", "consent", "ärende", "case", "barn", "child", "famil", "anteckning", "minutes"]
                {
                    assert!(!format!("{letter:?}").to_lowercase().contains(secret), "{secret} in {letter:?}");
                }
            }
        }
        assert_ne!(minutes_news(true, "x", "sv"), minutes_news(true, "x", "en"));
        assert_ne!(minutes_news(true, "x", "sv"), minutes_news(false, "x", "sv"));
    }
}
