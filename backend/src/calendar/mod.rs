//! Personal calendars as RFC 5545 text: feeds, invitations by mail and the answers to these.

mod event;
mod invite;
mod line;
pub(crate) mod memory;
mod reply;

pub use event::{Alarm, Occurrence, calendar, file};
pub use invite::{Asked, Method, message};
pub use memory::Calendar;
pub use reply::{Reply, replies};
