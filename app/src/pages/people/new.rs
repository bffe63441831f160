//! A new person.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::people::AddPerson,
    components::{Crumbs, Field, Form, Title},
    path,
    problem::Problem,
    request::page,
    text::people as text,
};

/// Asks for name and address.
#[component]
pub fn NewPersonPage() -> impl IntoView {
    page(|ask| async move {
        ask.actor.must_be(&[domain::visibility::Role::Administrator]).map_err(Problem::from)?;
        let lang = ask.lang;
        let steps = vec![(path::PEOPLE.to_owned(), text::title(lang).to_owned())];
        Ok(view! {
            <Title text=text::new(lang)/>
            <Crumbs steps/>
            <div class="head">
                <div>
                    <h1>{text::new(lang)}</h1>
                    <p>{text::new_lead(lang)}</p>
                </div>
            </div>
            <Form to=AddPerson::PATH class="sheet block stack">
                <Field name="name" label=text::name(lang) maxlength=100/>
                <Field name="email" label=text::email(lang) kind="email" maxlength=254/>
                <div class="btns"><button class="btn primary">{text::add(lang)}</button></div>
            </Form>
        })
    })
}
