//! Health care: child and adult psychiatry, primary care, child health centre, habilitation.

use super::{Fact, Mandate, Strength};

const MISSION: Fact = Fact::new(
    "Vården ska förebygga, utreda och behandla. Den som behöver den mest går före, och barnets bästa ska särskilt beaktas.",
    "Health care shall prevent, examine and treat. Whoever needs it most goes first, and the child's best shall be given particular weight.",
    "1 kap. 5, 6 och 8 §§ patientlagen",
);

const SECRECY: Fact = Fact::new(
    "Regionens vård: hälsa och allt annat personligt är hemligt om det inte står klart att ingen tar skada.",
    "The region's care: health and everything else personal is secret unless it is clear that nobody comes to harm.",
    "25 kap. 1 § OSL",
);

const PRIVATE: Fact = Fact::new(
    "Privat vård: tystnadsplikt.",
    "Private care: a duty of silence.",
    "6 kap. 12 och 16 §§ patientsäkerhetslagen",
);

const FOR_A_CHILD: Fact = Fact::new(
    "Till annan vårdmyndighet eller socialtjänsten hindras inte det som behövs för att den som är under 18 ska få nödvändig vård eller annat stöd. Det gäller inte till skola, Försäkringskassan eller Arbetsförmedlingen, och inte för privat vård.",
    "To another health authority or the social services the law does not hinder what is needed for somebody under 18 to get necessary care or other support. Not to schools, Försäkringskassan or Arbetsförmedlingen, and not from private care.",
    "25 kap. 12 § OSL",
);

const NOT_FOR_CARE: Fact = Fact::new(
    "Det som är nödvändigt för det egna arbetet hindras inte. Den sista utvägen, att behovet uppenbart väger tyngre, finns inte för vården.",
    "What is necessary for the own work is not hindered. The last resort, that the need plainly weighs more, is not there for health care.",
    "10 kap. 2 och 27 §§ OSL",
);

const REPORTS: Fact = Fact::new(
    "Vårdpersonal ska genast anmäla oro för ett barn till socialnämnden.",
    "Care staff shall at once report concern for a child to the social services.",
    "6 kap. 5 § patientsäkerhetslagen, 19 kap. 1 och 2 §§ socialtjänstlagen (2025:400)",
);

const COOPERATES: Fact = Fact::new(
    "Ska samverka i frågor om barn som far illa eller riskerar det. Sekretessen gäller ändå.",
    "Shall cooperate about children who fare ill or risk it. Secrecy holds all the same.",
    "6 kap. 5 § patientsäkerhetslagen",
);

const PLAN: Fact = Fact::new(
    "När både vård och socialtjänst behövs görs en individuell plan (SIP).",
    "Where both care and social services are needed an individual plan (SIP) is made.",
    "6 kap. 4 § patientlagen, 16 kap. 4 § hälso- och sjukvårdslagen",
);

const RECORD: Fact = Fact::new(
    "Anteckningar om patienten hör till journalen, som sparas i minst tio år.",
    "Notes about the patient belong to the record, which is kept for ten years at least.",
    "3 kap. 1 och 17 §§ patientdatalagen",
);

const CHILDS_VIEW: Fact = Fact::new(
    "Barnets egen inställning till vården ska klarläggas och väger tyngre med ålder och mognad. Någon fast ålder finns inte.",
    "What the child thinks of the care shall be found out and weighs more with age and maturity. There is no fixed age.",
    "4 kap. 3 § patientlagen",
);

pub(super) const CHILD_PSYCHIATRY: Mandate = Mandate {
    mission: &[
        Fact::new(
            "Specialistvård för barn och unga med psykisk ohälsa som är medelsvår till svår. Lindrigare besvär tas ofta av första linjen. Gränserna skiljer mellan regioner.",
            "Specialist care for children and young people whose mental ill health is moderate to severe. Lighter trouble is often met by the first line. The limits differ between regions.",
            "1177; ingen lag nämner BUP",
        ),
        MISSION,
    ],
    strength: Strength::Strong,
    secrecy: &[SECRECY, PRIVATE],
    without_consent: &[FOR_A_CHILD, NOT_FOR_CARE],
    duty: &[REPORTS, COOPERATES, PLAN],
    good_to_know: &[
        CHILDS_VIEW,
        Fact::new(
            "En vårdnadshavare kan inte spärra barnets journal.",
            "A guardian cannot block the child's record.",
            "4 kap. 4 § patientdatalagen",
        ),
        RECORD,
    ],
};

