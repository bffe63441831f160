//! The accessibility statement.

use leptos::prelude::*;

use crate::{components::Title, request::open_page, text::accessibility as text};

/// What lagen (2018:1937) om tillgänglighet till digital offentlig service asks a public body to state.
#[component]
pub fn AccessibilityPage() -> impl IntoView {
    open_page(|request| async move {
        let lang = request.lang;
        let municipality = request.backend.site().municipality.clone();
        Ok(view! {
            <Title text=text::title(lang)/>
            <article class="prose">
                <h1>{text::title(lang)}</h1>
                <p>{text::lead(lang, &municipality)}</p>
                <h2>{text::how_title(lang)}</h2>
                <p>{text::how_text(lang)}</p>
                <h2>{text::known_title(lang)}</h2>
                <ul>
                    <li>{text::known_dragging(lang)}</li>
                    <li>{text::known_audit(lang)}</li>
                    <li>{text::known_easy(lang)}</li>
                </ul>
                <h2>{text::report_title(lang)}</h2>
                <p>{text::report_text(lang, &municipality)}</p>
                <h2>{text::authority_title(lang)}</h2>
                <p>{text::authority_text(lang)}</p>
                <h2>{text::tested_title(lang)}</h2>
                <p>{text::tested_text(lang)}</p>
                <p>{text::updated(lang)}</p>
            </article>
        })
    })
}
