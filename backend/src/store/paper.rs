//! Signed papers, sealed before they reach the database.

use chrono::{DateTime, Utc};
use domain::id::{CaseId, ConsentId, PaperId, PersonId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::{
    Error, Result,
    crypt::{Keys, Place},
    entity::{consent, consent_paper},
    scan::{Kind, Paper},
    store::case_key,
    tx::Tx,
};

const CONTENT: &str = "consent_paper.content";

/// What stands around a paper.
#[derive(Clone, Debug)]
pub(crate) struct PaperHead {
    pub id: PaperId,
    pub consent: ConsentId,
    pub kind: Kind,
    pub bytes: i64,
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

type Columns = (Uuid, Uuid, String, i64, Uuid, DateTime<Utc>);

impl TryFrom<Columns> for PaperHead {
    type Error = Error;

    fn try_from((id, consent, kind, bytes, by, at): Columns) -> Result<Self> {
        Ok(Self {
            id: PaperId::from_uuid(id),
            consent: ConsentId::from_uuid(consent),
            kind: Kind::from_code(&kind).ok_or(Error::Inconsistent { table: "consent_paper", row: id })?,
            bytes,
            by: PersonId::from_uuid(by),
            at,
        })
    }
}

/// Keeps a paper with a consent.
pub(crate) async fn create(tx: &Tx, case: CaseId, consent: ConsentId, paper: &Paper) -> Result<PaperId> {
    let id = tx.new_id();
    let key = case_key::of(tx.db(), tx.backend().keys(), case).await?;
    let row = consent_paper::ActiveModel {
        id: Set(id),
        consent_id: Set(consent.uuid()),
        kind: Set(paper.kind.code().into()),
        bytes: Set(i64::try_from(paper.bytes.len()).unwrap_or(i64::MAX)),
        content: Set(tx.seal_with(&key, Place { column: CONTENT, row: id }, &paper.bytes)?),
        recorded_by: Set(tx.doer().person.ok_or(Error::Denied)?.uuid()),
        recorded_at: Set(tx.now()),
    };
    consent_paper::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(PaperId::from_uuid(id))
}

/// How many bytes of papers there are that somebody brought since an instant.
pub(crate) async fn bytes_since(db: &impl ConnectionTrait, by: PersonId, since: DateTime<Utc>) -> Result<i64> {
    let sizes: Vec<i64> = consent_paper::Entity::find()
        .select_only()
        .column(consent_paper::Column::Bytes)
        .filter(consent_paper::Column::RecordedBy.eq(by.uuid()))
        .filter(consent_paper::Column::RecordedAt.gt(since))
        .into_tuple()
        .all(db)
        .await?;
    Ok(sizes.into_iter().sum())
}

/// The papers of these consents without their content, in the order they came.
pub(crate) async fn heads(
    db: &impl ConnectionTrait,
    consents: impl IntoIterator<Item = ConsentId>,
) -> Result<Vec<PaperHead>> {
    let rows: Vec<Columns> = consent_paper::Entity::find()
        .select_only()
        .columns([
            consent_paper::Column::Id,
            consent_paper::Column::ConsentId,
            consent_paper::Column::Kind,
            consent_paper::Column::Bytes,
            consent_paper::Column::RecordedBy,
            consent_paper::Column::RecordedAt,
        ])
        .filter(consent_paper::Column::ConsentId.is_in(consents.into_iter().map(ConsentId::uuid)))
        .order_by_asc(consent_paper::Column::RecordedAt)
        .order_by_asc(consent_paper::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter().map(PaperHead::try_from).collect()
}

/// How many papers a consent has.
pub(crate) async fn count(db: &impl ConnectionTrait, consent: ConsentId) -> Result<u64> {
    Ok(consent_paper::Entity::find().filter(consent_paper::Column::ConsentId.eq(consent.uuid())).count(db).await?)
}

/// A paper of a case, without its content; none where the case has no such paper.
pub(crate) async fn of_case(db: &impl ConnectionTrait, case: CaseId, paper: PaperId) -> Result<Option<PaperHead>> {
    let consents: Vec<Uuid> = consent::Entity::find()
        .select_only()
        .column(consent::Column::Id)
        .filter(consent::Column::CaseId.eq(case.uuid()))
        .into_tuple()
        .all(db)
        .await?;
    let all = heads(db, consents.into_iter().map(ConsentId::from_uuid)).await?;
    Ok(all.into_iter().find(|head| head.id == paper))
}

/// The content of a paper of a case.
pub(crate) async fn content(db: &impl ConnectionTrait, keys: &Keys, case: CaseId, paper: PaperId) -> Result<Vec<u8>> {
    let row = consent_paper::Entity::find_by_id(paper.uuid()).one(db).await?.ok_or(Error::NotFound)?;
    let key = case_key::of(db, keys, case).await?;
    Ok(key.open(Place { column: CONTENT, row: paper.uuid() }, &row.content)?)
}

/// Takes a paper away.
pub(crate) async fn remove(db: &impl ConnectionTrait, paper: PaperId) -> Result<()> {
    consent_paper::Entity::delete_by_id(paper.uuid()).exec(db).await?;
    Ok(())
}
