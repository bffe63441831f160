//! Sets up the installation: once, in an empty database.

use domain::refusal::Refusal;

use crate::{
    Backend, Result,
    actor::Doer,
    audit::{Action, Event},
    store,
};

/// Whether the database demands the machine's time of what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockKind {
    /// Yes: always, once people work in it (CONS-09).
    Real,
    /// No: while demo data of other days is made, and in tests.
    Simulated,
}

impl ClockKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Simulated => "simulated",
        }
    }
}

/// Makes the one row that says whose installation this is.
///
/// # Errors
/// [`Refusal::WrongState`] when it is set up already.
pub async fn install(backend: &Backend, clock: ClockKind) -> Result<()> {
    let tx = backend.write(Doer::SYSTEM).await?;
    if store::installation::exists(tx.db()).await? {
        return Err(Refusal::WrongState.into());
    }
    let site = backend.site();
    store::installation::create(tx.db(), &site.municipality, site.demo, clock.code(), tx.now()).await?;
    tx.commit(Event::new(Action::InstallationSetUp)).await
}

/// Sets whether the database demands the machine's time.
pub async fn set_clock(backend: &Backend, clock: ClockKind) -> Result<()> {
    let tx = backend.write(Doer::SYSTEM).await?;
    store::installation::set_clock(tx.db(), clock.code()).await?;
    tx.commit(Event::new(Action::InstallationSetUp)).await
}

/// Whether the database has been set up.
pub async fn is_installed(backend: &Backend) -> Result<bool> {
    store::installation::exists(backend.db()).await
}
