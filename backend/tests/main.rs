//! The backend against real databases: every test runs on SQLite, and on PostgreSQL when `TEST_DATABASE_URL` names one.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests fail by panicking, and so do what sets their stage"
)]

mod access_log;
mod accounts;
mod agenda;
mod audit;
mod cases;
mod crash;
mod demo;
mod figures;
mod municipality;
mod race;
mod rekeying;
mod room;
mod scan;
mod schema;
mod week;
mod world;
mod year;
