//! A person asked to come for a unit.

use sea_orm::entity::prelude::*;

/// A person asked to come for a unit.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub meeting_id: Uuid,
    pub unit_id: Uuid,
    pub person_id: Uuid,
    pub token_hash: String,
    pub created_at: DateTimeUtc,
    pub sent_at: Option<DateTimeUtc>,
    pub told: Option<String>,
    pub answer: String,
    pub answered_at: Option<DateTimeUtc>,
    pub withdrawn_at: Option<DateTimeUtc>,
    /// Their own time, in minutes from the start of the meeting; none for who is asked to the whole of it.
    pub slot_from: Option<i64>,
    pub slot_minutes: Option<i64>,
    /// Counts its changes, for the calendar.
    pub slot_sequence: i64,
    pub slot_changed_at: DateTimeUtc,
    /// JSON: the items they cannot come to, though they come.
    pub declined: String,
    /// Asked in the place of somebody who cannot come.
    pub stand_in: bool,
    pub reminded_at: Option<DateTimeUtc>,
    /// Whether mail put it into their calendar, and nothing took it out.
    pub in_calendar: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
