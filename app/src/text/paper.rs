//! The paper form on which consent is given: "blankett för sekretesslättnad". Its words are what somebody agrees to, so they are
//! versioned: a change of any of them is a new version.
//!
//! What must stand there: which parties, what information, what kind of cooperation and how long; that it is voluntary and can be
//! taken back; what a no leads to; that the duty to report remains (OSL 2009:400, 10 kap. 1 § and 12 kap. 2 §; socialtjänstlagen 2025:400,
//! 19 kap. 1 §).

use domain::consent::{InfoCategory, Purpose};

/// Raised with every change of the words below; stands at the foot of each sheet.
pub const VERSION: u32 = 4;

/// Which words a form is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// Swedish as an authority writes it.
    Swedish,
    /// Swedish in short sentences and plain words.
    Plain,
    /// English.
    English,
}

impl Wording {
    /// In the order they are offered.
    pub const ALL: [Self; 3] = [Self::Swedish, Self::Plain, Self::English];

    /// As it stands in the address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.pick("svenska", "enkel", "english")
    }

    /// The wording of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wording| wording.code() == code)
    }

    /// Its name in itself.
    #[must_use]
    pub const fn endonym(self) -> &'static str {
        self.pick("Svenska", "Enkel svenska", "English")
    }

    /// The language of the page, for dates and for the reader's voice.
    #[must_use]
    pub const fn lang(self) -> super::Lang {
        match self {
            Self::Swedish | Self::Plain => super::Lang::Sv,
            Self::English => super::Lang::En,
        }
    }

    pub(super) const fn pick(self, swedish: &'static str, plain: &'static str, english: &'static str) -> &'static str {
        match self {
            Self::Swedish => swedish,
            Self::Plain => plain,
            Self::English => english,
        }
    }
}

/// One sentence in all three wordings.
macro_rules! papers {
    ($($name:ident => $swedish:literal, $plain:literal, $english:literal;)*) => {
        $(
            #[doc = concat!("»", $swedish, "«")]
            #[must_use]
            pub const fn $name(wording: Wording) -> &'static str {
                wording.pick($swedish, $plain, $english)
            }
        )*

        /// Everything that stands on the form.
        #[cfg(test)]
        const ALL_WORDS: &[fn(Wording) -> &'static str] = &[$($name),*];
    };
}

