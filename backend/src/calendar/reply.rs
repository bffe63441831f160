//! Answers to invitations by mail (iTIP REPLY, RFC 5546 § 3.2.3; rule 49).

use domain::meeting::InvitationAnswer;
use icalendar::parser::{Component, Property, read_calendar_simple, unfold};

/// How many parts a calendar may be made of: the parser calls itself for each that lies inside another.
const MOST_PARTS: usize = 50;

/// What somebody answered about one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The event's.
    pub uid: String,
    /// Whose answer it is, lower case.
    pub attendee: String,
    /// None for "maybe", and for what says nothing.
    pub answer: Option<InvitationAnswer>,
    /// Of the event as it was when they answered; what is not said is the first (RFC 5545 § 3.8.7.4).
    pub sequence: u32,
    /// Where the answer was meant to go; programs leave it out (rule 49).
    pub organizer: Option<String>,
}

/// The answers in a calendar, or none where it is no REPLY. What belongs to an occurrence of a series is an answer to the whole: each
/// of our events is one meeting.
#[must_use]
pub fn replies(calendar: &str) -> Vec<Reply> {
    let calendar = unfold(calendar);
    let parts = calendar
        .lines()
        .filter(|line| line.trim_start().get(..6).is_some_and(|six| six.eq_ignore_ascii_case("BEGIN:")));
    if parts.count() > MOST_PARTS {
        return Vec::new();
    }
    // The other reader of this library writes its complaints out, and breaks off where they are long.
    let Ok(parsed) = read_calendar_simple(&calendar) else { return Vec::new() };
    let named = |part: &Component<'_>, name: &str| part.name.as_str().eq_ignore_ascii_case(name);
    let Some(calendar) = parsed.iter().find(|part| named(part, "VCALENDAR")) else { return Vec::new() };
    let method = find(&calendar.properties, "METHOD").map(|method| method.val.as_str().trim());
    if !method.is_some_and(|method| method.eq_ignore_ascii_case("REPLY")) {
        return Vec::new();
    }
    calendar.components.iter().filter(|part| named(part, "VEVENT")).filter_map(reply).collect()
}

fn reply(event: &Component<'_>) -> Option<Reply> {
    let value = |name| find(&event.properties, name).map(|property| property.val.as_str().trim().to_owned());
    // Of an answer there is one attendee: whoever answers (§ 3.2.3).
    let attendee = find(&event.properties, "ATTENDEE")?;
    let said = attendee.params.iter().find(|param| param.key.as_str().eq_ignore_ascii_case("PARTSTAT"));
    let said = said.and_then(|param| param.val.as_ref()).map(|said| said.as_str().trim().to_ascii_uppercase());
    Some(Reply {
        uid: value("UID")?,
        attendee: address(attendee.val.as_str())?,
        answer: match said.as_deref() {
            Some("ACCEPTED") => Some(InvitationAnswer::Coming),
            Some("DECLINED") => Some(InvitationAnswer::Declined),
            Some("DELEGATED") => Some(InvitationAnswer::Deputy),
            _ => None,
        },
        sequence: value("SEQUENCE").and_then(|sequence| sequence.parse().ok()).unwrap_or(0),
        organizer: value("ORGANIZER").as_deref().and_then(address),
    })
}

fn find<'a, 'b>(properties: &'a [Property<'b>], name: &str) -> Option<&'a Property<'b>> {
    properties.iter().find(|property| property.name.as_str().eq_ignore_ascii_case(name))
}

/// The address of a `mailto:`, lower case; the scheme in any case (rule 49).
fn address(value: &str) -> Option<String> {
    let value = value.trim();
    let (scheme, address) = value.split_once(':')?;
    scheme.eq_ignore_ascii_case("mailto").then(|| address.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn calendar(method: &str, lines: &str) -> String {
        format!(
            "BEGIN:VCALENDAR\r\nPRODID:-//x//EN\r\nVERSION:2.0\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    }

    const YES: &str = "UID:u-1\r\nSEQUENCE:4\r\nATTENDEE;CN=\"Sand, Eva\";PARTSTAT=ACCEPTED:MAILTO:Eva.Sand@B.test\r\nDTSTAMP:20261122T110000Z\r\n";

    #[test]
    fn an_answer_is_read_with_whose_it_is_and_what_it_answers() {
        let [reply] = &replies(&calendar("REPLY", YES))[..] else { panic!("one answer") };
        let expected = Reply {
            uid: "u-1".into(),
            attendee: "eva.sand@b.test".into(),
            answer: Some(InvitationAnswer::Coming),
            sequence: 4,
            organizer: None,
        };
        assert_eq!(*reply, expected);
    }

    /// Rule 49: what clients write differently.
    #[test]
    fn rule_49_what_programs_write_differently_is_the_same_answer() {
        for (said, answer) in [
            ("PARTSTAT=DECLINED", Some(InvitationAnswer::Declined)),
            ("partstat=declined;X-RESPONSE=1", Some(InvitationAnswer::Declined)),
            ("PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:x@y.test\"", Some(InvitationAnswer::Deputy)),
            ("PARTSTAT=TENTATIVE", None),
            ("PARTSTAT=NEEDS-ACTION", None),
            ("RSVP=TRUE", None),
        ] {
            let text = calendar(
                "REPLY",
                &format!("ATTENDEE;{said}:mailto:a@b.test\r\nUID:u\r\nRECURRENCE-ID:20261126T080000Z\r\n"),
            );
            let all = replies(&text);
            assert_eq!(all.iter().map(|one| (one.answer, one.sequence)).collect::<Vec<_>>(), [(answer, 0)], "{said}");
            assert_eq!(replies(&text.replace("\r\n", "\n")), all, "ends of lines");
        }
        let folded = calendar("reply", &YES.replace("Eva.Sand", "Eva.\r\n Sand"));
        assert_eq!(replies(&folded).len(), 1);
        let with = calendar("REPLY", &format!("{YES}ORGANIZER:mailto:Moten+Abc@A.test\r\n"));
        assert_eq!(replies(&with)[0].organizer.as_deref(), Some("moten+abc@a.test"));
    }

    #[test]
    fn what_is_no_answer_is_none() {
        for other in ["REQUEST", "COUNTER", "CANCEL", "PUBLISH"] {
            assert_eq!(replies(&calendar(other, YES)), [], "{other}");
        }
        assert_eq!(replies(&calendar("REPLY", "UID:u-1\r\n")), [], "nobody's");
        assert_eq!(replies(&calendar("REPLY", "UID:u-1\r\nATTENDEE;PARTSTAT=ACCEPTED:urn:uuid:1\r\n")), []);
        assert_eq!(replies("Hej! Jag kommer."), []);
    }

    #[test]
    fn parts_inside_parts_do_not_exhaust_the_program() {
        assert_eq!(replies(&"BEGIN:VCALENDAR\r\n".repeat(20_000)), []);
        assert_eq!(replies(&"begin:vevent\n ".repeat(20_000)), []);
    }

    proptest! {
        #[test]
        fn nothing_that_is_sent_stops_the_program(text in any::<String>(), lines in "[A-Z;=:\"\r\n ,\\\\]{0,200}") {
            let _ = replies(&text);
            let _ = replies(&calendar("REPLY", &lines));
        }
    }
}
