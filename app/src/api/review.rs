//! What a reviewer does, and what is added to approved minutes.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::problem::{Done, Problem};

/// What is said of minutes that go back, as typed: of the whole, and of each part. What is empty says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RemarksText {
    /// Of the whole.
    pub general: String,
    /// Of the question.
    pub purpose: String,
    /// Of what each party brought, in their order.
    pub contributions: Vec<String>,
    /// Of the child's view.
    pub childs_view: String,
    /// Of the guardians' view.
    pub guardians_view: String,
    /// Of what was agreed.
    pub agreed: String,
    /// Of the undertakings.
    pub undertakings: String,
    /// Of how the case goes on.
    pub outcome: String,
}

/// Returns minutes to their writer.
#[server(prefix = "/api", endpoint = "review/return")]
pub async fn return_minutes(
    /// The minutes.
    id: String,
    /// The revision that was read.
    seen: i64,
    /// What is to be changed, and where.
    #[server(default)]
    text: RemarksText,
) -> Result<Done, Problem> {
    use super::minutes::in_form;
    use crate::request::{self, typed_id};
    use backend::usecase::review_minutes::{self, TypedRemarks};
    let ask = request::signed_in()?;
    let id = typed_id(&id)?;
    let typed = TypedRemarks {
        general: text.general,
        purpose: text.purpose,
        contributions: text.contributions,
        childs_view: text.childs_view,
        guardians_view: text.guardians_view,
        agreed: text.agreed,
        undertakings: text.undertakings,
        outcome: text.outcome,
    };
    let back = review_minutes::return_minutes(&ask.backend, &ask.actor, id, seen, &typed).await;
    back.map_err(|error| in_form(error.into()))?;
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

/// Opens approved minutes again.
#[server(prefix = "/api", endpoint = "review/reopen")]
pub async fn reopen_minutes(
    /// The minutes.
    id: String,
    /// The revision that was read.
    seen: i64,
    /// Why.
    reason: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    let minutes = typed_id(&id)?;
    backend::usecase::review_minutes::reopen_minutes(&ask.backend, &ask.actor, minutes, seen, &reason).await?;
    Ok(Done::said(crate::path::minutes(id), crate::text::Said::MinutesReopened))
}

/// Adds something to approved minutes.
#[server(prefix = "/api", endpoint = "minutes/add")]
pub async fn add_to_minutes(
    /// The minutes.
    id: String,
    /// What.
    addendum: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    let minutes = typed_id(&id)?;
    backend::usecase::add_to_minutes::add_to_minutes(&ask.backend, &ask.actor, minutes, &addendum).await?;
    Ok(Done::said(crate::path::minutes(id), crate::text::Said::AddendumWritten))
}

/// Says yes or no to what was added.
#[server(prefix = "/api", endpoint = "review/addendum")]
pub async fn answer_addendum(
    /// What was added.
    id: String,
    /// Yes or no.
    approved: bool,
    /// Why not.
    #[server(default)]
    comment: String,
) -> Result<Done, Problem> {
    use crate::{
        request::{self, typed_id},
        text::Said,
    };
    let ask = request::signed_in()?;
    let id = typed_id(&id)?;
    let minutes =
        backend::usecase::add_to_minutes::answer_addendum(&ask.backend, &ask.actor, id, approved, &comment).await?;
    let said = if approved { Said::AddendumApproved } else { Said::AddendumReturned };
    Ok(Done::said(crate::path::minutes(minutes), said))
}
