//! Sentences about series, the list of meetings, and closed days.

use chrono::{NaiveDate, Weekday};
use domain::{
    calendar::{Eve, RedDay},
    closed_day::ClosedKind,
    meeting::{CancelReason, MeetingState},
    series::{DayPolicy, SkipReason},
};

use super::{Lang, date};
use crate::texts;

texts! {
    series => "Serier av träffar", "Series of meetings";
    no_series => "Ingen serie än. En serie lägger ut träffarna vecka för vecka över en termin; röda och stängda dagar hoppas över och syns med skäl.", "No series yet. A series lays out the meetings week by week over a term; red and closed days are left out and shown with the reason.";
    new_series => "Ny serie", "New series";
    change_series => "Ändra serien", "Change the series";
    end_series => "Avsluta serien", "End the series";
    end_series_text => "Träffar efter den sista dagen tas bort. Är en av dem redan utskickad eller förberedd ställs den in eller flyttas först.", "Meetings after the last day are taken away. If one of them has been sent out or prepared, cancel or move it first.";
    over => "avslutad", "over";
    weekday => "Veckodag", "Weekday";
    starts => "Börjar", "Starts";
    starts_hint => "TT.MM", "HH.MM";
    minutes => "Längd i minuter", "Length in minutes";
    interval => "Hur ofta", "How often";
    every_week => "Varje vecka", "Every week";
    every_other_week => "Varannan vecka", "Every other week";
    every_third_week => "Var tredje vecka", "Every third week";
    every_fourth_week => "Var fjärde vecka", "Every fourth week";
    from => "Från och med", "From";
    from_hint => "Träffar före den dagen ändras inte. Skriv en senare dag för att ändra från och med den.", "Meetings before that day are not changed. Write a later day to change from there on.";
    until => "Till och med", "Until";
    last_day => "Sista dag", "Last day";
    place => "Plats", "Place";
    show_meetings => "Visa träffarna", "Show the meetings";
    show_again => "Visa igen", "Show again";
    save_series => "Spara serien", "Save the series";
    preview_title => "Så blir det", "How it comes out";
    preview_lead(count: usize) => "{count} träffar läggs ut. Inget är sparat än.", "{count} meetings are laid out. Nothing is saved yet.";
    preview_first => "Fyll i och visa träffarna innan du sparar. Redan utskickade, förberedda, flyttade och hållna träffar ändras aldrig.", "Fill in and show the meetings before you save. Meetings that are sent out, prepared, moved or held are never changed.";
    made => "Träff", "Meeting";
    stays => "Ligger kvar som den är", "Stays as it is";
    past => "Har varit, läggs inte ut", "Has passed, is not laid out";
    removed => "Tas bort", "Taken away";
    skipped(why: &str) => "Ingen träff: {why}", "No meeting: {why}";
    made_on(day: &str) => "Träff {day}", "Meeting on {day}";
    no_meeting => "Ingen träff", "No meeting";
    what_to_do(day: &str) => "Vad som händer {day}", "What happens on {day}";
    day_skip => "Ingen träff", "No meeting";
    day_hold => "Träff ändå", "Meeting all the same";
    day_before(day: &str) => "Tidigare: {day}", "Earlier: {day}";
    day_after(day: &str) => "Senare: {day}", "Later: {day}";
    policy_before => "Flytta till en tidigare dag samma vecka", "Move to an earlier day of the same week";
    policy_after => "Flytta till en senare dag samma vecka", "Move to a later day of the same week";
    because => "Varför", "Why";
    because_hint => "Syns i listan över träffar. Kallelser och kalendrar säger bara att träffen är inställd.", "Shown in the list of meetings. Invitations and calendars say only that the meeting is cancelled.";
    week => "Vecka", "Week";
    day => "Dag", "Day";
    outcome => "Vad som händer", "What happens";

    meetings => "Träffar", "Meetings";
    meetings_lead => "Veckor framåt. Dagar då ingen träff hålls står med sitt skäl.", "Weeks ahead. Days without a meeting are shown with the reason.";
    no_meetings_title => "Inga träffar framöver", "No meetings ahead";
    no_meetings_text => "Träffar läggs ut av ett forums serie, vecka för vecka över en termin. Sedan väljs ärenden till varje träff, och de som samtycket omfattar kallas.", "Meetings come from a forum's series, week by week over a term. Cases are then chosen for each, and those the consent covers are invited.";
    plan_meetings => "Lägg ut träffar", "Lay out meetings";
    behind(count: usize) => "Träffar som har varit ({count})", "Past meetings ({count})";
    moved_from(day: &str) => "flyttad från {day}", "moved from {day}";
    move_or_cancel => "Flytta eller ställ in", "Move or cancel";
    move_or_cancel_of(day: &str) => "Flytta eller ställ in {day}", "Move or cancel {day}";
    move_title => "Flytta eller ställ in träffen", "Move or cancel the meeting";
    move_lead => "Träffen behåller sin plats i allas kalendrar och ändras där. De som är kallade får besked, och svarar på nytt om tiden är en annan.", "The meeting keeps its place in everybody's calendar and changes there. Those invited are told, and answer again if the time is another.";
    move_action => "Flytta träffen", "Move the meeting";
    on => "Dag", "Day";
    cancel_title => "Ställ in träffen", "Cancel the meeting";
    cancel_text => "Träffen står kvar som inställd, och de som är kallade får besked genast. Dess ärenden väntar i kön till nästa träff.", "The meeting stays in the list as cancelled, and those invited are told at once. Its cases wait in the queue for the next one.";
    cannot_change => "Träffen har börjat, är hållen eller inställd och ändras inte mer.", "The meeting has begun, been held or been cancelled and does not change any more.";

    closed_days => "Stängda dagar", "Closed days";
    closed_lead => "Lov, studiedagar och andra dagar då inga träffar hålls. Röda dagar och aftnar behöver inte skrivas in.", "School breaks, staff days and other days without meetings. Red days and eves need not be entered.";
    no_closed_title => "Inga stängda dagar framöver", "No closed days ahead";
    no_closed_text => "Skriv in höstlov, jullov, sportlov och påsklov, så läggs inga träffar där.", "Enter the school breaks, and no meetings are laid out there.";
    colliding_title => "Träffar på stängda dagar", "Meetings on closed days";
    colliding_text => "De lades ut innan dagen stängdes. Flytta dem eller ställ in dem.", "They were laid out before the day was closed. Move or cancel them.";
    close_days => "Stäng dagar", "Close days";
    closed_kind => "Slag", "Kind";
    closed_name => "Namn", "Name";
    closed_name_hint => "Till exempel höstlov eller studiedag.", "Such as autumn break or staff day.";
    single_day_hint => "Lämna tomt för en enda dag.", "Leave empty for a single day.";
    import_days => "Läs in ett läsårs lov", "Read in a school year's breaks";
    import_table => "Rader ur ett kalkylblad eller en CSV-fil", "Rows of a spreadsheet or a CSV file";
    import_hint => "En rad för varje lov: namn, första dag, sista dag. Till exempel: Höstlov; 2027-11-01; 2027-11-05", "A row for each break: name, first day, last day. Such as: Höstlov; 2027-11-01; 2027-11-05";
    import_action => "Läs in", "Read in";
    open_again => "Öppna igen", "Open again";
    open_again_of(name: &str) => "Öppna {name} igen", "Open {name} again";
    show_closed => "Stängda dagar", "Closed days";
}

