//! What is wrong with a field or a request, and what to do about it.

use domain::{consultation::Trace, flaw::FlawKind, paper::PaperFlaw, refusal::Refusal};

use super::Lang;

const WHEREABOUTS: (&str, &str) = (
    "Uppgifterna är skyddade. Ta bort adressen, telefonnumret eller e-postadressen ur texten.",
    "The identity is protected. Remove the address, telephone number or e-mail address from the text.",
);

/// The sentence beside a field: what is wrong and what to do.
#[must_use]
pub fn flaw(kind: FlawKind, lang: Lang) -> String {
    match kind {
        FlawKind::TooLong { max } => {
            lang.pick(format!("Korta ner till högst {max} tecken."), format!("Shorten to at most {max} characters."))
        }
        FlawKind::Paper { why } => paper(why, lang).to_owned(),
        FlawKind::PointsOut { trace, .. } => points_out(trace, "", lang),
        FlawKind::Row { row } => lang.pick(
            format!("Rad {row} går inte att läsa. Skriv namn, första dag och sista dag, som: Höstlov; 2027-11-01; 2027-11-05"),
            format!("Row {row} cannot be read. Write name, first day and last day, such as: Höstlov; 2027-11-01; 2027-11-05"),
        ),
        FlawKind::TooShort { min } => {
            lang.pick(format!("Skriv minst {min} tecken."), format!("Write at least {min} characters."))
        }
        FlawKind::NotANumber { min, max } => lang.pick(
            format!("Skriv ett heltal från {min} till {max}."),
            format!("Write a whole number from {min} to {max}."),
        ),
        other => without_figure(other, lang).to_owned(),
    }
}

/// What leads to a person, with the words that do where they are at hand, and what to write instead (A2).
#[must_use]
pub fn points_out(trace: Trace, words: &str, lang: Lang) -> String {
    let (what, instead) = match trace {
        Trace::PersonalNumber => (
            ("Ta bort personnumret", "Remove the personal number"),
            ("Skriv åldern i hela år.", "Write the age in whole years."),
        ),
        Trace::Date => (
            ("Ta bort datumet", "Remove the date"),
            (
                "Skriv åldern i hela år, eller ungefär när: ”i våras”.",
                "Write the age in whole years, or roughly when: “this spring”.",
            ),
        ),
        Trace::Class => (
            ("Ta bort klassen", "Remove the class"),
            (
                "Den är få barn. Skriv årskursen eller stadiet: ”årskurs 7”.",
                "It is few children. Write the year or stage: “year 7”.",
            ),
        ),
        Trace::Address => (
            ("Ta bort adressen", "Remove the address"),
            (
                "Den säger vem som bor där. Skriv vad det är för slags plats: ”hemma”.",
                "It tells who lives there. Write what kind of place it is: “at home”.",
            ),
        ),
        Trace::Telephone => (
            ("Ta bort telefonnumret", "Remove the telephone number"),
            ("Frågor tas på träffen.", "Questions are asked at the meeting."),
        ),
        Trace::Email => (
            ("Ta bort e-postadressen", "Remove the e-mail address"),
            ("Frågor tas på träffen.", "Questions are asked at the meeting."),
        ),
        Trace::CaseReference => (
            ("Ta bort ärendets beteckning", "Remove the reference of the case"),
            ("En avidentifierad fråga hör inte till något ärende.", "An anonymous question belongs to no case."),
        ),
        Trace::Number => {
            (("Ta bort numret", "Remove the number"), ("Det kan leda till en person.", "It can lead to a person."))
        }
        Trace::Name => (
            ("Byt ut", "Replace"),
            (
                "Det är ett namn i ett ärende ni känner till. Skriv ”barnet” eller ”en förälder”. Är det bara ett vanligt ord, välj ett annat.",
                "It is a name in a case you know. Write “the child” or “a parent”. If it is only a common word, choose another.",
            ),
        ),
    };
    let quoted = match (words, trace, lang) {
        ("", Trace::Name, _) => lang.pick(" namnet", " the name").to_owned(),
        ("", ..) => String::new(),
        (words, _, Lang::Sv) => format!(" ”{words}”"),
        (words, _, Lang::En) => format!(" “{words}”"),
    };
    format!("{}{quoted}. {}", lang.pick(what.0, what.1), lang.pick(instead.0, instead.1))
}

