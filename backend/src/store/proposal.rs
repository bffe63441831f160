//! What units ask to have cases taken up for. The question and the reason of a no are sealed with the case's key.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    id::{CaseId, PersonId, ProposalId, UnitId},
    proposal::ProposalState,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Error, Result,
    crypt::{Keys, Place},
    entity::{proposal, proposal_party},
    store::case_key,
    tx::Tx,
};

const QUESTION: &str = "proposal.question";
const REASON: &str = "proposal.reason";

/// A proposal without its words.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    pub id: ProposalId,
    pub case: CaseId,
    /// The unit that asks.
    pub unit: UnitId,
    pub person: PersonId,
    pub asked_at: DateTime<Utc>,
    /// Not before this local day.
    pub not_before: Option<NaiveDate>,
    /// The family takes part.
    pub family: bool,
    /// Local time the family can come.
    pub family_at: Option<NaiveTime>,
    pub state: ProposalState,
    /// The units wished for.
    pub parties: BTreeSet<UnitId>,
    question: Vec<u8>,
    reason: Option<Vec<u8>>,
}

/// What a proposal says, opened.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub question: String,
    /// Why it came back.
    pub reason: Option<String>,
}

/// A proposal as it is made.
#[derive(Clone, Debug)]
pub(crate) struct NewProposal {
    pub case: CaseId,
    pub unit: UnitId,
    pub question: String,
    pub not_before: Option<NaiveDate>,
    pub family: bool,
    pub family_at: Option<NaiveTime>,
    pub parties: BTreeSet<UnitId>,
}

/// The proposals of these cases that nobody took back, oldest first, but for those whose words were disposed of.
pub(crate) async fn of_cases(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<Vec<Proposal>> {
    let rows = proposal::Entity::find()
        .filter(proposal::Column::CaseId.is_in(cases.into_iter().map(CaseId::uuid)))
        .filter(proposal::Column::State.ne(ProposalState::TakenBack.code()))
        .filter(proposal::Column::Question.ne(Vec::<u8>::new()))
        .order_by_asc(proposal::Column::CreatedAt)
        .order_by_asc(proposal::Column::Id)
        .all(db)
        .await?;
    read(db, rows).await
}

/// One proposal.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) async fn load(db: &impl ConnectionTrait, id: ProposalId) -> Result<Proposal> {
    let row = proposal::Entity::find_by_id(id.uuid()).one(db).await?.ok_or(Error::NotFound)?;
    read(db, vec![row]).await?.pop().ok_or(Error::NotFound)
}

async fn read(db: &impl ConnectionTrait, rows: Vec<proposal::Model>) -> Result<Vec<Proposal>> {
    let parties: Vec<(Uuid, Uuid)> = proposal_party::Entity::find()
        .select_only()
        .columns([proposal_party::Column::ProposalId, proposal_party::Column::UnitId])
        .filter(proposal_party::Column::ProposalId.is_in(rows.iter().map(|row| row.id)))
        .into_tuple()
        .all(db)
        .await?;
    let mut of: BTreeMap<Uuid, BTreeSet<UnitId>> = BTreeMap::new();
    for (proposal, unit) in parties {
        of.entry(proposal).or_default().insert(UnitId::from_uuid(unit));
    }
    rows.into_iter()
        .map(|row| {
            let broken = |_| Error::Inconsistent { table: "proposal", row: row.id };
            Ok(Proposal {
                id: ProposalId::from_uuid(row.id),
                case: CaseId::from_uuid(row.case_id),
                unit: UnitId::from_uuid(row.unit_id),
                person: PersonId::from_uuid(row.person_id),
                asked_at: row.created_at,
                not_before: row.not_before,
                family: row.family,
                family_at: row.family_at,
                state: ProposalState::from_code(&row.state).map_err(broken)?,
                parties: of.remove(&row.id).unwrap_or_default(),
                question: row.question,
                reason: row.reason,
            })
        })
        .collect()
}

/// Opens what these proposals say, of cases the reader may know.
pub(crate) async fn words(
    db: &impl ConnectionTrait,
    keys: &Keys,
    proposals: &[Proposal],
) -> Result<BTreeMap<ProposalId, Words>> {
    let own = case_key::of_all(db, keys, proposals.iter().map(|one| one.case.uuid())).await?;
    let open = |one: &Proposal| {
        let (key, row) = (own.of(one.case.uuid())?, one.id.uuid());
        let text = |column, sealed: &[u8]| key.open_text(Place { column, row }, sealed);
        let reason = one.reason.as_deref().map(|sealed| text(REASON, sealed)).transpose()?;
        Ok((one.id, Words { question: text(QUESTION, &one.question)?, reason }))
    };
    proposals.iter().map(open).collect()
}

/// Writes a proposal down.
pub(crate) async fn create(tx: &Tx, new: &NewProposal) -> Result<ProposalId> {
    let id = tx.new_id();
    let row = proposal::ActiveModel {
        id: Set(id),
        case_id: Set(new.case.uuid()),
        unit_id: Set(new.unit.uuid()),
        person_id: Set(tx.doer().person.ok_or(Error::Denied)?.uuid()),
        created_at: Set(tx.now()),
        question: Set(tx.seal_of(new.case, QUESTION, id, &new.question).await?),
        not_before: Set(new.not_before),
        family: Set(new.family),
        family_at: Set(new.family_at),
        state: Set(ProposalState::Waiting.code().into()),
        returned_by: Set(None),
        returned_at: Set(None),
        reason: Set(None),
    };
    proposal::Entity::insert(row).exec_without_returning(tx.db()).await?;
    if !new.parties.is_empty() {
        let rows = new
            .parties
            .iter()
            .map(|unit| proposal_party::ActiveModel { proposal_id: Set(id), unit_id: Set(unit.uuid()) });
        proposal_party::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(ProposalId::from_uuid(id))
}

/// Takes back whatever a unit asked for in a case: it asks for something else.
pub(crate) async fn take_back_of(tx: &Tx, case: CaseId, unit: UnitId) -> Result<()> {
    proposal::Entity::update_many()
        .col_expr(proposal::Column::State, Expr::value(ProposalState::TakenBack.code()))
        .filter(proposal::Column::CaseId.eq(case.uuid()))
        .filter(proposal::Column::UnitId.eq(unit.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Takes a proposal back.
pub(crate) async fn take_back(tx: &Tx, id: ProposalId) -> Result<()> {
    proposal::Entity::update_many()
        .col_expr(proposal::Column::State, Expr::value(ProposalState::TakenBack.code()))
        .filter(proposal::Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Sends a waiting proposal back.
///
/// # Errors
/// [`Error::Stale`] when it does not wait any more.
pub(crate) async fn send_back(tx: &Tx, one: &Proposal, by: PersonId, reason: &str) -> Result<()> {
    let sealed = tx.seal_of(one.case, REASON, one.id.uuid(), reason).await?;
    let changed = proposal::Entity::update_many()
        .set(proposal::ActiveModel {
            state: Set(ProposalState::Returned.code().into()),
            returned_by: Set(Some(by.uuid())),
            returned_at: Set(Some(tx.now())),
            reason: Set(Some(sealed)),
            ..Default::default()
        })
        .filter(proposal::Column::Id.eq(one.id.uuid()))
        .filter(proposal::Column::State.eq(ProposalState::Waiting.code()))
        .exec(tx.db())
        .await?;
    if changed.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
