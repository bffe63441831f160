//! Where somebody lives: streets, boxes, flats and postcodes.

use super::token::{Token, Tokens};

/// How names of streets end. With a number after it any of them is an address.
const ENDINGS: [&str; 18] = [
    "gata",
    "gatan",
    "väg",
    "vägen",
    "stig",
    "stigen",
    "gränd",
    "gränden",
    "torg",
    "torget",
    "allé",
    "allén",
    "backe",
    "backen",
    "brinken",
    "esplanaden",
    "kajen",
    "liden",
];

/// Those that tell a street by themselves, in a name with a capital.
const NAMING: [&str; 11] =
    ["gata", "gatan", "väg", "vägen", "stigen", "gränd", "gränden", "torget", "allé", "allén", "esplanaden"];

/// Words that end so and are no names, before their ending.
const GENERIC: [&str; 31] = [
    "av",
    "bak",
    "bi",
    "bil",
    "cykel",
    "gen",
    "gå",
    "gång",
    "halv",
    "hem",
    "huvud",
    "i",
    "karriär",
    "lands",
    "livs",
    "medel",
    "motor",
    "nedförs",
    "om",
    "pulka",
    "sido",
    "skid",
    "skol",
    "studie",
    "tvär",
    "upp",
    "uppförs",
    "ut",
    "utbildnings",
    "återvänds",
    "över",
];

/// Words a number of a dwelling stands after.
const BOXES: [&str; 4] = ["box", "postbox", "lgh", "lägenhetsnummer"];

/// The token after the address that begins there.
pub(super) fn address(all: &Tokens<'_>, at: usize) -> Option<usize> {
    street(all, at).or_else(|| dwelling(all, at)).or_else(|| postcode(all, at))
}

/// `Storgatan 12 B`, `storgatan 12`, `Bergsstigen`, `Torget 4`, `Olof Palmes gata`.
fn street(all: &Tokens<'_>, at: usize) -> Option<usize> {
    let word = all.word(at)?;
    let lower = word.lower.strip_suffix('s').filter(|stem| ends(stem).is_some()).unwrap_or(&word.lower);
    let ending = ends(lower)?;
    let stem = lower.strip_suffix(ending).unwrap_or_default();
    let (capital, number) = (word.is_capitalised(), all.number(at + 1, 1..=4).is_some());
    let is_street = if stem.is_empty() {
        // `på vägen 3 gånger` is none; `Torget 4` and `Eriks gata 2` are.
        let named = |place| all.before(at, place).is_some_and(Token::is_capitalised);
        let owner = named(1) && all.before(at, 1).is_some_and(|token| token.lower.ends_with('s'));
        number && (capital || owner) || owner && named(2)
    } else if GENERIC.contains(&stem) {
        number && capital
    } else {
        number || capital && NAMING.contains(&ending)
    };
    is_street.then(|| past_number(all, at + 1))
}

fn ends(word: &str) -> Option<&'static str> {
    ENDINGS.into_iter().find(|ending| word.ends_with(ending))
}

/// The token after the number of a house there, with its letter, if there is one.
fn past_number(all: &Tokens<'_>, at: usize) -> usize {
    if all.number(at, 1..=4).is_none() {
        return at;
    }
    let letter = all.word(at + 1).is_some_and(|word| matches!(word.lower.as_str(), "a" | "b" | "c" | "d" | "e" | "f"));
    at + 1 + usize::from(letter)
}

/// `Box 123`, `lgh 1203`.
fn dwelling(all: &Tokens<'_>, at: usize) -> Option<usize> {
    all.word(at).filter(|word| BOXES.contains(&word.lower.as_str()))?;
    let number = all.past(at + 1, &['.', ':']);
    all.digits(number).map(|_| number + 1)
}

/// `662 31`, `SE-662 31`, `66231 Åmål`.
fn postcode(all: &Tokens<'_>, at: usize) -> Option<usize> {
    let digits = all.digits(at).filter(|digits| !digits.starts_with('0'))?;
    let goes_on = |after| all.digits(after).is_some();
    match digits.len() {
        3 => {
            let parted = all.digits(at + 1).is_some_and(|last| last.len() == 2);
            (parted && !goes_on(at + 2)).then_some(at + 2)
        }
        5 => {
            let country = all.is_glued(at) && all.before(at, 2).is_some_and(|word| matches!(word.text, "S" | "SE"));
            let town = !all.is_glued(at + 1) && all.word(at + 1).is_some_and(Token::is_capitalised);
            (country || town).then_some(at + 1)
        }
        _ => None,
    }
}