/// Sentences without a figure in them.
fn without_figure(kind: FlawKind, lang: Lang) -> &'static str {
    let (swedish, english) = match kind {
        FlawKind::TooLong { .. } | FlawKind::TooShort { .. } | FlawKind::NotANumber { .. } | FlawKind::Row { .. } => {
            ("Rätta det här.", "Correct this.")
        }
        FlawKind::Required => ("Fyll i det här.", "Fill this in."),
        FlawKind::ControlCharacter => ("Ta bort tecken som inte går att se.", "Remove characters that cannot be seen."),
        FlawKind::NotAChoice => ("Välj ett av alternativen.", "Choose one of the alternatives."),
        FlawKind::SitsThere => (
            "Personen sitter redan där då. Välj någon annan eller en annan dag.",
            "This person sits there then already. Choose somebody else or another day.",
        ),
        FlawKind::Taken => ("Det finns redan. Välj något annat.", "That exists already. Choose another."),
        FlawKind::NotAnEmail => ("Skriv en hel e-postadress.", "Write a complete e-mail address."),
        FlawKind::CommonPassword => (
            "Lösenordet är för lätt att gissa. Välj hellre flera ord.",
            "The password is too easy to guess. Rather choose several words.",
        ),
        FlawKind::NotAlike => ("De två är inte lika.", "The two are not alike."),
        FlawKind::WrongCode => (
            "Koden stämmer inte. Vänta på nästa och försök igen.",
            "The code is not right. Wait for the next one and try again.",
        ),
        FlawKind::WrongPassword => ("Det är inte ditt nuvarande lösenord.", "That is not your present password."),
        FlawKind::WrongSignIn => (
            "E-postadressen och lösenordet hör inte ihop. Försök igen.",
            "The e-mail address and password do not match. Try again.",
        ),
        FlawKind::GapOrOverlap => {
            ("Det får varken saknas eller överlappa åldrar.", "No age may be missing or covered twice.")
        }
        FlawKind::SpanTooLong => ("Slutet ligger för långt efter början.", "The end comes too long after the start."),
        FlawKind::ClosedDay => (
            "Den dagen hålls inga träffar: röd dag, afton eller stängd dag.",
            "No meetings are held that day: a public holiday, an eve or a closed day.",
        ),
        of_date_or_number => return of_date_or_personal_number(of_date_or_number, lang),
    };
    lang.pick(swedish, english)
}

/// Sentences about dates, times and personal numbers.
fn of_date_or_personal_number(kind: FlawKind, lang: Lang) -> &'static str {
    let (swedish, english) = match kind {
        FlawKind::NotADate => ("Skriv datumet som ÅÅÅÅ-MM-DD.", "Write the date as YYYY-MM-DD."),
        FlawKind::NoSuchDate => {
            ("Den dagen finns inte. Kontrollera månad och dag.", "There is no such day. Check month and day.")
        }
        FlawKind::NotATime => ("Skriv tiden som 09.10.", "Write the time as 09.10."),
        FlawKind::NoSuchTime => (
            "Den tiden finns inte den dagen. Skriv den som 09.10.",
            "There is no such time on that day. Write it as 09.10.",
        ),
        FlawKind::InTheFuture => ("Dagen har inte varit än.", "The day has not been yet."),
        FlawKind::InThePast => ("Dagen har redan varit.", "The day has already passed."),
        FlawKind::BeforeTheOther => ("Slutet ligger före början.", "The end comes before the start."),
        FlawKind::BeforeSignature => (
            "Samtycket kan börja gälla tidigast den dag sista svaret gavs.",
            "The consent can begin to hold at the earliest on the day of the last answer.",
        ),
        FlawKind::BeforeWithdrawal => (
            "Svaret är äldre än återkallelsen. Det behövs ett nytt.",
            "The answer is older than the withdrawal. A new one is needed.",
        ),
        FlawKind::TooOld => (
            "Den unge har fyllt 19. Forumen tar ärenden till och med 18 år.",
            "The young person has turned 19. The forums take cases up to 18.",
        ),
        FlawKind::TooFarAhead => ("Ett samtycke får gälla i högst ett år.", "A consent may last at most one year."),
        FlawKind::TooLongAlone => (
            "En vårdnadshavare kan bestämma ensam i högst 30 dagar.",
            "One guardian can decide alone for at most 30 days.",
        ),
        FlawKind::HasAnswered => (
            "Vårdnadshavaren har svarat i formuläret. Ta bort svaret eller förhindret.",
            "The guardian has answered in the form. Remove the answer or the hindrance.",
        ),
        FlawKind::HasSaidNo => (
            "Vårdnadshavaren har sagt nej eller tagit tillbaka sitt samtycke. Det gäller tills hen säger något annat.",
            "The guardian has said no or taken consent back. That holds until they say otherwise.",
        ),
        FlawKind::NobodyElse => {
            ("Det behövs ett ja från den andra vårdnadshavaren.", "A yes from the other guardian is needed.")
        }
        FlawKind::PastMajority => (
            "Samtycket kan gälla längst till dagen före 18-årsdagen.",
            "The consent can last at most until the day before the 18th birthday.",
        ),
        FlawKind::NumberLength => (
            "Skriv personnumret med 12 siffror: ÅÅÅÅMMDD-NNNN.",
            "Write the personal number with 12 digits: YYYYMMDD-NNNN.",
        ),
        FlawKind::CheckDigit => (
            "Kontrollsiffran stämmer inte. Jämför med underlaget.",
            "The check digit does not add up. Compare with your source.",
        ),
        FlawKind::NumberAndBirthDate => {
            ("Personnumret säger ett annat födelsedatum.", "The personal number says another birth date.")
        }
        FlawKind::NumberStays => (
            "Bara ett personnummer kan följa på ett samordningsnummer. Har barnet fått en annan identitet: registrera ett nytt ärende.",
            "Only a personal number can follow a coordination number. If the child has another identity, register a new case.",
        ),
        FlawKind::CaseInText => (
            "Ta bort ärendets beteckning: det som rör ett ärende skrivs i dess egna anteckningar.",
            "Remove the case's reference: what concerns a case is written in its own minutes.",
        ),
        FlawKind::PersonalNumberInText => {
            ("Ta bort personnumret ur texten.", "Remove the personal number from the text.")
        }
        FlawKind::NothingLeft => (
            "Välj minst en tid, eller svara att du inte kan komma.",
            "Choose at least one time, or answer that you cannot come.",
        ),
        FlawKind::WhereaboutsInText => WHEREABOUTS,
        _ => ("Rätta det här.", "Correct this."),
    };
    lang.pick(swedish, english)
}

