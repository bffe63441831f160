//! What stands on every agenda of a forum.

use domain::id::{ForumId, ForumItemId};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{Error, Result, entity::forum_item, tx::Tx};

/// What stands on every agenda of a forum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StandingItem {
    pub id: ForumItemId,
    pub forum: ForumId,
    pub title: String,
    pub minutes: u16,
    /// Last on the agenda, not first.
    pub closing: bool,
    pub position: i64,
}

/// Those of a forum, in the order they are taken up in.
pub(crate) async fn of_forum(db: &impl ConnectionTrait, forum: ForumId) -> Result<Vec<StandingItem>> {
    let rows = forum_item::Entity::find()
        .filter(forum_item::Column::ForumId.eq(forum.uuid()))
        .order_by_asc(forum_item::Column::Closing)
        .order_by_asc(forum_item::Column::Position)
        .order_by_asc(forum_item::Column::Id)
        .all(db)
        .await?;
    let read = |row: forum_item::Model| {
        Ok(StandingItem {
            id: ForumItemId::from_uuid(row.id),
            forum: ForumId::from_uuid(row.forum_id),
            minutes: row.minutes.try_into().map_err(|_| Error::Inconsistent { table: "forum_item", row: row.id })?,
            title: row.title,
            closing: row.closing,
            position: row.position,
        })
    };
    rows.into_iter().map(read).collect()
}

/// Adds one.
pub(crate) async fn create(tx: &Tx, item: &StandingItem) -> Result<()> {
    let row = forum_item::ActiveModel {
        id: Set(item.id.uuid()),
        forum_id: Set(item.forum.uuid()),
        title: Set(item.title.clone()),
        minutes: Set(item.minutes.into()),
        closing: Set(item.closing),
        position: Set(item.position),
    };
    forum_item::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Takes one away; no agenda may hold it any more.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) async fn remove(tx: &Tx, id: ForumItemId) -> Result<()> {
    let removed = forum_item::Entity::delete_by_id(id.uuid()).exec(tx.db()).await?;
    if removed.rows_affected == 1 { Ok(()) } else { Err(Error::NotFound) }
}
