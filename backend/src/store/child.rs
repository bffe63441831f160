//! What is sealed about a case: the child's name and number, the question, the guardians' names.

use std::collections::BTreeMap;

use domain::{
    case_file::{Custody, Protection},
    case_ref::CaseRef,
    id::{CaseId, GuardianId, UnitId},
    identity::PersonalNumber,
    text::PersonName,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::{
    Error, Result,
    crypt::{CaseKey, Keys, Place},
    entity::{case_file, guardian},
    store::case_key,
    tx::Tx,
};

const NAME: &str = "case_file.name";
const NUMBER: &str = "case_file.number";
const QUESTION: &str = "case_file.question";
const GUARDIAN: &str = "guardian.name";

/// A case as it is registered.
#[derive(Clone, Debug)]
pub(crate) struct NewCase {
    pub reference: CaseRef,
    pub unit: UnitId,
    pub name: PersonName,
    pub born_on: chrono::NaiveDate,
    pub number: Option<PersonalNumber>,
    pub question: String,
    pub custody: Custody,
    pub protection: Protection,
}

/// What is sealed about a child, opened.
#[derive(Clone, Debug)]
pub(crate) struct Child {
    pub name: String,
    pub number: Option<String>,
    pub question: String,
}

/// Writes a new case down and gives its id.
pub(crate) async fn create(tx: &Tx, new: &NewCase) -> Result<CaseId> {
    let id = tx.new_id();
    let key = CaseKey::new(tx.backend().random(), id);
    let seal = |column, text: &str| tx.seal_with(&key, Place { column, row: id }, text.as_bytes());
    let number = new.number.map(|number| number.to_string());
    let row = case_file::ActiveModel {
        id: Set(id),
        reference: Set(new.reference.to_string()),
        unit_id: Set(new.unit.uuid()),
        registered_by: Set(tx.doer().person.ok_or(Error::Denied)?.uuid()),
        registered_at: Set(tx.now()),
        name: Set(seal(NAME, new.name.as_str())?),
        born_on: Set(new.born_on),
        number: Set(number.as_deref().map(|number| seal(NUMBER, number)).transpose()?),
        number_index: Set(number.as_deref().map(|number| tx.backend().keys().index(NUMBER, number))),
        question: Set(seal(QUESTION, &new.question)?),
        custody: Set(new.custody.code().into()),
        protection: Set(new.protection.code().into()),
        closed_at: Set(None),
        version: Set(0),
    };
    case_file::Entity::insert(row).exec_without_returning(tx.db()).await?;
    let case = CaseId::from_uuid(id);
    case_key::keep(tx, case, &key).await?;
    Ok(case)
}

/// Whether a reference is another case's already.
pub(crate) async fn reference_taken(db: &impl ConnectionTrait, reference: CaseRef) -> Result<bool> {
    let found = case_file::Entity::find().filter(case_file::Column::Reference.eq(reference.to_string())).count(db);
    Ok(found.await? > 0)
}

/// The cases, not closed, of the child with this number. Whoever asks must not tell of those it may not know.
pub(crate) async fn with_number(db: &impl ConnectionTrait, keys: &Keys, number: PersonalNumber) -> Result<Vec<CaseId>> {
    let ids: Vec<Uuid> = case_file::Entity::find()
        .select_only()
        .column(case_file::Column::Id)
        .filter(case_file::Column::NumberIndex.is_in(keys.indexes(NUMBER, &number.to_string())))
        .filter(case_file::Column::ClosedAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(CaseId::from_uuid).collect())
}

/// Opens the children's names, and nothing else, of cases the reader may know.
pub(crate) async fn names(
    db: &impl ConnectionTrait,
    keys: &Keys,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<BTreeMap<CaseId, String>> {
    let rows: Vec<(Uuid, Vec<u8>)> = case_file::Entity::find()
        .select_only()
        .columns([case_file::Column::Id, case_file::Column::Name])
        .filter(case_file::Column::Id.is_in(cases.into_iter().map(CaseId::uuid)))
        .into_tuple()
        .all(db)
        .await?;
    let own = case_key::of_all(db, keys, rows.iter().map(|(row, _)| *row)).await?;
    rows.into_iter()
        .map(|(row, sealed)| {
            let name = own.of(row)?.open_text(Place { column: NAME, row }, &sealed)?;
            Ok((CaseId::from_uuid(row), name))
        })
        .collect()
}

/// Opens the names of the children and of all their guardians, past ones too, of cases the reader may know.
pub(crate) async fn all_names(
    db: &impl ConnectionTrait,
    keys: &Keys,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<Vec<String>> {
    let cases: Vec<CaseId> = cases.into_iter().collect();
    let mut all: Vec<String> = names(db, keys, cases.iter().copied()).await?.into_values().collect();
    let rows: Vec<(Uuid, Uuid, Vec<u8>)> = guardian::Entity::find()
        .select_only()
        .columns([guardian::Column::Id, guardian::Column::CaseId, guardian::Column::Name])
        .filter(guardian::Column::CaseId.is_in(cases.into_iter().map(CaseId::uuid)))
        .into_tuple()
        .all(db)
        .await?;
    let own = case_key::of_all(db, keys, rows.iter().map(|(_, case, _)| *case)).await?;
    for (row, case, sealed) in rows {
        all.push(own.of(case)?.open_text(Place { column: GUARDIAN, row }, &sealed)?);
    }
    Ok(all)
}

/// Opens all that is sealed about one child.
pub(crate) async fn open(db: &impl ConnectionTrait, keys: &Keys, case: CaseId) -> Result<Child> {
    let row = case_file::Entity::find_by_id(case.uuid()).one(db).await?.ok_or(Error::NotFound)?;
    let key = case_key::of(db, keys, case).await?;
    let text = |column, sealed: &[u8]| key.open_text(Place { column, row: row.id }, sealed);
    Ok(Child {
        name: text(NAME, &row.name)?,
        number: row.number.as_deref().map(|number| text(NUMBER, number)).transpose()?,
        question: text(QUESTION, &row.question)?,
    })
}

/// Hashes a case's number anew under the key in use, so that no other key is needed to find it.
pub(crate) async fn index_anew(tx: &Tx, case: CaseId, key: &CaseKey) -> Result<()> {
    let row = case_file::Entity::find_by_id(case.uuid()).one(tx.db()).await?.ok_or(Error::NotFound)?;
    let Some(sealed) = row.number else { return Ok(()) };
    let number = key.open_text(Place { column: NUMBER, row: row.id }, &sealed)?;
    let row = case_file::ActiveModel {
        id: Set(row.id),
        number_index: Set(Some(tx.backend().keys().index(NUMBER, &number))),
        ..Default::default()
    };
    case_file::Entity::update(row).exec(tx.db()).await?;
    Ok(())
}

/// Adds a guardian, from a day on.
pub(crate) async fn add_guardian(
    tx: &Tx,
    case: CaseId,
    name: &PersonName,
    from: chrono::NaiveDate,
    position: i64,
) -> Result<GuardianId> {
    let id = tx.new_id();
    let row = guardian::ActiveModel {
        id: Set(id),
        case_id: Set(case.uuid()),
        name: Set(tx.seal_of(case, GUARDIAN, id, name.as_str()).await?),
        from_on: Set(from),
        until_on: Set(None),
        position: Set(position),
    };
    guardian::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(GuardianId::from_uuid(id))
}

/// Ends a guardianship with a day.
pub(crate) async fn end_guardian(tx: &Tx, guardian: GuardianId, until: chrono::NaiveDate) -> Result<()> {
    let row = guardian::ActiveModel { id: Set(guardian.uuid()), until_on: Set(Some(until)), ..Default::default() };
    guardian::Entity::update(row).exec(tx.db()).await?;
    Ok(())
}

/// Opens the guardians' names of one case, in the order they were registered.
pub(crate) async fn guardian_names(
    db: &impl ConnectionTrait,
    keys: &Keys,
    case: CaseId,
) -> Result<BTreeMap<GuardianId, String>> {
    let rows = guardian::Entity::find()
        .filter(guardian::Column::CaseId.eq(case.uuid()))
        .order_by_asc(guardian::Column::Position)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(BTreeMap::new());
    }
    let key = case_key::of(db, keys, case).await?;
    rows.into_iter()
        .map(|row| {
            let name = key.open_text(Place { column: GUARDIAN, row: row.id }, &row.name)?;
            Ok((GuardianId::from_uuid(row.id), name))
        })
        .collect()
}
