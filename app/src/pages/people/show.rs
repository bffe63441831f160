//! One person, for whoever keeps the register.

use backend::{
    auth::entry::Purpose,
    view::people::{Access, PersonPage as View, ShownLink, person_page, shown_link},
};
use domain::{id::PersonId, time};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{access_chip, works::Works};
use crate::{
    api::people::{ChangePerson, MakeLink, SetDisabled},
    components::{Crumbs, Field, Form, Title},
    path,
    request::{lang, page, param, query},
    text::{date, people as text, words},
};

/// Name, assignments, the way in.
#[component]
pub fn PersonPage() -> impl IntoView {
    let id = param::<PersonId>("id");
    let kept = query("lank");
    page(move |ask| async move {
        let person = person_page(&ask.backend, &ask.actor, id?).await?;
        let link = match kept.filter(|_| person.may_change) {
            Some(kept) => shown_link(&ask.backend, &ask.actor, &kept).await?,
            None => None,
        };
        let lang = ask.lang;
        let steps = vec![(path::PEOPLE.to_owned(), text::title(lang).to_owned())];
        let changes = person.may_change.then(|| view! { <Changes person=person.clone()/> });
        Ok(view! {
            // Never a name: titles stay in the browser's history.
            <Title text=text::title(lang)/>
            <Crumbs steps/>
            <div class="head">
                <div>
                    <h1>{person.line.name.clone()}</h1>
                    <p>{person.line.email.clone()} " " {access_chip(person.line.access, lang)}</p>
                </div>
            </div>
            {link.map(|link| view! { <Handover link/> })}
            <Works person=person.clone()/>
            {changes}
        })
    })
}

/// The link that was just made.
#[component]
fn Handover(link: ShownLink) -> impl IntoView {
    let lang = lang();
    let until = date::clock(time::local(link.expires_at).time());
    view! {
        <section class="sheet block" role="status">
            <h2>{text::link_title(lang)}</h2>
            <p>{text::link_text(lang)} " " {text::link_until(lang, &until)}</p>
            <div class="field">
                <label for="link">{text::link_address(lang)}</label>
                <input class="input long" id="link" readonly value=link.address/>
            </div>
        </section>
    }
}

/// What an administrator can change.
#[component]
fn Changes(person: View) -> impl IntoView {
    let lang = lang();
    let id = person.line.id.to_string();
    let seen = person.version.to_string();
    let (name, email) = (person.line.name.clone(), person.line.email.clone());
    view! {
        <div class="pair">
            <section class="sheet block">
                <h2>{text::details(lang)}</h2>
                <Form to=ChangePerson::PATH key="person" class="stack">
                    <input type="hidden" name="person" value=id/>
                    <input type="hidden" name="seen" value=seen/>
                    <Field name="name" label=text::name(lang) value=name maxlength=100/>
                    <Field name="email" label=text::email(lang) value=email kind="email" maxlength=254/>
                    <div class="btns"><button class="btn">{words::save(lang)}</button></div>
                </Form>
            </section>
            <section class="sheet block stack">
                <h2>{text::access(lang)}</h2>
                <WayIn person=person.clone()/>
                <Shut person/>
            </section>
        </div>
    }
}

/// Links, by what the person lacks.
#[component]
fn WayIn(person: View) -> impl IntoView {
    let lang = lang();
    let id = person.line.id.to_string();
    match person.line.access {
        Access::Disabled => ().into_any(),
        Access::Invited(_) => {
            view! { <LinkForm id purpose=Purpose::Join words=text::link_join(lang) why=text::link_join_text(lang)/> }
                .into_any()
        }
        Access::Open | Access::SwitchedOff => view! {
            <LinkForm
                id=id.clone()
                purpose=Purpose::Recover
                words=text::link_recover(lang)
                why=text::link_recover_text(lang)
            />
            <LinkForm id purpose=Purpose::Join words=text::link_phone(lang) why=text::link_phone_text(lang)/>
        }
        .into_any(),
    }
}

/// The button that makes a link, and what it is good for.
#[component]
fn LinkForm(id: String, purpose: Purpose, words: &'static str, why: &'static str) -> impl IntoView {
    view! {
        <Form to=MakeLink::PATH key=format!("link-{}", purpose.code()) class="stack near">
            <input type="hidden" name="person" value=id/>
            <input type="hidden" name="purpose" value=purpose.code()/>
            <p>{why}</p>
            <div class="btns"><button class="btn">{words}</button></div>
        </Form>
    }
}

/// Shutting out, and letting in again. Nobody shuts out themselves.
#[component]
fn Shut(person: View) -> impl IntoView {
    let lang = lang();
    let shut = person.line.access == Access::Disabled;
    if person.own {
        return None;
    }
    let (why, words, class) = if shut {
        (text::let_in_text(lang), text::let_in(lang), "btn")
    } else {
        (text::shut_out_text(lang), text::shut_out(lang), "btn danger")
    };
    Some(view! {
        <Form to=SetDisabled::PATH key="shut" class="stack near">
            <input type="hidden" name="person" value=person.line.id.to_string()/>
            <input type="hidden" name="seen" value=person.version.to_string()/>
            <input type="hidden" name="disabled" value=(!shut).to_string()/>
            <p>{why}</p>
            <div class="btns"><button class=class>{words}</button></div>
        </Form>
    })
}
