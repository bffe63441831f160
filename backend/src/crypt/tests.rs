use super::*;
use crate::random::SeededRandom;

fn keys(seed: u64) -> Keys {
    Keys::read(&Keys::generate(&SeededRandom::new(seed))).unwrap()
}

/// The same ring with another key, in use or only known.
fn with_second(keys: &Keys, in_use: bool) -> Keys {
    let (text, number) = keys.with_another(&SeededRandom::new(99)).unwrap();
    let ring = Keys::read(&text).unwrap();
    if in_use { Keys::read(&ring.with_first(number).unwrap()).unwrap() } else { ring }
}

fn place(row: u128) -> Place {
    Place { column: "case_file.name", row: Uuid::from_u128(row) }
}

#[test]
fn a_sealed_value_opens_only_in_its_place() {
    let (keys, random) = (keys(1), SeededRandom::new(2));
    let sealed = keys.seal(&random, place(1), "Åsa".as_bytes()).unwrap();
    assert_eq!(keys.open_text(place(1), &sealed).unwrap(), "Åsa");
    assert_eq!(keys.open(place(2), &sealed), Err(SealBroken::Opened));
    assert_eq!(keys.open(Place { column: "guardian.name", ..place(1) }, &sealed), Err(SealBroken::Opened));
    assert!(!sealed.windows(4).any(|four| four == "Åsa".as_bytes()));
}

#[test]
fn a_changed_byte_never_opens() {
    let (keys, random) = (keys(1), SeededRandom::new(3));
    let case = CaseKey::new(&random, Uuid::from_u128(5));
    let (of_none, of_case) = (keys.seal(&random, place(7), b"text"), case.seal(&random, place(7), b"text"));
    let (of_none, of_case) = (of_none.unwrap(), of_case.unwrap());
    for at in 0..of_none.len() {
        let changed = |sealed: &[u8]| {
            let mut changed = sealed.to_vec();
            changed[at] ^= 1;
            changed
        };
        assert!(keys.open(place(7), &changed(&of_none)).is_err(), "byte {at}");
        assert!(case.open(place(7), &changed(&of_case)).is_err(), "byte {at} of a case's");
    }
}

/// CRY-01, CRY-05: what can be lost while its case stays opens with its own key alone, at home alone, and with no byte changed.
#[test]
fn cry_05_what_has_a_key_of_its_own_opens_with_that_alone() {
    let random = SeededRandom::new(6);
    let (case, other) = (CaseKey::new(&random, Uuid::from_u128(5)), CaseKey::new(&random, Uuid::from_u128(6)));
    let places = |row| (Place { column: "draft_key.sealed", ..place(row) }, place(row));
    let [one, two] = [1, 2].map(|row| case.seal_apart(&random, places(row), "Åsa".as_bytes()).unwrap());
    assert_eq!(case.open_apart(places(1), &one).unwrap(), "Åsa");
    assert!(!one.sealed.windows(4).any(|four| four == "Åsa".as_bytes()));
    assert!(case.open(place(1), &one.sealed).is_err(), "the case's key alone opens nothing of it");
    let changed = |bytes: &[u8]| {
        let mut changed = bytes.to_vec();
        *changed.last_mut().unwrap() ^= 1;
        changed
    };
    for (what, key, sealed, row) in [
        ("another's key", &two.key, &one.sealed, 1),
        ("another's text", &one.key, &two.sealed, 1),
        ("another's place", &one.key, &one.sealed, 2),
        ("no key", &Vec::new(), &one.sealed, 1),
        ("a changed key", &changed(&one.key), &one.sealed, 1),
        ("a changed text", &one.key, &changed(&one.sealed), 1),
    ] {
        let apart = Apart { key: key.clone(), sealed: sealed.clone() };
        assert!(case.open_apart(places(row), &apart).is_err(), "{what}");
    }
    assert!(case.open_apart((places(1).0, place(2)), &one).is_err(), "its key, another's place");
    assert!(other.open_apart(places(1), &one).is_err(), "another case");
}

