//! What was noted of an item that all at the table share.

use sea_orm::entity::prelude::*;

/// What was noted of an item that all at the table share.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "general_note")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: Uuid,
    /// Sealed under the installation's key.
    pub text: Vec<u8>,
    pub written_by: Uuid,
    pub written_at: DateTimeUtc,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
