//! The demo's children. All are invented: names are drawn from lists of common names, and no story is anybody's.

use super::words::Topic;

/// When a child was born, told from the day of the demo.
#[derive(Clone, Copy, Debug)]
pub(super) enum Born {
    /// So many years old since so many days.
    Aged(u16, u64),
    /// Turns so old in so many days.
    Turns(u16, u64),
    /// Turns 13 the day before the next youth meeting.
    ThirteenAtMeeting,
    /// Born on a 29 February, at least so old.
    LeapDay(u16),
}

/// When a case was registered.
#[derive(Clone, Copy, Debug)]
pub(super) enum Since {
    /// So many days into the first term.
    Term(u64),
    /// So many days ago.
    Ago(u64),
}

/// What became of a case's consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Story {
    /// Everybody agreed, and it holds.
    Agreed,
    /// The second guardian has not answered.
    HalfSigned,
    /// The second guardian said no.
    Refused,
    /// The second guardian is away and cannot answer: the first decides alone for a while.
    OneAlone,
    /// The second guardian named fewer units.
    Narrow(&'static [&'static str]),
    /// Taken back, wholly.
    Withdrawn,
    /// Taken back from one unit.
    WithdrawnFrom(&'static str),
    /// Over.
    Expired,
    /// Obtained in voluntary support; then came a report (C15).
    Overtaken,
    /// Nobody was asked yet.
    NotAsked,
    /// Ends the day before the next youth meeting.
    EndsBeforeMeeting,
    /// Guardians alone signed, shortly before the 15th birthday.
    GuardiansAlone,
}

/// Where a case stands among the meetings to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// On the family meeting that is published.
    Published,
    /// On the youth meeting that is a draft.
    Draft,
    /// On a meeting the week after.
    Later,
    /// On none.
    Queue,
}

/// One child.
#[derive(Debug)]
pub(super) struct Child {
    pub name: &'static str,
    pub born: Born,
    /// None for who decides alone.
    pub guardians: &'static [&'static str],
    /// Who registers, by first name.
    pub by: &'static str,
    pub since: Since,
    pub topic: Topic,
    /// Whom consent names, by their short names.
    pub named: &'static [&'static str],
    pub story: Story,
    pub place: Place,
    /// Code of `domain::case_file::Protection`.
    pub protection: &'static str,
    pub number: bool,
}

const fn child(name: &'static str, born: Born, guardians: &'static [&'static str], by: &'static str) -> Child {
    Child {
        name,
        born,
        guardians,
        by,
        since: Since::Term(3),
        topic: Topic::Attendance,
        named: &["social", "school"],
        story: Story::Agreed,
        place: Place::Queue,
        protection: "",
        number: true,
    }
}

impl Child {
    const fn since(self, since: Since) -> Self {
        Self { since, ..self }
    }
    const fn asks(self, topic: Topic, named: &'static [&'static str]) -> Self {
        Self { topic, named, ..self }
    }
    const fn story(self, story: Story) -> Self {
        Self { story, ..self }
    }
    const fn on(self, place: Place) -> Self {
        Self { place, ..self }
    }
    const fn protected(self, protection: &'static str) -> Self {
        Self { protection, number: false, ..self }
    }
    const fn unnumbered(self) -> Self {
        Self { number: false, ..self }
    }
}

use Born::{Aged, LeapDay, ThirteenAtMeeting, Turns};
use Place::{Draft, Later, Published};
use Since::{Ago, Term};
use Story::{
    EndsBeforeMeeting, Expired, GuardiansAlone, HalfSigned, Narrow, NotAsked, OneAlone, Overtaken, Refused, Withdrawn,
    WithdrawnFrom,
};
use Topic::{Attendance, Economy, Everyday, Language, Leisure, Plan, Support, Transition, Wellbeing};

