//! Finding a personal number in running text (M9).

use std::ops::Range;

use crate::identity::{check_sum, date_of, is_separator};

/// The bytes of the first personnummer or samordningsnummer in a text.
///
/// Found are ten or twelve digits whose first are a date, the date whole or parted (`2013-12-03-2384`). Written the usual
/// way, with a sign before the last four, a wrong check digit does not hide it; written without a sign the check digit
/// must fit, so that telephone numbers pass.
#[must_use]
pub fn find_personal_number(text: &str) -> Option<Range<usize>> {
    let mut before = None;
    for (start, character) in text.char_indices() {
        let starts_here = character.is_ascii_digit() && !before.is_some_and(|before: char| before.is_ascii_digit());
        if starts_here && let Some(length) = text.get(start..).and_then(number_at_start) {
            return Some(start..start + length);
        }
        before = Some(character);
    }
    None
}

/// The length in bytes of the personal number a text starts with.
pub(crate) fn number_at_start(text: &str) -> Option<usize> {
    [&[8][..], &[6], &[4, 2, 2], &[2, 2, 2]].into_iter().find_map(|parts| number_of_parts(text, parts))
}

/// The same, for a date written in parts of so many digits.
fn number_of_parts(text: &str, parts: &[usize]) -> Option<usize> {
    let mut rest = text;
    let mut date = 0_u64;
    for (place, &part) in parts.iter().enumerate() {
        if place > 0 {
            rest = rest.strip_prefix(is_gap)?;
        }
        let (digits, after) = take_digits(rest, part)?;
        date = date * 10_u64.pow(u32::try_from(part).ok()?) + digits;
        rest = after;
    }
    let after_date = rest;
    rest = rest.trim_start_matches([' ', '\u{a0}']);
    let signed = rest.strip_prefix(is_separator);
    rest = signed.unwrap_or(rest).trim_start_matches(' ');
    let far = after_date.len() - rest.len() > 5;
    let (last_four, after) = take_digits(rest, 4)?;
    if far || after.starts_with(|character: char| character.is_ascii_digit()) || !is_date(date, parts) {
        return None;
    }
    let fits = check_sum(date % 1_000_000 * 10_000 + last_four).is_multiple_of(10);
    (fits || signed.is_some()).then_some(text.len() - after.len())
}

/// So many digits, and what follows them.
fn take_digits(text: &str, count: usize) -> Option<(u64, &str)> {
    let (digits, rest) = text.split_at_checked(count)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    Some((digits.parse().ok()?, rest))
}

/// What may stand between year, month and day.
const fn is_gap(character: char) -> bool {
    is_separator(character) || matches!(character, ' ' | '.' | '/' | '\u{a0}')
}

/// Whether the digits are a date someone alive can be born on, in either century where only two digits tell the year.
fn is_date(date: u64, parts: &[usize]) -> bool {
    if parts.iter().sum::<usize>() == 8 {
        return (18_000_000..22_000_000).contains(&date) && date_of(date).is_some();
    }
    date_of(19_000_000 + date).is_some() || date_of(20_000_000 + date).is_some()
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};
    use proptest::prelude::*;

    use super::*;
    use crate::identity::{NumberKind, PersonalNumber};

    fn found(text: &str) -> Option<&str> {
        find_personal_number(text).map(|range| &text[range])
    }

    #[test]
    fn m9_a_number_is_found_however_it_is_written() {
        for number in [
            "640823-3234",
            "19640823-3234",
            "6408233234",
            "196408233234",
            "640823+3234",
            "640823 3234",
            "640823 - 3234",
            "640823–3234",
            "1964-08-23-3234",
            "1964 08 23 3234",
            "640883-3231",
        ] {
            let text = format!("Modern (pnr {number}) ringde på torsdagen.");
            assert_eq!(found(&text), Some(number), "{text}");
        }
    }

    #[test]
    fn m9_a_mistyped_number_in_the_usual_form_is_found_too() {
        assert_eq!(found("640823-3235"), Some("640823-3235"));
    }

    #[test]
    fn m9_dates_times_and_telephone_numbers_pass() {
        for text in [
            "Möte 2026-11-26 kl. 09.10",
            "Ring 070-123 45 67",
            "0532-171 00",
            "Dnr 2026/1234",
            "26 november 2026",
            "20261126",
            "ärende 123456-7",
            "12345678901234",
            "2026-11-26 09.10–09.40",
            "991399-1234",
            "Åmål 662 31",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn m9_every_number_is_found_in_any_words(age in 0_u64..36_000, birth_number in 0_u16..1_000, short: bool,
                                                 before in "[a-zåäö .,]{0,20}", after in "[a-zåäö .,]{0,20}") {
            let born = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap() - Days::new(age);
            let number = PersonalNumber::with_birth_number(born, birth_number, NumberKind::Personal).unwrap().to_string();
            let number = if short { &number[2..] } else { &number };
            let text = format!("{before}{number}{after}");
            prop_assert_eq!(found(&text), Some(number));
        }

        #[test]
        fn any_text_is_answered(text in any::<String>(), digits in "[0-9 .+–-]{0,40}") {
            let _ = (found(&text), found(&digits));
        }
    }
}
