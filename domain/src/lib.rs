//! The rules of Samverkan, pure: no I/O, no clock, no async, no randomness.
//!
//! Rule ids in the documentation (R1, C13, V2 …) are those of the domain research the product stands on. Instants are
//! UTC; dates and times of day are local to Europe/Stockholm; every interval of dates includes both its ends.
#![forbid(unsafe_code)]

#[macro_use]
mod code;

pub mod access_log_review;
pub mod age;
pub mod agenda;
pub mod calendar;
pub mod case_file;
pub mod case_ref;
pub mod closed_day;
pub mod consent;
pub mod consultation;
pub mod export;
pub mod figures;
pub mod flaw;
pub mod id;
pub mod identity;
pub mod meeting;
pub mod mention;
pub mod minutes;
pub mod needs;
pub mod order;
pub mod paper;
pub mod proposal;
pub mod refusal;
pub mod retention;
pub mod review;
pub mod room;
pub mod routing;
pub mod seat;
pub mod series;
pub mod text;
pub mod time;
pub mod unit;
pub mod visibility;
pub mod year;

pub use code::UnknownCode;
