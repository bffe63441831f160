//! Recording a consent.

use backend::view::case::{ConsentForm, Receiver, SignerColumn, consent_form};
use chrono::NaiveDate;
use domain::{
    age::OF_AGE,
    consent::{Answer, InfoCategory, Purpose, Signature, Signer},
    export::What as Leaves,
    id::CaseId,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    called,
    circumstances::{HowObtained, OneAlone},
    parties::{OnlyListen, whose},
    protected::{hand_out, not_on_paper},
    says::{Grid, listeners, on_parent, prevented, says},
};
use crate::{
    api::consent::RecordConsent,
    components::{Checkbox, Choices, Crumbs, DateField, Form, Title},
    form::{FormState, Labels, form_state},
    islands::{ConsentSays, FillDate},
    path,
    request::{page, param},
    text::{self, Lang, case as case_words, consent as words, date::day_month},
};

/// The form, with what it would mean beside it.
#[component]
pub fn RecordConsentPage() -> impl IntoView {
    page(async |ask| {
        let lang = ask.lang;
        let form = consent_form(&ask.backend, &ask.actor, param::<CaseId>("id")?).await?;
        let says = panel(&form, lang);
        let title = if form.renews { words::renew(lang) } else { words::record(lang) };
        let lead = if form.renews { words::renews_lead(lang) } else { words::first_lead(lang) };
        let about = format!(
            "{} · {} · {}",
            called(form.name.as_deref(), lang),
            form.reference,
            case_words::years(lang, form.age)
        );
        let paper = (path::consent_paper(form.case), words::print_form(lang).to_owned(), "btn");
        Ok(view! {
            <Title text=words::record(lang)/>
            <Crumbs steps=vec![
                (path::CASES.to_owned(), case_words::cases(lang).to_owned()),
                (path::case(form.case), form.reference.clone()),
            ]/>
            {not_on_paper(form.name.is_none(), lang)}
            <div class="head">
                <div>
                    <span class="forum">{about}</span>
                    <h1>{title}</h1>
                    <p>{lead}</p>
                </div>
                <div class="btns">
                    {hand_out((Leaves::Form, None), form.paper, form.case, paper, lang)}
                </div>
            </div>
            <div class="form">
                <Form to=RecordConsent::PATH class="sheet block">
                    <input type="hidden" name="case" value=form.case.to_string()/>
                    <Who form=form.clone() lang/>
                    <What form=form.clone() lang/>
                    <OneAlone form=form.clone() lang/>
                    <OnlyListen form=form.clone() lang/>
                    <HowObtained form lang/>
                    <div class="btns">
                        <button class="btn primary">{words::record_button(lang)}</button>
                    </div>
                </Form>
                {says}
            </div>
        })
    })
}

fn panel(form: &ConsentForm, lang: Lang) -> impl IntoView + use<> {
    let state = FormState::of(RecordConsent::PATH, "");
    let units = all_units(form);
    let signers: Vec<(Signer, String)> =
        form.signers.iter().map(|column| (column.signer, column_name(column, lang))).collect();
    let hint = if form.signers.len() > 1 { words::take_back_any(lang) } else { words::take_back_one(lang) };
    let lines = says(lang, &form.facts, &grid(form, &units, &state), &units, &signers, form.today);
    let names = signers.into_iter().map(|(_, name)| name).collect::<Vec<_>>();
    view! {
        <aside class="sheet says" aria-label=words::panel(lang)>
            <ConsentSays lang case=form.case.to_string() names lines/>
            <p class="hint">{hint}</p>
        </aside>
    }
}

/// The form as it is rendered: as typed last, or as proposed.
fn grid(form: &ConsentForm, units: &[Receiver], state: &FormState) -> Grid {
    let answer = |(place, column): (usize, &SignerColumn)| {
        let field = |name: &str| format!("answers[{place}][{name}]");
        let said = state.typed(&field("answer")).map_or_else(|| proposed_answer(column).to_owned(), ToOwned::to_owned);
        let receivers = units
            .iter()
            .filter(|unit| {
                let given = unit.suggested && column.required;
                state.chosen(&format!("{}[]", field("receivers")), &unit.id.to_string(), given)
            })
            .map(|unit| unit.id)
            .collect();
        Some(Signature { by: column.signer, on: form.today, answer: said.parse::<Answer>().ok()?, receivers })
    };
    let date = |name: &str, given: NaiveDate| {
        state.typed(name).map_or(Some(given), |text| domain::text::typed_date(text).ok())
    };
    let chosen = |one: &&InfoCategory| state.chosen("scope[categories][]", one.code(), form.categories.contains(one));
    Grid {
        on_parent: on_parent(state, units, |unit| unit.concerns),
        listeners: listeners(state, units, |unit| unit.listens),
        prevented: prevented(state),
        answers: form.signers.iter().enumerate().filter_map(answer).collect(),
        categories: InfoCategory::ALL.iter().filter(chosen).copied().collect(),
        valid_from: date("valid_from", form.today),
        valid_until: date("valid_until", form.valid_until),
    }
}

