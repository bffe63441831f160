//! Who somebody is, and how they prove it.

mod browser;
pub mod code;
mod common;
pub(crate) mod door;
mod email;
pub mod entry;
pub mod lock;
pub mod password;
pub mod session;

pub use browser::kind_of_browser;
pub(crate) use email::email;

use std::net::IpAddr;

use domain::id::PersonId;

use crate::actor::Doer;

/// Where a request that proves who somebody is comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The network address, for soft locks (AUTH-09). Never stored.
    pub address: IpAddr,
    /// The kind of browser, as [`kind_of_browser`] tells it.
    pub browser: String,
    /// The session the browser has now, if any; it ends when a new one begins (SESS-02).
    pub token: Option<String>,
    /// The request's number in the log.
    pub request: Option<String>,
}

impl Visit {
    /// Somebody at this door, for the log.
    pub(crate) fn doer(&self, person: Option<PersonId>) -> Doer {
        Doer { person, request: self.request.clone(), ..Doer::SYSTEM }
    }
}

/// Somebody who came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The token of the new session, for the browser's cookie.
    pub token: String,
    /// Whether an assignment is chosen already, as there is only one.
    pub at_work: bool,
    /// The person's language: `sv` or `en`.
    pub language: String,
}
