//! A case on its way out, or what of it goes before, and the proof that it is gone (L7).

use sea_orm::entity::prelude::*;

/// A case on its way out, or what of it goes before, and the proof that it is gone (L7).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "disposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    pub kind: String,
    /// Whose it is: of what was asked for in the queue the unit that asked, else the one that registered the case.
    pub unit_id: Uuid,
    pub state: String,
    pub proposed_by: Uuid,
    pub proposed_at: DateTimeUtc,
    pub approved_by: Option<Uuid>,
    pub approved_at: Option<DateTimeUtc>,
    /// The same, milliseconds since 1970: the database counts the day by it.
    pub approved_ms: Option<i64>,
    pub stopped_by: Option<Uuid>,
    pub stopped_at: Option<DateTimeUtc>,
    pub shredded_at: Option<DateTimeUtc>,
    pub shredded_ms: Option<i64>,
    /// The rule it went by.
    pub rule_id: Option<Uuid>,
    /// The first local day it could have gone.
    pub since: Option<Date>,
    /// The highest number of the installation's keys then.
    pub root: Option<i16>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
