//! What a unit asks to have a case taken up for.

use sea_orm::entity::prelude::*;

/// What a unit asks to have a case taken up for.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    pub unit_id: Uuid,
    pub person_id: Uuid,
    pub created_at: DateTimeUtc,
    /// Sealed with the case's key; empty, as the reason, once it was disposed of (L7).
    pub question: Vec<u8>,
    /// Not before this day.
    pub not_before: Option<Date>,
    /// The family takes part.
    pub family: bool,
    /// Local time the family can come.
    pub family_at: Option<Time>,
    pub state: String,
    pub returned_by: Option<Uuid>,
    pub returned_at: Option<DateTimeUtc>,
    /// Sealed with the case's key: why it came back.
    pub reason: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
