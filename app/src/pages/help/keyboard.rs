//! Help on the keyboard.

use leptos::prelude::*;

use crate::{
    components::Title,
    request::lang,
    text::{Lang, keys as text},
};

/// What the keyboard does, area by area.
#[component]
pub fn KeyboardPage() -> impl IntoView {
    let lang = lang();
    view! {
        <Title text=text::title(lang)/>
        <article class="prose">
            <h1>{text::title(lang)}</h1>
            <p>{text::lead(lang)}</p>
            <Keys
                lang
                heading=text::everywhere(lang)
                rows=vec![
                    ("Tab", text::tab(lang)),
                    ("Shift + Tab", text::shift_tab(lang)),
                    ("Enter", text::enter(lang)),
                    (lang.pick("Blanksteg", "Space"), text::space(lang)),
                    ("Esc", text::escape(lang)),
                ]
            />
            <p>{text::skip(lang)}</p>
            <Keys lang heading=text::agenda(lang) rows=vec![("Alt + ↑ ↓", text::agenda_move(lang))]/>
            <Keys
                lang
                heading=text::review(lang)
                rows=vec![
                    ("J", text::review_next(lang)),
                    ("K", text::review_previous(lang)),
                    ("R", text::review_return(lang)),
                    ("G", text::review_approve(lang)),
                ]
            />
            <p>{text::review_off(lang)}</p>
            <Keys lang heading=text::expiry(lang) rows=vec![("Enter", text::expiry_stay(lang))]/>
            <p>{text::zoom(lang)}</p>
        </article>
    }
}

/// One table of keys.
#[component]
fn Keys(lang: Lang, heading: &'static str, rows: Vec<(&'static str, &'static str)>) -> impl IntoView {
    view! {
        <h2>{heading}</h2>
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{text::key(lang)}</th>
                    <th scope="col">{text::does(lang)}</th>
                </tr>
            </thead>
            <tbody>
                {rows
                    .into_iter()
                    .map(|(key, does)| {
                        view! {
                            <tr>
                                <th scope="row"><kbd>{key}</kbd></th>
                                <td>{does}</td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}
