//! Forums: where cases of an age band are taken up.

use domain::{
    id::ForumId,
    routing::{AgeBands, Band},
    series::DayPolicy,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{Error, Result, entity::forum};

/// One forum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Forum {
    pub id: ForumId,
    /// Names it in addresses and decides its colour: `family`, `youth` …
    pub code: String,
    pub name: String,
    pub short_name: String,
    /// The ages it takes, both ends included.
    pub band: Band,
    /// The authority that hosts it.
    pub host: String,
    /// Where its meetings usually are.
    pub place: String,
    /// Usual length of a meeting, in minutes.
    pub meeting_minutes: u16,
    /// Usual length of a case item, in minutes.
    pub item_minutes: u16,
    /// So many days before a meeting its agenda takes no new cases; 0 for none.
    pub freeze_days: u16,
    /// Within so many days minutes are to be reviewed once they are handed in.
    pub review_days: u16,
    /// What becomes of meetings on red days and eves (K2).
    pub on_red_days: DayPolicy,
    /// What becomes of meetings in school breaks and on closed days (K3).
    pub on_breaks: DayPolicy,
    pub version: i64,
}

impl TryFrom<forum::Model> for Forum {
    type Error = Error;

    fn try_from(row: forum::Model) -> Result<Self> {
        let id = ForumId::from_uuid(row.id);
        Ok(Self {
            id,
            code: row.code,
            name: row.name,
            short_name: row.short_name,
            band: Band { forum: id, from: whole(row.id, row.age_from)?, to: whole(row.id, row.age_to)? },
            host: row.host,
            place: row.place,
            meeting_minutes: whole(row.id, row.meeting_minutes)?,
            item_minutes: whole(row.id, row.item_minutes)?,
            freeze_days: whole(row.id, row.freeze_days)?,
            review_days: whole(row.id, row.review_days)?,
            on_red_days: policy(row.id, &row.on_red_days)?,
            on_breaks: policy(row.id, &row.on_breaks)?,
            version: row.version,
        })
    }
}

fn whole(row: Uuid, number: i64) -> Result<u16> {
    u16::try_from(number).map_err(|_| Error::Inconsistent { table: "forum", row })
}

fn policy(row: Uuid, code: &str) -> Result<DayPolicy> {
    DayPolicy::from_code(code).map_err(|_| Error::Inconsistent { table: "forum", row })
}

/// Every forum, youngest first.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Forum>> {
    let rows =
        forum::Entity::find().order_by_asc(forum::Column::AgeFrom).order_by_asc(forum::Column::Id).all(db).await?;
    rows.into_iter().map(Forum::try_from).collect()
}

/// One forum.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) async fn load(db: &impl ConnectionTrait, id: ForumId) -> Result<Forum> {
    forum::Entity::find_by_id(id.uuid()).one(db).await?.ok_or(Error::NotFound)?.try_into()
}

/// The table by which children are routed; none before there is a forum.
///
/// # Errors
/// [`Error::Inconsistent`] for a table with a gap or an overlap, which the program never writes (R2).
pub(crate) async fn bands(db: &impl ConnectionTrait) -> Result<Option<AgeBands>> {
    let bands: Vec<Band> = all(db).await?.into_iter().map(|forum| forum.band).collect();
    let Some(first) = bands.first().copied() else { return Ok(None) };
    let broken = Error::Inconsistent { table: "forum", row: first.forum.uuid() };
    AgeBands::new(bands).map(Some).map_err(|_| broken)
}

/// Adds a forum.
pub(crate) async fn create(db: &impl ConnectionTrait, forum: &Forum) -> Result<()> {
    forum::Entity::insert(row(forum, forum.version)).exec_without_returning(db).await?;
    Ok(())
}

/// Saves a forum that was loaded at `forum.version`.
///
/// # Errors
/// [`Error::Stale`] when it was changed meanwhile.
pub(crate) async fn save(db: &impl ConnectionTrait, forum: &Forum) -> Result<()> {
    let saved = forum::Entity::update_many()
        .set(row(forum, forum.version + 1))
        .filter(forum::Column::Id.eq(forum.id.uuid()))
        .filter(forum::Column::Version.eq(forum.version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn row(forum: &Forum, version: i64) -> forum::ActiveModel {
    forum::ActiveModel {
        id: Set(forum.id.uuid()),
        code: Set(forum.code.clone()),
        name: Set(forum.name.clone()),
        short_name: Set(forum.short_name.clone()),
        age_from: Set(forum.band.from.into()),
        age_to: Set(forum.band.to.into()),
        host: Set(forum.host.clone()),
        place: Set(forum.place.clone()),
        meeting_minutes: Set(forum.meeting_minutes.into()),
        item_minutes: Set(forum.item_minutes.into()),
        freeze_days: Set(forum.freeze_days.into()),
        review_days: Set(forum.review_days.into()),
        on_red_days: Set(forum.on_red_days.code().into()),
        on_breaks: Set(forum.on_breaks.code().into()),
        version: Set(version),
    }
}
