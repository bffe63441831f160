//! The list of meetings, and moving or cancelling one.

mod list;
mod move_meeting;

pub use list::MeetingsPage;
pub use move_meeting::MoveMeetingPage;
