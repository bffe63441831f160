//! Everybody who may sign in.

use backend::view::people::{PersonLine, people_page};
use leptos::prelude::*;

use super::{access_chip, moment, work_words};
use crate::{
    components::Title,
    path,
    request::{lang, page},
    text::people as text,
};

/// The list of people.
#[component]
pub fn PeoplePage() -> impl IntoView {
    page(|ask| async move {
        let people = people_page(&ask.backend, &ask.actor).await?;
        let lang = ask.lang;
        let new = people.may_change.then(|| {
            view! { <div class="btns"><a class="btn primary" href=path::NEW_PERSON>{text::new(lang)}</a></div> }
        });
        let lines = people.people.into_iter().map(|person| view! { <Line person/> }).collect_view();
        Ok(view! {
            <Title text=text::title(lang)/>
            <div class="head">
                <div>
                    <h1>{text::title(lang)}</h1>
                    <p>{text::lead(lang)}</p>
                </div>
                {new}
            </div>
            <section class="sheet">
                <table class="table">
                    <caption class="visually-hidden">{text::title(lang)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{text::name(lang)}</th>
                            <th scope="col">{text::work(lang)}</th>
                            <th scope="col">{text::access(lang)}</th>
                            <th scope="col">{text::seen(lang)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </section>
        })
    })
}

#[component]
fn Line(person: PersonLine) -> impl IntoView {
    let lang = lang();
    let works: Vec<String> = person.works.iter().map(|work| work_words(work, lang)).collect();
    let works = if works.is_empty() { text::no_work(lang).to_owned() } else { works.join("; ") };
    let seen = person.seen_at.map_or_else(|| text::seen_never(lang).to_owned(), |at| moment(at, lang));
    view! {
        <tr>
            <th scope="row">
                <a class="ref" href=path::person(person.id)>{person.name}</a>
                <small class="soft">{format!(" {}", person.email)}</small>
            </th>
            <td data-label=text::work(lang)>{works}</td>
            <td data-label=text::access(lang)>{access_chip(person.access, lang)}</td>
            <td data-label=text::seen(lang)>{seen}</td>
        </tr>
    }
}
