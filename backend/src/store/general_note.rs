//! What was noted of items that all at the table share.

use std::collections::BTreeMap;

use domain::id::{AgendaItemId, PersonId};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::{
    Error, Result,
    crypt::{Keys, Place},
    entity::general_note::{self, Column},
    tx::Tx,
};

/// Where it is sealed.
pub(super) const TEXT: &str = "general_note.text";

/// A note.
#[derive(Clone, Debug)]
pub(crate) struct Noted {
    pub text: String,
    /// Who wrote it last.
    pub by: PersonId,
    /// Counts its changes, from 1.
    pub version: i64,
}

/// The notes of these items; those without any are left out.
pub(crate) async fn of_items(
    db: &impl ConnectionTrait,
    keys: &Keys,
    items: impl IntoIterator<Item = AgendaItemId>,
) -> Result<BTreeMap<AgendaItemId, Noted>> {
    let rows = general_note::Entity::find()
        .filter(Column::ItemId.is_in(items.into_iter().map(AgendaItemId::uuid)))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let text = keys.open_text(Place { column: TEXT, row: row.item_id }, &row.text)?;
            Ok((
                AgendaItemId::from_uuid(row.item_id),
                Noted { text, by: PersonId::from_uuid(row.written_by), version: row.version },
            ))
        })
        .collect()
}

/// Writes the note of an item that was read at version `seen`, 0 where there was none.
///
/// # Errors
/// [`Error::Stale`] when it was changed meanwhile.
pub(crate) async fn write(tx: &Tx, item: AgendaItemId, seen: i64, text: &str, by: PersonId) -> Result<()> {
    let sealed = tx.seal(TEXT, item.uuid(), text)?;
    if seen == 0 {
        if general_note::Entity::find_by_id(item.uuid()).one(tx.db()).await?.is_some() {
            return Err(Error::Stale);
        }
        let row = general_note::Model {
            item_id: item.uuid(),
            text: sealed,
            written_by: by.uuid(),
            written_at: tx.now(),
            version: 1,
        };
        let row = general_note::ActiveModel::from(row).reset_all();
        general_note::Entity::insert(row).exec_without_returning(tx.db()).await?;
        return Ok(());
    }
    let row = general_note::ActiveModel {
        text: Set(sealed),
        written_by: Set(by.uuid()),
        written_at: Set(tx.now()),
        version: Set(seen + 1),
        ..Default::default()
    };
    let changed = general_note::Entity::update_many()
        .set(row)
        .filter(Column::ItemId.eq(item.uuid()))
        .filter(Column::Version.eq(seen))
        .exec(tx.db())
        .await?;
    if changed.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
