//! The backend against real databases: every test runs on SQLite, and on PostgreSQL when `TEST_DATABASE_URL` names one.
#![expect(missing_docs, reason = "tests are sentences; their names say it")]

mod municipality;
mod schema;
mod world;