pub(super) const ADULT_PSYCHIATRY: Mandate = Mandate {
    mission: &[
        Fact::new(
            "Patienten är den vuxne, inte barnet. Den som behöver vården mest går före.",
            "The patient is the adult, not the child. Whoever needs the care most goes first.",
            "1 kap. 5 och 6 §§ patientlagen",
        ),
        Fact::new(
            "Personalen ska särskilt tänka på barnets behov av information, råd och stöd när en vuxen det bor med är svårt sjuk, missbrukar eller använder våld.",
            "The staff shall give particular thought to the child's need of information, advice and support where an adult it lives with is seriously ill, misuses substances or uses violence.",
            "6 kap. 5 § patientsäkerhetslagen",
        ),
    ],
    strength: Strength::Strong,
    secrecy: &[
        SECRECY,
        PRIVATE,
        Fact::new(
            "Sekretessen skyddar den vuxne. Därför behövs den vuxnes eget ja; ett ja för barnet räcker inte.",
            "The secrecy protects the adult. The adult's own yes is needed; a yes for the child is not enough.",
            "12 kap. 2 § OSL",
        ),
    ],
    without_consent: &[
        Fact::new(
            "Regeln om nödvändig vård och stöd gäller för en vuxen patient bara vid fortgående missbruk, tvångsvård eller ett väntat barn.",
            "For an adult patient the rule about necessary care and support holds only for continuing misuse, compulsory care or an expected child.",
            "25 kap. 12 § OSL",
        ),
        NOT_FOR_CARE,
    ],
    duty: &[REPORTS, COOPERATES, PLAN],
    good_to_know: &[Fact::new(
        "Journalen är den vuxnes och får inte vara gemensam för flera patienter.",
        "The record is the adult's and may not be shared by several patients.",
        "3 kap. 1 § patientdatalagen",
    )],
};

pub(super) const PRIMARY_CARE: Mandate = Mandate {
    mission: &[
        Fact::new(
            "Svarar för vanliga vårdbehov som inte kräver specialist: bedömning, behandling, förebyggande arbete och rehabilitering.",
            "Meets usual needs that take no specialist: assessment, treatment, prevention and rehabilitation.",
            "2 kap. 6 § hälso- och sjukvårdslagen (enligt Sveriges Kommuner och Regioner)",
        ),
        Fact::new("Ska vara lätt tillgänglig.", "Shall be easy to reach.", "2 kap. 1 § patientlagen"),
    ],
    strength: Strength::Strong,
    secrecy: &[SECRECY, PRIVATE],
    without_consent: &[FOR_A_CHILD, NOT_FOR_CARE],
    duty: &[REPORTS, COOPERATES, PLAN],
    good_to_know: &[
        Fact::new(
            "Patienten kan ha en fast vårdkontakt, som kan vara rätt person att kalla.",
            "The patient may have a regular contact, who may be the right person to invite.",
            "6 kap. 2 § patientlagen",
        ),
        CHILDS_VIEW,
    ],
};

pub(super) const CHILD_HEALTH_CENTRE: Mandate = Mandate {
    mission: &[
        Fact::new(
            "Följer små barns hälsa, utveckling och livsvillkor, stödjer föräldrarna och vaccinerar.",
            "Follows small children's health, development and conditions, supports the parents and vaccinates.",
            "Rikshandboken i barnhälsovård; ingen lag nämner BVC",
        ),
        MISSION,
    ],
    strength: Strength::Strong,
    secrecy: &[
        SECRECY,
        PRIVATE,
        Fact::new(
            "Det BVC vet om föräldern, till exempel hur hon mår, är också skyddat.",
            "What the centre knows of the parent, such as how she feels, is protected too.",
            "25 kap. 1 § OSL",
        ),
    ],
    without_consent: &[FOR_A_CHILD, NOT_FOR_CARE],
    duty: &[REPORTS, COOPERATES, PLAN],
    good_to_know: &[
        Fact::new(
            "När patienten är ett barn ska också vårdnadshavarna få information.",
            "Where the patient is a child the guardians too shall be informed.",
            "3 kap. 3 § patientlagen",
        ),
        RECORD,
    ],
};

pub(super) const HABILITATION: Mandate = Mandate {
    mission: &[
        Fact::new(
            "Regionen erbjuder habilitering, hjälpmedel och tolktjänst till personer med funktionsnedsättning.",
            "The region offers habilitation, aids and interpreting to people with a disability.",
            "8 kap. 7 § hälso- och sjukvårdslagen (enligt 1 kap. 9 § patientlagen)",
        ),
        Fact::new(
            "Ger också råd och annat personligt stöd till den som har rätt till det enligt LSS.",
            "Also gives advice and other personal support to whoever has a right to it under LSS.",
            "2 § och 9 § 1 LSS",
        ),
    ],
    strength: Strength::Strong,
    secrecy: &[
        SECRECY,
        PRIVATE,
        Fact::new(
            "Råd och stöd enligt LSS räknas som socialtjänst och har dess starka sekretess.",
            "Advice and support under LSS counts as social services and is under their strong secrecy.",
            "26 kap. 1 § OSL",
        ),
    ],
    without_consent: &[FOR_A_CHILD, NOT_FOR_CARE],
    duty: &[
        REPORTS,
        COOPERATES,
        Fact::new(
            "LSS bedrivs i samarbete med andra myndigheter som berörs.",
            "LSS is carried out in cooperation with other authorities concerned.",
            "6 § LSS",
        ),
    ],
    good_to_know: &[Fact::new(
        "Från 15 år begär man i regel själv insatser enligt LSS, och den som får dem ska erbjudas en individuell plan.",
        "From 15 one as a rule asks for measures under LSS oneself, and whoever gets them shall be offered an individual plan.",
        "8 och 10 §§ LSS",
    )],
};
