//! One generation of a case's own key, sealed under a key of the installation.

use sea_orm::entity::prelude::*;

/// One generation of a case's own key, sealed under a key of the installation.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub generation: i16,
    /// The number of the installation's key it is sealed under.
    pub root: i16,
    pub sealed: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
