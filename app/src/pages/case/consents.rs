//! All consents a unit knows of, by when they end.

use backend::view::case::case_list;
use leptos::prelude::*;

use super::CaseTable;
use crate::{
    components::{Empty, Title},
    request::page,
    text::consent as words,
};

/// The list; what ends first stands first, what is not in force before it.
#[component]
pub fn ConsentsPage() -> impl IntoView {
    page(async |ask| {
        let (mut rows, lang) = (case_list(&ask.backend, &ask.actor).await?, ask.lang);
        rows.sort_by_key(|row| row.consent.until);
        let body = if rows.is_empty() {
            view! { <Empty title=words::none_yet(lang)><p>{words::none_yet_text(lang)}</p></Empty> }.into_any()
        } else {
            view! { <CaseTable rows lang may_record=ask.actor.works_with_cases()/> }.into_any()
        };
        Ok(view! {
            <Title text=words::consents(lang)/>
            <div class="head">
                <div>
                    <h1>{words::consents(lang)}</h1>
                    <p>{words::consents_lead(lang)}</p>
                </div>
            </div>
            {body}
        })
    })
}
