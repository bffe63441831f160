//! Personal numbers: personnummer and samordningsnummer (I5).
//!
//! The birth date of a case is a field of its own and may differ from the number's (I6).

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Which register gave the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// Personnummer (folkbokföringslag 1991:481 § 18).
    Personal,
    /// Samordningsnummer: the day plus 60 (lag 2022:1697 2 kap.).
    Coordination,
}

/// What is wrong with a number as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum NumberFlaw {
    /// Something other than digits and one `-` or `+` before the last four.
    #[error("a personal number is digits only")]
    NotDigits,
    /// Neither 10 nor 12 digits.
    #[error("a personal number has 10 or 12 digits")]
    WrongLength,
    /// The first digits are no date.
    #[error("the first digits are no date")]
    NotADate,
    /// The date has not come.
    #[error("the date has not come")]
    NotYetBorn,
    /// The last digit does not fit the others.
    #[error("the last digit does not fit the others")]
    WrongCheckDigit,
}

/// A personnummer or samordningsnummer whose date exists and whose check digit is right. Shown in full by `Display` only;
/// `Debug` keeps it out of logs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonalNumber {
    /// Its twelve digits, `ÅÅÅÅMMDDNNNN`; 60 is added to the day of a samordningsnummer.
    digits: u64,
}

/// What is added to the day of a samordningsnummer.
const COORDINATION: u32 = 60;

impl PersonalNumber {
    /// A number as someone typed it: 10 or 12 digits, with or without `-` or `+` before the last four. `today` is the
    /// local day; ten digits name a person under 100, or with `+` one who turns 100 this year or has.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, NumberFlaw> {
        let (digits, separator) = split(text)?;
        let year_and_more = digits / 10_000;
        let full = match digits_in(text) {
            12 => digits,
            10 => {
                let short = u32::try_from(year_and_more / 10_000).unwrap_or_default();
                u64::from(full_year(short, separator, today)) * 100_000_000 + digits % 100_000_000
            }
            _ => return Err(NumberFlaw::WrongLength),
        };
        let number = Self::checked(full)?;
        if number.born_on() > today { Err(NumberFlaw::NotYetBorn) } else { Ok(number) }
    }

    /// The number of a birth date and the three digits after it, with its check digit. For invented people.
    #[must_use]
    pub fn with_birth_number(born_on: NaiveDate, birth_number: u16, kind: NumberKind) -> Option<Self> {
        let year = u64::try_from(born_on.year()).ok().filter(|year| *year <= 9_999)?;
        let day = born_on.day() + if kind == NumberKind::Coordination { COORDINATION } else { 0 };
        let date = year * 10_000 + u64::from(born_on.month()) * 100 + u64::from(day);
        let birth_number = Some(u64::from(birth_number)).filter(|number| *number <= 999)?;
        let unchecked = (date * 1_000 + birth_number) * 10;
        (0..10).find_map(|check| Self::checked(unchecked + check).ok())
    }

    /// The number of these twelve digits, if its date exists and its check digit fits.
    fn checked(digits: u64) -> Result<Self, NumberFlaw> {
        let number = Self { digits };
        date_of(digits / 10_000).ok_or(NumberFlaw::NotADate)?;
        if check_sum(digits % 10_000_000_000).is_multiple_of(10) {
            Ok(number)
        } else {
            Err(NumberFlaw::WrongCheckDigit)
        }
    }

    /// The date in the number.
    #[must_use]
    pub fn born_on(self) -> NaiveDate {
        date_of(self.digits / 10_000).unwrap_or(NaiveDate::MIN)
    }

    /// Which register gave it.
    #[must_use]
    pub const fn kind(self) -> NumberKind {
        if self.digits / 10_000 % 100 > COORDINATION as u64 { NumberKind::Coordination } else { NumberKind::Personal }
    }
}

