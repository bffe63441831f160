//! Personal calendar feeds as RFC 5545 text.

mod event;
mod line;

pub use event::{Occurrence, calendar};
