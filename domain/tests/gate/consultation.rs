//! A2: what the guard of anonymous consultations takes for a school class, and what not.

use domain::consultation::{Known, Trace, guard};

/// The words of a text that are a class.
fn classes(text: &str) -> Vec<&str> {
    let found = guard(text, &Known::default());
    found.into_iter().filter(|one| one.trace == Trace::Class).map(|one| &text[one.at]).collect()
}

#[test]
fn a2_a_class_is_found_in_all_its_ways_and_as_far_as_it_goes() {
    for (text, class) in [
        ("Går i 7b.", "7b"),
        ("Går i 7 B nu", "7 B"),
        ("7Bs mentor", "7Bs"),
        ("7b-elever", "7b"),
        ("7 B-elever", "7 B"),
        ("åk.7b", "7b"),
        ("klass 7h", "7h"),
        ("Hon går i klass B nu", "B"),
        ("NA21b", "NA21b"),
    ] {
        assert_eq!(classes(text), [class], "{text}");
    }
}

#[test]
fn a2_what_only_looks_like_a_class_is_none() {
    for text in ["0b", "19:3 a", "7h", "7 h", "2 e-brev", "7 Bo", "6 as", "6 bs", "åk 4 i en liten skola", "åk F"] {
        assert_eq!(classes(text), Vec::<&str>::new(), "{text}");
    }
}
