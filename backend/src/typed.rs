//! Reads what people typed into values with a promise, and gathers every flaw on the way, so that a form is told all at
//! once what is wrong with it.

use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime};
use domain::{
    case_file::Protection,
    consultation::{Known, Question, QuestionFlaw, whereabouts},
    flaw::{Flaw, FlawKind},
    text::{DateFlaw, PersonName, PlainText, Prose, TextFlaw, TimeFlaw, find_personal_number, typed_date, typed_time},
};

use crate::{Error, Result};

/// A form being read. Each method gives the value, or notes the field's flaw and gives nothing.
#[derive(Debug, Default)]
pub(crate) struct Typed {
    flaws: Vec<Flaw>,
    /// Whether no text may tell where anybody is to be found (I1).
    protected: bool,
}

impl Typed {
    /// A form about a case whose identity may be protected: then no text in it tells where anybody is to be found (I1).
    pub(crate) fn about(protection: Protection) -> Self {
        Self { protected: protection.hides_name(), ..Self::default() }
    }

    /// Notes a flaw that a rule found.
    pub(crate) fn flaw(&mut self, field: &str, kind: FlawKind) {
        self.flaws.push(Flaw::new(field, kind));
    }

    /// Whether nothing is wrong so far.
    pub(crate) fn is_sound(&self) -> bool {
        self.flaws.is_empty()
    }

    /// Goes on only if nothing is wrong.
    pub(crate) fn finish(self) -> Result<()> {
        if self.is_sound() { Ok(()) } else { Err(Error::Invalid(self.flaws)) }
    }

    /// What cannot be missing once [`Typed::finish`] has gone well, for taking values out of their options.
    pub(crate) fn value<T>(value: Option<T>) -> Result<T> {
        value.ok_or_else(|| Error::Invalid(Vec::new()))
    }

    /// A person's name.
    pub(crate) fn name(&mut self, field: &str, text: &str) -> Option<PersonName> {
        self.keep(field, PersonName::parse(text).map_err(kind_of_text))
    }

    /// One line that must be there. As all free text it holds no personal number (M9).
    pub(crate) fn line<const MAX: usize>(&mut self, field: &str, text: &str) -> Option<PlainText<MAX>> {
        let line = self.keep(field, PlainText::parse(text).map_err(kind_of_text))?;
        self.points_nowhere(field, text).then_some(line)
    }

    /// One line that may be left out: an empty text then.
    pub(crate) fn optional_line<const MAX: usize>(&mut self, field: &str, text: &str) -> String {
        if text.trim().is_empty() {
            return String::new();
        }
        self.line::<MAX>(field, text).map_or_else(String::new, String::from)
    }

    /// Paragraphs that must be there, without personal numbers (M9).
    pub(crate) fn prose<const MAX: usize>(&mut self, field: &str, text: &str) -> Option<Prose<MAX>> {
        let prose = self.keep(field, Prose::parse(text).map_err(kind_of_text))?;
        self.points_nowhere(field, text).then_some(prose)
    }

    /// Paragraphs that may be left out: an empty text then.
    pub(crate) fn optional_prose<const MAX: usize>(&mut self, field: &str, text: &str) -> String {
        if text.trim().is_empty() {
            return String::new();
        }
        self.prose::<MAX>(field, text).map_or_else(String::new, String::from)
    }

    /// The question of an anonymous consultation, which leads to nobody; each place that does is told (A2).
    pub(crate) fn question(&mut self, field: &str, text: &str, known: &Known) -> Option<Question> {
        match Question::parse(text, known) {
            Ok(question) => Some(question),
            Err(QuestionFlaw::Text(flaw)) => self.keep(field, Err(kind_of_text(flaw))),
            Err(QuestionFlaw::PointsOut(found)) => {
                for finding in found {
                    self.flaw(field, finding.into());
                }
                None
            }
        }
    }

    /// A date that must be there.
    pub(crate) fn date(&mut self, field: &str, text: &str) -> Option<NaiveDate> {
        self.keep(field, typed_date(text).map_err(kind_of_date))
    }

    /// A date that may be left out.
    pub(crate) fn optional_date(&mut self, field: &str, text: &str) -> Option<NaiveDate> {
        if text.trim().is_empty() { None } else { self.date(field, text) }
    }

    /// A time of day.
    pub(crate) fn time(&mut self, field: &str, text: &str) -> Option<NaiveTime> {
        self.keep(field, typed_time(text).map_err(kind_of_time))
    }

