//! Words of consent: what holds, until when, and why not.

use domain::consent::{
    Answer, Explained, Hindrance, InfoCategory, Interpreter, Maturity, Method, Mistake, Phase, Purpose, Voice,
};

use super::Lang;
use crate::texts;

texts! {
    from_day(day: &str) => "från {day}", "from {day}";
    consents => "Samtycken", "Consents";
    consents_lead => "Det som snart löper ut står först.", "What ends soon stands first.";
    none_yet => "Inga samtycken att hålla reda på", "No consents to keep track of";
    none_yet_text => "När ett ärende är registrerat samlas samtyckena här, med dem som snart löper ut först.", "Once a case is registered its consent stands here, those that end soon first.";
    record => "Registrera samtycke", "Record consent";
    renew => "Förnya samtycket", "Renew the consent";
    record_button => "Registrera samtycket", "Record the consent";
    withdraw => "Återkalla", "Withdraw";
    withdraw_title => "Återkalla samtycke", "Withdraw consent";
    withdraw_lead => "Gäller genast, för alla. Inget skäl behövs. Det som är skrivet ligger kvar men får inte läsas vidare.", "Holds at once, for all. No reason is needed. What is written stays but may not be read on.";
    withdraw_who => "Vem tar tillbaka sitt samtycke?", "Who withdraws their consent?";
    withdraw_part => "Bara vissa enheter", "Some units only";
    withdraw_part_button => "Återkalla för de valda", "Withdraw for the chosen";
    from_whom => "Vilka får inte längre höra?", "Who may no longer hear?";
    nothing_covered => "Inget samtycke gäller just nu. Återkallelsen hejdar också det som skulle börja gälla senare.", "No consent holds right now. The withdrawal also stops what was to begin later.";
    print_form => "Skriv ut blankett", "Print the form";
    paper_form => "Blankett för samtycke", "Consent form";
    paper_lead => "Ett blad för var och en som behöver svara. Svaren kan vara olika, och ingen läser någon annans.", "A sheet for each person who needs to answer. Answers may differ, and nobody reads another's.";
    paper_wording => "Blankettens text", "The wording of the form";
    receipt => "Kvitto på samtycke", "Receipt of a consent";
    receipt_lead => "Ett blad för var och en som har svarat, att ge tillbaka. Ingen läser någon annans svar.", "A sheet for each person who has answered, to be given back. Nobody reads another's answer.";
    receipt_wording => "Kvittots text", "The wording of the receipt";
    print_receipt => "Skriv ut kvitto", "Print the receipt";
    print_by_hand => "Skriv ut sidan med webbläsarens egen utskrift.", "Print the page with the browser's own print command.";
    first_lead => "Svaren från vårdnadshavarna, och från 15 år den unges eget.", "The guardians' answers, and from 15 the young person's own.";
    renews_lead => "Det tidigare samtycket ligger kvar i historiken.", "The earlier consent stays in the history.";
    who_hears_short => "Vilka får höra", "Who may hear";
    who_hears => "Vilka får höra, och vem har svarat", "Who may hear, and who has answered";
    also => "Gäller samtycket också annat?", "Does the consent also hold for anything else?";
    also_what => "Det gäller också", "It also holds for";
    also_hint => "Det gäller alltid samverkansträffen. Kryssa bara för det som familjen också har sagt ja till, till samma parter.", "It always holds for the collaboration meeting. Tick only what the family has also agreed to, for the same parties.";
    also_for(what: &str) => "Gäller också {what}.", "Holds for {what} as well.";
    about_what => "Om vad, och hur länge", "About what, and for how long";
    unit => "Enhet", "Unit";
    answer => "Svar", "Answer";
    answered_on => "Datum", "Date";
    no_answer => "Inget svar än", "No answer yet";
    add_party => "Lägg till part …", "Add a party …";
    the_child => "Den unge själv", "The young person";
    guardian => "vårdnadshavare", "guardian";
    parent_alone => "förälder, om sig själv", "parent, about themselves";
    parent_alone_hint => "En förälder utan vårdnad svarar bara för det som är om föräldern själv. Kryssa för dem som får berätta det och alla som får höra det.", "A parent without custody answers only for what is about themselves. Tick those who may tell it and all who may hear it.";
    valid_from => "Gäller från", "Holds from";
    valid_until => "Till och med", "Until and including";
    school_year => "Läsåret ut", "To the end of the school year";
    categories => "Vad får de tala om?", "What may they talk about?";
    all_one => "Svaret behövs.", "The answer is needed.";
    all_two => "Båda behöver svara. Säger de olika gäller det som båda har sagt ja till.", "Both need to answer. Where they differ, what both have agreed to holds.";
    all_three => "Alla tre behöver svara. Säger de olika gäller det som alla har sagt ja till.", "All three need to answer. Where they differ, what all have agreed to holds.";
    later_child => "Den unge fyller 15 under tiden. Från den dagen behövs också hens eget ja.", "The young person turns 15 meanwhile. From that day their own yes is needed too.";
    no_tells => "Ett nej, eller en enhet som inte längre är ikryssad, tar också tillbaka det som gällt.", "A no, or a unit no longer ticked, also takes back what has held.";
    own_yes_then => "Då behövs också hens eget ja.", "Then their own yes is needed too.";
    nothing_then => "Inget behöver göras då.", "Nothing needs to be done then.";
    how_obtained => "Hur det gick till", "How it was obtained";
    informed => "Det som står på blanketten har förklarats: vilka som får höra, om vad, varför, hur länge, att det är frivilligt och kan tas tillbaka när som helst, och vad som skrivs ned.", "What the form says has been explained: who may hear, about what, why, for how long, that it is voluntary and can be taken back at any time, and what is written down.";
    obtained_details => "Hur, av vem och på vilket språk", "How, by whom and in which language";
    explained_how => "Hur förklarades det?", "How was it explained?";
    language => "Språk, om inte svenska", "Language, if not Swedish";
    interpreter => "Tolk", "Interpreter";
    obtained_by => "Inhämtat av", "Obtained by";
    not_told => "Det här får inte tas upp", "This may not be brought up";
    not_told_hint => "Med familjens egna ord, om det finns något. Alla som får höra ser det.", "In the family's own words, if there is anything. All who may hear will see it.";
    child_asked => "Hur har barnet fått säga sitt?", "How was the child asked?";
    child_asked_hint => "Från 12 år, tills barnet själv skriver under vid 15.", "From 12, until the child signs at 15.";
    maturity_reason => "Varför var det inte lämpligt?", "Why was it not suitable?";
    prevented => "En vårdnadshavare kan inte svara", "A guardian cannot answer";
    prevented_hint => "Den andra får bestämma ensam om beslutet inte kan vänta (6 kap. 13 § föräldrabalken). Högst 30 dagar, och en chef ska ha godkänt det. Den som har sagt nej kan inte gås förbi så.", "The other may decide alone where the decision cannot wait (chapter 6 section 13 of the Parental Code). At most 30 days, and a manager must have approved. A no cannot be got round this way.";
    prevented_who => "Vem kan inte svara?", "Who cannot answer?";
    prevented_nobody => "Ingen", "Nobody";
    prevented_cause => "Varför?", "Why?";
    prevented_note => "Hur vet vi det?", "How do we know?";
    prevented_until => "Den andra bestämmer ensam till och med", "The other decides alone until and including";
    approved_by => "Godkänt av, namn och titel", "Approved by, name and title";
    whose => "Vems uppgifter?", "Whose information?";
    about_child => "Om den unge själv", "About the young person";
    about_parent(name: &str) => "Om {name}", "About {name}";
    only_listen => "Lyssnar bara", "Only listen";
    only_listen_who => "Någon får bara lyssna", "Somebody may only listen";
    only_listen_which => "Vilka får bara lyssna?", "Who may only listen?";
    only_listen_hint => "De hör det andra berättar men lämnar inga egna uppgifter.", "They hear what others tell and give no information of their own.";
    they_listen(names: &str) => "{names} hör, men berättar inget eget.", "{names} hear, but tell nothing of their own.";
    on_parent(unit: &str, name: &str) => "{unit}: om {name}.", "{unit}: about {name}.";
    confirm_title => "Ni har inte bekräftat samtycket", "You have not confirmed the consent";
    confirm_text => "När ni har tagit del av det kan er enhet berätta och skriva på träffen. Innan dess får ni lyssna.", "Once you have read it your unit can tell and write at the meeting. Until then you may listen.";
    allows(units: &str, what: &str) => "{units} får tala om {what}.", "{units} may talk about {what}.";
    your_part(name: &str) => "Er del är det ni vet om {name} själv.", "Your part is what you know of {name}.";
    confirm_button => "Vi har tagit del av samtycket", "We have read the consent";
    has_confirmed => "har bekräftat", "has confirmed";
    not_confirmed => "har inte bekräftat än, lyssnar bara", "has not confirmed yet, listens only";
    listens_only => "lyssnar bara", "listens only";
    one_alone => "En vårdnadshavare ensam", "One guardian alone";
    paper => "Undertecknad blankett", "Signed form";
    attach => "Bifoga blanketten", "Attach the form";
    attach_hint => "PDF, JPEG eller PNG, högst 10 MB. Filen kontrolleras och bilder sparas om utan dolda uppgifter.", "PDF, JPEG or PNG, at most 10 MB. The file is checked, and pictures are saved anew without hidden data.";
    remove_paper => "Ta bort", "Remove";
    remove_paper_name(what: &str) => "Ta bort {what}", "Remove {what}";
    paper_line(kind: &str, size: &str, on: &str, by: &str) => "Blankett, {kind}, {size}, {on}, {by}", "Form, {kind}, {size}, {on}, {by}";
    annul => "Felregistrerat?", "Recorded by mistake?";
    annul_hint => "Bara om samtycket aldrig skulle ha registrerats så. Det som gällde före det gäller då igen. Har någon ångrat sig är det en återkallelse.", "Only if the consent should never have been recorded so. What held before it then holds again. If somebody has changed their mind, it is a withdrawal.";
    annul_what => "Vad blev fel?", "What went wrong?";
    annul_button => "Markera som felregistrerat", "Mark as recorded by mistake";
    over_time => "Samtycke över tid", "Consent over time";
    no_history => "Inget samtycke är registrerat än.", "No consent is recorded yet.";
    holds_when => "Gäller när du registrerar", "Holds when you record it";
    holds_not_yet => "Gäller inte än", "Does not hold yet";
    holds_not => "Gäller inte", "Does not hold";
    nobody_named => "Ingen enhet är vald av alla.", "No unit is chosen by all.";
    overheard(name: &str, units: &str) => "{name} har inte sagt ja till att {units} hör det som är om {name} själv.", "{name} did not agree that {units} hear what is about {name}.";
    they_leave => "De lämnar rummet när ärendet tas upp.", "They leave the room when the case is taken up.";
    take_back_one => "Kan tas tillbaka när som helst, utan skäl.", "Can be taken back at any time, without a reason.";
    take_back_any => "Kan tas tillbaka när som helst, av vem som helst av dem, utan skäl.", "Can be taken back at any time, by any of them, without a reason.";
    panel => "Vad det innebär", "What it means";
    status_ends => "Löper ut", "Ends";
    in_force => "Gäller", "Holds";
    missing => "Samtycke saknas", "No consent";
    refused => "Någon har sagt nej", "Somebody said no";
    withdrawn => "Återkallat", "Withdrawn";
    needs_renewal => "Samtycket behöver förnyas", "The consent needs renewing";
    expired => "Har löpt ut", "Has ended";
    no_common => "Ingen enhet i alla svar", "No unit in all answers";
    awaits_answers => "Väntar på svar", "Waiting for answers";
    awaits_one => "Väntar på svar från en vårdnadshavare", "Waiting for one guardian's answer";
    awaits_two => "Väntar på svar från båda vårdnadshavarna", "Waiting for both guardians' answers";
    awaits_child => "Väntar på svar från den unge", "Waiting for the young person's answer";
    awaits_both => "Väntar på svar från vårdnadshavare och den unge", "Waiting for answers from guardians and the young person";
    holds_until(until: &str) => "Gäller t.o.m. {until}", "Holds until {until}";
    ends_on(until: &str) => "Löper ut {until}", "Ends {until}";
    starts_on(from: &str) => "Gäller från {from}", "Holds from {from}";
    takes_back(name: &str) => "{name} tar tillbaka", "{name} withdraws";
    turns(age: u16, on: &str) => "Den unge fyller {age} år den {on}.", "The young person turns {age} on {on}.";
    of_age_then(on: &str) => "Den unge fyller 18 år den {on}. Då upphör vårdnadshavarnas samtycke och den unge svarar själv.", "The young person turns 18 on {on}. The guardians' consent ends then, and the young person answers alone.";
    needed(age: u16) => "{age} år, krävs", "{age}, needed";
    later(age: u16) => "{age} år, från 15", "{age}, from 15";
    may_tell(units: &str, what: &str, from: &str, until: &str) => "{units} får tala om {what} från {from} till och med {until}.", "{units} may talk about {what} from {from} until {until}.";
    not_covered(unit: &str) => "{unit} omfattas inte", "{unit} is not covered";
    said_not(names: &str) => "{names} har inte sagt ja till det.", "{names} did not agree to that.";
    answer_missing(names: &str) => "Det saknas svar från {names}.", "The answer from {names} is missing.";
    said_no(names: &str) => "{names} har sagt nej.", "{names} said no.";
    another_unit => "en annan enhet", "another unit";
    recorded_by(unit: &str, method: &str) => "Registrerat av {unit}, {method}", "Recorded by {unit}, {method}";
    withdrawn_by(name: &str, at: &str) => "Återkallat av {name} {at}", "Withdrawn by {name} {at}";
    withdrawn_part(name: &str, units: &str, at: &str) => "{name} tog tillbaka {units} {at}", "{name} withdrew {units} {at}";
}

