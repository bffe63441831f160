//! Somebody's time on a seat.

use sea_orm::entity::prelude::*;

/// Somebody's time on a seat.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seat_tenure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub seat_id: Uuid,
    pub person_id: Uuid,
    /// `holder` or `deputy`.
    pub sits: String,
    /// The order deputies are asked in.
    pub position: i64,
    pub from_on: Date,
    pub until_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
