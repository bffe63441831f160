//! The paper and the package of made-up minutes.

mod package;
mod paper;
mod reading;
mod samples;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    consent::InfoCategory,
    minutes::{ChildsView, Outcome},
};

use super::{
    Addendum, Approval, Born, Child, ConsentGiven, Content, Contribution, Extract, Language, Office, Present,
    Undertaking,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn office(unit: &str, authority: &str) -> Office {
    Office { unit: unit.into(), authority: authority.into() }
}

fn told(unit: &str, kind: InfoCategory, text: &str) -> Contribution {
    Contribution { unit: unit.into(), kind: Some(kind), text: text.into() }
}

fn undertaken(what: &str, unit: &str, due_on: &str) -> Undertaking {
    Undertaking { what: what.into(), unit: unit.into(), due_on: day(due_on) }
}

fn came(unit: &str, name: &str) -> Present {
    Present { unit: unit.into(), name: name.into() }
}

/// Minutes of an ordinary meeting.
fn extract() -> Extract {
    Extract {
        language: Language::Swedish,
        key: "7f3a9c21".into(),
        reference: "K7QM".into(),
        child: Some(Child { name: "Łucja Ruŧŧa Ğåse".into(), born: Some(Born::Age(14)) }),
        forum: "Ungdoms- och vuxencentralen".into(),
        met_on: day("2026-11-26"),
        recipient: office("Barn- och ungdomspsykiatrin", "Hälso- och sjukvårdsnämnden"),
        sender: office("Enheten för barn och unga", "Socialnämnden"),
        municipality: "Åmåls kommun".into(),
        consent: ConsentGiven {
            obtained_on: day("2026-11-12"),
            valid_until: day("2027-05-12"),
            parties: vec!["Kristinebergsskolan".into(), "Enheten för barn och unga".into(), "BUP".into()],
        },
        revision: 3,
        writers: vec!["Per Berg".into()],
        present: vec![
            came("Kristinebergsskolan", "Eva Lind"),
            came("Kristinebergsskolan", "Måns Öhrn"),
            came("Enheten för barn och unga", "Per Berg"),
            came("BUP", "Zoë Þórsdóttir"),
        ],
        content: content(),
        approved: Approval { at: at("2026-11-26T14:20:00Z"), by: "Karin Holm".into() },
        dispatched_at: at("2026-11-27T08:05:00Z"),
        addenda: Vec::new(),
    }
}

fn content() -> Content {
    Content {
        question: "Följa upp anpassad studiegång och överenskomna hembesök sedan 12 november.".into(),
        contributions: vec![
            told(
                "Kristinebergsskolan",
                InfoCategory::School,
                "Närvaron har gått från 31 till 54 procent. Anpassad studiegång med matematik och slöjd på förmiddagarna \
                 fungerar; svenska och engelska läses hemifrån två dagar i veckan.\nMentorn ringer varje måndag.",
            ),
            told(
                "Enheten för barn och unga",
                InfoCategory::Social,
                "Två hembesök genomförda. Stödet fortsätter till jul.",
            ),
            told("BUP", InfoCategory::Health, "Nybesök bokat 3 december kl. 10.15, med tolk."),
        ],
        childs_view: Some(ChildsView::Heard),
        childs_words: "Vill börja senare på måndagar, och vill inte att hembesöken sker samma dag som slöjden.".into(),
        guardians_view: "Är nöjda med studiegången. Önskar en och samma kontaktperson.".into(),
        agreed: "Skolan håller möte om schemat vecka 50. BUP återkopplar till alla tre parter efter nybesöket.".into(),
        undertakings: vec![
            undertaken("Möte om schemat, med den unge och båda vårdnadshavarna", "Kristinebergsskolan", "2026-12-11"),
            undertaken("Ett tredje hembesök", "Enheten för barn och unga", "2026-12-04"),
            undertaken("Återkoppla efter nybesöket", "BUP", "2026-12-10"),
        ],
        outcome: Some(Outcome::FollowUp(day("2026-12-17"))),
    }
}

/// The same, with something added later.
fn with_addendum() -> Extract {
    let approved = Approval { at: at("2026-12-03T08:12:00Z"), by: "Karin Holm".into() };
    let text = "Nybesöket flyttades till 8 december. Det står rätt i kallelsen.".into();
    Extract { addenda: vec![Addendum { approved, text }], ..extract() }
}