/// What a consent lets be told, as on the form.
#[must_use]
pub fn category(category: InfoCategory, lang: Lang) -> &'static str {
    let (swedish, english) = match category {
        InfoCategory::School => ("Skolsituation och närvaro", "School situation and attendance"),
        InfoCategory::Social => ("Stöd från socialtjänsten", "Support from social services"),
        InfoCategory::Health => ("Psykisk och fysisk hälsa", "Mental and physical health"),
        InfoCategory::Assessments => ("Tester och bedömningar", "Tests and assessments"),
        InfoCategory::Family => ("Familjens situation", "The family's situation"),
    };
    lang.pick(swedish, english)
}

/// What a consent is given for.
#[must_use]
pub fn purpose(purpose: Purpose, lang: Lang) -> &'static str {
    let (swedish, english) = match purpose {
        Purpose::CollaborationMeeting => ("Samverkansträff", "Collaboration meeting"),
        Purpose::CoordinatedPlan => ("Samordnad individuell plan (SIP)", "Coordinated individual plan (SIP)"),
        Purpose::CrimePrevention => {
            ("Samverkan med polis och fritid (SSPF)", "Collaboration with police and leisure (SSPF)")
        }
    };
    lang.pick(swedish, english)
}

/// What a consent is given for, in the middle of a sentence.
#[must_use]
pub fn purposes(purposes: &[Purpose], lang: Lang) -> String {
    let all: Vec<String> = purposes.iter().map(|one| super::date::uncapitalised(purpose(*one, lang))).collect();
    listed(&all, lang)
}

