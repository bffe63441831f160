//! What a person works as.

use backend::view::people::{PersonPage, WorkLine};
use domain::visibility::Role;
use leptos::{prelude::*, server_fn::ServerFn};

use super::work_words;
use crate::{
    api::people::{AddAssignment, EndAssignment},
    components::{Chip, DateField, Field, Form, Select, Tone},
    request::lang,
    text::{account, people as text},
};

/// The list of assignments, and the form for another.
#[component]
pub fn Works(person: PersonPage) -> impl IntoView {
    let lang = lang();
    let may_change = person.may_change;
    let none = person.works.is_empty().then(|| view! { <p class="block">{text::works_empty(lang)}</p> });
    let lines = person.works.iter().cloned().map(|work| view! { <Line work may_change/> }).collect_view();
    let add = may_change.then(|| view! { <Add person/> });
    view! {
        <section class="sheet">
            <h2 class="title">{text::works(lang)}</h2>
            {none}
            <ul class="rows-list">{lines}</ul>
        </section>
        {add}
    }
}

/// One assignment; the form that ends it, while it holds or is to come.
#[component]
fn Line(work: WorkLine, may_change: bool) -> impl IntoView {
    let lang = lang();
    let what = work_words(&work, lang);
    let from = work.from.to_string();
    let period = match work.until {
        Some(until) => text::period(lang, &from, &until.to_string()),
        None => text::period_open(lang, &from),
    };
    let over = (!work.current).then(|| view! { <Chip tone=Tone::Plain text=text::over(lang)/> });
    let end = (may_change && work.current).then(|| {
        let which = text::end_work_which(lang, &what);
        view! {
            <Form to=EndAssignment::PATH key=format!("end-{}", work.id) class="row">
                <input type="hidden" name="assignment" value=work.id.to_string()/>
                <input type="hidden" name="seen" value=work.version.to_string()/>
                <DateField name="until" label=text::until(lang) hint=text::end_work_hint(lang) optional=true/>
                <button class="btn small" aria-label=which>{text::end_work(lang)}</button>
            </Form>
        }
    });
    view! {
        <li class="block stack near">
            <span>{what.clone()} <small class="soft">{format!(" {period}")}</small> " " {over}</span>
            {end}
        </li>
    }
}

/// Another assignment.
#[component]
fn Add(person: PersonPage) -> impl IntoView {
    let lang = lang();
    let roles = Role::ALL.iter().map(|role| (role.code().to_owned(), account::role(*role, lang).to_owned())).collect();
    let units = person.units.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    view! {
        <section class="sheet block">
            <h2>{text::add_work(lang)}</h2>
            <Form to=AddAssignment::PATH key="work" class="stack">
                <input type="hidden" name="person" value=person.line.id.to_string()/>
                <Select name="role" label=text::role(lang) hint=text::role_hint(lang) options=roles/>
                <Select name="unit" label=text::unit(lang) hint=text::unit_hint(lang) options=units optional=true/>
                <Field name="title" label=text::work_title(lang) hint=text::work_title_hint(lang) maxlength=100/>
                <DateField name="from" label=text::from(lang) hint=text::from_hint(lang) optional=true/>
                <DateField name="until" label=text::until(lang) hint=text::until_hint(lang) optional=true/>
                <div class="btns"><button class="btn">{text::add_work(lang)}</button></div>
            </Form>
        </section>
    }
}
