//! A person's password and its soft lock (AUTH-07, AUTH-09).

use sea_orm::entity::prelude::*;

/// A person's password and its soft lock (AUTH-07, AUTH-09).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "password")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Argon2id in PHC form, over the peppered password.
    pub phc: String,
    pub failures: i64,
    pub locked_until: Option<DateTimeUtc>,
    pub switched_off_at: Option<DateTimeUtc>,
    pub set_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
