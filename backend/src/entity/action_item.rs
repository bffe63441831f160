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
    /// The day the minutes say.
    pub agreed_on: Date,
    pub position: i64,
    pub done_at: Option<DateTimeUtc>,
    pub dropped_at: Option<DateTimeUtc>,
    pub settled_by: Option<Uuid>,
    /// Why it was moved or dropped.
    pub word: Option<Vec<u8>>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
