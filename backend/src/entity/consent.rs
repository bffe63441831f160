//! One consent as it was obtained. Never edited (C24).

use sea_orm::entity::prelude::*;

/// One consent as it was obtained. Never edited (C24).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    /// Codes, comma between.
    pub purposes: String,
    /// Codes, comma between.
    pub categories: String,
    pub obtained_at: DateTimeUtc,
    pub valid_from: Date,
    pub valid_until: Date,
    pub method: String,
    /// Codes, comma between.
    pub explained: String,
    pub interpreter: String,
    pub maturity: Option<String>,
    /// Sealed JSON of [`domain::consent::Words`].
    pub words: Vec<u8>,
    pub obtained_by: Uuid,
    pub recorded_by: Uuid,
    pub recorded_unit: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
