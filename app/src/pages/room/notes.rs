//! Notes of the items that all at the table share: read by everybody the meeting is for, written by whoever leads.

use backend::view::room::{GeneralNote, RoomPage};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::room::WriteNote,
    components::{Form, TextArea},
    form::FormState,
    pages::minutes::paragraphs,
    problem::Problem,
    text::{Lang, room as text},
};

/// The note of the item under way, to be read or written.
pub(super) fn note_of_current(page: &RoomPage, lang: Lang) -> impl IntoView + use<> {
    let item = page.current.as_ref().map(|current| current.item);
    let note = page.notes.iter().find(|note| Some(note.item) == item).cloned();
    note.map(|note| {
        if page.leads { form(note, lang).into_any() } else { view! { <div>{paragraphs(&note.text)}</div> }.into_any() }
    })
}

/// The notes of items that are over; while nothing is under way.
pub(super) fn notes(page: &RoomPage, lang: Lang) -> impl IntoView + use<> {
    let leads = page.leads;
    let notes = if page.current.is_none() { page.notes.clone() } else { Vec::new() };
    let some = !notes.is_empty();
    let rows = notes
        .into_iter()
        .map(|note| {
            let id = note.item;
            let (title, told) = (note.title.clone(), paragraphs(&note.text));
            let write = leads.then(|| {
                view! {
                    <details class="screen-only" open=FormState::of(WriteNote::PATH, &id.to_string()).sent>
                        <summary class="btn small">{text::write_note(lang)}</summary>
                        {form(note, lang)}
                    </details>
                }
            });
            view! { <section><h3>{title}</h3>{told}{write}</section> }
        })
        .collect_view();
    some.then(|| {
        view! {
            <section class="sheet block near" aria-labelledby="notes">
                <h2 id="notes">{text::notes(lang)}</h2>
                {rows}
            </section>
        }
    })
}

/// The form; where somebody else was first, with what they saved above what was typed.
fn form(note: GeneralNote, lang: Lang) -> impl IntoView {
    let key = note.item.to_string();
    let stale = FormState::of(WriteNote::PATH, &key).problem() == Some(&Problem::Stale);
    let saved = (stale && !note.text.is_empty()).then(|| {
        view! { <details class="fold" open><summary>{text::note_now(lang)}</summary>{paragraphs(&note.text)}</details> }
    });
    view! {
        <Form to=WriteNote::PATH key=key.clone() class="stack near">
            <input type="hidden" name="item" value=key/>
            <input type="hidden" name="seen" value=note.version.to_string()/>
            {saved}
            <TextArea
                name="note"
                label=text::note_of(lang, note.title)
                value=note.text
                hint=text::note_hint(lang)
                optional=true
                rows=6
            />
            <div class="btns"><button class="btn">{text::save_note(lang)}</button></div>
        </Form>
    }
}
