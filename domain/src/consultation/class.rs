//! School classes. A class is few children; the year or stage it belongs to may be told.

use super::token::{Token, Tokens};

/// Words a class stands after.
const CLASS: [&str; 6] = ["klass", "klassen", "åk", "årskurs", "årskursen", "förskoleklass"];

/// The codes of the national programmes and of the introductory ones: `NA21b`.
const PROGRAMMES: [&str; 20] = [
    "BA", "BF", "EE", "EK", "ES", "FS", "FT", "HA", "HT", "HU", "HV", "IB", "IM", "NA", "NB", "RL", "SA", "TE", "VF",
    "VO",
];

/// The token after the class that begins there.
pub(super) fn class(all: &Tokens<'_>, at: usize) -> Option<usize> {
    of_school(all, at).or_else(|| of_letter(all, at)).or_else(|| of_programme(all, at))
}

/// `7B`, `7 b`, `7-B`, `7B:s`; after `klass` or `åk` with any letter.
fn of_school(all: &Tokens<'_>, at: usize) -> Option<usize> {
    let after_class = follows_class(all, at);
    let digits = if after_class { 1..=2 } else { 1..=1 };
    all.number(at, digits).filter(|year| *year > 0)?;
    // `1,5 d` and `19:3 a` are none.
    let in_a_number = all.is_glued(at) && all.before(at, 1).is_some_and(|mark| matches!(mark.text, "." | "," | ":"));
    if in_a_number && !after_class {
        return None;
    }
    let letter_at = if all.is_glued(at + 1) { all.past(at + 1, &['-', ':']) } else { at + 1 };
    let letter = all.word(letter_at).filter(|_| letter_at == at + 1 || all.is_glued(letter_at))?;
    let glued = all.is_glued(letter_at);
    let is_one = letter_of(letter).is_some_and(|letter| match letter {
        'a'..='f' => true,
        _ if !after_class => false,
        // `åk 4 i en liten skola`
        _ => letter.is_alphabetic() && (glued || letter.is_uppercase() && letter != 'I'),
    });
    // `1:a`, `3:e`
    if all.mark(at + 1) == Some(':') && matches!(letter.text, "a" | "e") {
        return None;
    }
    let paragraph = all.mark(letter_at + 1) == Some('§');
    // `2 e-brev`
    let begins_a_word = !glued && !letter.is_capitalised() && all.is_glued(letter_at + 1);
    (is_one && !paragraph && !(begins_a_word && all.mark(letter_at + 1) == Some('-'))).then_some(letter_at + 1)
}

/// The one letter of a word; small for the first six, whose case tells nothing. `7Bs` has its genitive glued on.
fn letter_of(word: &Token<'_>) -> Option<char> {
    let mut letters = word.text.chars();
    let letter = letters.next()?;
    let rest = letters.as_str();
    if !(rest.is_empty() || rest == "s" && letter.is_uppercase()) {
        return None;
    }
    Some(if matches!(letter, 'A'..='F') { letter.to_ascii_lowercase() } else { letter })
}

/// `klass B`. The `F` of `åk F` is a year.
fn of_letter(all: &Tokens<'_>, at: usize) -> Option<usize> {
    let letter = all.word(at).filter(|_| follows_class(all, at))?;
    matches!(letter.text, "A" | "B" | "C" | "D" | "E").then_some(at + 1)
}

/// `NA21`, `SA22b`, `IM1`.
fn of_programme(all: &Tokens<'_>, at: usize) -> Option<usize> {
    all.word(at).filter(|word| PROGRAMMES.contains(&word.text))?;
    all.number(at + 1, 1..=2).filter(|_| all.is_glued(at + 1))?;
    let letter = all.is_glued(at + 2) && all.word(at + 2).is_some_and(|word| word.text.chars().count() == 1);
    Some(at + 2 + usize::from(letter))
}

fn follows_class(all: &Tokens<'_>, at: usize) -> bool {
    let is_class = |token: &Token<'_>| CLASS.contains(&token.lower.as_str());
    match all.before(at, 1) {
        Some(token) if token.text == "." => all.before(at, 2).is_some_and(is_class),
        Some(token) => is_class(token),
        None => false,
    }
}