/// Yes or no.
#[must_use]
pub fn answer_name(answer: Answer, lang: Lang) -> &'static str {
    match answer {
        Answer::Agreed => lang.pick("Samtycker", "Agrees"),
        Answer::Refused => lang.pick("Säger nej", "Says no"),
    }
}

/// How an answer was given.
#[must_use]
pub fn method(method: Method, lang: Lang) -> &'static str {
    let (swedish, english) = match method {
        Method::Paper => ("blankett", "on paper"),
        Method::Oral => ("muntligt", "in words"),
        Method::ESigned => ("e-underskrift", "electronic signature"),
    };
    lang.pick(swedish, english)
}

/// Where a case stands with the social services.
#[must_use]
pub fn phase(phase: Phase, lang: Lang) -> &'static str {
    let (swedish, english) = match phase {
        Phase::VoluntarySupport => ("Frivilligt råd och stöd", "Voluntary support"),
        Phase::ConcernReport => ("Orosanmälan", "Report of concern"),
        Phase::Investigation => ("Utredning", "Investigation"),
    };
    lang.pick(swedish, english)
}

/// "Skola, BUP och Fritid".
#[must_use]
pub fn listed(words: &[String], lang: Lang) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {} {last}", first.join(", "), lang.pick("och", "and")),
    }
}

