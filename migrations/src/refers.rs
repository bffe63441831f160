//! Keys to other tables, named alike everywhere.

use sea_orm_migration::prelude::{ForeignKey, ForeignKeyAction, ForeignKeyCreateStatement};

/// `table.column` holds the id of a row of `to`, which stays as long as it does.
pub fn refers(table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{table}_{column}"))
        .from(table, column)
        .to(to, "id")
        .on_delete(ForeignKeyAction::Restrict)
        .to_owned()
}
