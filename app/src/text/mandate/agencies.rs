//! Social services, Försäkringskassan, Arbetsförmedlingen, police; associations and others.

use super::{Fact, Mandate, Strength};

const STATE_REPORTS: Fact = Fact::new(
    "Ska sedan den 15 januari 2026 anmäla oro för ett barn till socialnämnden.",
    "Since 15 January 2026 shall report concern for a child to the social services.",
    "19 kap. 1 § socialtjänstlagen (enligt regeringens pressmeddelande januari 2026)",
);

const STATE_WITHOUT: Fact = Fact::new(
    "Lagen hindrar inte att det lämnas som är nödvändigt för det egna arbetet, eller när det är uppenbart att behovet väger tyngre. Polisen får det som brottsbekämpningen behöver, om inte sekretessen klart väger tyngre.",
    "The law does not hinder giving what is necessary for the own work, or where the need plainly weighs more. The police get what fighting crime needs, unless secrecy clearly weighs more.",
    "10 kap. 2 och 27 §§ OSL, 5 § lagen (2025:170)",
);

pub(super) const SOCIAL_SERVICES: Mandate = Mandate {
    mission: &[
        Fact::new(
            "Tar emot orosanmälningar och bestämmer inom 14 dagar om en utredning ska inledas.",
            "Receives reports of concern and decides within 14 days whether to open an investigation.",
            "20 kap. 2 § socialtjänstlagen (2025:400)",
        ),
        Fact::new(
            "Insatser för ett barn görs i samförstånd med den unge och vårdnadshavarna. Räcker inte det kan barnet behöva vård utan samtycke.",
            "Measures for a child are taken in agreement with the young person and the guardians. Where that is not enough the child may need care without consent.",
            "1 § LVU",
        ),
    ],
    strength: Strength::Strong,
    secrecy: &[
        Fact::new(
            "Allt personligt är hemligt om det inte står klart att ingen tar skada. Det gäller också LSS.",
            "Everything personal is secret unless it is clear that nobody comes to harm. That includes LSS.",
            "26 kap. 1 § OSL",
        ),
        Fact::new(
            "En privatperson som lämnat uppgifter skyddas mot den de gäller, vid fara för våld eller annat allvarligt.",
            "A private person who gave information is protected against whom it concerns, where there is danger of violence or other serious harm.",
            "26 kap. 5 § OSL",
        ),
        Fact::new(
            "Kommunens familjerådgivning: absolut sekretess.",
            "The municipality's family counselling: absolute secrecy.",
            "26 kap. 3 § OSL",
        ),
    ],
    without_consent: &[
        Fact::new(
            "Till annan socialtjänst eller vårdmyndighet hindras inte det som behövs för att den som är under 18 ska få nödvändig vård eller annat stöd. Det gäller inte till skolan.",
            "To other social services or a health authority the law does not hinder what is needed for somebody under 18 to get necessary care or other support. Not to the school.",
            "26 kap. 9 § OSL",
        ),
        Fact::new(
            "Till polisen hindras inte vissa uppgifter, bland annat när någon under 21 riskerar att begå brott och vid misstanke om vissa brott mot den som är under 18.",
            "To the police some information is not hindered, among it where somebody under 21 risks committing crime, and on suspicion of certain crimes against somebody under 18.",
            "10 kap. 18 a och 21 §§ OSL",
        ),
        Fact::new(
            "Det som är nödvändigt för det egna arbetet hindras inte. Den sista utvägen, att behovet uppenbart väger tyngre, finns inte för socialtjänsten.",
            "What is necessary for the own work is not hindered. The last resort, that the need plainly weighs more, is not there for the social services.",
            "10 kap. 2 och 27 §§ OSL",
        ),
    ],
    duty: &[
        Fact::new(
            "Skola och vård är skyldiga att samverka när socialnämnden tar initiativ till det.",
            "School and health care must cooperate where the social services take the initiative.",
            "29 kap. 13 § skollagen, 6 kap. 5 § patientsäkerhetslagen",
        ),
        Fact::new(
            "Får berätta för den som anmält om en utredning har inletts, inte inletts eller redan pågår, om det inte är olämpligt.",
            "May tell whoever reported whether an investigation was opened, was not, or is under way already, unless that is unsuitable.",
            "26 kap. 9 a § OSL",
        ),
    ],
    good_to_know: &[
        Fact::new(
            "Den som fyllt 15 år för sin egen talan, och måste själv samtycka för att vården ska vara frivillig.",
            "Whoever has turned 15 speaks for themselves, and must agree themselves for care to be voluntary.",
            "1 och 36 §§ LVU",
        ),
        Fact::new(
            "Säger bara en vårdnadshavare ja får socialnämnden ändå besluta om vissa åtgärder. Det är ett beslut om åtgärden, inte om sekretessen.",
            "Where one guardian alone agrees the social services may still decide on some measures. That decides on the measure, not on secrecy.",
            "6 kap. 13 a § föräldrabalken",
        ),
    ],
};

