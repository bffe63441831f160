//! Queries by noun: rows to domain values and back. The only place that sees entities.

pub(crate) mod agenda;
pub(crate) mod assignment;
pub(crate) mod audit;
pub(crate) mod case;
pub(crate) mod child;
pub(crate) mod closed_day;
pub(crate) mod consent;
pub(crate) mod feed;
pub(crate) mod form;
pub(crate) mod forum;
pub(crate) mod gate;
pub(crate) mod installation;
pub(crate) mod invitation;
pub(crate) mod job;
pub(crate) mod meeting;
pub(crate) mod minutes;
pub(crate) mod person;
pub(crate) mod room;
pub(crate) mod roster;
pub(crate) mod seat;
pub(crate) mod series;
pub(crate) mod session;
pub(crate) mod suspension;
pub(crate) mod undertaking;
pub(crate) mod unit;
