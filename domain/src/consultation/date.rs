//! Dates: the day of a year, however it is written, and a birthday without its year.

use super::token::Tokens;
use crate::text::month_named;

/// The days of a month as words.
const ORDINALS: [&str; 31] = [
    "första",
    "andra",
    "tredje",
    "fjärde",
    "femte",
    "sjätte",
    "sjunde",
    "åttonde",
    "nionde",
    "tionde",
    "elfte",
    "tolfte",
    "trettonde",
    "fjortonde",
    "femtonde",
    "sextonde",
    "sjuttonde",
    "artonde",
    "nittonde",
    "tjugonde",
    "tjugoförsta",
    "tjugoandra",
    "tjugotredje",
    "tjugofjärde",
    "tjugofemte",
    "tjugosjätte",
    "tjugosjunde",
    "tjugoåttonde",
    "tjugonionde",
    "trettionde",
    "trettioförsta",
];

/// What words of birth and birthdays begin with.
const BIRTH: [&str; 6] = ["född", "fött", "födelse", "fyll", "born", "birth"];

/// The token after the date that begins there.
pub(super) fn date(all: &Tokens<'_>, at: usize) -> Option<usize> {
    whole(all, at)
        .or_else(|| year_first(all, at))
        .or_else(|| in_figures(all, at))
        .or_else(|| with_month_named(all, at))
        .or_else(|| birthday(all, at))
}

/// `20150312`, `150312`; with 60 added to the day as in a samordningsnummer.
fn whole(all: &Tokens<'_>, at: usize) -> Option<usize> {
    let text = all.digits(at)?;
    let number: u32 = text.parse().ok()?;
    let fits = is_month(number / 100 % 100) && is_counted_day(number % 100);
    (fits && (text.len() == 6 || text.len() == 8 && is_year(number / 10_000))).then_some(at + 1)
}

/// `2015-03-12`, `2015/3/12`, `2015 03 12`.
fn year_first(all: &Tokens<'_>, at: usize) -> Option<usize> {
    all.number(at, 4..=4).filter(|year| is_year(*year))?;
    let (month, _) = joint(all, at + 1)?;
    all.number(month, 1..=2).filter(|month| is_month(*month))?;
    let (day, _) = joint(all, month + 1)?;
    all.number(day, 1..=2).filter(|day| is_counted_day(*day)).map(|_| day + 1)
}

/// `12/3 2015`, `12.3.2015`, `12/3-15`, `15-03-12`. Times such as `9.10–10` are none.
fn in_figures(all: &Tokens<'_>, at: usize) -> Option<usize> {
    let first = all.number(at, 1..=2)?;
    let (second_at, one) = joint(all, at + 1)?;
    let second = all.number(second_at, 1..=2)?;
    let (third_at, other) = joint(all, second_at + 1)?;
    let day_and_month = is_day(first) && is_month(second);
    if all.number(third_at, 4..=4).is_some_and(is_year) {
        let written = one == other || matches!(one, '/' | '.');
        return (day_and_month && written).then_some(third_at + 1);
    }
    let third = all.number(third_at, 2..=2)?;
    let written = one == other && one != ' ' || (one, other) == ('/', '-');
    let is_date = day_and_month || is_month(second) && is_day(third);
    // `10-11-12-åringar`, and a time that goes on.
    let goes_on = all.is_glued(third_at + 1) && all.mark(third_at + 1).is_some() && all.is_glued(third_at + 2);
    (written && is_date && !goes_on).then_some(third_at + 1)
}

/// `12 mars 2015`, `12:e mars -15`, `den tolfte mars 2015`, `March 12, 2015`.
fn with_month_named(all: &Tokens<'_>, at: usize) -> Option<usize> {
    if is_month_name(all, at) {
        let day = all.past(at + 1, &['.']);
        all.number(day, 1..=2).filter(|day| is_day(*day))?;
        let year = all.past(past_ending(all, day + 1), &[',']);
        return year_at(all, year);
    }
    let month = month_after_day(all, at)?;
    year_at(all, all.past(all.past(month + 1, &['.']), &[',']))
}

