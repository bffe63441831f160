//! Where the page lies.

use leptos::prelude::*;

use crate::{request::lang, text::words};

/// The way from the top to the page before this one.
#[component]
pub fn Crumbs(
    /// Address and name of each step, outermost first.
    steps: Vec<(String, String)>,
) -> impl IntoView {
    let steps = steps.into_iter().map(|(path, name)| view! { <li><a href=path>{name}</a></li> }).collect_view();
    view! {
        <nav class="crumbs" aria-label=words::breadcrumbs(lang())>
            <ol>{steps}</ol>
        </nav>
    }
}
