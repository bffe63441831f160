//! Opening a database: `sqlite:///path/file.db` or `postgres://…`.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};

use crate::{Error, Result};

/// The first SQLite without the WAL-reset fault that could corrupt a file (F3).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// Opens a database with the settings everything here relies on. Applies no migrations.
///
/// # Errors
/// When it cannot be reached, or SQLite is older than 3.51.3.
pub async fn open(url: &str) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).acquire_timeout(Duration::from_secs(3)).connect_timeout(Duration::from_secs(5));
    if url.starts_with("sqlite:") {
        options.max_connections(8).min_connections(1);
        options.map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(5))
                .foreign_keys(true)
                // Without it INSERT OR REPLACE slips past the append-only triggers (F14).
                .pragma("recursive_triggers", "ON")
                // What is erased is written over in the file, and not only let go of (A5).
                .pragma("secure_delete", "ON")
                .pragma("mmap_size", "0")
        });
    } else {
        options.max_connections(16).min_connections(1);
    }
    let db = Database::connect(options).await?;
    if db.get_database_backend() == DbBackend::Sqlite {
        let version = sqlite_version(&db).await?;
        if version < OLDEST_SQLITE {
            tracing::error!(?version, oldest = ?OLDEST_SQLITE, "SQLite is too old to be trusted with the file");
            return Err(Error::Database(sea_orm::DbErr::Custom("SQLite is older than 3.51.3".into())));
        }
    }
    Ok(db)
}

async fn sqlite_version(db: &DatabaseConnection) -> Result<(u32, u32, u32)> {
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, "SELECT sqlite_version()")).await?;
    let text: String = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    let mut parts = text.split('.').map(|part| part.parse().unwrap_or(0));
    Ok((parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0)))
}
