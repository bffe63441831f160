//! The demo's logins. They exist in a demo database only, and nothing here opens a way past password or code: what the demo
//! shows on screen is what its invented people would know and read from their telephones.

mod children;
mod gather;
mod intake;
mod life;
mod long_ago;
mod meet;
mod seed;
mod settle;
mod term;
mod town;
mod words;

use domain::{id::PersonId, refusal::Refusal};

use crate::{
    Backend, Result,
    actor::Doer,
    audit::{Action, Event},
    auth::{
        code::{self, Seed},
        password::{self, NewPassword},
    },
    store,
    usecase::invite,
    view::people::WorkLine,
};

pub use seed::{Sown, seed};

/// What every address of an invented person ends with. `.example` is nobody's (RFC 2606).
pub const DOMAIN: &str = "@amal.example";
/// The password of every invented person. It could not be chosen anywhere else: it is public.
pub const PASSWORD: &str = "samverkan-demo";

/// One of the demo's logins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The address to sign in with.
    pub email: String,
    /// The invented person's name.
    pub name: String,
    /// What they work as.
    pub works: Vec<WorkLine>,
}

/// Whether this is a demo, by its configuration and by its database. A demo's program on a real database shows nothing.
async fn is_demo(backend: &Backend) -> Result<bool> {
    Ok(backend.site().demo && store::installation::is_demo(backend.db()).await?)
}

/// The logins to show on the sign-in page, in the order they were made; none outside a demo.
///
/// # Errors
/// When the database fails.
pub async fn logins(backend: &Backend) -> Result<Vec<Login>> {
    if !is_demo(backend).await? {
        return Ok(Vec::new());
    }
    let mut people = store::person::all(backend.db()).await?;
    people.retain(|person| person.email.ends_with(DOMAIN) && person.disabled_at.is_none());
    people.sort_by_key(|person| person.created_at);
    let mut logins = Vec::new();
    for person in people {
        let confirmed =
            store::credential::code(backend.db(), person.id).await?.is_some_and(|code| code.confirmed_at.is_some());
        let works = crate::view::profile::works(backend, person.id).await?;
        if confirmed && !works.is_empty() {
            logins.push(Login { email: person.email, name: person.name, works });
        }
    }
    Ok(logins)
}

/// The code an invented person's telephone would show: the first around now that was not used. None outside a demo, for
/// people who are not invented, and when all three are used: a few seconds later there is another.
///
/// # Errors
/// When the database fails.
pub async fn shown_code(backend: &Backend, person: PersonId) -> Result<Option<String>> {
    if !is_demo(backend).await? {
        return Ok(None);
    }
    let invented = store::person::load(backend.db(), person).await?.email.ends_with(DOMAIN);
    let Some(record) = store::credential::code(backend.db(), person).await?.filter(|_| invented) else {
        return Ok(None);
    };
    let now = code::step_at(backend.now());
    // Not the step before: it could run out between the page and the post.
    let step = now.max(record.last_step + 1);
    if step > now + 1 {
        return Ok(None);
    }
    Seed::open(backend.keys(), person, &record.secret)?.code_of(step).map(Some)
}

/// Adds an invented person who can sign in with [`PASSWORD`] and the code on screen.
///
/// # Errors
/// [`Refusal::WrongState`] outside a demo.
pub async fn add_person(backend: &Backend, local_part: &str, name: &str) -> Result<PersonId> {
    if !is_demo(backend).await? {
        return Err(Refusal::WrongState.into());
    }
    let phc = password::hash(backend, &NewPassword::well_known(PASSWORD)).await?;
    let tx = backend.write(Doer::SYSTEM).await?;
    let person = invite::add(&tx, format!("{local_part}{DOMAIN}"), name.to_owned()).await?;
    store::credential::set_password(tx.db(), person, phc, tx.now()).await?;
    let seed = Seed::new(backend.random());
    store::credential::put_code(tx.db(), person, seed.seal(&tx, person)?).await?;
    store::credential::confirm_code(tx.db(), person, tx.now()).await?;
    tx.commit(Event::new(Action::PersonJoined).subject(person.uuid())).await?;
    Ok(person)
}
