//! A unit somebody named as receiver.

use sea_orm::entity::prelude::*;

/// A unit somebody named as receiver.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signature_receiver")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub signature_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
