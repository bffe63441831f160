//! One meeting of a forum.

use sea_orm::entity::prelude::*;

/// One meeting of a forum.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub forum_id: Uuid,
    pub series_id: Option<Uuid>,
    /// The day of the series it stands for, wherever it was moved: no second one is made for it (RECURRENCE-ID's role).
    pub series_on: Option<Date>,
    pub on_date: Date,
    /// Local time.
    pub starts: Time,
    pub minutes: i64,
    pub place: String,
    pub state: String,
    /// `domain::meeting::CancelReason` code.
    pub cancelled_because: Option<String>,
    /// Calendar sequence: counts changes of time, place and cancellation only.
    pub sequence: i64,
    /// Random, for life.
    pub calendar_uid: String,
    /// Of what the calendar shows.
    pub changed_at: DateTimeUtc,
    pub published_at: Option<DateTimeUtc>,
    pub opened_at: Option<DateTimeUtc>,
    pub closed_at: Option<DateTimeUtc>,
    pub current_item_id: Option<Uuid>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
