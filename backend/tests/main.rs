//! The backend against real databases: every test runs on SQLite, and on PostgreSQL when `TEST_DATABASE_URL` names one.

mod cases;
mod crash;
mod municipality;
mod room;
mod schema;
mod world;
