//! A rule of an authority's plan, by its decision. The one recorded last for a kind holds.

use sea_orm::entity::prelude::*;

/// A rule of an authority's plan, by its decision. The one recorded last for a kind holds.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retention_rule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// As on its units.
    pub authority: String,
    pub kind: String,
    /// Years after the last entry, or months; neither where it is kept for good.
    pub years: Option<i32>,
    pub months: Option<i32>,
    /// What of files is kept for research.
    pub sample: Option<String>,
    pub decision: String,
    pub decided_on: Date,
    pub recorded_by: Uuid,
    pub recorded_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
