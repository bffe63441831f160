//! Work to be done after commit, one recipient each.

use sea_orm::entity::prelude::*;

/// Work to be done after commit, one recipient each.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    /// JSON of ids; never names or text.
    pub payload: String,
    pub run_at: DateTimeUtc,
    pub attempts: i64,
    pub leased_until: Option<DateTimeUtc>,
    pub done_at: Option<DateTimeUtc>,
    pub parked_at: Option<DateTimeUtc>,
    /// Kind of fault, without content.
    pub problem: Option<String>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
