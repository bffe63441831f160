//! What somebody typed in a form that was not accepted: sealed, for fifteen minutes, for that person only.
//!
//! The random id travels in the address and nothing typed does (WEB-04). The database knows the id's hash, so even with the key
//! a draft is found by nobody who was not given its id.

use chrono::TimeDelta;
use domain::id::PersonId;
use uuid::Uuid;

use crate::{
    Backend, Result,
    crypt::{Place, token_hash},
    store::{self, form::DraftRecord},
};

/// How long a draft is kept.
pub const LIFE: TimeDelta = TimeDelta::minutes(15);

/// A draft that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The page it was typed on: path and query, as it was kept. No line feed stands in it.
    pub page: String,
    /// What was kept.
    pub body: String,
}

const COLUMN: &str = "form_draft.body";

/// Keeps `body` (the form's fields and what was wrong, in any form of text) and gives the random id it is found by.
///
/// `person` is who typed it: the signed-in person, or the one whose session just ran out. A draft of nobody is for whoever
/// holds its id.
///
/// # Errors
/// When the database fails.
pub async fn keep(backend: &Backend, person: Option<PersonId>, page: &str, body: &str) -> Result<String> {
    let id = backend.random().uuid();
    // The page is sealed with it: an address can hold a one-time link's token.
    let plain = format!("{page}\n{body}");
    let sealed = backend.keys().seal(backend.random(), Place { column: COLUMN, row: id }, plain.as_bytes())?;
    let now = backend.now();
    let draft = DraftRecord { id_hash: hash(id), person, body: sealed, created_at: now, expires_at: now + LIFE };
    let _turn = backend.turn().await;
    store::form::keep_draft(backend.db(), draft).await?;
    Ok(id.simple().to_string())
}

/// The draft with this id, if it is this person's and not too old. It stays, so that a page can be loaded again.
///
/// # Errors
/// When the database fails, or the draft does not open.
pub async fn find(backend: &Backend, person: Option<PersonId>, id: &str) -> Result<Option<Draft>> {
    let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
    let Some(draft) = store::form::find_draft(backend.db(), &hash(id)).await? else { return Ok(None) };
    let theirs = draft.person.is_none() || draft.person == person;
    if !theirs || draft.expires_at <= backend.now() {
        return Ok(None);
    }
    let plain = backend.keys().open_text(Place { column: COLUMN, row: id }, &draft.body)?;
    Ok(plain.split_once('\n').map(|(page, body)| Draft { page: page.to_owned(), body: body.to_owned() }))
}

/// Forgets a draft: what it held has been accepted.
///
/// # Errors
/// When the database fails.
pub async fn forget(backend: &Backend, person: Option<PersonId>, id: &str) -> Result<()> {
    if find(backend, person, id).await?.is_none() {
        return Ok(());
    }
    let Ok(id) = id.parse::<Uuid>() else { return Ok(()) };
    let _turn = backend.turn().await;
    store::form::forget_draft(backend.db(), &hash(id)).await
}

fn hash(id: Uuid) -> String {
    token_hash(&id.simple().to_string())
}
