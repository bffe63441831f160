//! A one-time link to join or to recover (AUTH-11, AUTH-13).

use sea_orm::entity::prelude::*;

/// A one-time link to join or to recover (AUTH-11, AUTH-13).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entry_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    pub person_id: Uuid,
    pub purpose: String,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    /// The browser that followed it first; no other may go on (AUTH-11).
    pub browser_hash: Option<String>,
    /// Since when its first step, the password, is done.
    pub password_set_at: Option<DateTimeUtc>,
    pub used_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
