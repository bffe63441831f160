//! What a reviewer says of minutes: written beside the part it is about, read there and in the list of earlier comments.

use backend::view::review::{Comment, Place, Remarks};
use domain::{
    id::{MinutesId, UnitId},
    time::day,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

use crate::{
    components::{Form, TextArea},
    form::{FormState, Labels},
    pages::minutes::giver,
    text::{Lang, date, minutes as text, review as words},
};

/// The id of the form the fields beside the text belong to.
const FORM: &str = "return";

/// A place beside a part of the text to say something of it. Open where something was typed that was not accepted.
pub fn remark(name: &str, what: &str, lang: Lang) -> impl IntoView + use<> {
    let state = crate::form::form_state();
    let name = field(name);
    let label = words::comment_on(lang, what.to_owned());
    let open = state.typed(&name).is_some_and(|typed| !typed.is_empty());
    let heard = label.clone();
    view! {
        <details class="remark screen-only" open=open>
            <summary aria-label=heard>{words::comment_here(lang)}</summary>
            <TextArea name label form=FORM optional=true rows=2 maxlength=2000/>
        </details>
    }
}

/// What a field is called in the form: `text[agreed]`, `text[contributions][0]`.
fn field(name: &str) -> String {
    match name.split_once('[') {
        Some((name, rest)) => format!("text[{name}][{rest}"),
        None => format!("text[{name}]"),
    }
}

/// The form that returns minutes: what is said of the whole, and the button. What is said of parts stands beside them.
#[component]
pub fn Returning(
    /// The server function's address.
    to: &'static str,
    /// The minutes.
    id: MinutesId,
    /// The revision that was read.
    seen: i64,
    /// The parts something can be said of: the fields' names and what they are called.
    parts: Vec<(String, String)>,
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let sent = FormState::of(to, "").sent;
    view! {
        <details class="fold" data-return open=sent>
            <summary>{words::give_back(lang)}</summary>
            <Form to id=FORM class="stack near">
                {name_parts(parts)}
                <input type="hidden" name="id" value=id.to_string()/>
                <input type="hidden" name="seen" value=seen.to_string()/>
                <TextArea name="text[general]" label=words::comment(lang) hint=words::comment_hint(lang) optional=true/>
                <div class="btns"><button class="btn">{words::do_give_back(lang)}</button></div>
            </Form>
        </details>
    }
}

/// So that what was wrong is told by the name of its part.
fn name_parts(parts: Vec<(String, String)>) {
    let state = crate::form::form_state();
    for (name, what) in parts {
        Labels::note(&state, &field(&name), &what);
    }
}

/// What a part is called.
pub fn place_words(place: Place, units: &BTreeMap<UnitId, String>, lang: Lang) -> String {
    match place {
        Place::Purpose => words::question(lang).to_owned(),
        Place::Contribution { unit, kind } => giver(units.get(&unit).map_or("", String::as_str), kind, lang),
        Place::ChildsView => text::childs_view(lang).to_owned(),
        Place::GuardiansView => text::guardians_view(lang).to_owned(),
        Place::Agreed => text::agreed(lang).to_owned(),
        Place::Undertakings => text::undertakings(lang).to_owned(),
        Place::Outcome => text::outcome(lang).to_owned(),
    }
}

/// Remarks one below the other, those of single parts under their names.
pub fn remarks(said: &Remarks, units: &BTreeMap<UnitId, String>, lang: Lang) -> impl IntoView + use<> {
    let of_parts = said
        .at
        .iter()
        .map(|(place, said)| {
            let place = place_words(*place, units, lang);
            view! { <span class="line"><b>{place}</b>": "{said.clone()}</span> }
        })
        .collect_view();
    let general = (!said.general.is_empty()).then(|| view! { <span class="line">{said.general.clone()}</span> });
    (general, of_parts)
}

/// A list of what was said before, with day, name and version.
pub fn history(
    heading: &'static str,
    said: &[Comment],
    units: &BTreeMap<UnitId, String>,
    lang: Lang,
) -> impl IntoView + use<> {
    let rows = said
        .iter()
        .map(|one| {
            let day = date::day_month(day(one.at), lang);
            let told = format!("{} · {}", one.by, words::on_version(lang, one.revision));
            view! { <li><time>{day}</time><span>{remarks(&one.remarks, units, lang)}<small>{told}</small></span></li> }
        })
        .collect_view();
    (!said.is_empty()).then(|| {
        view! {
            <section class="sheet side-box">
                <h2>{heading}</h2>
                <ol class="history">{rows}</ol>
            </section>
        }
    })
}
