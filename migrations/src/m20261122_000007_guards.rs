//! The triggers that refuse what the program must never do, on both engines.

use crate::guards::{Engine, drop_all, statements};
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The triggers that refuse what the program must never do, on both engines.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true) // SQLite would otherwise run it bare
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        run(schema, statements(engine(schema))).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        run(schema, drop_all(engine(schema))).await
    }
}

fn engine(schema: &SchemaManager<'_>) -> Engine {
    match schema.get_database_backend() {
        DbBackend::Postgres => Engine::Postgres,
        _ => Engine::Sqlite,
    }
}

async fn run(schema: &SchemaManager<'_>, statements: Vec<String>) -> Result<(), DbErr> {
    for statement in statements {
        schema.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}
