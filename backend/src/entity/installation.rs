//! The one municipality this installation serves, and whether its clock is the real one.

use sea_orm::entity::prelude::*;

/// The one municipality this installation serves, and whether its clock is the real one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "installation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub municipality: String,
    pub kind: String,
    /// `simulated` lets seeds and tests write at other times than the database's own.
    pub clock: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
