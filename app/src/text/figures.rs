//! Sentences of the figures that are published of whole school years.

use domain::figures::{Completion, Turnout};

use super::Lang;
use crate::texts;

texts! {
    figures => "Siffror", "Figures";
    title(first: i32, last: i32) => "Siffror för läsåret {first}/{last}", "Figures of the school year {first}/{last}";
    lead => "Hur samverkan gått ett helt läsår, räknat så att inget går att utläsa om någon.",
        "How a whole school year of collaboration went, counted so that nothing can be told of anybody.";
    hidden_title => "Tal under fem visas inte", "Numbers under five are not shown";
    hidden_text => "I en liten kommun kan ett litet tal vara en människa. Därför visas inte heller de tal som det skulle gå att räkna ut ett dolt tal ur. Ett streck betyder att talet är dolt, inte att det är noll.",
        "In a small municipality a small number may be a person. Nor are those numbers shown that a hidden one would follow from. A dash says that the number is hidden, not that it is nought.";
    published(on: &str) => "Siffrorna räknades {on} och ändras inte efteråt, även om något registreras senare.",
        "These figures were counted on {on} and do not change, whatever is entered later.";
    which => "Läsår", "School years";
    year(first: i32, last: i32) => "{first}/{last}", "{first}/{last}";
    save => "Spara som kalkylfil (CSV)", "Save as a spreadsheet (CSV)";
    none_title => "Inga siffror än", "No figures yet";
    none_text(on: &str) => "De första siffrorna kommer {on}, dagen efter läsårets sista dag. Bara hela läsår som är slut redovisas: ur två perioder som går in i varandra skulle enskilda ärenden gå att räkna fram.",
        "The first figures come on {on}, the day after the last day of the school year. Only whole school years that are over are told of: from two periods that overlap, single cases could be worked out.";

    cases => "Ärenden per forum och ålder", "Cases by forum and age";
    cases_hint => "Ärenden som togs upp under läsåret, vart och ett en gång, efter barnets ålder när det först togs upp. En ålder som forumet inte tar emot har en tom ruta.",
        "Cases taken up in the school year, each once, by the child's age when it first was. An age the forum does not take has an empty cell.";
    waiting => "Väntetid till första träffen", "Waiting for the first meeting";
    waiting_hint => "Dagar från att ärendet registrerades till att det togs upp första gången. Hälften väntade högst så länge.",
        "Days from registering a case to taking it up for the first time. Half waited no longer.";
    attendance => "Närvaro per enhet", "Attendance by unit";
    attendance_hint => "Träffar som hölls och som enheten var kallad till. Stapeln är andelen där någon kom från enheten. För enheter som kallats färre än fem gånger, eller aldrig, visas inget.",
        "Meetings that were held and that the unit was called to. The bar is the share to which somebody of the unit came. Of units that were called fewer than five times, or never, nothing is shown.";
    consent => "Tid till samtycke", "Time to consent";
    consent_hint => "Dagar från att ärendet registrerades till att samtycke gällde första gången, efter barnets ålder den dagen. För hälften tog det högst så länge.",
        "Days from registering a case until consent held for the first time, by the child's age on that day. For half it took no longer.";
    undertakings => "Åtgärder per enhet", "Undertakings by unit";
    undertakings_hint => "Åtgärder som skulle vara klara under läsåret och inte ströks. Stapeln är andelen som blev klara i tid. För enheter med färre än fem åtgärder, eller inga, visas inget.",
        "Undertakings that were due in the school year and not dropped. The bar is the share that was done in time. Of units with fewer than five, or none, nothing is shown.";
    nothing => "Inget att räkna det här läsåret.", "Nothing to count this school year.";

    not_shown => "visas inte", "not shown";
    ages(from: u16, to: u16) => "{from}–{to} år", "ages {from}–{to}";
    older(from: u16) => "{from} år och äldre", "{from} and older";
    age => "Ålder", "Age";
    forum => "Forum", "Forum";
    unit => "Enhet", "Unit";
    total => "Totalt", "Total";
    all => "Alla", "All";
    days => "Mittenvärde, dagar", "Middle, days";
    came_share => "Kom, procent", "Came, per cent";
    in_time_share => "I tid, procent", "In time, per cent";
    per_cent(share: u8) => "{share} %", "{share}%";
    of_days(days: u32) => "{days} dagar", "{days} days";

    file_year => "Läsår", "School year";
    file_measure => "Mått", "Measure";
    file_row => "Rad", "Row";
    file_column => "Kolumn", "Column";
    file_number => "Tal", "Number";
    file_kind => "Slag", "Kind";
    file_note => "Anmärkning", "Note";
    file_count => "antal", "count";
    file_days => "dagar, mittenvärde", "days, middle";
    file_hidden => "visas inte: under fem, eller ett tal under fem skulle följa av det",
        "not shown: under five, or a number under five would follow from it";
}

/// "Kom" · "Came".
#[must_use]
pub const fn turnout(turnout: Turnout, lang: Lang) -> &'static str {
    match (turnout, lang) {
        (Turnout::Came, Lang::Sv) => "Kom",
        (Turnout::Came, Lang::En) => "Came",
        (Turnout::Absent, Lang::Sv) => "Ingen kom",
        (Turnout::Absent, Lang::En) => "Nobody came",
    }
}

/// "I tid" · "In time".
#[must_use]
pub const fn completion(completion: Completion, lang: Lang) -> &'static str {
    match (completion, lang) {
        (Completion::InTime, Lang::Sv) => "I tid",
        (Completion::InTime, Lang::En) => "In time",
        (Completion::Late, Lang::Sv) => "Senare",
        (Completion::Late, Lang::En) => "Later",
        (Completion::NotDone, Lang::Sv) => "Inte klart",
        (Completion::NotDone, Lang::En) => "Not done",
    }
}
