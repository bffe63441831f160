//! The two steps of signing in, choosing what to work as, and signing out.

use domain::{
    flaw::FlawKind,
    id::{AssignmentId, PersonId},
    refusal::Refusal,
    time,
};

use crate::{
    Backend, Error, Result,
    audit::{Action, Event},
    auth::{
        Entered, Visit,
        code::Seed,
        email, lock,
        password::{self, Match, NewPassword},
        session::{self, Beginning, SessionState},
    },
    crypt::token_hash,
    job::notice,
    mail::Notice,
    store::{self, credential::PasswordRecord, person::PersonRecord, session::Stage},
    tx::Tx,
};

/// The first step: e-mail address and password. Gives the token of a session in which the code is due.
///
/// # Errors
/// [`FlawKind::WrongSignIn`] at `password`, the same whether the address is unknown, the password wrong or shut for a while
/// (AUTH-12); [`Error::Busy`] for an address that tries too often, or when too many sign in at once.
pub async fn sign_in(backend: &Backend, typed_email: &str, typed_password: &str, visit: &Visit) -> Result<String> {
    if !backend.door().addresses.take(visit.address, backend.now()) {
        return Err(Error::Busy);
    }
    let known = match email(typed_email) {
        Ok(address) => credential(backend, &address).await?,
        Err(_) => None,
    };
    let stored = known.as_ref().map(|(_, password)| password.phc.as_str());
    let matched = password::verify(backend, stored, typed_password).await?;
    let tx = backend.write(visit.doer(known.as_ref().map(|(person, _)| person.id))).await?;
    match known {
        Some((person, password)) if matched != Match::Wrong => {
            if !store::credential::is_open(tx.db(), person.id, tx.now()).await? {
                return refuse(tx, None).await;
            }
            if matched == Match::RightButOld {
                rehash_later(backend, person.id, password.phc, typed_password);
            }
            code_due(tx, &person, visit).await
        }
        known => refuse(tx, known.map(|(person, _)| person.id)).await,
    }
}

/// The person with this address and their password, if both can be used to sign in at all.
async fn credential(backend: &Backend, address: &str) -> Result<Option<(PersonRecord, PasswordRecord)>> {
    let Some(person) = store::person::by_email(backend.db(), address).await? else { return Ok(None) };
    let password = store::credential::password(backend.db(), person.id).await?;
    let code = store::credential::code(backend.db(), person.id).await?;
    let joined = person.disabled_at.is_none() && code.is_some_and(|code| code.confirmed_at.is_some());
    let password = password.filter(|password| joined && !password.is_shut(backend.now()));
    Ok(password.map(|password| (person, password)))
}

/// Writes a failure down and answers as to every other.
async fn refuse<T>(tx: Tx, person: Option<PersonId>) -> Result<T> {
    if let Some(person) = person {
        store::credential::fail(tx.db(), person, tx.now()).await?;
    }
    tx.backend().door().failed(tx.now());
    tx.commit(Event::new(Action::SignInFailed)).await?;
    Err(Error::flaw("password", FlawKind::WrongSignIn))
}

async fn code_due(tx: Tx, person: &PersonRecord, visit: &Visit) -> Result<String> {
    end_present(&tx, visit).await?;
    let beginning =
        Beginning { person: person.id, assignment: None, stage: Stage::CodeDue, client: &visit.browser, ends_at: None };
    let token = session::begin(&tx, beginning).await?;
    tx.backend().door().addresses.give_back(visit.address);
    tx.commit(Event::new(Action::PasswordAccepted).subject(person.id.uuid())).await?;
    Ok(token)
}

/// Ends the session the browser has: the new one takes its place in the same transaction (SESS-02).
async fn end_present(tx: &Tx, visit: &Visit) -> Result<()> {
    if let Some(token) = &visit.token {
        store::session::end(tx.db(), &token_hash(token), tx.now()).await?;
    }
    Ok(())
}

/// Hashes a password anew at today's cost, beside the sign-in; when it cannot be done now the next sign-in tries again.
fn rehash_later(backend: &Backend, person: PersonId, old: String, typed: &str) {
    let (backend, password) = (backend.clone(), NewPassword::well_known(typed));
    tokio::spawn(async move {
        let Ok(new) = password::hash(&backend, &password).await else { return };
        let _turn = backend.turn().await;
        if let Err(fault) = store::credential::rehash(backend.db(), person, &old, new).await {
            tracing::warn!(fault = &fault as &dyn std::error::Error, "a password could not be hashed anew");
        }
    });
}

