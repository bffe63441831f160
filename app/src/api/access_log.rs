//! The review of the access log.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::problem::{Done, Problem};

/// What was found of one person and one case, as the form sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FindingTyped {
    /// The person.
    pub person: String,
    /// The case.
    pub case: String,
    /// Explained or unclear.
    pub finding: String,
    /// What is not clear.
    pub note: String,
}

/// Writes a review of the access log down.
#[server(prefix = "/api", endpoint = "access-log/review")]
pub async fn review_access_log(
    /// The last day it is about.
    until: String,
    /// What was found.
    #[server(default)]
    lines: Vec<FindingTyped>,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::usecase::review_access_log as review;
    let ask = signed_in()?;
    let lines: Vec<_> = lines.into_iter().map(Into::into).collect();
    review::review_access_log(&ask.backend, &ask.actor, &until, &lines).await?;
    Ok(Done::said(path::ACCESS_LOG, Said::AccessLogReviewed))
}

#[cfg(feature = "ssr")]
impl From<FindingTyped> for backend::usecase::review_access_log::TypedFinding {
    fn from(FindingTyped { person, case, finding, note }: FindingTyped) -> Self {
        Self { person, case, finding, note }
    }
}
