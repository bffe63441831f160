//! The cases a unit knows of.

use backend::view::case::case_list;
use leptos::prelude::*;

use super::CaseTable;
use crate::{
    components::{Empty, Title},
    path,
    request::page,
    text::case as words,
};

/// The list; those that need somebody stand first.
#[component]
pub fn CasesPage() -> impl IntoView {
    page(async |ask| {
        let (rows, lang) = (case_list(&ask.backend, &ask.actor).await?, ask.lang);
        let needing = rows.iter().filter(|row| row.consent.needs_somebody()).count();
        let may_register = ask.actor.works_with_cases();
        let new = move || {
            may_register.then(|| view! { <a class="btn primary" href=path::NEW_CASE>{words::new_case(lang)}</a> })
        };
        let body = if rows.is_empty() {
            view! {
                <Empty title=words::none_yet(lang)>
                    <p>{words::none_yet_text(lang)}</p>
                    {new()}
                </Empty>
            }
            .into_any()
        } else {
            view! { <CaseTable rows lang may_record=may_register/> }.into_any()
        };
        let lead = (needing > 0).then(|| view! { <p>{words::count_needs(lang, needing)}</p> });
        Ok(view! {
            <Title text=words::cases(lang)/>
            <div class="head">
                <div>
                    <h1>{words::cases(lang)}</h1>
                    {lead}
                </div>
                <div class="btns">{new()}</div>
            </div>
            {body}
        })
    })
}
