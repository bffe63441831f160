//! What can go wrong, inside. What a browser may learn of it is `app::problem`.

use domain::{flaw::Flaw, refusal::Refusal};
use sea_orm::{DbErr, RuntimeErr};
use thiserror::Error;
use uuid::Uuid;

use crate::crypt::SealBroken;

/// The result of everything here.
pub type Result<T> = std::result::Result<T, Error>;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum Error {
    /// It does not exist, or is not for this person to know of: the same thing to the outside (AUTHZ-03).
    #[error("no such thing, or not for this person to know of")]
    NotFound,
    /// Nobody is signed in, or no longer.
    #[error("signed out")]
    SignedOut,
    /// This role may not do this, whatever it concerns.
    #[error("not for this role")]
    Denied,
    /// Changed by someone else meanwhile.
    #[error("changed by someone else meanwhile")]
    Stale,
    /// What was typed cannot be used; nothing was changed.
    #[error("{} fields cannot be used", .0.len())]
    Invalid(Vec<Flaw>),
    /// A rule says no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Too much at once; try again.
    #[error("busy")]
    Busy,
    /// A row that no version of the program could have written.
    #[error("row {row} in {table} makes no sense")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The row.
        row: Uuid,
    },
    /// What cannot be, is: a fault of ours, in words for the log.
    #[error("{0}")]
    Fault(&'static str),
    /// A sealed value does not open.
    #[error(transparent)]
    Sealed(#[from] SealBroken),
    /// The database refused or failed. Its values are never logged (PRIV-04).
    #[error("database")]
    Database(#[source] DbErr),
    /// Mail could not be handed over.
    #[error("mail: {0}")]
    Mail(String),
}

impl Error {
    /// One flaw in one field.
    pub fn flaw(field: &str, kind: domain::flaw::FlawKind) -> Self {
        Self::Invalid(vec![Flaw::new(field, kind)])
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Vec<Flaw>> for Error {
    fn from(flaws: Vec<Flaw>) -> Self {
        Self::Invalid(flaws)
    }
}

/// The guards in the database speak through its error text; everything else is a fault.
impl From<DbErr> for Error {
    fn from(fault: DbErr) -> Self {
        let said = fault.to_string();
        if said.contains("consent_missing") {
            Self::Refused(Refusal::ConsentMissing)
        } else if said.contains("minutes_final") {
            Self::Refused(Refusal::MinutesFinal)
        } else if said.contains("own_text") {
            Self::Refused(Refusal::OwnText)
        } else if said.contains("not_named") {
            Self::NotFound
        } else if said.contains("own_export") {
            Self::Refused(Refusal::SecondPerson)
        } else if matches!(fault, DbErr::ConnectionAcquire(_)) || gave_way(&fault) {
            Self::Busy
        } else {
            Self::Database(fault)
        }
    }
}

/// Whether PostgreSQL aborted the change for others' sake: it waited too long (`query_canceled`), or each of two waited for the
/// other (`deadlock_detected`). Asked of the code, as the text is in the server's language.
fn gave_way(fault: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(said)) | DbErr::Query(RuntimeErr::SqlxError(said))) = fault else {
        return false;
    };
    let Some(said) = said.as_database_error() else { return false };
    matches!(said.code().as_deref(), Some("57014" | "40P01"))
}
