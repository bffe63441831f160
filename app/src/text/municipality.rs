//! Sentences about units, forums and seats.

use domain::unit::UnitKind;

use super::Lang;
use crate::texts;

texts! {
    title => "Parter och platser", "Parties and seats";
    lead => "Vilka som deltar i samverkan, var de sitter och när de träffas. Här står inget om något barn.", "Who takes part, where they sit and when they meet. Nothing here is about any child.";
    ages(from: u16, to: u16) => "{from}–{to} år", "ages {from}–{to}";
    forum_line(name: &str, ages: &str) => "{name} · {ages}", "{name} · {ages}";
    no_series => "Ingen serie av träffar än", "No series of meetings yet";
    no_scanner => "Ingen virusskanner är inställd", "No virus scanner is set up";
    no_scanner_text => "Undertecknade blanketter som bifogas kontrolleras av programmet, men inte mot kända virus. Den som driver installationen ställer in en skanner.", "Signed forms that are attached are checked by the program, but not for known viruses. Whoever runs the installation sets up a scanner.";
    no_forum_title => "Inget forum än", "No forum yet";
    no_forum_text => "Ett forum tar upp ärenden för barn i vissa åldrar, till exempel 0–12 år. Börja med det första; varje barn hamnar sedan rätt av sig självt.", "A forum takes up cases of children of certain ages, such as 0–12. Begin with the first; each child then finds its place by itself.";
    no_unit_title => "Inga enheter än", "No units yet";
    no_unit_text => "En enhet är en skola, en mottagning eller en del av socialtjänsten. Samtycken gäller enheter, så de behöver finnas innan det första ärendet registreras.", "A unit is a school, a clinic or a part of social services. Consents name units, so they must be here before the first case is registered.";
    only_administrators => "En administratör lägger till den.", "An administrator adds it.";
    show_forum => "Platser och träffar", "Seats and meetings";
    new_forum => "Nytt forum", "New forum";
    new_unit => "Ny enhet", "New unit";
    units => "Enheter", "Units";
    unit => "Enhet", "Unit";
    kind => "Slag", "Kind";
    people => "Personer", "People";
    closed_unit => "Stängd", "Closed";
    vacant => "Ingen vald", "Nobody chosen";
    deputies_are(names: &str) => "ersättare {names}", "deputy {names}";

    unit_name => "Namn", "Name";
    unit_name_hint => "Som på samtyckesblanketten, till exempel Karlbergsgymnasiet.", "As on the consent form, such as Karlbergsgymnasiet.";
    short_name => "Kort namn", "Short name";
    short_name_hint => "Rubrik i dagordningens kolumn, högst 16 tecken.", "Heads a column of the agenda, 16 characters at most.";
    authority => "Nämnd, region eller myndighet", "Board, region or agency";
    authority_hint => "Sekretess råder mellan myndigheter; enheter visas samlade under sin.", "Secrecy holds between authorities; units are shown under theirs.";
    kind_hint => "Avgör vad enheten får se. Går inte att ändra sedan, eftersom samtycken ges för just den verksamheten.", "Decides what the unit may see. Cannot be changed later, as consents are given for that very work.";
    close_unit => "Stäng enheten", "Close the unit";
    close_unit_text => "Enheten erbjuds inte längre någonstans och de som arbetar i den kommer inte in. Det den har varit med om finns kvar.", "The unit is offered nowhere any more and those who work in it can no longer get in. What it took part in remains.";
    works_here => "Arbetar här", "Working here";
    nobody_works_here => "Ingen arbetar här än. Personer får sina uppdrag under Personer.", "Nobody works here yet. People get their assignments under People.";
    sits_in => "Sitter med i", "Sits in";
    sits_nowhere => "Enheten har ingen plats i något forum.", "The unit has no seat in any forum.";

    forum_name => "Namn", "Name";
    age_from => "Från ålder", "From age";
    age_to => "Till och med ålder", "To age";
    age_hint => "Hela år. Flyttas en gräns följer grannforumets med, så att ingen ålder blir utan forum.", "Whole years. When a boundary moves, the neighbouring forum's moves with it, so that no age is left without a forum.";
    place => "Plats", "Place";
    place_hint => "Föreslås för nya träffar.", "Suggested for new meetings.";
    host => "Värd", "Host";
    host_hint => "Den myndighet som håller i träffarna, till exempel Åmåls kommun.", "The authority that hosts the meetings, such as Åmåls kommun.";
    meeting_minutes => "Vanlig längd på en träff, minuter", "Usual length of a meeting, minutes";
    freeze_days => "Dagordningen stängs, dagar före", "The agenda closes, days before";
    freeze_hint => "Så många dagar före träffen tas inga nya ärenden upp annat än om det brådskar. 0 för ingen gräns.", "So many days before the meeting no new cases are taken up but urgent ones. 0 for no limit.";
    review_days => "Anteckningar justeras inom, dagar", "Minutes are approved within, days";
    review_hint => "Räknat från att de lämnades in. Efter det står de som sena i granskningen.", "From the day they were handed in. After that the review shows them as late.";
    on_red_days => "Träffar på röda dagar och aftnar", "Meetings on red days and eves";
    on_red_days_hint => "Föreslås när en serie läggs ut; varje dag går att ändra där. På en röd dag hålls ingen träff.", "Suggested when a series is laid out; each day can be changed there. No meeting is held on a red day.";
    on_breaks => "Träffar på lov och stängda dagar", "Meetings in school breaks and on closed days";
    standing_items => "Stående punkter", "Standing items";
    standing_items_lead => "Står på varje dagordning som ännu inte är utskickad, och på dem som läggs ut.", "On every agenda that has not been sent out yet, and on those laid out later.";
    no_standing_items => "Inga stående punkter.", "No standing items.";
    item_title => "Punkt", "Item";
    item_closing => "Sist på dagordningen", "Last on the agenda";
    add_item => "Lägg till punkt", "Add an item";
    remove_item(title: &str) => "Ta bort {title}", "Remove {title}";
    take_off => "Ta bort", "Remove";
    stands_first => "först", "first";
    stands_last => "sist", "last";
    item_minutes => "Vanlig tid för ett ärende, minuter", "Usual time for a case, minutes";
    forum_facts => "Om forumet", "About the forum";

    seats => "Platser", "Seats";
    seats_lead => "Enheter som kan kallas. De med stående plats är med på varje träff; andra bara vid ärenden vars samtycke omfattar dem.", "Units that can be invited. Those with a standing seat come to every meeting; others only for cases whose consent covers them.";
    no_seats => "Ingen enhet har en plats än. Lägg till den första här under.", "No unit has a seat yet. Add the first one below.";
    standing => "Med på varje träff", "At every meeting";
    standing_short => "stående", "standing";
    standing_hint => "Annars kallas enheten bara till ärenden vars samtycke omfattar den.", "Else the unit is invited only for cases whose consent covers it.";
    function => "Funktion", "Function";
    function_hint => "Vad enheten sitter där som, till exempel kontaktperson Åmål. Platsen hör till funktionen, inte till personen.", "What the unit sits there as, such as contact person Åmål. The seat belongs to the function, not to the person.";
    seat_of(unit: &str) => "Platsen för {unit}", "The seat of {unit}";
    seat => "Plats", "Seat";
    change_seat_of(unit: &str) => "Ändra platsen för {unit}", "Change the seat of {unit}";
    about_seat => "Om platsen", "About the seat";
    who_sits => "Vem sitter här", "Who sits here";
    holder => "Ordinarie", "Holder";
    deputies => "Ersättare", "Deputies";
    deputy => "Ersättare", "Deputy";
    no_deputy => "Ingen ersättare. Kan den ordinarie inte komma är platsen tom.", "No deputy. Where the holder cannot come the seat is empty.";
    deputies_hint => "Frågas i den här ordningen när den ordinarie inte kan.", "Asked in this order when the holder cannot come.";
    add_deputy => "Lägg till ersättare", "Add a deputy";
    remove_deputy(name: &str) => "Avsluta {name} som ersättare", "End {name} as deputy";
    end_deputy => "Avsluta", "End";
    first_day => "Från och med", "From";
    from_today => "Från i dag om inget anges.", "From today if left empty.";
    last_day => "Till och med", "Until";
    hand_over => "Lämna över platsen", "Hand the seat over";
    hand_over_hint => "Från och med dagen går träffarna till den nya, även kallelser som redan är skickade. Det som varit stannar hos den som satt där.", "From that day on the meetings go to the new holder, also invitations that have been sent. What was stays with whoever sat there.";
    hand_over_press => "Lämna över", "Hand over";
    to_whom => "Till", "To";
    to_whom_hint => "De som arbetar i enheten. Lämna tomt om ingen tar över än.", "Those who work in the unit. Leave empty if nobody takes over yet.";
    comes => "Kommer", "To come";
    was => "Tidigare", "Before";
    sits_from(who: &str, day: &str) => "{who} från {day}", "{who} from {day}";
    sat(who: &str, days: &str) => "{who} {days}", "{who} {days}";
    as_deputy(name: &str) => "{name} som ersättare", "{name} as deputy";
    until_day(day: &str) => "till och med {day}", "until {day}";
    remove_seat_text => "Enheten kallas inte längre hit. De som redan är kallade för den får veta att de inte behöver komma.", "The unit is not invited here any more. Those invited for it are told that they need not come.";
    remove_seat => "Ta bort platsen", "Remove the seat";
    add_seat => "Lägg till plats", "Add a seat";
    all_seated => "Alla enheter har en plats här.", "Every unit has a seat here.";
}

