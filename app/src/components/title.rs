//! The title of the tab and of the browser's history: neutral, never a name (PRIV-03).

use leptos::prelude::*;

use crate::{request::lang, text::words};

/// Sets the page's title: "Ärenden · Samverkan".
#[component]
pub fn Title(
    /// What the page is, in a word or two. Never a name or anything typed.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let product = words::product(lang());
    view! { <leptos_meta::Title text=format!("{text} · {product}")/> }
}
