//! That approved minutes were opened again, and why.

use sea_orm::entity::prelude::*;

/// That approved minutes were opened again, and why.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "minutes_reopening")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub minutes_id: Uuid,
    pub revision: i64,
    pub by_person: Uuid,
    pub at: DateTimeUtc,
    pub reason: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
