//! What becomes of a case's agenda items when consent is lost (G3, V6).

use domain::{
    consent::Standing,
    id::{CaseId, ForumId, MeetingId},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
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

/// The meetings that have not begun on whose agenda an item of a case is planned, and their forums.
pub(crate) async fn planned(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<(MeetingId, ForumId)>> {
    let with_it = Query::select()
        .column(agenda_item::Column::MeetingId)
        .from(agenda_item::Entity)
        .and_where(agenda_item::Column::CaseId.eq(case.uuid()))
        .and_where(agenda_item::Column::State.eq("planned"))
        .to_owned();
    let found: Vec<(Uuid, Uuid)> = meeting::Entity::find()
        .select_only()
        .columns([meeting::Column::Id, meeting::Column::ForumId])
        .filter(meeting::Column::State.is_in(["draft", "published"]))
        .filter(meeting::Column::Id.in_subquery(with_it))
        .order_by_asc(meeting::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().map(|(id, forum)| (MeetingId::from_uuid(id), ForumId::from_uuid(forum))).collect())
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
