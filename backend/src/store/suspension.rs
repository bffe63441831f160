//! What becomes of a case's agenda items when consent is lost (G3, V6).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    consent::Standing,
    id::{CaseId, ForumId, MeetingId},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    Result,
    entity::{agenda_item, meeting},
    tx::Tx,
};

/// Ends the item under way as soon as anybody lost consent's cover, and lets planned items of published and running
/// meetings fall away once nobody has it. Items of drafts stay for their coordinator to see.
pub(crate) async fn drop_uncovered(tx: &Tx, case: CaseId, before: &Standing, after: &Standing) -> Result<()> {
    if before.covered.is_subset(&after.covered) {
        return Ok(());
    }
    end_running(tx, case).await?;
    if !after.is_open() {
        drop_planned(tx, case, meetings(tx, &["published", "running"]).await?).await?;
    }
    Ok(())
}

/// Lets the planned items of a case fall away in these meetings.
pub(crate) async fn drop_planned(tx: &Tx, case: CaseId, meetings: impl IntoIterator<Item = Uuid>) -> Result<()> {
    agenda_item::Entity::update_many()
        .col_expr(agenda_item::Column::State, Expr::value("dropped"))
        .col_expr(agenda_item::Column::Version, Expr::col(agenda_item::Column::Version).add(1))
        .filter(agenda_item::Column::CaseId.eq(case.uuid()))
        .filter(agenda_item::Column::State.eq("planned"))
        .filter(agenda_item::Column::MeetingId.is_in(meetings))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// A case on the agenda of a meeting that has not begun.
pub(crate) struct Planned {
    pub meeting: MeetingId,
    pub forum: ForumId,
    pub case: CaseId,
}

/// Where one case, or any, is planned in meetings that have not begun, from a day on.
pub(crate) async fn planned(db: &impl ConnectionTrait, case: Option<CaseId>, from: NaiveDate) -> Result<Vec<Planned>> {
    let coming: Vec<(Uuid, Uuid)> = meeting::Entity::find()
        .select_only()
        .columns([meeting::Column::Id, meeting::Column::ForumId])
        .filter(meeting::Column::State.is_in(["draft", "published"]))
        .filter(meeting::Column::OnDate.gte(from))
        .into_tuple()
        .all(db)
        .await?;
    let forums: BTreeMap<Uuid, Uuid> = coming.into_iter().collect();
    let mut items = agenda_item::Entity::find()
        .select_only()
        .columns([agenda_item::Column::MeetingId, agenda_item::Column::CaseId])
        .filter(agenda_item::Column::State.eq("planned"));
    items = match case {
        Some(case) => items.filter(agenda_item::Column::CaseId.eq(case.uuid())),
        None => items.filter(agenda_item::Column::CaseId.is_not_null()),
    };
    let found: Vec<(Uuid, Uuid)> =
        items.filter(agenda_item::Column::MeetingId.is_in(forums.keys().copied())).into_tuple().all(db).await?;
    let planned = found.into_iter().filter_map(|(meeting, case)| {
        let forum = ForumId::from_uuid(*forums.get(&meeting)?);
        Some(Planned { meeting: MeetingId::from_uuid(meeting), forum, case: CaseId::from_uuid(case) })
    });
    Ok(planned.collect())
}

/// Ends the item of a case that is under way, if any.
pub(crate) async fn end_running(tx: &Tx, case: CaseId) -> Result<()> {
    let open = agenda_item::Entity::find()
        .filter(agenda_item::Column::CaseId.eq(case.uuid()))
        .filter(agenda_item::Column::State.eq("open"))
        .all(tx.db())
        .await?;
    for item in open {
        let ended = agenda_item::ActiveModel {
            id: Set(item.id),
            state: Set("done".into()),
            closed_at: Set(Some(tx.now())),
            version: Set(item.version + 1),
            ..Default::default()
        };
        agenda_item::Entity::update(ended).exec(tx.db()).await?;
        meeting::Entity::update_many()
            .col_expr(meeting::Column::CurrentItemId, Expr::value(None::<Uuid>))
            .col_expr(meeting::Column::Version, Expr::col(meeting::Column::Version).add(1))
            .filter(meeting::Column::Id.eq(item.meeting_id))
            .filter(meeting::Column::CurrentItemId.eq(item.id))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

async fn meetings(tx: &Tx, states: &[&str]) -> Result<Vec<Uuid>> {
    let ids = meeting::Entity::find()
        .select_only()
        .column(meeting::Column::Id)
        .filter(meeting::Column::State.is_in(states.iter().copied()))
        .into_tuple()
        .all(tx.db())
        .await?;
    Ok(ids)
}
