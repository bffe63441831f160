//! A consent taken back, wholly or from some units (C13, C14).

use sea_orm::entity::prelude::*;

/// A consent taken back, wholly or from some units (C13, C14).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent_withdrawal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub consent_id: Uuid,
    /// Empty: the child.
    pub guardian_id: Option<Uuid>,
    pub at: DateTimeUtc,
    pub everything: bool,
    /// The consent whose recording implied it.
    pub implied_by: Option<Uuid>,
    pub recorded_by: Uuid,
    pub recorded_unit: Uuid,
    pub recorded_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
