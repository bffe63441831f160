//! What a server function answers: where to go next, or what was wrong. Codes only; this is all a browser learns of a failure.

use domain::refusal::Refusal;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{text::Said, wire::ProblemCode};

pub use domain::flaw::{Flaw, FlawKind};

/// A change is made: where to go now, and what to say there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// A path of our own (`crate::path`). Anything else is refused by `server::forms` (WEB-04).
    pub go: String,
    /// The sentence to show there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
}

impl Done {
    /// Go there, say nothing.
    pub fn go(path: impl Into<String>) -> Self {
        Self { go: path.into(), said: None }
    }

    /// Go there and say this.
    pub fn said(path: impl Into<String>, said: Said) -> Self {
        Self { go: path.into(), said: Some(said) }
    }
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Nobody is signed in, or no longer.
    #[error("signed out")]
    SignedOut,
    /// Signed in, but no assignment is chosen yet.
    #[error("no assignment chosen")]
    NoAssignment,
    /// The assignment does not include this.
    #[error("denied")]
    Denied,
    /// Does not exist, or is not for this person to know of.
    #[error("not found")]
    NotFound,
    /// Somebody changed it since the page was read.
    #[error("stale")]
    Stale,
    /// Something typed cannot be right.
    #[error("invalid")]
    Invalid(Vec<Flaw>),
    /// A rule says no; its sentence stands in `text/flaw.rs`.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Too much to do; soon again.
    #[error("busy")]
    Busy,
    /// The server could not be reached. Made in the browser.
    #[error("no contact")]
    Offline,
    /// Our fault; logged under the request's id.
    #[error("fault")]
    Fault,
}

impl Problem {
    /// The HTTP status that says the same.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignedOut | Self::NoAssignment => 401,
            Self::Denied => 403,
            Self::NotFound => 404,
            Self::Stale => 409,
            Self::Invalid(_) | Self::Refused(_) => 422,
            Self::Busy | Self::Offline => 503,
            Self::Fault => 500,
        }
    }

    /// One field, one flaw.
    pub fn flaw(field: impl Into<String>, kind: FlawKind) -> Self {
        Self::Invalid(vec![Flaw::new(field, kind)])
    }
}

impl FromServerFnError for Problem {
    type Encoder = ProblemCode;

    fn from_server_fn_error(cause: ServerFnErrorErr) -> Self {
        match cause {
            ServerFnErrorErr::Request(_) => Self::Offline,
            // The form lacks a field or holds what no page of ours writes.
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::Invalid(Vec::new()),
            other => {
                #[cfg(feature = "ssr")]
                tracing::error!(cause = %other, "server function failed");
                #[cfg(not(feature = "ssr"))]
                drop(other);
                Self::Fault
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WEB-04
    #[test]
    fn a_problem_says_nothing_of_its_cause() {
        let secret = "SELECT name FROM child";
        let problem = Problem::from_server_fn_error(ServerFnErrorErr::ServerError(secret.into()));
        assert_eq!(problem, Problem::Fault);
        let wire = problem.ser();
        assert!(!String::from_utf8_lossy(&wire).contains(secret));
    }

    #[test]
    fn a_problem_reads_the_same_on_both_sides_of_the_wire() {
        let problem = Problem::Invalid(vec![Flaw::new("born_on", FlawKind::TooLong { max: 10 })]);
        assert_eq!(Problem::de(problem.ser()), problem);
    }
}
