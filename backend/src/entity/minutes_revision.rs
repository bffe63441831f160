//! The text as it was saved. Never edited.

use sea_orm::entity::prelude::*;

/// The text as it was saved. Never edited.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "minutes_revision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub minutes_id: Uuid,
    pub case_id: Uuid,
    pub number: i64,
    /// Sealed under a key of its own (`draft_key`).
    pub body: Vec<u8>,
    /// Unit ids covered when it was written, comma between (M4).
    pub covered: String,
    pub written_by: Uuid,
    pub written_at: DateTimeUtc,
    pub written_ms: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
