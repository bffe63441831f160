//! Server functions: changes only, one file per noun, ten lines each. Each takes text as typed, calls one use case and says where
//! to go next. All are POST to a fixed address under `/api/`.

pub mod access_log;
pub mod account;
pub mod agenda;
pub mod calendar;
pub mod case;
pub mod consent;
pub mod frame;
pub mod invitation;
pub mod minutes;
pub mod municipality;
pub mod people;
pub mod proposal;
pub mod protection;
pub mod retention;
pub mod review;
pub mod room;
pub mod series;
pub mod undertaking;
