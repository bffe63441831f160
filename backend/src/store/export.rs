//! Questions whether something of a protected case may be handed out, and their answers (I1).

use domain::{
    export::{Export, What},
    id::{CaseId, ExportId, PersonId, UnitId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    Error, Result,
    actor::Actor,
    entity::{case_export, case_export_answer},
    tx::Tx,
};

/// A question, and what was said to it.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub id: ExportId,
    pub case: CaseId,
    pub what: What,
    /// The consent of a receipt, or the paper.
    pub subject: Option<Uuid>,
    pub unit: UnitId,
    pub export: Export,
}

/// Asks.
pub(crate) async fn ask(tx: &Tx, actor: &Actor, case: CaseId, what: What, subject: Option<Uuid>) -> Result<ExportId> {
    let id = ExportId::from_uuid(tx.new_id());
    let row = case_export::ActiveModel {
        id: Set(id.uuid()),
        case_id: Set(case.uuid()),
        what: Set(what.code().into()),
        subject_id: Set(subject),
        asked_by: Set(actor.person.uuid()),
        asked_unit: Set(actor.unit()?.uuid()),
        asked_at: Set(tx.now()),
    };
    case_export::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(id)
}

/// Answers.
pub(crate) async fn answer(tx: &Tx, id: ExportId, by: PersonId, approved: bool) -> Result<()> {
    let row = case_export_answer::ActiveModel {
        export_id: Set(id.uuid()),
        approved: Set(approved),
        answered_by: Set(by.uuid()),
        answered_at: Set(tx.now()),
    };
    case_export_answer::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// The case a question is about.
pub(crate) async fn case_of(db: &impl ConnectionTrait, id: ExportId) -> Result<Option<CaseId>> {
    let row = case_export::Entity::find_by_id(id.uuid()).one(db).await?;
    Ok(row.map(|row| CaseId::from_uuid(row.case_id)))
}

/// The questions about these cases, in the order they were asked.
pub(crate) async fn of_cases(db: &impl ConnectionTrait, cases: impl IntoIterator<Item = CaseId>) -> Result<Vec<Asked>> {
    let rows = case_export::Entity::find()
        .filter(case_export::Column::CaseId.is_in(cases.into_iter().map(CaseId::uuid)))
        .order_by_asc(case_export::Column::AskedAt)
        .order_by_asc(case_export::Column::Id)
        .all(db)
        .await?;
    let answers = case_export_answer::Entity::find()
        .filter(case_export_answer::Column::ExportId.is_in(rows.iter().map(|row| row.id)))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let answer = answers.iter().find(|answer| answer.export_id == row.id);
            Ok(Asked {
                id: ExportId::from_uuid(row.id),
                case: CaseId::from_uuid(row.case_id),
                what: What::from_code(&row.what)
                    .map_err(|_| Error::Inconsistent { table: "case_export", row: row.id })?,
                subject: row.subject_id,
                unit: UnitId::from_uuid(row.asked_unit),
                export: Export {
                    asked_by: PersonId::from_uuid(row.asked_by),
                    asked_at: row.asked_at,
                    answer: answer.map(|answer| (answer.approved, answer.answered_at)),
                },
            })
        })
        .collect()
}
