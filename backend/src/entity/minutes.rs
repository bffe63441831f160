//! The minutes of one case at one meeting (M2).

use sea_orm::entity::prelude::*;

/// The minutes of one case at one meeting (M2).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "minutes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub item_id: Uuid,
    pub case_id: Uuid,
    pub meeting_id: Uuid,
    pub writer_id: Uuid,
    pub state: String,
    /// The consent they rest on (M4).
    pub consent_id: Uuid,
    pub revision: i64,
    /// When this row was last written, milliseconds since 1970, by the program's clock.
    pub touched_ms: i64,
    pub submitted_at: Option<DateTimeUtc>,
    pub approved_at: Option<DateTimeUtc>,
    pub approved_by: Option<Uuid>,
    /// What was approved last.
    pub approved_revision: Option<i64>,
    /// The day the case is taken up again, as last handed in (M12).
    pub follow_up_on: Option<Date>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
