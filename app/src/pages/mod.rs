//! The pages, by area. Each awaits one function of `backend::view` and renders what it gets.

pub mod access_log;
pub mod account;
pub mod actions;
pub mod agenda;
pub mod calendar;
pub mod case;
pub mod figures;
pub mod help;
pub mod invitation;
pub mod meetings;
pub mod minutes;
pub mod municipality;
pub mod people;
pub mod problem;
pub mod retention;
pub mod review;
pub mod room;
pub mod week;
pub mod year;
