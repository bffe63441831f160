//! When a unit is covered, if nothing more happens; computed by `domain::consent::windows`.

use sea_orm::entity::prelude::*;

/// When a unit is covered, if nothing more happens; computed by `domain::consent::windows`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_gate_window")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    pub unit_id: Uuid,
    /// Milliseconds since 1970, UTC; inclusive.
    pub opens_ms: i64,
    /// Exclusive.
    pub closes_ms: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
