//! Where cases of an age band are taken up (R2).

use sea_orm::entity::prelude::*;

/// Where cases of an age band are taken up (R2).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "forum")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub age_from: i64,
    pub age_to: i64,
    /// The authority that hosts it.
    pub host: String,
    pub place: String,
    /// Usual length of a meeting.
    pub meeting_minutes: i64,
    /// Usual length of a case item.
    pub item_minutes: i64,
    /// So many days before a meeting its agenda takes no new cases; 0 for none.
    pub freeze_days: i64,
    /// Within so many days minutes are to be reviewed once they are handed in.
    pub review_days: i64,
    /// `domain::series::DayPolicy` code.
    pub on_red_days: String,
    /// `domain::series::DayPolicy` code.
    pub on_breaks: String,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
