//! What a reviewer does.

use leptos::prelude::*;

use crate::problem::{Done, Problem};

/// Returns minutes to their writer.
#[server(prefix = "/api", endpoint = "review/return")]
pub async fn return_minutes(
    /// The minutes.
    id: String,
    /// The revision that was read.
    seen: i64,
    /// What is to be changed.
    comment: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    let id = typed_id(&id)?;
    backend::usecase::review_minutes::return_minutes(&ask.backend, &ask.actor, id, seen, &comment).await?;
    Ok(Done::said(crate::path::REVIEW, crate::text::Said::MinutesReturned))
}

/// Approves minutes.
#[server(prefix = "/api", endpoint = "review/approve")]
pub async fn approve_minutes(
    /// The minutes.
    id: String,
    /// The revision that was read.
    seen: i64,
    /// Ticked when what is said of other persons may stand.
    #[server(default)]
    reviewed: bool,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    let minutes = typed_id(&id)?;
    backend::usecase::review_minutes::approve_minutes(&ask.backend, &ask.actor, minutes, seen, reviewed).await?;
    Ok(Done::said(crate::path::minutes(id), crate::text::Said::MinutesApproved))
}
