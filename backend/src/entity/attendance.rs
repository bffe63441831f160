//! Somebody in the room, from when to when.

use sea_orm::entity::prelude::*;

/// Somebody in the room, from when to when.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub meeting_id: Uuid,
    pub unit_id: Uuid,
    pub person_id: Option<Uuid>,
    /// Empty for a guest.
    pub name: String,
    pub guest: Option<String>,
    pub guest_item_id: Option<Uuid>,
    /// Sealed under the key of the item's case: who belongs to a family tells of it.
    pub guest_name: Option<Vec<u8>>,
    pub arrived_at: DateTimeUtc,
    pub left_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
