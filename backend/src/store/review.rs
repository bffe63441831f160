//! What was said of minutes by those who did not write them: remarks, approvals, reopenings; and what was added afterwards.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    consent::InfoCategory,
    id::{AddendumId, CaseId, MinutesId, PersonId, UnitId},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    audit::Written,
    crypt::{CaseKey, Place as Sealed},
    entity::{addendum_answer, minutes_addendum, minutes_approval, minutes_reopening, review_note},
    store::{case_key, minutes::MinutesHead},
    tx::Tx,
};

const NOTE: &str = "review_note.body";
const REASON: &str = "minutes_reopening.reason";
const ADDENDUM: &str = "minutes_addendum.body";
const ANSWER: &str = "addendum_answer.comment";

/// A part of minutes something can be said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The question of the item.
    Purpose,
    /// What one party brought.
    Contribution {
        /// Who.
        unit: UnitId,
        /// Of what kind.
        kind: Option<InfoCategory>,
    },
    /// The child's view.
    ChildsView,
    /// What the guardians think.
    GuardiansView,
    /// What was agreed.
    Agreed,
    /// What was undertaken.
    Undertakings,
    /// How the case leaves the meeting.
    Outcome,
}

/// What a reviewer says of minutes as they go back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remarks {
    /// Of the whole.
    pub general: String,
    /// Of single parts.
    pub at: Vec<(Place, String)>,
}

/// Remarks, by whom and when.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub revision: i64,
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub remarks: Remarks,
}

