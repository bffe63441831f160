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
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
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
const FORMER_NUMBER: &str = "case_file.former_number";
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
    /// The coordination number it had before (I7).
    pub former_number: Option<String>,
    pub question: String,
}

/// What binds somebody to a child.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bond {
    /// The first local day.
    pub from: chrono::NaiveDate,
    /// The place among the child's others.
    pub position: i64,
    /// Whether it is custody.
    pub custody: bool,
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
        former_number: Set(None),
        former_number_index: Set(None),
        question: Set(seal(QUESTION, &new.question)?),
        custody: Set(new.custody.code().into()),
        protection: Set(new.protection.code().into()),
        closed_at: Set(None),
        disposed_at: Set(None),
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

/// The cases, not closed, of the child that has or had this number (I7). Whoever asks must not tell of those it may not know.
pub(crate) async fn with_number(db: &impl ConnectionTrait, keys: &Keys, number: PersonalNumber) -> Result<Vec<CaseId>> {
    let ids: Vec<Uuid> = case_file::Entity::find()
        .select_only()
        .column(case_file::Column::Id)
        .filter(
            case_file::Column::NumberIndex
                .is_in(keys.indexes(NUMBER, &number.to_string()))
                .or(case_file::Column::FormerNumberIndex.is_in(keys.indexes(FORMER_NUMBER, &number.to_string()))),
        )
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
    column(db, keys, cases, (case_file::Column::Name, NAME)).await
}

/// Opens the questions cases were registered with, and nothing else, of cases the reader may know.
pub(crate) async fn questions(
    db: &impl ConnectionTrait,
    keys: &Keys,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<BTreeMap<CaseId, String>> {
    column(db, keys, cases, (case_file::Column::Question, QUESTION)).await
}

async fn column(
    db: &impl ConnectionTrait,
    keys: &Keys,
    cases: impl IntoIterator<Item = CaseId>,
    (which, column): (case_file::Column, &'static str),
) -> Result<BTreeMap<CaseId, String>> {
    let rows: Vec<(Uuid, Vec<u8>)> = case_file::Entity::find()
        .select_only()
        .columns([case_file::Column::Id, which])
        .filter(case_file::Column::Id.is_in(cases.into_iter().map(CaseId::uuid)))
        .into_tuple()
        .all(db)
        .await?;
    let own = case_key::of_all(db, keys, rows.iter().map(|(row, _)| *row)).await?;
    rows.into_iter()
        .map(|(row, sealed)| {
            let text = own.of(row)?.open_text(Place { column, row }, &sealed)?;
            Ok((CaseId::from_uuid(row), text))
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
        former_number: row.former_number.as_deref().map(|number| text(FORMER_NUMBER, number)).transpose()?,
        question: text(QUESTION, &row.question)?,
    })
}

/// Hashes a case's number anew under the key in use, so that no other key is needed to find it.
pub(crate) async fn index_anew(tx: &Tx, case: CaseId, key: &CaseKey) -> Result<()> {
    let row = case_file::Entity::find_by_id(case.uuid()).one(tx.db()).await?.ok_or(Error::NotFound)?;
    let anew = |column, sealed: Option<Vec<u8>>| {
        sealed
            .map(|sealed| key.open_text(Place { column, row: row.id }, &sealed))
            .transpose()
            .map(|number| number.map(|number| tx.backend().keys().index(column, &number)))
    };
    let row = case_file::ActiveModel {
        id: Set(row.id),
        number_index: Set(anew(NUMBER, row.number)?),
        former_number_index: Set(anew(FORMER_NUMBER, row.former_number)?),
        ..Default::default()
    };
    case_file::Entity::update(row).exec(tx.db()).await?;
    Ok(())
}

/// Gives a case that was read at `version` another number; the one it had, if any, stays beside it (I7).
///
/// # Errors
/// [`Error::Stale`] when the case was changed meanwhile.
pub(crate) async fn set_number(tx: &Tx, case: CaseId, version: i64, new: PersonalNumber) -> Result<()> {
    let former = open(tx.db(), tx.backend().keys(), case).await?.number;
    let (id, text) = (case.uuid(), new.to_string());
    let index = |column, number: &str| tx.backend().keys().index(column, number);
    let mut change = case_file::Entity::update_many()
        .col_expr(case_file::Column::Number, Expr::value(tx.seal_of(case, NUMBER, id, &text).await?))
        .col_expr(case_file::Column::NumberIndex, Expr::value(index(NUMBER, &text)))
        .col_expr(case_file::Column::Version, Expr::value(version + 1));
    if let Some(former) = former {
        let sealed = tx.seal_of(case, FORMER_NUMBER, id, &former).await?;
        change = change
            .col_expr(case_file::Column::FormerNumber, Expr::value(sealed))
            .col_expr(case_file::Column::FormerNumberIndex, Expr::value(index(FORMER_NUMBER, &former)));
    }
    let changed = change
        .filter(case_file::Column::Id.eq(id))
        .filter(case_file::Column::Version.eq(version))
        .exec(tx.db())
        .await?;
    if changed.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Adds a guardian, or a parent without custody, from a day on.
pub(crate) async fn add_guardian(tx: &Tx, case: CaseId, name: &PersonName, bond: Bond) -> Result<GuardianId> {
    let id = tx.new_id();
    let row = guardian::ActiveModel {
        id: Set(id),
        case_id: Set(case.uuid()),
        name: Set(tx.seal_of(case, GUARDIAN, id, name.as_str()).await?),
        from_on: Set(bond.from),
        until_on: Set(None),
        position: Set(bond.position),
        custody: Set(bond.custody),
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
