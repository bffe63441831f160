//! Whether a database's schema is still what the migrations made: a trigger somebody dropped, or a table somebody altered by
//! hand, would take the walls away without a sound (F14).

use std::collections::BTreeMap;

use sea_orm_migration::{
    MigratorTrait as _,
    sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement},
};

use crate::{
    Migrator,
    guards::{Engine, statements},
};

/// The names of what is missing, changed or was added. Empty when all is as it was made.
///
/// On SQLite every table, index and trigger is held against a fresh schema in memory. On PostgreSQL, which does not keep the
/// text it was given, the guards are: the functions' bodies, and that every trigger is there and fires.
///
/// # Errors
/// When the database cannot be read.
pub async fn differences(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let (is, should) = if db.get_database_backend() == DbBackend::Postgres {
        (guards_of(db).await?, guards_meant())
    } else {
        // One connection: in memory each has a database of its own.
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1).min_connections(1).sqlx_logging(false);
        let fresh = Database::connect(options).await?;
        Migrator::up(&fresh, None).await?;
        (schema_of(db).await?, schema_of(&fresh).await?)
    };
    let mut names: Vec<String> = should.iter().filter(|(name, text)| is.get(*name) != Some(text)).map(named).collect();
    names.extend(is.iter().filter(|(name, _)| !should.contains_key(*name)).map(named));
    Ok(names)
}

fn named((name, _): (&String, &String)) -> String {
    name.clone()
}

async fn pairs(db: &DatabaseConnection, sql: &str) -> Result<BTreeMap<String, String>, DbErr> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    rows.into_iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

async fn schema_of(db: &DatabaseConnection) -> Result<BTreeMap<String, String>, DbErr> {
    let sql = "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema \
               WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'seaql\\_%' ESCAPE '\\'";
    pairs(db, sql).await
}

async fn guards_of(db: &DatabaseConnection) -> Result<BTreeMap<String, String>, DbErr> {
    let functions = "SELECT 'function ' || p.proname::text, p.prosrc FROM pg_proc p \
                     JOIN pg_namespace n ON n.oid = p.pronamespace \
                     WHERE n.nspname = current_schema() AND p.proname LIKE 'guard\\_%'";
    // An enabled trigger says O; one that was switched off says D, and one for replicas only R.
    let triggers = "SELECT 'trigger ' || c.relname::text || '.' || t.tgname::text, p.proname::text || ' ' || t.tgenabled::text \
                    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid \
                    JOIN pg_namespace n ON n.oid = c.relnamespace \
                    WHERE n.nspname = current_schema() AND NOT t.tgisinternal";
    let mut all = pairs(db, functions).await?;
    all.extend(pairs(db, triggers).await?);
    Ok(all)
}

/// What the guards' own statements say, in the words of PostgreSQL's catalogues.
fn guards_meant() -> BTreeMap<String, String> {
    statements(Engine::Postgres)
        .iter()
        .filter_map(|statement| function(statement).or_else(|| trigger(statement)))
        .collect()
}

fn function(statement: &str) -> Option<(String, String)> {
    let (head, rest) = statement.strip_prefix("CREATE FUNCTION ")?.split_once("$$")?;
    let name = head.split_once('(')?.0;
    Some((format!("function {name}"), rest.split_once("$$")?.0.to_owned()))
}

fn trigger(statement: &str) -> Option<(String, String)> {
    let words: Vec<&str> = statement.strip_prefix("CREATE TRIGGER ")?.split(' ').collect();
    let table = words.iter().position(|word| *word == "ON").and_then(|at| words.get(at + 1))?;
    let function = words.last()?.trim_end_matches("()");
    Some((format!("trigger {table}.{}", words.first()?), format!("{function} O")))
}
