//! Queries by noun: rows to domain values and back. The only place that sees entities.

pub(crate) mod audit;
pub(crate) mod case;
pub(crate) mod gate;
pub(crate) mod installation;
