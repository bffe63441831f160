//! Cases on their way out and what of them goes before, and the proof of what is gone (L7).

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    case_file::Protection,
    id::{CaseId, PersonId, UnitId},
    retention::{Disposal, DisposalState, DocumentKind, Proof, Thing, Word},
    visibility::Circle,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Error, Result,
    entity::{
        case_file, case_key, consent, consent_paper,
        disposal::{self, Column},
        guardian,
    },
    store::{self, case::circle_of},
    tx::Tx,
};

/// A case on its way out, or what of it goes before; or what is left of it.
#[derive(Clone, Debug)]
pub(crate) struct Going {
    pub id: Uuid,
    pub thing: Thing,
    /// The case's four characters: what is left of it.
    pub reference: String,
    /// Who may know of it, of those who work in its unit; also once it is gone (I1).
    pub circle: Circle,
    pub disposal: Disposal,
    /// Of what is gone: the highest number of the installation's keys then.
    pub root: Option<u8>,
    pub version: i64,
}

/// A unit's one of a thing that was neither stopped nor carried out, if there is one; on PostgreSQL nobody else changes it before this
/// transaction ends.
pub(crate) async fn under_way(tx: &Tx, thing: Thing, unit: UnitId) -> Result<Option<Going>> {
    let row = disposal::Entity::find()
        .filter(Column::CaseId.eq(thing.case.uuid()))
        .filter(Column::Kind.eq(thing.kind.code()))
        .filter(Column::UnitId.eq(unit.uuid()))
        .filter(Column::State.is_in([DisposalState::Proposed.code(), DisposalState::Approved.code()]))
        .lock_exclusive()
        .one(tx.db())
        .await?;
    Ok(read_all(tx.db(), row.into_iter().collect()).await?.pop())
}

/// Those of a unit that were not stopped, the first proposed first.
pub(crate) async fn of_unit(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<Going>> {
    let rows = disposal::Entity::find()
        .filter(Column::UnitId.eq(unit.uuid()))
        .filter(Column::State.ne(DisposalState::Stopped.code()))
        .order_by_asc(Column::ProposedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    read_all(db, rows).await
}

/// What was approved at an instant or before, and neither stopped nor carried out, and whose it is.
pub(crate) async fn approved_by(db: &impl ConnectionTrait, at: DateTime<Utc>) -> Result<Vec<(Thing, UnitId)>> {
    let rows: Vec<(String, Uuid, Uuid)> = disposal::Entity::find()
        .select_only()
        .columns([Column::Kind, Column::CaseId, Column::UnitId])
        .filter(Column::State.eq(DisposalState::Approved.code()))
        .filter(Column::ApprovedMs.lte(at.timestamp_millis()))
        .order_by_asc(Column::ApprovedMs)
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter().map(|(kind, case, unit)| Ok((thing(&kind, case)?, UnitId::from_uuid(unit)))).collect()
}

fn thing(kind: &str, case: Uuid) -> Result<Thing> {
    let kind = DocumentKind::from_code(kind).map_err(|_| Error::Inconsistent { table: "disposal", row: case })?;
    Ok(Thing { kind, case: CaseId::from_uuid(case) })
}

async fn read_all(db: &impl ConnectionTrait, rows: Vec<disposal::Model>) -> Result<Vec<Going>> {
    let rules = store::retention::rules(db, rows.iter().filter_map(|row| row.rule_id)).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.case_id).collect();
    let mut named = store::case_reader::named(db, &ids).await?;
    let cases: Vec<(Uuid, String, String)> = case_file::Entity::find()
        .select_only()
        .columns([case_file::Column::Id, case_file::Column::Reference, case_file::Column::Protection])
        .filter(case_file::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let broken = || Error::Inconsistent { table: "disposal", row: row.id };
            let word = |by: Option<Uuid>, at: Option<DateTime<Utc>>| {
                Ok::<_, Error>(Word { by: PersonId::from_uuid(by.ok_or_else(broken)?), at: at.ok_or_else(broken)? })
            };
            let proposed = Word { by: PersonId::from_uuid(row.proposed_by), at: row.proposed_at };
            let disposal = match DisposalState::from_code(&row.state).map_err(|_| broken())? {
                DisposalState::Proposed => Disposal::Proposed { proposed },
                DisposalState::Approved => {
                    Disposal::Approved { proposed, approved: word(row.approved_by, row.approved_at)? }
                }
                DisposalState::Stopped => Disposal::Stopped {
                    proposed,
                    approved: row.approved_by.map(|by| word(Some(by), row.approved_at)).transpose()?,
                    stopped: word(row.stopped_by, row.stopped_at)?,
                },
                DisposalState::Shredded => Disposal::Shredded(Proof {
                    rule: row.rule_id.and_then(|id| rules.get(&id)).ok_or_else(broken)?.clone(),
                    since: row.since.ok_or_else(broken)?,
                    proposed,
                    approved: word(row.approved_by, row.approved_at)?,
                    shredded_at: row.shredded_at.ok_or_else(broken)?,
                }),
            };
            let (_, reference, protection) = cases.iter().find(|(id, ..)| *id == row.case_id).ok_or_else(broken)?;
            let protection = Protection::from_code(protection).map_err(|_| broken())?;
            Ok(Going {
                id: row.id,
                thing: thing(&row.kind, row.case_id)?,
                reference: reference.clone(),
                circle: circle_of(protection, named.remove(&row.case_id).unwrap_or_default()),
                disposal,
                root: row.root.and_then(|root| u8::try_from(root).ok()),
                version: row.version,
            })
        })
        .collect()
}

