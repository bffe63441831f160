//! Fields where one chooses.

use leptos::prelude::*;

use super::field::{Around, flaw_lines};
use crate::{
    form::{Labels, form_state},
    request::lang,
    text::words,
};

/// One of several, in a list that folds out.
#[component]
pub fn Select(
    /// The server function's argument.
    name: &'static str,
    /// What it is.
    #[prop(into)]
    label: String,
    /// Value and words of each choice.
    options: Vec<(String, String)>,
    /// The value chosen from the start; empty for none yet.
    #[prop(optional, into)]
    value: String,
    /// How to choose.
    #[prop(optional, into)]
    hint: String,
    /// May be left without a choice.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let state = form_state();
    let around = Around::new(&state, name, &label, hint, optional);
    let value = state.typed(name).map_or(value, ToOwned::to_owned);
    let none = (value.is_empty() || optional)
        .then(|| view! { <option value="" selected=value.is_empty()>{words::choose(lang())}</option> });
    let options = options
        .into_iter()
        .map(|(code, words)| {
            let selected = code == value;
            view! { <option value=code selected=selected>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            {around.label(label)}
            {around.notes()}
            <select
                class="input"
                id=around.id.clone()
                name=name
                aria-describedby=around.described_by()
                aria-invalid=around.invalid()
                aria-required=(!optional).then_some("true")
            >
                {none}
                {options}
            </select>
        </div>
    }
}

/// A group of boxes or radio buttons under one question.
#[component]
pub fn Choices(
    /// The name its boxes share; the flaw is shown here.
    name: &'static str,
    /// The question.
    #[prop(into)]
    legend: String,
    /// How to choose.
    #[prop(optional, into)]
    hint: String,
    /// `Checkbox`es or `Radio`s.
    children: Children,
) -> impl IntoView {
    let state = form_state();
    Labels::note(&state, name, &legend);
    let id = state.id_of(name);
    let flaws = state.sentences(name, lang());
    let hint = (!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> });
    view! {
        <fieldset id=id.clone() tabindex="-1">
            <legend>{legend}</legend>
            {hint}
            {flaw_lines(&id, &flaws)}
            <div class="choices">{children()}</div>
        </fieldset>
    }
}

/// A box to tick. Several with one name give a list (`name[]`).
#[component]
pub fn Checkbox(
    /// The server function's argument.
    #[prop(into)]
    name: String,
    /// What it is.
    #[prop(into)]
    label: String,
    /// What is sent when it is ticked.
    #[prop(default = "true".to_owned(), into)]
    value: String,
    /// Ticked from the start.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    one("checkbox", name, label, value, checked)
}

/// One of a group of radio buttons.
#[component]
pub fn Radio(
    /// The server function's argument.
    #[prop(into)]
    name: String,
    /// What it is.
    #[prop(into)]
    label: String,
    /// What is sent when it is chosen.
    #[prop(into)]
    value: String,
    /// Chosen from the start.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    one("radio", name, label, value, checked)
}

fn one(kind: &'static str, name: String, label: String, value: String, checked: bool) -> impl IntoView {
    let state = form_state();
    let checked = state.chosen(&name, &value, checked);
    let id = state.id_of(&format!("{name}-{value}"));
    view! {
        <label class="check">
            <input type=kind id=id name=name value=value checked=checked/>
            {format!(" {label}")}
        </label>
    }
}