papers! {
    title => "Samtycke till samverkan", "Får vi prata med varandra?", "Consent to collaboration";
    intro =>
        "Skola, socialtjänst, vård och andra verksamheter har sekretess mot varandra. De får tala med varandra om barnet på en samverkansträff bara om du samtycker. Här bestämmer du vilka som får det, om vad och hur länge.",
        "Skolan, socialtjänsten och vården får inte berätta för varandra om barnet. De får det bara om du säger ja. Här väljer du vilka som får prata, om vad och hur länge.",
        "School, social services, health care and others are bound by secrecy towards each other. They may talk with each other about the child at a collaboration meeting only if you consent. Here you decide who may, about what and for how long.";
    child => "Barnet", "Barnet", "The child";
    born => "född", "född", "born";
    answers => "Den som svarar", "Du som svarar", "The person who answers";
    guardian => "vårdnadshavare", "vårdnadshavare", "guardian";
    parent => "förälder utan vårdnad", "förälder utan vårdnad", "parent without custody";
    own_intro =>
        "En verksamhet som känner dig får berätta om dig på en samverkansträff om barnet bara om du samtycker. Här bestämmer du vem som får berätta, vilka som får höra det och hur länge. Om barnet bestämmer vårdnadshavarna.",
        "Den som känner dig får berätta om dig på ett möte om barnet bara om du säger ja. Här väljer du vem som får berätta och vilka som får höra. Om barnet bestämmer vårdnadshavarna.",
        "A party that knows you may tell about you at a collaboration meeting about the child only if you consent. Here you decide who may tell, who may hear it and for how long. The guardians decide about the child.";
    own_tell => "Vem får berätta det de vet om mig?", "Vem får berätta om mig?", "Who may tell what they know about me?";
    own_hear => "Vilka får höra det?", "Vilka får höra det?", "Who may hear it?";
    own_hear_hint =>
        "Den du samtycker till deltar bara om du har kryssat för alla som är med på träffen.",
        "Den som känner dig kommer bara om du har kryssat för alla som är på mötet.",
        "The party that knows you takes part only if you have ticked all who are at the meeting.";
    own_voluntary =>
        "Det är frivilligt. Om du säger nej deltar inte de som känner dig. Rätten till stöd påverkas inte.",
        "Du bestämmer själv. Säger du nej kommer inte de som känner dig. Du kan få hjälp ändå.",
        "It is voluntary. If you say no those who know you do not take part. The right to support is not affected.";
    young => "barnet själv", "du som barnet gäller", "the child";
    by_hand => "Skrivs för hand", "Skriv för hand", "To be written by hand";
    who => "Vilka får tala med varandra?", "Vilka får prata med varandra?", "Who may talk with each other?";
    who_hint => "Kryssa för dem du samtycker till. De andra får inte veta något.", "Kryssa för dem du säger ja till. De andra får inte veta något.", "Tick those you consent to. The others will know nothing.";
    own_part =>
        "De här får dessutom berätta det de vet om mig själv, inte bara om barnet:",
        "De här får också berätta om mig själv, inte bara om barnet:",
        "These may also tell what they know about me, not only about the child:";
    another => "Annan verksamhet:", "Någon annan:", "Another party:";
    what => "Vad får de tala om?", "Vad får de prata om?", "What may they talk about?";
    not_this => "Det här får de inte tala om:", "Det här får de inte prata om:", "This they may not talk about:";
    also => "Det får de också göra med ditt samtycke:", "Får de också prata med varandra när de gör det här?", "They may also do this on your consent:";
    until => "Hur länge?", "Hur länge?", "For how long?";
    until_text =>
        "Från den dag då alla som behöver svara har gjort det, till och med",
        "Från den dag då alla som måste svara har svarat, till och med",
        "From the day when all who need to answer have done so, until and including";
    until_hint =>
        "Skriv en tidigare dag om du vill. Högst ett år. Vårdnadshavares samtycke upphör när barnet fyller 18.",
        "Skriv en tidigare dag om du vill. Längst ett år. När barnet fyller 18 gäller det inte längre.",
        "Write an earlier day if you wish. One year at most. A guardian's consent ends when the child turns 18.";
    earlier => "Eller till och med:", "Eller till och med:", "Or until and including:";
    version => "Blankettens version", "Blankettens version", "Version of the form";
    know => "Det här behöver du veta", "Det här behöver du veta", "What you need to know";
    know_voluntary =>
        "Det är frivilligt. Om du säger nej tas barnet inte upp på träffen. Rätten till stöd påverkas inte.",
        "Du bestämmer själv. Säger du nej pratar vi inte om barnet på träffen. Ni kan få hjälp ändå.",
        "It is voluntary. If you say no the child is not taken up at the meeting. The right to support is not affected.";
    know_all =>
        "Alla vårdnadshavare behöver svara, och från 15 år även barnet. Från 18 år svarar den unge ensam. Svarar ni olika gäller bara det som alla har sagt ja till.",
        "Alla vårdnadshavare måste svara. Har barnet fyllt 15 måste barnet också svara. Den som har fyllt 18 svarar själv. Bara det som alla säger ja till gäller.",
        "All guardians need to answer, and from 15 the child as well. From 18 the young person answers alone. Where you differ, only what all have agreed to holds.";
    know_back =>
        "Du kan när som helst ta tillbaka ditt samtycke, helt eller delvis, utan att ange skäl. Säg till någon av dem som får tala med varandra. Det gäller genast.",
        "Du kan ångra dig när du vill. Du behöver inte säga varför. Säg till någon som du har kryssat för. Då slutar vi genast.",
        "You can take your consent back at any time, wholly or in part, without giving a reason. Tell any of those who may talk with each other. It holds at once.";
    know_told =>
        "Det som redan har berättats kan inte göras oberättat, och det som är nedskrivet sparas enligt lag, men det lämnas inte vidare.",
        "Det vi redan har berättat kan vi inte ta tillbaka. Det som är skrivet sparas, men ingen ny får läsa det.",
        "What has been told cannot be untold, and what is written is kept as the law requires, but it is not passed on.";
    know_phase =>
        "Om det görs en orosanmälan eller inleds en utredning behövs ett nytt samtycke.",
        "Om socialtjänsten börjar utreda behöver vi fråga dig igen.",
        "If a report of concern is made or an investigation is opened, a new consent is needed.";
    know_report =>
        "Den som arbetar med barn är skyldig att anmäla till socialnämnden vid misstanke om att ett barn far illa (19 kap. 1 § socialtjänstlagen). Det gäller oavsett vad du svarar.",
        "Vi som arbetar med barn måste säga till socialtjänsten om vi tror att ett barn far illa. Det måste vi vad du än svarar.",
        "Whoever works with children must report to the social welfare board if they suspect that a child is being harmed (chapter 19 section 1 of the Social Services Act). That holds whatever you answer.";
    law =>
        "Samtycket häver sekretess enligt 10 kap. 1 § och 12 kap. 2 § offentlighets- och sekretesslagen (2009:400). Det är inte grund för personuppgiftsbehandling.",
        "Lagen som gäller heter offentlighets- och sekretesslagen, 10 kap. 1 § och 12 kap. 2 §.",
        "The consent waives secrecy under chapter 10 section 1 and chapter 12 section 2 of the Public Access to Information and Secrecy Act (2009:400). It is not a ground for processing personal data.";
    my_answer => "Mitt svar", "Mitt svar", "My answer";
    yes => "Ja, jag samtycker till det jag har kryssat för.", "Ja, till det jag har kryssat för.", "Yes, I consent to what I have ticked.";
    no => "Nej, jag samtycker inte.", "Nej.", "No, I do not consent.";
    date => "Datum", "Datum", "Date";
    signature => "Underskrift", "Skriv ditt namn", "Signature";
    in_print => "Namnförtydligande", "Ditt namn med stora bokstäver", "Name in print";
    staff => "Fylls i av den som tar emot svaret", "Fylls i av den som tar emot svaret", "To be filled in by the person who receives the answer";
    received_by => "Namn och verksamhet", "Namn och verksamhet", "Name and organisation";
    explained => "Innebörden har förklarats", "Vi har förklarat vad det betyder", "The meaning has been explained";
    in_person => "vid ett möte", "vid ett möte", "at a meeting";
    by_phone => "i telefon", "i telefon", "by telephone";
    interpreter => "med tolk, språk:", "med tolk, språk:", "with an interpreter, language:";
    childs_view => "Barnets egen inställning", "Vad barnet själv tycker", "The child's own view";
    obtained => "inhämtad", "barnet har fått säga vad det tycker", "obtained";
    unsuited => "inte lämpligt, därför att:", "det passade inte, därför att:", "not suitable, because:";
    back => "Jag tar tillbaka mitt samtycke", "Jag har ångrat mig", "I take back my consent";
    back_all => "helt", "allt", "wholly";
    back_part => "bara för:", "bara för:", "only for:";
}

