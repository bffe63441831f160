//! Sentences of retention: the plan, the dry run, what is on its way and what is gone.

use domain::retention::{DocumentKind, Hold, Keep, ResearchSample, Why};

use super::date;
use crate::{text::Lang, texts};

texts! {
    title => "Gallring", "Disposal";
    lead(unit: String) => "Avslutade ärenden som {unit} har registrerat, och det som inte längre behövs i de pågående: vad som ska vara kvar, vad som får gallras, och varför. Inget händer av att du tittar.", "Closed cases that {unit} registered, and what is needed no more in open ones: what is to be kept, what may go, and why. Nothing happens by looking.";
    plan => "Gallringsfrister", "Retention rules";
    plan_of(authority: String) => "Ur informationshanteringsplanen för {authority}.", "From the information management plan of {authority}.";
    no_plan => "Ingen frist är antecknad. Då gallras ingenting.", "No rule is recorded. Then nothing is disposed of.";
    drafts => "Tidigare versioner av godkända anteckningar, och granskarens påpekanden", "Earlier versions of approved minutes, and the reviewer's remarks";
    queue_words => "Det enheten har frågat i kön, när det är besvarat", "What the unit has asked in the queue, once it is answered";
    goes_with_case => "Ingen frist är antecknad. Då är det kvar lika länge som ärendet.", "No rule is recorded. Then it stays as long as the case.";
    case_files => "Ärenden, med samtycken, blanketter, anteckningar och åtgärder", "Cases, with consents, forms, minutes and actions";
    decision => "Beslut", "Decision";
    decision_hint => "Som det finns i diariet, till exempel SN 2026/114 § 12.", "As it is found in the diary, for example SN 2026/114 § 12.";
    decided_on => "Beslutsdag", "Day of the decision";
    recorded(who: String, when: String) => "Antecknad av {who} {when}", "Recorded by {who} on {when}";
    keep => "Hur länge", "How long";
    keep_years => "Ett antal år efter sista anteckningen", "A number of years after the last entry";
    keep_months => "Ett antal månader", "A number of months";
    keep_with_case => "Lika länge som ärendet", "As long as the case";
    keep_forever => "Bevaras", "Kept for good";
    months => "Antal månader", "Number of months";
    drafts_hint => "Räknas från godkännandet. 0 betyder dagen efter. Varje version som har godkänts är kvar.", "Counted from the approval. 0 means the day after. Every version that was approved stays.";
    queue_words_hint => "Räknas från det att frågan ställdes, eller kom tillbaka. 0 betyder dagen efter.", "Counted from when it was asked, or came back. 0 means the day after.";
    years => "Antal år", "Number of years";
    years_hint => "Minst fem: så länge sparar socialtjänsten det den berättat.", "Five at the least: that is how long social services keep what they told.";
    sample => "Sparas för forskning", "Kept for research";
    sample_hint => "I Östergötlands, Gotlands och Västernorrlands län och i Göteborg sparas alla, i övriga landet de som är födda den 5, 15 och 25 (socialtjänstförordningen 2025:468, 13 kap. 1 §).", "In the counties of Östergötland, Gotland and Västernorrland and in Göteborg all are kept, elsewhere those born on the 5th, 15th and 25th (socialtjänstförordningen 2025:468, 13 kap. 1 §).";
    decide => "Anteckna fristen", "Record the rule";
    rule_for(what: String) => "Anteckna frist: {what}", "Record a rule: {what}";
    another_rule_for(what: String) => "Anteckna ny frist: {what}", "Record another rule: {what}";
    consultations => "Frågor i anonyma konsultationer", "Questions of anonymous consultations";
    consultations_kept => "Raderas när träffen är slut", "Erased when the meeting is over";
    meetings => "Träffars tider, kallelser, närvaro och gemensamma punkter", "Times of meetings, invitations, attendance and common items";
    meetings_kept => "Bevaras: inga barn nämns i dem", "Kept for good: no child is named in them";
    the_log => "Loggen över vem som läst och ändrat", "The log of who has read and changed";
    log_kept => "Bevaras: den håller ordning på det andra", "Kept for good: it holds the rest to account";
    due => "Får gallras", "May go";
    due_since(day: String) => "sedan {day}", "since {day}";
    nothing_due => "Inget får gallras i dag.", "Nothing may go today.";
    propose => "Föreslå gallring", "Propose disposal";
    cases => "Ärenden", "Cases";
    which => "Välj det som ska gallras", "Choose what is to go";
    what => "Vad", "What";
    on_its_way => "På väg ut", "On their way out";
    proposed_by(who: String, when: String) => "Föreslagen av {who} {when}", "Proposed by {who} on {when}";
    approved_by(who: String, when: String) => "Godkänd av {who} {when}", "Approved by {who} on {when}";
    gone_from(when: String) => "Förstörs tidigast {when}", "Destroyed on {when} at the earliest";
    waits_kept(why: String) => "Förstörs inte: {why}", "Not destroyed: {why}";
    approve => "Godkänn", "Approve";
    approve_of(what: String) => "Godkänn gallring av {what}", "Approve the disposal of {what}";
    stop => "Stoppa", "Stop";
    stop_of(what: String) => "Stoppa gallring av {what}", "Stop the disposal of {what}";
    own_proposal => "Du har föreslagit den. Någon annan godkänner.", "You proposed it. Somebody else approves.";
    for_administrators => "En administratör godkänner.", "An administrator approves.";
    kept => "Ska vara kvar", "To be kept";
    nothing_closed => "Inget ärende är avslutat, och inget i de pågående får gallras.", "No case is closed, and nothing in open ones may go.";
    open_cases(count: usize) => "Pågående ärenden, som alltid är kvar: {count}.", "Open cases, which are always kept: {count}.";
    why_kept => "Varför", "Why";
    until => "Till och med", "Until";
    no_end => "tills vidare", "until further notice";
    holding => "Håll kvar", "Hold";
    hold_of(reference: String) => "Håll kvar {reference}", "Hold {reference}";
    hold_reason => "Skäl", "Reason";
    lift => "Häv", "Lift";
    lift_of(reference: String) => "Häv, ärende {reference}", "Lift, case {reference}";
    held => "Hålls kvar", "Held";
    held_hint => "Gallras inte, vad planen än säger.", "Not disposed of, whatever the plan says.";
    gone => "Bevis om gallring", "Proof of disposal";
    gone_on => "Förstört", "Destroyed";
    by_rule(keep: String, decision: String, day: String) => "{keep}, {decision} ({day})", "{keep}, {decision} ({day})";
    could_go(day: String) => "fick gallras sedan {day}", "could go since {day}";
    backups => "Säkerhetskopior", "Backups";
    backups_closed => "kan inte läsas", "cannot be read";
    backups_open => "kan läsas tills nyckeln förstörs", "can be read until the key is destroyed";
    backups_hint => "Säkerhetskopior från före gallringen kan läsas så länge installationens dåvarande nyckel finns. Driften byter nyckeln efter varje omgång och förstör den gamla.", "Backups from before a disposal can be read as long as the installation's key of then exists. Operations change the key after each round and destroy the old one.";
    nothing_gone => "Inget är gallrat.", "Nothing is disposed of.";
}

