//! What is for hands: the only part of the product compiled for the browser beside texts and marks.

mod session_expiry;

pub use session_expiry::{IDLE, SessionExpiry};
