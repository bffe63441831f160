//! A unit or function consent can cover (C19).

use sea_orm::entity::prelude::*;

/// A unit or function consent can cover (C19).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `domain::unit::UnitKind` code.
    pub kind: String,
    pub name: String,
    /// As on the agenda's column.
    pub short_name: String,
    /// The authority (board, region, agency) or principal it belongs to.
    pub authority: String,
    pub closed_at: Option<DateTimeUtc>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
