//! Fields for one line of text.

use leptos::prelude::*;

use crate::{
    form::{FormState, Labels, form_state},
    request::lang,
    text::words,
};

/// What stands around the element of any field: its ids, its flaw, and what describes it.
#[derive(Clone, Debug)]
pub(super) struct Around {
    pub id: String,
    flaws: Vec<String>,
    hint: String,
    optional: bool,
}

impl Around {
    pub fn new(state: &FormState, name: &str, label: &str, hint: String, optional: bool) -> Self {
        Labels::note(state, name, label);
        Self { id: state.id_of(name), flaws: state.sentences(name, lang()), hint, optional }
    }

    /// The ids of hint and flaw, for `aria-describedby`.
    pub fn described_by(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id));
        let flaw = (!self.flaws.is_empty()).then(|| format!("{}-flaw", self.id));
        match (hint, flaw) {
            (Some(hint), Some(flaw)) => Some(format!("{hint} {flaw}")),
            (one, other) => one.or(other),
        }
    }

    pub fn invalid(&self) -> Option<&'static str> {
        (!self.flaws.is_empty()).then_some("true")
    }

    pub fn label(&self, label: String) -> impl IntoView + use<> {
        let lang = lang();
        let optional =
            self.optional.then(|| view! { <span class="optional">{format!(" {}", words::optional(lang))}</span> });
        view! { <label for=self.id.clone()>{label}{optional}</label> }
    }

    /// Hint and flaw, between label and element.
    pub fn notes(&self) -> impl IntoView + use<> {
        let hint = (!self.hint.is_empty())
            .then(|| view! { <p class="hint" id=format!("{}-hint", self.id)>{self.hint.clone()}</p> });
        (hint, flaw_lines(&self.id, &self.flaws))
    }
}

/// What is wrong with a field, beside it: a sentence, or several that belong together.
pub(super) fn flaw_lines(id: &str, flaws: &[String]) -> Option<AnyView> {
    let id = format!("{id}-flaw");
    match flaws {
        [] => None,
        [one] => {
            let words = one.clone();
            Some(
                view! {
                    <p class="flaw" id=id>
                        {words}
                    </p>
                }
                .into_any(),
            )
        }
        more => {
            let lines = more.iter().map(|words| view! { <li class="flaw">{words.clone()}</li> }).collect_view();
            Some(view! { <ul id=id>{lines}</ul> }.into_any())
        }
    }
}

/// A line of text with its label, hint and flaw; keeps what was typed.
#[component]
pub fn Field(
    /// The server function's argument.
    name: &'static str,
    /// What it is.
    #[prop(into)]
    label: String,
    /// What stands in it from the start. Never for passwords and codes.
    #[prop(optional, into)]
    value: String,
    /// How to fill it in.
    #[prop(optional, into)]
    hint: String,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
    /// Token of the `autocomplete` attribute (WCAG 1.3.5).
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// The keyboard a telephone shows.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// Most characters the field takes.
    #[prop(default = 200)]
    maxlength: u32,
    /// Width, as in `style/`: `date`, `time`, `code`, `number`, `long`.
    #[prop(optional, into)]
    class: String,
) -> impl IntoView {
    let state = form_state();
    let around = Around::new(&state, name, &label, hint, optional);
    let value = state.typed(name).map_or(value, ToOwned::to_owned);
    view! {
        <div class="field">
            {around.label(label)}
            {around.notes()}
            <input
                class=format!("input {class}")
                id=around.id.clone()
                name=name
                type=kind
                value=(kind != "password").then_some(value)
                maxlength=maxlength.to_string()
                autocomplete=autocomplete
                inputmode=inputmode
                aria-describedby=around.described_by()
                aria-invalid=around.invalid()
                aria-required=(!optional).then_some("true")
            />
        </div>
    }
}

/// A date as text, "2026-11-26". Not `type=date`: its picker speaks the browser's language and hides what was typed wrongly.
#[component]
pub fn DateField(
    /// The server function's argument.
    name: &'static str,
    /// What it is.
    #[prop(into)]
    label: String,
    /// The date it holds from the start.
    #[prop(optional)]
    date: Option<chrono::NaiveDate>,
    /// More than how dates are written.
    #[prop(optional, into)]
    hint: String,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let written = words::date_hint(lang());
    let hint = if hint.is_empty() { written.to_owned() } else { format!("{hint} ({written})") };
    let value = date.map(|date| date.to_string()).unwrap_or_default();
    view! { <Field name label value hint optional inputmode="numeric" maxlength=20 class="date"/> }
}