    /// A whole number within bounds.
    pub(crate) fn number(&mut self, field: &str, text: &str, min: i32, max: i32) -> Option<i32> {
        let text = text.trim();
        if text.is_empty() {
            return self.keep(field, Err(FlawKind::Required));
        }
        let number = text.parse().ok().filter(|number| (min..=max).contains(number));
        self.keep(field, number.ok_or(FlawKind::NotANumber { min, max }))
    }

    /// One of the choices, by its code or id.
    pub(crate) fn choice<T: FromStr>(&mut self, field: &str, text: &str) -> Option<T> {
        if text.trim().is_empty() {
            return self.keep(field, Err(FlawKind::Required));
        }
        self.keep(field, text.trim().parse().map_err(|_| FlawKind::NotAChoice))
    }

    /// One of the choices, or none.
    pub(crate) fn optional_choice<T: FromStr>(&mut self, field: &str, text: &str) -> Option<T> {
        if text.trim().is_empty() { None } else { self.choice(field, text) }
    }

    fn points_nowhere(&mut self, field: &str, text: &str) -> bool {
        let flaw = if find_personal_number(text).is_some() {
            FlawKind::PersonalNumberInText
        } else if self.protected && whereabouts(text).is_some() {
            FlawKind::WhereaboutsInText
        } else {
            return true;
        };
        self.flaw(field, flaw);
        false
    }

    fn keep<T>(&mut self, field: &str, read: std::result::Result<T, FlawKind>) -> Option<T> {
        read.map_err(|kind| self.flaw(field, kind)).ok()
    }
}

fn kind_of_text(flaw: TextFlaw) -> FlawKind {
    match flaw {
        TextFlaw::Empty => FlawKind::Required,
        TextFlaw::TooLong { max } => FlawKind::TooLong { max: u32::try_from(max).unwrap_or(u32::MAX) },
        TextFlaw::ControlCharacter => FlawKind::ControlCharacter,
    }
}

const fn kind_of_date(flaw: DateFlaw) -> FlawKind {
    match flaw {
        DateFlaw::Empty => FlawKind::Required,
        DateFlaw::NotADate => FlawKind::NotADate,
        DateFlaw::DoesNotExist => FlawKind::NoSuchDate,
    }
}

const fn kind_of_time(flaw: TimeFlaw) -> FlawKind {
    match flaw {
        TimeFlaw::Empty => FlawKind::Required,
        TimeFlaw::NotATime => FlawKind::NotATime,
        TimeFlaw::DoesNotExist => FlawKind::NoSuchTime,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// M9
    #[test]
    fn no_free_text_takes_a_personal_number() {
        let mut typed = Typed::default();
        assert!(typed.line::<80>("title", "Om 131203-2384").is_none());
        assert!(typed.prose::<80>("question", "Gäller\n20131203-2384.").is_none());
        assert_eq!(typed.optional_line::<80>("language", "20131203 2384"), "");
        assert_eq!(typed.optional_prose::<80>("not_covered", "Pappa, 131203–2384"), "");
        assert!(typed.line::<80>("place", "Rum 131, tel. 0532-170 00").is_some());
        let Err(Error::Invalid(flaws)) = typed.finish() else { panic!("the form is not sound") };
        let fields: Vec<_> = flaws.iter().map(|flaw| (flaw.field.as_str(), flaw.kind)).collect();
        assert_eq!(
            fields,
            ["title", "question", "language", "not_covered"].map(|field| (field, FlawKind::PersonalNumberInText))
        );
    }

    #[test]
    fn every_flaw_of_a_form_is_told_at_once() {
        let mut typed = Typed::default();
        assert!(typed.name("child_name", " ").is_none());
        assert!(typed.date("born_on", "2011-02-30").is_none());
        assert_eq!(typed.number("minutes", "20", 5, 120), Some(20));
        assert!(typed.number("minutes", "0", 5, 120).is_none());
        assert!(typed.optional_date("until", "").is_none());
        let Err(Error::Invalid(flaws)) = typed.finish() else { panic!("the form is not sound") };
        let told: Vec<_> = flaws.iter().map(|flaw| (flaw.field.as_str(), flaw.kind)).collect();
        assert_eq!(
            told,
            [
                ("child_name", FlawKind::Required),
                ("born_on", FlawKind::NoSuchDate),
                ("minutes", FlawKind::NotANumber { min: 5, max: 120 }),
            ]
        );
    }
}
