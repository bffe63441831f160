//! An anonymous consultation under way: a question, and no case.

use backend::view::room::{Current, RoomPage};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::room::StopConsultation,
    components::{Note, Press, Tone},
    form::FormState,
    text::{Lang, room as text},
};

/// The question under its banner (G7), and for whoever leads the way to stop it (A5).
pub(super) fn consultation(current: &Current, page: &RoomPage, lang: Lang) -> impl IntoView + use<> {
    let stop = page.leads.then(|| {
        let fields = vec![("meeting", page.meeting.to_string()), ("item", current.item.to_string())];
        // Two presses: this and the one it shows.
        view! {
            <details open=FormState::of(StopConsultation::PATH, "").sent>
                <summary class="btn danger">{text::recognised(lang)}</summary>
                <div class="stack near">
                    <p>{text::recognised_text(lang)}</p>
                    <Press to=StopConsultation::PATH fields words=text::stop_now(lang) class="btn danger primary" summary=true/>
                </div>
            </details>
        }
    });
    view! {
        <article class="sheet record anonymous" data-item>
            <Note tone=Tone::Stop>
                <p><b>{text::anonymous_banner(lang)}</b></p>
                <p>{text::anonymous_text(lang)}</p>
            </Note>
            <header>
                <span class=if page.forum.code == "family" { "forum family" } else { "forum" }>
                    {text::ages(lang, page.forum.from, page.forum.to)}
                </span>
                <h1>{text::anonymous(lang)}</h1>
            </header>
            {current.question.clone().map(|question| view! { <p class="asked">{question}</p> })}
            {stop}
        </article>
    }
}
