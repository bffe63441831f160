//! A named unit of which something more is said: whose own its part is (C21), or that it may only listen.

use sea_orm::entity::prelude::*;

/// A named unit of which something more is said: whose own its part is (C21), or that it may only listen.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent_party")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub consent_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit_id: Uuid,
    pub guardian_id: Option<Uuid>,
    pub listens: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
