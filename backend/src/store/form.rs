//! What forms leave behind: drafts of what was typed, and receipts of what was answered.

use chrono::{DateTime, Utc};
use domain::id::PersonId;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, SqlErr,
    sea_query::{Expr, OnConflict},
};

use crate::{
    Result,
    entity::{form_draft, form_receipt},
};

/// A draft as stored; the body is sealed.
pub(crate) struct DraftRecord {
    pub id_hash: String,
    pub person: Option<PersonId>,
    pub body: Vec<u8>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// Keeps a draft.
pub(crate) async fn keep_draft(db: &impl ConnectionTrait, draft: DraftRecord) -> Result<()> {
    let row = form_draft::ActiveModel {
        id_hash: Set(draft.id_hash),
        person_id: Set(draft.person.map(PersonId::uuid)),
        body: Set(draft.body),
        created_at: Set(draft.created_at),
        expires_at: Set(draft.expires_at),
    };
    form_draft::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The draft whose id has this hash, however old.
pub(crate) async fn find_draft(db: &impl ConnectionTrait, id_hash: &str) -> Result<Option<DraftRecord>> {
    let row = form_draft::Entity::find_by_id(id_hash.to_owned()).one(db).await?;
    Ok(row.map(|row| DraftRecord {
        id_hash: row.id_hash,
        person: row.person_id.map(PersonId::from_uuid),
        body: row.body,
        created_at: row.created_at,
        expires_at: row.expires_at,
    }))
}

/// Forgets one draft.
pub(crate) async fn forget_draft(db: &impl ConnectionTrait, id_hash: &str) -> Result<()> {
    form_draft::Entity::delete_by_id(id_hash.to_owned()).exec(db).await?;
    Ok(())
}

/// Forgets drafts that ran out before `before`.
pub(crate) async fn forget_drafts(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64> {
    let gone = form_draft::Entity::delete_many().filter(form_draft::Column::ExpiresAt.lt(before)).exec(db).await?;
    Ok(gone.rows_affected)
}

/// The answer of a form that was sent before; empty while it is being worked out.
pub(crate) struct Receipt {
    pub person: PersonId,
    pub done: String,
    pub at: DateTime<Utc>,
}

/// Marks a form as being answered. False when it is marked already.
pub(crate) async fn claim(
    db: &impl ConnectionTrait,
    once_hash: &str,
    person: PersonId,
    at: DateTime<Utc>,
) -> Result<bool> {
    let row = form_receipt::ActiveModel {
        once_hash: Set(once_hash.to_owned()),
        person_id: Set(person.uuid()),
        done: Set(String::new()),
        at: Set(at),
    };
    match form_receipt::Entity::insert(row)
        .on_conflict(OnConflict::column(form_receipt::Column::OnceHash).do_nothing().to_owned())
        .exec_without_returning(db)
        .await
    {
        Ok(rows) => Ok(rows == 1),
        Err(sea_orm::DbErr::RecordNotInserted) => Ok(false),
        Err(fault) if matches!(fault.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Ok(false),
        Err(fault) => Err(fault.into()),
    }
}

/// Takes over a claim whose answer never came. False when somebody else was quicker.
pub(crate) async fn take_over(
    db: &impl ConnectionTrait,
    once_hash: &str,
    claimed_at: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<bool> {
    let taken = form_receipt::Entity::update_many()
        .col_expr(form_receipt::Column::At, Expr::value(at))
        .filter(form_receipt::Column::OnceHash.eq(once_hash))
        .filter(form_receipt::Column::Done.eq(""))
        .filter(form_receipt::Column::At.eq(claimed_at))
        .exec(db)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// The receipt of a form.
pub(crate) async fn receipt(db: &impl ConnectionTrait, once_hash: &str) -> Result<Option<Receipt>> {
    let row = form_receipt::Entity::find_by_id(once_hash.to_owned()).one(db).await?;
    Ok(row.map(|row| Receipt { person: PersonId::from_uuid(row.person_id), done: row.done, at: row.at }))
}

/// Writes the answer on the receipt.
pub(crate) async fn answer(db: &impl ConnectionTrait, once_hash: &str, done: &str) -> Result<()> {
    form_receipt::Entity::update_many()
        .col_expr(form_receipt::Column::Done, Expr::value(done))
        .filter(form_receipt::Column::OnceHash.eq(once_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// Takes the mark away again: the form changed nothing and may be sent once more.
pub(crate) async fn release(db: &impl ConnectionTrait, once_hash: &str) -> Result<()> {
    form_receipt::Entity::delete_many()
        .filter(form_receipt::Column::OnceHash.eq(once_hash))
        .filter(form_receipt::Column::Done.eq(""))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets receipts from before `before`.
pub(crate) async fn forget_receipts(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64> {
    let gone = form_receipt::Entity::delete_many().filter(form_receipt::Column::At.lt(before)).exec(db).await?;
    Ok(gone.rows_affected)
}
