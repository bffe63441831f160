//! The meeting room, minutes and their review.

mod after_approval;
mod consultation;
mod door;
mod handing_over;
mod live;
mod notes;
mod reading;
mod review;
pub mod stage;
mod taking_up;
mod writing;