/// What a unit does, in a word.
#[must_use]
pub const fn unit_kind(kind: UnitKind, lang: Lang) -> &'static str {
    let (swedish, english) = match kind {
        UnitKind::Preschool => ("Förskola", "Preschool"),
        UnitKind::School => ("Skola", "School"),
        UnitKind::StudentHealth => ("Elevhälsa", "Student health"),
        UnitKind::SocialServices => ("Socialtjänst", "Social services"),
        UnitKind::ChildPsychiatry => ("BUP", "Child psychiatry"),
        UnitKind::AdultPsychiatry => ("Vuxenpsykiatri", "Adult psychiatry"),
        UnitKind::PrimaryCare => ("Vårdcentral", "Primary care"),
        UnitKind::ChildHealthCentre => ("BVC", "Child health centre"),
        UnitKind::Habilitation => ("Habilitering", "Habilitation"),
        UnitKind::SocialInsurance => ("Försäkringskassan", "Social insurance"),
        UnitKind::EmploymentService => ("Arbetsförmedlingen", "Employment service"),
        UnitKind::Police => ("Polis", "Police"),
        UnitKind::Leisure => ("Kultur och fritid", "Culture and leisure"),
        UnitKind::Association => ("Förening", "Association"),
        UnitKind::Other => ("Annan", "Other"),
    };
    match lang {
        Lang::Sv => swedish,
        Lang::En => english,
    }
}
