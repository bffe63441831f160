//! The items of meetings' agendas.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    consultation::Question,
    id::{AgendaItemId, CaseId, ForumId, ForumItemId, MeetingId},
    meeting::MeetingState,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use crate::{
    Error, Result,
    crypt::{Keys, Place},
    entity::{agenda_item, meeting},
    store::{forum_item::StandingItem, meeting::Meeting},
    tx::Tx,
};

/// Where the title of a general item is sealed, and the question of a consultation.
pub(crate) const TITLE: &str = "agenda_item.title";

/// What an item is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// Something all standing seats share; its title.
    General(String),
    /// A child's case.
    Case(CaseId),
    /// An anonymous consultation: no person (A1). Its question, until that is erased (A4, A5).
    Anonymous(Option<Question>),
}

/// Where an item is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemState {
    Planned,
    Open,
    Done,
    Dropped,
}

/// An item of an agenda.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub id: AgendaItemId,
    pub meeting: MeetingId,
    pub about: About,
    pub minutes: u16,
    pub state: ItemState,
    /// When it was taken up; once.
    pub opened_at: Option<DateTime<Utc>>,
    /// When it was ended.
    pub closed_at: Option<DateTime<Utc>>,
    /// Whether it stands on every agenda of its forum, and so keeps its time.
    pub standing: bool,
    /// Local time the family comes, where it takes part.
    pub family_at: Option<NaiveTime>,
}

impl Item {
    /// The case it is about.
    pub(crate) fn case(&self) -> Option<CaseId> {
        match self.about {
            About::Case(case) => Some(case),
            About::General(_) | About::Anonymous(_) => None,
        }
    }
}

/// One meeting, held until the transaction ends: nobody else arranges its agenda meanwhile. (SQLite has one writer anyhow.)
pub(crate) async fn meeting_to_change(tx: &Tx, id: MeetingId) -> Result<Meeting> {
    let row = meeting::Entity::find_by_id(id.uuid()).lock_exclusive().one(tx.db()).await?;
    row.ok_or(Error::NotFound)?.try_into()
}

/// The items of these meetings, in order, dropped ones too.
pub(crate) async fn items_of(
    db: &impl ConnectionTrait,
    keys: &Keys,
    meetings: impl IntoIterator<Item = MeetingId>,
) -> Result<BTreeMap<MeetingId, Vec<Item>>> {
    let ids: Vec<Uuid> = meetings.into_iter().map(MeetingId::uuid).collect();
    let rows = agenda_item::Entity::find()
        .filter(agenda_item::Column::MeetingId.is_in(ids))
        .order_by_asc(agenda_item::Column::Position)
        .order_by_asc(agenda_item::Column::Id)
        .all(db)
        .await?;
    let mut all: BTreeMap<MeetingId, Vec<Item>> = BTreeMap::new();
    for row in rows {
        all.entry(MeetingId::from_uuid(row.meeting_id)).or_default().push(item(keys, &row)?);
    }
    Ok(all)
}

/// The items of one meeting that are not dropped, in order.
pub(crate) async fn items(db: &impl ConnectionTrait, keys: &Keys, meeting: MeetingId) -> Result<Vec<Item>> {
    let mut items = items_of(db, keys, [meeting]).await?.remove(&meeting).unwrap_or_default();
    items.retain(|item| item.state != ItemState::Dropped);
    Ok(items)
}

/// One item that is not dropped.
pub(crate) async fn one(db: &impl ConnectionTrait, keys: &Keys, id: AgendaItemId) -> Result<Item> {
    let row = agenda_item::Entity::find_by_id(id.uuid()).one(db).await?.ok_or(Error::NotFound)?;
    let found = item(keys, &row)?;
    if found.state == ItemState::Dropped { Err(Error::NotFound) } else { Ok(found) }
}

