//! What a unit undertook: what, by when (M11).

use sea_orm::entity::prelude::*;

/// What a unit undertook: what, by when (M11).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "action_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub minutes_id: Uuid,
    pub case_id: Uuid,
    pub unit_id: Uuid,
    pub what: Vec<u8>,
    pub due_on: Date,
    pub position: i64,
    pub done_at: Option<DateTimeUtc>,
    pub done_by: Option<Uuid>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
