//! Changes of a case with a protected identity.

use domain::id::{CaseId, ExportId, PersonId};
use leptos::prelude::*;

use crate::problem::{Done, Problem};

/// Says how an identity is protected.
#[server(prefix = "/api", endpoint = "case/protection")]
pub async fn set_protection(
    /// The case.
    case: CaseId,
    /// A protection code.
    #[server(default)]
    protection: String,
    /// The version the page showed.
    seen: i64,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::usecase::protect_case as protect;
    let ask = signed_in()?;
    protect::set_protection(&ask.backend, &ask.actor, case, &protection, seen).await?;
    Ok(Done::said(path::case(case), Said::Saved))
}

/// Names somebody among those who may know.
#[server(prefix = "/api", endpoint = "case/reader/name")]
pub async fn name_reader(
    /// The case.
    case: CaseId,
    /// The person.
    #[server(default)]
    person: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::usecase::protect_case as protect;
    let ask = signed_in()?;
    protect::name_reader(&ask.backend, &ask.actor, case, &person).await?;
    Ok(Done::said(path::case(case), Said::ReaderNamed))
}

/// Takes a name away.
#[server(prefix = "/api", endpoint = "case/reader/remove")]
pub async fn remove_reader(
    /// The case.
    case: CaseId,
    /// The person.
    person: PersonId,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::usecase::protect_case as protect;
    let ask = signed_in()?;
    let known = protect::remove_reader(&ask.backend, &ask.actor, case, person).await?;
    Ok(Done::said(if known { path::case(case) } else { path::CASES.to_owned() }, Said::ReaderRemoved))
}

/// Asks a colleague whether something may be handed out.
#[server(prefix = "/api", endpoint = "case/hand-out/ask")]
pub async fn ask_to_hand_out(
    /// The case.
    case: CaseId,
    /// A code of what.
    what: String,
    /// The consent of a receipt, or the paper; empty for the form.
    #[server(default)]
    subject: String,
) -> Result<Done, Problem> {
    use crate::{
        path,
        request::{signed_in, typed_id},
        text::Said,
    };
    use backend::usecase::hand_out;
    let ask = signed_in()?;
    let subject = if subject.is_empty() { None } else { Some(typed_id(&subject)?) };
    hand_out::ask_to_hand_out(&ask.backend, &ask.actor, case, &what, subject).await?;
    Ok(Done::said(path::case(case), Said::HandOutAsked))
}

/// Answers a colleague.
#[server(prefix = "/api", endpoint = "case/hand-out/answer")]
pub async fn answer_hand_out(
    /// The question.
    export: ExportId,
    /// Whether it may be handed out.
    approved: bool,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::usecase::hand_out;
    let ask = signed_in()?;
    let case = hand_out::answer_hand_out(&ask.backend, &ask.actor, export, approved).await?;
    Ok(Done::said(path::case(case), Said::HandOutAnswered))
}
