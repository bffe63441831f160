//! Words of cases: lists, the case's page, registration.

use domain::case_file::{Custody, Protection};

use super::Lang;
use crate::texts;

texts! {
    seen => "Vem har sett uppgifterna?", "Who has seen this?";
    seen_lead => "Vilka som har läst och skrivit i ärendet, det senaste först. Listan kan visas för familjen.", "Who has read and written in the case, the latest first. The list may be shown to the family.";
    seen_none => "Ingen har öppnat ärendet.", "Nobody has opened the case.";
    seen_none_text => "Så snart någon läser eller ändrar något står det här.", "As soon as anybody reads or changes something it stands here.";
    seen_when => "När", "When";
    seen_who => "Vem", "Who";
    seen_what => "Vad", "What";
    seen_why => "Varför", "Why";
    seen_older => "Visa tidigare", "Show earlier";
    seen_latest => "Till det senaste", "To the latest";
    seen_program => "Programmet", "The program";
    seen_own => "Egen enhet", "Own unit";
    seen_times(times: usize) => "{times} gånger", "{times} times";
    seen_consent(on: &str) => "Samtycke från {on}", "Consent of {on}";
    cases => "Ärenden", "Cases";
    new_case => "Nytt ärende", "New case";
    register => "Registrera ärendet", "Register the case";
    register_lead => "Ärendet syns bara för din enhet tills ett samtycke omfattar fler.", "The case is visible to your unit only, until a consent covers others.";
    the_child => "Barnet", "The child";
    child_name => "Barnets namn", "The child's name";
    born_on => "Födelsedatum", "Birth date";
    number => "Personnummer", "Personal number";
    number_hint => "12 siffror, ÅÅÅÅMMDD-NNNN. Sparas inte vid skyddad identitet.", "12 digits, YYYYMMDD-NNNN. Not kept where the identity is protected.";
    former_number => "Tidigare samordningsnummer", "Former coordination number";
    new_number_hint => "12 siffror, ÅÅÅÅMMDD-NNNN. Har barnet fått personnummer efter ett samordningsnummer sparas båda.", "12 digits, YYYYMMDD-NNNN. Where a personal number follows a coordination number both are kept.";
    save_number => "Spara numret", "Save the number";
    question => "Vad ska träffen hjälpa till med?", "What should the meeting help with?";
    question_hint => "Kort, och utan personnummer. Syns bara för dem som får veta om ärendet.", "Short, and without personal numbers. Shown only to those who may know of the case.";
    custody => "Vårdnad", "Custody";
    custody_hint => "Från 18 år bestämmer den unge själv: lämna vårdnadshavarna tomma.", "From 18 the young person decides alone: leave the guardians empty.";
    guardian_one => "Vårdnadshavare", "Guardian";
    guardian_two => "Vårdnadshavare 2", "Guardian 2";
    guardian_two_hint => "Vid gemensam vårdnad.", "With joint custody.";
    protection => "Skyddad identitet", "Protected identity";
    protection_hint => "Barnets eller en vårdnadshavares. Då ser bara du ärendet, tills du namnger fler.", "The child's or a guardian's. Then you alone see the case, until you name others.";
    none_yet => "Inga ärenden än", "No cases yet";
    none_yet_text => "Här står de ärenden som din enhet har registrerat och de som ett samtycke låter er veta om. Ett ärende börjar med att någon registrerar barnet; sedan svarar vårdnadshavarna.", "Here stand the cases your unit has registered and those a consent lets you know of. A case begins when somebody registers the child; then the guardians answer.";
    reference => "Ärende", "Case";
    name => "Namn", "Name";
    age => "Ålder", "Age";
    consent => "Samtycke", "Consent";
    registrant => "Registrerat av", "Registered by";
    own_unit => "Din enhet", "Your unit";
    other_unit => "Annan enhet", "Another unit";
    protected => "Skyddade uppgifter", "Protected";
    details => "Uppgifter", "Details";
    guardians => "Vårdnadshavare", "Guardians";
    former => "Tidigare", "Former";
    overview_question => "Frågan", "The question";
    who_knows => "Vem får se ärendet?", "Who may see the case?";
    because_registered => "registrerade ärendet", "registered the case";
    because_covered => "omfattas av samtycket", "is covered by the consent";
    who_knows_hint => "Inga andra ser att ärendet finns.", "Nobody else sees that the case exists.";
    change => "Ändra", "Change";
    end_guardianship => "Avsluta vårdnaden", "End the guardianship";
    last_day => "Sista dag", "Last day";
    add_guardian => "Lägg till vårdnadshavare", "Add a guardian";
    parent_alone => "Förälder utan vårdnad", "Parent without custody";
    add_parent => "Lägg till förälder", "Add the parent";
    add_parent_hint => "Om någon part känner föräldern själv, till exempel vuxenpsykiatrin. Föräldern svarar då för det, och bestämmer inget om barnet.", "Where a party knows the parent, such as adult psychiatry. The parent then answers for that, and decides nothing for the child.";
    ask_no_more => "Fråga inte längre", "Ask no more";
    from_day => "Från och med", "From";
    add_guardian_hint => "Samtycket gäller först när den nya också har svarat.", "The consent holds only once the new one has answered as well.";
    phase => "Fas", "Phase";
    phase_hint => "Syns bara för socialtjänsten. Ett samtycke upphör när ärendet går mellan frivilligt stöd och anmälan eller utredning.", "Shown to social services only. A consent ends when the case passes between voluntary support and report or investigation.";
    change_phase => "Byt fas", "Change phase";
    close_case => "Avsluta ärendet", "Close the case";
    close_hint => "Planerade punkter faller bort. Det som är skrivet ligger kvar.", "Planned items fall away. What is written stays.";
    closed => "Avslutat", "Closed";
    no_forum => "Det finns inget forum än.", "There is no forum yet.";
    too_old => "Har fyllt 19 eller gör det före nästa träff: inget forum tar upp ärendet.", "Has turned 19 or does so before the next meeting: no forum takes the case.";
    too_young => "Inget forum tar åldern.", "No forum takes that age.";
    unborn => "Barnet är inte fött än.", "The child is not born yet.";
    years(years: u16) => "{years} år", "{years} years";
    registered(unit: &str, on: &str) => "Registrerat av {unit} {on}", "Registered by {unit} {on}";
    count_needs(count: usize) => "{count} behöver någon", "{count} need somebody";
    goes_to(forum: &str) => "Går till {forum}", "Goes to {forum}";
    because_age(age: u16, on: &str) => "{age} år den dag träffen hålls, {on}.", "{age} on the day of the meeting, {on}.";
    because_age_now(age: u16) => "{age} år. Ingen träff är planerad än.", "{age}. No meeting is planned yet.";
    changes_on(on: &str, forum: &str) => "Från {on}: {forum}.", "From {on}: {forum}.";
}

/// Who decides for the child.
#[must_use]
pub fn custody_name(custody: Custody, lang: Lang) -> &'static str {
    let (swedish, english) = match custody {
        Custody::Joint => ("Gemensam vårdnad", "Joint custody"),
        Custody::Sole => ("Ensam vårdnad", "Sole custody"),
        Custody::Appointed => ("Särskilt förordnad vårdnadshavare", "Specially appointed guardian"),
        Custody::OfAge => ("Myndig", "Of age"),
    };
    lang.pick(swedish, english)
}

/// How the identity is protected.
#[must_use]
pub fn protection_name(protection: Protection, lang: Lang) -> &'static str {
    let (swedish, english) = match protection {
        Protection::None => ("Nej", "No"),
        Protection::Mark => ("Sekretessmarkering", "Confidentiality mark"),
        Protection::Registration => ("Skyddad folkbokföring", "Protected registration"),
        Protection::Fictitious => ("Fingerade personuppgifter", "Fictitious identity"),
    };
    lang.pick(swedish, english)
}
