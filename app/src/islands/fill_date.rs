//! A button that fills in a date proposed by the page.

use leptos::{ev, prelude::*, wasm_bindgen::JsCast};

/// Writes a date into a field of the page. Only with script; without it the proposed date stands in the field already.
#[island]
pub fn FillDate(
    /// The field's name.
    field: String,
    /// The date, YYYY-MM-DD.
    date: String,
    /// What the button says.
    label: String,
) -> impl IntoView {
    let fill = move |_: ev::MouseEvent| {
        let input = document().query_selector(&format!("input[name='{field}']")).ok().flatten();
        if let Some(input) = input.and_then(|input| input.dyn_into::<leptos::web_sys::HtmlInputElement>().ok()) {
            input.set_value(&date);
        }
    };
    view! {
        <button class="btn script-only" type="button" on:click=fill>
            {label}
        </button>
    }
}
