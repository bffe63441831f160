//! Sentences of the meeting room.

use domain::room::GuestKind;

use crate::{text::Lang, texts};

texts! {
    title => "Träffen", "The meeting";
    agenda => "Dagordning", "Agenda";
    not_published => "Dagordningen är inte publicerad. Träffen öppnas när den är det.", "The agenda is not published. The meeting is opened once it is.";
    not_begun => "Träffen har inte börjat", "The meeting has not begun";
    not_begun_text => "När träffen öppnas tas punkterna upp en i taget, och anteckningar kan skrivas för ärenden med samtycke.", "Once the meeting is opened the items are taken up one at a time, and minutes can be written for cases with consent.";
    open_meeting => "Öppna träffen", "Open the meeting";
    close_meeting => "Avsluta träffen", "End the meeting";
    held => "Träffen är avslutad", "The meeting is over";
    held_text => "Anteckningar som inte är inlämnade kan skrivas klart.", "Minutes that are not handed in can be finished.";
    cancelled => "Träffen är inställd", "The meeting is cancelled";
    between => "Ingen punkt pågår", "No item is under way";
    between_lead => "Börja nästa punkt när alla som ska vara med är i rummet.", "Begin the next item when all who take part are in the room.";
    between_wait => "Sidan visar nästa punkt för dig när den har börjat.", "This page shows your next item once it has begun.";
    all_done => "Alla punkter är klara", "All items are done";
    interrupted => "Punkten avbröts", "The item was broken off";
    interrupted_text => "Samtycket återkallades. Punkten avslutades genast, och texten som hann sparas är låst och kan inte justeras.", "The consent was taken back. The item ended at once, and the text saved so far is locked and cannot be approved.";
    done => "klar", "done";
    fallen => "utgår: samtycke saknas", "falls away: consent is missing";
    leaves(who: String) => "{who} lämnar rummet", "{who} leave the room";
    joins(who: String) => "{who} ansluter", "{who} join";
    no_minutes => "inga anteckningar", "no minutes";
    anonymous => "Avidentifierad", "Anonymised";
    anonymous_banner => "Avidentifierat: inget namn, inget ärende, inga anteckningar", "Anonymised: no name, no case, no minutes";
    anonymous_text => "Säg inget som pekar ut någon och fråga inte vem det gäller. Känner någon igen barnet avbryts punkten.", "Say nothing that points anybody out and do not ask whom it is about. If somebody recognises the child the item is stopped.";
    recognised => "Någon kände igen barnet", "Somebody recognised the child";
    recognised_text => "Punkten avslutas genast för alla och frågan tas bort. Loggen visar att det hände, inget av innehållet. Skyldigheten att göra orosanmälan gäller ändå.", "The item ends at once for everybody and its question is erased. The log shows that it happened, nothing of its content. The duty to report concern still holds.";
    stop_now => "Avbryt punkten och ta bort frågan", "Stop the item and erase its question";
    stopped => "avbruten, frågan är borttagen", "stopped, its question is erased";
    notes => "Noterat om gemensamma punkter", "Noted of common items";
    note_of(title: String) => "Noterat: {title}", "Noted: {title}";
    note_hint => "Läses av alla som träffen är till för. Det som rör ett ärende skrivs i dess egna anteckningar.", "Read by everybody the meeting is for. What concerns a case is written in its own minutes.";
    note_now => "Det som är sparat nu", "What is saved now";
    save_note => "Spara", "Save";
    note_gone => "Inte sparat: noteringen är inte din att skriva längre. Texten står kvar här.", "Not saved: the note is no longer yours to write. The text is still here.";
    general_text => "En gemensam fråga. Inga ärenden nämns.", "A common question. No cases are mentioned.";
    years(age: u16) => "{age} år", "aged {age}";
    ages(from: u16, to: u16) => "{from}–{to} år", "ages {from}–{to}";
    left_of(minutes: u32) => "kvar av {minutes} minuter", "left of {minutes} minutes";
    over_of(minutes: u32) => "över {minutes} minuter", "over {minutes} minutes";
    time_passed => "Tid som gått", "Time passed";
    consent_holds => "Samtycke gäller", "Consent holds";
    covers(who: String) => "Omfattar {who}.", "Covers {who}.";
    until(day: String) => "till och med {day}", "until {day}";
    take_back => "Registrera återkallelse", "Record a withdrawal";
    whole => "Hela träffen", "The whole meeting";
    wall => "Visa på väggskärm", "Show on a wall screen";
    to_the_room => "Till rummet", "To the room";
    before_the_next => "Före nästa punkt", "Before the next item";
    in_the_room => "I rummet", "In the room";
    nobody_here => "Ingen är inprickad än.", "Nobody is checked in yet.";
    joins_at(time: String) => "ansluter {time}", "joins at {time}";
    may_hear => "får höra punkten", "may hear the item";
    may_not_hear => "får inte höra punkten", "may not hear the item";
    out => "Ut", "Out";
    out_name(name: String) => "{name} lämnar rummet", "{name} leaves the room";
    let_in => "Pricka in", "Check in";
    deputies => "Ersättare", "Deputies";
    stands_in(holder: String) => "ersätter {holder}", "in the place of {holder}";
    let_in_guest => "Pricka in en gäst", "Check in a guest";
    guest => "Gästen är", "The guest is";
    guest_item => "Till punkten", "For the item";
    guest_name => "Gästens namn", "The guest's name";
    guest_with(kind: &str, unit: String) => "{kind} · följer med {unit}", "{kind} · comes with {unit}";
    guest_of(unit: String) => "gäst till {unit}", "guest of {unit}";
    comes_with => "Följer med", "Comes with";
    guest_approved => "Familjen har godkänt att gästen är med på punkten", "The family has approved that the guest takes part in the item";
    guest_hint => "Gästen hör den här punkten och det som är gemensamt, inget annat. Säg till en förening att uppgifterna är förtroliga: den har ingen tystnadsplikt i lag.", "The guest hears this item and what is common, nothing else. Tell an association that what is said is confidential: no law binds it to secrecy.";
    who => "Vem", "Who";
    who_hint => "Välj ingen om det är du själv.", "Choose nobody if it is yourself.";
    recuse => "Markera jäv", "Mark as disqualified";
    recuse_me => "Jag är jävig", "I am disqualified";
    recuse_item => "På punkten", "From the item";
    recuse_hint => "Den som är jävig är inte med på punkten och läser inte dess anteckningar. Pågår den lämnar hen rummet nu.", "Whoever is disqualified takes no part in the item and does not read its minutes. If it is under way they leave the room now.";
    recuse_back => "Ta bort", "Remove";
    recuse_back_name(name: String) => "Ta bort jävet för {name}", "Remove the disqualification of {name}";
    disqualified_next => "Du är jävig på punkten. Någon annan får leda den.", "You are disqualified from the item. Somebody else has to lead it.";
    unit => "Enhet", "Unit";
    name => "Namn", "Name";
    next_item(what: String) => "Nästa punkt: {what}", "Next item: {what}";
    begin => "Börja", "Begin";
    end_item => "Avsluta punkten", "End the item";
    no_next => "Det finns ingen punkt kvar.", "There is no item left.";
    cannot_begin => "Punkten kan inte börja", "The item cannot begin";
    still_here(who: String) => "{who} är kvar i rummet", "{who} is still in the room";
    before_next(what: String) => "Före {what}", "Before {what}";
    shut_text(case: String, covered: String) => "Samtycket för {case} omfattar {covered}. När alla andra har gått visas ärendet och anteckningarna öppnas.", "The consent for {case} covers {covered}. When all others have left, the case is shown and its minutes open.";
    has_left(who: String) => "{who} har lämnat rummet", "{who} has left the room";
    no_consent_next => "Det finns inget samtycke som gäller för punkten. Ta nästa i stället.", "No consent holds for the item. Take the next one instead.";
    nobody_next => "Ingen som omfattas är inprickad.", "Nobody covered is checked in.";
    missing_school => "Skolan saknas i rummet.", "The school is missing from the room.";
    missing_social => "Socialtjänsten saknas i rummet.", "Social services are missing from the room.";
    follow_up => "Uppföljning från förra gången", "Follow-up from last time";
    report_duty => "Skyldigheten att göra orosanmälan gäller alltid, med eller utan samtycke, också för Försäkringskassan och Arbetsförmedlingen. Anmälan görs aldrig här.", "The duty to report concern always holds, with or without consent, also for Försäkringskassan and Arbetsförmedlingen. A report is never made here.";
    read_minutes => "Läs anteckningarna", "Read the minutes";
    participant_text => "Anteckningarna skrivs av samordnaren och visas när de är justerade.", "The coordinator writes the minutes; they are shown once approved.";
    watch_gone => "Punkten är avslutad", "The item is over";
    watch_gone_text => "Den är inte längre öppen för dig: punkten är slut eller samtycket gäller inte mer. Det som sparats ligger kvar låst.", "It is no longer open to you: the item is over or its consent no longer holds. What was saved stays, locked.";
    watch_lost => "Ingen kontakt just nu", "No contact right now";
    watch_lost_text => "Sidan försöker igen hela tiden. Det som skrivs ligger kvar och sparas när kontakten är tillbaka.", "The page keeps trying. What is written stays, and is saved once contact is back.";
    watch_unheard_text => "Det som rör punkten är dolt tills kontakten är tillbaka, för samtycket kan ha tagits tillbaka under tiden. Sidan försöker igen hela tiden.", "What concerns the item is hidden until contact is back, as the consent may have been taken back meanwhile. The page keeps trying.";
    reload => "Läs om sidan", "Read the page again";
}

/// "skola, socialtjänst och BUP".
#[must_use]
pub fn list(lang: Lang, names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {} {last}", most.join(", "), lang.pick("och", "and")),
    }
}

/// Who consented: "Båda vårdnadshavarna och den unge".
#[must_use]
pub fn consented(lang: Lang, guardians: usize, child: bool) -> String {
    let of_guardians = match guardians {
        0 => None,
        1 => Some(lang.pick("Vårdnadshavaren", "The guardian")),
        _ => Some(lang.pick("Båda vårdnadshavarna", "Both guardians")),
    };
    match (of_guardians, child) {
        (Some(guardians), true) => format!("{guardians} {}", lang.pick("och den unge", "and the young person")),
        (Some(guardians), false) => guardians.to_owned(),
        (None, _) => lang.pick("Den unge", "The young person").to_owned(),
    }
}

/// What a guest is.
#[must_use]
pub fn guest_kind(kind: GuestKind, lang: Lang) -> &'static str {
    match kind {
        GuestKind::Family => lang.pick("Familjen", "The family"),
        GuestKind::Interpreter => lang.pick("Tolk", "Interpreter"),
        GuestKind::Student => lang.pick("Student", "Student"),
        GuestKind::Association => lang.pick("Förening", "Association"),
    }
}
