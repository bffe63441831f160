//! Who did what, when, about which case, on what basis (L2, AUD-01). Ids only.

use sea_orm::entity::prelude::*;

/// Who did what, when, about which case, on what basis (L2, AUD-01). Ids only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub seq: i64,
    pub at: DateTimeUtc,
    pub person_id: Option<Uuid>,
    pub assignment_id: Option<Uuid>,
    pub unit_id: Option<Uuid>,
    pub action: String,
    pub case_id: Option<Uuid>,
    pub subject_id: Option<Uuid>,
    /// The consent it rested on.
    pub basis_id: Option<Uuid>,
    pub outcome: String,
    pub request_id: Option<String>,
    /// What the text came to that was written.
    pub digest: Option<Vec<u8>>,
    /// One of sixteen chains, by case (AUD-04).
    pub chain: i16,
    /// The place in it, from 1.
    pub place: i64,
    /// The keyed hash over this entry and the one before.
    pub link: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
