//! Minutes, their revisions and who read them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    consent::InfoCategory,
    id::{AgendaItemId, CaseId, ConsentId, MeetingId, MinutesId, PersonId, UnitId},
    minutes::{ChildsView, MinutesState, Outcome},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::OnConflict,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    audit::Written,
    crypt::{Apart, Place},
    entity::{draft_key, minutes, minutes_reading, minutes_revision},
    store::case_key,
    tx::Tx,
};

const BODY: &str = "minutes_revision.body";
const KEY: &str = "draft_key.sealed";

/// What minutes say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The question of this item.
    pub purpose: String,
    /// What each party brought.
    pub contributions: Vec<Contribution>,
    /// What became of the child's view (M13); none until chosen.
    pub childs_view: Option<ChildsView>,
    /// The child's view in words.
    pub childs_words: String,
    /// What the guardians think, in words.
    #[serde(default)]
    pub guardians_view: String,
    /// What was agreed, besides the undertakings.
    pub agreed: String,
    /// What units undertook (M11).
    pub undertakings: Vec<Undertaking>,
    /// How the case leaves the meeting (M12); none until chosen.
    pub outcome: Option<Outcome>,
}

/// What one party brought, of one kind of information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// Who brought it.
    pub unit: UnitId,
    /// Of what kind it is; none until chosen.
    pub kind: Option<InfoCategory>,
    /// What.
    pub text: String,
}

/// One undertaking: who does what by when (M11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undertaking {
    /// What.
    pub what: String,
    /// The unit that does it.
    pub unit: UnitId,
    /// The last day.
    pub due_on: NaiveDate,
}

impl Body {
    /// The text of every part, in order, as the rules read it.
    pub fn parts(&self) -> Vec<&str> {
        let mut parts = vec![&*self.purpose];
        parts.extend(self.contributions.iter().map(|one| &*one.text));
        parts.extend([&*self.childs_words, &*self.guardians_view, &*self.agreed]);
        parts.extend(self.undertakings.iter().map(|one| &*one.what));
        parts
    }
}

/// Minutes without their text.
#[derive(Clone, Debug)]
pub(crate) struct MinutesHead {
    pub id: MinutesId,
    pub item: AgendaItemId,
    pub case: CaseId,
    pub meeting: MeetingId,
    pub state: MinutesState,
    pub revision: i64,
    pub submitted_at: Option<DateTime<Utc>>,
    pub approved_at: Option<DateTime<Utc>>,
    pub approved_by: Option<PersonId>,
    /// What was approved last: it is read while they are open again.
    pub approved_revision: Option<i64>,
    /// The day the case is taken up again, as last handed in (M12).
    pub follow_up_on: Option<NaiveDate>,
    pub version: i64,
}

fn head(row: &minutes::Model) -> Result<MinutesHead> {
    Ok(MinutesHead {
        id: MinutesId::from_uuid(row.id),
        item: AgendaItemId::from_uuid(row.item_id),
        case: CaseId::from_uuid(row.case_id),
        meeting: MeetingId::from_uuid(row.meeting_id),
        state: MinutesState::from_code(&row.state)
            .map_err(|_| Error::Inconsistent { table: "minutes", row: row.id })?,
        revision: row.revision,
        submitted_at: row.submitted_at,
        approved_at: row.approved_at,
        approved_by: row.approved_by.map(PersonId::from_uuid),
        approved_revision: row.approved_revision,
        follow_up_on: row.follow_up_on,
        version: row.version,
    })
}

/// One minutes.
pub(crate) async fn load(db: &impl ConnectionTrait, id: MinutesId) -> Result<MinutesHead> {
    find(db, id).await?.ok_or(Error::NotFound)
}

/// The head of minutes, if there are any with this id.
pub(crate) async fn find(db: &impl ConnectionTrait, id: MinutesId) -> Result<Option<MinutesHead>> {
    minutes::Entity::find_by_id(id.uuid()).one(db).await?.as_ref().map(head).transpose()
}

