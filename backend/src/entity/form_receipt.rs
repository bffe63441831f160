//! The answer a form already got, so that a double submit changes nothing.

use sea_orm::entity::prelude::*;

/// The answer a form already got, so that a double submit changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "form_receipt")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub once_hash: String,
    pub person_id: Uuid,
    pub done: String,
    pub at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