/// The place of the month's name after the day that begins there.
fn month_after_day(all: &Tokens<'_>, at: usize) -> Option<usize> {
    let in_words = all.word(at).is_some_and(|word| ORDINALS.contains(&word.lower.as_str()));
    let in_figures = all.number(at, 1..=2).is_some_and(is_day);
    let ending = past_ending(all, at + 1);
    let month = ending + usize::from(all.word(ending).is_some_and(|word| word.lower == "of"));
    ((in_words || in_figures) && is_month_name(all, month)).then_some(month)
}

/// `född 12 mars`, `fyller den 12/3`, `född i mars 2015`: with a word of birth before it, less than a whole date is enough.
fn birthday(all: &Tokens<'_>, at: usize) -> Option<usize> {
    let end = if let Some(month) = month_after_day(all, at) {
        month + 1
    } else if is_month_name(all, at) {
        year_at(all, all.past(at + 1, &['.']))?
    } else {
        all.number(at, 1..=2).filter(|day| is_day(*day))?;
        let (month, slash) = joint(all, at + 1)?;
        all.number(month, 1..=2).filter(|month| is_month(*month) && slash == '/').map(|_| month + 1)?
    };
    speaks_of_birth(all, at).then_some(end)
}

/// Whether one of the few words before is of birth, in the same sentence.
fn speaks_of_birth(all: &Tokens<'_>, at: usize) -> bool {
    for place in 1..=5 {
        let Some(token) = all.before(at, place) else { return false };
        let short = |place| all.before(at, place).is_some_and(|word| word.lower == "f");
        if BIRTH.iter().any(|start| token.lower.starts_with(start)) || token.text == "." && short(place + 1) {
            return true;
        }
        if matches!(token.text, "." | "!" | "?") {
            return false;
        }
    }
    false
}

/// The token after the year there: four digits, or `-15` and `’15`.
fn year_at(all: &Tokens<'_>, at: usize) -> Option<usize> {
    if all.number(at, 4..=4).is_some_and(is_year) {
        return Some(at + 1);
    }
    let short =
        matches!(all.mark(at)?, '-' | '\'' | '’') && all.is_glued(at + 1) && all.number(at + 1, 2..=2).is_some();
    short.then_some(at + 2)
}

/// What joins two parts of a date: the place of the second, and the mark, or a space.
fn joint(all: &Tokens<'_>, at: usize) -> Option<(usize, char)> {
    match all.mark(at) {
        Some(mark @ ('-' | '/' | '.')) => Some((at + 1, mark)),
        _ => (!all.is_glued(at)).then_some((at, ' ')),
    }
}

/// The token after the ending of an ordinal: `12:e`, `1a`, `12th`.
fn past_ending(all: &Tokens<'_>, at: usize) -> usize {
    let ending = all.past(at, &[':']);
    let is_ending = |word: &str| matches!(word, "e" | "a" | "de" | "th" | "st" | "nd" | "rd");
    let there = all.is_glued(at) && all.is_glued(ending) && all.word(ending).is_some_and(|word| is_ending(&word.lower));
    if there { ending + 1 } else { at }
}

fn is_month_name(all: &Tokens<'_>, at: usize) -> bool {
    all.word(at).is_some_and(|word| month_named(&word.lower).is_some())
}

/// A year somebody we may hear of can be born in.
const fn is_year(year: u32) -> bool {
    matches!(year, 1900..=2099)
}

const fn is_month(month: u32) -> bool {
    matches!(month, 1..=12)
}

const fn is_day(day: u32) -> bool {
    matches!(day, 1..=31)
}

/// A day, or one of a samordningsnummer.
const fn is_counted_day(day: u32) -> bool {
    matches!(day, 1..=31 | 61..=91)
}
