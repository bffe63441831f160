//! What a reviewer answered to an addendum.

use sea_orm::entity::prelude::*;

/// What a reviewer answered to an addendum.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "addendum_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub addendum_id: Uuid,
    pub case_id: Uuid,
    pub approved: bool,
    pub answered_by: Uuid,
    pub answered_at: DateTimeUtc,
    pub answered_ms: i64,
    pub comment: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
