//! Following a one-time link: bind it to this browser, choose a password, show that one's app knows the seed (AUTH-11).

use domain::{flaw::FlawKind, refusal::Refusal};

use crate::{
    Backend, Error, Result,
    audit::{Action, Event},
    auth::{
        Entered, Visit,
        code::Seed,
        entry::{self, Purpose},
        password::{self, NewPassword},
    },
    crypt::token_hash,
    job::notice,
    mail::Notice,
    store::{self, person::PersonRecord},
    usecase::sign_in,
};

/// What comes after a password was chosen by a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The code of one's app.
    Code,
    /// Sign-in: all is done.
    SignIn,
}

/// Binds a link to this browser; whoever follows it in another comes too late. Gives the secret the browser is to keep.
///
/// # Errors
/// [`Refusal::LinkSpent`] when it cannot be followed (any more).
pub async fn begin(backend: &Backend, token: &str, visit: &Visit) -> Result<String> {
    spare(backend, visit)?;
    let tx = backend.write(visit.doer(None)).await?;
    let (link, person) = entry::follow(tx.db(), token, None, tx.now()).await?;
    let browser = backend.random().token();
    if !store::entry_link::bind(tx.db(), &link.token_hash, &token_hash(&browser)).await? {
        return Err(Refusal::LinkSpent.into());
    }
    if link.purpose == Purpose::Join {
        let seed = Seed::new(backend.random());
        store::credential::put_code(tx.db(), person.id, seed.seal(&tx, person.id)?).await?;
    }
    tx.commit(Event::new(Action::LinkFollowed).subject(person.id.uuid())).await?;
    Ok(browser)
}

/// Chooses the password. A link to recover is used up by this, and every session of the person ends.
///
/// # Errors
/// The flaws of `password` and `password_again`; [`Refusal::LinkSpent`].
pub async fn choose_password(
    backend: &Backend,
    token: &str,
    browser: &str,
    typed: &str,
    again: &str,
    visit: &Visit,
) -> Result<Next> {
    spare(backend, visit)?;
    let (_, person) = entry::go_on(backend.db(), token, browser, backend.now()).await?;
    let phc = password::hash(backend, &chosen(backend, &person, typed, again)?).await?;
    let tx = backend.write(visit.doer(Some(person.id))).await?;
    let (link, person) = entry::go_on(tx.db(), token, browser, tx.now()).await?;
    store::credential::set_password(tx.db(), person.id, phc, tx.now()).await?;
    store::entry_link::password_set(tx.db(), &link.token_hash, tx.now()).await?;
    store::session::end_all(tx.db(), person.id, None, tx.now()).await?;
    let next = match link.purpose {
        Purpose::Join => Next::Code,
        Purpose::Recover => {
            store::entry_link::spend(tx.db(), &link.token_hash, tx.now()).await?;
            notice::enqueue(&tx, person.id, Notice::PasswordChanged).await?;
            Next::SignIn
        }
    };
    tx.commit(Event::new(Action::PasswordChanged).subject(person.id.uuid())).await?;
    Ok(next)
}

/// A password typed twice, if it may be chosen.
pub(super) fn chosen(backend: &Backend, person: &PersonRecord, typed: &str, again: &str) -> Result<NewPassword> {
    let before_at = person.email.split('@').next().unwrap_or_default();
    let mut context = vec![backend.site().municipality.as_str(), before_at];
    context.extend(person.name.split_whitespace());
    let password = NewPassword::parse(typed, &context).map_err(|kind| Error::flaw("password", kind))?;
    if typed == again { Ok(password) } else { Err(Error::flaw("password_again", FlawKind::NotAlike)) }
}

/// Shows by a code that one's app knows the seed: the link is used up, and the person is signed in.
///
/// # Errors
/// [`FlawKind::WrongCode`] at `code`; [`Refusal::LinkSpent`].
pub async fn confirm_code(
    backend: &Backend,
    token: &str,
    browser: &str,
    typed: &str,
    visit: &Visit,
) -> Result<Entered> {
    spare(backend, visit)?;
    let (_, person) = entry::go_on(backend.db(), token, browser, backend.now()).await?;
    let mut tx = backend.write(visit.doer(Some(person.id))).await?;
    let (link, person) = entry::go_on(tx.db(), token, browser, tx.now()).await?;
    if link.purpose != Purpose::Join || link.password_set_at.is_none() {
        return Err(Refusal::LinkSpent.into());
    }
    if !sign_in::spend(&tx, person.id, typed).await? {
        return Err(Error::flaw("code", FlawKind::WrongCode));
    }
    store::credential::confirm_code(tx.db(), person.id, tx.now()).await?;
    store::entry_link::spend(tx.db(), &link.token_hash, tx.now()).await?;
    notice::enqueue(&tx, person.id, Notice::AppConnected).await?;
    tx.record(Event::new(Action::PersonJoined).subject(person.id.uuid()));
    sign_in::enter(tx, person.id, visit).await
}

/// Guessing a link is hopeless; the bucket keeps the database from being asked.
fn spare(backend: &Backend, visit: &Visit) -> Result<()> {
    if backend.door().addresses.take(visit.address, backend.now()) { Ok(()) } else { Err(Error::Busy) }
}
