//! What of a case may go before it: what minutes said before they were approved, and what units asked in the queue (L7).

use chrono::{DateTime, Utc};
use domain::{
    id::{CaseId, MinutesId, ProposalId, UnitId},
    minutes::MinutesState,
    proposal::ProposalState,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, QueryFilter, QuerySelect, QueryTrait as _,
    sea_query::{Expr, SimpleExpr},
};
use uuid::Uuid;

use crate::{
    Error, Result,
    entity::{draft_key, minutes, minutes_approval, proposal, review_note},
    tx::Tx,
};

/// Minutes that have earlier versions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drafts {
    pub case: CaseId,
    pub minutes: MinutesId,
    /// When they were approved last; none where they do not stand approved.
    pub approved_at: Option<DateTime<Utc>>,
}

/// The minutes of these cases of which there are versions that were never approved.
pub(crate) async fn drafts(db: &impl ConnectionTrait, cases: impl IntoIterator<Item = CaseId>) -> Result<Vec<Drafts>> {
    let with_drafts = draft_key::Entity::find()
        .select_only()
        .column(draft_key::Column::MinutesId)
        .filter(draft_key::Column::CaseId.is_in(cases.into_iter().map(CaseId::uuid)))
        .filter(never_approved())
        .into_query();
    let rows: Vec<(Uuid, Uuid, String, Option<DateTime<Utc>>)> = minutes::Entity::find()
        .select_only()
        .columns([minutes::Column::Id, minutes::Column::CaseId, minutes::Column::State, minutes::Column::ApprovedAt])
        .filter(minutes::Column::Id.in_subquery(with_drafts))
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(id, case, state, approved_at)| {
            let state =
                MinutesState::from_code(&state).map_err(|_| Error::Inconsistent { table: "minutes", row: id })?;
            Ok(Drafts {
                case: CaseId::from_uuid(case),
                minutes: MinutesId::from_uuid(id),
                approved_at: approved_at.filter(|_| state == MinutesState::Approved),
            })
        })
        .collect()
}

/// Whether the revision of a key was never approved.
fn never_approved() -> SimpleExpr {
    let approved = minutes_approval::Entity::find()
        .select_only()
        .column(minutes_approval::Column::Id)
        .filter(
            Expr::col((minutes_approval::Entity, minutes_approval::Column::MinutesId))
                .equals((draft_key::Entity, draft_key::Column::MinutesId)),
        )
        .filter(
            Expr::col((minutes_approval::Entity, minutes_approval::Column::Revision))
                .equals((draft_key::Entity, draft_key::Column::Number)),
        )
        .into_query();
    Expr::exists(approved).not()
}

/// Destroys the keys of all versions of these minutes that were never approved, and what reviewers said of them. The database refuses
/// it without its proof.
pub(crate) async fn destroy_drafts(tx: &Tx, all: &[Uuid]) -> Result<()> {
    draft_key::Entity::delete_many()
        .filter(draft_key::Column::MinutesId.is_in(all.iter().copied()))
        .filter(never_approved())
        .exec(tx.db())
        .await?;
    review_note::Entity::update_many()
        .col_expr(review_note::Column::Body, Expr::value(Vec::<u8>::new()))
        .filter(review_note::Column::MinutesId.is_in(all.iter().copied()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// What a unit asked for a case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    pub case: CaseId,
    pub proposal: ProposalId,
    pub state: ProposalState,
    pub at: DateTime<Utc>,
    /// When it was sent back.
    pub returned_at: Option<DateTime<Utc>>,
}

/// What a unit asked for these cases and what is there still, what it took back among it.
pub(crate) async fn asked(
    db: &impl ConnectionTrait,
    unit: UnitId,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<Vec<Asked>> {
    let rows = proposal::Entity::find()
        .filter(proposal::Column::UnitId.eq(unit.uuid()))
        .filter(proposal::Column::CaseId.is_in(cases.into_iter().map(CaseId::uuid)))
        .filter(proposal::Column::Question.ne(Vec::<u8>::new()))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let broken = |_| Error::Inconsistent { table: "proposal", row: row.id };
            Ok(Asked {
                case: CaseId::from_uuid(row.case_id),
                proposal: ProposalId::from_uuid(row.id),
                state: ProposalState::from_code(&row.state).map_err(broken)?,
                at: row.created_at,
                returned_at: row.returned_at,
            })
        })
        .collect()
}

/// Takes the words of these proposals away. The database refuses it without its proof.
pub(crate) async fn destroy_words(tx: &Tx, all: &[Uuid]) -> Result<()> {
    let none = || Expr::value(Vec::<u8>::new());
    let reason = Expr::case(proposal::Column::Reason.is_not_null(), none()).finally(Expr::value(None::<Vec<u8>>));
    proposal::Entity::update_many()
        .col_expr(proposal::Column::Question, none())
        .col_expr(proposal::Column::Reason, reason.into())
        .filter(proposal::Column::Id.is_in(all.iter().copied()))
        .exec(tx.db())
        .await?;
    Ok(())
}
