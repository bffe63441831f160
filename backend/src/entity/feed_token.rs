//! A calendar subscription of a person; only the hash is known (FEED-01).

use sea_orm::entity::prelude::*;

/// A calendar subscription of a person; only the hash is known (FEED-01).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feed_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub token_hash: String,
    pub name: String,
    /// `own`, `forum` or `unit`: whose meetings it holds.
    pub holds: String,
    /// The forum or unit.
    pub holds_of: Option<Uuid>,
    pub leaves_out_cancelled: bool,
    /// Minutes before each event that programs remind.
    pub alarm_minutes: Option<i64>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub last_fetched_at: Option<DateTimeUtc>,
    pub last_client: Option<String>,
    pub revoked_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