/// The digits of a text as a number, and its separator if it has one.
fn split(text: &str) -> Result<(u64, Option<char>), NumberFlaw> {
    let text = text.trim();
    let before_last_four = text.chars().count().checked_sub(5);
    let mut digits = 0_u64;
    let mut separator = None;
    for (place, character) in text.chars().enumerate() {
        match character.to_digit(10) {
            Some(digit) => digits = digits.saturating_mul(10).saturating_add(u64::from(digit)),
            None if Some(place) == before_last_four && is_separator(character) => separator = Some(character),
            None => return Err(NumberFlaw::NotDigits),
        }
    }
    Ok((digits, separator))
}

fn digits_in(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

/// A hyphen, a plus, or one of the dashes a word processor makes of a hyphen.
pub(crate) const fn is_separator(character: char) -> bool {
    matches!(character, '-' | '+' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The year of two digits: the latest one not after this year; with `+` the one a hundred years before.
fn full_year(short: u32, separator: Option<char>, today: NaiveDate) -> u32 {
    let this_year = today.year_ce().1;
    let latest = this_year - (this_year + 100 - short) % 100;
    if separator == Some('+') { latest.saturating_sub(100) } else { latest }
}

/// The date of `ÅÅÅÅMMDD`, with or without 60 added to the day.
pub(crate) fn date_of(digits: u64) -> Option<NaiveDate> {
    let day = u32::try_from(digits % 100).ok()?;
    let day = day.checked_sub(COORDINATION).unwrap_or(day);
    let year = i32::try_from(digits / 10_000).ok()?;
    NaiveDate::from_ymd_opt(year, u32::try_from(digits / 100 % 100).ok()?, day)
}

/// The modulus-10 sum of ten digits with weights 2, 1; a multiple of ten where the last fits.
pub(crate) fn check_sum(ten_digits: u64) -> u64 {
    let digits = (0..10).map(|place| ten_digits / 10_u64.pow(place) % 10);
    digits.zip([1, 2].into_iter().cycle()).map(|(digit, weight)| digit * weight).map(|sum| sum / 10 + sum % 10).sum()
}

/// `ÅÅÅÅMMDD-NNNN`.
impl fmt::Display for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}-{:04}", self.digits / 10_000, self.digits % 10_000)
    }
}

/// Never the number: what is logged or panicked with must not tell it.
impl fmt::Debug for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonalNumber(…)")
    }
}

/// Reads the stored form, which has twelve digits and so needs no day to tell the century.
impl FromStr for PersonalNumber {
    type Err = NumberFlaw;

    fn from_str(text: &str) -> Result<Self, NumberFlaw> {
        let (digits, _) = split(text)?;
        if digits_in(text) == 12 { Self::checked(digits) } else { Err(NumberFlaw::WrongLength) }
    }
}

impl TryFrom<String> for PersonalNumber {
    type Error = NumberFlaw;

    fn try_from(text: String) -> Result<Self, NumberFlaw> {
        text.parse()
    }
}

