//! Somebody on the staff of a unit, or IT. Never a child or a guardian.

use sea_orm::entity::prelude::*;

/// Somebody on the staff of a unit, or IT. Never a child or a guardian.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Lower case.
    pub email: String,
    pub name: String,
    pub language: String,
    /// How their meetings come into their calendar: `feed` or `mail`.
    pub calendar_way: String,
    pub created_at: DateTimeUtc,
    pub disabled_at: Option<DateTimeUtc>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
