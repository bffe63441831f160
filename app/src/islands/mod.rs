//! What is for hands: the only part of the product compiled for the browser beside texts and marks.

mod agenda_board;
mod autosave;
mod consent_says;
mod fill_date;
mod live;
mod session_expiry;

pub use agenda_board::AgendaBoard;
pub use autosave::Autosave;
pub use consent_says::ConsentSays;
pub use fill_date::FillDate;
pub use live::WATCHES;
mod item_clock;
mod print_page;
mod review_keys;
mod room_watch;

pub use item_clock::ItemClock;
pub use print_page::PrintPage;
pub use review_keys::ReviewKeys;
pub use room_watch::RoomWatch;
pub use session_expiry::{IDLE, SessionExpiry};