/// The sentence for a rule that said no.
#[must_use]
pub fn refusal(refusal: Refusal, lang: Lang) -> &'static str {
    let (swedish, english) = match refusal {
        Refusal::ConsentMissing => {
            ("Det finns inget samtycke som gäller just nu.", "There is no consent that holds right now.")
        }
        Refusal::Disqualified => (
            "Den som är jävig är inte med på punkten och skriver, läser och justerar inte dess anteckningar.",
            "Whoever is disqualified takes no part in the item, and neither writes, reads nor approves its minutes.",
        ),
        Refusal::UncoveredPresent => (
            "Någon i rummet omfattas inte av samtycket. Punkten börjar när de har gått ut.",
            "Somebody in the room is not covered by the consent. The item begins when they have left.",
        ),
        Refusal::AnotherItemOpen => {
            ("En annan punkt pågår. Avsluta den först.", "Another item is under way. End it first.")
        }
        Refusal::ConsentNotAcknowledged => (
            "Er enhet har inte bekräftat att ni har tagit del av samtycket. Gör det på ärendets sida, så går det att skriva.",
            "Your unit has not confirmed that it has read the consent. Do so on the page of the case, and you can write.",
        ),
        Refusal::TooManyPapers => (
            "Samtycket har redan 20 blanketter. Ta bort en först.",
            "The consent has 20 papers already. Remove one first.",
        ),
        Refusal::PlannerUncovered => (
            "Alla enheter som planerar den här träffen behöver omfattas av samtycket. Annars syns ärendet som en lucka för dem.",
            "All units that plan this meeting need to be covered by the consent. Otherwise the case shows as a gap to them.",
        ),
        Refusal::NotRunning => ("Träffen har inte börjat.", "The meeting has not begun."),
        Refusal::AlreadyBegun => ("Träffen har redan börjat.", "The meeting has already begun."),
        Refusal::Cancelled => ("Träffen är inställd.", "The meeting is cancelled."),
        Refusal::AlreadyPublished => ("Dagordningen är redan publicerad.", "The agenda is already published."),
        Refusal::EmptyAgenda => {
            ("Dagordningen är tom. Lägg till en punkt först.", "The agenda is empty. Add an item first.")
        }
        Refusal::DoesNotFit => (
            "Punkterna ryms inte i träffen. Korta någon eller flytta ett ärende.",
            "The items do not fit in the meeting. Shorten one or move a case.",
        ),
        Refusal::AlreadyOnAgenda => ("Ärendet står redan på dagordningen.", "The case is already on the agenda."),
        Refusal::NoMeetingAhead => (
            "Det finns ingen kommande träff för ärendet som ni planerar. Ta bort punkten, så väntar ärendet i kön.",
            "There is no coming meeting for the case that you plan. Remove the item, and the case waits in the queue.",
        ),
        Refusal::NoOrder => (
            "Ingen ordning låter varje familj börja när den kommer. Ändra en tid eller en längd.",
            "No order lets every family begin when it comes. Change a time or a length.",
        ),
        Refusal::OtherForum => {
            ("Ärendet hör till det andra forumet den dagen.", "The case belongs to the other forum on that day.")
        }
        Refusal::MinutesFinal => ("Justerade anteckningar ändras inte.", "Approved minutes do not change."),
        Refusal::OwnText => (
            "Den som skrivit justerar inte själv. Be en kollega.",
            "Whoever wrote does not approve it. Ask a colleague.",
        ),
        Refusal::EmptyMinutes => ("Det finns inget skrivet än.", "Nothing is written yet."),
        Refusal::UnchangedMinutes => (
            "Inget är ändrat sedan anteckningarna justerades. Ändra först det som ska rättas.",
            "Nothing is changed since the minutes were approved. First change what is to be put right.",
        ),
        Refusal::WrongState => {
            ("Det går inte i det läge anteckningarna är i nu.", "Not possible in the state the minutes are in.")
        }
        Refusal::PersonalNumberInText => {
            ("Ta bort personnumret ur texten.", "Remove the personal number from the text.")
        }
        Refusal::WhereaboutsInText => WHEREABOUTS,
        other => return of_item_and_review(other, lang),
    };
    lang.pick(swedish, english)
}

