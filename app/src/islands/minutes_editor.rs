//! Saves minutes while they are written, and never lets go of text that is not saved.

use std::time::Duration;

use leptos::{ev, html, prelude::*, task::spawn_local, wasm_bindgen::JsCast};
use web_sys::{Element, FormData, HtmlDocument, HtmlElement, HtmlFormElement, HtmlInputElement, UrlSearchParams};

use crate::{
    api::minutes::{Autosaved, MinutesText, autosave_minutes},
    problem::Problem,
    text::{Lang, minutes as text},
};

/// How long after the last key the text is saved.
const PAUSE: Duration = Duration::from_millis(700);
/// How long until it is tried again without contact.
const AGAIN: Duration = Duration::from_secs(5);

/// Where the text is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    /// As it was when the page came.
    Untouched,
    /// Changed since the last save.
    Unsaved,
    /// Saved at this time.
    Saved(String),
    /// Not saved until what the sentence names is corrected.
    Flawed(String),
    /// Not saved, for this reason.
    Failed(Problem),
}

/// What the editor keeps track of.
#[derive(Clone, Copy)]
struct Editor {
    root: NodeRef<html::Div>,
    item: StoredValue<String>,
    stage: RwSignal<Stage>,
    /// Counts changes: a save that comes back knows whether more was typed meanwhile.
    change: StoredValue<u32>,
    saving: StoredValue<bool>,
    /// The words for other persons in what is saved.
    mentions: RwSignal<String>,
    /// No further save can go well.
    over: StoredValue<bool>,
    /// The name of the text that was written in last: a phrase goes there.
    last: StoredValue<String>,
}

/// Saves the form in it a moment after the last key and when the page is left.
#[island]
pub fn MinutesEditor(
    /// The item the minutes belong to.
    item: String,
    /// The words for other persons in what is saved: warned of, with the reason (M9).
    mentions: String,
    /// The page's language.
    lang: Lang,
    /// The form.
    children: Children,
) -> impl IntoView {
    let editor = Editor {
        root: NodeRef::new(),
        item: StoredValue::new(item),
        stage: RwSignal::new(Stage::Untouched),
        change: StoredValue::new(0),
        saving: StoredValue::new(false),
        mentions: RwSignal::new(mentions),
        over: StoredValue::new(false),
        last: StoredValue::default(),
    };
    Effect::new(move |_| {
        let leave = window_event_listener_untyped("pagehide", move |_| editor.leave());
        on_cleanup(move || leave.remove());
    });
    let class = move || match editor.stage.get() {
        Stage::Untouched | Stage::Unsaved => "saved",
        Stage::Saved(_) => "saved ok",
        Stage::Flawed(_) | Stage::Failed(_) => "saved stop",
    };
    view! {
        <div
            class="stack near"
            node_ref=editor.root
            // Not `change`: that comes for a text that is saved, too, when the page takes it away as consent is taken back.
            on:input=move |_| editor.typed()
            on:click=move |click| {
                add_row(&click);
                editor.put_phrase(&click);
            }
            on:focusin=move |focus| editor.was_in(&focus)
            on:submit=move |_| editor.over.set_value(true)
        >
            <p class=class role="status">{move || told(&editor.stage.get(), lang)}</p>
            <p class="note" role="status" hidden=move || editor.mentions.get().is_empty()>
                <span aria-hidden="true">"▲"</span>
                <span>{move || text::mentions(lang, editor.mentions.get())}</span>
            </p>
            {children()}
        </div>
    }
}

/// What the writer is told.
fn told(stage: &Stage, lang: Lang) -> String {
    match stage {
        // Holds its line, so that nothing moves with the first key.
        Stage::Untouched => "\u{a0}".to_owned(),
        Stage::Unsaved => text::unsaved(lang).to_owned(),
        Stage::Saved(at) => text::saved_at(lang, at.clone()),
        Stage::Failed(Problem::Stale) => text::not_saved_stale(lang).to_owned(),
        Stage::Failed(Problem::SignedOut | Problem::NoAssignment) => text::not_saved_signed_out(lang).to_owned(),
        Stage::Flawed(flaw) => text::not_saved_flaw(lang, flaw.clone()),
        Stage::Failed(Problem::Offline | Problem::Busy | Problem::Fault) => text::not_saved_offline(lang).to_owned(),
        Stage::Failed(_) => text::not_saved_gone(lang).to_owned(),
    }
}

