//! Who may sign in, and as what.

use leptos::prelude::*;

use crate::problem::{Done, Problem};

/// Adds a person.
#[server(prefix = "/api", endpoint = "people/add")]
pub async fn add_person(
    /// The name.
    name: String,
    /// The address.
    email: String,
) -> Result<Done, Problem> {
    use crate::{path, request, text::Said};
    use backend::usecase::people::{self, TypedPerson};
    let ask = request::signed_in()?;
    let person = people::add_person(&ask.backend, &ask.actor, &TypedPerson { name, email }).await?;
    Ok(Done::said(path::person(person), Said::PersonAdded))
}

/// Changes a person's name and address.
#[server(prefix = "/api", endpoint = "people/change")]
pub async fn change_person(
    /// The person's id.
    person: String,
    /// The version the page was made from.
    seen: i64,
    /// The name.
    name: String,
    /// The address.
    email: String,
) -> Result<Done, Problem> {
    use crate::{path, request, text::Said};
    use backend::usecase::people::{self, TypedPerson};
    let ask = request::signed_in()?;
    let typed = TypedPerson { name, email };
    let person = people::change_person(&ask.backend, &ask.actor, &person, seen, &typed).await?;
    Ok(Done::said(path::person(person), Said::Saved))
}

/// Shuts a person out, or lets them in again.
#[server(prefix = "/api", endpoint = "people/disable")]
pub async fn set_disabled(
    /// The person's id.
    person: String,
    /// The version the page was made from.
    seen: i64,
    /// Whether they are to be shut out.
    disabled: bool,
) -> Result<Done, Problem> {
    use crate::{path, request, text::Said};
    let ask = request::signed_in()?;
    let person = backend::usecase::people::set_disabled(&ask.backend, &ask.actor, &person, seen, disabled).await?;
    let said = if disabled { Said::PersonShutOut } else { Said::PersonLetIn };
    Ok(Done::said(path::person(person), said))
}

/// Makes a one-time link and shows it once.
#[server(prefix = "/api", endpoint = "people/link")]
pub async fn make_link(
    /// The person's id.
    person: String,
    /// `join` or `recover`.
    purpose: String,
) -> Result<Done, Problem> {
    use crate::{path, request};
    let ask = request::signed_in()?;
    let kept = backend::usecase::invite::issue_link_to_show(&ask.backend, &ask.actor, &person, &purpose).await?;
    Ok(Done::go(path::with_query(&path::person(person), "lank", &kept)))
}

/// Gives a person something to work as.
#[server(prefix = "/api", endpoint = "people/assignment/add")]
pub async fn add_assignment(
    /// The person's id.
    person: String,
    /// The role's code.
    role: String,
    /// The unit's id; empty for IT operators.
    unit: String,
    /// The title.
    title: String,
    /// The first day; empty for today.
    from: String,
    /// The last day; empty for none yet.
    until: String,
) -> Result<Done, Problem> {
    use crate::{path, request, text::Said};
    use backend::usecase::people::{self, TypedWork};
    let ask = request::signed_in()?;
    let typed = TypedWork { role, unit, title, from, until };
    people::add_assignment(&ask.backend, &ask.actor, &person, &typed).await?;
    Ok(Done::said(path::person(person), Said::AssignmentAdded))
}

/// Ends something a person works as.
#[server(prefix = "/api", endpoint = "people/assignment/end")]
pub async fn end_assignment(
    /// The assignment's id.
    assignment: String,
    /// The version the page was made from.
    seen: i64,
    /// The last day; empty for at once.
    until: String,
) -> Result<Done, Problem> {
    use crate::{path, request, text::Said};
    let ask = request::signed_in()?;
    let person = backend::usecase::people::end_assignment(&ask.backend, &ask.actor, &assignment, seen, &until).await?;
    Ok(Done::said(path::person(person), Said::AssignmentEnded))
}
