//! Avidentifierad konsultation: a question without any link to a person (A1), and the guard that keeps people out of it (A2).
//!
//! The guard rather refuses a word too many than lets one through, and says which, so that it can be written in another way. It
//! knows what is written, not what is meant: that a rare trait tells who somebody is in a small municipality, nobody but the
//! writer can see.

mod class;
mod contact;
mod date;
mod name;
mod place;
mod token;

use std::{fmt, ops::Range};

use thiserror::Error;

pub use name::Known;

use crate::{
    flaw::FlawKind,
    text::{Prose, TextFlaw},
};
use token::Tokens;

coded! {
    /// What in a text leads to a person.
    pub enum Trace {
        /// A personnummer or samordningsnummer.
        PersonalNumber => "personal_number",
        /// A day of a certain year, or a birthday.
        Date => "date",
        /// A school class: `7B`.
        Class => "class",
        /// A street, a box or a postcode.
        Address => "address",
        /// A telephone number.
        Telephone => "telephone",
        /// An e-mail address, or a name in social media.
        Email => "email",
        /// The reference of a case the asking unit knows.
        CaseReference => "case_reference",
        /// Some other number that belongs to one person or matter.
        Number => "number",
        /// A name the asking unit knows of a child or a guardian.
        Name => "name",
    }
}

/// A place in a text that leads to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub trace: Trace,
    /// The bytes it stands in.
    pub at: Range<usize>,
}

impl From<Finding> for FlawKind {
    fn from(Finding { trace, at }: Finding) -> Self {
        let place = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Self::PointsOut { trace, from: place(at.start), to: place(at.end) }
    }
}

/// Every place in a text that leads to a person, in order; none reaches into another (A2).
#[must_use]
pub fn guard(text: &str, known: &Known) -> Vec<Finding> {
    let all = Tokens::of(text);
    let mut found = Vec::new();
    let mut next = 0;
    while let Some(first) = all.get(next) {
        let Some((trace, end)) = found_at(text, &all, next, known) else {
            next += 1;
            continue;
        };
        let last = end.checked_sub(1).and_then(|last| all.get(last)).unwrap_or(first);
        found.push(Finding { trace, at: first.at.start..last.at.end });
        next = end.max(next + 1);
    }
    found
}

/// The first place in a text that tells where somebody is to be found: an address, a telephone number, an e-mail address (I1).
#[must_use]
pub fn whereabouts(text: &str) -> Option<Range<usize>> {
    let tells = |one: &Finding| matches!(one.trace, Trace::Address | Trace::Telephone | Trace::Email);
    guard(text, &Known::default()).into_iter().find(tells).map(|one| one.at)
}

