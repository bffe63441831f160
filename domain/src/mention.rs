//! Other persons mentioned in a text: what is told of them needs their own consent (C21, M9).
//!
//! Words of kinship and partnership can be known beforehand, and of names those the case itself holds. Guardians are what a case is
//! about and are found by other words than `vårdnadshavare`, which is left alone. Whoever reported a child is never told of (M10).

use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

coded! {
    /// By what another person is known.
    pub enum Who {
        /// A word of kinship or partnership.
        Kin => "kin",
        /// A name that is another's than the child's.
        Named => "named",
        /// Whoever reported the child (M10).
        Reporter => "reporter",
    }
}

/// Another person in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The place, in bytes.
    pub at: Range<usize>,
    /// By what they are known.
    pub who: Who,
}

/// A word for another person, as it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentioned {
    /// The word, in small letters.
    pub word: String,
    /// By what they are known.
    pub who: Who,
}

/// Names that are others' than the child's, word by word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(BTreeSet<String>);

impl Names {
    /// The words of these names that the child's own has not: guardians and children share a surname as a rule. Words of one or two
    /// letters are left out.
    #[must_use]
    pub fn of<'a>(others: impl IntoIterator<Item = &'a str>, child: &str) -> Self {
        let lower =
            |name: &'a str| words(name).filter_map(|at| name.get(at)).map(str::to_lowercase).collect::<Vec<_>>();
        let own: BTreeSet<String> = words(child).filter_map(|at| child.get(at)).map(str::to_lowercase).collect();
        let telling = |word: &String| word.chars().count() > 2 && !own.contains(word);
        Self(others.into_iter().flat_map(lower).filter(telling).collect())
    }

    /// Whether a word in small letters is one of them, or of one of them.
    fn hold(&self, word: &str) -> bool {
        self.0.contains(word) || word.strip_suffix('s').is_some_and(|name| self.0.contains(name))
    }
}

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

/// What whoever reported is called, without inflection.
const REPORTERS: &[&str] = &["anmälare", "uppgiftslämnare", "tipsare"];

/// Words that say that somebody reported.
const REPORTED: &[&str] = &["orosanmälde", "orosanmält", "anmälde"];

/// The places of words for other persons, in order.
#[must_use]
pub fn mentions(text: &str, names: &Names) -> Vec<Mention> {
    let found = |at: Range<usize>| {
        let who = who(&text.get(at.clone())?.to_lowercase(), names)?;
        Some(Mention { at, who })
    };
    words(text).filter_map(found).collect()
}

/// The words for other persons in several texts, each once, in the order they come.
#[must_use]
pub fn mentioned<'a>(texts: impl IntoIterator<Item = &'a str>, names: &Names) -> Vec<Mentioned> {
    let mut all: Vec<Mentioned> = Vec::new();
    for text in texts {
        for Mention { at, who } in mentions(text, names) {
            let word = text.get(at).unwrap_or_default().to_lowercase();
            if all.iter().all(|one| one.word != word) {
                all.push(Mentioned { word, who });
            }
        }
    }
    all
}

/// By what a word in small letters is known to be of another person; none where it is not.
fn who(word: &str, names: &Names) -> Option<Who> {
    if names.hold(word) {
        Some(Who::Named)
    } else if is_person(word) {
        Some(Who::Kin)
    } else if REPORTED.contains(&word) || inflected(REPORTERS, word) {
        Some(Who::Reporter)
    } else {
        None
    }
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
    inflected(STEMS, word)
}

fn inflected(stems: &[&str], word: &str) -> bool {
    stems.iter().filter_map(|stem| word.strip_prefix(stem)).any(|ending| ENDINGS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<&str> {
        mentions(text, &Names::default()).into_iter().map(|one| &text[one.at]).collect()
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
        let found = mentioned(["Syster och syster", "Brodern, SYSTER"], &Names::default());
        assert_eq!(found.iter().map(|one| one.word.as_str()).collect::<Vec<_>>(), ["syster", "brodern"]);
    }

    #[test]
    fn m9_names_of_others_are_found_and_the_childs_own_left_alone() {
        let names = Names::of(["Rut Provsson-Öberg", "Nils Provsson", "Bo Ek"], "Kim Provsson");
        let text = "Kim Provsson trivs. Rut och NILS tycker att Öbergs schema är bra. Ek, bo, nilsson.";
        let found: Vec<_> = mentions(text, &names).into_iter().map(|one| (&text[one.at], one.who)).collect();
        assert_eq!(found, [("Rut", Who::Named), ("NILS", Who::Named), ("Öbergs", Who::Named)]);
    }

    #[test]
    fn m10_whoever_reported_is_found_by_what_they_are_called() {
        let text = "Anmälaren ringde. Grannen orosanmälde. Hon är anmäld till simskola och har anmält sig.";
        let found: Vec<_> = mentions(text, &Names::default()).into_iter().map(|one| (&text[one.at], one.who)).collect();
        assert_eq!(found, [("Anmälaren", Who::Reporter), ("orosanmälde", Who::Reporter)]);
    }

    proptest! {
        #[test]
        fn places_are_whole_words_in_order(text in any::<String>(), name in any::<String>()) {
            let mut reached = 0;
            for Mention { at, .. } in mentions(&text, &Names::of([name.as_str()], "")) {
                prop_assert!(at.start >= reached && at.start < at.end);
                prop_assert!(text[at.clone()].chars().all(char::is_alphabetic));
                reached = at.end;
            }
        }
    }
}
