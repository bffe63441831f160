//! What units ask to have a case taken up for.

use domain::id::{CaseId, ProposalId};
use leptos::prelude::*;

use crate::problem::{Done, Problem};

/// Asks to have a case taken up at a meeting.
#[server(prefix = "/api", endpoint = "proposal/make")]
pub async fn propose(
    /// The case.
    case: CaseId,
    /// What the meeting is asked.
    question: String,
    /// The units wished for.
    #[server(default)]
    parties: Vec<String>,
    /// Not before this day; empty for as soon as possible.
    #[server(default)]
    not_before: String,
    /// Anything where the family takes part.
    #[server(default)]
    family: String,
    /// When it can come; may be empty.
    #[server(default)]
    family_at: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::usecase::propose::{TypedProposal, propose};
    let ask = signed_in()?;
    let typed = TypedProposal { question, parties, not_before, family: !family.is_empty(), family_at };
    propose(&ask.backend, &ask.actor, case, typed).await?;
    Ok(Done::said(path::case(case), Said::Proposed))
}

/// Takes back what one's unit asked for, or takes notice that it came back.
#[server(prefix = "/api", endpoint = "proposal/take-back")]
pub async fn take_back_proposal(
    /// The proposal.
    proposal: ProposalId,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::usecase::propose::take_back_proposal;
    let ask = signed_in()?;
    let case = take_back_proposal(&ask.backend, &ask.actor, proposal).await?;
    Ok(Done::said(path::case(case), Said::Saved))
}

/// Sends a proposal back with a reason; then to the agenda where its queue was read, or to the case.
#[server(prefix = "/api", endpoint = "proposal/return")]
pub async fn return_proposal(
    /// The proposal.
    proposal: ProposalId,
    /// Why.
    reason: String,
    /// The meeting on whose agenda it was read; may be empty.
    #[server(default)]
    meeting: String,
) -> Result<Done, Problem> {
    use crate::{
        path,
        request::{signed_in, typed_id},
        text::Said,
    };
    use backend::usecase::propose::return_proposal;
    use domain::id::MeetingId;
    let ask = signed_in()?;
    let page = match meeting.as_str() {
        "" => None,
        meeting => Some(path::meeting(typed_id::<MeetingId>(meeting)?)),
    };
    let case = return_proposal(&ask.backend, &ask.actor, proposal, &reason).await?;
    Ok(Done::said(page.unwrap_or_else(|| path::case(case)), Said::ProposalReturned))
}
