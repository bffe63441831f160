//! A signed-in browser; only the hash of its token is known (SESS-01).

use sea_orm::entity::prelude::*;

/// A signed-in browser; only the hash of its token is known (SESS-01).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    pub person_id: Uuid,
    pub assignment_id: Option<Uuid>,
    pub stage: String,
    /// Secret that plain forms carry (WEB-03).
    pub form_token: String,
    /// Kind of browser, for the person's own list.
    pub client: String,
    pub created_at: DateTimeUtc,
    pub seen_at: DateTimeUtc,
    /// Absolute end (SESS-03).
    pub ends_at: DateTimeUtc,
    pub stepped_up_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
