//! Cases and consents, from registration to withdrawal.

mod consent;
mod registration;
pub mod stage;
mod withdrawal;