/// Writes a proposal down.
pub(crate) async fn propose(tx: &Tx, thing: Thing, unit: UnitId, proposed: Word) -> Result<Uuid> {
    let id = tx.new_id();
    let row = disposal::ActiveModel {
        id: Set(id),
        case_id: Set(thing.case.uuid()),
        kind: Set(thing.kind.code().to_owned()),
        unit_id: Set(unit.uuid()),
        state: Set(DisposalState::Proposed.code().to_owned()),
        proposed_by: Set(proposed.by.uuid()),
        proposed_at: Set(proposed.at),
        version: Set(1),
        ..Default::default()
    };
    disposal::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(id)
}

/// Writes an approval or a stop down.
pub(crate) async fn save(tx: &Tx, going: &Going, next: &Disposal) -> Result<()> {
    let mut row = changed(going, next);
    match next {
        Disposal::Approved { approved, .. } => {
            row.approved_by = Set(Some(approved.by.uuid()));
            row.approved_at = Set(Some(approved.at));
            row.approved_ms = Set(Some(approved.at.timestamp_millis()));
        }
        Disposal::Stopped { stopped, .. } => {
            row.stopped_by = Set(Some(stopped.by.uuid()));
            row.stopped_at = Set(Some(stopped.at));
        }
        Disposal::Proposed { .. } | Disposal::Shredded(_) => {}
    }
    row.update(tx.db()).await?;
    Ok(())
}

fn changed(going: &Going, next: &Disposal) -> disposal::ActiveModel {
    disposal::ActiveModel {
        id: Set(going.id),
        state: Set(next.state().code().to_owned()),
        version: Set(going.version + 1),
        ..Default::default()
    }
}

/// Writes down that a disposal is carried out; what it is about goes in the same transaction.
pub(crate) async fn prove(tx: &Tx, going: &Going, proof: &Disposal, rule: Uuid, root: u8) -> Result<()> {
    let Disposal::Shredded(Proof { since, shredded_at, .. }) = proof else {
        return Err(Error::Fault("nothing is shredded before its time"));
    };
    let mut row = changed(going, proof);
    row.shredded_at = Set(Some(*shredded_at));
    row.shredded_ms = Set(Some(shredded_at.timestamp_millis()));
    row.rule_id = Set(Some(rule));
    row.since = Set(Some(*since));
    row.root = Set(Some(root.into()));
    row.update(tx.db()).await?;
    Ok(())
}

/// Destroys the keys of a case, and blanks what told of the child in clear. What is written once stays as it is, and nobody can read it
/// any more: the log still tells who wrote and read when, and still holds (AUD-04). The database refuses it without its proof.
pub(crate) async fn shred(tx: &Tx, case: CaseId) -> Result<()> {
    let case = case.uuid();
    case_key::Entity::delete_many().filter(case_key::Column::CaseId.eq(case)).exec(tx.db()).await?;
    let consents = consent::Entity::find()
        .select_only()
        .column(consent::Column::Id)
        .filter(consent::Column::CaseId.eq(case))
        .into_query();
    consent_paper::Entity::delete_many()
        .filter(consent_paper::Column::ConsentId.in_subquery(consents))
        .exec(tx.db())
        .await?;
    guardian::Entity::update_many()
        .col_expr(guardian::Column::Name, Expr::value(Vec::<u8>::new()))
        .filter(guardian::Column::CaseId.eq(case))
        .exec(tx.db())
        .await?;
    case_file::Entity::update_many()
        .col_expr(case_file::Column::Name, Expr::value(Vec::<u8>::new()))
        .col_expr(case_file::Column::Question, Expr::value(Vec::<u8>::new()))
        // The column cannot be empty: the day computers count from, which is nobody's.
        .col_expr(case_file::Column::BornOn, Expr::value(NaiveDate::default()))
        .col_expr(case_file::Column::Number, Expr::value(None::<Vec<u8>>))
        .col_expr(case_file::Column::NumberIndex, Expr::value(None::<String>))
        .col_expr(case_file::Column::FormerNumber, Expr::value(None::<Vec<u8>>))
        .col_expr(case_file::Column::FormerNumberIndex, Expr::value(None::<String>))
        .col_expr(case_file::Column::DisposedAt, Expr::value(Some(tx.now())))
        .filter(case_file::Column::Id.eq(case))
        .exec(tx.db())
        .await?;
    Ok(())
}
