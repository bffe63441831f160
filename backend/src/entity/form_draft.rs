//! What somebody typed in a form that was not accepted, sealed, for fifteen minutes.

use sea_orm::entity::prelude::*;

/// What somebody typed in a form that was not accepted, sealed, for fifteen minutes.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "form_draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id_hash: String,
    pub person_id: Option<Uuid>,
    /// The page and what was typed, sealed.
    pub body: Vec<u8>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
