//! Holds the rules against the vectors in `tests/vectors/`: every `*.json` there is read by its file name's prefix.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot read its vectors fails")]

mod vector;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// The vector files whose names start with a prefix, in order; there must be one at least.
fn files(prefix: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(prefix))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no vectors {prefix}*.json in {}", folder.display());
    files
}

/// Checks every vector of a kind and names the first that differs.
fn hold(prefix: &str, check: fn(&Value) -> Result<(), String>) {
    for file in files(prefix) {
        let vectors: Vec<Value> = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        assert!(!vectors.is_empty(), "{} is empty", file.display());
        for (number, vector) in vectors.iter().enumerate() {
            if let Err(difference) = check(vector) {
                panic!("{}, vector {number} (from 0): {difference}\n{vector:#}", file.display());
            }
        }
    }
}

/// R1, R3, R4, R5
#[test]
fn routing_is_as_in_the_vectors() {
    hold("routing", vector::routing::check);
}

/// C1–C3, C5–C7, C12, C13, C15, C16, C18, C26
#[test]
fn consent_is_as_in_the_vectors() {
    hold("consent", vector::consent::check);
}

/// V7
#[test]
fn the_order_of_an_agenda_is_as_in_the_vectors() {
    hold("agenda_order", vector::agenda_order::check);
}

#[test]
fn every_file_of_vectors_is_read() {
    for file in files("") {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let known = ["routing", "consent", "agenda_order"].iter().any(|prefix| name.starts_with(prefix));
        assert!(known, "no test reads {name}");
    }
}
