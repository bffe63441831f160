//! One-time links: the way in for somebody who has no password yet, or has lost it (AUTH-11, AUTH-13).

use chrono::{DateTime, TimeDelta, Utc};
use domain::{id::PersonId, refusal::Refusal};
use sea_orm::ConnectionTrait;

use crate::{
    Result,
    crypt::token_hash,
    store::{self, entry_link::LinkRecord, person::PersonRecord},
    tx::Tx,
};

/// How long the first administrator's link, printed by the command line, can be followed (AUTH-13).
pub const FIRST_LIFE: TimeDelta = TimeDelta::minutes(15);
/// How long a link from an administrator can be followed (AUTH-11).
pub const LIFE: TimeDelta = TimeDelta::minutes(30);

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Choose a password and let an app know one's seed: for newcomers, and for somebody who lost both.
    Join,
    /// Choose a new password; the codes stay as they are.
    Recover,
}

impl Purpose {
    /// The code in the database and in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Recover => "recover",
        }
    }

    /// The purpose with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Join, Self::Recover].into_iter().find(|purpose| purpose.code() == code)
    }
}

/// A link that was just made. Its token is shown once and never again.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// Whom it lets in.
    pub person: PersonId,
    /// The secret part of its address: `/valkommen/<token>`.
    pub token: String,
    /// What it is for.
    pub purpose: Purpose,
    /// When it can no longer be followed.
    pub expires_at: DateTime<Utc>,
}

/// Never the token.
impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Link({}, {:?})", self.person, self.purpose)
    }
}

/// Makes a link; those before it are taken back.
pub(crate) async fn issue(tx: &Tx, person: PersonId, purpose: Purpose, life: TimeDelta) -> Result<Link> {
    store::entry_link::revoke_all(tx.db(), person, tx.now()).await?;
    let token = tx.backend().random().token();
    let expires_at = tx.now() + life;
    let link = LinkRecord {
        token_hash: token_hash(&token),
        person,
        purpose,
        created_at: tx.now(),
        expires_at,
        browser_hash: None,
        password_set_at: None,
        used_at: None,
    };
    store::entry_link::create(tx.db(), &link).await?;
    Ok(Link { person, token, purpose, expires_at })
}

/// The link of a token and whom it lets in, if it can be followed by this browser: the one it is bound to, or any while it is
/// bound to none.
///
/// # Errors
/// [`Refusal::LinkSpent`] for every other, whatever the reason.
pub(crate) async fn follow(
    db: &impl ConnectionTrait,
    token: &str,
    browser: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(LinkRecord, PersonRecord)> {
    let link = store::entry_link::find(db, &token_hash(token)).await?.ok_or(Refusal::LinkSpent)?;
    let here = match &link.browser_hash {
        None => true,
        Some(bound) => browser.is_some_and(|browser| token_hash(browser) == *bound),
    };
    let person = store::person::find(db, link.person).await?.ok_or(Refusal::LinkSpent)?;
    let good = here && link.used_at.is_none() && now < link.expires_at && person.disabled_at.is_none();
    if good { Ok((link, person)) } else { Err(Refusal::LinkSpent.into()) }
}

/// The same for a browser that has begun.
///
/// # Errors
/// As [`follow`], also while it is bound to none.
pub(crate) async fn go_on(
    db: &impl ConnectionTrait,
    token: &str,
    browser: &str,
    now: DateTime<Utc>,
) -> Result<(LinkRecord, PersonRecord)> {
    let (link, person) = follow(db, token, Some(browser), now).await?;
    if link.browser_hash.is_none() { Err(Refusal::LinkSpent.into()) } else { Ok((link, person)) }
}