pub(super) const SOCIAL_INSURANCE: Mandate = Mandate {
    mission: &[
        Fact::new(
            "Beslutar om och betalar ut socialförsäkringens förmåner.",
            "Decides on and pays the benefits of social insurance.",
            "1 § förordning (2009:1174) med instruktion för Försäkringskassan",
        ),
        Fact::new(
            "Ska ta särskild hänsyn till barnets bästa i beslut som rör barn.",
            "Shall give particular weight to the child's best in decisions that concern children.",
            "2 § förordning (2009:1174)",
        ),
    ],
    strength: Strength::Weak,
    secrecy: &[Fact::new(
        "Hemligt om det kan antas att den det gäller eller någon närstående tar skada.",
        "Secret where it may be assumed that whom it concerns, or somebody close, comes to harm.",
        "28 kap. 1 § OSL",
    )],
    without_consent: &[STATE_WITHOUT],
    duty: &[
        STATE_REPORTS,
        Fact::new(
            "Ska samverka med bland andra Arbetsförmedlingen, kommuner och regioner om rehabilitering.",
            "Shall cooperate with Arbetsförmedlingen, municipalities and regions, among others, on rehabilitation.",
            "5 § förordning (2009:1174)",
        ),
    ],
    good_to_know: &[
        Fact::new(
            "Det är ofta en vuxens ärende: den vuxne säger själv ja.",
            "It is often an adult's matter: the adult agrees themselves.",
            "12 kap. 2 § OSL",
        ),
        Fact::new(
            "Ska se till att inga felaktiga utbetalningar görs; det som sägs kan få betydelse för en ersättning. Berätta det för familjen.",
            "Shall see to it that nothing is paid wrongly; what is said may bear on a benefit. Tell the family so.",
            "2 § förordning (2009:1174)",
        ),
    ],
};

pub(super) const EMPLOYMENT_SERVICE: Mandate = Mandate {
    mission: &[
        Fact::new(
            "Hjälper arbetssökande och arbetsgivare att hitta varandra, med särskilt ansvar för personer med funktionsnedsättning.",
            "Helps job seekers and employers find each other, with particular responsibility for people with a disability.",
            "1, 2 och 7 §§ förordning (2022:811) med instruktion för Arbetsförmedlingen",
        ),
        Fact::new(
            "Kontrollerar att den som får ersättning söker arbete aktivt.",
            "Checks that whoever gets a benefit actively looks for work.",
            "6 § förordning (2022:811)",
        ),
    ],
    strength: Strength::Weak,
    secrecy: &[Fact::new(
        "Hemligt om det kan antas att den det gäller tar skada. Besluten är öppna.",
        "Secret where it may be assumed that whom it concerns comes to harm. The decisions are open.",
        "28 kap. 11 § OSL",
    )],
    without_consent: &[STATE_WITHOUT],
    duty: &[
        STATE_REPORTS,
        Fact::new(
            "Ska samverka med kommuner, med Försäkringskassan, och med skolan om unga med funktionsnedsättning.",
            "Shall cooperate with municipalities, with Försäkringskassan, and with schools about young people with a disability.",
            "14–16 §§ förordning (2022:811)",
        ),
    ],
    good_to_know: &[Fact::new(
        "Unga under 20 utanför gymnasiet är kommunens ansvar (aktivitetsansvaret).",
        "Young people under 20 outside upper secondary school are the municipality's responsibility.",
        "29 kap. 9 § skollagen",
    )],
};