impl From<PersonalNumber> for String {
    fn from(number: PersonalNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn today() -> NaiveDate {
        date("2026-11-26")
    }

    fn shown(text: &str) -> Result<String, NumberFlaw> {
        PersonalNumber::parse(text, today()).map(|number| number.to_string())
    }

    #[test]
    fn i5_ten_and_twelve_digits_with_and_without_separator_are_the_same_number() {
        for text in ["640823-3234", "6408233234", "19640823-3234", "196408233234", " 640823–3234 "] {
            assert_eq!(shown(text), Ok("19640823-3234".to_owned()), "{text}");
        }
    }

    #[test]
    fn i5_day_61_to_91_is_a_coordination_number() {
        let number = PersonalNumber::parse("640883-3231", today()).unwrap();
        assert_eq!(number.kind(), NumberKind::Coordination);
        assert_eq!(number.born_on(), date("1964-08-23"));
        assert_eq!(number.to_string(), "19640883-3231");
        assert_eq!(PersonalNumber::parse("640823-3234", today()).unwrap().kind(), NumberKind::Personal);
    }

    #[test]
    fn i5_a_plus_means_a_hundred_years_earlier() {
        let number = PersonalNumber::with_birth_number(date("1926-11-26"), 123, NumberKind::Personal).unwrap();
        let digits = number.to_string();
        let short = format!("{}+{}", &digits[2..8], &digits[9..]);
        assert_eq!(shown(&short), Ok(digits));
    }

    #[test]
    fn i5_each_error_says_what_is_wrong() {
        assert_eq!(shown("640823-3235"), Err(NumberFlaw::WrongCheckDigit));
        assert_eq!(shown("640832-3234"), Err(NumberFlaw::NotADate));
        assert_eq!(shown("640860-3234"), Err(NumberFlaw::NotADate));
        assert_eq!(shown("640892-3234"), Err(NumberFlaw::NotADate));
        assert_eq!(shown("64082-3234"), Err(NumberFlaw::WrongLength));
        assert_eq!(shown(""), Err(NumberFlaw::WrongLength));
        assert_eq!(shown("99999999999999999999999999"), Err(NumberFlaw::WrongLength));
        assert_eq!(shown("640823-32E4"), Err(NumberFlaw::NotDigits));
        assert_eq!(shown("6408-233234"), Err(NumberFlaw::NotDigits));
    }

    #[test]
    fn i5_nobody_is_born_tomorrow() {
        let tomorrow = PersonalNumber::with_birth_number(date("2026-11-27"), 238, NumberKind::Personal).unwrap();
        assert_eq!(shown(&tomorrow.to_string()), Err(NumberFlaw::NotYetBorn));
    }

    #[test]
    fn debug_does_not_show_the_number() {
        let number: PersonalNumber = "19640823-3234".parse().unwrap();
        assert_eq!(format!("{number:?}"), "PersonalNumber(…)");
    }

    #[test]
    fn the_wire_carries_the_stored_form_and_refuses_any_other() {
        let number: PersonalNumber = "19640823-3234".parse().unwrap();
        let wire = serde_json::to_string(&number).unwrap();
        assert_eq!(wire, "\"19640823-3234\"");
        assert_eq!(serde_json::from_str::<PersonalNumber>(&wire).unwrap(), number);
        assert!(serde_json::from_str::<PersonalNumber>("\"640823-3234\"").is_err());
    }

    proptest! {
        #[test]
        fn i5_one_wrong_digit_is_always_found(age in 0_u64..30_000, birth_number in 0_u16..1_000, place in 8_usize..12,
                                              step in 1_u32..10, coordination: bool) {
            let born = today() - Days::new(age);
            let kind = if coordination { NumberKind::Coordination } else { NumberKind::Personal };
            let number = PersonalNumber::with_birth_number(born, birth_number, kind).unwrap();
            prop_assert_eq!(number.born_on(), born);
            prop_assert_eq!(number.kind(), kind);
            let mut digits: Vec<char> = number.to_string().chars().filter(|character| *character != '-').collect();
            digits[place] = char::from_digit((digits[place].to_digit(10).unwrap() + step) % 10, 10).unwrap();
            let wrong: String = digits.into_iter().collect();
            prop_assert_eq!(PersonalNumber::parse(&wrong, today()), Err(NumberFlaw::WrongCheckDigit));
        }

        #[test]
        fn i5_ten_digits_find_the_century_of_everyone_under_a_hundred(age in 0_u64..36_000, birth_number in 0_u16..1_000) {
            let number = PersonalNumber::with_birth_number(today() - Days::new(age), birth_number, NumberKind::Personal);
            let number = number.unwrap();
            prop_assert_eq!(PersonalNumber::parse(&number.to_string()[2..], today()), Ok(number));
        }

        #[test]
        fn any_text_is_answered(text in "\\PC{0,20}", digits in "[0-9+-]{0,14}") {
            let _ = (PersonalNumber::parse(&text, today()), PersonalNumber::parse(&digits, today()));
        }
    }
}
