//! Personal calendar feeds as RFC 5545 text.

mod event;
mod line;
pub(crate) mod memory;

pub use event::{Occurrence, calendar};
pub use memory::Calendar;
