//! A button that prints the page.

use leptos::{ev, prelude::*};

/// Opens the browser's print dialogue. Without script the browser's own menu does.
#[island]
pub fn PrintPage(
    /// What the button says.
    label: String,
) -> impl IntoView {
    let print = move |_: ev::MouseEvent| {
        // Where printing is forbidden the browser says so itself.
        let _ = window().print();
    };
    view! {
        <button class="btn primary script-only" type="button" on:click=print>
            {label}
        </button>
    }
}
