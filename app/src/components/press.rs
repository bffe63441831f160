//! A form that is a single button.

use leptos::prelude::*;

use super::Form;

/// One button that changes something, with what it sends.
#[component]
pub fn Press(
    /// The server function's address.
    to: &'static str,
    /// Tells it from others to the same address on the page.
    #[prop(optional, into)]
    key: String,
    /// What is sent.
    fields: Vec<(&'static str, String)>,
    /// The button's words.
    #[prop(into)]
    words: String,
    /// What the button does, for those who hear it alone.
    #[prop(optional, into)]
    name: String,
    /// The button's classes.
    #[prop(default = "btn", into)]
    class: &'static str,
    /// Cannot be pressed now; the reason stands beside it.
    #[prop(optional)]
    disabled: bool,
    /// Whether what was wrong is told above it.
    #[prop(optional)]
    summary: bool,
) -> impl IntoView {
    let fields =
        fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    let name = (!name.is_empty()).then_some(name);
    let around = if class.contains("full") { "stack near" } else { "inline" };
    view! {
        <Form to key class=around summary>
            {fields}
            <button class=class disabled=disabled aria-label=name>{words}</button>
        </Form>
    }
}
