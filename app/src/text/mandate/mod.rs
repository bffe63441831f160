//! What each party is for and what binds it, in plain words, each with the section it rests on.
//!
//! Every section was read in the law's own text as amended through SFS 2026:317 (OSL) or to the turn of the year 2025/26 (other
//! laws), but for three: of socialtjänstlagen (2025:400) and hälso- och sjukvårdslagen (2017:30) only what other laws say of their
//! sections was read, and of what no law says of BUP and BVC the source is named instead. What could not be found is not said.

mod agencies;
mod care;
mod learning;

use domain::unit::UnitKind;

use super::Lang;
use crate::texts;

texts! {
    title => "Uppdrag och regler", "Mandates and rules";
    lead => "Vad var och en är till för, vilken sekretess som gäller och vad lagen säger utan samtycke. Samtycke är huvudvägen; varje fall prövas för sig, och kommunens jurist avgör vid tvekan.", "What each is for, which secrecy holds, and what the law says without consent. Consent is the main way; every case is judged on its own, and the municipality's lawyer decides where in doubt.";
    checked => "Läst i lagtexten i november 2026: offentlighets- och sekretesslagen till och med SFS 2026:317, övriga lagar till årsskiftet 2025/26. Av socialtjänstlagen (2025:400) och hälso- och sjukvårdslagen (2017:30) lästes det som andra lagar säger om dem.", "Read in the laws' own text in November 2026: the secrecy act (OSL) through SFS 2026:317, other laws to the turn of the year 2025/26. Of socialtjänstlagen (2025:400) and hälso- och sjukvårdslagen (2017:30) what other laws say of them was read.";
    to_all => "Alla parter", "All parties";
    for_all => "Det som gäller alla", "What holds for everybody";
    mission => "Uppdrag", "Mandate";
    secrecy => "Sekretess", "Secrecy";
    without_consent => "Utan samtycke", "Without consent";
    duty => "Anmäla och samverka", "Report and cooperate";
    good_to_know => "Bra att veta i rummet", "Good to know in the room";
    source => "Källa", "Source";
    rules_of(kind: &str) => "Uppdrag och regler: {kind}", "Mandates and rules: {kind}";
    strong => "Stark sekretess: utgångspunkten är att uppgiften är hemlig.", "Strong secrecy: to begin with the information is secret.";
    weak => "Svag sekretess: utgångspunkten är att uppgiften är öppen, om inte någon kan ta skada.", "Weak secrecy: to begin with the information is open, unless somebody may come to harm.";
    mixed => "Olika starkt i olika delar av verksamheten, se nedan.", "Different strength in different parts of the work, see below.";
    none_of_its_own => "Ingen egen regel som skyddar uppgifterna: dela så lite som möjligt.", "No rule of its own protects the information: share as little as possible.";
}

/// One thing that is so, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Fact {
    sv: &'static str,
    en: &'static str,
    /// The section, or the source where no law says it; in Swedish.
    pub source: &'static str,
}

impl Fact {
    const fn new(sv: &'static str, en: &'static str, source: &'static str) -> Self {
        Self { sv, en, source }
    }

    /// Its words.
    #[must_use]
    pub const fn words(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Sv => self.sv,
            Lang::En => self.en,
        }
    }
}

/// From where the secrecy of a party starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// Secret unless it is clear that nobody comes to harm (omvänt skaderekvisit).
    Strong,
    /// Open unless somebody may come to harm (rakt skaderekvisit).
    Weak,
    /// Both, in different parts of the work.
    Mixed,
    /// No rule of its own was found.
    None,
}

impl Strength {
    /// In a sentence.
    #[must_use]
    pub const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Strong => strong(lang),
            Self::Weak => weak(lang),
            Self::Mixed => mixed(lang),
            Self::None => none_of_its_own(lang),
        }
    }
}

/// What one party is for and what binds it.
#[derive(Clone, Copy, Debug)]
pub struct Mandate {
    /// What it is for.
    pub mission: &'static [Fact],
    /// From where its secrecy starts.
    pub strength: Strength,
    /// Which rules of secrecy hold.
    pub secrecy: &'static [Fact],
    /// What the law does not hinder without consent.
    pub without_consent: &'static [Fact],
    /// What it must report, and with whom it must cooperate.
    pub duty: &'static [Fact],
    /// What others do well to know when they sit beside it.
    pub good_to_know: &'static [Fact],
}