/// CRY-01: no value opens where another one stands, whichever two change places.
#[test]
fn cry_01_ten_thousand_pairs_change_places_and_none_opens() {
    let (keys, random) = (keys(1), SeededRandom::new(4));
    let cases: Vec<CaseKey> = (0..10).map(|case| CaseKey::new(&random, Uuid::from_u128(case))).collect();
    let columns = ["case_file.name", "guardian.name", "minutes_revision.body", "consent.words"];
    let mut values = Vec::new();
    for case in &cases {
        for (row, column) in (0_u128..).zip(columns.iter().cycle().take(16)) {
            let place = Place { column, row: Uuid::from_u128(row / 4) };
            values.push((Some(case), place, case.seal(&random, place, b"secret").unwrap()));
        }
    }
    for row in 0..16 {
        values.push((None, place(row), keys.seal(&random, place(row), b"secret").unwrap()));
    }
    let open = |(case, place, _): &(Option<&CaseKey>, Place, Vec<u8>), sealed: &[u8]| match case {
        Some(case) => case.open(*place, sealed),
        None => keys.open(*place, sealed),
    };
    assert!(values.iter().all(|value| open(value, &value.2).unwrap() == b"secret"), "each opens at home");
    let mut tried = 0_u32;
    for (one, here) in values.iter().enumerate() {
        for (other, there) in values.iter().enumerate() {
            if one != other {
                assert!(open(here, &there.2).is_err(), "{one} opened {other}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 10_000, "{tried}");
}

#[test]
fn weak_and_malformed_keys_are_refused() {
    let digits = "0123456789abcdef".repeat(4);
    let flaw = |text: &str| Keys::read(text).unwrap_err();
    assert_eq!(flaw(&format!("1 {}", "00".repeat(32))), KeyFlaw::Weak);
    for text in [&*digits, "1 abcd", "1 zz", &format!("0 {digits}"), &format!("256 {digits}"), &format!("x {digits}")] {
        assert_eq!(flaw(text), KeyFlaw::Form, "{text}");
    }
    assert_eq!(flaw(" \n\n"), KeyFlaw::None);
    assert_eq!(flaw(&format!("1 {digits}\n2 {digits}\n")), KeyFlaw::Twice);
    assert_eq!(flaw(&format!("1 {digits}\n1 {}\n", "fedcba9876543210".repeat(4))), KeyFlaw::Twice);
    assert_eq!(Keys::read(&format!("\n 7 {}\n", digits.to_uppercase())).unwrap().numbers(), [7]);
}

#[test]
fn a_key_is_added_used_and_taken_away_in_three_steps() {
    let random = SeededRandom::new(6);
    let old = keys(1);
    let sealed = old.seal(&random, place(1), b"before").unwrap();

    let known = with_second(&old, false);
    assert_eq!((known.in_use(), known.numbers()), (1, vec![1, 2]));
    let used = with_second(&old, true);
    assert_eq!((used.in_use(), used.numbers()), (2, vec![2, 1]));
    assert_eq!(used.without(2), None, "the key in use stays");
    assert_eq!(used.without(9), None);
    let alone = Keys::read(&used.without(1).unwrap()).unwrap();
    assert_eq!(alone.numbers(), [2]);
    assert_eq!(used.with_first(9), None);

    assert_eq!(used.open(place(1), &sealed).unwrap(), b"before");
    assert_eq!(alone.open(place(1), &sealed), Err(SealBroken::Key));
    assert_eq!(Keys::number_of(&sealed), Some(1));
    let later = used.seal(&random, place(1), b"after").unwrap();
    assert_eq!(known.open(place(1), &later).unwrap(), b"after", "whoever knows the next key reads what it sealed");
    assert_eq!(old.open(place(1), &later), Err(SealBroken::Key));
    assert_eq!(Keys::number_of(&later), Some(2));
}

#[test]
fn what_is_hashed_goes_by_the_key_it_was_hashed_with() {
    let old = keys(1);
    let used = with_second(&old, true);
    assert_eq!(used.indexes("number", "1"), [used.index("number", "1"), old.index("number", "1")]);
    assert_ne!(used.index("number", "1"), old.index("number", "1"));
    assert_eq!(used.pepper(1, "word").unwrap(), old.pepper(1, "word").unwrap());
    assert_ne!(used.pepper(2, "word").unwrap(), old.pepper(1, "word").unwrap());
    assert!(old.pepper(2, "word").is_none());
    let link = old.chain(&[0; 32], b"entry");
    assert_eq!(used.bound_by(&[0; 32], b"entry", &link), Some(1));
    assert_eq!(used.bound_by(&[1; 32], b"entry", &link), None);
    assert_eq!(old.bound_by(&[0; 32], b"entry", &used.chain(&[0; 32], b"entry")), None);
}

#[test]
fn a_case_s_key_is_renewed_and_what_it_sealed_still_opens() {
    let random = SeededRandom::new(8);
    let old = keys(1);
    let (case, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let first = CaseKey::new(&random, case);
    let sealed = first.seal(&random, place(1), b"before").unwrap();
    let kept = first.wrapped(&old, &random).unwrap();
    let [kept] = &*kept else { panic!("one generation") };
    assert_eq!((kept.generation, kept.root), (1, 1));

    let used = with_second(&old, true);
    let opened = CaseKey::open_with(&used, case, [(1, &*kept.sealed)]).unwrap();
    let renewed = opened.renewed(&random).unwrap();
    let later = renewed.seal(&random, place(1), b"after").unwrap();
    let all = renewed.wrapped(&used, &random).unwrap();
    assert_eq!(all.iter().map(|one| (one.generation, one.root)).collect::<Vec<_>>(), [(1, 2), (2, 2)]);

    let alone = Keys::read(&used.without(1).unwrap()).unwrap();
    let again = CaseKey::open_with(&alone, case, all.iter().map(|one| (one.generation, &*one.sealed))).unwrap();
    assert_eq!(again.open(place(1), &sealed).unwrap(), b"before");
    assert_eq!(again.open(place(1), &later).unwrap(), b"after");

    let of_another = CaseKey::open_with(&alone, other, all.iter().map(|one| (one.generation, &*one.sealed)));
    assert_eq!(of_another.unwrap_err(), SealBroken::Opened);
    let renumbered = CaseKey::open_with(&alone, case, [(2, &*all[0].sealed)]);
    assert_eq!(renumbered.unwrap_err(), SealBroken::Opened);
    assert_eq!(CaseKey::open_with(&alone, case, [(1, &*kept.sealed)]).unwrap_err(), SealBroken::Key);
    assert_eq!(CaseKey::open_with(&alone, case, []).unwrap_err(), SealBroken::Key);
}
