//! The part of the consent form that tells of single parties: whom their part concerns (C21), and who may only listen.

use backend::view::case::{ConsentForm, Receiver, SignerColumn};
use domain::consent::Signer;
use leptos::prelude::*;

use super::{
    record::{all_units, column_name, flaw_of},
    says::for_adults,
};
use crate::{
    components::{Checkbox, Choices},
    form::{Labels, form_state},
    text::{Lang, consent as words},
};

/// Whom the part of a unit for adults concerns: asked beside its name, and seen only once it is ticked.
pub(super) fn whose(unit: &Receiver, all: &[Receiver], signers: &[SignerColumn], lang: Lang) -> AnyView {
    let Some((place, _)) = for_adults(all).find(|(_, one)| one.id == unit.id) else { return ().into_any() };
    let state = form_state();
    let name = format!("scope[concerns][{place}][who]");
    let given = unit.concerns.map(|who| who.to_string()).unwrap_or_default();
    let chosen = state.typed(&name).map_or(given, ToOwned::to_owned);
    let guardians = signers.iter().filter(|column| column.signer != Signer::Child);
    let choices =
        guardians.map(|column| (column.signer.to_string(), words::about_parent(lang, &column_name(column, lang))));
    let options = [(String::new(), words::whose(lang).to_owned())]
        .into_iter()
        .chain([(Signer::Child.to_string(), words::about_child(lang).to_owned())])
        .chain(choices)
        .map(|(code, label)| {
            let selected = code == chosen;
            view! { <option value=code selected=selected>{label}</option> }
        })
        .collect_view();
    let invalid = state.flaw(&name).map(|_| "true");
    let label = format!("{}: {}", unit.name, words::whose(lang));
    Labels::note(&state, &name, &label);
    view! {
        <span class="whose">
            <input type="hidden" name=format!("scope[concerns][{place}][unit]") value=unit.id.to_string()/>
            <select
                class="input"
                id=state.id_of(&name)
                name=name.clone()
                aria-label=label
                aria-invalid=invalid
            >
                {options}
            </select>
            {flaw_of(&state, &name, lang)}
        </span>
    }
    .into_any()
}

/// Who may hear and not tell: folded away until it is needed.
#[component]
pub(super) fn OnlyListen(form: ConsentForm, lang: Lang) -> impl IntoView {
    let state = form_state();
    let units = all_units(&form);
    let open = state.sent || units.iter().any(|unit| unit.listens);
    let boxes = units
        .into_iter()
        .map(|unit| {
            view! { <Checkbox name="scope[listeners][]" label=unit.name value=unit.id.to_string() checked=unit.listens/> }
        })
        .collect_view();
    view! {
        <details class="fold" open=open>
            <summary>{words::only_listen_who(lang)}</summary>
            <Choices name="scope[listeners]" legend=words::only_listen_which(lang) hint=words::only_listen_hint(lang)>
                {boxes}
            </Choices>
        </details>
    }
}
