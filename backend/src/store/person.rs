//! People who sign in.

use chrono::{DateTime, Utc};
use domain::id::PersonId;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use crate::{Error, Result, entity::person};

const BY_MAIL: &str = "mail";
const BY_FEED: &str = "feed";

/// A person who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonRecord {
    pub id: PersonId,
    /// Lower case.
    pub email: String,
    pub name: String,
    /// `sv` or `en`.
    pub language: String,
    /// Whether their meetings come into their calendar by mail, and not by subscription (rule 51).
    pub by_mail: bool,
    pub created_at: DateTime<Utc>,
    pub disabled_at: Option<DateTime<Utc>>,
    pub version: i64,
}

impl From<person::Model> for PersonRecord {
    fn from(row: person::Model) -> Self {
        Self {
            id: PersonId::from_uuid(row.id),
            email: row.email,
            name: row.name,
            language: row.language,
            by_mail: row.calendar_way == BY_MAIL,
            created_at: row.created_at,
            disabled_at: row.disabled_at,
            version: row.version,
        }
    }
}

/// The person with this id.
pub(crate) async fn find(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<PersonRecord>> {
    Ok(person::Entity::find_by_id(id.uuid()).one(db).await?.map(Into::into))
}

/// The person with this id, or [`Error::NotFound`].
pub(crate) async fn load(db: &impl ConnectionTrait, id: PersonId) -> Result<PersonRecord> {
    find(db, id).await?.ok_or(Error::NotFound)
}

/// The person with this address, written in lower case.
pub(crate) async fn by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<PersonRecord>> {
    Ok(person::Entity::find().filter(person::Column::Email.eq(email)).one(db).await?.map(Into::into))
}

/// Everybody, by name.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<PersonRecord>> {
    let rows =
        person::Entity::find().order_by_asc(person::Column::Name).order_by_asc(person::Column::Id).all(db).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Adds a person.
pub(crate) async fn create(db: &impl ConnectionTrait, person: &PersonRecord) -> Result<()> {
    let row = person::ActiveModel {
        id: Set(person.id.uuid()),
        email: Set(person.email.clone()),
        name: Set(person.name.clone()),
        language: Set(person.language.clone()),
        calendar_way: Set(if person.by_mail { BY_MAIL } else { BY_FEED }.into()),
        created_at: Set(person.created_at),
        disabled_at: Set(person.disabled_at),
        version: Set(person.version),
    };
    person::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Saves a person if nobody else did since it was read.
///
/// # Errors
/// [`Error::Stale`] when somebody did.
pub(crate) async fn save(db: &impl ConnectionTrait, person: &PersonRecord) -> Result<()> {
    let row = person::ActiveModel {
        id: NotSet,
        email: Set(person.email.clone()),
        name: Set(person.name.clone()),
        language: Set(person.language.clone()),
        calendar_way: Set(if person.by_mail { BY_MAIL } else { BY_FEED }.into()),
        created_at: NotSet,
        disabled_at: Set(person.disabled_at),
        version: Set(person.version + 1),
    };
    let saved = person::Entity::update_many()
        .set(row)
        .filter(person::Column::Id.eq(person.id.uuid()))
        .filter(person::Column::Version.eq(person.version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
