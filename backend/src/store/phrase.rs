//! What people write often, each their own.

use domain::id::PersonId;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::{
    Result,
    crypt::{Keys, Place},
    entity::phrase::{self, Column},
    tx::Tx,
};

/// Where it is sealed.
pub(super) const TEXT: &str = "phrase.text";

/// Somebody's phrases with their ids, by their text.
pub(crate) async fn of_person(db: &impl ConnectionTrait, keys: &Keys, person: PersonId) -> Result<Vec<(Uuid, String)>> {
    let rows = phrase::Entity::find()
        .filter(Column::PersonId.eq(person.uuid()))
        .order_by_asc(Column::AddedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push((row.id, keys.open_text(Place { column: TEXT, row: row.id }, &row.text)?));
    }
    all.sort_by(|(_, one), (_, other)| one.cmp(other));
    Ok(all)
}

/// How many somebody has.
pub(crate) async fn count(db: &impl ConnectionTrait, person: PersonId) -> Result<u64> {
    Ok(phrase::Entity::find().filter(Column::PersonId.eq(person.uuid())).count(db).await?)
}

/// Keeps a phrase.
pub(crate) async fn add(tx: &Tx, person: PersonId, text: &str) -> Result<()> {
    let id = tx.new_id();
    let row = phrase::Model { id, person_id: person.uuid(), text: tx.seal(TEXT, id, text)?, added_at: tx.now() };
    let row = phrase::ActiveModel::from(row).reset_all();
    phrase::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Takes one of somebody's own away; says whether it was there.
pub(crate) async fn remove(tx: &Tx, person: PersonId, id: Uuid) -> Result<bool> {
    let gone = phrase::Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::PersonId.eq(person.uuid()))
        .exec(tx.db())
        .await?;
    Ok(gone.rows_affected > 0)
}
