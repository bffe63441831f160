//! A consent found to have been recorded by mistake.

use sea_orm::entity::prelude::*;

/// A consent found to have been recorded by mistake.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent_annulment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub consent_id: Uuid,
    pub at: DateTimeUtc,
    pub mistake: String,
    pub recorded_by: Uuid,
    pub recorded_unit: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
