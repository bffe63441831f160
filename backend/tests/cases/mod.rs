//! Cases and consents, from registration to withdrawal.

mod registration;
mod stage;
