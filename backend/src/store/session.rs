//! Signed-in browsers, found by the hash of their token (SESS-01).

use chrono::{DateTime, Utc};
use domain::id::{AssignmentId, PersonId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{Error, Result, entity::session};

/// How far the sign-in has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Password given, one-time code due.
    CodeDue,
    /// Signed in.
    Active,
}

impl Stage {
    const fn code(self) -> &'static str {
        match self {
            Self::CodeDue => "code_due",
            Self::Active => "active",
        }
    }
}

/// A browser's session as stored.
#[derive(Clone, Debug)]
pub(crate) struct SessionRecord {
    pub token_hash: String,
    pub person: PersonId,
    pub assignment: Option<AssignmentId>,
    pub stage: Stage,
    pub form_token: String,
    pub client: String,
    pub created_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

impl SessionRecord {
    /// What its owner's list calls it: part of the hash, of no use as a token.
    pub fn name(&self) -> &str {
        self.token_hash.get(..16).unwrap_or_default()
    }
}

fn read(row: session::Model) -> Result<SessionRecord> {
    let stage = match row.stage.as_str() {
        "code_due" => Stage::CodeDue,
        "active" => Stage::Active,
        _ => return Err(Error::Inconsistent { table: "session", row: row.person_id }),
    };
    Ok(SessionRecord {
        token_hash: row.token_hash,
        person: PersonId::from_uuid(row.person_id),
        assignment: row.assignment_id.map(AssignmentId::from_uuid),
        stage,
        form_token: row.form_token,
        client: row.client,
        created_at: row.created_at,
        seen_at: row.seen_at,
        ends_at: row.ends_at,
        ended_at: row.ended_at,
    })
}

/// The session whose token has this hash, ended or not.
pub(crate) async fn find(db: &impl ConnectionTrait, token_hash: &str) -> Result<Option<SessionRecord>> {
    session::Entity::find_by_id(token_hash.to_owned()).one(db).await?.map(read).transpose()
}

/// The sessions of a person that have not been ended, the one begun first on top. Some may have run out.
pub(crate) async fn open_of(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<SessionRecord>> {
    let rows = session::Entity::find()
        .filter(session::Column::PersonId.eq(person.uuid()))
        .filter(session::Column::EndedAt.is_null())
        .order_by_asc(session::Column::CreatedAt)
        .order_by_asc(session::Column::TokenHash)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Adds a session.
pub(crate) async fn create(db: &impl ConnectionTrait, session: &SessionRecord) -> Result<()> {
    let row = session::ActiveModel {
        token_hash: Set(session.token_hash.clone()),
        person_id: Set(session.person.uuid()),
        assignment_id: Set(session.assignment.map(AssignmentId::uuid)),
        stage: Set(session.stage.code().to_owned()),
        form_token: Set(session.form_token.clone()),
        client: Set(session.client.clone()),
        created_at: Set(session.created_at),
        seen_at: Set(session.seen_at),
        ends_at: Set(session.ends_at),
        stepped_up_at: Set(None),
        ended_at: Set(session.ended_at),
    };
    session::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Remembers that the session was used, unless it has ended meanwhile.
pub(crate) async fn touch(db: &impl ConnectionTrait, token_hash: &str, at: DateTime<Utc>) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::SeenAt, Expr::value(at))
        .filter(session::Column::TokenHash.eq(token_hash))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::SeenAt.lt(at))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends one session. Whether it had not ended before: of several that end it at once, one is told so.
pub(crate) async fn end(db: &impl ConnectionTrait, token_hash: &str, at: DateTime<Utc>) -> Result<bool> {
    let ended = session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(at))
        .filter(session::Column::TokenHash.eq(token_hash))
        .filter(session::Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(ended.rows_affected == 1)
}

/// Ends every session of a person, but for the one with the hash `kept`.
pub(crate) async fn end_all(
    db: &impl ConnectionTrait,
    person: PersonId,
    kept: Option<&str>,
    at: DateTime<Utc>,
) -> Result<u64> {
    let mut update = session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(at))
        .filter(session::Column::PersonId.eq(person.uuid()))
        .filter(session::Column::EndedAt.is_null());
    if let Some(kept) = kept {
        update = update.filter(session::Column::TokenHash.ne(kept));
    }
    Ok(update.exec(db).await?.rows_affected)
}

/// Ends every session in which this assignment is chosen.
pub(crate) async fn end_in(db: &impl ConnectionTrait, assignment: AssignmentId, at: DateTime<Utc>) -> Result<u64> {
    let ended = session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(at))
        .filter(session::Column::AssignmentId.eq(assignment.uuid()))
        .filter(session::Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(ended.rows_affected)
}

/// When each person was last seen, of those seen since their sessions were last tidied.
pub(crate) async fn last_seen(db: &impl ConnectionTrait) -> Result<Vec<(PersonId, DateTime<Utc>)>> {
    use sea_orm::QuerySelect;
    let rows: Vec<(Uuid, DateTime<Utc>)> = session::Entity::find()
        .select_only()
        .column(session::Column::PersonId)
        .column_as(session::Column::SeenAt.max(), "seen_at")
        .filter(session::Column::Stage.eq(Stage::Active.code()))
        .group_by(session::Column::PersonId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(person, at)| (PersonId::from_uuid(person), at)).collect())
}

/// Whether the person has been signed in before, but never with this kind of browser.
pub(crate) async fn is_new_browser(db: &impl ConnectionTrait, person: PersonId, client: &str) -> Result<bool> {
    let before = session::Entity::find()
        .filter(session::Column::PersonId.eq(person.uuid()))
        .filter(session::Column::Stage.eq(Stage::Active.code()));
    if before.clone().one(db).await?.is_none() {
        return Ok(false);
    }
    Ok(before.filter(session::Column::Client.eq(client)).one(db).await?.is_none())
}

/// Forgets sessions that nobody can use since before `before`.
pub(crate) async fn forget(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64> {
    let unused = session::Column::EndedAt.lt(before).or(session::Column::EndsAt.lt(before));
    Ok(session::Entity::delete_many().filter(unused).exec(db).await?.rows_affected)
}