/// Forty.
pub(super) const CHILDREN: &[Child] = &[
    // On the published family meeting: social, school, preschool, health, BUP, BVC, FK and leisure, eight together.
    child("Alva Sandell", Aged(7, 60), &["Jenny Sandell", "Marcus Sandell"], "sara")
        .asks(Attendance, &["social", "school", "health"])
        .on(Published),
    child("Noel Haddad", Aged(4, 100), &["Rima Haddad", "Samir Haddad"], "petra")
        .asks(Language, &["social", "preschool", "bvc"])
        .since(Term(4))
        .on(Published),
    child("Tilde Wikner", Aged(10, 200), &["Åsa Wikner"], "sara")
        .asks(Wellbeing, &["social", "school", "bup", "health"])
        .since(Term(6))
        .on(Published),
    child("Melvin Rask", Aged(9, 35), &["Linda Rask", "Ola Rask"], "per")
        .asks(Economy, &["social", "school", "fk", "leisure"])
        .since(Term(7))
        .on(Published),
    // On the draft of the youth meeting.
    child("Elin Broman", Aged(16, 80), &["Katarina Broman", "Jonas Broman"], "anna")
        .asks(Attendance, &["social", "gymnasium", "bup", "health"])
        .story(EndsBeforeMeeting)
        .on(Draft),
    child("Yusuf Warsame", ThirteenAtMeeting, &["Hodan Warsame", "Abdi Warsame"], "sara")
        .asks(Transition, &["social", "school", "gymnasium", "health"])
        .since(Ago(30))
        .on(Draft),
    child("Filip Norén", Aged(17, 40), &["Camilla Norén"], "anna")
        .asks(Plan, &["social", "gymnasium", "af", "fk"])
        .since(Term(5))
        .on(Draft),
    // On meetings the week after.
    child("Ebba Lindahl", LeapDay(2), &["Sofia Lindahl", "Erik Lindahl"], "petra")
        .asks(Everyday, &["social", "preschool", "bvc"])
        .since(Term(8))
        .on(Later),
    child("Viggo Åström", Aged(8, 150), &["Maria Åström", "Peter Åström"], "sara")
        .asks(Support, &["social", "school", "habilitation", "fk"])
        .since(Term(9))
        .on(Later),
    child("Amira Saleh", Aged(15, 120), &["Nour Saleh", "Karim Saleh"], "anna")
        .asks(Wellbeing, &["social", "gymnasium", "bup"])
        .since(Term(5))
        .on(Later),
    // Siblings, one in each forum.
    child("Love Hallgren", Aged(8, 20), &["Anneli Hallgren", "Mats Hallgren"], "sara")
        .asks(Everyday, &["social", "school", "leisure"])
        .since(Term(10)),
    child("Moa Hallgren", Aged(15, 220), &["Anneli Hallgren", "Mats Hallgren"], "anna")
        .asks(Attendance, &["social", "gymnasium", "leisure"])
        .since(Term(10))
        .on(Later),
    // Agreed, waiting.
    child("Sixten Palm", Aged(5, 90), &["Ida Palm"], "petra")
        .asks(Language, &["social", "preschool", "bvc", "habilitation"])
        .since(Term(12)),
    child("Leila Rostami", Aged(11, 160), &["Shirin Rostami", "Dariush Rostami"], "sara")
        .asks(Leisure, &["social", "school", "leisure"])
        .since(Term(13)),
    child("Hugo Ceder", Aged(14, 15), &["Pernilla Ceder", "Tomas Ceder"], "anna")
        .asks(Attendance, &["social", "gymnasium", "school", "health"])
        .since(Term(14)),
    child("Stina Forss", LeapDay(6), &["Helena Forss", "Anders Forss"], "sara")
        .asks(Wellbeing, &["social", "school", "health", "bup"])
        .since(Term(15)),
    child("Adam Kowalski", Aged(16, 180), &["Ewa Kowalska", "Marek Kowalski"], "anna")
        .asks(Plan, &["social", "gymnasium", "af"])
        .since(Term(16)),
    child("Ines Öberg-Larsson", Aged(6, 45), &["Frida Öberg"], "sara")
        .asks(Transition, &["social", "school", "preschool"])
        .since(Term(17)),
    child("Oliver Tran", Aged(17, 10), &["Thi Lan Tran"], "eva")
        .asks(Support, &["social", "bup", "gymnasium", "adult"])
        .since(Term(18)),
    child("Svea Lindroth", Aged(3, 70), &["Emma Lindroth", "Johan Lindroth"], "inga")
        .asks(Everyday, &["social", "bvc", "preschool"])
        .since(Ago(16))
        .unnumbered(),
    child("Rasmus Hedman", Aged(13, 140), &["Carina Hedman"], "sara")
        .asks(Leisure, &["social", "school", "leisure", "health"])
        .since(Ago(18)),
    child("Zeynep Aydin", Aged(12, 190), &["Elif Aydin", "Murat Aydin"], "kim")
        .asks(Attendance, &["social", "school", "health"])
        .since(Ago(15))
        .story(OneAlone),
    // Birthdays that change who decides.
    child("Tuva Elmgren", Turns(15, 25), &["Sara Elmgren", "Niklas Elmgren"], "anna")
        .asks(Wellbeing, &["social", "gymnasium", "bup"])
        .since(Term(6))
        .story(GuardiansAlone),
    child("Isak Bergqvist", Turns(18, 30), &["Ulrika Bergqvist"], "anna")
        .asks(Plan, &["social", "gymnasium", "af"])
        .since(Term(7)),
    child("Nathalie Strid", Aged(18, 120), &[], "anna")
        .asks(Plan, &["social", "gymnasium", "af", "adult"])
        .since(Ago(40)),
    child("Wilma Ottosson", Turns(13, 45), &["Malin Ottosson", "Fredrik Ottosson"], "sara")
        .asks(Transition, &["social", "school", "gymnasium"])
        .since(Ago(24)),
    // What stands in the way, each in its own way.
    child("Elias Nordin", Aged(9, 110), &["Sandra Nordin", "Patrik Nordin"], "sara")
        .asks(Attendance, &["social", "school"])
        .since(Ago(12))
        .story(HalfSigned),
    child("Maja Svedberg", Aged(14, 75), &["Lotta Svedberg", "Henrik Svedberg"], "anna")
        .asks(Wellbeing, &["social", "gymnasium", "bup"])
        .since(Ago(20))
        .story(HalfSigned),
    child("Casper Molin", Aged(11, 20), &["Åsa Molin", "Stefan Molin"], "sara")
        .asks(Leisure, &["social", "school", "leisure"])
        .since(Ago(25))
        .story(Refused),
    child("Lova Grahn", Aged(6, 130), &["Therese Grahn", "Daniel Grahn"], "petra")
        .asks(Support, &["social", "preschool", "fk", "habilitation"])
        .since(Term(9))
        .story(Narrow(&["social", "preschool"])),
    child("Theo Jansson", Aged(15, 60), &["Marie Jansson", "Lars Jansson"], "anna")
        .asks(Plan, &["social", "gymnasium", "af", "fk"])
        .since(Ago(35))
        .story(Narrow(&["social", "gymnasium", "af"])),
    child("Agnes Dahlin", Aged(8, 95), &["Karolina Dahlin", "Oskar Dahlin"], "sara")
        .asks(Wellbeing, &["social", "school", "bup"])
        .since(Term(5))
        .story(Withdrawn),
    child("Liam Sköld", Aged(16, 30), &["Veronica Sköld"], "anna")
        .asks(Economy, &["social", "gymnasium", "fk"])
        .since(Term(8))
        .story(WithdrawnFrom("fk")),
    child("Freja Lundmark", Aged(10, 10), &["Cecilia Lundmark", "Magnus Lundmark"], "sara")
        .asks(Everyday, &["social", "school", "leisure"])
        .since(Term(3))
        .story(Expired),
    child("Gabriel Mattsson", Aged(12, 85), &["Anna Mattsson"], "per")
        .asks(Attendance, &["social", "school", "health"])
        .since(Term(11))
        .story(Overtaken),
    child("Selma Berglund", Aged(4, 150), &["Jessica Berglund", "Robin Berglund"], "petra")
        .asks(Language, &["social", "preschool"])
        .since(Ago(9))
        .story(NotAsked)
        .unnumbered(),
    child("Anton Viklund", LeapDay(13), &["Monica Viklund", "Kent Viklund"], "sara")
        .asks(Attendance, &["social", "school", "health"])
        .since(Ago(8))
        .story(NotAsked),
    child("Nova Ekdahl", Aged(7, 25), &["Louise Ekdahl"], "eva")
        .asks(Support, &["bup", "social", "school"])
        .since(Ago(11))
        .story(NotAsked),
    // Protected identity: what is typed as a name is kept from everybody but the registering unit.
    child("Skyddad Ett", Aged(9, 50), &["Skyddad Vårdnadshavare"], "per")
        .asks(Everyday, &["social", "school"])
        .since(Term(14))
        .protected("mark"),
    child("Skyddad Två", Aged(16, 65), &["Skyddad Vårdnadshavare"], "per")
        .asks(Support, &["social"])
        .since(Ago(13))
        .story(NotAsked)
        .protected("registration"),
];
