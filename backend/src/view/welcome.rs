//! Where somebody stands who follows a one-time link.

use chrono::{DateTime, Utc};

use crate::{
    Backend, Error, Result,
    auth::{
        code::{Enrolment, Seed},
        entry::{self, Purpose},
    },
    store,
};

/// What somebody does next on their way in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Begin: the link is bound to no browser yet.
    Begin,
    /// Choose a password.
    Password,
    /// Let an app know the seed, and show that it does.
    Code(Box<Enrolment>),
}

/// A link's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Welcome {
    /// Whom it lets in.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// What it is for.
    pub purpose: Purpose,
    /// What comes next.
    pub step: Step,
    /// Until when it can be followed.
    pub expires_at: DateTime<Utc>,
}

/// Where the link of this token stands in the browser with this secret. Reading changes nothing: what looks at links in mail
/// programs must not use them up.
///
/// # Errors
/// [`domain::refusal::Refusal::LinkSpent`] when it cannot be followed, or not here.
pub async fn welcome(backend: &Backend, token: &str, browser: Option<&str>) -> Result<Welcome> {
    let (link, person) = entry::follow(backend.db(), token, browser, backend.now()).await?;
    let step = if link.browser_hash.is_none() {
        Step::Begin
    } else if link.password_set_at.is_none() {
        Step::Password
    } else {
        let code = store::credential::code(backend.db(), person.id).await?.ok_or(Error::NotFound)?;
        let seed = Seed::open(backend.keys(), person.id, &code.secret)?;
        Step::Code(Box::new(seed.enrolment(&person.email, &backend.site().municipality)?))
    };
    Ok(Welcome { name: person.name, email: person.email, purpose: link.purpose, step, expires_at: link.expires_at })
}
