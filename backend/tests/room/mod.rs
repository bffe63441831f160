//! The meeting room, minutes and their review.

mod reading;
mod review;
pub mod stage;
mod taking_up;
mod writing;
