//! A meeting as a message into one person's calendar (iTIP, RFC 5546; rules 47 and 48).

use chrono::{DateTime, Utc};
use domain::meeting::InvitationAnswer;

use super::{
    event::{Occurrence, Words, ZONE},
    line::Lines,
};

/// What a message does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Puts an event into a calendar, or another time of it (RFC 5546 § 3.2.2).
    Request,
    /// Takes it out (§ 3.2.5).
    Cancel,
}

impl Method {
    /// As the standard writes it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// Who is asked by whom. Nobody else stands in the message (rule 47).
#[derive(Clone, Debug)]
pub struct Asked {
    /// What the message does.
    pub method: Method,
    /// The address that answers go to.
    pub organizer: String,
    /// The address of whoever is asked.
    pub attendee: String,
    /// What they answered so far.
    pub answer: InvitationAnswer,
    /// When the message was made.
    pub stamped_at: DateTime<Utc>,
}

impl Asked {
    /// Whether it takes the event out of the calendar.
    pub(super) fn takes_back(&self) -> bool {
        self.method == Method::Cancel
    }

    pub(super) fn put(&self, event: &mut Lines) {
        event.put("ORGANIZER;CN=Samverkan", &format!("mailto:{}", self.organizer));
        let answer = match self.answer {
            InvitationAnswer::Pending => "NEEDS-ACTION",
            InvitationAnswer::Coming => "ACCEPTED",
            // Whoever sends a deputy does not come; who does is nobody's here to know.
            InvitationAnswer::Declined | InvitationAnswer::Deputy => "DECLINED",
        };
        let rsvp = if self.takes_back() { "" } else { ";RSVP=TRUE" };
        event.put(
            &format!("ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer}{rsvp}"),
            &format!("mailto:{}", self.attendee),
        );
    }
}

/// The message.
#[must_use]
pub fn message(occurrence: &Occurrence, asked: &Asked, language: &str) -> String {
    let mut head = Lines::default();
    head.put("BEGIN", "VCALENDAR");
    head.put("VERSION", "2.0");
    head.put("PRODID", "-//Samverkan//Kallelse//SV");
    head.put("CALSCALE", "GREGORIAN");
    head.put("METHOD", asked.method.code());
    let event = occurrence.lines(Words::of(language), Some(asked));
    format!("{}{ZONE}{event}END:VCALENDAR\r\n", head.done())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn occurrence() -> Occurrence {
        Occurrence {
            uid: "u".into(),
            sequence: 3,
            changed_at: DateTime::UNIX_EPOCH,
            on: "2026-11-26".parse().unwrap(),
            starts: "09:50:00".parse().unwrap(),
            minutes: 25,
            place: "Kanarierummet".into(),
            cancelled: false,
            url: "https://samverkan.test/traffar/1".into(),
            own: true,
            alarm: None,
        }
    }

    fn asked(method: Method, answer: InvitationAnswer) -> Asked {
        Asked {
            method,
            organizer: "moten+abc@a.test".into(),
            attendee: "eva.sand@b.test".into(),
            answer,
            stamped_at: "2026-11-22T11:00:00Z".parse().unwrap(),
        }
    }

    /// Rules 47 and 48: the method stands on the calendar, one attendee, and what is taken out is marked.
    #[test]
    fn rules_47_and_48_a_message_asks_one_person_and_a_later_one_takes_it_back() {
        let unfolded = |method, answer| message(&occurrence(), &asked(method, answer), "sv").replace("\r\n ", "");
        let request = unfolded(Method::Request, InvitationAnswer::Pending);
        assert!(request.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), "{request}");
        assert_eq!(request.matches("METHOD:").count(), 1);
        assert!(request.find("METHOD:REQUEST") < request.find("BEGIN:VEVENT"));
        assert!(request.contains("\r\nORGANIZER;CN=Samverkan:mailto:moten+abc@a.test\r\n"), "{request}");
        assert!(request.contains(
            "\r\nATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:eva.sand@b.test\r\n"
        ));
        assert!(
            request.contains("STATUS:CONFIRMED")
                && request.contains("SEQUENCE:3")
                && request.contains("SUMMARY:Samverkansträff\r\n")
        );
        assert!(request.contains("DTSTAMP:20261122T110000Z"), "when the message was made");
        assert_eq!(request.matches("ATTENDEE").count(), 1);
        let back = unfolded(Method::Cancel, InvitationAnswer::Deputy);
        assert!(
            back.contains("METHOD:CANCEL\r\n")
                && back.contains("STATUS:CANCELLED")
                && back.contains("PARTSTAT=DECLINED:"),
            "{back}"
        );
        assert!(back.contains("SUMMARY:Samverkansträff\r\n"), "it may well be held: for others");
        assert!(!back.contains("RSVP"));
    }
}
