//! One's own settings.

use backend::view::profile::{Profile, SessionLine, profile};
use chrono::{DateTime, Utc};
use domain::time;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::account::{AddPhrase, ChangePassword, EndOtherSessions, EndOwnSession, RemovePhrase, SetLanguage},
    components::{Chip, Field, Form, Press, Select, Title, Tone},
    pages::people::work_words,
    path,
    request::{lang, page, request},
    text::{Lang, account as text, date, words},
};

/// Language, password, and where one is signed in.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let token = request().and_then(|request| request.session_token);
    page(move |ask| async move {
        let page = profile(&ask.backend, &ask.actor, token.as_deref()).await?;
        let lang = ask.lang;
        let Profile { name, email, language, works, sessions, phrases } = page;
        let works = works
            .into_iter()
            .map(|work| {
                view! { <li>{work_words(&work, lang)}</li> }
            })
            .collect_view();
        let languages = Lang::ALL.map(|lang| (lang.tag().to_owned(), lang.endonym().to_owned())).to_vec();
        Ok(view! {
            <Title text=text::profile_title(lang)/>
            <div class="head">
                <div>
                    <h1>{text::profile_title(lang)}</h1>
                    <p>{name} " · " {email}</p>
                </div>
            </div>
            <div class="pair">
                <section class="sheet block">
                    <h2>{text::works(lang)}</h2>
                    <ul class="rows-list">{works}</ul>
                    <p><a href=path::ASSIGNMENTS>{words::change_assignment(lang)}</a></p>
                </section>
                <section class="sheet block">
                    <h2>{words::language(lang)}</h2>
                    <Form to=SetLanguage::PATH key="own" class="stack">
                        <Select name="language" label=words::language(lang) options=languages value=language/>
                        <div class="btns"><button class="btn">{words::save(lang)}</button></div>
                    </Form>
                </section>
            </div>
            {phrases.map(|phrases| own_phrases(phrases, lang))}
            <section class="sheet block">
                <h2>{text::change_password_title(lang)}</h2>
                <p>{text::change_password_text(lang)}</p>
                <Form to=ChangePassword::PATH key="new" class="stack">
                    <Field name="current_password" label=text::current_password(lang) kind="password" autocomplete="current-password"/>
                    <Field
                        name="password"
                        label=text::new_password(lang)
                        hint=text::new_password_hint(lang)
                        kind="password"
                        autocomplete="new-password"
                    />
                    <Field name="password_again" label=text::new_password_again(lang) kind="password" autocomplete="new-password"/>
                    <div class="btns"><button class="btn">{text::change_password(lang)}</button></div>
                </Form>
            </section>
            <Sessions sessions/>
        })
    })
}

/// What one writes often.
fn own_phrases(phrases: Vec<(uuid::Uuid, String)>, lang: Lang) -> impl IntoView {
    let some = !phrases.is_empty();
    let rows = phrases
        .into_iter()
        .map(|(id, phrase)| {
            let name = text::remove_phrase_named(lang, phrase.clone());
            view! {
                <li class="row">
                    <span>{phrase}</span>
                    <Press
                        to=RemovePhrase::PATH
                        key=id.to_string()
                        fields=vec![("id", id.to_string())]
                        words=text::remove_phrase(lang)
                        name
                        class="btn small"
                    />
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="sheet block" id="fraser">
            <h2>{text::phrases(lang)}</h2>
            <p>{text::phrases_text(lang)}</p>
            {some.then(|| view! { <ul class="rows-list">{rows}</ul> })}
            <Form to=AddPhrase::PATH key="phrase" class="stack">
                <Field name="phrase" label=text::new_phrase(lang) maxlength=300 class="long"/>
                <div class="btns"><button class="btn">{text::add_phrase(lang)}</button></div>
            </Form>
        </section>
    }
}

/// Where one is signed in.
#[component]
fn Sessions(sessions: Vec<SessionLine>) -> impl IntoView {
    let lang = lang();
    let others = sessions.len() > 1;
    let lines = sessions.into_iter().map(|session| view! { <Session session/> }).collect_view();
    let end_others = others.then(|| {
        view! {
            <Form to=EndOtherSessions::PATH key="others" class="inline" summary=false>
                <button class="btn">{text::sessions_end_others(lang)}</button>
            </Form>
        }
    });
    view! {
        <section class="sheet">
            <h2 class="title">{text::sessions_title(lang)}</h2>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{text::session_browser(lang)}</th>
                        <th scope="col">{text::session_since(lang)}</th>
                        <th scope="col">{text::session_seen(lang)}</th>
                        <th><span class="visually-hidden">{text::session_end(lang)}</span></th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            <div class="foot">{end_others}</div>
        </section>
    }
}

#[component]
fn Session(session: SessionLine) -> impl IntoView {
    let lang = lang();
    let browser = if session.browser.is_empty() { text::session_unknown(lang).to_owned() } else { session.browser };
    let since = moment(session.since, lang);
    let which = text::session_end_which(lang, &browser, &since);
    let deed = if session.present {
        view! { <Chip tone=Tone::Ok text=text::session_present(lang)/> }.into_any()
    } else {
        view! {
            <Form to=EndOwnSession::PATH key=session.name.clone() class="inline" summary=false>
                <input type="hidden" name="session" value=session.name/>
                <button class="btn small" aria-label=which>{text::session_end(lang)}</button>
            </Form>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">{browser}</th>
            <td data-label=text::session_since(lang)>{since}</td>
            <td data-label=text::session_seen(lang)>{moment(session.seen_at, lang)}</td>
            <td class="deed">{deed}</td>
        </tr>
    }
}

/// "26 november 09.10".
fn moment(at: DateTime<Utc>, lang: Lang) -> String {
    let local = time::local(at);
    format!("{} {}", date::day_month(local.date(), lang), date::clock(local.time()))
}
