//! What was added to approved minutes (M5). Never edited.

use sea_orm::entity::prelude::*;

/// What was added to approved minutes (M5). Never edited.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "minutes_addendum")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub minutes_id: Uuid,
    pub case_id: Uuid,
    pub body: Vec<u8>,
    pub covered: String,
    pub written_by: Uuid,
    pub written_at: DateTimeUtc,
    pub written_ms: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