/// Refusals of the meeting room and of review.
fn of_item_and_review(refusal: Refusal, lang: Lang) -> &'static str {
    let (swedish, english) = match refusal {
        Refusal::ItemNotOpened => (
            "Punkten har inte tagits upp. Anteckningarna börjar med den.",
            "The item has not been taken up. Its minutes begin with it.",
        ),
        Refusal::ItemDone => (
            "Punkten är avslutad och tas inte upp igen. Texten kan skrivas klart.",
            "The item is over and is not taken up again. Its text can be finished.",
        ),
        Refusal::ConsentBroken => (
            "Samtycket gällde inte hela punkten. Anteckningarna kan inte justeras.",
            "The consent did not cover the whole item. The minutes cannot be approved.",
        ),
        Refusal::UncoveredHeard => (
            "Någon som inte omfattas var i rummet under punkten. Anteckningarna kan inte justeras.",
            "Somebody not covered was in the room during the item. The minutes cannot be approved.",
        ),
        Refusal::MentionUnreviewed => (
            "En annan person nämns i texten. Läs stället och kryssa i att det får stå.",
            "Another person is mentioned in the text. Read the place and tick that it may stand.",
        ),
        other => return of_the_rest(other, lang),
    };
    lang.pick(swedish, english)
}

/// Refusals that concern no meeting and no minutes.
fn of_the_rest(refusal: Refusal, lang: Lang) -> &'static str {
    let (swedish, english) = match refusal {
        Refusal::CaseClosed => ("Ärendet är avslutat.", "The case is closed."),
        Refusal::LinkSpent => {
            ("Länken är använd eller för gammal. Be om en ny.", "The link is used or too old. Ask for a new one.")
        }
        Refusal::NobodyToAsk => {
            ("Det finns ingen mer att fråga från den enheten.", "There is nobody else to ask from that unit.")
        }
        Refusal::Locked => ("För många försök. Vänta några minuter.", "Too many tries. Wait a few minutes."),
        Refusal::InvitationGone => ("Kallelsen gäller inte längre.", "The invitation no longer stands."),
        Refusal::TooManyFeeds => (
            "Du har redan så många prenumerationer som går. Ta bort en först.",
            "You have as many subscriptions as possible. Remove one first.",
        ),
        Refusal::TooManyPhrases => (
            "Du har redan så många fraser som går. Ta bort en först.",
            "You have as many phrases as possible. Remove one first.",
        ),
        Refusal::LastOne => ("Den sista måste vara kvar.", "The last one has to stay."),
        Refusal::NobodySecond => (
            "Ingen kollega i din enhet är namngiven. Namnge en först: det krävs två för att lämna ut skyddade uppgifter.",
            "No colleague in your unit is named. Name one first: it takes two to hand out protected information.",
        ),
        Refusal::SecondPerson => {
            ("Någon annan som är namngiven måste svara.", "Somebody else who is named has to answer.")
        }
        Refusal::RecordKept => (
            "Handlingen ska vara kvar. Se skälet i gallringslistan.",
            "The record is to be kept. See why in the list of disposals.",
        ),
        Refusal::OwnProposal => (
            "Den som föreslagit gallringen godkänner den inte själv. Be en kollega.",
            "Whoever proposed the disposal does not approve it. Ask a colleague.",
        ),
        Refusal::InGrace => (
            "Gallringen kan fortfarande stoppas. Handlingen förstörs tidigast ett dygn efter godkännandet.",
            "The disposal can still be stopped. The record is destroyed 24 hours after the approval at the earliest.",
        ),
        Refusal::DisposalState => (
            "Gallringen är redan godkänd, stoppad eller genomförd. Ladda om listan.",
            "The disposal is already approved, stopped or carried out. Load the list anew.",
        ),
        Refusal::InUse => ("Det används fortfarande.", "It is still in use."),
        Refusal::TryAgain => ("Något annat hann före. Försök igen.", "Something else came first. Try again."),
        _ => ("Det går inte just nu.", "Not possible right now."),
    };
    lang.pick(swedish, english)
}

