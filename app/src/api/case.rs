//! Changes of a case.

use domain::id::{CaseId, GuardianId};
use leptos::prelude::*;

use crate::problem::{Done, Problem};

/// Registers a child's case.
#[server(prefix = "/api", endpoint = "case/register")]
pub async fn register_case(
    /// The child's name.
    child_name: String,
    /// The birth date.
    born_on: String,
    /// Personnummer or samordningsnummer; may be empty.
    #[server(default)]
    personal_number: String,
    /// What the meeting is asked.
    question: String,
    /// A custody code.
    #[server(default)]
    custody: String,
    /// The guardians' names.
    #[server(default)]
    guardians: Vec<String>,
    /// A protection code.
    #[server(default)]
    protection: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::usecase::register_case::{RegisterCase, register_case};
    use domain::case_file::Protection;
    let ask = signed_in()?;
    let form = RegisterCase { child_name, born_on, personal_number, question, custody, guardians, protection };
    let protected = Protection::from_code(&form.protection).is_ok_and(Protection::hides_name);
    let case = register_case(&ask.backend, &ask.actor, form).await?;
    let said = if protected { Said::ProtectedRegistered } else { Said::CaseRegistered };
    Ok(Done::said(path::case(case), said))
}

/// Closes a case.
#[server(prefix = "/api", endpoint = "case/close")]
pub async fn close_case(
    /// The case.
    case: CaseId,
    /// The version the page showed.
    seen: i64,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    backend::usecase::close_case::close_case(&ask.backend, &ask.actor, case, seen).await?;
    Ok(Done::said(path::CASES, Said::CaseClosed))
}

/// Records that the case passed to another phase.
#[server(prefix = "/api", endpoint = "case/phase")]
pub async fn record_phase(
    /// The case.
    case: CaseId,
    /// A phase code.
    #[server(default)]
    phase: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::view::case::still_known;
    let ask = signed_in()?;
    backend::usecase::record_phase::record_phase(&ask.backend, &ask.actor, case, &phase).await?;
    let known = still_known(&ask.backend, &ask.actor, case).await?;
    Ok(Done::said(if known { path::case(case) } else { path::CASES.to_owned() }, Said::Saved))
}

/// Writes down the child's number.
#[server(prefix = "/api", endpoint = "case/number")]
pub async fn change_number(
    /// The case.
    case: CaseId,
    /// Personnummer or samordningsnummer.
    #[server(default)]
    personal_number: String,
    /// The version the page showed.
    seen: i64,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::usecase::change_number as change;
    let ask = signed_in()?;
    change::change_number(&ask.backend, &ask.actor, case, &personal_number, seen).await?;
    Ok(Done::said(path::case(case), Said::Saved))
}

/// Adds a guardian.
#[server(prefix = "/api", endpoint = "case/guardian/add")]
pub async fn add_guardian(
    /// The case.
    case: CaseId,
    /// The name.
    guardian_name: String,
    /// The first day.
    from_on: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::{usecase::change_guardian as change, view::case::still_known};
    let ask = signed_in()?;
    change::add_guardian(&ask.backend, &ask.actor, case, change::AddGuardian { guardian_name, from_on }).await?;
    let known = still_known(&ask.backend, &ask.actor, case).await?;
    Ok(Done::said(if known { path::case(case) } else { path::CASES.to_owned() }, Said::Saved))
}

/// Adds a parent without custody.
#[server(prefix = "/api", endpoint = "case/parent/add")]
pub async fn add_parent(
    /// The case.
    case: CaseId,
    /// The name.
    parent_name: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    backend::usecase::change_guardian::add_parent(&ask.backend, &ask.actor, case, &parent_name).await?;
    Ok(Done::said(path::case(case), Said::Saved))
}

/// Ends a guardianship.
#[server(prefix = "/api", endpoint = "case/guardian/end")]
pub async fn end_guardianship(
    /// The case.
    case: CaseId,
    /// The guardian.
    guardian: GuardianId,
    /// The last day.
    until_on: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::{usecase::change_guardian as change, view::case::still_known};
    let ask = signed_in()?;
    change::end_guardianship(&ask.backend, &ask.actor, case, guardian, &until_on).await?;
    let known = still_known(&ask.backend, &ask.actor, case).await?;
    Ok(Done::said(if known { path::case(case) } else { path::CASES.to_owned() }, Said::Saved))
}
