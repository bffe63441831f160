//! The rules of consent (C1–C26), each alone and over cases of every shape.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot set up fails")]

mod cases;
mod coverage;
mod period;
mod recording;
mod rules;
mod truth_table;
mod windows;