/// In what way it was explained.
pub fn explained(way: Explained, lang: Lang) -> &'static str {
    let (swedish, english) = match way {
        Explained::Orally => ("muntligt", "in words"),
        Explained::OnPaper => ("på blanketten", "on the form"),
        Explained::PlainLanguage => ("på lätt svenska", "in plain Swedish"),
        Explained::Pictures => ("med bilder", "with pictures"),
    };
    lang.pick(swedish, english)
}

/// Whether an interpreter took part.
pub fn interpreter_name(interpreter: Interpreter, lang: Lang) -> &'static str {
    let (swedish, english) = match interpreter {
        Interpreter::NotNeeded => ("Behövdes inte", "Not needed"),
        Interpreter::InRoom => ("På plats", "In the room"),
        Interpreter::Telephone => ("På telefon", "By telephone"),
        Interpreter::Video => ("På video", "By video"),
    };
    lang.pick(swedish, english)
}

/// How a child under fifteen was asked.
pub fn maturity(maturity: Maturity, lang: Lang) -> &'static str {
    let (swedish, english) = match maturity {
        Maturity::Signed => ("Har skrivit under också", "Signed as well"),
        Maturity::Heard => ("Har fått säga sitt", "Was heard"),
        Maturity::NotSuitable => ("Inte lämpligt", "Not suitable"),
    };
    lang.pick(swedish, english)
}

