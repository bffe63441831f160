//! Who is named among those who may know of a case with a protected identity (I1). Each word is kept; the last about a person holds.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::id::{CaseId, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{Result, entity::case_reader, tx::Tx};

/// The people named for each of these cases now.
pub(crate) async fn named(db: &impl ConnectionTrait, cases: &[Uuid]) -> Result<BTreeMap<Uuid, BTreeSet<PersonId>>> {
    let mut all: BTreeMap<Uuid, BTreeSet<PersonId>> = BTreeMap::new();
    let words = case_reader::Entity::find().filter(case_reader::Column::CaseId.is_in(cases.iter().copied()));
    for word in in_order(words).all(db).await? {
        let (people, person) = (all.entry(word.case_id).or_default(), PersonId::from_uuid(word.person_id));
        if word.named {
            people.insert(person);
        } else {
            people.remove(&person);
        }
    }
    Ok(all)
}

/// Whether somebody is named for a case now.
pub(crate) async fn is_named(db: &impl ConnectionTrait, case: CaseId, person: PersonId) -> Result<bool> {
    let words = case_reader::Entity::find()
        .filter(case_reader::Column::CaseId.eq(case.uuid()))
        .filter(case_reader::Column::PersonId.eq(person.uuid()));
    Ok(in_order(words).all(db).await?.last().is_some_and(|word| word.named))
}

/// Since when each of those named for a case is.
pub(crate) async fn since(db: &impl ConnectionTrait, case: CaseId) -> Result<BTreeMap<PersonId, DateTime<Utc>>> {
    let words = case_reader::Entity::find().filter(case_reader::Column::CaseId.eq(case.uuid()));
    let mut all = BTreeMap::new();
    for word in in_order(words).all(db).await? {
        let person = PersonId::from_uuid(word.person_id);
        if word.named {
            all.entry(person).or_insert(word.at);
        } else {
            all.remove(&person);
        }
    }
    Ok(all)
}

/// In the order they were said; of two at the same instant the one that takes away counts, as in the database's own guard.
fn in_order(words: sea_orm::Select<case_reader::Entity>) -> sea_orm::Select<case_reader::Entity> {
    words.order_by_asc(case_reader::Column::At).order_by_desc(case_reader::Column::Named)
}

/// Names somebody, or takes the name away.
pub(crate) async fn say(tx: &Tx, case: CaseId, person: PersonId, named: bool) -> Result<()> {
    let row = case_reader::ActiveModel {
        id: Set(tx.new_id()),
        case_id: Set(case.uuid()),
        person_id: Set(person.uuid()),
        named: Set(named),
        at: Set(tx.now()),
        recorded_by: Set(tx.doer().person.map(PersonId::uuid)),
    };
    case_reader::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}