/// Every unit that can be named, in the order of the form.
pub(super) fn all_units(form: &ConsentForm) -> Vec<Receiver> {
    form.receivers.iter().chain(&form.others).cloned().collect()
}

/// A yes of those who must answer: the usual case takes one press.
fn proposed_answer(column: &SignerColumn) -> &'static str {
    match column.prior.as_ref() {
        Some(prior) => prior.answer.code(),
        None if column.required => Answer::Agreed.code(),
        None => "",
    }
}

pub(super) fn column_name(column: &SignerColumn, lang: Lang) -> String {
    column.name.clone().unwrap_or_else(|| words::the_child(lang).to_owned())
}

#[component]
fn Who(form: ConsentForm, lang: Lang) -> impl IntoView {
    let required = form.signers.iter().filter(|column| column.required).count();
    let rule = match required {
        0 | 1 => words::all_one(lang),
        2 => words::all_two(lang),
        _ => words::all_three(lang),
    };
    let later = form.signers.iter().any(|column| column.signer == Signer::Child && !column.required);
    let hints = [
        Some(rule),
        (later && form.age < OF_AGE).then(|| words::later_child(lang)),
        form.signers.iter().any(|column| column.own_alone).then(|| words::parent_alone_hint(lang)),
        form.renews.then(|| words::no_tells(lang)),
    ];
    let heads = form
        .signers
        .iter()
        .map(|column| {
            let small = match (column.signer, column.required) {
                (Signer::Guardian(_), _) if column.own_alone => words::parent_alone(lang).to_owned(),
                (Signer::Guardian(_), _) => words::guardian(lang).to_owned(),
                (Signer::Child, true) => words::needed(lang, form.age),
                (Signer::Child, false) => words::later(lang, form.age),
            };
            view! { <th scope="col">{column_name(column, lang)}<small>{small}</small></th> }
        })
        .collect_view();
    let all = all_units(&form);
    let rows = |units: &[Receiver]| {
        units.iter().map(|unit| row(unit, &form.signers, whose(unit, &all, &form.signers, lang), lang)).collect_view()
    };
    let others = rows(&form.others);
    let more = (!form.others.is_empty()).then(|| {
        view! {
            <details class="fold">
                <summary>{words::add_party(lang)}</summary>
                <table class="grid"><tbody>{others}</tbody></table>
            </details>
        }
    });
    view! {
        <fieldset>
            <legend>{words::who_hears(lang)}</legend>
            <table class="grid">
                <thead><tr><td></td>{heads}</tr></thead>
                <tbody>{rows(&form.receivers)}</tbody>
                <tfoot>
                    <tr><th scope="row">{words::answer(lang)}</th>{answers(&form.signers, lang)}</tr>
                    <tr><th scope="row">{words::answered_on(lang)}</th>{days(&form.signers, form.today, lang)}</tr>
                </tfoot>
            </table>
            {more}
            {hints.into_iter().flatten().map(|hint| view! { <p class="hint">{hint}</p> }).collect_view()}
        </fieldset>
    }
}

fn row(unit: &Receiver, signers: &[SignerColumn], whose: AnyView, lang: Lang) -> impl IntoView + use<> {
    let state = form_state();
    let cells = signers
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let name = format!("answers[{place}][receivers][]");
            let value = unit.id.to_string();
            let checked = state.chosen(&name, &value, unit.suggested && column.required);
            let who = column_name(column, lang);
            view! {
                <td>
                    <label data-label=who.clone()>
                        <input
                            class="box"
                            type="checkbox"
                            name=name
                            value=value
                            checked=checked
                            aria-label=format!("{}, {who}", unit.name)
                        />
                    </label>
                </td>
            }
        })
        .collect_view();
    view! { <tr><th scope="row">{unit.name.clone()}{whose}</th>{cells}</tr> }
}