/// "tisdagar" · "Tuesdays".
#[must_use]
pub const fn on_weekdays(weekday: Weekday, lang: Lang) -> &'static str {
    let (swedish, english) = match weekday {
        Weekday::Mon => ("måndagar", "Mondays"),
        Weekday::Tue => ("tisdagar", "Tuesdays"),
        Weekday::Wed => ("onsdagar", "Wednesdays"),
        Weekday::Thu => ("torsdagar", "Thursdays"),
        Weekday::Fri => ("fredagar", "Fridays"),
        Weekday::Sat => ("lördagar", "Saturdays"),
        Weekday::Sun => ("söndagar", "Sundays"),
    };
    match lang {
        Lang::Sv => swedish,
        Lang::En => english,
    }
}

/// "varannan vecka" · "every other week".
#[must_use]
pub fn how_often(weeks: u16, lang: Lang) -> String {
    match weeks {
        1 => every_week(lang).to_lowercase(),
        2 => every_other_week(lang).to_lowercase(),
        3 => every_third_week(lang).to_lowercase(),
        4 => every_fourth_week(lang).to_lowercase(),
        more => lang.pick(format!("var {more}:e vecka"), format!("every {more} weeks")),
    }
}

/// Why a day has no meeting: the name the municipality gave it, or what the calendar calls it.
#[must_use]
pub fn skip_reason(reason: SkipReason, name: Option<&str>, lang: Lang) -> String {
    match reason {
        SkipReason::RedDay(day) => red_day(day, lang).to_owned(),
        SkipReason::Eve(day) => eve(day, lang).to_owned(),
        SkipReason::SchoolBreak => {
            name.map_or_else(|| closed_kind_name(ClosedKind::SchoolBreak, lang).to_lowercase(), str::to_lowercase)
        }
        SkipReason::BeforeRedDay(day) => {
            lang.pick(format!("dagen före {}", red_day(day, lang)), format!("the day before {}", red_day(day, lang)))
        }
        SkipReason::Closed => name.map_or_else(|| lang.pick("stängd dag", "closed day").to_owned(), str::to_lowercase),
    }
}

/// What to do about one day, with the day the meeting is on instead.
#[must_use]
pub fn day_choice(choice: DayPolicy, instead: Option<NaiveDate>, lang: Lang) -> String {
    let day = instead.map(|day| date::weekday_day(day, lang));
    match (choice, day) {
        (DayPolicy::Skip, _) => day_skip(lang).to_owned(),
        (DayPolicy::Hold, _) => day_hold(lang).to_owned(),
        (DayPolicy::Before, Some(day)) => day_before(lang, &day),
        (DayPolicy::After, Some(day)) => day_after(lang, &day),
        (DayPolicy::Before, None) => policy_before(lang).to_owned(),
        (DayPolicy::After, None) => policy_after(lang).to_owned(),
    }
}