/// How long something is kept, in words.
#[must_use]
pub fn keep_for(kind: DocumentKind, keep: Keep, lang: Lang) -> String {
    let from = match kind {
        DocumentKind::Drafts => lang.pick("godkännandet", "the approval"),
        DocumentKind::QueueWords => lang.pick("frågan", "the question"),
        DocumentKind::CaseFile | DocumentKind::Consultation | DocumentKind::Meeting | DocumentKind::AccessLog => {
            lang.pick("sista anteckningen", "the last entry")
        }
    };
    match (keep, lang) {
        (Keep::Forever, lang) if kind == DocumentKind::CaseFile => keep_forever(lang).to_owned(),
        (Keep::Forever, lang) => keep_with_case(lang).to_owned(),
        (Keep::YearsAfterLastEntry(years), Lang::Sv) => format!("{years} år efter {from}"),
        (Keep::YearsAfterLastEntry(years), Lang::En) => format!("{years} years after {from}"),
        (Keep::MonthsAfter(0), Lang::Sv) => format!("till och med dagen för {from}"),
        (Keep::MonthsAfter(0), Lang::En) => format!("until the end of the day of {from}"),
        (Keep::MonthsAfter(1), Lang::Sv) => format!("1 månad efter {from}"),
        (Keep::MonthsAfter(1), Lang::En) => format!("1 month after {from}"),
        (Keep::MonthsAfter(months), Lang::Sv) => format!("{months} månader efter {from}"),
        (Keep::MonthsAfter(months), Lang::En) => format!("{months} months after {from}"),
    }
}