fn item(keys: &Keys, row: &agenda_item::Model) -> Result<Item> {
    let broken = || Error::Inconsistent { table: "agenda_item", row: row.id };
    let about = match (row.kind.as_str(), row.case_id) {
        ("case", Some(case)) => About::Case(CaseId::from_uuid(case)),
        ("anonymous", None) => {
            let place = Place { column: TITLE, row: row.id };
            let question = row.title.as_deref().map(|sealed| keys.open_text(place, sealed)).transpose()?;
            About::Anonymous(question.map(Question::kept))
        }
        ("general", None) => {
            let place = Place { column: TITLE, row: row.id };
            About::General(keys.open_text(place, row.title.as_deref().ok_or_else(broken)?)?)
        }
        _ => return Err(broken()),
    };
    let state = match row.state.as_str() {
        "planned" => ItemState::Planned,
        "open" => ItemState::Open,
        "done" => ItemState::Done,
        "dropped" => ItemState::Dropped,
        _ => return Err(broken()),
    };
    Ok(Item {
        id: AgendaItemId::from_uuid(row.id),
        meeting: MeetingId::from_uuid(row.meeting_id),
        about,
        minutes: row.minutes.try_into().map_err(|_| broken())?,
        state,
        opened_at: row.opened_at,
        closed_at: row.closed_at,
        standing: row.forum_item_id.is_some(),
        family_at: row.family_at,
    })
}

/// Puts a new item last, before what stays last.
///
/// A case that fell off this agenda before it was taken up stands there as if for the first time.
pub(crate) async fn append(tx: &Tx, meeting: MeetingId, about: &About, minutes: u16) -> Result<AgendaItemId> {
    if let About::Case(case) = about {
        let fell_off = agenda_item::Entity::find()
            .filter(agenda_item::Column::MeetingId.eq(meeting.uuid()))
            .filter(agenda_item::Column::CaseId.eq(case.uuid()))
            .filter(agenda_item::Column::State.eq("dropped"))
            .filter(agenda_item::Column::OpenedAt.is_null())
            .all(tx.db())
            .await?;
        let fell_off: Vec<_> = fell_off.into_iter().map(|row| row.id).collect();
        super::room::forget_items(tx.db(), &fell_off).await?;
        agenda_item::Entity::delete_many().filter(agenda_item::Column::Id.is_in(fell_off)).exec(tx.db()).await?;
    }
    let last: Option<Option<i64>> = agenda_item::Entity::find()
        .select_only()
        .column_as(agenda_item::Column::Position.max(), "last")
        .filter(agenda_item::Column::MeetingId.eq(meeting.uuid()))
        .filter(agenda_item::Column::Closing.eq(false))
        .into_tuple()
        .one(tx.db())
        .await?;
    let position = last.flatten().map_or(0, |last| last + 1);
    agenda_item::Entity::update_many()
        .col_expr(agenda_item::Column::Position, Expr::col(agenda_item::Column::Position).add(1))
        .filter(agenda_item::Column::MeetingId.eq(meeting.uuid()))
        .filter(agenda_item::Column::Position.gte(position))
        .exec(tx.db())
        .await?;
    let id = tx.new_id();
    let row = new_row(tx, id, meeting, (about, minutes), position)?;
    agenda_item::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(AgendaItemId::from_uuid(id))
}

/// Puts a forum's standing items on agendas on which nothing stands, or adds one to those there are.
pub(crate) async fn lay_standing(tx: &Tx, meeting: MeetingId, items: &[StandingItem]) -> Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    let there = agenda_item::Entity::find()
        .filter(agenda_item::Column::MeetingId.eq(meeting.uuid()))
        .order_by_asc(agenda_item::Column::Position)
        .order_by_asc(agenda_item::Column::Id)
        .all(tx.db())
        .await?;
    let mut order: Vec<AgendaItemId> = there.iter().map(|row| AgendaItemId::from_uuid(row.id)).collect();
    let mut opening = there.iter().take_while(|row| row.forum_item_id.is_some() && !row.closing).count();
    for item in items {
        let (id, about) = (tx.new_id(), About::General(item.title.clone()));
        let mut row = new_row(tx, id, meeting, (&about, item.minutes), 0)?;
        row.forum_item_id = Set(Some(item.id.uuid()));
        row.closing = Set(item.closing);
        agenda_item::Entity::insert(row).exec_without_returning(tx.db()).await?;
        let id = AgendaItemId::from_uuid(id);
        if item.closing {
            order.push(id);
        } else {
            order.insert(opening, id);
            opening += 1;
        }
    }
    set_order(tx, &order).await
}

