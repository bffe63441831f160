//! Answers to invitations.

use domain::id::{MeetingId, UnitId};
use leptos::prelude::*;

use crate::problem::{Done, Problem};

/// Answers one's own invitation: `coming`, `deputy` or `declined`.
#[server(prefix = "/api", endpoint = "invitation/answer")]
pub async fn answer_invitation(
    /// The meeting.
    meeting: MeetingId,
    /// The answer.
    answer: String,
    /// The starts of one's own items as they were shown.
    #[server(default)]
    shown: Vec<String>,
    /// The starts of those one can come to.
    #[server(default)]
    comes: Vec<String>,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::usecase::answer_invitation::{TypedAnswer, answer_own};
    let ask = signed_in()?;
    answer_own(&ask.backend, &ask.actor, meeting, &TypedAnswer { answer, shown, comes }).await?;
    Ok(Done::said(path::meeting(meeting), Said::Answered))
}

/// Answers by the link in the mail, without signing in.
#[server(prefix = "/api", endpoint = "invitation/answer-by-link")]
pub async fn answer_by_link(
    /// The secret of the link.
    token: String,
    /// The answer.
    answer: String,
    /// The starts of one's own items as they were shown.
    #[server(default)]
    shown: Vec<String>,
    /// The starts of those one can come to.
    #[server(default)]
    comes: Vec<String>,
) -> Result<Done, Problem> {
    use crate::{path, request::request, text::Said};
    use backend::usecase::answer_invitation::{TypedAnswer, answer_by_link};
    let request = request().ok_or(Problem::Fault)?;
    answer_by_link(&request.backend, &token, &TypedAnswer { answer, shown, comes }).await?;
    Ok(Done::said(path::invitation(token), Said::Answered))
}

/// Asks the next of a unit's deputies, as those invited for it cannot come.
#[server(prefix = "/api", endpoint = "invitation/ask-deputy")]
pub async fn ask_deputy(
    /// The meeting.
    meeting: MeetingId,
    /// The unit.
    unit: UnitId,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    backend::usecase::answer_invitation::ask_deputy(&ask.backend, &ask.actor, meeting, unit).await?;
    Ok(Done::said(path::meeting(meeting), Said::DeputyAsked))
}
