//! Calendar subscriptions.

use chrono::{DateTime, Utc};
use domain::id::{ForumId, PersonId, UnitId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Error, Result,
    calendar::{Alarm, memory::Fetch},
    crypt::token_hash,
    entity::feed_token,
    tx::Tx,
};

/// Whose meetings a subscription holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Those its person is invited to.
    Own,
    /// All of a forum that invitations went out for; for a coordinator at its table.
    Forum(ForumId),
    /// Those that are for somebody of a unit its person works in.
    Unit(UnitId),
}

impl Holds {
    fn columns(self) -> (&'static str, Option<Uuid>) {
        match self {
            Self::Own => ("own", None),
            Self::Forum(forum) => ("forum", Some(forum.uuid())),
            Self::Unit(unit) => ("unit", Some(unit.uuid())),
        }
    }
}

/// How somebody wants what a subscription holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Meetings that were cancelled are left out, not struck through.
    pub leaves_out_cancelled: bool,
    /// When programs remind; none for never.
    pub alarm: Option<Alarm>,
}

/// A subscription.
#[derive(Clone, Debug)]
pub(crate) struct Feed {
    pub id: Uuid,
    pub person: PersonId,
    pub name: String,
    pub holds: Holds,
    pub wishes: Wishes,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub last_fetched_at: Option<DateTime<Utc>>,
    pub last_client: Option<String>,
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Makes a subscription for a token of which only the hash is kept.
pub(crate) async fn create(
    tx: &Tx,
    person: PersonId,
    (name, holds, wishes): (&str, Holds, Wishes),
    token: &str,
    expires_at: DateTime<Utc>,
) -> Result<Uuid> {
    let id = tx.new_id();
    let row = feed_token::ActiveModel {
        id: Set(id),
        person_id: Set(person.uuid()),
        token_hash: Set(token_hash(token)),
        name: Set(name.into()),
        holds: Set(holds.columns().0.into()),
        holds_of: Set(holds.columns().1),
        leaves_out_cancelled: Set(wishes.leaves_out_cancelled),
        alarm_minutes: Set(wishes.alarm.map(Alarm::minutes)),
        created_at: Set(tx.now()),
        expires_at: Set(expires_at),
        last_fetched_at: Set(None),
        last_client: Set(None),
        revoked_at: Set(None),
    };
    feed_token::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(id)
}

/// Those that stand.
fn stands(now: DateTime<Utc>) -> Condition {
    Condition::all().add(feed_token::Column::RevokedAt.is_null()).add(feed_token::Column::ExpiresAt.gt(now))
}

/// How many subscriptions of a person stand.
pub(crate) async fn count(db: &impl ConnectionTrait, person: PersonId, now: DateTime<Utc>) -> Result<u64> {
    Ok(feed_token::Entity::find()
        .filter(feed_token::Column::PersonId.eq(person.uuid()))
        .filter(stands(now))
        .count(db)
        .await?)
}

/// A person's subscriptions that were not ended, newest first.
pub(crate) async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Feed>> {
    let rows = feed_token::Entity::find()
        .filter(feed_token::Column::PersonId.eq(person.uuid()))
        .filter(feed_token::Column::RevokedAt.is_null())
        .order_by_desc(feed_token::Column::CreatedAt)
        .order_by_asc(feed_token::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The subscription that a token of this hash opens, ended or not.
pub(crate) async fn by_token_hash(db: &impl ConnectionTrait, hash: &str) -> Result<Option<Feed>> {
    let row = feed_token::Entity::find().filter(feed_token::Column::TokenHash.eq(hash)).one(db).await?;
    row.map(TryInto::try_into).transpose()
}

/// Ends a person's own subscription; says whether there was one.
pub(crate) async fn revoke(tx: &Tx, person: PersonId, id: Uuid) -> Result<bool> {
    let ended = feed_token::Entity::update_many()
        .col_expr(feed_token::Column::RevokedAt, Expr::value(tx.now()))
        .filter(feed_token::Column::Id.eq(id))
        .filter(feed_token::Column::PersonId.eq(person.uuid()))
        .filter(feed_token::Column::RevokedAt.is_null())
        .exec(tx.db())
        .await?;
    Ok(ended.rows_affected == 1)
}

/// Those of everybody that stand.
pub(crate) async fn standing(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Feed>> {
    let rows = feed_token::Entity::find().filter(stands(now)).order_by_asc(feed_token::Column::Id).all(db).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The subscription with this id, ended or not.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Feed>> {
    feed_token::Entity::find_by_id(id).one(db).await?.map(TryInto::try_into).transpose()
}

/// The hashes of the tokens whose subscriptions stand and were fetched since an instant, the last fetched first.
pub(crate) async fn fetched_since(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<String>> {
    Ok(feed_token::Entity::find()
        .select_only()
        .column(feed_token::Column::TokenHash)
        .filter(stands(now))
        .filter(feed_token::Column::LastFetchedAt.gte(since))
        .order_by_desc(feed_token::Column::LastFetchedAt)
        .order_by_asc(feed_token::Column::Id)
        .into_tuple::<String>()
        .all(db)
        .await?)
}

/// Notes when and by what kind of program it was fetched.
pub(crate) async fn fetched(db: &impl ConnectionTrait, id: Uuid, fetch: Fetch) -> Result<()> {
    feed_token::Entity::update_many()
        .col_expr(feed_token::Column::LastFetchedAt, Expr::value(fetch.at))
        .col_expr(feed_token::Column::LastClient, Expr::value(fetch.client))
        .filter(feed_token::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

impl TryFrom<feed_token::Model> for Feed {
    type Error = Error;

    fn try_from(row: feed_token::Model) -> Result<Self> {
        let holds = match (row.holds.as_str(), row.holds_of) {
            ("own", None) => Holds::Own,
            ("forum", Some(forum)) => Holds::Forum(ForumId::from_uuid(forum)),
            ("unit", Some(unit)) => Holds::Unit(UnitId::from_uuid(unit)),
            _ => return Err(Error::Inconsistent { table: "feed_token", row: row.id }),
        };
        let alarm = match row.alarm_minutes {
            None => None,
            Some(minutes) => {
                Some(Alarm::from_minutes(minutes).ok_or(Error::Inconsistent { table: "feed_token", row: row.id })?)
            }
        };
        Ok(Self {
            id: row.id,
            person: PersonId::from_uuid(row.person_id),
            name: row.name,
            holds,
            wishes: Wishes { leaves_out_cancelled: row.leaves_out_cancelled, alarm },
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_fetched_at: row.last_fetched_at,
            last_client: row.last_client,
            revoked_at: row.revoked_at,
        })
    }
}
