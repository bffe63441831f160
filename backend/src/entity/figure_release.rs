//! The figures of a school year as they were published.

use sea_orm::entity::prelude::*;

/// The figures of a school year as they were published.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "figure_release")]
pub struct Model {
    /// The calendar year the school year begins in.
    #[sea_orm(primary_key, auto_increment = false)]
    pub first_year: i64,
    pub published_at: DateTimeUtc,
    /// JSON: what is shown, and of what is not that it is hidden.
    pub figures: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