impl Editor {
    fn typed(self) {
        if self.over.get_value() {
            return;
        }
        self.change.update_value(|change| *change = change.wrapping_add(1));
        // A reason stays until the next save has gone well.
        if !matches!(self.stage.get_untracked(), Stage::Flawed(_) | Stage::Failed(_)) {
            self.stage.set(Stage::Unsaved);
        }
        self.save_after(PAUSE);
    }

    fn was_in(self, focus: &ev::FocusEvent) {
        let name = target_of(focus).and_then(|target| target.get_attribute("name"));
        if let Some(name) = name.filter(|name| self.text(name).is_some()) {
            self.last.set_value(name);
        }
    }

    /// Puts a phrase in where was written last, or else in the first text.
    fn put_phrase(self, click: &ev::MouseEvent) {
        let Some(phrase) = target_of(click).and_then(|target| target.get_attribute("data-phrase")) else { return };
        let Some(text) = self.text(&self.last.get_value()).or_else(|| self.text("text[purpose]")) else { return };
        let _ = text.focus();
        // As if it were typed: it can be undone, and is saved as any other.
        let page = document().unchecked_into::<HtmlDocument>();
        let _ = page.exec_command_with_show_ui_and_value("insertText", false, &phrase);
    }

    fn text(self, name: &str) -> Option<HtmlElement> {
        let text = self.form()?.query_selector(&format!("textarea[name=\"{name}\"]")).ok().flatten()?;
        Some(text.unchecked_into())
    }

    fn save_after(self, pause: Duration) {
        let change = self.change.get_value();
        set_timeout(
            move || {
                if self.change.try_get_value() == Some(change) && !self.over.get_value() && !self.saving.get_value() {
                    self.save(change);
                }
            },
            pause,
        );
    }

    fn save(self, change: u32) {
        let Some(form) = self.form() else { return };
        self.saving.set_value(true);
        spawn_local(async move {
            let answer = autosave_minutes(self.item.get_value(), seen(&form), read(&form)).await;
            // The page may have been blanked meanwhile.
            if self.saving.try_set_value(false).is_some() {
                return;
            }
            let more = self.change.get_value() != change;
            match answer {
                Ok(Autosaved { revision: None, said, .. }) => {
                    if more {
                        self.save_after(PAUSE);
                    }
                    self.stage.set(Stage::Flawed(said));
                }
                Ok(Autosaved { revision: Some(revision), said, mentions }) => {
                    set_seen(&form, revision);
                    self.mentions.set(mentions);
                    self.stage.set(if more { Stage::Unsaved } else { Stage::Saved(said) });
                    if more {
                        self.save_after(PAUSE);
                    }
                }
                Err(problem) => self.failed(problem),
            }
        });
    }

    fn failed(self, problem: Problem) {
        match problem {
            Problem::Offline | Problem::Busy | Problem::Fault => self.save_after(AGAIN),
            _ => self.over.set_value(true),
        }
        self.stage.set(Stage::Failed(problem));
    }

    /// Hands over what is not saved as the page goes away.
    fn leave(self) {
        let unsaved = !matches!(self.stage.try_get_untracked(), None | Some(Stage::Untouched | Stage::Saved(_)));
        if !unsaved || self.over.get_value() || self.saving.get_value() {
            return;
        }
        if let Some((form, params)) = self.form().zip(UrlSearchParams::new().ok()) {
            params.append("item", &self.item.get_value());
            params.append("seen", &seen(&form).to_string());
            for (name, value) in fields(&form) {
                params.append(&name, &value);
            }
            let address = <crate::api::minutes::AutosaveMinutes as leptos::server_fn::ServerFn>::PATH;
            let _ = window().navigator().send_beacon_with_opt_url_search_params(address, Some(&params));
        }
    }