pub(super) const POLICE: Mandate = Mandate {
    mission: &[
        Fact::new(
            "Förebygger och utreder brott, håller ordning och ger skydd och hjälp.",
            "Prevents and investigates crime, keeps order and gives protection and help.",
            "2 § polislagen",
        ),
        Fact::new(
            "Får ta hand om den som är under 18 i en farlig situation och lämnar barnet till föräldrar eller socialnämnd.",
            "May take charge of somebody under 18 in a dangerous situation and hands the child to parents or social services.",
            "12 § polislagen",
        ),
    ],
    strength: Strength::Strong,
    secrecy: &[Fact::new(
        "Brottsutredning och annat brottsförebyggande arbete: hemligt om det inte står klart att ingen tar skada.",
        "Investigating and preventing crime: secret unless it is clear that nobody comes to harm.",
        "35 kap. 1 § OSL",
    )],
    without_consent: &[Fact::new(
        "Underrättar socialtjänsten snarast om sådant som kräver en åtgärd. Lagen hindrar inte det som är nödvändigt för det egna arbetet, eller när det är uppenbart att behovet väger tyngre.",
        "Tells the social services promptly of what calls for a measure. The law does not hinder what is necessary for the own work, or where the need plainly weighs more.",
        "6 § polislagen, 10 kap. 2 och 27 §§ OSL",
    )],
    duty: &[Fact::new(
        "Samarbetar fortlöpande med socialtjänsten och anmäler genast oro för ett barn.",
        "Works with the social services all along and reports concern for a child at once.",
        "6 § polislagen, 19 kap. 1 § socialtjänstlagen (2025:400)",
    )],
    good_to_know: &[
        Fact::new(
            "En polis som får veta om ett brott under allmänt åtal ska rapportera det. Bara obetydliga brott får lämnas. Tänk på det innan ni berättar.",
            "A police officer who learns of a crime under public prosecution shall report it. Only trifling ones may be left. Think of it before you tell.",
            "9 § polislagen",
        ),
        Fact::new(
            "Ett ja till stödmötet är inte ett ja till förhör; kryssa för polisen i samtycket bara när det är tänkt.",
            "A yes to the meeting is not a yes to questioning; name the police in the consent only where that is meant.",
            "12 kap. 2 § OSL",
        ),
    ],
};

pub(super) const ASSOCIATION: Mandate = Mandate {
    mission: &[Fact::new(
        "Bestämmer själv sitt ändamål. Är inte en myndighet.",
        "Decides on its own purpose. Is no authority.",
        "2 kap. 1 och 3 §§ OSL",
    )],
    strength: Strength::None,
    secrecy: &[Fact::new(
        "Någon lagstadgad tystnadsplikt har inte hittats. Kom överens skriftligt och dela så lite som möjligt.",
        "No statutory duty of silence was found. Agree in writing and share as little as possible.",
        "2 kap. 1 § OSL",
    )],
    without_consent: &[Fact::new(
        "Det ni berättar för en förening är oskyddat där.",
        "What you tell an association is unprotected there.",
        "7 kap. 2 § OSL",
    )],
    duty: &[Fact::new(
        "En ideell ledare är inte skyldig att anmäla oro, men bör göra det.",
        "A volunteer leader need not report concern, but should.",
        "Friends, 2021",
    )],
    good_to_know: &[Fact::new(
        "Familjen ska veta att just ni är med. Ett ja till skolan är inte ett ja till er.",
        "The family shall know that you of all take part. A yes to the school is no yes to you.",
        "12 kap. 2 § OSL",
    )],
};

pub(super) const OTHER: Mandate = Mandate {
    mission: &[Fact::new(
        "En myndighet, eller ett bolag som kommunen bestämmer över, följer offentlighets- och sekretesslagen. Privata gör det inte.",
        "An authority, or a company the municipality controls, follows the secrecy act. Private parties do not.",
        "2 kap. 1 och 3 §§ OSL",
    )],
    strength: Strength::Mixed,
    secrecy: &[
        Fact::new(
            "Vilket kapitel som gäller beror på verksamheten. Finns ingen regel skyddas bara det mest känsliga.",
            "Which chapter holds depends on the work. Where there is no rule only the most sensitive is protected.",
            "21 kap. 1 och 3 §§ OSL",
        ),
        Fact::new(
            "Privat vård och fristående skolor har tystnadsplikt.",
            "Private care and independent schools have a duty of silence.",
            "6 kap. 12 § patientsäkerhetslagen, 29 kap. 14 § skollagen",
        ),
    ],
    without_consent: &[Fact::new(
        "En myndighet får lämna det som är nödvändigt för det egna arbetet.",
        "An authority may give what is necessary for its own work.",
        "10 kap. 2 § OSL",
    )],
    duty: &[Fact::new(
        "Den som är skyldig att anmäla oro gör det genast.",
        "Whoever must report concern does so at once.",
        "19 kap. 1 § socialtjänstlagen (2025:400)",
    )],
    good_to_know: &[Fact::new(
        "Det som en myndighet får ska registreras där.",
        "What an authority receives shall be registered there.",
        "5 kap. 1 § OSL",
    )],
};
