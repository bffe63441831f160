//! A holder of custody, or a parent without it, from and until.

use sea_orm::entity::prelude::*;

/// A holder of custody, or a parent without it, from and until.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "guardian")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    pub name: Vec<u8>,
    pub from_on: Date,
    pub until_on: Option<Date>,
    pub position: i64,
    pub custody: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
