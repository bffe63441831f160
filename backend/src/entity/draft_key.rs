//! The key of one revision's text, sealed under its case's: what was never approved may go while the case stays (L7).

use sea_orm::entity::prelude::*;

/// The key of one revision's text, sealed under its case's: what was never approved may go while the case stays (L7).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision_id: Uuid,
    pub case_id: Uuid,
    pub minutes_id: Uuid,
    /// The revision's number in its minutes.
    pub number: i64,
    pub sealed: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
