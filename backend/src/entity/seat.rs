//! A unit's place at a forum's table, for a function of it.

use sea_orm::entity::prelude::*;

/// A unit's place at a forum's table, for a function of it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seat")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub forum_id: Uuid,
    pub unit_id: Uuid,
    /// What the unit sits there as; empty where its name says it.
    pub function: String,
    /// At every meeting, also for general items.
    pub standing: bool,
    pub position: i64,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
