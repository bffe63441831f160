//! Registering a child.

use domain::case_file::{Custody, Protection};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::case::RegisterCase,
    components::{Choices, Crumbs, DateField, Field, Form, Radio, Select, TextArea, Title},
    path,
    request::page,
    text::{Lang, case as words},
};

/// The form for a new case.
#[component]
pub fn NewCasePage() -> impl IntoView {
    page(async |ask| {
        let lang = ask.lang;
        Ok(view! {
            <Title text=words::new_case(lang)/>
            <Crumbs steps=vec![(path::CASES.to_owned(), words::cases(lang).to_owned())]/>
            <div class="head">
                <div>
                    <h1>{words::new_case(lang)}</h1>
                    <p>{words::register_lead(lang)}</p>
                </div>
            </div>
            <Form to=RegisterCase::PATH class="sheet block">
                <fieldset>
                    <legend>{words::the_child(lang)}</legend>
                    <Field name="child_name" label=words::child_name(lang) maxlength=100/>
                    <div class="row">
                        <DateField name="born_on" label=words::born_on(lang)/>
                        <Field
                            name="personal_number"
                            label=words::number(lang)
                            hint=words::number_hint(lang)
                            inputmode="numeric"
                            maxlength=20
                            optional=true
                        />
                    </div>
                    <TextArea name="question" label=words::question(lang) hint=words::question_hint(lang)/>
                    <Select
                        name="protection"
                        label=words::protection(lang)
                        hint=words::protection_hint(lang)
                        options=protections(lang)
                        value=Protection::None.code()
                    />
                </fieldset>
                <Guardians lang/>
                <div class="btns">
                    <button class="btn primary">{words::register(lang)}</button>
                </div>
            </Form>
        })
    })
}

#[component]
fn Guardians(lang: Lang) -> impl IntoView {
    let custodies = [Custody::Joint, Custody::Sole, Custody::Appointed]
        .into_iter()
        .map(|custody| {
            let label = words::custody_name(custody, lang);
            view! { <Radio name="custody" label value=custody.code() checked=custody == Custody::Joint/> }
        })
        .collect_view();
    view! {
        <Choices name="custody" legend=words::custody(lang) hint=words::custody_hint(lang)>
            {custodies}
        </Choices>
        <div class="row">
            <Field name="guardians[0]" label=words::guardian_one(lang) maxlength=100/>
            <Field
                name="guardians[1]"
                label=words::guardian_two(lang)
                hint=words::guardian_two_hint(lang)
                maxlength=100
                optional=true
            />
        </div>
    }
}

pub(super) fn protections(lang: Lang) -> Vec<(String, String)> {
    let option = |one: &Protection| (one.code().to_owned(), words::protection_name(*one, lang).to_owned());
    Protection::ALL.iter().map(option).collect()
}
