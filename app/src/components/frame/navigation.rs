//! The navigation at the side, by role, with what waits behind each line.

use backend::{
    actor::Actor,
    view::side::{Side, side},
};
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
    let asked = request();
    let here = asked.as_ref().map(|request| request.page.to_string()).unwrap_or_default();
    let here = here.split('?').next().unwrap_or_default().to_owned();
    let groups = Suspend::new(async move {
        let side = match asked {
            Some(request) => counts(&request.backend, &actor).await,
            None => Side::default(),
        };
        groups(actor.role, side, lang)
            .into_iter()
            .map(|(heading, links)| {
                let links = links.into_iter().map(|line| link(line, &here)).collect_view();
                view! {
                    {heading.map(|heading| view! { <h2>{heading}</h2> })}
                    {links}
                }
            })
            .collect_view()
    });
    view! {
        <nav class="side" id="side" popover aria-label=words::main_navigation(lang)>
            {groups}
        </nav>
    }
}

/// A menu without counts is still a menu: the page itself says what is wrong.
async fn counts(backend: &backend::Backend, actor: &Actor) -> Side {
    side(backend, actor).await.unwrap_or_else(|fault| {
        tracing::error!(fault = &fault as &dyn std::error::Error, "the menu could not be counted");
        Side::default()
    })
}

/// What waits behind a line.
enum Waits {
    Nothing,
    /// So many.
    Count(usize),
    /// Words about something that has to be done in time.
    Due(String),
}

/// So many, if there are any.
const fn some(count: usize) -> Waits {
    if count == 0 { Waits::Nothing } else { Waits::Count(count) }
}

struct Line {
    to: &'static str,
    words: &'static str,
    waits: Waits,
}

/// What each role has use for; what one may see there is decided by the views.
fn groups(role: Role, side: Side, lang: Lang) -> Vec<(Option<&'static str>, Vec<Line>)> {
    let line = |to, words, waits| Line { to, words, waits };
    let plain = |to, words| line(to, words, Waits::Nothing);
    let ending = if side.ending == 0 { Waits::Nothing } else { Waits::Due(words::ending(lang, side.ending)) };
    let work = vec![
        plain(path::WEEK, words::week(lang)),
        plain(path::MEETINGS, words::meetings(lang)),
        line(path::CASES, words::cases(lang), some(side.cases)),
        line(path::CONSENTS, words::consents(lang), ending),
        line(path::ACTIONS, words::actions(lang), some(side.actions)),
    ];
    let to_review = line(path::REVIEW, words::to_review(lang), some(side.to_review));
    let access_log = plain(path::ACCESS_LOG, words::access_log(lang));
    let review = (Some(words::review(lang)), vec![to_review, access_log]);
    let calendar = plain(path::MY_CALENDAR, words::my_calendar(lang));
    let parties = plain(path::MUNICIPALITY, words::parties(lang));
    let people = plain(path::PEOPLE, words::people(lang));
    let municipality = |links| (Some(words::municipality(lang)), links);
    match role {
        Role::Coordinator => vec![(None, work), municipality(vec![parties, calendar])],
        Role::Participant => vec![(None, work), municipality(vec![calendar])],
        Role::Administrator => vec![(None, work), review, municipality(vec![parties, people, calendar])],
        Role::Operator => vec![municipality(vec![people])],
    }
}

fn link(Line { to, words, waits }: Line, here: &str) -> impl IntoView + use<> {
    let inside = here == to || (to != path::WEEK && here.strip_prefix(to).is_some_and(|rest| rest.starts_with('/')));
    // People lie under the municipality's address and have their own line.
    let elsewhere = to == path::MUNICIPALITY && here.starts_with(path::PEOPLE);
    let current = (inside && !elsewhere).then_some(if here == to { "page" } else { "true" });
    let waits = match waits {
        Waits::Nothing => None,
        Waits::Count(count) => Some(view! { <span class="count">{count.to_string()}</span> }),
        Waits::Due(words) => Some(view! { <span class="count due">{words}</span> }),
    };
    // The space parts the two for who hears them.
    let waits = waits.map(|waits| view! { " " {waits} });
    view! { <a href=to aria-current=current>{words}{waits}</a> }
}
