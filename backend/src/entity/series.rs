//! A forum's weekly meetings over a term (K1).

use sea_orm::entity::prelude::*;

/// A forum's weekly meetings over a term (K1).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "series")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub forum_id: Uuid,
    /// ISO: 1 Monday … 7 Sunday.
    pub weekday: i64,
    /// Local time.
    pub starts: Time,
    pub minutes: i64,
    pub interval_weeks: i64,
    pub from_on: Date,
    pub until_on: Date,
    pub place: String,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
