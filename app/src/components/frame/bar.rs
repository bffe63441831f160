//! The bar on top: product, municipality, who one is, language.

use backend::actor::Actor;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::{account::SignOut, frame::ChooseLanguage},
    components::Form,
    path,
    request::{lang, request},
    text::{Lang, words},
};

/// The bar.
#[component]
pub fn Bar(
    /// The person at work, if somebody is.
    actor: Option<Actor>,
) -> impl IntoView {
    let lang = lang();
    let municipality = request().map(|request| request.backend.site().municipality.clone());
    let menu = actor.is_some().then(|| {
        view! {
            <button class="open-side" popovertarget="side">
                <span aria-hidden="true">"☰ "</span>
                {words::menu(lang)}
            </button>
        }
    });
    view! {
        <header class="bar">
            <a class="brand" href=path::WEEK>{words::product(lang)}</a>
            <span class="place">{municipality}</span>
            {menu}
            {match actor {
                Some(actor) => view! { <Who actor/> }.into_any(),
                None => view! { <div class="who"><LanguageSwitch/></div> }.into_any(),
            }}
        </header>
    }
}

/// Switches to the other language; the page comes back in it.
#[component]
fn LanguageSwitch() -> impl IntoView {
    let other = lang().pick(Lang::En, Lang::Sv);
    view! {
        <Form to=ChooseLanguage::PATH key="language" class="inline" summary=false>
            <button name="language" value=other.tag() lang=other.tag()>{other.endonym()}</button>
        </Form>
    }
}

/// Who one is and in which assignment, the way to another one, language.
#[component]
fn Who(actor: Actor) -> impl IntoView {
    let lang = lang();
    let work = if actor.unit_name.is_empty() { actor.title } else { format!("{}, {}", actor.title, actor.unit_name) };
    view! {
        <details class="menu who">
            <summary>
                <span>
                    {actor.name}
                    <span class="role">{format!(" · {work}")}</span>
                </span>
            </summary>
            <ul>
                <li><a href=path::ASSIGNMENTS>{words::change_assignment(lang)}</a></li>
                <li class="group">{words::language(lang)}</li>
                <li><LanguageSwitch/></li>
                <li><a href=path::PROFILE>{words::my_settings(lang)}</a></li>
                <li>
                    <Form to=SignOut::PATH key="out" summary=false>
                        <button>{words::sign_out(lang)}</button>
                    </Form>
                </li>
            </ul>
        </details>
    }
}
