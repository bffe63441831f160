//! The part of the consent form that tells how it was obtained (C4, C23), and of a guardian who cannot answer (C8).

use backend::view::case::ConsentForm;
use domain::consent::{Explained, Hindrance, Interpreter, Maturity, Signer};
use leptos::prelude::*;

use super::record::column_name;
use crate::{
    components::{Checkbox, Choices, DateField, Field, Radio, Select, TextArea},
    form::form_state,
    text::{Lang, consent as words, date::capitalised},
};

/// How it was obtained. The usual case takes one tick.
#[component]
pub(super) fn HowObtained(form: ConsentForm, lang: Lang) -> impl IntoView {
    let state = form_state();
    let usual = [Explained::Orally, Explained::OnPaper];
    let ways = Explained::ALL
        .iter()
        .map(|way| {
            let label = capitalised(words::explained(*way, lang));
            view! { <Checkbox name="obtaining[explained][]" label value=way.code() checked=usual.contains(way)/> }
        })
        .collect_view();
    let interpreters = Interpreter::ALL
        .iter()
        .map(|one| (one.code().to_owned(), words::interpreter_name(*one, lang).to_owned()))
        .collect::<Vec<_>>();
    let colleagues = form.colleagues.iter().map(|(id, name)| (id.to_string(), name.clone())).collect::<Vec<_>>();
    let asked = form.asks_child.then(|| child_asked(lang));
    view! {
        <Choices name="obtaining[informed]" legend=words::how_obtained(lang)>
            <Checkbox name="obtaining[informed]" label=words::informed(lang)/>
        </Choices>
        {asked}
        <details class="fold" open=state.sent>
            <summary>{words::obtained_details(lang)}</summary>
            <div class="stack near">
                <Choices name="obtaining[explained]" legend=words::explained_how(lang)>
                    {ways}
                </Choices>
                <div class="row">
                    <Select
                        name="obtaining[obtained_by]"
                        label=words::obtained_by(lang)
                        options=colleagues
                        value=form.reader.to_string()
                    />
                    <Field name="obtaining[language]" label=words::language(lang) maxlength=40 optional=true/>
                    <Select
                        name="obtaining[interpreter]"
                        label=words::interpreter(lang)
                        options=interpreters
                        value=Interpreter::NotNeeded.code()
                    />
                </div>
            </div>
        </details>
        <TextArea
            name="obtaining[not_covered]"
            label=words::not_told(lang)
            hint=words::not_told_hint(lang)
            rows=2
            maxlength=1000
            optional=true
        />
    }
}

fn child_asked(lang: Lang) -> impl IntoView + use<> {
    let ways = Maturity::ALL
        .iter()
        .map(|one| view! { <Radio name="obtaining[maturity]" label=words::maturity(*one, lang) value=one.code()/> })
        .collect_view();
    view! {
        <Choices name="obtaining[maturity]" legend=words::child_asked(lang) hint=words::child_asked_hint(lang)>
            {ways}
        </Choices>
        <Field
            name="obtaining[maturity_reason]"
            label=words::maturity_reason(lang)
            maxlength=500
            class="long"
            optional=true
        />
    }
}

/// Where one of two guardians cannot answer: folded away until it is needed, or was filled in.
#[component]
pub(super) fn OneAlone(form: ConsentForm, lang: Lang) -> impl IntoView {
    let state = form_state();
    let guardians: Vec<_> = form
        .signers
        .iter()
        .filter(|column| column.required && column.signer != Signer::Child)
        .map(|column| (column.signer.to_string(), column_name(column, lang)))
        .collect();
    let open = state.typed("prevented[who]").is_some_and(|who| !who.is_empty());
    let causes = Hindrance::ALL
        .iter()
        .map(|one| (one.code().to_owned(), words::hindrance(*one, lang).to_owned()))
        .collect::<Vec<_>>();
    (guardians.len() > 1).then(|| {
        view! {
            <details class="fold" open=open>
                <summary>{words::prevented(lang)}</summary>
                <div class="stack near">
                    <p class="hint">{words::prevented_hint(lang)}</p>
                    <Select name="prevented[who]" label=words::prevented_who(lang) options=guardians optional=true/>
                    <Select name="prevented[cause]" label=words::prevented_cause(lang) options=causes/>
                    <Field name="prevented[note]" label=words::prevented_note(lang) maxlength=500 class="long"/>
                    <DateField name="prevented[until]" label=words::prevented_until(lang)/>
                    <Field name="prevented[approved_by]" label=words::approved_by(lang) maxlength=120/>
                </div>
            </details>
        }
    })
}
