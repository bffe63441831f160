//! Preschool, school, student health, culture and leisure.

use super::{Fact, Mandate, Strength};

const REPORTS: Fact = Fact::new(
    "Den som arbetar här ska genast anmäla oro för ett barn till socialnämnden.",
    "Whoever works here shall at once report concern for a child to the social services.",
    "29 kap. 13 § skollagen, 19 kap. 1 § socialtjänstlagen (2025:400)",
);

const COOPERATES: Fact = Fact::new(
    "Ska samverka på socialnämndens initiativ när ett barn far illa eller riskerar det. Sekretessen gäller ändå.",
    "Shall cooperate on the initiative of the social services where a child fares ill or risks it. Secrecy holds all the same.",
    "29 kap. 13 § skollagen",
);

const OWN_WORK: Fact = Fact::new(
    "Lagen hindrar inte att det lämnas som är nödvändigt för det egna arbetet, eller när det är uppenbart att behovet väger tyngre.",
    "The law does not hinder giving what is necessary for the own work, or where the need plainly weighs more.",
    "10 kap. 2 och 27 §§ OSL",
);

const HEAD_AND_POLICE: Fact = Fact::new(
    "Rektorn ska lämna uppgifter till polisen på begäran, och självmant när rektorn ser att de behövs, om inte övervägande skäl talar emot. Skolsköterskans och skolläkarens uppgifter är undantagna.",
    "The head shall give the police information on request, and unasked where the head sees the need, unless stronger reasons speak against it. What the school nurse and doctor know is exempt.",
    "7 och 8 §§ lagen (2025:170)",
);

pub(super) const PRESCHOOL: Mandate = Mandate {
    mission: &[
        Fact::new(
            "Ger barnen trygg omsorg och stödjer deras utveckling och lärande.",
            "Gives the children safe care and supports their development and learning.",
            "8 kap. 2 § skollagen",
        ),
        Fact::new(
            "Ger barn det särskilda stöd de behöver; vårdnadshavaren är med och utformar det.",
            "Gives children the special support they need; the guardian takes part in shaping it.",
            "8 kap. 9 § skollagen",
        ),
    ],
    strength: Strength::Strong,
    secrecy: &[
        Fact::new(
            "Kommunal förskola: allt personligt om barn och familj är hemligt om det inte står klart att ingen tar skada.",
            "A municipal preschool: everything personal about child and family is secret unless it is clear that nobody comes to harm.",
            "23 kap. 1 § OSL",
        ),
        Fact::new(
            "Fristående förskola: tystnadsplikt om allt personligt.",
            "An independent preschool: a duty of silence about everything personal.",
            "29 kap. 14 § skollagen",
        ),
    ],
    without_consent: &[OWN_WORK, HEAD_AND_POLICE],
    duty: &[REPORTS, COOPERATES],
    good_to_know: &[
        Fact::new(
            "Också ett litet barns inställning ska klarläggas så långt det går.",
            "What the child thinks shall be found out as far as possible, of small children too.",
            "1 kap. 10 § skollagen",
        ),
        Fact::new(
            "Personalen har minst ett utvecklingssamtal om året med vårdnadshavaren.",
            "The staff have at least one development talk a year with the guardian.",
            "8 kap. 11 § skollagen",
        ),
    ],
};

pub(super) const SCHOOL: Mandate = Mandate {
    mission: &[
        Fact::new(
            "Ger kunskaper, främjar varje elevs utveckling och ger det stöd som behövs.",
            "Gives knowledge, furthers every pupil's development and gives the support that is needed.",
            "1 kap. 4 § skollagen",
        ),
        Fact::new(
            "Rektorn ser till att upprepad eller lång frånvaro utreds skyndsamt.",
            "The head sees to it that repeated or long absence is looked into promptly.",
            "7 kap. 19 a § skollagen",
        ),
    ],
    strength: Strength::Mixed,
    secrecy: &[
        Fact::new(
            "Elevhälsans psykolog, kurator och specialpedagog: stark.",
            "The student health's psychologist, counsellor and special needs teacher: strong.",
            "23 kap. 2 § första stycket OSL",
        ),
        Fact::new(
            "Skolsköterska och skolläkare: vårdens starka sekretess.",
            "School nurse and school doctor: the strong secrecy of health care.",
            "25 kap. 1 § OSL",
        ),
        Fact::new(
            "Annat särskilt elevstöd: svag, och besluten är öppna.",
            "Other special support: weak, and the decisions are open.",
            "23 kap. 2 § andra stycket OSL",
        ),
        Fact::new(
            "Övriga skolan: öppet, utom identitet, adress och liknande när det finns särskild anledning.",
            "The rest of the school: open, but for identity, address and the like where there is particular reason.",
            "23 kap. 2 § tredje stycket OSL",
        ),
        Fact::new(
            "Fristående skola: tystnadsplikt om elevhälsa, särskilt stöd och disciplin.",
            "An independent school: a duty of silence about student health, special support and discipline.",
            "29 kap. 14 § skollagen",
        ),
    ],
    without_consent: &[OWN_WORK, HEAD_AND_POLICE],
    duty: &[REPORTS, COOPERATES],
    good_to_know: &[
        Fact::new(
            "Den som fyllt 16 år för sin egen talan i ärenden enligt skollagen.",
            "Whoever has turned 16 speaks for themselves in matters under the school act.",
            "29 kap. 12 § skollagen",
        ),
        Fact::new(
            "Kommunen samordnar vid behov insatser för elever med mycket frånvaro.",
            "The municipality coordinates measures for pupils with much absence where needed.",
            "7 kap. 21 § skollagen",
        ),
    ],
};