/// Why a guardian cannot answer.
pub fn hindrance(cause: Hindrance, lang: Lang) -> &'static str {
    let (swedish, english) = match cause {
        Hindrance::Absence => ("Frånvaro", "Absence"),
        Hindrance::Illness => ("Sjukdom", "Illness"),
        Hindrance::Other => ("Annan orsak", "Another cause"),
    };
    lang.pick(swedish, english)
}

/// Why a consent should not have been recorded.
pub fn mistake(mistake: Mistake, lang: Lang) -> &'static str {
    let (swedish, english) = match mistake {
        Mistake::WrongCase => ("Fel ärende", "The wrong case"),
        Mistake::WrongContent => ("Fel svar, parter eller datum", "Wrong answer, parties or dates"),
        Mistake::Twice => ("Registrerat två gånger", "Recorded twice"),
    };
    lang.pick(swedish, english)
}

/// "En vårdnadshavare bestämmer ensam till och med 12 december (6 kap. 13 § föräldrabalken)."
pub fn decides_alone(lang: Lang, until: &str) -> String {
    lang.pick(
        format!("En vårdnadshavare bestämmer ensam till och med {until} (6 kap. 13 § föräldrabalken)."),
        format!("One guardian decides alone until and including {until} (chapter 6 section 13 of the Parental Code)."),
    )
}

/// "Förklarat muntligt och på blanketten av Anna Ek, på somaliska med tolk på telefon."
pub fn obtained(lang: Lang, ways: &str, by: &str, language: &str, interpreter: Interpreter) -> String {
    let language = match (language, lang) {
        ("", _) => String::new(),
        (language, Lang::Sv) => format!(", på {language}"),
        (language, Lang::En) => format!(", in {language}"),
    };
    let interpreter = match interpreter {
        Interpreter::NotNeeded => String::new(),
        present => {
            let how = interpreter_name(present, lang).to_lowercase();
            lang.pick(format!(" med tolk {how}"), format!(" with an interpreter {how}"))
        }
    };
    if ways.is_empty() {
        return lang.pick(
            format!("Inhämtat av {by}{language}{interpreter}."),
            format!("Obtained by {by}{language}{interpreter}."),
        );
    }
    lang.pick(
        format!("Förklarat {ways} av {by}{language}{interpreter}."),
        format!("Explained {ways} by {by}{language}{interpreter}."),
    )
}

/// What a covered unit's staff may do.
pub const fn voice(voice: Voice, lang: Lang) -> &'static str {
    match voice {
        Voice::Tells => has_confirmed(lang),
        Voice::Listens => listens_only(lang),
        Voice::Unacknowledged => not_confirmed(lang),
    }
}

/// "Felregistrerat, 3 november: fel ärende."
pub fn annulled(lang: Lang, why: Mistake, on: &str) -> String {
    let why = mistake(why, lang).to_lowercase();
    lang.pick(format!("Felregistrerat, {on}: {why}."), format!("Recorded by mistake, {on}: {why}."))
}

/// "Murat Aydin kunde inte svara. Den andra bestämmer ensam till och med 8 december."
pub fn could_not_answer(lang: Lang, who: &str, until: &str) -> String {
    lang.pick(
        format!("{who} kunde inte svara. Den andra bestämmer ensam till och med {until}."),
        format!("{who} could not answer. The other decides alone until and including {until}."),
    )
}

/// " Frånvaro: Till sjöss. Godkänt av Lena Fors, rektor."
pub fn alone_on_ground(lang: Lang, cause: Hindrance, note: &str, approved_by: &str) -> String {
    let (cause, note) = (hindrance(cause, lang), note.trim_end_matches('.'));
    lang.pick(
        format!(" {cause}: {note}. Godkänt av {approved_by}."),
        format!(" {cause}: {note}. Approved by {approved_by}."),
    )
}
