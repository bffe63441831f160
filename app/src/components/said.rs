//! The sentence after something was done.

use leptos::prelude::*;

use crate::{
    request::{lang, query},
    text::Said,
};

/// The sentence of `?sagt=`, if the code is one of ours.
#[component]
pub fn SaidLine() -> impl IntoView {
    let lang = lang();
    query("sagt").as_deref().and_then(Said::from_code).map(|said| {
        view! {
            <p class="note ok" role="status">
                <span aria-hidden="true">"✓"</span>
                <span>{said.text(lang)}</span>
            </p>
        }
    })
}
