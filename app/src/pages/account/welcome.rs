//! Following a one-time link, step by step.

use backend::{
    Error,
    auth::{code::Enrolment, entry::Purpose},
    view::welcome::{Step, Welcome, welcome},
};
use domain::{refusal::Refusal, time};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::account::{BeginWelcome, ChoosePassword, ConfirmCode},
    components::{Field, Form, Title, qr},
    path,
    request::{entry_secret, lang, open_page, param, set_status},
    text::{account as text, date, words},
};

/// Begin, choose a password, connect an app.
#[component]
pub fn WelcomePage() -> impl IntoView {
    let token = param::<String>("token");
    open_page(move |request| async move {
        let token = token?;
        let lang = request.lang;
        let page = match welcome(&request.backend, &token, entry_secret().as_deref()).await {
            Ok(page) => page,
            Err(Error::Refused(Refusal::LinkSpent)) => return Ok(view! { <Spent/> }.into_any()),
            Err(fault) => return Err(fault.into()),
        };
        let Welcome { name, email, purpose, step, expires_at } = page;
        let step = match step {
            Step::Begin => {
                let until = date::clock(time::local(expires_at).time());
                view! { <Begin token name purpose until/> }.into_any()
            }
            Step::Password => view! { <Password token email purpose/> }.into_any(),
            Step::Code(enrolment) => view! { <Enrol token enrolment=*enrolment/> }.into_any(),
        };
        Ok(view! {
            <Title text=text::welcome_title(lang)/>
            <div class="entry">{step}</div>
        }
        .into_any())
    })
}

/// A link that cannot be followed (any more), whatever the reason.
#[component]
fn Spent() -> impl IntoView {
    let lang = lang();
    set_status(410);
    view! {
        <Title text=text::link_spent_title(lang)/>
        <section class="problem">
            <h1>{text::link_spent_title(lang)}</h1>
            <p>{text::link_spent_text(lang)}</p>
            <p class="btns"><a class="btn" href=path::SIGN_IN>{words::sign_in(lang)}</a></p>
        </section>
    }
}

#[component]
fn Begin(token: String, name: String, purpose: Purpose, until: String) -> impl IntoView {
    let lang = lang();
    let what = match purpose {
        Purpose::Join => text::welcome_join(lang),
        Purpose::Recover => text::welcome_recover(lang),
    };
    view! {
        <Form to=BeginWelcome::PATH class="sheet signin">
            <h1>{text::welcome_name(lang, &name)}</h1>
            <p>{what}</p>
            <p>{text::welcome_browser(lang)} " " {text::welcome_until(lang, &until)}</p>
            <input type="hidden" name="token" value=token/>
            <button class="btn primary">{text::welcome_begin(lang)}</button>
        </Form>
    }
}

#[component]
fn Password(token: String, email: String, purpose: Purpose) -> impl IntoView {
    let lang = lang();
    let step = (purpose == Purpose::Join).then(|| view! { <p class="meta">{text::step_of(lang, 2, 3)}</p> });
    view! {
        <Form to=ChoosePassword::PATH class="sheet signin">
            {step}
            <h1>{text::choose_password_title(lang)}</h1>
            // Password managers file the password under this name.
            <input type="hidden" name="username" autocomplete="username" value=email/>
            <Field
                name="password"
                label=text::new_password(lang)
                hint=text::new_password_hint(lang)
                kind="password"
                autocomplete="new-password"
            />
            <Field name="password_again" label=text::new_password_again(lang) kind="password" autocomplete="new-password"/>
            <input type="hidden" name="token" value=token/>
            <button class="btn primary">{text::save_password(lang)}</button>
        </Form>
    }
}

#[component]
fn Enrol(token: String, enrolment: Enrolment) -> impl IntoView {
    let lang = lang();
    view! {
        <Form to=ConfirmCode::PATH class="sheet signin">
            <p class="meta">{text::step_of(lang, 3, 3)}</p>
            <h1>{text::enrol_title(lang)}</h1>
            <p>{text::enrol_text(lang)}</p>
            {qr(&enrolment.picture, text::enrol_picture(lang))}
            <dl class="facts">
                <div>
                    <dt>{text::enrol_key(lang)}</dt>
                    <dd><code>{enrolment.typed}</code></dd>
                </div>
            </dl>
            <p><a href=enrolment.address>{text::enrol_open(lang)}</a></p>
            <Field
                name="code"
                label=text::code(lang)
                hint=text::enrol_code_hint(lang)
                inputmode="numeric"
                autocomplete="one-time-code"
                maxlength=12
                class="code"
            />
            <input type="hidden" name="token" value=token/>
            <button class="btn primary">{text::enrol_done(lang)}</button>
        </Form>
    }
}
