//! The frame of every page: bar, navigation, what was said, help.

mod bar;
mod navigation;

use leptos::prelude::*;

use self::{bar::Bar, navigation::Navigation};
use super::SaidLine;
use crate::{
    islands::SessionExpiry,
    path,
    request::{actor, lang, request},
    text::words,
};

/// Bar, navigation by role for somebody at work, and the page.
#[component]
pub fn Frame(
    /// The page.
    children: Children,
) -> impl IntoView {
    let lang = lang();
    let actor = actor();
    let expiry = actor.is_some().then(|| view! { <SessionExpiry lang/> });
    let class = if actor.is_some() && !is_wide() { "app" } else { "app wide" };
    view! {
        <a class="skip" href="#content">{words::skip_to_content(lang)}</a>
        <div class=class>
            <Demo/>
            <Bar actor=actor.clone()/>
            {actor.map(|actor| view! { <Navigation actor/> })}
            <main id="content" tabindex="-1">
                <SaidLine/>
                {children()}
            </main>
            <footer class="colophon">
                <a href=path::KEYBOARD>{words::keyboard(lang)}</a>
                <a href=path::ACCESSIBILITY>{words::accessibility(lang)}</a>
            </footer>
        </div>
        {expiry}
    }
}

/// Whether the page takes the whole width, its menu folded into the bar: the meeting room and the review desk.
fn is_wide() -> bool {
    let page = request().map(|request| request.page.to_string()).unwrap_or_default();
    let page = page.split('?').next().unwrap_or_default();
    page.starts_with(path::REVIEW)
        || (page.starts_with(path::MEETINGS) && (page.ends_with("/rum") || page.ends_with("/rum/vagg")))
}

/// Says that nothing here is real, in the demo.
#[component]
fn Demo() -> impl IntoView {
    let demo = request().is_some_and(|request| request.backend.site().demo);
    let lang = lang();
    demo.then(|| {
        view! {
            <aside class="demo" aria-label=words::demo(lang)>
                <p>"▲ " {words::demo_ribbon(lang)}</p>
            </aside>
        }
    })
}