/// The second step: the one-time code. Gives the token of a session at work, or one in which an assignment is to be chosen.
///
/// # Errors
/// [`Error::SignedOut`] when no code is due any more; [`FlawKind::WrongCode`] at `code`; [`Refusal::Locked`] after too many
/// wrong ones; [`Error::Busy`] for an address that tries too often.
pub async fn give_code(backend: &Backend, typed_code: &str, visit: &Visit) -> Result<Entered> {
    if !backend.door().addresses.take(visit.address, backend.now()) {
        return Err(Error::Busy);
    }
    let token = visit.token.as_deref().ok_or(Error::SignedOut)?;
    let SessionState::CodeDue { person, .. } = session::look(backend, token, None).await? else {
        return Err(Error::SignedOut);
    };
    let tx = backend.write(visit.doer(Some(person))).await?;
    if !store::credential::is_open(tx.db(), person, tx.now()).await? {
        return Err(Refusal::Locked.into());
    }
    if !spend(&tx, person, typed_code).await? {
        store::credential::fail(tx.db(), person, tx.now()).await?;
        tx.backend().door().failed(tx.now());
        tx.commit(Event::new(Action::SignInFailed).subject(person.uuid())).await?;
        return Err(Error::flaw("code", FlawKind::WrongCode));
    }
    let failures = store::credential::password(tx.db(), person).await?.map_or(0, |password| password.failures);
    if failures >= lock::FREE {
        notice::enqueue(&tx, person, Notice::AfterFailures).await?;
    }
    store::credential::forgive(tx.db(), person).await?;
    // Of two that end it at once only one goes on; the other's code is spent by then anyway.
    if !store::session::end(tx.db(), &token_hash(token), tx.now()).await? {
        return Err(Error::SignedOut);
    }
    enter(tx, person, visit).await
}

/// Whether a typed code is right and was not used before; uses it up.
pub(super) async fn spend(tx: &Tx, person: PersonId, typed: &str) -> Result<bool> {
    let Some(code) = store::credential::code(tx.db(), person).await? else { return Ok(false) };
    let seed = Seed::open(tx.backend().keys(), person, &code.secret)?;
    match seed.step_of(typed, tx.now())? {
        Some(step) => store::credential::spend_step(tx.db(), person, step).await,
        None => Ok(false),
    }
}

/// Begins the session of somebody who has proved who they are. With a single assignment it is chosen already.
pub(super) async fn enter(tx: Tx, person: PersonId, visit: &Visit) -> Result<Entered> {
    let language = store::person::load(tx.db(), person).await?.language;
    let today = time::day(tx.now());
    let works = store::assignment::of_person(tx.db(), person).await?;
    let mut current = works.into_iter().filter(|work| work.holds_on(today));
    let only = match (current.next(), current.next()) {
        (Some(work), None) => Some(work.id),
        _ => None,
    };
    if store::session::is_new_browser(tx.db(), person, &visit.browser).await? {
        notice::enqueue(&tx, person, Notice::NewBrowser).await?;
    }
    let beginning = Beginning { person, assignment: only, stage: Stage::Active, client: &visit.browser, ends_at: None };
    let token = session::begin(&tx, beginning).await?;
    tx.backend().door().addresses.give_back(visit.address);
    tx.commit(Event::new(Action::SignedIn).subject(person.uuid())).await?;
    Ok(Entered { token, at_work: only.is_some(), language })
}

/// Chooses what to work as, the first time or anew. Gives a new token; the old one ends, and with it what the other role may
/// know (SESS-02). The session lasts no longer than it would have.
///
/// # Errors
/// [`Error::SignedOut`] without a session; [`Error::NotFound`] for an assignment that is not the person's or does not hold now.
pub async fn choose_assignment(backend: &Backend, assignment: &str, visit: &Visit) -> Result<String> {
    let token = visit.token.as_deref().ok_or(Error::SignedOut)?;
    let person = match session::look(backend, token, None).await? {
        SessionState::Active { actor, .. } => actor.person,
        SessionState::ChooseAssignment { person, .. } => person,
        _ => return Err(Error::SignedOut),
    };
    let assignment: AssignmentId = assignment.parse().map_err(|_| Error::NotFound)?;
    let tx = backend.write(visit.doer(Some(person))).await?;
    let work = store::assignment::find(tx.db(), assignment).await?.ok_or(Error::NotFound)?;
    if !session::usable(&work, person, tx.now()) {
        return Err(Error::NotFound);
    }
    let present = store::session::find(tx.db(), &token_hash(token)).await?.ok_or(Error::SignedOut)?;
    if !store::session::end(tx.db(), &present.token_hash, tx.now()).await? {
        return Err(Error::SignedOut);
    }
    let beginning = Beginning {
        person,
        assignment: Some(work.id),
        stage: Stage::Active,
        client: &present.client,
        ends_at: Some(present.ends_at),
    };
    let token = session::begin(&tx, beginning).await?;
    tx.commit(Event::new(Action::SignedIn).subject(work.id.uuid())).await?;
    Ok(token)
}

/// Ends the session of this token. Without one there is nothing to do.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(backend: &Backend, visit: &Visit) -> Result<()> {
    let Some(token) = visit.token.as_deref() else { return Ok(()) };
    let Some(person) = session::look(backend, token, None).await?.person() else { return Ok(()) };
    let tx = backend.write(visit.doer(Some(person))).await?;
    store::session::end(tx.db(), &token_hash(token), tx.now()).await?;
    tx.commit(Event::new(Action::SignedOut).subject(person.uuid())).await
}
