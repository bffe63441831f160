//! Pages for what went wrong, in the frame of the application.

use domain::refusal::Refusal;
use leptos::{either::Either, prelude::*};

use crate::{
    components::Title,
    path,
    problem::Problem,
    request::{go_to, lang, request, set_status},
    text::{protected, words},
};

/// The page for an address that leads nowhere. What one may not see looks exactly the same (AUTHZ-03).
#[component]
pub fn NotFoundPage() -> impl IntoView {
    problem_page(&Problem::NotFound)
}

/// The page for a problem, with its status; for somebody signed out, the way to sign-in and back.
pub fn problem_page(problem: &Problem) -> impl IntoView + use<> {
    let lang = lang();
    match problem {
        Problem::SignedOut => go_to(&path::sign_in_then(&request().map(|r| r.page.to_string()).unwrap_or_default())),
        Problem::NoAssignment => go_to(path::ASSIGNMENTS),
        other => set_status(other.status()),
    }
    let (title, text) = match problem {
        Problem::SignedOut | Problem::NoAssignment => return Either::Left(()),
        Problem::NotFound => (words::not_found_title(lang), words::not_found_text(lang)),
        Problem::Denied => (words::denied_title(lang), words::denied_text(lang)),
        Problem::Busy | Problem::Offline => (words::busy_title(lang), words::busy_text(lang)),
        Problem::Stale => (words::stale_head(lang), words::stale_text(lang)),
        Problem::Refused(Refusal::SecondPerson) => (protected::two_title(lang), protected::two_text(lang)),
        Problem::Invalid(_) | Problem::Refused(_) | Problem::Fault => {
            (words::fault_title(lang), words::fault_text(lang))
        }
    };
    let number = matches!(problem, Problem::Fault).then(|| request().map(|r| words::fault_id(lang, &r.id))).flatten();
    Either::Right(view! {
        <Title text=title/>
        <section class="problem">
            <p class="code">{problem.status()}</p>
            <h1>{title}</h1>
            <p>{text}</p>
            {number.map(|number| view! { <p class="meta">{number}</p> })}
            <p class="btns"><a class="btn" href=path::WEEK>{words::to_week(lang)}</a></p>
        </section>
    })
}