    fn form(self) -> Option<HtmlFormElement> {
        let root = self.root.get_untracked()?;
        root.query_selector("form").ok().flatten()?.dyn_into().ok()
    }
}

fn target_of(event: &ev::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Shows one more row of those that wait.
fn add_row(click: &ev::MouseEvent) {
    let Some(button) = target_of(click).filter(|target| target.has_attribute("data-add")) else { return };
    let Ok(Some(section)) = button.closest("section") else { return };
    if let Ok(Some(row)) = section.query_selector(".no-script-only") {
        let _ = row.class_list().remove_1("no-script-only");
        let first =
            row.query_selector("input, textarea").ok().flatten().and_then(|input| input.dyn_into::<HtmlElement>().ok());
        if let Some(first) = first {
            let _ = first.focus();
        }
    }
}

fn seen_field(form: &HtmlFormElement) -> Option<HtmlInputElement> {
    form.query_selector("input[name=seen]").ok().flatten()?.dyn_into().ok()
}

fn seen(form: &HtmlFormElement) -> i64 {
    seen_field(form).and_then(|field| field.value().parse().ok()).unwrap_or_default()
}

fn set_seen(form: &HtmlFormElement, revision: i64) {
    if let Some(field) = seen_field(form) {
        field.set_value(&revision.to_string());
    }
}

const NAMES: [&str; 7] =
    ["purpose", "childs_view", "childs_words", "guardians_view", "agreed", "outcome", "follow_up_on"];
/// What comes in rows, and what each has.
const ROWS: [(&str, [&str; 3]); 2] =
    [("contributions", ["unit", "kind", "text"]), ("undertakings", ["what", "unit", "due_on"])];

/// Everything typed, by the names the form gives it.
fn fields(form: &HtmlFormElement) -> Vec<(String, String)> {
    let Ok(data) = FormData::new_with_form(form) else { return Vec::new() };
    let value = |name: String| data.get(&name).as_string().map(|value| (name, value));
    let rows = ROWS.iter().flat_map(|(list, names)| {
        (0..100)
            .take_while(|row| data.has(&format!("text[{list}][{row}][unit]")))
            .flat_map(move |row| names.map(|name| format!("text[{list}][{row}][{name}]")))
            .collect::<Vec<_>>()
    });
    NAMES.iter().map(|name| format!("text[{name}]")).chain(rows).filter_map(value).collect()
}

fn read(form: &HtmlFormElement) -> MinutesText {
    let mut text = MinutesText::default();
    for (name, value) in fields(form) {
        let name = name.trim_start_matches("text[").trim_end_matches(']');
        match name.split_once("][") {
            None => set(&mut text, name, value),
            Some((list, place)) => {
                let (row, name) = place.split_once("][").unwrap_or_default();
                let row: usize = row.parse().unwrap_or_default();
                if list == "undertakings" {
                    in_row(&mut text.undertakings, row, |row| match name {
                        "what" => row.what = value,
                        "unit" => row.unit = value,
                        _ => row.due_on = value,
                    });
                } else {
                    in_row(&mut text.contributions, row, |row| match name {
                        "unit" => row.unit = value,
                        "kind" => row.kind = value,
                        _ => row.text = value,
                    });
                }
            }
        }
    }
    text
}

/// Sets something in a row, with as many before it as it takes.
fn in_row<T: Default>(rows: &mut Vec<T>, row: usize, set: impl FnOnce(&mut T)) {
    while rows.len() <= row {
        rows.push(T::default());
    }
    if let Some(row) = rows.get_mut(row) {
        set(row);
    }
}

fn set(text: &mut MinutesText, name: &str, value: String) {
    match name {
        "purpose" => text.purpose = value,
        "childs_view" => text.childs_view = value,
        "childs_words" => text.childs_words = value,
        "guardians_view" => text.guardians_view = value,
        "agreed" => text.agreed = value,
        "outcome" => text.outcome = value,
        _ => text.follow_up_on = value,
    }
}
