//! One-time links to join or to recover, found by the hash of their token (AUTH-11, AUTH-13).

use chrono::{DateTime, Utc};
use domain::id::PersonId;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use crate::{Error, Result, auth::entry::Purpose, entity::entry_link};

/// A link as stored.
#[derive(Clone, Debug)]
pub(crate) struct LinkRecord {
    pub token_hash: String,
    pub person: PersonId,
    pub purpose: Purpose,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub browser_hash: Option<String>,
    pub password_set_at: Option<DateTime<Utc>>,
    pub used_at: Option<DateTime<Utc>>,
}

fn read(row: entry_link::Model) -> Result<LinkRecord> {
    let purpose =
        Purpose::from_code(&row.purpose).ok_or(Error::Inconsistent { table: "entry_link", row: row.person_id })?;
    Ok(LinkRecord {
        token_hash: row.token_hash,
        person: PersonId::from_uuid(row.person_id),
        purpose,
        created_at: row.created_at,
        expires_at: row.expires_at,
        browser_hash: row.browser_hash,
        password_set_at: row.password_set_at,
        used_at: row.used_at,
    })
}

/// Adds a link.
pub(crate) async fn create(db: &impl ConnectionTrait, link: &LinkRecord) -> Result<()> {
    let row = entry_link::ActiveModel {
        token_hash: Set(link.token_hash.clone()),
        person_id: Set(link.person.uuid()),
        purpose: Set(link.purpose.code().to_owned()),
        created_at: Set(link.created_at),
        expires_at: Set(link.expires_at),
        browser_hash: Set(None),
        password_set_at: Set(None),
        used_at: Set(None),
    };
    entry_link::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The link whose token has this hash, however old.
pub(crate) async fn find(db: &impl ConnectionTrait, token_hash: &str) -> Result<Option<LinkRecord>> {
    entry_link::Entity::find_by_id(token_hash.to_owned()).one(db).await?.map(read).transpose()
}

/// The last link a person was given.
pub(crate) async fn last_of(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<LinkRecord>> {
    let row = entry_link::Entity::find()
        .filter(entry_link::Column::PersonId.eq(person.uuid()))
        .order_by_desc(entry_link::Column::CreatedAt)
        .one(db)
        .await?;
    row.map(read).transpose()
}

/// Binds a link to a browser. False when another was quicker.
pub(crate) async fn bind(db: &impl ConnectionTrait, token_hash: &str, browser_hash: &str) -> Result<bool> {
    let bound = entry_link::Entity::update_many()
        .col_expr(entry_link::Column::BrowserHash, Expr::value(browser_hash))
        .filter(entry_link::Column::TokenHash.eq(token_hash))
        .filter(entry_link::Column::BrowserHash.is_null())
        .filter(entry_link::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(bound.rows_affected == 1)
}

/// Notes that the password is chosen.
pub(crate) async fn password_set(db: &impl ConnectionTrait, token_hash: &str, at: DateTime<Utc>) -> Result<()> {
    entry_link::Entity::update_many()
        .col_expr(entry_link::Column::PasswordSetAt, Expr::value(at))
        .filter(entry_link::Column::TokenHash.eq(token_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// Uses a link up. False when it was already.
pub(crate) async fn spend(db: &impl ConnectionTrait, token_hash: &str, at: DateTime<Utc>) -> Result<bool> {
    let spent = entry_link::Entity::update_many()
        .col_expr(entry_link::Column::UsedAt, Expr::value(at))
        .filter(entry_link::Column::TokenHash.eq(token_hash))
        .filter(entry_link::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(spent.rows_affected == 1)
}

/// Takes back every link of a person that was not used.
pub(crate) async fn revoke_all(db: &impl ConnectionTrait, person: PersonId, at: DateTime<Utc>) -> Result<()> {
    entry_link::Entity::update_many()
        .col_expr(entry_link::Column::UsedAt, Expr::value(at))
        .filter(entry_link::Column::PersonId.eq(person.uuid()))
        .filter(entry_link::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets links that ran out before `before`.
pub(crate) async fn forget(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64> {
    let gone = entry_link::Entity::delete_many().filter(entry_link::Column::ExpiresAt.lt(before)).exec(db).await?;
    Ok(gone.rows_affected)
}