/// Takes a forum's standing item off the agendas of these meetings; on others it stays as any general item.
pub(crate) async fn forget_standing(tx: &Tx, item: ForumItemId, drafts: &[MeetingId]) -> Result<()> {
    agenda_item::Entity::delete_many()
        .filter(agenda_item::Column::ForumItemId.eq(item.uuid()))
        .filter(agenda_item::Column::MeetingId.is_in(drafts.iter().map(|meeting| meeting.uuid())))
        .exec(tx.db())
        .await?;
    agenda_item::Entity::update_many()
        .col_expr(agenda_item::Column::ForumItemId, Expr::value(None::<Uuid>))
        .filter(agenda_item::Column::ForumItemId.eq(item.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

fn new_row(
    tx: &Tx,
    id: Uuid,
    meeting: MeetingId,
    (about, minutes): (&About, u16),
    position: i64,
) -> Result<agenda_item::ActiveModel> {
    let (kind, case, title) = match about {
        About::General(title) => ("general", None, Some(tx.seal(TITLE, id, title)?)),
        About::Case(case) => ("case", Some(case.uuid()), None),
        About::Anonymous(question) => {
            let question = question.as_ref().map(|question| tx.seal(TITLE, id, question.as_str())).transpose()?;
            ("anonymous", None, question)
        }
    };
    Ok(agenda_item::ActiveModel {
        id: Set(id),
        meeting_id: Set(meeting.uuid()),
        kind: Set(kind.into()),
        case_id: Set(case),
        title: Set(title),
        minutes: Set(minutes.into()),
        position: Set(position),
        state: Set("planned".into()),
        opened_at: Set(None),
        closed_at: Set(None),
        forum_item_id: Set(None),
        closing: Set(false),
        family_at: Set(None),
        version: Set(1),
    })
}

/// Takes a planned item away.
pub(crate) async fn remove(tx: &Tx, item: AgendaItemId) -> Result<()> {
    super::room::forget_items(tx.db(), &[item.uuid()]).await?;
    agenda_item::Entity::delete_many().filter(agenda_item::Column::Id.eq(item.uuid())).exec(tx.db()).await?;
    Ok(())
}

/// Gives an item another length.
pub(crate) async fn set_minutes(tx: &Tx, item: AgendaItemId, minutes: u16) -> Result<()> {
    agenda_item::Entity::update_many()
        .col_expr(agenda_item::Column::Minutes, Expr::value(i64::from(minutes)))
        .col_expr(agenda_item::Column::Version, Expr::col(agenda_item::Column::Version).add(1))
        .filter(agenda_item::Column::Id.eq(item.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Says when the family comes to an item, or that it does not.
pub(crate) async fn set_family_at(tx: &Tx, item: AgendaItemId, at: Option<NaiveTime>) -> Result<()> {
    agenda_item::Entity::update_many()
        .col_expr(agenda_item::Column::FamilyAt, Expr::value(at))
        .col_expr(agenda_item::Column::Version, Expr::col(agenda_item::Column::Version).add(1))
        .filter(agenda_item::Column::Id.eq(item.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Writes over the question of a consultation (A5).
pub(crate) async fn erase_question(tx: &Tx, item: AgendaItemId) -> Result<()> {
    erase(tx, Condition::all().add(agenda_item::Column::Id.eq(item.uuid()))).await.map(drop)
}

/// Writes over the questions of all consultations of a meeting (A4).
pub(crate) async fn erase_questions(tx: &Tx, meeting: MeetingId) -> Result<()> {
    erase(tx, Condition::all().add(agenda_item::Column::MeetingId.eq(meeting.uuid()))).await.map(drop)
}

/// Writes over the questions of all meetings that were to be before a day (A4), and says how many there were.
pub(crate) async fn erase_questions_before(tx: &Tx, day: NaiveDate) -> Result<u64> {
    let past = Query::select()
        .column(meeting::Column::Id)
        .from(meeting::Entity)
        .and_where(meeting::Column::OnDate.lt(day))
        .to_owned();
    erase(tx, Condition::all().add(agenda_item::Column::MeetingId.in_subquery(past))).await
}

async fn erase(tx: &Tx, of: Condition) -> Result<u64> {
    let erased = agenda_item::Entity::update_many()
        .col_expr(agenda_item::Column::Title, Expr::value(None::<Vec<u8>>))
        .col_expr(agenda_item::Column::Version, Expr::col(agenda_item::Column::Version).add(1))
        .filter(agenda_item::Column::Kind.eq("anonymous"))
        .filter(agenda_item::Column::Title.is_not_null())
        .filter(of)
        .exec(tx.db())
        .await?;
    Ok(erased.rows_affected)
}

/// Writes the order of a whole agenda.
pub(crate) async fn set_order(tx: &Tx, order: &[AgendaItemId]) -> Result<()> {
    for (position, item) in order.iter().enumerate() {
        agenda_item::Entity::update_many()
            .col_expr(agenda_item::Column::Position, Expr::value(i64::try_from(position).unwrap_or(i64::MAX)))
            .filter(agenda_item::Column::Id.eq(item.uuid()))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

/// Of these cases, those that stand on an agenda that is still to come or under way on a day or later.
pub(crate) async fn waiting_on_agendas(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = CaseId>,
    today: NaiveDate,
) -> Result<BTreeSet<CaseId>> {
    let coming = [MeetingState::Draft, MeetingState::Published, MeetingState::Running].map(MeetingState::code);
    let meetings: Vec<Uuid> = meeting::Entity::find()
        .select_only()
        .column(meeting::Column::Id)
        .filter(meeting::Column::State.is_in(coming))
        .filter(meeting::Column::OnDate.gte(today))
        .into_tuple()
        .all(db)
        .await?;
    let ids: Vec<Option<Uuid>> = agenda_item::Entity::find()
        .select_only()
        .column(agenda_item::Column::CaseId)
        .filter(agenda_item::Column::MeetingId.is_in(meetings))
        .filter(agenda_item::Column::State.is_in(["planned", "open"]))
        .filter(agenda_item::Column::CaseId.is_in(cases.into_iter().map(CaseId::uuid)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().flatten().map(CaseId::from_uuid).collect())
}

/// The meetings at which any of these cases is planned.
pub(crate) async fn planning(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<BTreeSet<MeetingId>> {
    let meetings: Vec<Uuid> = agenda_item::Entity::find()
        .select_only()
        .column(agenda_item::Column::MeetingId)
        .filter(agenda_item::Column::State.eq("planned"))
        .filter(agenda_item::Column::CaseId.is_in(cases.into_iter().map(CaseId::uuid)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(meetings.into_iter().map(MeetingId::from_uuid).collect())
}

/// The meetings people are invited to or sit in that have a case on their agenda, also where its item fell away.
pub(crate) async fn called_with(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Meeting>> {
    let with_it = Query::select()
        .column(agenda_item::Column::MeetingId)
        .from(agenda_item::Entity)
        .and_where(agenda_item::Column::CaseId.eq(case.uuid()))
        .to_owned();
    let called = [MeetingState::Published, MeetingState::Running].map(MeetingState::code);
    let rows = meeting::Entity::find()
        .filter(meeting::Column::State.is_in(called))
        .filter(meeting::Column::Id.in_subquery(with_it))
        .order_by_asc(meeting::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// How often a case has been taken up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TakenUp {
    pub times: u32,
    /// When last.
    pub last: Option<DateTime<Utc>>,
    /// The item of that time.
    pub item: Option<AgendaItemId>,
}

/// How often each of these cases has been taken up, and when last.
pub(crate) async fn taken_up(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<BTreeMap<CaseId, TakenUp>> {
    let rows: Vec<(Uuid, Option<Uuid>, Option<DateTime<Utc>>)> = agenda_item::Entity::find()
        .select_only()
        .columns([agenda_item::Column::Id, agenda_item::Column::CaseId, agenda_item::Column::ClosedAt])
        .filter(agenda_item::Column::State.eq("done"))
        .filter(agenda_item::Column::CaseId.is_in(cases.into_iter().map(CaseId::uuid)))
        .into_tuple()
        .all(db)
        .await?;
    let mut all: BTreeMap<CaseId, TakenUp> = BTreeMap::new();
    for (item, case, closed_at) in rows {
        let Some(case) = case else { continue };
        let entry = all.entry(CaseId::from_uuid(case)).or_default();
        entry.times += 1;
        if entry.item.is_none() || entry.last < closed_at {
            (entry.last, entry.item) = (closed_at, Some(AgendaItemId::from_uuid(item)));
        }
    }
    Ok(all)
}

/// Where and on which local day each of these cases was taken up for the first time.
pub(crate) async fn first_taken_up(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<BTreeMap<CaseId, (ForumId, NaiveDate)>> {
    let rows: Vec<(Option<Uuid>, Uuid)> = agenda_item::Entity::find()
        .select_only()
        .columns([agenda_item::Column::CaseId, agenda_item::Column::MeetingId])
        .filter(agenda_item::Column::State.eq("done"))
        .filter(agenda_item::Column::CaseId.is_in(cases.into_iter().map(CaseId::uuid)))
        .into_tuple()
        .all(db)
        .await?;
    let meetings: Vec<(Uuid, Uuid, NaiveDate)> = meeting::Entity::find()
        .select_only()
        .columns([meeting::Column::Id, meeting::Column::ForumId, meeting::Column::OnDate])
        .filter(meeting::Column::Id.is_in(rows.iter().map(|(_, meeting)| *meeting)))
        .into_tuple()
        .all(db)
        .await?;
    let of: BTreeMap<Uuid, (ForumId, NaiveDate)> =
        meetings.into_iter().map(|(id, forum, on)| (id, (ForumId::from_uuid(forum), on))).collect();
    let mut all: BTreeMap<CaseId, (ForumId, NaiveDate)> = BTreeMap::new();
    for (case, meeting) in rows {
        let (Some(case), Some(here)) = (case, of.get(&meeting)) else { continue };
        let first = all.entry(CaseId::from_uuid(case)).or_insert(*here);
        if here.1 < first.1 {
            *first = *here;
        }
    }
    Ok(all)
}

/// The latest day each of these cases stood on an agenda and was not taken up: its meeting is over, was cancelled or never begun.
pub(crate) async fn passed_over(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = CaseId>,
    today: NaiveDate,
) -> Result<BTreeMap<CaseId, NaiveDate>> {
    let rows: Vec<(Option<Uuid>, Uuid)> = agenda_item::Entity::find()
        .select_only()
        .columns([agenda_item::Column::CaseId, agenda_item::Column::MeetingId])
        .filter(agenda_item::Column::State.eq("planned"))
        .filter(agenda_item::Column::CaseId.is_in(cases.into_iter().map(CaseId::uuid)))
        .into_tuple()
        .all(db)
        .await?;
    let over = [MeetingState::Held, MeetingState::Cancelled].map(MeetingState::code);
    let days: Vec<(Uuid, NaiveDate)> = meeting::Entity::find()
        .select_only()
        .columns([meeting::Column::Id, meeting::Column::OnDate])
        .filter(meeting::Column::Id.is_in(rows.iter().map(|(_, meeting)| *meeting)))
        .filter(Condition::any().add(meeting::Column::State.is_in(over)).add(meeting::Column::OnDate.lt(today)))
        .into_tuple()
        .all(db)
        .await?;
    let days: BTreeMap<Uuid, NaiveDate> = days.into_iter().collect();
    let mut all: BTreeMap<CaseId, NaiveDate> = BTreeMap::new();
    for (case, meeting) in rows {
        let (Some(case), Some(on)) = (case, days.get(&meeting)) else { continue };
        let latest = all.entry(CaseId::from_uuid(case)).or_insert(*on);
        *latest = Ord::max(*latest, *on);
    }
    Ok(all)
}
