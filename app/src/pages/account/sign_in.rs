//! Sign-in, first step.

use backend::demo::{self, Login};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::account::SignIn,
    components::{Field, Form, Title},
    request::{Visitor, go_to, lang, open_page, way_back},
    text::account as text,
};

/// Asks for address and password. Somebody at work already goes on.
#[component]
pub fn SignInPage() -> impl IntoView {
    let till = way_back();
    open_page(move |request| async move {
        if matches!(request.visitor, Visitor::SignedIn(_)) {
            go_to(&till);
        }
        let logins = demo::logins(&request.backend).await?;
        let lang = request.lang;
        let onwards = till.clone();
        Ok(view! {
            <Title text=text::sign_in_title(lang)/>
            <div class="entry">
                <Form to=SignIn::PATH class="sheet signin">
                    <h1>{text::sign_in_title(lang)}</h1>
                    <Field name="email" label=text::email(lang) kind="email" autocomplete="username" maxlength=254/>
                    <Field name="password" label=text::password(lang) kind="password" autocomplete="current-password"/>
                    <input type="hidden" name="till" value=onwards/>
                    <button class="btn primary">{text::go_on(lang)}</button>
                    <p class="hint">{text::wrong_sign_in_hint(lang)}</p>
                </Form>
                <Logins logins till/>
            </div>
        })
    })
}

/// The demo's invented people; nothing anywhere else.
#[component]
fn Logins(logins: Vec<Login>, till: String) -> impl IntoView {
    let lang = lang();
    if logins.is_empty() {
        return None;
    }
    let lines = logins
        .into_iter()
        .enumerate()
        .map(|(number, login)| {
            let works: Vec<String> = login
                .works
                .iter()
                .map(|work| {
                    if work.unit_name.is_empty() {
                        work.title.clone()
                    } else {
                        format!("{}, {}", work.title, work.unit_name)
                    }
                })
                .collect();
            let which = text::demo_choose_who(lang, &login.name);
            let till = till.clone();
            view! {
                <li>
                    <span>{login.name}<small>{format!(" · {}", works.join(" · "))}</small></span>
                    <Form to=SignIn::PATH key=format!("demo{number}") class="inline" summary=false>
                        <input type="hidden" name="email" value=login.email/>
                        <input type="hidden" name="password" value=demo::PASSWORD/>
                        <input type="hidden" name="till" value=till/>
                        <button class="btn small" aria-label=which>{text::demo_choose(lang)}</button>
                    </Form>
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <section class="sheet side-box">
            <h2>{text::demo_logins(lang)}</h2>
            <p class="hint">{text::demo_logins_text(lang)}</p>
            <ul class="logins">{lines}</ul>
        </section>
    })
}
