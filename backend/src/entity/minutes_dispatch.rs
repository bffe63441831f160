//! That approved minutes were handed over to a unit (M6). Never edited.

use sea_orm::entity::prelude::*;

/// That approved minutes were handed over to a unit (M6). Never edited.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "minutes_dispatch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub minutes_id: Uuid,
    pub case_id: Uuid,
    pub revision: i64,
    pub from_unit: Uuid,
    pub to_unit: Uuid,
    /// The consent it rested on.
    pub consent_id: Uuid,
    pub by_person: Uuid,
    pub at: DateTimeUtc,
    pub at_ms: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
