//! One child's matter in this tool; what names the child is sealed.

use sea_orm::entity::prelude::*;

/// One child's matter in this tool; what names the child is sealed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Four random characters.
    pub reference: String,
    /// The unit that registered it.
    pub unit_id: Uuid,
    pub registered_by: Uuid,
    pub registered_at: DateTimeUtc,
    pub name: Vec<u8>,
    pub born_on: Date,
    /// Personal number, sealed.
    pub number: Option<Vec<u8>>,
    /// Keyed hash of the number, for equality only (CRY-03).
    pub number_index: Option<String>,
    /// Sealed: the coordination number before the personal number (I7).
    pub former_number: Option<Vec<u8>>,
    pub former_number_index: Option<String>,
    pub question: Vec<u8>,
    pub custody: String,
    pub protection: String,
    pub closed_at: Option<DateTimeUtc>,
    /// Gone: its keys are destroyed, and what told of the child in clear is blank.
    pub disposed_at: Option<DateTimeUtc>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
