//! A person's own settings: language, password, sessions.

use domain::{flaw::FlawKind, id::PersonId};

use crate::{
    Backend, Error, Result,
    actor::{Actor, Doer},
    audit::{Action, Event},
    auth::{
        Visit,
        password::{self, Match},
    },
    crypt::token_hash,
    job::notice,
    mail::Notice,
    store::{self, person::PersonRecord},
    usecase::join,
};

/// Sets the language a person is shown and written to: `sv` or `en`.
///
/// # Errors
/// [`Error::NotFound`] for any other.
pub async fn set_language(backend: &Backend, person: PersonId, language: &str) -> Result<()> {
    if !["sv", "en"].contains(&language) {
        return Err(Error::NotFound);
    }
    let tx = backend.write(Doer::person(person)).await?;
    let before = store::person::load(tx.db(), person).await?;
    if before.language == language {
        return Ok(());
    }
    store::person::save(tx.db(), &PersonRecord { language: language.to_owned(), ..before }).await?;
    tx.commit(Event::new(Action::SettingsChanged).subject(person.uuid())).await
}

/// Changes one's password. Every other session of the person ends.
///
/// # Errors
/// [`FlawKind::WrongSignIn`] at `current_password`; the flaws of `password` and `password_again`; [`Error::Busy`].
pub async fn change_password(
    backend: &Backend,
    actor: &Actor,
    current: &str,
    typed: &str,
    again: &str,
    visit: &Visit,
) -> Result<()> {
    if !backend.door().addresses.take(visit.address, backend.now()) {
        return Err(Error::Busy);
    }
    let person = store::person::load(backend.db(), actor.person).await?;
    let stored = store::credential::password(backend.db(), person.id).await?;
    let stored = stored.filter(|stored| !stored.is_shut(backend.now()));
    let phc = stored.as_ref().map(|stored| stored.phc.as_str());
    let matched = password::verify(backend, phc, current).await?;
    let tx = backend.write(actor).await?;
    if matched == Match::Wrong || !store::credential::is_open(tx.db(), person.id, tx.now()).await? {
        store::credential::fail(tx.db(), person.id, tx.now()).await?;
        tx.commit(Event::new(Action::SignInFailed).subject(person.id.uuid())).await?;
        return Err(Error::flaw("current_password", FlawKind::WrongPassword));
    }
    // The hash takes its time: nobody else should wait for the pen meanwhile.
    drop(tx);
    let phc = password::hash(backend, &join::chosen(backend, &person, typed, again)?).await?;
    let tx = backend.write(actor).await?;
    store::credential::set_password(tx.db(), person.id, phc, tx.now()).await?;
    notice::enqueue(&tx, person.id, Notice::PasswordChanged).await?;
    let present = visit.token.as_deref().map(token_hash);
    store::session::end_all(tx.db(), person.id, present.as_deref(), tx.now()).await?;
    tx.commit(Event::new(Action::PasswordChanged).subject(person.id.uuid())).await
}

/// Ends one of one's own sessions, named as in `view::profile`.
///
/// # Errors
/// [`Error::NotFound`] for any that is not one's own or has ended.
pub async fn end_session(backend: &Backend, actor: &Actor, name: &str) -> Result<()> {
    let tx = backend.write(actor).await?;
    let open = store::session::open_of(tx.db(), actor.person).await?;
    let session = open.iter().find(|session| session.name() == name).ok_or(Error::NotFound)?;
    store::session::end(tx.db(), &session.token_hash, tx.now()).await?;
    tx.commit(Event::new(Action::SignedOut).subject(actor.person.uuid())).await
}

/// Ends every session of one's own but the present one.
///
/// # Errors
/// When the database fails.
pub async fn end_other_sessions(backend: &Backend, actor: &Actor, visit: &Visit) -> Result<()> {
    let tx = backend.write(actor).await?;
    let present = visit.token.as_deref().map(token_hash);
    store::session::end_all(tx.db(), actor.person, present.as_deref(), tx.now()).await?;
    tx.commit(Event::new(Action::SignedOut).subject(actor.person.uuid())).await
}
