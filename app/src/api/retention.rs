//! What is kept and what may go.

use leptos::prelude::*;

use crate::problem::{Done, Problem};

/// Records how long something is kept, by which decision.
#[server(prefix = "/api", endpoint = "retention/decide")]
pub async fn decide_retention(
    /// What, by its code.
    kind: String,
    /// `years` or `months`, or `forever`.
    #[server(default)]
    keep: String,
    /// How many.
    #[server(default)]
    time: String,
    /// What of cases is kept for research.
    #[server(default)]
    sample: String,
    /// How the decision is found.
    decision: String,
    /// Its day.
    decided_on: String,
) -> Result<Done, Problem> {
    use backend::usecase::decide_retention::{TypedRule, decide_retention};
    let ask = crate::request::signed_in()?;
    let rule = TypedRule { kind, keep, time, sample, decision, decided_on };
    decide_retention(&ask.backend, &ask.actor, &rule).await?;
    Ok(Done::said(crate::path::RETENTION, crate::text::Said::RetentionDecided))
}

/// Holds a case whatever the plan says.
#[server(prefix = "/api", endpoint = "retention/hold")]
pub async fn hold_case(
    /// The case.
    case: String,
    /// Why.
    #[server(default)]
    hold: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    backend::usecase::hold_case::hold_case(&ask.backend, &ask.actor, typed_id(&case)?, &hold).await?;
    Ok(Done::said(crate::path::RETENTION, crate::text::Said::CaseHeld))
}

/// Lifts a hold.
#[server(prefix = "/api", endpoint = "retention/lift")]
pub async fn lift_hold(
    /// The case.
    case: String,
    /// Which.
    hold: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    backend::usecase::hold_case::lift_hold(&ask.backend, &ask.actor, typed_id(&case)?, &hold).await?;
    Ok(Done::said(crate::path::RETENTION, crate::text::Said::HoldLifted))
}

/// Proposes to dispose of something.
#[server(prefix = "/api", endpoint = "retention/propose")]
pub async fn propose_disposal(
    /// What: a kind and a case each.
    #[server(default)]
    things: Vec<String>,
) -> Result<Done, Problem> {
    let ask = crate::request::signed_in()?;
    backend::usecase::dispose::propose_disposal(&ask.backend, &ask.actor, &typed(&things)?).await?;
    Ok(Done::said(crate::path::RETENTION, crate::text::Said::DisposalProposed))
}

/// Approves what another has proposed.
#[server(prefix = "/api", endpoint = "retention/approve")]
pub async fn approve_disposal(
    /// What: a kind and a case each.
    #[server(default)]
    things: Vec<String>,
) -> Result<Done, Problem> {
    let ask = crate::request::signed_in()?;
    backend::usecase::dispose::approve_disposal(&ask.backend, &ask.actor, &typed(&things)?).await?;
    Ok(Done::said(crate::path::RETENTION, crate::text::Said::DisposalApproved))
}

/// Stops a disposal.
#[server(prefix = "/api", endpoint = "retention/stop")]
pub async fn stop_disposal(
    /// What: a kind and a case.
    thing: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    backend::usecase::dispose::stop_disposal(&ask.backend, &ask.actor, typed_id(&thing)?).await?;
    Ok(Done::said(crate::path::RETENTION, crate::text::Said::DisposalStopped))
}

/// What was ticked.
#[cfg(feature = "ssr")]
fn typed(things: &[String]) -> Result<std::collections::BTreeSet<domain::retention::Thing>, Problem> {
    things.iter().map(|thing| crate::request::typed_id(thing)).collect()
}
