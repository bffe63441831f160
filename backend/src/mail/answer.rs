//! Answers that come by mail: the address they come to, and the message around them (RFC 5322, MIME).

use std::collections::BTreeSet;

use data_encoding::BASE32_NOPAD;
use mail_parser::{MessageParser, MimeHeaders as _};
use sha2::{Digest as _, Sha256};

use crate::calendar::{Reply, replies};

/// Longer messages are not read, in bytes. An answer takes two thousand.
pub const MOST: usize = 256 << 10;

/// The longest a local part may be before its key (RFC 5321 § 4.5.3.1.1 allows 64 with it).
const LONGEST_LOCAL: usize = 30;
/// Characters of a key: 160 bits, and no upper case to be lost on the way.
const KEY: usize = 32;

/// The address that answers come to: `moten@example.se`, where `moten+` and a key before the `@` reaches the same mailbox (RFC 5233).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerAddress {
    local: String,
    domain: String,
}

impl AnswerAddress {
    /// Reads it as it is configured.
    ///
    /// # Errors
    /// What it should be instead.
    pub fn parse(address: &str) -> Result<Self, &'static str> {
        let address = address.trim().to_lowercase();
        let (local, domain) = address.split_once('@').ok_or("no address")?;
        let plain = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
        if local.is_empty() || local.len() > LONGEST_LOCAL || !plain(local) {
            return Err(
                "not of at most thirty letters, digits, dots and dashes before the @: a key is put there, after a +",
            );
        }
        if domain.is_empty() || !plain(domain) {
            return Err("no address");
        }
        Ok(Self { local: local.to_owned(), domain: domain.to_owned() })
    }

    /// With a key in it: who answers to it has seen the invitation (rule 49).
    #[must_use]
    pub(crate) fn with(&self, key: &str) -> String {
        format!("{}+{key}@{}", self.local, self.domain)
    }

    /// The keys in a text's addresses of this kind.
    fn keys_in(&self, text: &str) -> BTreeSet<String> {
        let text = text.to_lowercase();
        let key = |after: &str| {
            let (key, rest) = after.split_at_checked(KEY)?;
            let ours = rest.strip_prefix('@')?.starts_with(&self.domain);
            (ours && key.bytes().all(|byte| byte.is_ascii_alphanumeric())).then(|| key.to_owned())
        };
        text.split(&format!("{}+", self.local)).skip(1).filter_map(key).collect()
    }
}

/// The key of an invitation's answers, from the secret of its link; the other way there is none.
pub(crate) fn answer_key(token: &str) -> String {
    let digest = Sha256::digest(format!("samverkan: address for answers\0{token}"));
    BASE32_NOPAD.encode(digest.get(..20).unwrap_or_default()).to_lowercase()
}

/// A message with answers in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answered {
    pub replies: Vec<Reply>,
    /// The keys of the addresses it was sent to.
    pub keys: BTreeSet<String>,
}

/// Reads a message; none where no answer to an invitation is in it.
pub(crate) fn read(message: &[u8], address: &AnswerAddress) -> Option<Answered> {
    if message.len() > MOST {
        return None;
    }
    let parsed = MessageParser::default().parse(message)?;
    let calendar = parsed
        .parts
        .iter()
        .find(|part| part.is_content_type("text", "calendar") || part.is_content_type("application", "ics"))?;
    let replies = replies(&String::from_utf8_lossy(calendar.contents()));
    if replies.is_empty() {
        return None;
    }
    let head: String = parsed.headers_raw().map(|(_, value)| value.replace(['\r', '\n', ' ', '\t'], "")).collect();
    let mut keys = address.keys_in(&head);
    keys.extend(replies.iter().filter_map(|reply| reply.organizer.as_deref()).flat_map(|one| address.keys_in(one)));
    Some(Answered { replies, keys })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn address() -> AnswerAddress {
        AnswerAddress::parse("Moten@a.test").unwrap()
    }

    fn key() -> String {
        answer_key("hemlig")
    }

    const CALENDAR: &str = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:u\r\nATTENDEE;PARTSTAT=DECLINED:mailto:åsa@b.test\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    fn message(to: &str, kind: &str, coding: &str, body: &str) -> Vec<u8> {
        format!(
            "From: Eva <eva@b.test>\r\nTo: {to}\r\nSubject: Accepted\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHej\r\n\
             --b\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n{body}\r\n--b--\r\n"
        )
        .into_bytes()
    }

    #[test]
    fn an_answer_is_found_however_the_message_is_written() {
        let to = address().with(&key());
        let base64 = data_encoding::BASE64_MIME.encode(CALENDAR.as_bytes());
        let quoted = CALENDAR.replace('=', "=3D").replace('å', "=C3=A5");
        for message in [
            message(&to, "text/calendar; method=REPLY; charset=UTF-8", "8bit", CALENDAR),
            message(&to, "text/calendar; charset=\"utf-8\"; method=REPLY", "base64", &base64),
            message(&to.to_uppercase(), "Text/Calendar", "quoted-printable", &quoted),
            message(
                &format!("\"Samverkan\" <{to}>, x@y.test"),
                "application/ics; name=\"invite.ics\"",
                "base64",
                &base64,
            ),
        ] {
            let answered =
                read(&message, &address()).unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&message)));
            assert_eq!(answered.keys, BTreeSet::from([key()]));
            assert_eq!(answered.replies.len(), 1);
            assert_eq!(answered.replies[0].attendee, "åsa@b.test");
        }
        let bare = format!(
            "Delivered-To: {to}\r\nTo: x@y.test\r\nContent-Type: text/calendar; charset=utf-8\r\n\r\n{CALENDAR}"
        );
        assert_eq!(read(bare.as_bytes(), &address()).map(|one| one.keys), Some(BTreeSet::from([key()])));
    }

    #[test]
    fn without_a_key_or_a_calendar_it_answers_nothing() {
        for to in [
            "moten@a.test",
            "moten+kort@a.test",
            &format!("moten+{}@annan.test", key()),
            &format!("x+{}@a.test", key()),
        ] {
            let read = read(&message(to, "text/calendar", "8bit", CALENDAR), &address());
            assert_eq!(read.map(|one| one.keys), Some(BTreeSet::new()), "{to}");
        }
        let to = address().with(&key());
        assert_eq!(read(&message(&to, "text/plain", "8bit", CALENDAR), &address()), None);
        let long = CALENDAR.replace("UID:u", &format!("UID:{}", "u".repeat(MOST)));
        assert_eq!(read(&message(&to, "text/calendar", "8bit", &long), &address()), None);
    }

    #[test]
    fn an_address_leaves_room_for_the_key() {
        assert_eq!(address().with(&key()).len(), "moten@a.test".len() + 1 + KEY);
        for bad in [
            "",
            "moten",
            "@a.test",
            "moten@",
            "moten+x@a.test",
            "Möten <m@a.test>",
            &format!("{}@a.test", "x".repeat(31)),
        ] {
            assert!(AnswerAddress::parse(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_sent_stops_the_program(bytes in any::<Vec<u8>>(), head in "[A-Za-z:;=/\" \r\n-]{0,200}") {
            let _ = read(&bytes, &address());
            let _ = read(&message("x", &head, "base64", &head), &address());
        }
    }
}