fn answers(signers: &[SignerColumn], lang: Lang) -> impl IntoView + use<> {
    let state = form_state();
    signers
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let field = |name: &str| format!("answers[{place}][{name}]");
            let (name, who) = (field("answer"), column_name(column, lang));
            let label = format!("{}, {who}", words::answer(lang));
            Labels::note(&state, &name, &label);
            Labels::note(&state, &field("receivers"), &format!("{}, {who}", words::who_hears_short(lang)));
            let said = state.typed(&name).map_or_else(|| proposed_answer(column).to_owned(), ToOwned::to_owned);
            let options = std::iter::once((String::new(), words::no_answer(lang)))
                .chain(Answer::ALL.iter().map(|answer| (answer.code().to_owned(), words::answer_name(*answer, lang))))
                .map(|(code, label)| {
                    let selected = code == said;
                    view! { <option value=code selected=selected>{label}</option> }
                })
                .collect_view();
            view! {
                <td data-label=who.clone()>
                    <input type="hidden" name=field("signer") value=column.signer.to_string()/>
                    <select class="input" id=state.id_of(&name) name=name.clone() aria-label=label>
                        {options}
                    </select>
                    {flaw_of(&state, &name, lang)}
                    {flaw_of(&state, &field("receivers"), lang)}
                </td>
            }
        })
        .collect_view()
}

fn days(signers: &[SignerColumn], today: NaiveDate, lang: Lang) -> impl IntoView + use<> {
    let state = form_state();
    signers
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let (name, who) = (format!("answers[{place}][signed_on]"), column_name(column, lang));
            let given = column.prior.as_ref().map_or(today, |prior| prior.on).to_string();
            let value = state.typed(&name).map_or(given, ToOwned::to_owned);
            let invalid = state.flaw(&name).map(|_| "true");
            let label = format!("{}, {who}", words::answered_on(lang));
            Labels::note(&state, &name, &label);
            view! {
                <td data-label=who.clone()>
                    <input
                        class="input date"
                        id=state.id_of(&name)
                        name=name.clone()
                        value=value
                        inputmode="numeric"
                        maxlength="20"
                        aria-label=label
                        aria-invalid=invalid
                    />
                    {flaw_of(&state, &name, lang)}
                </td>
            }
        })
        .collect_view()
}

pub(super) fn flaw_of(state: &FormState, field: &str, lang: Lang) -> impl IntoView + use<> {
    state.flaw(field).map(|kind| view! { <p class="flaw">{text::flaw(kind, lang)}</p> })
}

#[component]
fn What(form: ConsentForm, lang: Lang) -> impl IntoView {
    let categories = InfoCategory::ALL
        .iter()
        .map(|one| {
            let (label, checked) = (words::category(*one, lang), form.categories.contains(one));
            view! { <Checkbox name="scope[categories][]" label value=one.code() checked/> }
        })
        .collect_view();
    let also = Purpose::ALL
        .iter()
        .filter(|one| **one != Purpose::CollaborationMeeting)
        .map(|one| {
            let (label, checked) = (words::purpose(*one, lang), form.also.contains(one));
            view! { <Checkbox name="scope[also][]" label value=one.code() checked/> }
        })
        .collect_view();
    let fill = form.school_year_ends.map(|date| {
        view! { <FillDate field="valid_until".to_owned() date=date.to_string() label=words::school_year(lang).to_owned()/> }
    });
    let birthday = form.birthday.map(|(on, age)| {
        let on = day_month(on, lang);
        let hint = match age {
            OF_AGE => words::of_age_then(lang, &on),
            15 => format!("{} {}", words::turns(lang, age, &on), words::own_yes_then(lang)),
            _ => format!("{} {}", words::turns(lang, age, &on), words::nothing_then(lang)),
        };
        view! { <p class="hint">{hint}</p> }
    });
    view! {
        <Choices name="scope[categories]" legend=words::about_what(lang)>
            {categories}
        </Choices>
        <details class="fold" open=!form.also.is_empty()>
            <summary>{words::also(lang)}</summary>
            <Choices name="scope[also]" legend=words::also_what(lang) hint=words::also_hint(lang)>
                {also}
            </Choices>
        </details>
        <div class="row">
            <DateField name="valid_from" label=words::valid_from(lang) date=form.today/>
            <DateField name="valid_until" label=words::valid_until(lang) date=form.valid_until/>
            {fill}
        </div>
        {birthday}
    }
}