/// The token after what begins at one.
type Rule = fn(&Tokens<'_>, usize) -> Option<usize>;

/// What begins at a token, and the token after it. What is found first is what it is: a date in a personal number is none.
fn found_at(text: &str, all: &Tokens<'_>, at: usize, known: &Known) -> Option<(Trace, usize)> {
    let rules: [(Trace, Rule); 6] = [
        (Trace::Email, contact::email),
        (Trace::Date, date::date),
        (Trace::Telephone, contact::telephone),
        (Trace::Address, place::address),
        (Trace::Class, class::class),
        (Trace::Number, contact::number),
    ];
    let number = personal_number(text, all, at).map(|end| (Trace::PersonalNumber, end));
    let reference = || known.reference(all, at).map(|end| (Trace::CaseReference, end));
    number
        .or_else(reference)
        .or_else(|| rules.into_iter().find_map(|(trace, rule)| Some((trace, rule(all, at)?))))
        .or_else(|| known.name(all, at).map(|end| (Trace::Name, end)))
}

fn personal_number(text: &str, all: &Tokens<'_>, at: usize) -> Option<usize> {
    let start = all.digits(at).and_then(|_| all.get(at))?.at.start;
    let length = crate::text::personal_number_at_start(text.get(start..)?)?;
    Some(all.first_from(start + length))
}

/// Why a question cannot be asked as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum QuestionFlaw {
    /// It is no text of ours at all.
    #[error(transparent)]
    Text(#[from] TextFlaw),
    /// It leads to a person, here.
    #[error("the question leads to a person")]
    PointsOut(Vec<Finding>),
}

/// The question of an anonymous consultation: all there is of one (A1).
#[derive(Clone, PartialEq, Eq)]
pub struct Question(String);

impl Question {
    /// The most characters.
    pub const MAX: usize = 500;

    /// A question as typed, if the guard finds nothing in it. Places are told in the text as typed.
    ///
    /// # Errors
    /// What is wrong with it as a text, or everything in it that leads to a person.
    pub fn parse(text: &str, known: &Known) -> Result<Self, QuestionFlaw> {
        let question = Prose::<{ Self::MAX }>::parse(text)?;
        match guard(text, known) {
            found if found.is_empty() => Ok(Self(question.into())),
            found => Err(QuestionFlaw::PointsOut(found)),
        }
    }

    /// A question read back from where it was kept. The guard let it through when it was asked.
    #[must_use]
    pub const fn kept(text: String) -> Self {
        Self(text)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Only the length: what is logged or panicked with must not tell what people wrote.
impl fmt::Debug for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Question({} characters)", self.0.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::identity::{NumberKind, PersonalNumber};

    fn known() -> Known {
        let names = ["Alva Maria Ek", "Åke-Björn Nyman", "Hans Öberg", "Bo van der Meer", "Zoë O'Neill", "A. Li"];
        Known::new(names, ["T4VK", "2B7D"])
    }

    fn found(text: &str) -> Vec<(Trace, &str)> {
        guard(text, &known()).into_iter().map(|one| (one.trace, &text[one.at])).collect()
    }

    /// Each of these, in the middle of a sentence, is found whole and as nothing else.
    fn each_is(trace: Trace, all: &[&str]) {
        for one in all {
            for text in [format!("Vi undrar över {one}, som vi talat om."), (*one).to_owned(), format!("({one})")] {
                assert_eq!(found(&text), [(trace, *one)], "{text}");
            }
        }
    }

    #[test]
    fn a2_personal_numbers_are_found_however_they_are_written() {
        each_is(
            Trace::PersonalNumber,
            &[
                "640823-3234",
                "640823+3234",
                "19640823-3234",
                "196408233234",
                "6408233234",
                "1964-08-23-3234",
                "640823 3234",
                "640823–3234",
                "640883-3231",
                "640823-3235",
            ],
        );
        // Too few or strange last digits: what is left is a date.
        assert_eq!(found("20150312-TF12"), [(Trace::Date, "20150312")]);
        assert_eq!(found("150312-XXXX"), [(Trace::Date, "150312")]);
    }

    #[test]
    fn a2_dates_are_found_however_they_are_written() {
        each_is(
            Trace::Date,
            &[
                "2015-03-12",
                "2015–03–12",
                "2015/3/12",
                "2015.03.12",
                "2015 03 12",
                "20150312",
                "150312",
                "15-03-12",
                "150372",
                "20150372",
                "12/3 2015",
                "12/3-15",
                "12/3 -15",
                "12/3/15",
                "12.3.2015",
                "12.3.15",
                "12-3-2015",
                "12 3 2015",
                "12 mars 2015",
                "12 MARS 2015",
                "12 mars, 2015",
                "12 mar. 2015",
                "12 mars -15",
                "12 mars ’15",
                "12:e mars 2015",
                "12e mars 2015",
                "tolfte mars 2015",
                "trettioförsta december 2014",
                "March 12, 2015",
                "12th of March 2015",
            ],
        );
        assert_eq!(found("Född 2015-03-12."), [(Trace::Date, "2015-03-12")]);
    }

    #[test]
    fn a2_a_birthday_needs_no_year() {
        for (text, date) in [
            ("Barnet är fött den 12 mars", "12 mars"),
            ("född den 12:e mars", "12:e mars"),
            ("födelsedag 12/3", "12/3"),
            ("f. 12/3", "12/3"),
            ("fyller tolv den 1 maj", "1 maj"),
            ("född i mars 2015", "mars 2015"),
            ("born on 12 March", "12 March"),
        ] {
            assert_eq!(found(text), [(Trace::Date, date)], "{text}");
        }
        assert_eq!(found("Hen är född här. Den 12 mars ses vi"), [], "another sentence");
    }

    #[test]
    fn a2_classes_are_found_and_years_and_stages_are_not() {
        each_is(Trace::Class, &["7B", "7b", "7 B", "4 c", "7-B", "7:b", "7Bs", "NA21", "SA22b", "TE1"]);
        for (text, class) in [
            ("klass 5A", "5A"),
            ("klass 5 K", "5 K"),
            ("åk 3b", "3b"),
            ("åk. 3 b", "3 b"),
            ("årskurs 7K", "7K"),
            ("klassen B", "B"),
            ("förskoleklass A", "A"),
            ("i 7B:s klassrum", "7B"),
        ] {
            assert_eq!(found(text), [(Trace::Class, class)], "{text}");
        }
    }

    #[test]
    fn a2_addresses_are_found() {
        each_is(
            Trace::Address,
            &[
                "Storgatan 12",
                "storgatan 12",
                "Bergsvägen 3 B",
                "Bergsväg 3b",
                "Kyrkbacken 7",
                "Skolvägen 3",
                "Åstigen",
                "Torget 4",
                "Bondgränd",
                "Storgatan",
                "Box 123",
                "lgh 1203",
                "662 31",
            ],
        );
        for (text, address) in [
            ("Olof Palmes gata", "gata"),
            ("Olof Palmes gata 3", "gata 3"),
            ("Eriks väg 6", "väg 6"),
            ("SE-66231", "66231"),
            ("66231 Åmål", "66231"),
            ("Storgatans ände", "Storgatans"),
        ] {
            assert_eq!(found(text), [(Trace::Address, address)], "{text}");
        }
    }

    #[test]
    fn a2_telephones_mail_and_other_numbers_are_found() {
        each_is(
            Trace::Telephone,
            &["070-123 45 67", "0701234567", "0532-170 00", "08-12 34 56", "+46 70 123 45 67", "+46 (0)70-123 45 67"],
        );
        assert_eq!(found("tel. 123 45"), [(Trace::Telephone, "123 45")]);
        assert_eq!(found("Ring 17000!"), [(Trace::Telephone, "17000")]);
        each_is(Trace::Email, &["alva.ek@skola.example", "någon@skola", "@alvaek", "a_b@c.d"]);
        each_is(Trace::Number, &["1234567", "dnr 2026/1234", "Dnr: SN-2026-14", "２０１５", "٣"]);
    }

    #[test]
    fn a3_a_case_is_not_named_by_its_reference() {
        each_is(Trace::CaseReference, &["T4VK", "t4vk", "2B7D"]);
        assert_eq!(found("K7MT och XT4VK"), [], "not a case the unit knows");
    }

    #[test]
    fn a2_names_are_found_word_by_word_in_every_form() {
        each_is(
            Trace::Name,
            &[
                "Alva", "alva", "ALVA", "Álva", "Alvas", "Ek", "Nyman", "Nymans", "Björns", "BJORN", "Oberg", "zoe",
                "ONeill",
            ],
        );
        assert_eq!(found("Alva-flickan"), [(Trace::Name, "Alva")]);
        assert_eq!(found("A\u{30a}ke"), [(Trace::Name, "A\u{30a}ke")]);
        assert_eq!(found("Åke-Björn"), [(Trace::Name, "Åke"), (Trace::Name, "Björn")]);
        assert_eq!(found("ÅkeBjörn"), [(Trace::Name, "ÅkeBjörn")]);
        assert_eq!(found("Max:s och Alva's"), [(Trace::Name, "Alva")]);
    }

    #[test]
    fn a2_a_common_word_that_is_a_known_name_is_told_so_that_another_can_be_chosen() {
        assert_eq!(found("Barnet vill bo hos hans mamma"), [(Trace::Name, "bo"), (Trace::Name, "hans")]);
        assert_eq!(guard("Barnet vill bo hos hans mamma", &Known::default()), []);
        // The small words in names and lone letters are in every text.
        assert_eq!(found("De säger att den van der i a och O"), []);
    }

    #[test]
    fn a2_what_a_question_needs_is_left_alone() {
        for text in [
            "En tioåring i årskurs 4 är hemma mest hela tiden. Hur börjar vi?",
            "Barnet är 10 år, snart 11. En 7-åring och en 10-12-åring.",
            "åk 7–9, åk F–3, årskurs 4 i en liten skola, klass 5, mellanstadiet, förskoleklass",
            "Närvaron har gått från 54 till 31 procent, 1,5 dagar av 5, 50 %, ½ dag",
            "Möte v. 48, kl. 09.10–09.40, kl 9.10-10, hösten 2026, HT 2026, i mars 2026, sedan 2024-25",
            "Född 2015, född i Sverige. Fyller snart 13.",
            "SoL 19 kap. 1 §, OSL 10:18 a, 29 kap. 9 a § skollagen, LVU 3 §, 26 kap. 1 § OSL",
            "Skolvägen är otrygg, hemvägen med. Överväg stöd. Borta iväg 3 gånger, på vägen 2 dagar. Konstigt nog på torget.",
            "Har sex timmar skärm, 6 h per dag, sover 4 h. 15 000 kronor, 100 000 kr, 24/7.",
            "2 syskon, 3 e-brev, 4 barn, 2 i taget, 3 ggr i veckan, 1:a gången, 24 h",
            "Kan elevhälsan, BUP och socialtjänsten träffas? LSS, ADHD, SIP, NPF, IV2?",
            "",
            "\u{0}\n",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a2_all_findings_are_told_at_once_in_order() {
        let text = "Alva i 7B, född 12/3 2015, bor på Storgatan 12, 662 31 Åmål. Mamma: 070-123 45 67.";
        let traces: Vec<_> = found(text).into_iter().map(|(trace, _)| trace).collect();
        assert_eq!(traces, [Trace::Name, Trace::Class, Trace::Date, Trace::Address, Trace::Address, Trace::Telephone]);
    }

    #[test]
    fn a2_a_question_is_a_text_that_leads_to_nobody() {
        let question = Question::parse(" En tioåring\r\nundrar. ", &known()).unwrap();
        assert_eq!(question.as_str(), "En tioåring\nundrar.");
        assert_eq!(format!("{question:?}"), "Question(19 characters)");
        assert_eq!(format!("{:?}", known()), "Known(15 words, 2 cases)");
        assert_eq!(Question::parse("  ", &known()), Err(QuestionFlaw::Text(TextFlaw::Empty)));
        let long = "å".repeat(Question::MAX + 1);
        assert_eq!(Question::parse(&long, &known()), Err(QuestionFlaw::Text(TextFlaw::TooLong { max: 500 })));
        let pointing = Finding { trace: Trace::Name, at: 2..6 };
        let kind = FlawKind::PointsOut { trace: Trace::Name, from: 2, to: 6 };
        assert_eq!(FlawKind::from(pointing.clone()), kind);
        assert_eq!(Question::parse("  Alva", &known()), Err(QuestionFlaw::PointsOut(vec![pointing])));
    }

    proptest! {
        #[test]
        fn a2_places_are_in_order_and_apart_in_any_text(text in any::<String>(), near in "[0-9A-Za-zåäö@.,:/+ \\-]{0,40}") {
            for text in [text, near] {
                let mut reached = 0;
                for Finding { at, .. } in guard(&text, &known()) {
                    prop_assert!(at.start >= reached && at.start < at.end);
                    prop_assert!(text.get(at.clone()).is_some());
                    reached = at.end;
                }
            }
        }

        #[test]
        fn a2_every_personal_number_is_found_in_any_words(age in 0_u64..36_000, birth_number in 0_u16..1_000, short: bool,
                                                         coordination: bool, before in "[a-zåäö ,]{0,20}", after in "[a-zåäö ,]{0,20}") {
            let born = chrono::NaiveDate::from_ymd_opt(2026, 11, 26).unwrap() - chrono::Days::new(age);
            let kind = if coordination { NumberKind::Coordination } else { NumberKind::Personal };
            let number = PersonalNumber::with_birth_number(born, birth_number, kind).unwrap().to_string();
            let number = if short { &number[2..] } else { &number };
            let text = format!("{before}{number}{after}");
            let all = guard(&text, &Known::default());
            prop_assert!(all.iter().any(|one| one.trace == Trace::PersonalNumber && &text[one.at.clone()] == number), "{text}");
        }

        #[test]
        fn a2_every_known_name_is_found_in_any_words(name in "[A-ZÅÄÖ][a-zåäöé]{1,10}", before in "[a-zåäö ,]{0,20}", genitive: bool,
                                                    shouted: bool) {
            let known = Known::new([name.as_str()], []);
            let written = if shouted { name.to_uppercase() } else { name };
            let text = format!("{before} {written}{}.", if genitive { "s" } else { "" });
            let found = guard(&text, &known);
            prop_assert!(found.iter().any(|one| one.at.end == text.len() - 1), "{text}");
        }

        #[test]
        fn a2_every_date_is_found_in_each_way_of_writing_it(days in 0_u64..36_000) {
            use chrono::Datelike as _;
            let on = chrono::NaiveDate::from_ymd_opt(1930, 1, 1).unwrap() + chrono::Days::new(days);
            let (year, month, day) = (on.year(), on.month(), on.day());
            for text in [
                on.to_string(),
                on.format("%Y%m%d").to_string(),
                on.format("%y%m%d").to_string(),
                format!("{day}/{month} {year}"),
                format!("{day}/{month}-{}", on.format("%y")),
                format!("{day}.{month}.{year}"),
                on.format("%-d %B %Y").to_string(),
            ] {
                let found = guard(&format!("Född {text}, sägs det"), &Known::default());
                prop_assert_eq!(found.len(), 1, "{}", &text);
                prop_assert_eq!(found[0].trace, Trace::Date, "{}", text);
            }
        }
    }
}
