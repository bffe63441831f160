//! One item of a meeting's agenda.

use sea_orm::entity::prelude::*;

/// One item of a meeting's agenda.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agenda_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub meeting_id: Uuid,
    pub kind: String,
    pub case_id: Option<Uuid>,
    /// Sealed: the title of a general item, or the question of an anonymous consultation until it is erased.
    pub title: Option<Vec<u8>>,
    pub minutes: i64,
    pub position: i64,
    pub state: String,
    pub opened_at: Option<DateTimeUtc>,
    pub closed_at: Option<DateTimeUtc>,
    /// The forum's standing item it was made from.
    pub forum_item_id: Option<Uuid>,
    /// Stays last when others are added.
    pub closing: bool,
    /// Local time the family comes, where it takes part.
    pub family_at: Option<Time>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
