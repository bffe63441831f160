//! The sentences of an extract that nobody wrote, Swedish and English side by side.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use domain::{
    consent::InfoCategory,
    minutes::{ChildsView, Outcome},
    time::local,
};

use super::{Born, ConsentGiven, Language, Office};

const MONTHS: [(&str, &str); 12] = [
    ("januari", "January"),
    ("februari", "February"),
    ("mars", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augusti", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

/// Makes a function per sentence without anything to fill in.
macro_rules! sentences {
    ($($name:ident => $swedish:literal, $english:literal;)*) => {
        impl Language {
            $(pub(super) const fn $name(self) -> &'static str { self.pick($swedish, $english) })*
        }
    };
}

sentences! {
    title => "Utdrag ur minnesanteckningar", "Extract of minutes";
    child => "Den unge", "Young person";
    case => "Ärende", "Case";
    handed_to => "Lämnas till", "Handed to";
    handed_from => "Lämnas från", "Handed over by";
    consent => "Samtycke", "Consent";
    question => "Frågeställning", "Question";
    contributions => "Vad parterna bidrog med", "What the parties brought";
    childs_view => "Den unges åsikt", "The young person’s view";
    guardians_view => "Vårdnadshavarnas syn", "The guardians’ view";
    agreed => "Överenskommet", "Agreed";
    undertakings => "Överenskomna åtgärder", "Agreed actions";
    what => "Åtgärd", "Action";
    who => "Vem", "Who";
    due => "Senast", "By";
    outcome => "Hur ärendet går vidare", "How the case goes on";
    present => "Närvarande", "Present";
    addendum => "Tillägg", "Addendum";
    about => "Om handlingen", "About this record";
    written_by => "Skriven av", "Written by";
    drawn_up => "Justerad, upprättad", "Approved, drawn up";
    dispatched => "Expedierad", "Dispatched";
    version => "Version", "Version";
    nothing => "Inget skrivet.", "Nothing written.";
    secrecy => "Kan omfattas av sekretess enligt offentlighets- och sekretesslagen (2009:400).",
        "May be secret under the Public Access to Information and Secrecy Act (2009:400).";
    about_package =>
        "Paketet är ett leveranspaket (SIP) enligt FGS Paketstruktur 2.0, det vill säga E-ARK CSIP 2.1.0 och E-ARK SIP 2.1.0.\nDet håller ett utdrag ur minnesanteckningar om ett ärende, lämnat till en mottagande myndighet.\n\nMETS.xml                     förteckning över filerna, med storlek och kontrollsumma (SHA-256)\nrepresentations/rep1/data/   utdraget, PDF/A-2a\nmetadata/descriptive/        ärendet och handlingen, CITS ERMS 2.1 (FGS Ärendehantering 2.0)\nmetadata/preservation/       hur filen kom till, PREMIS 3.0\nschemas/                     de delar av scheman som används här\n",
        "This is a submission information package (SIP) by FGS Paketstruktur 2.0, that is E-ARK CSIP 2.1.0 and E-ARK SIP 2.1.0.\nIt holds an extract of the minutes of one case, handed over to one receiving authority.\n\nMETS.xml                     list of the files, with size and checksum (SHA-256)\nrepresentations/rep1/data/   the extract, PDF/A-2a\nmetadata/descriptive/        the case and the record, CITS ERMS 2.1 (FGS Ärendehantering 2.0)\nmetadata/preservation/       how the file was made, PREMIS 3.0\nschemas/                     the parts of schemas that are used here\n";
    missing => "Tecknet \u{FFFD} står där typsnittet saknar ett tecken. Det som skrevs finns kvar i filens text och följer med när den kopieras eller läses upp.",
        "The sign \u{FFFD} stands where the font lacks a character. What was written is kept in the file’s text, and comes along when it is copied or read aloud.";
}

impl Language {
    pub(super) const fn pick<'a>(self, swedish: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Swedish => swedish,
            Self::English => english,
        }
    }

    /// The tag a file says its language with (BCP 47).
    pub(super) const fn tag(self) -> &'static str {
        self.pick("sv-SE", "en-GB")
    }

    /// "26 november 2026".
    pub(super) fn day(self, day: NaiveDate) -> String {
        let month = MONTHS.get(day.month0() as usize).map_or("", |(swedish, english)| self.pick(swedish, english));
        format!("{} {month} {}", day.day(), day.year())
    }

    /// "26 november 2026 kl. 09.10", in Sweden.
    pub(super) fn instant(self, at: DateTime<Utc>) -> String {
        let at = local(at);
        let time = format!("{:02}.{:02}", at.hour(), at.minute());
        format!("{} {} {time}", self.day(at.date()), self.pick("kl.", "at"))
    }

    pub(super) fn heading(self, met_on: NaiveDate) -> String {
        format!("{} {}", self.pick("Minnesanteckning", "Minutes"), self.day(met_on))
    }

    pub(super) fn approved_by(self, at: DateTime<Utc>, by: &str) -> String {
        format!("{} {} {by}", self.instant(at), self.pick("av", "by"))
    }

    pub(super) fn added(self, at: DateTime<Utc>, by: &str) -> String {
        format!("{} {}", self.pick("Justerat", "Approved"), self.approved_by(at, by))
    }

    pub(super) fn born(self, born: Born) -> String {
        match (born, self) {
            (Born::On(day), Self::Swedish) => format!("född {}", self.day(day)),
            (Born::On(day), Self::English) => format!("born {}", self.day(day)),
            (Born::Age(years), Self::Swedish) => format!("{years} år"),
            (Born::Age(years), Self::English) => format!("aged {years}"),
        }
    }

    pub(super) fn consent_given(self, consent: &ConsentGiven) -> String {
        let (obtained, until) = (self.day(consent.obtained_on), self.day(consent.valid_until));
        let parties = self.listed(&consent.parties);
        match self {
            Self::Swedish => {
                format!("Inhämtat {obtained}, gäller till och med {until}. Omfattar {parties}.")
            }
            Self::English => format!("Obtained {obtained}, holds to the end of {until}. Covers {parties}."),
        }
    }

    /// What stands at the top of every page: for whom it is.
    pub(super) fn to(self, recipient: &Office) -> String {
        format!("{} {}", self.pick("Till", "To"), office(recipient))
    }

    /// What stands at the top of every page: why it may be there.
    pub(super) fn with_consent(self, consent: &ConsentGiven) -> String {
        let (obtained, until) = (self.day(consent.obtained_on), self.day(consent.valid_until));
        match self {
            Self::Swedish => {
                format!("Lämnas ut med samtycke inhämtat {obtained}, giltigt till och med {until}")
            }
            Self::English => format!("Handed over with consent obtained {obtained}, valid to the end of {until}"),
        }
    }

    pub(super) fn case_named(self, reference: &str) -> String {
        format!("{} {reference}", self.case())
    }

    pub(super) fn page(self, number: usize, of: usize) -> String {
        format!("{} {number} {} {of}", self.pick("Sida", "Page"), self.pick("av", "of"))
    }

    /// "Skolan, Socialtjänsten och BUP".
    pub(super) fn listed(self, names: &[String]) -> String {
        match names {
            [] => "–".into(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.pick("och", "and")),
        }
    }

    pub(super) const fn kind(self, kind: InfoCategory) -> &'static str {
        match kind {
            InfoCategory::School => self.pick("skolsituation och närvaro", "school situation and attendance"),
            InfoCategory::Social => self.pick("stöd från socialtjänsten", "support from social services"),
            InfoCategory::Health => self.pick("psykisk och fysisk hälsa", "mental and physical health"),
            InfoCategory::Assessments => self.pick("tester och bedömningar", "tests and assessments"),
            InfoCategory::Family => self.pick("familjens situation", "the family’s situation"),
        }
    }

    pub(super) const fn view(self, view: ChildsView) -> &'static str {
        match view {
            ChildsView::Heard => self.pick("Inhämtad", "Heard"),
            ChildsView::NotSuitable => self.pick("Inte lämpligt att inhämta", "Not suitable to ask for"),
            ChildsView::Declined => self.pick("Avböjde", "Declined"),
        }
    }

    pub(super) fn goes_on(self, outcome: Outcome) -> String {
        match outcome {
            Outcome::FollowUp(day) => {
                format!("{} {}.", self.pick("Ärendet tas upp igen", "The case is taken up again on"), self.day(day))
            }
            Outcome::Closure => self.pick("Ärendet avslutas.", "The case is closed.").into(),
            Outcome::HandOver => self.pick("Ärendet lämnas över.", "The case is handed over.").into(),
        }
    }
}

/// "Barn och unga, Socialnämnden".
pub(super) fn office(office: &Office) -> String {
    let both = [office.unit.as_str(), office.authority.as_str()];
    both.into_iter().filter(|name| !name.trim().is_empty()).collect::<Vec<_>>().join(", ")
}
