//! Cases and consents, from registration to withdrawal.

pub mod circumstances;
mod consent;
mod disposal;
mod papers;
mod parties;
mod protected;
mod receipts;
mod registration;
mod sight;
pub mod stage;
mod withdrawal;
mod working_material;
