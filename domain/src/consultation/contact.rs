//! How somebody is reached, and numbers that are one person's or one matter's.

use super::token::Tokens;

/// Words a telephone number stands after.
const TELEPHONE: [&str; 12] = [
    "tel",
    "telefon",
    "telefonen",
    "telefonnummer",
    "tfn",
    "mobil",
    "mobilen",
    "mobilnummer",
    "nummer",
    "ring",
    "ringa",
    "sms",
];

/// Words a reference number stands after.
const REFERENCE: [&str; 7] = ["dnr", "diarienr", "diarienummer", "ärendenr", "ärendenummer", "målnr", "målnummer"];

/// The token after the e-mail address, or name in social media, that begins there.
pub(super) fn email(all: &Tokens<'_>, at: usize) -> Option<usize> {
    let is_part = |place: usize| all.word(place).is_some() || all.digits(place).is_some();
    if all.mark(at) == Some('@') {
        return (all.is_glued(at + 1) && is_part(at + 1)).then(|| run_end(all, at));
    }
    if !is_part(at) || all.is_glued(at) && all.before(at, 1).is_some_and(|mark| mark.text == "@") {
        return None;
    }
    let sign =
        (at + 1..all.count()).take_while(|place| all.is_glued(*place)).find(|place| all.mark(*place) == Some('@'))?;
    Some(if all.is_glued(sign + 1) { run_end(all, at) } else { sign + 1 })
}

/// The end of what is written together, without the marks of the sentence after it.
fn run_end(all: &Tokens<'_>, at: usize) -> usize {
    let end = (at + 1..all.count()).find(|place| !all.is_glued(*place)).unwrap_or(all.count());
    let closing = |place: &usize| all.mark(*place).is_some_and(|mark| !matches!(mark, '@' | '_'));
    (at + 1..end).rev().find(|place| !closing(place)).map_or(at + 1, |last| last + 1)
}

/// The token after the telephone number that begins there: `070-123 45 67`, `+46 (0)70 123 45 67`, `tel. 123 45`.
pub(super) fn telephone(all: &Tokens<'_>, at: usize) -> Option<usize> {
    let abroad = all.mark(at) == Some('+') && all.is_glued(at + 1);
    let first = at + usize::from(abroad);
    let lead = all.digits(first)?;
    let in_a_number = all.is_glued(at) && all.before(at, 1).is_some_and(|mark| matches!(mark.text, "." | "," | ":"));
    let announced = is_announced(all, at);
    if !(abroad || announced || !in_a_number && lead.len() > 1 && lead.starts_with('0')) {
        return None;
    }
    let (mut digits, mut end, mut next) = (0, first, first);
    while let Some(group) = all.digits(next).filter(|group| digits + group.len() <= 15) {
        digits += group.len();
        end = next + 1;
        let marks = ['-', '/', '(', ')'];
        next = all.past(all.past(end, &marks), &marks);
    }
    (digits >= if announced { 5 } else { 7 }).then_some(end)
}

fn is_announced(all: &Tokens<'_>, at: usize) -> bool {
    let is_word = |place| all.before(at, place).is_some_and(|word| TELEPHONE.contains(&word.lower.as_str()));
    is_word(1) || is_word(2) && all.before(at, 1).is_some_and(|mark| matches!(mark.text, "." | ":"))
}

/// The token after the long or foreign number that begins there, or the reference of a matter.
pub(super) fn number(all: &Tokens<'_>, at: usize) -> Option<usize> {
    if all.word(at).is_some_and(|word| REFERENCE.contains(&word.lower.as_str())) {
        let number = all.past(all.past(at + 1, &['.']), &[':']);
        let end = run_end(all, number);
        return (number..end).any(|place| all.digits(place).is_some()).then_some(end);
    }
    // Digits of another script would pass every other rule.
    let is_foreign = |mark: char| mark.is_numeric() && !matches!(mark, '½' | '¼' | '¾' | '²' | '³');
    let foreign = |place: &usize| all.mark(*place).is_some_and(is_foreign) && (*place == at || all.is_glued(*place));
    let long = all.digits(at).is_some_and(|digits| digits.len() >= 6);
    if long { Some(at + 1) } else { (at..all.count()).take_while(foreign).last().map(|last| last + 1) }
}
