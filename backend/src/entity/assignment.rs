//! A person's work in a unit, with one role; chosen at sign-in (L1).

use sea_orm::entity::prelude::*;

/// A person's work in a unit, with one role; chosen at sign-in (L1).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assignment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// Empty for IT operators, and for the first administrator.
    pub unit_id: Option<Uuid>,
    pub role: String,
    pub title: String,
    pub from_on: Date,
    pub until_on: Option<Date>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