/// What may go, or is gone, in a word or two.
#[must_use]
pub fn thing_name(kind: DocumentKind, lang: Lang) -> &'static str {
    match kind {
        DocumentKind::Drafts => lang.pick("tidigare versioner", "earlier versions"),
        DocumentKind::QueueWords => lang.pick("frågor i kön", "questions in the queue"),
        DocumentKind::CaseFile => lang.pick("hela ärendet", "the whole case"),
        // Of these nobody disposes by hand.
        DocumentKind::Consultation => lang.pick("konsultationen", "the consultation"),
        DocumentKind::Meeting => lang.pick("träffen", "the meeting"),
        DocumentKind::AccessLog => lang.pick("loggen", "the log"),
    }
}

/// What is kept for research.
#[must_use]
pub const fn sample_name(sample: ResearchSample, lang: Lang) -> &'static str {
    match (sample, lang) {
        (ResearchSample::Days, Lang::Sv) => "De som är födda den 5, 15 och 25",
        (ResearchSample::Days, Lang::En) => "Those born on the 5th, 15th and 25th",
        (ResearchSample::KeepAll, Lang::Sv) => "Alla",
        (ResearchSample::KeepAll, Lang::En) => "All",
    }
}

/// Why something is held.
#[must_use]
pub const fn hold_name(hold: Hold, lang: Lang) -> &'static str {
    match (hold, lang) {
        (Hold::Request, Lang::Sv) => "någon har begärt ut handlingen",
        (Hold::Request, Lang::En) => "somebody has asked for the record",
        (Hold::Proceedings, Lang::Sv) => "tvist, tillsyn eller domstol",
        (Hold::Proceedings, Lang::En) => "a dispute, supervision or a court",
        (Hold::Incident, Lang::Sv) => "en personuppgiftsincident gås igenom",
        (Hold::Incident, Lang::En) => "a personal data incident is being gone through",
    }
}

/// Why a case is kept.
#[must_use]
pub fn why(why: Why, lang: Lang) -> String {
    let (swedish, english) = match why {
        Why::NotDecided => ("ingen frist är beslutad", "no rule is decided"),
        Why::Preserved => ("planen säger att det är kvar", "the plan says that it stays"),
        Why::KeepAll => ("alla ärenden sparas för forskning", "every case is kept for research"),
        Why::ResearchSample => {
            ("sparas för forskning (födelsedag 5, 15 eller 25)", "kept for research (born on the 5th, 15th or 25th)")
        }
        Why::Open => ("ärendet pågår", "the case is open"),
        Why::InUse => ("det behövs fortfarande", "it is needed still"),
        Why::Held(hold) => return format!("{}: {}", held(lang).to_lowercase(), hold_name(hold, lang)),
        Why::ThirtyYears { until } => {
            let day = date::day_month_year(until, lang);
            return match lang {
                Lang::Sv => format!("utredning: 30 år från barnets födelse, till {day}"),
                Lang::En => format!("investigation: 30 years from the child's birth, until {day}"),
            };
        }
        Why::NotLongEnough { until } => {
            let day = date::day_month_year(until, lang);
            return match lang {
                Lang::Sv => format!("fristen går ut {day}"),
                Lang::En => format!("the rule's time ends on {day}"),
            };
        }
    };
    lang.pick(swedish, english).to_owned()
}

/// Several reasons in one line.
#[must_use]
pub fn whys(all: &[Why], lang: Lang) -> String {
    all.iter().map(|one| why(*one, lang)).collect::<Vec<_>>().join("; ")
}
