//! Content lines of RFC 5545, § 3.1.
//!
//! Written here and not by the `icalendar` crate: its writer stamps each part of a VTIMEZONE with the time of writing and a
//! random UID, so that no two fetches would be alike (rules 13, 21). Its parser reads the result back in the tests.

/// The most octets on a line, its end not counted.
const LINE_OCTETS: usize = 75;

/// Text being written as content lines.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A line whose value is written as it stands: dates, numbers and words of ours.
    pub(super) fn put(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// A line whose value is of type TEXT (§ 3.3.11).
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{}", escaped(value)));
    }

    /// Everything written, each line ended by CRLF.
    pub(super) fn done(self) -> String {
        self.0
    }

    /// Ends lines before they grow past 75 octets, never inside a character. The blank a continuation starts with counts.
    fn fold(&mut self, line: &str) {
        if line.len() <= LINE_OCTETS {
            self.0.push_str(line);
            self.0.push_str("\r\n");
            return;
        }
        let mut room = LINE_OCTETS;
        for character in line.chars() {
            if character.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE_OCTETS - 1;
            }
            room -= character.len_utf8();
            self.0.push(character);
        }
        self.0.push_str("\r\n");
    }
}

/// Escapes what has a meaning in TEXT and leaves out what cannot be seen: a line break becomes `\n`, so no value can begin a
/// line of its own (INJ-03).
fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    let mut after_return = false;
    for character in value.chars() {
        match character {
            '\\' | ';' | ',' => out.extend(['\\', character]),
            '\n' if after_return => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            hidden if hidden.is_control() => {}
            other => out.push(other),
        }
        after_return = character == '\r';
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(value: &str) -> String {
        let mut lines = Lines::default();
        lines.text("LOCATION", value);
        lines.done()
    }

    /// Rule 2: å at octets 73–77.
    #[test]
    fn a_line_is_folded_at_75_octets_and_never_inside_a_character() {
        for lead in 60..72 {
            let text = format!("{}åäö och lite till", "x".repeat(lead));
            let folded = line(&text);
            for part in folded.trim_end().split("\r\n") {
                assert!(part.len() <= 75, "{part}");
            }
            assert_eq!(folded.replace("\r\n ", ""), format!("LOCATION:{text}\r\n"));
        }
    }

    /// Rule 9, INJ-03
    #[test]
    fn no_value_begins_a_line_of_its_own() {
        for end in ["\r\n", "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}"] {
            let folded = line(&format!("Rum 1{end}ATTENDEE:mailto:x@y"));
            assert_eq!(folded, "LOCATION:Rum 1\\nATTENDEE:mailto:x@y\r\n", "{end:?}");
        }
        assert_eq!(line("a;b,c\\d\u{0}\u{7f}\u{1b}"), "LOCATION:a\\;b\\,c\\\\d\r\n");
    }

    proptest! {
        #[test]
        fn any_text_is_one_line_of_valid_octets(text in any::<String>()) {
            let folded = line(&text);
            let unfolded = folded.replace("\r\n ", "");
            prop_assert_eq!(unfolded.matches("\r\n").count(), 1);
            prop_assert!(unfolded.trim_end_matches("\r\n").chars().all(|c| !c.is_control()));
            prop_assert!(folded.split("\r\n").all(|part| part.len() <= 75));
        }
    }
}