/// What may be talked about, as on the form.
#[must_use]
pub const fn category(category: InfoCategory, wording: Wording) -> &'static str {
    match category {
        InfoCategory::School => {
            wording.pick("skolsituation och närvaro", "hur det går i skolan", "school situation and attendance")
        }
        InfoCategory::Social => {
            wording.pick("stöd från socialtjänsten", "hjälp från socialtjänsten", "support from social services")
        }
        InfoCategory::Health => {
            wording.pick("psykisk och fysisk hälsa", "hur barnet mår", "mental and physical health")
        }
        InfoCategory::Assessments => wording.pick("tester och bedömningar", "tester och prov", "tests and assessments"),
        InfoCategory::Family => wording.pick("familjens situation", "hur familjen har det", "the family's situation"),
    }
}

/// What a consent is given for, as on the form.
#[must_use]
pub const fn purpose(purpose: Purpose, wording: Wording) -> &'static str {
    match purpose {
        Purpose::CollaborationMeeting => wording.pick("samverkansträff", "träffar om barnet", "collaboration meeting"),
        Purpose::CoordinatedPlan => wording.pick(
            "samordnad individuell plan (SIP)",
            "en gemensam plan för barnet (SIP)",
            "a coordinated individual plan (SIP)",
        ),
        Purpose::CrimePrevention => wording.pick(
            "samverkan mellan skola, socialtjänst, polis och fritid (SSPF)",
            "samarbete med polis och fritidsgård (SSPF)",
            "collaboration of school, social services, police and leisure (SSPF)",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FNV-1a: the same on every machine and for ever.
    fn fingerprint() -> u64 {
        let words = ALL_WORDS.iter().flat_map(|words| Wording::ALL.map(words));
        let kinds = InfoCategory::ALL.iter().flat_map(|kind| Wording::ALL.map(|wording| category(*kind, wording)));
        let purposes = Purpose::ALL.iter().flat_map(|one| Wording::ALL.map(|wording| purpose(*one, wording)));
        words
            .chain(kinds)
            .chain(purposes)
            .flat_map(|text| text.bytes().chain([0]))
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    #[test]
    fn whoever_changes_a_word_raises_the_version() {
        assert_eq!(
            (VERSION, fingerprint()),
            (4, 0x3e46_0b72_da41_63b0),
            "the words of the form changed: raise VERSION, and set both here"
        );
    }

    #[test]
    fn the_codes_are_those_of_the_address() {
        for wording in Wording::ALL {
            assert_eq!(Wording::from_code(wording.code()), Some(wording));
        }
        assert_eq!(Wording::from_code("latin"), None);
    }
}
