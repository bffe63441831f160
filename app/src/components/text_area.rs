//! The only text area. Leptos 0.8 writes a text area's children unescaped on the server; this does not.

use leptos::prelude::*;

use super::field::Around;
use crate::form::form_state;

/// Longer text with its label, hint and flaw; keeps what was typed.
#[component]
pub fn TextArea(
    /// The server function's argument.
    #[prop(into)]
    name: String,
    /// What it is.
    #[prop(into)]
    label: String,
    /// The id of the form it belongs to, where it does not stand in it.
    #[prop(optional)]
    form: Option<&'static str>,
    /// What stands in it from the start.
    #[prop(optional, into)]
    value: String,
    /// How to fill it in.
    #[prop(optional, into)]
    hint: String,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
    /// Lines shown.
    #[prop(default = 5)]
    rows: u32,
    /// Most characters it takes.
    #[prop(default = 4000)]
    maxlength: u32,
    /// Classes beside `input`, such as `writing`.
    #[prop(optional, into)]
    class: String,
) -> impl IntoView {
    let state = form_state();
    let around = Around::new(&state, &name, &label, hint, optional);
    let value = state.typed(&name).map_or(value, ToOwned::to_owned);
    view! {
        <div class="field">
            {around.label(label)}
            {around.notes()}
            <textarea
                class=format!("input {class}")
                id=around.id.clone()
                name=name
                form=form
                rows=rows.to_string()
                maxlength=maxlength.to_string()
                aria-describedby=around.described_by()
                aria-invalid=around.invalid()
                aria-required=(!optional).then_some("true")
                inner_html=escaped(&value)
            ></textarea>
        </div>
    }
}

/// A part of a record that is being written: its label is a heading, its text is set as the record is.
#[component]
pub fn WritingArea(
    /// The server function's argument.
    #[prop(into)]
    name: String,
    /// What it is.
    #[prop(into)]
    label: String,
    /// What stands in it from the start.
    #[prop(into)]
    value: String,
    /// How to fill it in.
    #[prop(optional, into)]
    hint: String,
    /// Whether the label is a heading of its own, or belongs to what stands above.
    #[prop(default = true)]
    heading: bool,
    /// Whether the label is for those who hear the page alone: what stands beside it says the same.
    #[prop(optional)]
    heard: bool,
    /// Most characters it takes.
    #[prop(default = 4000)]
    maxlength: u32,
) -> impl IntoView {
    let state = form_state();
    let around = Around::new(&state, &name, &label, hint, true);
    let value = state.typed(&name).map_or(value, ToOwned::to_owned);
    let id = around.id.clone();
    let label = view! { <label for=id.clone() class=heard.then_some("visually-hidden")>{label}</label> };
    view! {
        <section>
            {if heading { view! { <h2>{label}</h2> }.into_any() } else { label.into_any() }}
            {around.notes()}
            <textarea
                class="writing"
                id=id
                name=name
                maxlength=maxlength.to_string()
                aria-describedby=around.described_by()
                aria-invalid=around.invalid()
                inner_html=escaped(&value)
            ></textarea>
        </section>
    }
}

/// Text as HTML that reads back as that text. A first line break is doubled, as the parser drops one after the tag.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    if text.starts_with('\n') {
        out.push('\n');
    }
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_area() {
        assert_eq!(escaped("</textarea><script>&"), "&lt;/textarea&gt;&lt;script&gt;&amp;");
        assert_eq!(escaped("\nrad"), "\n\nrad");
    }
}
