//! The schema, the same for SQLite and PostgreSQL, and the triggers that guard it beneath the program.
//!
//! Once a version of the program is released its migrations never change. A table that must change shape is rebuilt, and its
//! triggers with it: SQLite drops them silently.

pub use sea_orm_migration::prelude::*;

pub mod fingerprint;
pub mod guards;
pub mod m20261122_000001_people;
pub mod m20261122_000002_municipality;
pub mod m20261122_000003_case;
pub mod m20261122_000004_meeting;
pub mod m20261122_000005_minutes;
pub mod m20261122_000006_outside;
pub mod m20261122_000006_retention;
pub mod m20261122_000007_guards;
mod refers;

/// All migrations in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_people::Migration),
            Box::new(m20261122_000002_municipality::Migration),
            Box::new(m20261122_000003_case::Migration),
            Box::new(m20261122_000004_meeting::Migration),
            Box::new(m20261122_000005_minutes::Migration),
            Box::new(m20261122_000006_outside::Migration),
            Box::new(m20261122_000006_retention::Migration),
            Box::new(m20261122_000007_guards::Migration),
        ]
    }
}