/// Writes a reviewer's remarks down, sealed.
pub(crate) async fn add_note(tx: &Tx, head: &MinutesHead, by: PersonId, remarks: &Remarks) -> Result<()> {
    let id = tx.new_id();
    let text = serde_json::to_string(remarks).map_err(|_| Error::Fault("remarks cannot be written down"))?;
    let row = review_note::ActiveModel {
        id: Set(id),
        minutes_id: Set(head.id.uuid()),
        revision: Set(head.revision),
        by_person: Set(by.uuid()),
        at: Set(tx.now()),
        body: Set(tx.seal_of(head.case, NOTE, id, &text).await?),
    };
    review_note::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// The reviewers' remarks, oldest first, but for those that were disposed of.
pub(crate) async fn notes(backend: &Backend, db: &impl ConnectionTrait, head: &MinutesHead) -> Result<Vec<Note>> {
    let rows = review_note::Entity::find()
        .filter(review_note::Column::MinutesId.eq(head.id.uuid()))
        .filter(review_note::Column::Body.ne(Vec::<u8>::new()))
        .order_by_asc(review_note::Column::At)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = case_key::of(db, backend.keys(), head.case).await?;
    let read = |row: review_note::Model| {
        let text = key.open_text(Sealed { column: NOTE, row: row.id }, &row.body)?;
        let broken = |_| Error::Inconsistent { table: "review_note", row: row.id };
        let remarks = serde_json::from_str(&text).map_err(broken)?;
        Ok(Note { revision: row.revision, by: PersonId::from_uuid(row.by_person), at: row.at, remarks })
    };
    rows.into_iter().map(read).collect()
}

/// That a revision was approved.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Approval {
    pub revision: i64,
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// Writes down that minutes are approved as they stand. The database refuses whoever wrote in them.
pub(crate) async fn add_approval(tx: &Tx, head: &MinutesHead, by: PersonId) -> Result<()> {
    let row = minutes_approval::ActiveModel {
        id: Set(tx.new_id()),
        minutes_id: Set(head.id.uuid()),
        revision: Set(head.revision),
        by_person: Set(by.uuid()),
        at: Set(tx.now()),
    };
    minutes_approval::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// The approvals of minutes, oldest first.
pub(crate) async fn approvals(db: &impl ConnectionTrait, id: MinutesId) -> Result<Vec<Approval>> {
    let rows = minutes_approval::Entity::find()
        .filter(minutes_approval::Column::MinutesId.eq(id.uuid()))
        .order_by_asc(minutes_approval::Column::Revision)
        .all(db)
        .await?;
    let read = |row: minutes_approval::Model| Approval {
        revision: row.revision,
        by: PersonId::from_uuid(row.by_person),
        at: row.at,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// That approved minutes were opened again.
#[derive(Clone, Debug)]
pub(crate) struct Reopening {
    /// What was approved then.
    pub revision: i64,
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub reason: String,
}

/// Writes down why approved minutes are opened again, sealed.
pub(crate) async fn add_reopening(tx: &Tx, head: &MinutesHead, by: PersonId, reason: &str) -> Result<()> {
    let id = tx.new_id();
    let row = minutes_reopening::ActiveModel {
        id: Set(id),
        minutes_id: Set(head.id.uuid()),
        revision: Set(head.revision),
        by_person: Set(by.uuid()),
        at: Set(tx.now()),
        reason: Set(tx.seal_of(head.case, REASON, id, reason).await?),
    };
    minutes_reopening::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// How often approved minutes were opened again, and why; oldest first.
pub(crate) async fn reopenings(
    backend: &Backend,
    db: &impl ConnectionTrait,
    head: &MinutesHead,
) -> Result<Vec<Reopening>> {
    let rows = minutes_reopening::Entity::find()
        .filter(minutes_reopening::Column::MinutesId.eq(head.id.uuid()))
        .order_by_asc(minutes_reopening::Column::Revision)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = case_key::of(db, backend.keys(), head.case).await?;
    let read = |row: minutes_reopening::Model| {
        let reason = key.open_text(Sealed { column: REASON, row: row.id }, &row.reason)?;
        Ok(Reopening { revision: row.revision, by: PersonId::from_uuid(row.by_person), at: row.at, reason })
    };
    rows.into_iter().map(read).collect()
}

/// When something last became of these minutes that whoever had read them should know, by somebody else: opened again, approved
/// anew, added to.
pub(crate) async fn news(
    db: &impl ConnectionTrait,
    minutes: impl IntoIterator<Item = MinutesId>,
    but: PersonId,
) -> Result<BTreeMap<MinutesId, DateTime<Utc>>> {
    let ids: Vec<Uuid> = minutes.into_iter().map(MinutesId::uuid).collect();
    let opened = minutes_reopening::Entity::find()
        .filter(minutes_reopening::Column::MinutesId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    let again: BTreeSet<Uuid> = opened.iter().map(|row| row.minutes_id).collect();
    let approved =
        minutes_approval::Entity::find().filter(minutes_approval::Column::MinutesId.is_in(again)).all(db).await?;
    let added = minutes_addendum::Entity::find().filter(minutes_addendum::Column::MinutesId.is_in(ids)).all(db).await?;
    let added: BTreeMap<Uuid, Uuid> = added.into_iter().map(|row| (row.id, row.minutes_id)).collect();
    let answers = addendum_answer::Entity::find()
        .filter(addendum_answer::Column::AddendumId.is_in(added.keys().copied()))
        .filter(addendum_answer::Column::Approved.eq(true))
        .all(db)
        .await?;
    let answers =
        answers.into_iter().filter_map(|row| Some((*added.get(&row.addendum_id)?, row.answered_by, row.answered_at)));
    let opened = opened.into_iter().map(|row| (row.minutes_id, row.by_person, row.at));
    let approved = approved.into_iter().map(|row| (row.minutes_id, row.by_person, row.at));
    let mut news = BTreeMap::new();
    for (id, by, at) in opened.chain(approved).chain(answers) {
        if by != but.uuid() {
            let last = news.entry(MinutesId::from_uuid(id)).or_insert(at);
            *last = at.max(*last);
        }
    }
    Ok(news)
}

/// What was added to approved minutes.
#[derive(Clone, Debug)]
pub(crate) struct Addendum {
    pub id: AddendumId,
    pub minutes: MinutesId,
    pub case: CaseId,
    pub text: String,
    pub by: PersonId,
    pub at: DateTime<Utc>,
    /// None while it waits.
    pub answer: Option<AddendumAnswer>,
}

/// What became of an addendum.
#[derive(Clone, Debug)]
pub(crate) struct AddendumAnswer {
    pub approved: bool,
    pub by: PersonId,
    pub at: DateTime<Utc>,
    /// Why not; empty where it was approved.
    pub comment: String,
}

/// Writes an addendum down, sealed, with the units covered at that moment (M4). The database refuses where the gate is closed.
pub(crate) async fn add_addendum(
    tx: &Tx,
    head: &MinutesHead,
    text: &str,
    covered: &BTreeSet<UnitId>,
    by: PersonId,
) -> Result<Written> {
    let id = tx.new_id();
    let row = minutes_addendum::Model {
        id,
        minutes_id: head.id.uuid(),
        case_id: head.case.uuid(),
        body: tx.seal_of(head.case, ADDENDUM, id, text).await?,
        covered: covered.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
        written_by: by.uuid(),
        written_at: tx.now(),
        written_ms: tx.now().timestamp_millis(),
    };
    let written = digest(&row);
    let row = minutes_addendum::ActiveModel::from(row).reset_all();
    minutes_addendum::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(written)
}

fn digest(row: &minutes_addendum::Model) -> Written {
    let number = row.written_ms.to_be_bytes();
    let parts =
        [row.minutes_id.as_bytes(), row.case_id.as_bytes(), row.written_by.as_bytes()].map(<[u8; 16]>::as_slice);
    Written::of(row.id, parts.into_iter().chain([number.as_slice(), row.covered.as_bytes(), &row.body]))
}

/// What these addenda come to now; those that are gone are left out.
pub(crate) async fn digests(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Written>> {
    let rows = minutes_addendum::Entity::find()
        .filter(minutes_addendum::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    Ok(rows.iter().map(digest).collect())
}

/// All addenda there are.
pub(crate) async fn addendum_ids(db: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    let ids = minutes_addendum::Entity::find().select_only().column(minutes_addendum::Column::Id).into_tuple();
    Ok(ids.all(db).await?)
}

/// Writes down what became of an addendum. The database refuses whoever wrote it, and an approval where the gate is closed.
pub(crate) async fn answer_addendum(tx: &Tx, addendum: &Addendum, by: PersonId, refused: Option<&str>) -> Result<()> {
    let id = addendum.id.uuid();
    let comment = match refused {
        Some(comment) => Some(tx.seal_of(addendum.case, ANSWER, id, comment).await?),
        None => None,
    };
    let row = addendum_answer::ActiveModel {
        addendum_id: Set(id),
        case_id: Set(addendum.case.uuid()),
        approved: Set(comment.is_none()),
        answered_by: Set(by.uuid()),
        answered_at: Set(tx.now()),
        answered_ms: Set(tx.now().timestamp_millis()),
        comment: Set(comment),
    };
    addendum_answer::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// One addendum.
pub(crate) async fn addendum(backend: &Backend, db: &impl ConnectionTrait, id: AddendumId) -> Result<Addendum> {
    addenda(backend, db, minutes_addendum::Column::Id.eq(id.uuid())).await?.pop().ok_or(Error::NotFound)
}

/// What was added to one minutes, oldest first.
pub(crate) async fn addenda_of(
    backend: &Backend,
    db: &impl ConnectionTrait,
    minutes: MinutesId,
) -> Result<Vec<Addendum>> {
    addenda(backend, db, minutes_addendum::Column::MinutesId.eq(minutes.uuid())).await
}

/// The minutes of these cases to which something was added that waits for its review: when the oldest was written, and by whom.
pub(crate) async fn waiting(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<BTreeMap<MinutesId, (DateTime<Utc>, BTreeSet<PersonId>)>> {
    let rows = minutes_addendum::Entity::find()
        .filter(minutes_addendum::Column::CaseId.is_in(cases.into_iter().map(CaseId::uuid)))
        .order_by_asc(minutes_addendum::Column::WrittenMs)
        .all(db)
        .await?;
    let answered = addendum_answer::Entity::find()
        .filter(addendum_answer::Column::AddendumId.is_in(rows.iter().map(|row| row.id)))
        .all(db)
        .await?;
    let answered: BTreeSet<Uuid> = answered.into_iter().map(|row| row.addendum_id).collect();
    let mut waiting = BTreeMap::new();
    for row in rows.into_iter().filter(|row| !answered.contains(&row.id)) {
        let since = row.written_at;
        let entry = waiting.entry(MinutesId::from_uuid(row.minutes_id)).or_insert((since, BTreeSet::new()));
        entry.1.insert(PersonId::from_uuid(row.written_by));
    }
    Ok(waiting)
}

async fn addenda(
    backend: &Backend,
    db: &impl ConnectionTrait,
    filter: impl sea_orm::sea_query::IntoCondition,
) -> Result<Vec<Addendum>> {
    let rows = minutes_addendum::Entity::find()
        .filter(filter)
        .order_by_asc(minutes_addendum::Column::WrittenMs)
        .order_by_asc(minutes_addendum::Column::Id)
        .all(db)
        .await?;
    let ids = rows.iter().map(|row| row.id);
    let answers =
        addendum_answer::Entity::find().filter(addendum_answer::Column::AddendumId.is_in(ids)).all(db).await?;
    let mut answers: BTreeMap<Uuid, addendum_answer::Model> =
        answers.into_iter().map(|row| (row.addendum_id, row)).collect();
    let own = case_key::of_all(db, backend.keys(), rows.iter().map(|row| row.case_id)).await?;
    rows.into_iter()
        .map(|row| {
            let key = own.of(row.case_id)?;
            Ok(Addendum {
                id: AddendumId::from_uuid(row.id),
                minutes: MinutesId::from_uuid(row.minutes_id),
                case: CaseId::from_uuid(row.case_id),
                text: key.open_text(Sealed { column: ADDENDUM, row: row.id }, &row.body)?,
                by: PersonId::from_uuid(row.written_by),
                at: row.written_at,
                answer: answers.remove(&row.id).map(|row| answer(key, row)).transpose()?,
            })
        })
        .collect()
}

fn answer(key: &CaseKey, row: addendum_answer::Model) -> Result<AddendumAnswer> {
    let place = Sealed { column: ANSWER, row: row.addendum_id };
    Ok(AddendumAnswer {
        approved: row.approved,
        by: PersonId::from_uuid(row.answered_by),
        at: row.answered_at,
        comment: row.comment.map(|text| key.open_text(place, &text)).transpose()?.unwrap_or_default(),
    })
}
