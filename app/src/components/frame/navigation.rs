//! The navigation at the side, by role.

use backend::actor::Actor;
use domain::visibility::Role;
use leptos::prelude::*;

use crate::{
    path,
    request::{lang, request},
    text::{Lang, words},
};

/// The pages of the person's assignment.
#[component]
pub fn Navigation(
    /// The person at work.
    actor: Actor,
) -> impl IntoView {
    let lang = lang();
    let here = request().map(|request| request.page.to_string()).unwrap_or_default();
    let here = here.split('?').next().unwrap_or_default().to_owned();
    let groups = groups(actor.role, lang)
        .into_iter()
        .map(|(heading, links)| {
            let links = links.into_iter().map(|(to, words)| link(to, words, &here)).collect_view();
            view! {
                {heading.map(|heading| view! { <h2>{heading}</h2> })}
                {links}
            }
        })
        .collect_view();
    view! {
        <nav class="side" id="side" popover aria-label=words::main_navigation(lang)>
            {groups}
        </nav>
    }
}

type Link = (&'static str, &'static str);

/// What each role has use for; what one may see there is decided by the views.
fn groups(role: Role, lang: Lang) -> Vec<(Option<&'static str>, Vec<Link>)> {
    let work = vec![
        (path::WEEK, words::week(lang)),
        (path::MEETINGS, words::meetings(lang)),
        (path::CASES, words::cases(lang)),
        (path::CONSENTS, words::consents(lang)),
        (path::ACTIONS, words::actions(lang)),
    ];
    let review = (Some(words::review(lang)), vec![(path::REVIEW, words::to_review(lang))]);
    let calendar = (path::MY_CALENDAR, words::my_calendar(lang));
    let parties = (path::MUNICIPALITY, words::parties(lang));
    let people = (path::PEOPLE, words::people(lang));
    let municipality = |links| (Some(words::municipality(lang)), links);
    match role {
        Role::Coordinator => vec![(None, work), municipality(vec![parties, calendar])],
        Role::Participant => vec![(None, work), municipality(vec![calendar])],
        Role::Administrator => vec![(None, work), review, municipality(vec![parties, people, calendar])],
        Role::Operator => vec![municipality(vec![people])],
    }
}

fn link(to: &'static str, words: &'static str, here: &str) -> impl IntoView + use<> {
    let inside = here == to || (to != path::WEEK && here.strip_prefix(to).is_some_and(|rest| rest.starts_with('/')));
    // People lie under the municipality's address and have their own line.
    let elsewhere = to == path::MUNICIPALITY && here.starts_with(path::PEOPLE);
    let current = (inside && !elsewhere).then_some(if here == to { "page" } else { "true" });
    view! { <a href=to aria-current=current>{words}</a> }
}
