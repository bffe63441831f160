//! Answers to invitations.

use domain::id::MeetingId;
use leptos::prelude::*;

use crate::problem::{Done, Problem};

/// Answers one's own invitation: `coming`, `deputy` or `declined`.
#[server(prefix = "/api", endpoint = "invitation/answer")]
pub async fn answer_invitation(
    /// The meeting.
    meeting: MeetingId,
    /// The answer.
    answer: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    backend::usecase::answer_invitation::answer_own(&ask.backend, &ask.actor, meeting, &answer).await?;
    Ok(Done::said(path::meeting(meeting), Said::Answered))
}

/// Answers by the link in the mail, without signing in.
#[server(prefix = "/api", endpoint = "invitation/answer-by-link")]
pub async fn answer_by_link(
    /// The secret of the link.
    token: String,
    /// The answer.
    answer: String,
) -> Result<Done, Problem> {
    use crate::{path, request::request, text::Said};
    let request = request().ok_or(Problem::Fault)?;
    backend::usecase::answer_invitation::answer_by_link(&request.backend, &token, &answer).await?;
    Ok(Done::said(path::invitation(token), Said::Answered))
}
