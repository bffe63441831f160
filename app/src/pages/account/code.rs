//! Sign-in, one-time code.

use backend::demo;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::account::{GiveCode, SignOut},
    components::{Field, Form, Note, Title, Tone},
    path,
    request::{Visitor, go_to, lang, open_page, way_back},
    text::account as text,
};

/// Asks for the one-time code of somebody whose password was right.
#[component]
pub fn CodePage() -> impl IntoView {
    let till = way_back();
    open_page(move |request| async move {
        let Visitor::CodeDue(person) = request.visitor else {
            go_to(&if matches!(request.visitor, Visitor::SignedIn(_)) {
                till.clone()
            } else {
                path::then(path::SIGN_IN, &till)
            });
            return Ok(None);
        };
        let in_demo = request.backend.site().demo;
        let shown = demo::shown_code(&request.backend, person).await?;
        let lang = request.lang;
        let onwards = till.clone();
        Ok(Some(view! {
            <Title text=text::code_title(lang)/>
            <div class="entry">
                <Form to=GiveCode::PATH class="sheet signin">
                    <h1>{text::code_title(lang)}</h1>
                    <Field
                        name="code"
                        label=text::code(lang)
                        hint=text::code_hint(lang)
                        inputmode="numeric"
                        autocomplete="one-time-code"
                        maxlength=12
                        class="code"
                    />
                    <input type="hidden" name="till" value=onwards/>
                    <button class="btn primary">{text::go_on(lang)}</button>
                    <p class="hint">{text::code_once(lang)}</p>
                </Form>
                {in_demo.then(|| view! { <Shown code=shown till/> })}
                <Form to=SignOut::PATH key="over" class="inline" summary=false>
                    <button class="linklike">{text::other_person(lang)}</button>
                </Form>
            </div>
        }))
    })
}

/// What an invented person's telephone would show.
#[component]
fn Shown(code: Option<String>, till: String) -> impl IntoView {
    let lang = lang();
    let Some(code) = code else {
        return view! { <Note tone=Tone::Info><p>{text::demo_code_wait(lang)}</p></Note> }.into_any();
    };
    let apart = code.split_at_checked(3).map_or_else(|| code.clone(), |(first, last)| format!("{first} {last}"));
    view! {
        <section class="sheet side-box">
            <h2>{text::demo_code(lang)}</h2>
            <p class="shown-code">{apart}</p>
            <Form to=GiveCode::PATH key="demo" class="inline" summary=false>
                <input type="hidden" name="code" value=code/>
                <input type="hidden" name="till" value=till/>
                <button class="btn small">{text::demo_code_use(lang)}</button>
            </Form>
        </section>
    }
    .into_any()
}
