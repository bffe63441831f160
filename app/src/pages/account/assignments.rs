//! Choice of assignment.

use backend::view::{people::WorkLine, profile::works};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::account::{ChooseAssignment, SignOut},
    components::{Chip, Empty, Form, Title, Tone},
    problem::Problem,
    request::{Visitor, lang, open_page, way_back},
    text::{account as text, words},
};

/// What somebody can work as today, and the way into each.
#[component]
pub fn AssignmentsPage() -> impl IntoView {
    let till = way_back();
    open_page(move |request| async move {
        let (person, present) = match &request.visitor {
            Visitor::SignedIn(actor) => (actor.person, Some(actor.assignment)),
            Visitor::Choosing { person, .. } => (*person, None),
            _ => return Err(Problem::SignedOut),
        };
        let works = works(&request.backend, person).await?;
        let lang = request.lang;
        let none = works.is_empty();
        let lines = works
            .into_iter()
            .map(|work| {
                let here = present == Some(work.id);
                view! { <Line work present=here till=till.clone()/> }
            })
            .collect_view();
        Ok(view! {
            <Title text=text::assignments_title(lang)/>
            <div class="entry">
                {if none {
                    view! {
                        <Empty title=text::no_assignments_title(lang)>
                            <p>{text::no_assignments_text(lang)}</p>
                        </Empty>
                    }
                        .into_any()
                } else {
                    view! {
                        <section class="sheet signin">
                            <h1>{text::assignments_title(lang)}</h1>
                            <p>{text::assignments_text(lang)}</p>
                            <ul class="logins">{lines}</ul>
                        </section>
                    }
                        .into_any()
                }}
                <Form to=SignOut::PATH key="out" class="inline" summary=false>
                    <button class="linklike">{words::sign_out(lang)}</button>
                </Form>
            </div>
        })
    })
}

/// One assignment.
#[component]
fn Line(work: WorkLine, present: bool, till: String) -> impl IntoView {
    let lang = lang();
    let role = text::role(work.role, lang);
    let rest =
        if work.unit_name.is_empty() { work.title.clone() } else { format!("{}, {}", work.title, work.unit_name) };
    let which = text::assignments_choose(lang, &format!("{role}, {rest}"));
    let deed = if present {
        view! { <Chip tone=Tone::Ok text=text::assignments_present(lang)/> }.into_any()
    } else {
        view! {
            <Form to=ChooseAssignment::PATH key=work.id.to_string() class="inline" summary=false>
                <input type="hidden" name="assignment" value=work.id.to_string()/>
                <input type="hidden" name="till" value=till/>
                <button class="btn" aria-label=which>{text::assignments_choose_short(lang)}</button>
            </Form>
        }
        .into_any()
    };
    view! {
        <li>
            <span>{role}<small>{format!(" · {rest}")}</small></span>
            {deed}
        </li>
    }
}
