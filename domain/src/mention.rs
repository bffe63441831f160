//! Other persons mentioned in a text: what is told of them needs their own consent (C21, M9).
//!
//! Only words of kinship and partnership can be known beforehand; names cannot. Guardians are what a case is about and are
//! found by other words than `vårdnadshavare`, which is left alone.

use std::ops::Range;

/// What kin and partners are called, without inflection. `far` is left out: it is a verb in most minutes.
const STEMS: &[&str] = &[
    "bonusbarn",
    "bror",
    "bröder",
    "broder",
    "brorsa",
    "dotter",
    "döttrar",
    "fader",
    "farbror",
    "farfar",
    "farmor",
    "fasters",
    "faster",
    "flickvän",
    "fästman",
    "fästmö",
    "kusin",
    "lillasyster",
    "mamma",
    "mammor",
    "make",
    "maka",
    "moder",
    "morbror",
    "morfar",
    "mormor",
    "morsa",
    "moster",
    "pappa",
    "pappor",
    "farsa",
    "pojkvän",
    "sambo",
    "svåger",
    "svägerska",
    "syskon",
    "syskonbarn",
    "syster",
    "systrar",
    "särbo",
];

/// Whole words that no stem and ending make.
const WORDS: &[&str] =
    &["brodern", "broderns", "fadern", "faderns", "modern", "moderns", "mor", "mors", "dottern", "dotterns"];

/// What may stand before a stem: `storasyster`, `halvbror`, `styvpappa`.
const PREFIXES: &[&str] = &[
    "adoptiv", "bonus", "extra", "foster", "gammel", "halv", "hel", "lilla", "lill", "lille", "plast", "stor", "stora",
    "store", "styv", "svär", "tvilling",
];

/// What may stand after a stem.
const ENDINGS: &[&str] = &[
    "", "s", "n", "ns", "en", "ens", "et", "ets", "er", "ers", "erna", "ernas", "na", "nas", "or", "ors", "orna",
    "ornas", "ar", "ars", "arna", "arnas", "rna", "rnas", "ne", "nes", "nen", "r", "rs", "e", "es",
];

/// The places of words for other persons, as byte ranges, in order.
#[must_use]
pub fn mentions(text: &str) -> Vec<Range<usize>> {
    words(text).filter(|at| text.get(at.clone()).is_some_and(|word| is_person(&word.to_lowercase()))).collect()
}

/// The words for other persons in several texts, in small letters, each once, in the order they come.
#[must_use]
pub fn mentioned<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        for at in mentions(text) {
            let word = text.get(at).unwrap_or_default().to_lowercase();
            if !all.contains(&word) {
                all.push(word);
            }
        }
    }
    all
}

fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let tail = text.get(rest..)?;
        let start = rest + tail.find(char::is_alphabetic)?;
        let word = text.get(start..)?;
        let end = start + word.find(|character: char| !character.is_alphabetic()).unwrap_or(word.len());
        rest = end;
        Some(start..end)
    })
}

fn is_person(word: &str) -> bool {
    WORDS.contains(&word)
        || is_kin(word)
        || PREFIXES.iter().filter_map(|prefix| word.strip_prefix(prefix)).any(|rest| is_kin(rest) || rest == "mor")
}

fn is_kin(word: &str) -> bool {
    STEMS.iter().filter_map(|stem| word.strip_prefix(stem)).any(|ending| ENDINGS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<&str> {
        mentions(text).into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn m9_kin_are_found_in_every_form_of_their_word() {
        assert_eq!(found("Storasyster var med vid det ena."), ["Storasyster"]);
        assert_eq!(found("Mammans sambo och två halvsyskon"), ["Mammans", "sambo", "halvsyskon"]);
        assert_eq!(
            found("systrarna, lillebrors skola; kusinen. Styvpappan, svärmor"),
            ["systrarna", "lillebrors", "kusinen", "Styvpappan", "svärmor",]
        );
        assert_eq!(found("Modern och fadern, mormors hus, mor"), ["Modern", "fadern", "mormors", "mor"]);
    }

    #[test]
    fn what_every_text_of_minutes_holds_is_left_alone() {
        let text = "Barnet far illa. Vårdnadshavarna är positiva. Brodera, moderat, morgon, farligt, maken är till för tid, maket.";
        assert_eq!(found(text), ["maken"]);
        assert!(found("Skolan: närvaron har gått från 31 till 54 procent. Mentorn återkopplar.").is_empty());
    }

    #[test]
    fn a_word_is_told_once() {
        assert_eq!(mentioned(["Syster och syster", "Brodern, SYSTER"]), ["syster", "brodern"]);
    }

    proptest! {
        #[test]
        fn places_are_whole_words_in_order(text in any::<String>()) {
            let mut reached = 0;
            for at in mentions(&text) {
                prop_assert!(at.start >= reached && at.start < at.end);
                prop_assert!(text[at.clone()].chars().all(char::is_alphabetic));
                reached = at.end;
            }
        }
    }
}
