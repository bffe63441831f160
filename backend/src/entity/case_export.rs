//! That somebody wants to hand out something of a protected case (I1).

use sea_orm::entity::prelude::*;

/// That somebody wants to hand out something of a protected case (I1).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_export")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    pub what: String,
    pub subject_id: Option<Uuid>,
    pub asked_by: Uuid,
    pub asked_unit: Uuid,
    pub asked_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