pub(super) const STUDENT_HEALTH: Mandate = Mandate {
    mission: &[Fact::new(
        "Läkare, sköterska, psykolog, kurator och specialpedagog arbetar främst förebyggande, och samverkar vid behov med vård och socialtjänst.",
        "Doctor, nurse, psychologist, counsellor and special needs teacher mainly work to prevent, and cooperate with health care and social services where needed.",
        "2 kap. 25 § skollagen",
    )],
    strength: Strength::Strong,
    secrecy: &[
        Fact::new(
            "Psykolog, kurator och specialpedagog: allt personligt är hemligt om det inte står klart att ingen tar skada.",
            "Psychologist, counsellor and special needs teacher: everything personal is secret unless it is clear that nobody comes to harm.",
            "23 kap. 2 § första stycket OSL",
        ),
        Fact::new(
            "Sköterska och läkare: vårdens sekretess, och en egen sekretess mot resten av skolan.",
            "Nurse and doctor: the secrecy of health care, held against the rest of the school too.",
            "25 kap. 1 § OSL",
        ),
        Fact::new(
            "I en fristående skola: tystnadsplikt.",
            "In an independent school: a duty of silence.",
            "29 kap. 14 § skollagen, 6 kap. 12 § patientsäkerhetslagen",
        ),
    ],
    without_consent: &[
        Fact::new(
            "Den medicinska delen får berätta för övrig elevhälsa i samma myndighet när eleven behöver det för nödvändigt stöd.",
            "The medical part may tell other student health of the same authority where the pupil needs it for necessary support.",
            "25 kap. 13 a § OSL",
        ),
        Fact::new(
            "Det som är nödvändigt för det egna arbetet hindras inte. Den sista utvägen, att behovet uppenbart väger tyngre, finns inte för sköterska och läkare.",
            "What is necessary for the own work is not hindered. The last resort, that the need plainly weighs more, is not there for nurse and doctor.",
            "10 kap. 2 och 27 §§ OSL",
        ),
    ],
    duty: &[REPORTS, COOPERATES],
    good_to_know: &[Fact::new(
        "Sköterskans anteckningar är patientjournal.",
        "The nurse's notes are a patient record.",
        "3 kap. 1 och 3 §§ patientdatalagen",
    )],
};

pub(super) const LEISURE: Mandate = Mandate {
    mission: &[
        Fact::new(
            "Kommunen bestämmer till stor del själv vad den gör inom kultur och fritid.",
            "The municipality largely decides by itself what it does for culture and leisure.",
            "2 kap. 1 § kommunallagen",
        ),
        Fact::new(
            "Folkbiblioteket ska särskilt uppmärksamma barn och unga.",
            "The public library shall give children and young people particular attention.",
            "6 och 8 §§ bibliotekslagen",
        ),
    ],
    strength: Strength::None,
    secrecy: &[
        Fact::new(
            "Någon egen huvudregel för fritidsverksamhet har inte hittats. Hälsa och sexualliv är skyddade om röjandet ger betydande skada, liksom den som riskerar hot eller våld.",
            "No rule of its own for leisure was found. Health and sexual life are protected where telling does considerable harm, and so is whoever risks threats or violence.",
            "21 kap. 1 och 3 §§ OSL",
        ),
        Fact::new(
            "Biblioteket: lån, beställningar och datoranvändning har stark sekretess.",
            "The library: loans, orders and use of computers are under strong secrecy.",
            "40 kap. 3 § OSL",
        ),
        Fact::new(
            "Det ni berättar här kan alltså sakna skydd. Lämna så lite som möjligt.",
            "What you tell here may thus be unprotected. Give as little as possible.",
            "7 kap. 2 § OSL",
        ),
    ],
    without_consent: &[Fact::new(
        "Det som inte är hemligt får sägas, men säg inte mer än som behövs. Kommunen kan behöva lämna uppgifter till polisen.",
        "What is not secret may be said, but say no more than is needed. The municipality may have to give the police information.",
        "6 och 7 §§ lagen (2025:170)",
    )],
    duty: &[
        Fact::new(
            "Fritidsledare räknas bland dem som ska anmäla oro för ett barn.",
            "Leisure leaders count among those who shall report concern for a child.",
            "Barnombudsmannen, Svåra ord: anmälningsskyldighet",
        ),
        Fact::new(
            "Kommunens nämnder ska samverka med andra myndigheter inom sitt område.",
            "The municipality's boards shall cooperate with other authorities within their field.",
            "8 § förvaltningslagen",
        ),
    ],
    good_to_know: &[Fact::new(
        "Kommunala bolag som kommunen bestämmer över jämställs med myndighet; föreningar gör det inte.",
        "Companies the municipality controls count as authorities; associations do not.",
        "2 kap. 3 § OSL",
    )],
};
