//! The meeting room, minutes and their review.

mod consultation;
mod live;
mod reading;
mod review;
pub mod stage;
mod taking_up;
mod writing;
