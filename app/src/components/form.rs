//! The one form of the product: an ordinary HTML post, the same with and without script.

use leptos::{context::Provider, prelude::*};

use super::FlawSummary;
use crate::{
    form::{FormState, Labels},
    path,
    request::{query, request},
};

/// A form that posts to a server function. Fields in it show what was typed and what was wrong when it was not accepted.
#[component]
pub fn Form(
    /// The server function's address: `crate::api::case::RegisterCase::PATH` (with `leptos::server_fn::ServerFn` in scope).
    to: &'static str,
    /// Tells this form from another to the same address on the same page; prefixes the ids of its fields.
    #[prop(optional, into)]
    key: String,
    /// Its id, where fields stand elsewhere on the page.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Classes, as in `style/components`.
    #[prop(optional, into)]
    class: String,
    /// Whether to list what was wrong on top. Not for forms that are a single button.
    #[prop(default = true)]
    summary: bool,
    /// Whether it sends a file.
    #[prop(optional)]
    files: bool,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    let state = FormState::of(to, &key);
    let hidden = request().map(|request| {
        // The page to come back to, without what belonged to the answer before.
        let page = path::without_query(&request.page, &["utkast", "sagt"]);
        view! {
            <input type="hidden" name="_token" value=request.form_token.to_string()/>
            <input type="hidden" name="_once" value=request.once.to_string()/>
            <input type="hidden" name="_page" value=page/>
        }
    });
    // Accepted at last, the draft is forgotten.
    let draft =
        state.sent.then(|| query("utkast")).flatten().map(|id| view! { <input type="hidden" name="_draft" value=id/> });
    let key = (!key.is_empty()).then(|| view! { <input type="hidden" name="_form" value=key.clone()/> });
    view! {
        <form
            id=id
            method="post"
            action=to
            enctype=files.then_some("multipart/form-data")
            class=class
            novalidate
            autocomplete="off"
        >
            {hidden}
            {draft}
            {key}
            <Provider value=state>
                <Provider value=Labels::default()>{fields_after(summary, children)}</Provider>
            </Provider>
        </form>
    }
}

/// The fields with what was wrong above them: made before it, as they tell what they are called.
fn fields_after(summary: bool, children: Children) -> impl IntoView {
    let fields = children();
    (summary.then(|| view! { <FlawSummary/> }), fields)
}
