//! The demo's municipality in figures: Åmål's two forums and their parties as its public page describes them. All people are
//! invented.

use domain::visibility::Role;

/// Short name, kind, name, name on the agenda, authority.
pub(super) const UNITS: &[(&str, &str, &str, &str, &str)] = &[
    ("social", "social_services", "Individ- och familjeomsorg", "Soc", "Vård- och omsorgsnämnden"),
    ("school", "school", "Rösängsskolan", "Skola", "Barn- och utbildningsnämnden"),
    ("gymnasium", "school", "Karlbergsgymnasiet", "Gymnasium", "Barn- och utbildningsnämnden"),
    ("preschool", "preschool", "Förskolan Viken", "Förskola", "Barn- och utbildningsnämnden"),
    ("health", "student_health", "Centrala elevhälsan", "Elevhälsa", "Barn- och utbildningsnämnden"),
    ("bup", "child_psychiatry", "BUP Åmål", "BUP", "Västra Götalandsregionen"),
    ("adult", "adult_psychiatry", "Vuxenpsykiatrin Åmål", "Vuxenpsyk", "Västra Götalandsregionen"),
    ("care", "primary_care", "Vårdcentralen Åmål", "VC", "Västra Götalandsregionen"),
    ("bvc", "child_health_centre", "BVC Åmål", "BVC", "Västra Götalandsregionen"),
    ("habilitation", "habilitation", "Barn- och ungdomshabiliteringen", "Hab", "Västra Götalandsregionen"),
    ("fk", "social_insurance", "Försäkringskassan", "FK", "Försäkringskassan"),
    ("af", "employment_service", "Arbetsförmedlingen", "AF", "Arbetsförmedlingen"),
    ("leisure", "leisure", "Fritid Åmål", "Fritid", "Kultur- och fritidsnämnden"),
    ("police", "police", "Polisen Åmål", "Polis", "Polismyndigheten"),
];

/// A unit by its short name (none for IT), the role and the title in it.
pub(super) type WorkPlan = (&'static str, Role, &'static str);

/// Short name and part before the `@`, name, and what they work as.
pub(super) const PEOPLE: &[(&str, &str, &[WorkPlan])] = &[
    ("maria", "Maria Lindqvist", &[("social", Role::Coordinator, "samordnare")]),
    ("per", "Per Berg", &[("social", Role::Participant, "socialsekreterare")]),
    ("anna", "Anna Ek", &[("gymnasium", Role::Participant, "rektor")]),
    ("sara", "Sara Nyman", &[("school", Role::Participant, "rektor")]),
    ("eva", "Eva Sand", &[("bup", Role::Participant, "psykolog")]),
    ("frida", "Frida Kvist", &[("fk", Role::Participant, "handläggare")]),
    ("lars", "Lars Lund", &[("af", Role::Participant, "arbetsförmedlare")]),
    ("karin", "Karin Holm", &[("social", Role::Administrator, "enhetschef")]),
    ("bengt", "Bengt Ås", &[("social", Role::Administrator, "förste socialsekreterare")]),
    ("ivar", "Ivar Strand", &[("", Role::Operator, "it-drift")]),
    ("petra", "Petra Dahl", &[("preschool", Role::Participant, "rektor")]),
    ("kim", "Kim Öberg", &[("health", Role::Participant, "kurator"), ("leisure", Role::Participant, "fältassistent")]),
    ("johan", "Johan Holm", &[("bup", Role::Participant, "överläkare")]),
    ("vera", "Vera Lund", &[("adult", Role::Participant, "sjuksköterska")]),
    ("ulla", "Ulla Frisk", &[("care", Role::Participant, "distriktsläkare")]),
    ("inga", "Inga Moberg", &[("bvc", Role::Participant, "barnsköterska")]),
    ("nils", "Nils Åker", &[("habilitation", Role::Participant, "kurator")]),
    ("olle", "Olle Grip", &[("leisure", Role::Participant, "fritidsledare")]),
    ("moa", "Moa Ståhl", &[("police", Role::Participant, "ungdomspolis")]),
];

/// Who sets the municipality up: the first administrator, without a unit.
pub(super) const FIRST: (&str, &str) = ("rut", "Rut Alm");

/// Unit, what it sits there as (may be empty), holder, deputy (none: empty), whether at every meeting; from left to right.
pub(super) type Seats = &'static [(&'static str, &'static str, &'static str, &'static str, bool)];

pub(super) const FAMILY_SEATS: Seats = &[
    ("social", "samordnare", "maria", "per", true),
    ("school", "", "sara", "", true),
    ("preschool", "", "petra", "", true),
    ("health", "", "kim", "", false),
    ("bup", "kontaktperson Åmål", "eva", "johan", false),
    ("bvc", "", "inga", "", false),
    ("care", "", "ulla", "", false),
    ("habilitation", "", "nils", "", false),
    ("fk", "samverkansansvarig", "frida", "", false),
    ("leisure", "", "olle", "kim", false),
];

pub(super) const YOUTH_SEATS: Seats = &[
    ("social", "samordnare", "maria", "per", true),
    ("gymnasium", "", "anna", "", true),
    ("school", "", "sara", "", false),
    ("health", "", "kim", "", false),
    ("bup", "kontaktperson Åmål", "eva", "johan", false),
    ("adult", "", "vera", "", false),
    ("care", "", "ulla", "", false),
    ("habilitation", "", "nils", "", false),
    ("fk", "samverkansansvarig", "frida", "", false),
    ("af", "ungdomsgruppen", "lars", "", false),
    ("leisure", "", "olle", "kim", false),
    ("police", "ungdomspolis", "moa", "", false),
];

/// A forum and its weekly series, as an administrator would type them.
pub(super) struct ForumPlan {
    pub name: &'static str,
    pub short_name: &'static str,
    pub ages: (&'static str, &'static str),
    pub place: &'static str,
    pub seats: Seats,
    /// 1 Monday … 7 Sunday.
    pub weekday: &'static str,
    pub starts: &'static str,
}

pub(super) const FAMILY: ForumPlan = ForumPlan {
    name: "Familjecentralen",
    short_name: "FC",
    ages: ("0", "12"),
    place: "Familjecentralen, Kungsgatan, stora rummet",
    seats: FAMILY_SEATS,
    weekday: "2",
    starts: "13.00",
};

pub(super) const YOUTH: ForumPlan = ForumPlan {
    name: "Ungdoms- och vuxencentralen",
    short_name: "UVC",
    ages: ("13", "18"),
    place: "Ungdoms- och vuxencentralen, rum Vänern",
    seats: YOUTH_SEATS,
    weekday: "4",
    starts: "09.00",
};