/// Why a meeting was cancelled.
#[must_use]
pub const fn cancel_reason(reason: CancelReason, lang: Lang) -> &'static str {
    let (swedish, english) = match reason {
        CancelReason::Absence => ("Någon som behövs kan inte komma", "Somebody it needs cannot come"),
        CancelReason::FreeDay => ("Lov eller helg", "A break or a holiday"),
        CancelReason::Place => ("Lokalen går inte att använda", "The room cannot be used"),
        CancelReason::Replaced => ("En annan träff ersätter den", "Another meeting takes its place"),
        CancelReason::Other => ("Annat skäl", "Another reason"),
    };
    match lang {
        Lang::Sv => swedish,
        Lang::En => english,
    }
}

/// A red day's name.
#[must_use]
pub const fn red_day(day: RedDay, lang: Lang) -> &'static str {
    let (swedish, english) = match day {
        RedDay::NewYearsDay => ("nyårsdagen", "New Year's Day"),
        RedDay::Epiphany => ("trettondedag jul", "Epiphany"),
        RedDay::GoodFriday => ("långfredagen", "Good Friday"),
        RedDay::EasterSunday => ("påskdagen", "Easter Sunday"),
        RedDay::EasterMonday => ("annandag påsk", "Easter Monday"),
        RedDay::MayDay => ("första maj", "May Day"),
        RedDay::AscensionDay => ("Kristi himmelsfärdsdag", "Ascension Day"),
        RedDay::WhitSunday => ("pingstdagen", "Whit Sunday"),
        RedDay::WhitMonday => ("annandag pingst", "Whit Monday"),
        RedDay::NationalDay => ("nationaldagen", "the National Day"),
        RedDay::MidsummerDay => ("midsommardagen", "Midsummer Day"),
        RedDay::AllSaintsDay => ("alla helgons dag", "All Saints' Day"),
        RedDay::ChristmasDay => ("juldagen", "Christmas Day"),
        RedDay::BoxingDay => ("annandag jul", "Boxing Day"),
        RedDay::Sunday => ("söndag", "Sunday"),
    };
    match lang {
        Lang::Sv => swedish,
        Lang::En => english,
    }
}

/// An eve's name.
#[must_use]
pub const fn eve(day: Eve, lang: Lang) -> &'static str {
    let (swedish, english) = match day {
        Eve::EasterEve => ("påskafton", "Easter Eve"),
        Eve::WhitsunEve => ("pingstafton", "Whitsun Eve"),
        Eve::MidsummerEve => ("midsommarafton", "Midsummer Eve"),
        Eve::ChristmasEve => ("julafton", "Christmas Eve"),
        Eve::NewYearsEve => ("nyårsafton", "New Year's Eve"),
    };
    match lang {
        Lang::Sv => swedish,
        Lang::En => english,
    }
}

/// What kind of closed day it is.
#[must_use]
pub const fn closed_kind_name(kind: ClosedKind, lang: Lang) -> &'static str {
    let (swedish, english) = match kind {
        ClosedKind::SchoolBreak => ("Lov", "School break"),
        ClosedKind::StaffDay => ("Studiedag eller planeringsdag", "Staff day"),
        ClosedKind::Eve => ("Klämdag", "Bridge day"),
        ClosedKind::Other => ("Annat", "Other"),
    };
    match lang {
        Lang::Sv => swedish,
        Lang::En => english,
    }
}

/// Where a meeting is in its life.
#[must_use]
pub const fn state(state: MeetingState, lang: Lang) -> &'static str {
    let (swedish, english) = match state {
        MeetingState::Draft => ("Utkast", "Draft"),
        MeetingState::Published => ("Kallelse skickad", "Invitations sent"),
        MeetingState::Running => ("Pågår", "Under way"),
        MeetingState::Held => ("Hållen", "Held"),
        MeetingState::Cancelled => ("Inställd", "Cancelled"),
    };
    match lang {
        Lang::Sv => swedish,
        Lang::En => english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_the_municipality_named_is_called_by_that_name() {
        assert_eq!(skip_reason(SkipReason::SchoolBreak, Some("Sportlov"), Lang::Sv), "sportlov");
        assert_eq!(skip_reason(SkipReason::SchoolBreak, None, Lang::Sv), "lov");
        assert_eq!(skip_reason(SkipReason::Eve(Eve::ChristmasEve), None, Lang::Sv), "julafton");
    }

    #[test]
    fn how_often_is_said_as_people_say_it() {
        assert_eq!(how_often(1, Lang::Sv), "varje vecka");
        assert_eq!(how_often(2, Lang::En), "every other week");
        assert_eq!(how_often(6, Lang::Sv), "var 6:e vecka");
    }
}
