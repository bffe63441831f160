//! Saves a form while it is written in, and never lets go of text that is not saved: minutes, and notes of common items.

use std::time::Duration;

use leptos::{
    ev, html,
    prelude::*,
    serde_json,
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Element, Event, FormData, HtmlDocument, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement,
    RequestInit, Response, SubmitEvent, UrlSearchParams,
};

use super::live::all;
use crate::{
    problem::Problem,
    text::{Lang, minutes as text},
    wire::Autosaved,
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
    to: StoredValue<String>,
    stage: RwSignal<Stage>,
    /// Counts changes: a save that comes back knows whether more was typed meanwhile.
    change: StoredValue<u32>,
    saving: StoredValue<bool>,
    /// The value of the button that was pressed while a save was on its way: the form goes as that is answered, or it would come later
    /// than itself.
    pressed: StoredValue<Option<String>>,
    /// The words for other persons in what is saved.
    mentions: RwSignal<String>,
    /// No further save can go well.
    over: StoredValue<bool>,
    /// The name of the text that was written in last: a phrase goes there.
    last: StoredValue<String>,
}

/// Saves the form in it a moment after the last key and when the page is left. The form names in `seen` which version was read.
#[island]
pub fn Autosave(
    /// The address of the server function that saves it, and answers with [`Autosaved`].
    to: String,
    /// The words for other persons in what is saved: warned of, with the reason (M9).
    mentions: String,
    /// What is told when nothing more can be written.
    gone: String,
    /// The page's language.
    lang: Lang,
    /// The form.
    children: Children,
) -> impl IntoView {
    let editor = Editor {
        root: NodeRef::new(),
        to: StoredValue::new(to),
        stage: RwSignal::new(Stage::Untouched),
        change: StoredValue::new(0),
        saving: StoredValue::new(false),
        pressed: StoredValue::new(None),
        mentions: RwSignal::new(mentions),
        over: StoredValue::new(false),
        last: StoredValue::default(),
    };
    Effect::new(move |_| {
        let _ = window_event_listener_untyped("pagehide", move |_| editor.leave());
        let _ = window_event_listener_untyped("beforeunload", move |leaving| editor.ask(&leaving));
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
            on:submit=move |submit| editor.press(&submit)
        >
            <p class=class role="status">{move || told(&editor.stage.get(), &gone, lang)}</p>
            <p class="note" role="status" hidden=move || editor.mentions.get().is_empty()>
                <span aria-hidden="true">"▲"</span>
                <span>{move || text::mentions(lang, editor.mentions.get())}</span>
            </p>
            {children()}
        </div>
    }
}

/// What the writer is told.
fn told(stage: &Stage, gone: &str, lang: Lang) -> String {
    match stage {
        // Holds its line, so that nothing moves with the first key.
        Stage::Untouched => "\u{a0}".to_owned(),
        Stage::Unsaved => text::unsaved(lang).to_owned(),
        Stage::Saved(at) => text::saved_at(lang, at.clone()),
        Stage::Failed(Problem::Stale) => text::not_saved_stale(lang).to_owned(),
        Stage::Failed(Problem::SignedOut | Problem::NoAssignment) => text::not_saved_signed_out(lang).to_owned(),
        Stage::Flawed(flaw) => text::not_saved_flaw(lang, flaw.clone()),
        Stage::Failed(Problem::Offline | Problem::Busy | Problem::Fault) => text::not_saved_offline(lang).to_owned(),
        Stage::Failed(_) => gone.to_owned(),
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
            let answer = send(self.to.get_value(), &form).await;
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
                    } else {
                        settle(&form);
                    }
                }
                Err(problem) => self.failed(problem),
            }
            if let Some(value) = self.pressed.try_update_value(Option::take).flatten() {
                let button = all(&form, "button").into_iter().find(|button| value_of(button) == value);
                let _ = form.request_submit_with_submitter(button.map(JsCast::unchecked_into).as_ref());
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

    /// Lets the form go, at once or as soon as what is on its way is answered; pressed again, it waits no longer.
    fn press(self, submit: &SubmitEvent) {
        if self.saving.get_value() && self.pressed.with_value(Option::is_none) {
            submit.prevent_default();
            self.pressed.set_value(Some(submit.submitter().map(|button| value_of(&button)).unwrap_or_default()));
            return;
        }
        self.over.set_value(true);
        self.stage.set(Stage::Unsaved);
    }

    /// Asks before the page goes away with what cannot be saved.
    fn ask(self, leaving: &Event) {
        let stands = self.root.get_untracked().is_some_and(|root| root.is_connected());
        if stands && matches!(self.stage.try_get_untracked(), Some(Stage::Flawed(_) | Stage::Failed(_))) {
            leaving.prevent_default();
        }
    }

    /// Hands over what is not saved as the page goes away.
    fn leave(self) {
        let unsaved = !matches!(self.stage.try_get_untracked(), None | Some(Stage::Untouched | Stage::Saved(_)));
        if !unsaved || self.over.get_value() {
            return;
        }
        if let Some(params) = self.form().and_then(|form| fields(&form)) {
            params.append("on_its_way", &self.saving.get_value().to_string());
            let _ = window().navigator().send_beacon_with_opt_url_search_params(&self.to.get_value(), Some(&params));
        }
    }

    fn form(self) -> Option<HtmlFormElement> {
        let root = self.root.get_untracked()?;
        root.query_selector("form").ok().flatten()?.dyn_into().ok()
    }
}

fn value_of(button: &Element) -> String {
    button.get_attribute("value").unwrap_or_default()
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

/// Notes which version stands in the form now.
fn set_seen(form: &HtmlFormElement, revision: i64) {
    if let Ok(Some(field)) = form.query_selector("input[name=seen]") {
        field.unchecked_into::<HtmlInputElement>().set_value(&revision.to_string());
    }
}

/// Notes that what stands in the texts is saved: nobody writes in them any more.
fn settle(form: &HtmlFormElement) {
    for text in all(form, "textarea") {
        let text: HtmlTextAreaElement = text.unchecked_into();
        let _ = text.set_default_value(&text.value());
    }
}

/// Everything typed in a form, as it would be posted.
pub(super) fn fields(form: &HtmlFormElement) -> Option<UrlSearchParams> {
    let data = FormData::new_with_form(form).ok()?;
    data.delete("_token");
    UrlSearchParams::new_with_str_sequence_sequence(&data).ok()
}

/// Sends it as typed. Not by the function of the same name: the form's own fields need no code to be taken apart and put together.
async fn send(to: String, form: &HtmlFormElement) -> Result<Autosaved, Problem> {
    let lost = |_: JsValue| Problem::Offline;
    let post = RequestInit::new();
    post.set_method("POST");
    let typed = fields(form).ok_or(Problem::Fault)?;
    post.set_body(&typed);
    let answer = JsFuture::from(window().fetch_with_str_and_init(&to, &post)).await.map_err(lost)?;
    let answer: Response = answer.unchecked_into();
    let text = JsFuture::from(answer.text().map_err(lost)?).await.map_err(lost)?.as_string().unwrap_or_default();
    if answer.ok() { serde_json::from_str(&text).map_err(|_| Problem::Fault) } else { Err(Problem::de(text.into())) }
}
