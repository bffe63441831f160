//! Sentences of the review desk.

use domain::mention::Who;

use crate::{text::Lang, texts};

texts! {
    title => "Att justera", "To review";
    queue => "Väntar på justering", "Waiting for review";
    nothing => "Inget att justera", "Nothing to review";
    nothing_text => "Här står anteckningar som har lämnats in, den som väntat längst först. Den som skrivit justerar inte själv.", "Minutes that were handed in stand here, the longest wait first. Whoever wrote does not approve.";
    returned => "Tillbaka hos sekreteraren", "Back with the secretary";
    own => "Din egen text", "Your own text";
    own_text => "Du har skrivit i den här anteckningen. En kollega justerar den.", "You have written in these minutes. A colleague reviews them.";
    changed => "ändrad sedan du läste senast", "changed since you last read";
    compared(number: i64) => "jämförd med version {number}", "compared with version {number}";
    question => "Frågeställning", "Question";
    checks => "Kontroll", "Checks";
    throughout => "Samtycket gällde hela punkten", "The consent covered the whole item";
    not_throughout => "Samtycket gällde inte hela punkten", "The consent did not cover the whole item";
    not_throughout_text => "Anteckningarna kan inte justeras.", "The minutes cannot be approved.";
    only_covered => "Bara omfattade var i rummet", "Only those covered were in the room";
    not_only_covered(who: String) => "Inte omfattad i rummet: {who}", "Not covered, in the room: {who}";
    mentioned => "En annan person nämns:", "Another person is mentioned:";
    mentioned_text => "Samtycke om den personen saknas. Ta bort eller be om det.", "Consent about that person is missing. Take it out or ask for it.";
    mentioned_named => "ett namn som inte är barnets", "a name that is not the child's";
    mentioned_reporter => "den som har anmält får inte framgå", "whoever reported must not be told of";
    not_mentioned => "Ingen annan person nämns", "No other person is mentioned";
    no_number => "Inga personnummer i texten", "No personal numbers in the text";
    number => "Ett personnummer står i texten", "A personal number stands in the text";
    holds => "stämmer", "holds";
    fails => "stämmer inte", "does not hold";
    reviewed => "Granskat: det som sägs om andra får stå", "Reviewed: what is said of others may stand";
    approve => "Justera", "Approve";
    approve_one => "Justera (en punkt återstår)", "Approve (one check remains)";
    approve_some(count: usize) => "Justera ({count} punkter återstår)", "Approve ({count} checks remain)";
    give_back => "Lämna tillbaka med kommentar", "Return with a comment";
    comment => "Kommentar till helheten", "Comment on the whole";
    comment_hint => "Kommentarer kan också skrivas vid texten, där det gäller. Inga personnummer.", "Comments can also be written beside the text, where they belong. No personal numbers.";
    comment_here => "Kommentera", "Comment";
    comment_on(what: String) => "Kommentar till {what}", "Comment on {what}";
    versions => "Jämför med", "Compare with";
    version_returned(number: i64, day: String) => "Version {number}, tillbakalämnad {day}", "Version {number}, returned {day}";
    version_approved(number: i64, day: String) => "Version {number}, justerad {day}", "Version {number}, approved {day}";
    reopened => "Öppnad igen efter justering", "Opened again after approval";
    addendum => "Tillägg", "Addendum";
    do_give_back => "Lämna tillbaka", "Return";
    keys => "J nästa · K föregående · R tillbaka · G justera", "J next · K previous · R return · G approve";
    keys_off => "Tangenterna J, K, R och G är avstängda.", "The keys J, K, R and G are off.";
    switch_keys_off => "Stäng av tangenterna", "Switch the keys off";
    switch_keys_on => "Slå på tangenterna", "Switch the keys on";
    comments => "Tidigare kommentarer", "Earlier comments";
    on_version(number: i64) => "på version {number}", "on version {number}";
    removed => "struket", "removed";
    added => "tillagt", "added";
}

/// "3 dagar", "1 dag", "i dag".
#[must_use]
pub fn days(count: i64, lang: Lang) -> String {
    match count {
        0 => lang.pick("i dag", "today").to_owned(),
        1 => lang.pick("1 dag", "1 day").to_owned(),
        more => lang.pick(format!("{more} dagar"), format!("{more} days")),
    }
}

/// Why a word for another person is told of; nothing where the word itself says so.
#[must_use]
pub const fn why_mentioned(who: Who, lang: Lang) -> Option<&'static str> {
    match who {
        Who::Kin => None,
        Who::Named => Some(mentioned_named(lang)),
        Who::Reporter => Some(mentioned_reporter(lang)),
    }
}

/// "Rut (ett namn som inte är barnets)".
#[must_use]
pub fn mentioned_word(word: &str, who: Who, lang: Lang) -> String {
    why_mentioned(who, lang).map_or_else(|| word.to_owned(), |why| format!("{word} ({why})"))
}
