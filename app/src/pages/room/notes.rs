//! Notes of the items that all at the table share: read by everybody the meeting is for, written by whoever leads.

use backend::view::room::{GeneralNote, RoomPage};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::room::{AutosaveNote, WriteNote},
    components::{Form, WritingArea},
    form::FormState,
    islands::Autosave,
    pages::minutes::paragraphs,
    problem::Problem,
    text::{Lang, room as text},
};

/// The note of the item under way, to be read or written.
pub(super) fn note_of_current(page: &RoomPage, lang: Lang) -> impl IntoView + use<> {
    let item = page.current.as_ref().map(|current| current.item);
    let note = page.notes.iter().find(|note| Some(note.item) == item).cloned();
    note.map(|note| {
        if page.leads {
            editor(note, true, lang).into_any()
        } else {
            view! { <div>{paragraphs(&note.text)}</div> }.into_any()
        }
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
            let title = note.title.clone();
            let told = if leads { editor(note, false, lang).into_any() } else { paragraphs(&note.text).into_any() };
            view! { <section class="stack near"><h3>{title}</h3>{told}</section> }
        })
        .collect_view();
    let sheet = some.then(|| {
        view! {
            <section class="sheet block near" aria-labelledby="notes">
                <h2 id="notes">{text::notes(lang)}</h2>
                {rows}
            </section>
        }
    });
    // Whoever leads writes in it: there each note is put in place by itself.
    view! { <div data-live=(!leads).then_some("notes")>{sheet}</div> }
}

/// Where it is written; where somebody else was first, with what they saved above what was typed.
fn editor(note: GeneralNote, heading: bool, lang: Lang) -> impl IntoView {
    let key = note.item.to_string();
    let stale = FormState::of(WriteNote::PATH, &key).problem() == Some(&Problem::Stale);
    let saved = (stale && !note.text.is_empty()).then(|| {
        view! { <details class="fold" open><summary>{text::note_now(lang)}</summary>{paragraphs(&note.text)}</details> }
    });
    let (version, part) = (note.version.to_string(), format!("note-{key}"));
    view! {
        <Autosave to=AutosaveNote::PATH.to_owned() mentions=String::new() gone=text::note_gone(lang).to_owned() lang>
            // What somebody else wrote comes by itself, but not under somebody's hands.
            <div data-live=part>
                <Form to=WriteNote::PATH key=key.clone() class="stack near">
                    <input type="hidden" name="item" value=key/>
                    <input type="hidden" name="seen" value=version data-version/>
                    {saved}
                    <WritingArea
                        name="note"
                        label=text::note_of(lang, note.title)
                        value=note.text
                        hint=text::note_hint(lang)
                        heading
                        heard=!heading
                    />
                    <div class="btns"><button class="btn">{text::save_note(lang)}</button></div>
                </Form>
            </div>
        </Autosave>
    }
}