/// Why a paper was not taken in, and what to do.
fn paper(why: PaperFlaw, lang: Lang) -> &'static str {
    let (swedish, english) = match why {
        PaperFlaw::Empty => ("Välj en fil att bifoga.", "Choose a file to attach."),
        PaperFlaw::TooLarge => (
            "Filen är större än 10 MB. Skanna i lägre upplösning eller dela upp den.",
            "The file is larger than 10 MB. Scan it at a lower resolution, or in parts.",
        ),
        PaperFlaw::OtherKind => (
            "Filen är varken PDF, JPEG eller PNG. Spara om den som något av dem.",
            "The file is neither PDF, JPEG nor PNG. Save it as one of them.",
        ),
        PaperFlaw::NotAsNamed => (
            "Filens innehåll är av ett annat slag än namnet säger. Spara om den under rätt namn.",
            "The file's content is of another kind than its name says. Save it under the right name.",
        ),
        PaperFlaw::Broken => (
            "Filen går inte att läsa till slutet. Skanna om eller spara om den.",
            "The file cannot be read to its end. Scan or save it again.",
        ),
        PaperFlaw::TooManyPoints => (
            "Bilden är större än något papper behöver. Skanna i 300 punkter per tum.",
            "The picture is larger than any paper needs. Scan at 300 dots per inch.",
        ),
        PaperFlaw::TooManyPages => (
            "Filen har fler än 50 sidor. Bifoga bara blanketten.",
            "The file has more than 50 pages. Attach the form only.",
        ),
        PaperFlaw::Infected => (
            "Filen innehåller ett känt virus och sparades inte. Skanna pappret på en annan maskin, och säg till er it-avdelning.",
            "The file holds a known virus and was not kept. Scan the paper on another machine, and tell your IT department.",
        ),
        PaperFlaw::NotScanned => (
            "Filen kunde inte kontrolleras mot virus just nu och sparades inte. Försök igen om en stund.",
            "The file could not be checked for viruses just now and was not kept. Try again in a while.",
        ),
        PaperFlaw::DayIsFull => (
            "Du har skickat så mycket som går på ett dygn. Försök igen i morgon eller be en kollega.",
            "You have sent as much as one can in a day. Try again tomorrow, or ask a colleague.",
        ),
        PaperFlaw::Locked => (
            "Filen är låst med lösenord. Spara om den utan lösenord.",
            "The file is locked with a password. Save it without one.",
        ),
        PaperFlaw::Active => (
            "Filen innehåller något mer än en blankett: program, skript eller en annan fil. Skriv ut den och skanna pappret.",
            "The file holds more than a form: a program, a script or another file. Print it and scan the paper.",
        ),
        PaperFlaw::TooMuch => (
            "Filen är för tung att läsa. Skriv ut den och skanna pappret.",
            "The file is too heavy to read. Print it and scan the paper.",
        ),
    };
    lang.pick(swedish, english)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_its_own_sentence() {
        for code in Refusal::ALL {
            assert_ne!(refusal(*code, Lang::Sv), "Det går inte just nu.", "{code:?}");
            assert_ne!(refusal(*code, Lang::En), "Not possible right now.", "{code:?}");
        }
    }
}