/// The minutes of an item, if any are begun.
pub(crate) async fn of_item(db: &impl ConnectionTrait, item: AgendaItemId) -> Result<Option<MinutesHead>> {
    minutes::Entity::find()
        .filter(minutes::Column::ItemId.eq(item.uuid()))
        .one(db)
        .await?
        .as_ref()
        .map(head)
        .transpose()
}

/// All minutes of these cases, oldest first.
pub(crate) async fn of_cases(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<Vec<MinutesHead>> {
    let rows = minutes::Entity::find()
        .filter(minutes::Column::CaseId.is_in(cases.into_iter().map(CaseId::uuid)))
        .order_by_asc(minutes::Column::SubmittedAt)
        .order_by_asc(minutes::Column::Id)
        .all(db)
        .await?;
    rows.iter().map(head).collect()
}

/// The day each of these items' case is taken up again, as its minutes were last handed in, and where those are.
pub(crate) async fn follow_ups(
    db: &impl ConnectionTrait,
    items: impl IntoIterator<Item = AgendaItemId>,
) -> Result<BTreeMap<AgendaItemId, (NaiveDate, MinutesState)>> {
    let rows = minutes::Entity::find()
        .filter(minutes::Column::ItemId.is_in(items.into_iter().map(AgendaItemId::uuid)))
        .filter(minutes::Column::FollowUpOn.is_not_null())
        .all(db)
        .await?;
    let heads = rows.iter().map(head).collect::<Result<Vec<_>>>()?;
    Ok(heads.into_iter().filter_map(|head| Some((head.item, (head.follow_up_on?, head.state)))).collect())
}

/// Begins minutes. The database refuses where the gate is closed (CONS-01).
pub(crate) async fn create(
    tx: &Tx,
    item: AgendaItemId,
    case: CaseId,
    meeting: MeetingId,
    writer: PersonId,
    consent: ConsentId,
) -> Result<MinutesHead> {
    let id = tx.new_id();
    let row = minutes::ActiveModel {
        id: Set(id),
        item_id: Set(item.uuid()),
        case_id: Set(case.uuid()),
        meeting_id: Set(meeting.uuid()),
        writer_id: Set(writer.uuid()),
        state: Set(MinutesState::Draft.code().into()),
        consent_id: Set(consent.uuid()),
        revision: Set(0),
        touched_ms: Set(tx.now().timestamp_millis()),
        submitted_at: Set(None),
        approved_at: Set(None),
        approved_by: Set(None),
        approved_revision: Set(None),
        follow_up_on: Set(None),
        version: Set(1),
    };
    minutes::Entity::insert(row).exec_without_returning(tx.db()).await?;
    load(tx.db(), MinutesId::from_uuid(id)).await
}

/// Saves where minutes are, if nobody came first. The database refuses where the gate is closed, except for returning.
pub(crate) async fn save(tx: &Tx, head: &MinutesHead, consent: Option<ConsentId>) -> Result<()> {
    let mut row = minutes::ActiveModel {
        state: Set(head.state.code().into()),
        revision: Set(head.revision),
        touched_ms: Set(tx.now().timestamp_millis()),
        submitted_at: Set(head.submitted_at),
        approved_at: Set(head.approved_at),
        approved_by: Set(head.approved_by.map(PersonId::uuid)),
        approved_revision: Set(head.approved_revision),
        follow_up_on: Set(head.follow_up_on),
        version: Set(head.version + 1),
        ..Default::default()
    };
    if let Some(consent) = consent {
        row.consent_id = Set(consent.uuid());
    }
    let saved = minutes::Entity::update_many()
        .set(row)
        .filter(minutes::Column::Id.eq(head.id.uuid()))
        .filter(minutes::Column::Version.eq(head.version))
        .exec(tx.db())
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Writes the next revision down, sealed under a key of its own, with the units covered at that moment (M4).
pub(crate) async fn add_revision(
    tx: &Tx,
    head: &MinutesHead,
    number: i64,
    body: &Body,
    covered: &BTreeSet<UnitId>,
    writer: PersonId,
) -> Result<Written> {
    let id = tx.new_id();
    let text = serde_json::to_string(body).map_err(|_| Error::Inconsistent { table: "minutes_revision", row: id })?;
    let key = case_key::of(tx.db(), tx.backend().keys(), head.case).await?;
    let Apart { key, sealed } = key.seal_apart(tx.backend().random(), places(id), text.as_bytes())?;
    let key = draft_key::Model {
        revision_id: id,
        case_id: head.case.uuid(),
        minutes_id: head.id.uuid(),
        number,
        sealed: key,
    };
    let row = minutes_revision::Model {
        id,
        minutes_id: head.id.uuid(),
        case_id: head.case.uuid(),
        number,
        body: sealed,
        covered: covered.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
        written_by: writer.uuid(),
        written_at: tx.now(),
        written_ms: tx.now().timestamp_millis(),
    };
    let written = digest(&row);
    let row = minutes_revision::ActiveModel::from(row).reset_all();
    minutes_revision::Entity::insert(row).exec_without_returning(tx.db()).await?;
    draft_key::Entity::insert(draft_key::ActiveModel::from(key).reset_all()).exec_without_returning(tx.db()).await?;
    Ok(written)
}

/// Where a revision's key and its text belong.
const fn places(revision: Uuid) -> (Place, Place) {
    (Place { column: KEY, row: revision }, Place { column: BODY, row: revision })
}

fn digest(row: &minutes_revision::Model) -> Written {
    let numbers = [row.number, row.written_ms].map(i64::to_be_bytes);
    let ids = [row.minutes_id.as_bytes(), row.case_id.as_bytes(), row.written_by.as_bytes()].map(<[u8; 16]>::as_slice);
    let numbers = numbers.iter().map(<[u8; 8]>::as_slice);
    Written::of(row.id, ids.into_iter().chain(numbers).chain([row.covered.as_bytes(), &row.body]))
}

/// What these revisions come to now; those that are gone are left out.
pub(crate) async fn digests(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Written>> {
    let rows = minutes_revision::Entity::find()
        .filter(minutes_revision::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    Ok(rows.iter().map(digest).collect())
}

/// All revisions there are.
pub(crate) async fn revision_ids(db: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    let ids = minutes_revision::Entity::find().select_only().column(minutes_revision::Column::Id).into_tuple();
    Ok(ids.all(db).await?)
}

/// The text of one revision; an empty one before the first.
///
/// # Errors
/// [`Error::NotFound`] where it was disposed of.
pub(crate) async fn body(backend: &Backend, db: &impl ConnectionTrait, id: MinutesId, number: i64) -> Result<Body> {
    kept_body(backend, db, id, number).await?.ok_or(Error::NotFound)
}

/// The text of one revision, as [`body`]; none where it was disposed of.
pub(crate) async fn kept_body(
    backend: &Backend,
    db: &impl ConnectionTrait,
    id: MinutesId,
    number: i64,
) -> Result<Option<Body>> {
    let row = minutes_revision::Entity::find()
        .filter(minutes_revision::Column::MinutesId.eq(id.uuid()))
        .filter(minutes_revision::Column::Number.eq(number))
        .one(db)
        .await?;
    let Some(row) = row else { return Ok(Some(Body::default())) };
    let Some(own) = draft_key::Entity::find_by_id(row.id).one(db).await? else { return Ok(None) };
    let key = case_key::of(db, backend.keys(), CaseId::from_uuid(row.case_id)).await?;
    let text = key.open_apart(places(row.id), &Apart { key: own.sealed, sealed: row.body })?;
    serde_json::from_str(&text).map(Some).map_err(|_| Error::Inconsistent { table: "minutes_revision", row: row.id })
}

/// Everybody who has written in the minutes.
pub(crate) async fn writers(db: &impl ConnectionTrait, id: MinutesId) -> Result<BTreeSet<PersonId>> {
    let rows =
        minutes_revision::Entity::find().filter(minutes_revision::Column::MinutesId.eq(id.uuid())).all(db).await?;
    Ok(rows.into_iter().map(|row| PersonId::from_uuid(row.written_by)).collect())
}

/// Who wrote a revision.
pub(crate) async fn writer(db: &impl ConnectionTrait, id: MinutesId, number: i64) -> Result<Option<PersonId>> {
    let row = minutes_revision::Entity::find()
        .filter(minutes_revision::Column::MinutesId.eq(id.uuid()))
        .filter(minutes_revision::Column::Number.eq(number))
        .one(db)
        .await?;
    Ok(row.map(|row| PersonId::from_uuid(row.written_by)))
}

/// Everybody who had written in the minutes up to a revision, in the order they first did.
pub(crate) async fn writers_in_order(db: &impl ConnectionTrait, id: MinutesId, until: i64) -> Result<Vec<PersonId>> {
    let rows = minutes_revision::Entity::find()
        .filter(minutes_revision::Column::MinutesId.eq(id.uuid()))
        .filter(minutes_revision::Column::Number.lte(until))
        .order_by_asc(minutes_revision::Column::Number)
        .all(db)
        .await?;
    let mut writers = Vec::new();
    for writer in rows.into_iter().map(|row| PersonId::from_uuid(row.written_by)) {
        if !writers.contains(&writer) {
            writers.push(writer);
        }
    }
    Ok(writers)
}

/// The units covered when a revision was written (M4).
pub(crate) async fn covered_then(db: &impl ConnectionTrait, id: MinutesId, number: i64) -> Result<BTreeSet<UnitId>> {
    let row = minutes_revision::Entity::find()
        .filter(minutes_revision::Column::MinutesId.eq(id.uuid()))
        .filter(minutes_revision::Column::Number.eq(number))
        .one(db)
        .await?;
    let Some(row) = row else { return Ok(BTreeSet::new()) };
    super::case::codes(&row.covered).ok_or(Error::Inconsistent { table: "minutes_revision", row: row.id })
}

/// Which revision somebody last read.
pub(crate) async fn last_read(db: &impl ConnectionTrait, id: MinutesId, person: PersonId) -> Result<Option<i64>> {
    let row = minutes_reading::Entity::find()
        .filter(minutes_reading::Column::MinutesId.eq(id.uuid()))
        .filter(minutes_reading::Column::PersonId.eq(person.uuid()))
        .one(db)
        .await?;
    Ok(row.map(|row| row.revision))
}

/// Remembers which revision somebody read. Nobody's deed: the reading itself is written down in the log.
pub(crate) async fn mark_read(backend: &Backend, id: MinutesId, person: PersonId, revision: i64) -> Result<()> {
    let _turn = backend.turn().await;
    let row = minutes_reading::ActiveModel {
        id: Set(backend.random().uuid()),
        minutes_id: Set(id.uuid()),
        person_id: Set(person.uuid()),
        revision: Set(revision),
        at: Set(backend.now()),
    };
    let again = OnConflict::columns([minutes_reading::Column::MinutesId, minutes_reading::Column::PersonId])
        .update_columns([minutes_reading::Column::Revision, minutes_reading::Column::At])
        .to_owned();
    minutes_reading::Entity::insert(row).on_conflict(again).exec_without_returning(backend.db()).await?;
    Ok(())
}

/// Who has read minutes.
pub(crate) async fn readers(db: &impl ConnectionTrait, id: MinutesId) -> Result<Vec<PersonId>> {
    let rows = minutes_reading::Entity::find()
        .filter(minutes_reading::Column::MinutesId.eq(id.uuid()))
        .order_by_asc(minutes_reading::Column::At)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| PersonId::from_uuid(row.person_id)).collect())
}

/// The minutes somebody has read, and when last.
pub(crate) async fn readings(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<BTreeMap<MinutesId, DateTime<Utc>>> {
    let rows =
        minutes_reading::Entity::find().filter(minutes_reading::Column::PersonId.eq(person.uuid())).all(db).await?;
    Ok(rows.into_iter().map(|row| (MinutesId::from_uuid(row.minutes_id), row.at)).collect())
}
