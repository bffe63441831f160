//! Cases and consents, from registration to withdrawal.

mod consent;
mod registration;
mod stage;
mod withdrawal;
