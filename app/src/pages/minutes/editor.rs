//! The form minutes are written in: an ordinary form, saved by itself where there is script.

use backend::view::minutes_page::{Contribution, Place, Remarks, Undertaking, Writing};
use domain::{
    id::UnitId,
    mention::Mentioned,
    minutes::{ChildsView, Outcome},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::contributions::Contributions;
use crate::{
    api::minutes::{AutosaveMinutes, SaveMinutes},
    components::{Choices, DateField, Form, Note, Radio, WritingArea},
    form::form_state,
    islands::Autosave,
    pages::review::place_words,
    path,
    problem::Problem,
    text::{self as words, Lang, minutes as text, review},
};

/// How many empty rows wait for more undertakings.
const SPARE: usize = 6;

/// The form for minutes, with what is saved in it.
#[component]
pub fn Editor(
    /// What is needed to write.
    writing: Writing,
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let (item, key) = (writing.item.to_string(), String::new());
    let phrases = own_phrases(&writing.phrases, lang);
    view! {
        {returned(&writing, lang)}
        <Autosave
            to=AutosaveMinutes::PATH.to_owned()
            mentions=mentions(&writing.mentions, lang)
            gone=text::not_saved_gone(lang).to_owned()
            lang
        >
            <Form to=SaveMinutes::PATH key class="stack">
                <input type="hidden" name="item" value=item/>
                <input type="hidden" name="seen" value=writing.revision.to_string()/>
                <Fields writing lang/>
            </Form>
            {phrases}
        </Autosave>
    }
}

/// What the writer writes often, to be put in with one press. Without script they stand on the writer's own page.
fn own_phrases(phrases: &[String], lang: Lang) -> impl IntoView + use<> {
    let buttons = phrases
        .iter()
        .map(|phrase| view! { <button class="btn small" type="button" data-phrase=phrase.clone()>{phrase.clone()}</button> })
        .collect_view();
    let told = if phrases.is_empty() { text::no_phrases(lang) } else { text::phrases_hint(lang) };
    view! {
        <details class="fold script-only">
            <summary>{text::phrases(lang)}</summary>
            <p class="hint">{told}</p>
            <div class="btns">{buttons}</div>
            <p class="hint"><a href=format!("{}#fraser", path::PROFILE)>{text::edit_phrases(lang)}</a></p>
        </details>
    }
}

/// The words for other persons in what is saved, in a row; empty where there are none.
pub fn mentions(found: &[Mentioned], lang: Lang) -> String {
    let words: Vec<_> = found.iter().map(|one| review::mentioned_word(&one.word, one.who, lang)).collect();
    words.join(", ")
}

/// What the reviewer said of the whole, of parts that are not there any more, and how much stands beside the others.
fn returned(writing: &Writing, lang: Lang) -> impl IntoView + use<> {
    let said = writing.remarks.clone()?;
    let names = writing.units.iter().cloned().collect();
    let beside = |place: &Place| match place {
        Place::Contribution { unit, kind } => {
            writing.body.contributions.iter().any(|one| one.unit == *unit && one.kind == *kind)
        }
        _ => true,
    };
    let elsewhere = said.at.iter().filter(|(place, _)| !beside(place)).map(|(place, said)| {
        let place = place_words(*place, &names, lang);
        view! { <p><b>{text::remark_of(lang, place)}</b>": "{said.clone()}</p> }
    });
    let elsewhere = elsewhere.collect_view();
    let count = match said.at.iter().filter(|(place, _)| beside(place)).count() {
        0 => None,
        1 => Some(text::remark_one(lang).to_owned()),
        more => Some(text::remarks_count(lang, more)),
    };
    let general = super::record::paragraphs(&said.general);
    let count = count.map(|count| view! { <p>{count}</p> });
    Some(view! {
        <Note>
            <b>{text::returned(lang)}</b>
            {general}
            {elsewhere}
            {count}
        </Note>
    })
}

/// What the reviewer said of one part, beside it.
pub fn remark_at(said: Option<&Remarks>, of: Place) -> impl IntoView + use<> {
    let said: Vec<_> = said
        .into_iter()
        .flat_map(|said| &said.at)
        .filter(|(place, _)| *place == of)
        .map(|(_, said)| said.clone())
        .collect();
    said.into_iter().map(|said| view! { <Note>{said}</Note> }).collect_view()
}

#[component]
fn Fields(writing: Writing, lang: Lang) -> impl IntoView {
    let body = writing.body.clone();
    let said = writing.remarks.clone();
    let at = |place: Place| remark_at(said.as_ref(), place);
    let told = said.clone();
    view! {
        {saved_now(&writing, lang)}
        {at(Place::Purpose)}
        <WritingArea name="text[purpose]" label=text::purpose(lang) value=body.purpose maxlength=2000/>
        <Contributions rows=body.contributions units=writing.units.clone() kinds=writing.kinds remarks=told lang/>
        {at(Place::ChildsView)}
        <ChildsViewFields chosen=body.childs_view said=body.childs_words lang/>
        {at(Place::GuardiansView)}
        <WritingArea name="text[guardians_view]" label=text::guardians_view(lang) value=body.guardians_view maxlength=4000/>
        {at(Place::Agreed)}
        <WritingArea name="text[agreed]" label=text::agreed(lang) value=body.agreed maxlength=8000/>
        {at(Place::Undertakings)}
        <Undertakings rows=body.undertakings units=writing.units lang/>
        {at(Place::Outcome)}
        <OutcomeFields chosen=body.outcome lang/>
        <p class="hint">{text::submit_hint(lang)}</p>
        <div class="btns">
            <button class="btn">{text::save(lang)}</button>
            <button class="btn" name="deed" value="submit">{text::submit(lang)}</button>
        </div>
    }
}

/// What stands in the database, when somebody else came first: beside one's own text.
fn saved_now(writing: &Writing, lang: Lang) -> impl IntoView + use<> {
    let stale = form_state().problem() == Some(&Problem::Stale);
    let body = &writing.body;
    let unit =
        |id| writing.units.iter().find(|(unit, _)| *unit == id).map(|(_, name)| name.clone()).unwrap_or_default();
    let told = |one: &Contribution| format!("{}: {}", super::record::giver(&unit(one.unit), one.kind, lang), one.text);
    let undertaken = |one: &Undertaking| format!("{} · {} · {}", one.what, unit(one.unit), one.due_on);
    let view = body.childs_view.map(|view| text::view_of(view, lang).to_owned()).unwrap_or_default();
    let outcome = body.outcome.map(|outcome| super::outcome_words(outcome, lang)).unwrap_or_default();
    let saved: Vec<(&str, Vec<String>)> = vec![
        (text::purpose(lang), vec![body.purpose.clone()]),
        (text::contributions(lang), body.contributions.iter().map(told).collect()),
        (text::childs_view(lang), vec![view, body.childs_words.clone()]),
        (text::guardians_view(lang), vec![body.guardians_view.clone()]),
        (text::agreed(lang), vec![body.agreed.clone()]),
        (text::undertakings(lang), body.undertakings.iter().map(undertaken).collect()),
        (text::outcome(lang), vec![outcome]),
    ];
    stale.then(|| {
        view! {
            <details class="fold" open>
                <summary>{text::saved_now(lang)}</summary>
                <dl class="facts">
                    {saved
                        .into_iter()
                        .map(|(heading, lines)| (heading, lines.into_iter().filter(|line| !line.is_empty())))
                        .map(|(heading, lines)| (heading, lines.collect::<Vec<_>>()))
                        .filter(|(_, lines)| !lines.is_empty())
                        .map(|(heading, lines)| {
                            let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
                            view! { <dt>{heading}</dt><dd>{lines}</dd> }
                        })
                        .collect_view()}
                </dl>
            </details>
        }
    })
}

#[component]
fn ChildsViewFields(chosen: Option<ChildsView>, said: String, lang: Lang) -> impl IntoView {
    let radios = ChildsView::ALL
        .iter()
        .map(|&view| {
            let checked = chosen == Some(view);
            view! { <Radio name="text[childs_view]" value=view.code() label=text::view_of(view, lang) checked/> }
        })
        .collect_view();
    view! {
        <section>
            <Choices name="text[childs_view]" legend=text::childs_view(lang)>
                {radios}
            </Choices>
            <WritingArea name="text[childs_words]" label=text::childs_words(lang) value=said heading=false/>
        </section>
    }
}

#[component]
fn OutcomeFields(chosen: Option<Outcome>, lang: Lang) -> impl IntoView {
    let (code, on) = match chosen {
        Some(Outcome::FollowUp(on)) => ("follow_up", Some(on)),
        Some(Outcome::Closure) => ("closure", None),
        Some(Outcome::HandOver) => ("hand_over", None),
        None => ("", None),
    };
    let ways =
        [("follow_up", text::follow_up(lang)), ("closure", text::closure(lang)), ("hand_over", text::hand_over(lang))];
    let radios = ways
        .into_iter()
        .map(|(value, label)| view! { <Radio name="text[outcome]" value label checked=code == value/> })
        .collect_view();
    let date = on.map(|on| on.to_string()).unwrap_or_default();
    view! {
        <section>
            <Choices name="text[outcome]" legend=text::outcome(lang)>
                {radios}
            </Choices>
            <FollowUp date lang/>
        </section>
    }
}

#[component]
fn FollowUp(date: String, lang: Lang) -> impl IntoView {
    match date.parse() {
        Ok(date) => view! { <DateField name="text[follow_up_on]" label=text::follow_up_on(lang) date optional=true/> }
            .into_any(),
        Err(_) => {
            view! { <DateField name="text[follow_up_on]" label=text::follow_up_on(lang) optional=true/> }.into_any()
        }
    }
}

#[component]
fn Undertakings(rows: Vec<Undertaking>, units: Vec<(UnitId, String)>, lang: Lang) -> impl IntoView {
    let state = form_state();
    let typed = (0..100).take_while(|row| state.typed(&field(*row, "unit")).is_some()).count();
    let filled = rows.len().max((0..typed).rev().find(|row| is_filled(*row)).map_or(0, |last| last + 1));
    let shown = filled.max(1);
    let rows = (0..shown + SPARE)
        .map(|row| {
            let (given, spare) = (rows.get(row).cloned(), row >= shown);
            view! { <Row row given spare units=units.clone() lang/> }
        })
        .collect_view();
    view! {
        <section>
            <h2>{text::undertakings(lang)}</h2>
            <p class="hint">{text::undertakings_hint(lang)}</p>
            {rows}
            <div class="btns script-only">
                <button class="btn small" type="button" data-add="undertaking">{text::add_undertaking(lang)}</button>
            </div>
        </section>
    }
}

fn is_filled(row: usize) -> bool {
    let state = form_state();
    ["what", "due_on"].iter().any(|name| state.typed(&field(row, name)).is_some_and(|text| !text.trim().is_empty()))
}

fn field(row: usize, name: &str) -> String {
    format!("text[undertakings][{row}][{name}]")
}

/// One undertaking: what, who, by when. A spare row is hidden where script can show it when it is needed.
#[component]
fn Row(row: usize, given: Option<Undertaking>, spare: bool, units: Vec<(UnitId, String)>, lang: Lang) -> impl IntoView {
    let state = form_state();
    let value = |name: &str, given: String| state.typed(&field(row, name)).map_or(given, ToOwned::to_owned);
    let what = value("what", given.as_ref().map(|one| one.what.clone()).unwrap_or_default());
    let unit = value("unit", given.as_ref().map(|one| one.unit.to_string()).unwrap_or_default());
    let due_on = value("due_on", given.as_ref().map(|one| one.due_on.to_string()).unwrap_or_default());
    let flaws = ["what", "unit", "due_on"]
        .into_iter()
        .filter_map(|name| Some(view! { <p class="flaw">{words::flaw(state.flaw(&field(row, name))?, lang)}</p> }))
        .collect_view();
    let invalid = |name: &str| state.flaw(&field(row, name)).map(|_| "true");
    let options = units
        .into_iter()
        .map(|(id, name)| {
            let id = id.to_string();
            let selected = id == unit;
            view! { <option value=id selected=selected>{name}</option> }
        })
        .collect_view();
    view! {
        {flaws}
        <div class=if spare { "todo no-script-only" } else { "todo" }>
            <input
                class="input"
                id=state.id_of(&field(row, "what"))
                name=field(row, "what")
                value=what
                maxlength="500"
                aria-label=text::what(lang, row + 1)
                aria-invalid=invalid("what")
            />
            <select
                class="input"
                id=state.id_of(&field(row, "unit"))
                name=field(row, "unit")
                aria-label=text::who(lang, row + 1)
                aria-invalid=invalid("unit")
            >
                {options}
            </select>
            <input
                class="input"
                id=state.id_of(&field(row, "due_on"))
                name=field(row, "due_on")
                value=due_on
                placeholder=words::words::date_hint(lang)
                inputmode="numeric"
                maxlength="20"
                aria-label=text::when(lang, row + 1)
                aria-invalid=invalid("due_on")
            />
        </div>
    }
}
