//! What the parties brought, as it is written: who, of what kind, and what.

use backend::view::minutes_page::{Contribution, Place, Remarks};
use domain::{consent::InfoCategory, id::UnitId};
use leptos::prelude::*;

use crate::{
    components::WritingArea,
    form::form_state,
    text::{self as words, Lang, consent, minutes as text},
};

/// How many empty ones wait for more, beside one for each party.
const MORE: usize = 2;

/// What the parties brought: a place for each that consent covers, and more of them.
#[component]
pub fn Contributions(
    /// What is saved.
    rows: Vec<Contribution>,
    /// The units consent covers.
    units: Vec<(UnitId, String)>,
    /// The kinds of information it names.
    kinds: Vec<InfoCategory>,
    /// What the reviewer said of them.
    remarks: Option<Remarks>,
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let state = form_state();
    // Beside what it was said of: the part of that party and kind, as it is saved.
    let places: Vec<_> = rows.iter().map(|one| Place::Contribution { unit: one.unit, kind: one.kind }).collect();
    let said = |row: usize, name: &str| state.typed(&contribution(row, name)).map(ToOwned::to_owned);
    let typed: Vec<_> =
        (0..100).map_while(|row| Some((said(row, "unit")?, said(row, "kind")?, said(row, "text")?))).collect();
    let mut shown = if typed.is_empty() {
        let saved = |one: Contribution| {
            (one.unit.to_string(), one.kind.map(|kind| kind.code().to_owned()).unwrap_or_default(), one.text)
        };
        rows.into_iter().map(saved).collect()
    } else {
        typed
    };
    while shown.last().is_some_and(|(_, _, text)| text.trim().is_empty()) {
        shown.pop();
    }
    for (unit, _) in &units {
        if !shown.iter().any(|(of, _, _)| *of == unit.to_string()) {
            shown.push((unit.to_string(), String::new(), String::new()));
        }
    }
    let spare = shown.len();
    let more = units.first().map(|(unit, _)| (unit.to_string(), String::new(), String::new()));
    shown.extend(std::iter::repeat_n(more, MORE).flatten());
    let rows = shown
        .into_iter()
        .enumerate()
        .map(|(row, given)| {
            let remark = places.get(row).map(|place| super::editor::remark_at(remarks.as_ref(), *place));
            view! { {remark} <Told row given spare={row >= spare} units=units.clone() kinds=kinds.clone() lang/> }
        })
        .collect_view();
    view! {
        <section>
            <h2>{text::contributions(lang)}</h2>
            <p class="hint">{text::contributions_hint(lang)}</p>
            {rows}
            <div class="btns script-only">
                <button class="btn small" type="button" data-add="contribution">{text::add_contribution(lang)}</button>
            </div>
        </section>
    }
}

fn contribution(row: usize, name: &str) -> String {
    format!("text[contributions][{row}][{name}]")
}

/// What one party brought: who, of what kind, and what.
#[component]
fn Told(
    row: usize,
    given: (String, String, String),
    spare: bool,
    units: Vec<(UnitId, String)>,
    kinds: Vec<InfoCategory>,
    lang: Lang,
) -> impl IntoView {
    let state = form_state();
    let (unit, kind, told) = given;
    let flaws = ["unit", "kind"]
        .into_iter()
        .filter_map(|name| {
            Some(view! { <p class="flaw">{words::flaw(state.flaw(&contribution(row, name))?, lang)}</p> })
        })
        .collect_view();
    let invalid = |name: &str| state.flaw(&contribution(row, name)).map(|_| "true");
    let units = units.into_iter().map(|(id, name)| {
        let id = id.to_string();
        let selected = id == unit;
        view! { <option value=id selected=selected>{name}</option> }
    });
    let kinds = kinds.into_iter().map(|one| {
        let selected = one.code() == kind;
        view! { <option value=one.code() selected=selected>{consent::category(one, lang)}</option> }
    });
    let (units, kinds, none) = (units.collect_view(), kinds.collect_view(), kind.is_empty());
    view! {
        <div class=if spare { "told no-script-only" } else { "told" }>
            {flaws}
            <select
                class="input"
                id=state.id_of(&contribution(row, "unit"))
                name=contribution(row, "unit")
                aria-label=text::told_by(lang, row + 1)
                aria-invalid=invalid("unit")
            >
                {units}
            </select>
            <select
                class="input"
                id=state.id_of(&contribution(row, "kind"))
                name=contribution(row, "kind")
                aria-label=text::told_of(lang, row + 1)
                aria-invalid=invalid("kind")
            >
                <option value="" selected=none>{text::kind_of_information(lang)}</option>
                {kinds}
            </select>
            <WritingArea
                name=contribution(row, "text")
                label=text::told(lang, row + 1)
                value=told
                heading=false
                heard=true
                maxlength=8000
            />
        </div>
    }
}
