//! What hangs on each key of the installation, and how it comes under the one in use.

use std::collections::BTreeSet;

use domain::id::{CaseId, PersonId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Result,
    auth::code::Seed,
    crypt::{Keys, Place},
    entity::{
        self, agenda_item, case_key, form_draft, general_note::Column as NoteColumn, one_time_code, password,
        phrase::Column as PhraseColumn,
    },
    store,
    tx::Tx,
};

/// How much hangs on one key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// Keys of cases sealed under it.
    pub cases: u64,
    /// Seeds of one-time codes.
    pub seeds: u64,
    /// Titles of items that concern no case, notes of them, and people's own phrases.
    pub titles: u64,
    /// Passwords whose owners have not signed in since another key came in use.
    pub passwords: u64,
    /// Drafts of forms; gone within fifteen minutes.
    pub drafts: u64,
}

/// Some of the cases whose key is sealed under another than the key in use.
pub(crate) async fn cases_behind(db: &impl ConnectionTrait, keys: &Keys, limit: u64) -> Result<Vec<CaseId>> {
    let cases: Vec<Uuid> = case_key::Entity::find()
        .select_only()
        .column(case_key::Column::CaseId)
        .distinct()
        .filter(case_key::Column::Root.ne(i16::from(keys.in_use())))
        .order_by_asc(case_key::Column::CaseId)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(cases.into_iter().map(CaseId::from_uuid).collect())
}

/// Gives a case's key a new generation, seals all of them under the key in use, and hashes its number anew. Nothing where another
/// has just done so.
pub(crate) async fn renew_case(tx: &Tx, case: CaseId) -> Result<()> {
    let keys = tx.backend().keys();
    // Held until the transaction ends: of two that make a second generation one would be lost, and what it had sealed with it.
    let rows =
        case_key::Entity::find().filter(case_key::Column::CaseId.eq(case.uuid())).lock_exclusive().all(tx.db()).await?;
    if rows.iter().all(|row| row.root == i16::from(keys.in_use())) {
        return Ok(());
    }
    let key = store::case_key::opened(keys, case, &rows)?.renewed(tx.backend().random())?;
    store::case_key::keep(tx, case, &key).await?;
    store::child::index_anew(tx, case, &key).await
}

/// Seals the seeds of one-time codes under the key in use.
pub(crate) async fn reseal_seeds(tx: &Tx) -> Result<()> {
    let keys = tx.backend().keys();
    for row in one_time_code::Entity::find().all(tx.db()).await? {
        if Keys::number_of(&row.secret) == Some(keys.in_use()) {
            continue;
        }
        let person = PersonId::from_uuid(row.id);
        let anew = Seed::open(keys, person, &row.secret)?.seal(tx, person)?;
        one_time_code::Entity::update_many()
            .col_expr(one_time_code::Column::Secret, Expr::value(anew))
            .filter(one_time_code::Column::Id.eq(row.id))
            .filter(one_time_code::Column::Secret.eq(row.secret))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

/// Seals the titles of items that concern no case, what was noted of them, and people's own phrases under the key in use.
pub(crate) async fn reseal_titles(tx: &Tx) -> Result<()> {
    use store::{agenda::TITLE, general_note, phrase};
    reseal::<agenda_item::Entity>(tx, TITLE, agenda_item::Column::Id, agenda_item::Column::Title).await?;
    reseal::<entity::general_note::Entity>(tx, general_note::TEXT, NoteColumn::ItemId, NoteColumn::Text).await?;
    reseal::<entity::phrase::Entity>(tx, phrase::TEXT, PhraseColumn::Id, PhraseColumn::Text).await
}

/// Seals what stands in a column under the key in use, wherever another sealed it.
async fn reseal<E: EntityTrait>(tx: &Tx, place: &'static str, id: E::Column, sealed: E::Column) -> Result<()> {
    let keys = tx.backend().keys();
    for (row, before) in sealed_in::<E>(tx.db(), id, sealed).await? {
        if Keys::number_of(&before) == Some(keys.in_use()) {
            continue;
        }
        let text = keys.open_text(Place { column: place, row }, &before)?;
        let anew = tx.seal(place, row, &text)?;
        E::update_many()
            .col_expr(sealed, Expr::value(anew))
            .filter(id.eq(row))
            .filter(sealed.eq(before))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

/// What stands in a column, sealed, and in which row.
async fn sealed_in<E: EntityTrait>(
    db: &impl ConnectionTrait,
    id: E::Column,
    sealed: E::Column,
) -> Result<Vec<(Uuid, Vec<u8>)>> {
    let rows = E::find().select_only().column(id).column(sealed).filter(sealed.is_not_null());
    Ok(rows.into_tuple().all(db).await?)
}

/// The numbers of keys something is sealed under that are not at hand, or are others: one thing under each is tried.
pub(crate) async fn unfit(db: &impl ConnectionTrait, keys: &Keys) -> Result<BTreeSet<u8>> {
    let roots: Vec<i16> =
        case_key::Entity::find().select_only().column(case_key::Column::Root).distinct().into_tuple().all(db).await?;
    let mut unfit = BTreeSet::new();
    for root in roots {
        let of_root = case_key::Entity::find().filter(case_key::Column::Root.eq(root));
        let Some(row) = of_root.order_by_asc(case_key::Column::CaseId).one(db).await? else { continue };
        if store::case_key::opened(keys, CaseId::from_uuid(row.case_id), &[row]).is_err() {
            unfit.insert(u8::try_from(root).unwrap_or(0));
        }
    }
    for row in one_time_code::Entity::find().all(db).await? {
        if Seed::open(keys, PersonId::from_uuid(row.id), &row.secret).is_err() {
            unfit.insert(Keys::number_of(&row.secret).unwrap_or(0));
        }
    }
    Ok(unfit)
}

/// How much hangs on a key.
pub(crate) async fn uses(db: &impl ConnectionTrait, number: u8) -> Result<Uses> {
    let under = |sealed: &[u8]| Keys::number_of(sealed) == Some(number);
    let seeds: Vec<Vec<u8>> =
        one_time_code::Entity::find().select_only().column(one_time_code::Column::Secret).into_tuple().all(db).await?;
    let drafts: Vec<Vec<u8>> =
        form_draft::Entity::find().select_only().column(form_draft::Column::Body).into_tuple().all(db).await?;
    let count = |all: usize| u64::try_from(all).unwrap_or(u64::MAX);
    Ok(Uses {
        cases: case_key::Entity::find().filter(case_key::Column::Root.eq(i16::from(number))).count(db).await?,
        seeds: count(seeds.iter().filter(|sealed| under(sealed)).count()),
        titles: count(titles(db).await?.iter().filter(|(_, sealed)| under(sealed)).count()),
        passwords: password::Entity::find()
            .filter(password::Column::Phc.starts_with(format!("{number}$")))
            .count(db)
            .await?,
        drafts: count(drafts.iter().filter(|sealed| under(sealed)).count()),
    })
}

/// All that [`reseal_titles`] seals.
async fn titles(db: &impl ConnectionTrait) -> Result<Vec<(Uuid, Vec<u8>)>> {
    let mut all = sealed_in::<agenda_item::Entity>(db, agenda_item::Column::Id, agenda_item::Column::Title).await?;
    all.extend(sealed_in::<entity::general_note::Entity>(db, NoteColumn::ItemId, NoteColumn::Text).await?);
    all.extend(sealed_in::<entity::phrase::Entity>(db, PhraseColumn::Id, PhraseColumn::Text).await?);
    Ok(all)
}
