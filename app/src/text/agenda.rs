//! The agenda, who is called, and their answers.

use domain::room::Side;

use super::Lang;
use crate::texts;

texts! {
    title => "Dagordning", "Agenda";
    ages(from: u16, to: u16) => "{from}–{to} år", "ages {from}–{to}";
    draft => "utkast, inte utskickat", "draft, not sent";
    published => "kallelse skickad", "invitations sent";
    running => "pågår", "under way";
    held => "genomförd", "held";
    cancelled => "inställd", "cancelled";

    arrange => "Ordna så att partner slipper vänta", "Order so that partners need not wait";
    arranged(before: u64, after: u64) => "Partner väntade sammanlagt {before} min, nu {after} min.", "Partners waited {before} min in all, now {after} min.";
    undo => "Ångra ordningen", "Undo the order";
    at_least(minutes: u64) => "Kortare än {minutes} min går det inte att få väntan.", "The waiting cannot be made shorter than {minutes} min.";
    proven => "Bättre går det inte att ordna.", "No order is better.";
    call => "Skicka kallelse", "Send invitations";
    call_more => "Kalla fler", "Invite more";
    to_room => "Till träffen", "To the meeting";

    before_sending_one => "En sak innan du skickar:", "One thing before you send:";
    before_sending(count: usize) => "{count} saker innan du skickar:", "{count} things before you send:";
    to_see_to_one => "En sak att se till:", "One thing to see to:";
    to_see_to(count: usize) => "{count} saker att se till:", "{count} things to see to:";
    ends_before(reference: &str, last: &str) => "Samtycket för {reference} löper ut {last}, före träffen", "The consent for {reference} ends {last}, before the meeting";
    no_consent(reference: &str) => "{reference} saknar samtycke och kan bara tas upp avidentifierat", "{reference} has no consent and can only be taken up anonymously";
    other_forum(reference: &str) => "{reference} hör till det andra forumet den dagen", "{reference} belongs to the other forum on that day";
    does_not_fit(minutes: u32) => "Punkterna tar {minutes} min mer än träffen", "The items take {minutes} min more than the meeting";
    vacant(unit: &str) => "Ingen kan komma från {unit}", "Nobody can come from {unit}";
    uncovered(reference: &str, units: &str) => "{units} omfattas inte av samtycket för {reference}", "{units} is not covered by the consent for {reference}";
    no_quorum(side: &str, reference: &str) => "Ingen från {side} är med på {reference}", "Nobody from {side} takes part in {reference}";
    on_another(reference: &str, when: &str) => "{reference} står också på träffen {when}", "{reference} is also on the meeting of {when}";
    double_booked(name: &str, when: &str) => "{name} är kallad till en annan träff samtidigt, {when}", "{name} is invited to another meeting at the same time, {when}";
    free_day(why: &str) => "Träffen ligger på en dag som inte är ledig för träffar: {why}", "The meeting is on a day not free for meetings: {why}";
    to_consent => "Se samtycket", "See the consent";
    to_case => "Se ärendet", "See the case";
    to_other => "Se den andra träffen", "See the other meeting";
    shorten => "Korta punkterna så att de ryms", "Shorten the items so that they fit";
    to_change => "Flytta, förläng eller ställ in", "Move, lengthen or cancel";
    to_seats => "Se platserna", "See the seats";
    frozen(day: &str) => "Stängd för nya ärenden sedan {day}. Lägg bara till det som brådskar.", "Closed for new cases since {day}. Add only what is urgent.";

    order => "Ordning", "Order";
    time => "Tid", "Time";
    item => "Punkt", "Item";
    consent => "Samtycke", "Consent";
    change => "Ändra", "Change";
    change_of(name: &str) => "Ändra {name}", "Change {name}";
    move_of(name: &str) => "Flytta {name}", "Move {name}";
    move_up => "Flytta upp", "Move up";
    move_down => "Flytta ned", "Move down";
    move_to => "Flytta till plats", "Move to place";
    do_move => "Flytta", "Move";
    length => "Minuter", "Minutes";
    set_length => "Ändra tid", "Change length";
    remove => "Ta bort från dagordningen", "Remove from the agenda";
    no_answer => "ej svar", "no answer";
    seat_vacant => "vakant", "vacant";

    anonymous => "Avidentifierad konsultation", "Anonymous consultation";
    no_notes => "Inga anteckningar förs", "No minutes are kept";
    general => "Gemensam fråga", "Common question";
    age(years: u16) => "{years} år", "age {years}";
    first_time => "första gången", "first time";
    second_time => "andra gången", "second time";
    third_time => "tredje gången", "third time";
    nth_time(number: u32) => "gång nummer {number}", "time number {number}";
    reported_by(unit: &str) => "anmält av {unit}", "reported by {unit}";
    too_late => "Ryms inte", "Does not fit";

    holds_until(day: &str) => "Gäller t.o.m. {day}", "Holds until {day}";
    ends(day: &str) => "Löper ut {day}", "Ends {day}";
    renew_before => "Behöver förnyas före träffen", "Needs renewing before the meeting";
    missing => "Samtycke saknas", "No consent";
    awaiting => "Väntar på svar", "Awaiting answers";
    not_yet => "Gäller inte än", "Not in force yet";
    refused => "Nej till samtycke", "Consent refused";
    withdrawn => "Samtycket återtaget", "Consent withdrawn";
    needs_renewal => "Behöver förnyas", "Needs renewing";
    nobody_in_common => "Ingen gemensam mottagare", "No receiver in common";

    planned(minutes: &str) => "av {minutes} planerade", "of {minutes} planned";
    waiting_before => "Partner väntar sammanlagt", "Partners wait in all";
    coming => "kommer", "coming";
    asked => "inte svarat", "no answer";
    to_be_called => "kallas", "to be invited";
    declined => "kommer inte", "not coming";
    not_covered => "omfattas inte av samtycket", "not covered by the consent";

    empty_title => "Dagordningen är tom", "The agenda is empty";
    empty_text => "Lägg till ärenden ur kön nedan, en gemensam fråga eller en avidentifierad konsultation.", "Add cases from the queue below, a common question or an anonymous consultation.";

    queue => "Väntar på att tas upp", "Waiting to be taken up";
    queue_empty => "Inget ärende väntar på det här forumet.", "No case waits for this forum.";
    waits => "Väntat", "Waited";
    case => "Ärende", "Case";
    days(count: i64) => "{count} dagar", "{count} days";
    one_day => "1 dag", "1 day";
    today => "i dag", "today";
    add => "Lägg till", "Add";
    record_consent => "Registrera samtycke", "Record consent";
    add_general => "Lägg till gemensam fråga", "Add a common question";
    question => "Fråga", "Question";
    no_person => "Inget som kan peka ut någon.", "Nothing that could point to anybody.";
    add_anonymous => "Lägg till avidentifierad konsultation", "Add an anonymous consultation";
    anonymous_question => "Vad vill ni ha råd om?", "What do you want advice on?";
    anonymous_hint => "Skriv ålder i hela år, stadium och frågan. Inga namn, datum, klasser, adresser eller nummer. I en liten kommun räcker ett ovanligt drag för att någon ska känna igen barnet: utelämna det.", "Write the age in whole years, the stage of school and the question. No names, dates, classes, addresses or numbers. In a small municipality one unusual trait is enough for somebody to recognise the child: leave it out.";
    anonymous_kept => "Alla som kallas till träffen kan läsa frågan. Den tas bort när träffen avslutas, hör inte till något ärende och kan inte göras om till ett.", "Everybody invited to the meeting can read the question. It is erased when the meeting ends, belongs to no case and cannot be made one.";
    anonymous_erased => "Frågan är borttagen", "The question is erased";

    who_gets_what => "Vem får vad", "Who gets what";
    preview_lead => "Kallelsen går ut med e-post när du skickar den. Var och en ser bara sina egna tider. Ändras något efteråt får de som berörs besked.", "The invitations leave by mail when you send them. Each sees only their own times. Those whom a later change concerns are told of it.";
    who => "Vem", "Who";
    unit => "Enhet", "Unit";
    own_times => "Egna tider", "Own times";
    whole_meeting => "Ingen egen punkt", "No item of their own";
    deputy_for_holder => "ersättare", "deputy";
    already => "Redan kallad", "Already invited";
    new => "Får kallelse", "Gets an invitation";
    nobody_comes_from => "Ingen kan kallas från:", "Nobody can be invited from:";
    letter => "Så ser brevet ut", "What the letter looks like";
    send_one => "Skicka kallelse till 1 person", "Send an invitation to 1 person";
    send_to(count: usize) => "Skicka kallelse till {count} personer", "Send invitations to {count} people";
    all_called => "Alla är redan kallade.", "Everybody is already invited.";

    own_title => "Dina tider", "Your times";
    own_none => "Just nu finns ingen punkt för din enhet.", "Right now there is no item for your unit.";
    own_draft => "Dagordningen är inte klar. Du får en kallelse när den är det.", "The agenda is not ready. You get an invitation when it is.";
    your_answer => "Ditt svar", "Your answer";
    answer_none => "Du har inte svarat än.", "You have not answered yet.";
    answer_coming => "Du har svarat att du kommer.", "You have answered that you are coming.";
    answer_deputy => "Du har svarat att en ersättare kommer.", "You have answered that a deputy is coming.";
    answer_declined => "Du har svarat att ingen kommer.", "You have answered that nobody is coming.";
    whole_meeting_at(span: &str) => "Träffen hålls {span}.", "The meeting is held {span}.";
    comes_to => "Jag kan komma", "I can come";
    comes_to_hint => "Ta bort krysset för en tid du inte kan.", "Untick a time you cannot.";
    deputy_offered => "Om du inte kan: svara ”Ersättare kommer”, så får den som står på tur kallelsen.",
        "If you cannot, answer “A deputy is coming”, and the next in turn gets the invitation.";
    cannot_come(unit: &str) => "{unit} kan inte komma till allt", "{unit} cannot come to everything";
    nobody_comes_of(unit: &str) => "{unit} har svarat att ingen kommer", "{unit} has answered that nobody is coming";
    nobody_left => "Ingen ersättare är kvar att fråga", "No deputy is left to ask";
    ask_deputy(name: &str) => "Fråga {name}", "Ask {name}";
    i_come => "Jag kommer", "I am coming";
    deputy_comes => "Ersättare kommer", "A deputy is coming";
    nobody_comes => "Ingen kan komma", "Nobody can come";

    invitation => "Kallelse", "Invitation";
    invitation_lead => "Du är kallad till samverkansträff.", "You are invited to a collaboration meeting.";
    invitation_over => "Kallelsen går inte att svara på längre.", "The invitation can no longer be answered.";
    sign_in_for_agenda => "Logga in för dagordning", "Sign in for the agenda";

    moved(name: &str, place: usize, count: usize, time: &str) => "{name} ligger nu på plats {place} av {count}, {time}.", "{name} is now at place {place} of {count}, {time}.";
    at_edge(name: &str) => "{name} går inte att flytta längre åt det hållet.", "{name} cannot be moved further that way.";
    saved_order => "Ordningen är sparad.", "The order is saved.";
    stale => "Någon annan hann före, så flytten gjordes inte. Dagordningen visas som den är nu.", "Somebody else was first, so the move was not made. The agenda is shown as it is now.";
    order_saved => "Ordningen är sparad.", "The order is saved.";
    changed_by_other => "Någon annan har ändrat dagordningen. Den visas som den är nu.", "Somebody else changed the agenda. It is shown as it is now.";
    changed_beside => "Någon annan har ändrat dagordningen. Det du håller på med är kvar; ladda om sidan för att se allt.", "Somebody else changed the agenda. What you are doing is still there; reload the page to see everything.";
    not_saved => "Ordningen kunde inte sparas. Den ligger kvar här; försök igen.", "The order could not be saved. It is still here; try again.";
}

/// A side of a meeting, as in "nobody from …".
#[must_use]
pub const fn side(side: Side, lang: Lang) -> &'static str {
    match (side, lang) {
        (Side::School, Lang::Sv) => "skolan",
        (Side::School, Lang::En) => "the school",
        (Side::SocialServices, Lang::Sv) => "socialtjänsten",
        (Side::SocialServices, Lang::En) => "social services",
    }
}