/// The mandate of a kind of party.
#[must_use]
pub const fn mandate(kind: UnitKind) -> Mandate {
    match kind {
        UnitKind::Preschool => learning::PRESCHOOL,
        UnitKind::School => learning::SCHOOL,
        UnitKind::StudentHealth => learning::STUDENT_HEALTH,
        UnitKind::Leisure => learning::LEISURE,
        UnitKind::SocialServices => agencies::SOCIAL_SERVICES,
        UnitKind::SocialInsurance => agencies::SOCIAL_INSURANCE,
        UnitKind::EmploymentService => agencies::EMPLOYMENT_SERVICE,
        UnitKind::Police => agencies::POLICE,
        UnitKind::Association => agencies::ASSOCIATION,
        UnitKind::Other => agencies::OTHER,
        UnitKind::ChildPsychiatry => care::CHILD_PSYCHIATRY,
        UnitKind::AdultPsychiatry => care::ADULT_PSYCHIATRY,
        UnitKind::PrimaryCare => care::PRIMARY_CARE,
        UnitKind::ChildHealthCentre => care::CHILD_HEALTH_CENTRE,
        UnitKind::Habilitation => care::HABILITATION,
    }
}

/// What holds for everybody who takes part.
pub const FOR_ALL: &[Fact] = &[
    Fact::new(
        "Uppgifter under sekretess får inte lämnas till en annan myndighet om inte lagen säger att det får ske. Att båda arbetar med samma barn räcker inte.",
        "What is under secrecy may not be given to another authority unless the law says so. That both work with the same child is not enough.",
        "8 kap. 1 § OSL",
    ),
    Fact::new(
        "Det gäller också mellan självständiga delar av en och samma myndighet.",
        "This holds between independent parts of one authority as well.",
        "8 kap. 2 § OSL",
    ),
    Fact::new(
        "Den som uppgiften handlar om kan säga ja till att den delas, helt eller till en del.",
        "Whoever the information is about can agree to its being shared, wholly or in part.",
        "10 kap. 1 § och 12 kap. 2 § OSL",
    ),
    Fact::new(
        "För ett barn säger vårdnadshavarna ja, tillsammans om de är två. Ju äldre och mognare barnet är, desto mer bestämmer barnet självt.",
        "For a child the guardians agree, together where there are two. The older and more mature the child, the more the child decides.",
        "12 kap. 3 § OSL, 6 kap. 11 och 13 §§ föräldrabalken",
    ),
    Fact::new(
        "En uppgift kan hållas hemlig också för vårdnadshavaren, om barnet annars kan ta allvarlig skada.",
        "Something may be kept secret from the guardian too, where the child would else come to serious harm.",
        "12 kap. 3 § OSL",
    ),
    Fact::new(
        "En myndighet får lämna det som är nödvändigt för att den själv ska kunna göra sitt arbete. Att det är praktiskt, eller bra för mottagaren, räcker inte.",
        "An authority may give what is necessary for it to do its own work. That it is practical, or good for the receiver, is not enough.",
        "10 kap. 2 § OSL",
    ),
    Fact::new(
        "När en uppgift har lämnats gäller mottagarens regler. Saknar mottagaren en sådan regel är uppgiften oskyddad där. Lämna bara det som behövs.",
        "Once given, the receiver's rules hold. Where the receiver has none the information is unprotected there. Give only what is needed.",
        "7 kap. 2 § OSL",
    ),
    Fact::new(
        "Den som är skyldig att anmäla oro för ett barn gör det genast, redan vid misstanke. Ett samtycke behövs inte och ett nej hindrar inte.",
        "Whoever must report concern for a child does so at once, on suspicion already. No consent is needed and a no does not hinder it.",
        "19 kap. 1 § socialtjänstlagen (2025:400), 10 kap. 28 § OSL",
    ),
    Fact::new(
        "Att någon har anmält oro är hemligt hos den som anmälde. Säg det inte i rummet.",
        "That somebody has reported concern is secret with whoever did. Do not say it in the room.",
        "40 kap. 7 g § OSL",
    ),
    Fact::new(
        "Myndigheter ska samverka inom sina områden. Det ger ingen egen rätt att dela hemliga uppgifter.",
        "Authorities shall cooperate within their fields. That alone gives no right to share secrets.",
        "8 § förvaltningslagen, 8 kap. 1 § OSL",
    ),
    Fact::new(
        "Adress, telefonnummer och e-post är skyddade hos alla myndigheter när någon riskerar hot eller våld.",
        "Address, telephone number and e-mail are protected with every authority where somebody risks threats or violence.",
        "21 kap. 3 § OSL",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Every party has its page, every fact its words in both languages and its source.
    #[test]
    fn every_party_has_a_mandate_and_every_fact_its_source() {
        for kind in UnitKind::ALL {
            let Mandate { mission, secrecy, without_consent, duty, good_to_know, .. } = mandate(*kind);
            for (name, part) in [
                ("mission", mission),
                ("secrecy", secrecy),
                ("without", without_consent),
                ("duty", duty),
                ("room", good_to_know),
            ] {
                assert!(!part.is_empty(), "{kind:?} says nothing of {name}");
                for fact in part {
                    assert!(!fact.source.is_empty(), "{kind:?}: {}", fact.sv);
                    assert!(
                        fact.sv.ends_with('.') && fact.en.ends_with('.') && fact.sv != fact.en,
                        "{kind:?}: {}",
                        fact.sv
                    );
                }
            }
        }
        assert!(FOR_ALL.iter().all(|fact| !fact.source.is_empty()));
    }
}
