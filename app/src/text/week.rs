//! Sentences of the week page.

use crate::texts;

texts! {
    title(number: u32) => "Vecka {number}", "Week {number}";
    previous => "Föregående vecka", "Previous week";
    next => "Nästa vecka", "Next week";
    now => "Den här veckan", "This week";
    new_case => "Nytt ärende", "New case";
    ages(from: u16, to: u16) => "{from}–{to} år", "ages {from}–{to}";

    draft => "utkast", "draft";
    running => "pågår", "under way";
    held => "genomförd", "held";
    cancelled => "inställd", "cancelled";
    cases_one => "1 ärende", "1 case";
    cases(count: usize) => "{count} ärenden", "{count} cases";
    anonymous_one => "1 avidentifierat", "1 anonymous";
    anonymous(count: usize) => "{count} avidentifierade", "{count} anonymous";
    no_items => "Inget på dagordningen än", "Nothing on the agenda yet";
    answered(answered: usize, invited: usize) => "{answered} av {invited} har svarat", "{answered} of {invited} have answered";
    published_on(day: &str) => "Kallelse skickad {day}", "Invitations sent {day}";
    publish_today => "Kallelse bör gå ut i dag", "Invitations should go out today";
    not_published => "Kallelse inte skickad", "Invitations not sent";
    you_come => "Du kommer", "You are coming";
    you_decline => "Du kommer inte", "You are not coming";
    deputy_comes => "Din ersättare kommer", "Your deputy comes";
    answer_please => "Du har inte svarat", "You have not answered";

    strip(items: usize, free: u16) => "{items} punkter, {free} minuter lediga", "{items} items, {free} minutes free";
    strip_over(items: usize, over: u16) => "{items} punkter, {over} minuter för mycket", "{items} items, {over} minutes too much";
    strip_own(items: usize) => "{items} punkter för er", "{items} items for you";
    anonymous_short => "avid.", "anon.";

    needs_you => "Behöver dig", "Needs you";
    nothing_needed => "Inget behöver dig just nu.", "Nothing needs you right now.";
    nothing_needed_more => "Här står det som behöver göras i tid: samtycken som löper ut, svar som saknas, anteckningar som väntar.",
        "Here stands what must be done in time: consents that end, answers that are missing, minutes that wait.";
    no_meetings => "Ingen träff för dig den här veckan", "No meeting for you this week";
    no_meetings_text => "Träffarna visas här när din enhet är kallad.", "Meetings show here when your unit is invited.";
    next_meeting(forum: &str, day: &str) => "Nästa: {forum}, {day}", "Next: {forum}, {day}";

    ends_before(reference: &str, last: &str, meeting: &str) => "Samtycket för {reference} löper ut {last}, före träffen {meeting}",
        "The consent for {reference} ends {last}, before the meeting {meeting}";
    nothing_holds(reference: &str, meeting: &str) => "{reference} står på träffen {meeting} utan samtycke som gäller då",
        "{reference} stands on the meeting {meeting} without a consent that holds then";
    nothing_holds_more => "Det tas inte upp, och inget antecknas, förrän samtycke finns.",
        "It is not taken up, and nothing is written, until there is consent.";
    other_forum(reference: &str, forum: &str, meeting: &str) => "{reference} hör till {forum} den dag träffen hålls, {meeting}",
        "{reference} belongs to {forum} on the day of the meeting, {meeting}";
    other_forum_more => "Flytta punkten till det forumets nästa träff.", "Move the item to that forum's next meeting.";
    no_forum(reference: &str, meeting: &str) => "{reference} har fyllt 19 år vid träffen {meeting}",
        "{reference} has turned 19 by the meeting {meeting}";
    no_forum_more => "Ärendet kan inte tas upp i något forum. Avsluta det.", "No forum can take the case up. Close it.";
    answer_missing(reference: &str) => "Samtycket för {reference} väntar på svar", "The consent for {reference} awaits an answer";
    answer_missing_more => "Alla som ska svara behöver ha svarat innan det gäller.", "Everybody who must answer needs to have answered before it holds.";
    renew(reference: &str) => "Samtycket för {reference} behöver förnyas", "The consent for {reference} needs renewing";
    ends_soon(reference: &str, last: &str) => "Samtycket för {reference} löper ut {last}", "The consent for {reference} ends {last}";
    child_signs(reference: &str, day: &str) => "{reference} fyller 15 år {day} och behöver då svara själv",
        "{reference} turns 15 on {day} and must then answer too";
    child_signs_more => "Utan det egna svaret gäller samtycket inte från den dagen.", "Without that answer the consent does not hold from that day.";
    of_age(reference: &str, day: &str) => "{reference} fyller 18 år {day} och bestämmer sedan själv",
        "{reference} turns 18 on {day} and then decides alone";
    of_age_more => "Vårdnadshavarnas samtycke upphör den dagen.", "The guardians' consent ends that day.";
    new_table(reference: &str, forum: &str, day: &str) => "{reference} hör till {forum} från {day}",
        "{reference} belongs to {forum} from {day}";
    new_table_more(unit: &str) => "Samtycket omfattar inte {unit}, som är med på varje träff där. Då behövs ett nytt.",
        "The consent does not cover {unit}, who are at every meeting there. A new one is needed for that.";
    acknowledge(reference: &str) => "Er enhet har inte bekräftat samtycket för {reference}", "Your unit has not confirmed the consent for {reference}";
    hand_out(reference: &str) => "{reference}: en kollega vill lämna ut skyddade uppgifter", "{reference}: a colleague wants to hand out protected information";
    hand_out_more => "Det krävs två. Säg ja eller nej på ärendets sida.", "It takes two. Say yes or no on the page of the case.";
    acknowledge_more(day: &str) => "Det tas upp {day}. Innan ni har bekräftat får ni bara lyssna.",
        "It is taken up on {day}. Until you have confirmed you may only listen.";
    act_read => "Läs och bekräfta", "Read and confirm";
    publish(forum: &str, day: &str) => "Kallelsen till {forum} {day} har inte gått ut",
        "The invitations to {forum} {day} have not gone out";
    no_answer(unit: &str, day: &str) => "{unit} har inte svarat på kallelsen till {day}",
        "{unit} has not answered the invitation to {day}";
    answer(forum: &str, day: &str) => "Du är kallad till {forum} {day} och har inte svarat",
        "You are invited to {forum} {day} and have not answered";
    returned(reference: &str, day: &str) => "Anteckningarna om {reference} från {day} kom tillbaka med en kommentar",
        "The minutes on {reference} from {day} came back with a comment";
    unwritten(reference: &str, day: &str) => "Anteckningarna om {reference} från {day} är inte lämnade för justering",
        "The minutes on {reference} from {day} have not been handed in";
    access_log => "Det är dags för loggkontroll", "It is time to review the access log";
    access_log_more(day: &str) => "Den förra gick till och med {day}.", "The last one went until {day}.";
    access_log_first => "Ingen har gjorts än.", "None has been done yet.";
    act_access_log => "Kontrollera", "Review";
    review_addendum => "Ett tillägg till en anteckning väntar på justering", "An addendum to minutes waits for review";
    news(reference: &str, day: &str) => "Anteckningarna om {reference} från {day} är ändrade sedan du läste dem", "The minutes of {reference} from {day} have changed since you read them";
    handed(reference: &str, day: &str) => "Anteckningarna om {reference} från {day} är överlämnade till er", "The minutes of {reference} from {day} were handed over to you";
    act_minutes => "Läs", "Read";
    review_one => "En anteckning väntar på justering", "One set of minutes waits for review";
    review(count: usize) => "{count} anteckningar väntar på justering", "{count} sets of minutes wait for review";
    review_more(days: i64) => "Den äldsta har väntat {days} dagar.", "The oldest has waited {days} days.";

    act_record => "Registrera nytt", "Record a new one";
    act_case => "Visa ärendet", "Show the case";
    act_meeting => "Visa dagordningen", "Show the agenda";
    act_publish => "Skicka kallelse", "Send invitations";
    act_remind => "Påminn", "Remind";
    act_answer => "Svara", "Answer";
    act_write => "Skriv klart", "Finish writing";
    act_review => "Justera", "Review";
}
