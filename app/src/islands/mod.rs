//! What is for hands: the only part of the product compiled for the browser beside texts and marks.

mod agenda_board;
mod consent_says;
mod fill_date;
mod session_expiry;

pub use agenda_board::AgendaBoard;
pub use consent_says::{ConsentSays, Grid};
pub use fill_date::FillDate;
pub use session_expiry::{IDLE, SessionExpiry};
