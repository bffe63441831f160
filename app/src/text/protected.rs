//! Words about cases with a protected identity.

use domain::export::What;

use super::Lang;
use crate::texts;

texts! {
    named => "Namngivna", "Named";
    named_hint => "Uppgifterna är skyddade: bara de som står här vet att ärendet finns, också i enheter som samtycket omfattar. Kolleger ser det inte.", "The identity is protected: only those listed here know that the case exists, also in units the consent covers. Colleagues do not see it.";
    name_a_second => "Namnge en kollega också: då finns någon när du är borta, och någon som kan säga ja när något ska lämnas ut.", "Name a colleague as well: then somebody is there when you are away, and somebody who can say yes when something is to be handed out.";
    name_one => "Namnge en till", "Name one more";
    name_button => "Namnge", "Name";
    all_named => "Alla som kan namnges är namngivna. Fler kan namnges när ett samtycke omfattar deras enhet.", "Everybody who can be named is. More can be named once a consent covers their unit.";
    remove => "Ta bort", "Remove";
    remove_name(name: &str) => "Ta bort {name} från de namngivna", "Remove {name} from those named";
    you => "du", "you";
    since(on: &str) => "sedan {on}", "since {on}";
    works_nowhere => "arbetar inte här längre", "no longer works here";
    protection => "Skyddad identitet", "Protected identity";
    protect_hint => "Gäller barnet eller en vårdnadshavare. När du sparar är du den enda som kan se ärendet, tills du namnger fler. Personnumret tas bort.", "For the child or a guardian. Once saved you alone can see the case, until you name others. The personal number is removed.";
    lift_hint => "Utan skydd ser alla i din enhet ärendet, och alla i de enheter som samtycket omfattar.", "Without protection everybody in your unit sees the case, and everybody in the units the consent covers.";
    change_button => "Spara skyddet", "Save the protection";
    ask(what: &str) => "Be om att få lämna ut: {what}", "Ask to hand out: {what}";
    asked => "väntar på en kollegas ja", "waits for a colleague's yes";
    prints_until(clock: String) => "Får skrivas ut till {clock}.", "May be printed until {clock}.";
    until(clock: String) => "till {clock}", "until {clock}";
    asks(who: &str, what: &str) => "{who} vill lämna ut {what}.", "{who} wants to hand out {what}.";
    asks_text => "Uppgifterna är skyddade, så det krävs två. Säger du ja kan din kollega skriva ut eller spara i en timme. Ert ja och nej står i loggen.", "The identity is protected, so it takes two. If you say yes your colleague can print or save for an hour. Your yes or no stands in the log.";
    approve => "Ja, lämna ut", "Yes, hand it out";
    decline => "Nej", "No";
    waits(what: &str, on: &str) => "Du bad {on} om att få lämna ut {what}. En kollega som är namngiven svarar.", "You asked {on} to hand out {what}. A colleague who is named will answer.";
    approved(what: &str) => "En kollega har sagt ja: du kan lämna ut {what}.", "A colleague said yes: you can hand out {what}.";
    declined(what: &str) => "En kollega har sagt nej till att lämna ut {what}.", "A colleague said no to handing out {what}.";
    two_title => "Två personer behövs", "It takes two";
    two_text => "Uppgifterna är skyddade. Be om att få lämna ut från ärendets sida. En kollega som är namngiven svarar, och sedan kan du skriva ut i en timme.", "The identity is protected. Ask to hand it out from the page of the case. A colleague who is named answers, and then you can print for an hour.";
    not_on_paper => "Uppgifterna i ärendet är skyddade och skrivs inte ut. Det som ska lämnas ut går genom en fråga till en kollega, på ärendets sida.", "The identity in this case is protected and is not printed. What is to be handed out goes by a question to a colleague, on the page of the case.";
}

/// What is handed out, in the middle of a sentence.
#[must_use]
pub fn what(what: What, lang: Lang) -> &'static str {
    let (swedish, english) = match what {
        What::Form => ("blanketten", "the form"),
        What::Receipt => ("kvittot", "the receipt"),
        What::Minutes => ("anteckningarna", "the minutes"),
        What::Paper => ("den underskrivna blanketten", "the signed form"),
    };
    lang.pick(swedish, english)
}
