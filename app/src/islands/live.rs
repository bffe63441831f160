//! Shows a page again as it is now, without leaving it: the parts that are marked are put in place of those that stand there. When, it
//! is told by the server.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast as _, closure::Closure},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, DomParser, Element, EventSource, Headers, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement,
    MessageEvent, RequestInit, Response, SupportedType, js_sys::Date,
};

/// The header of requests a page makes by itself, whether anybody is there or not: they keep no session alive (SESS-03).
pub const WATCHES: &str = "x-watches";

/// The mark of such a part: `data-live="board"`, with what the page's island reads of it beside.
const PART: &str = "[data-live]";

/// How often it is asked whether there is contact; where it is lost, it is looked for as often.
const ASKED: Duration = Duration::from_secs(2);
/// After so many milliseconds without a word contact is lost: one comes every three seconds.
const SILENCE: f64 = 7_000.0;

/// What a page that stays open hears.
pub(super) enum Heard {
    /// What it comes to now.
    Now(String),
    /// It is not its reader's to see, or no more.
    Gone,
    /// Contact was lost; it is looked for.
    Lost,
}

/// Listens to what changes under the page, from now until it is left. While nobody looks at it, it does not: a browser has few
/// connections to give. That a connection is broken a browser may learn late or never: a line that is silent is opened anew.
pub(super) fn listen(url: String, hear: impl Fn(Heard) + Copy + 'static) {
    let line = Rc::new(Line { source: RefCell::new(None), last: Cell::new(Date::now()), url });
    let open = move || Line::open(&line, hear);
    open();
    let again = open.clone();
    let _ = window_event_listener_untyped("visibilitychange", move |_| again());
    set_interval(open, ASKED);
}

struct Line {
    source: RefCell<Option<EventSource>>,
    /// When something was heard last.
    last: Cell<f64>,
    url: String,
}

impl Line {
    /// Opens the line where it is not, or silent; closes it where nobody looks.
    fn open(line: &Rc<Self>, hear: impl Fn(Heard) + Copy + 'static) {
        let silent = Date::now() - line.last.get() > SILENCE;
        if document().hidden() || silent {
            line.close();
        }
        if document().hidden() || line.source.borrow().is_some() {
            return;
        }
        if silent {
            hear(Heard::Lost);
        }
        // A new one has its time.
        line.last.set(Date::now());
        let Ok(source) = EventSource::new(&line.url) else { return };
        let told = Closure::<dyn Fn(MessageEvent)>::new({
            let line = Rc::clone(line);
            move |message: MessageEvent| {
                line.last.set(Date::now());
                if let Some(now) = message.data().as_string().filter(|now| now != "gone") {
                    hear(Heard::Now(now));
                    return;
                }
                // Closed, and not silent: not opened again.
                line.last.set(f64::INFINITY);
                if let Some(source) = line.source.borrow().as_ref() {
                    source.close();
                }
                hear(Heard::Gone);
            }
        });
        source.set_onmessage(Some(told.as_ref().unchecked_ref()));
        told.forget();
        line.source.replace(Some(source));
    }

    fn close(&self) {
        if let Some(source) = self.source.take() {
            source.close();
        }
    }
}

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// All parts are as they are now.
    Whole,
    /// A part somebody writes in, or has their hands on, stands as it stood.
    InPart,
}

/// The page as it is now. None where it could not be fetched, or leads elsewhere now.
pub(super) async fn fetched() -> Option<Document> {
    let answer = answer(&location().href().ok()?).await?;
    if !answer.ok() || answer.redirected() {
        return None;
    }
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    // What is parsed so runs no script; and it is our own page, with our own headers.
    DomParser::new().ok()?.parse_from_string(&text, SupportedType::TextHtml).ok()
}

/// Shows the parts of a page that was fetched.
pub(super) fn show(page: &Document) -> Option<Shown> {
    let mut shown = Shown::Whole;
    for part in all(document().body()?.as_ref(), PART) {
        let selector = format!("[data-live={}]", part.get_attribute("data-live")?);
        let now = page.query_selector(&selector).ok()?;
        if is_busy(&part) {
            // Whoever writes there, and saved it last, is not asked again and again whether they are done.
            if !is_last(&part, now.as_ref()) {
                shown = Shown::InPart;
            }
            continue;
        }
        match now {
            // Put in its place and not written into it: so come its attributes too.
            Some(now) => part.replace_with_with_node_1(&now).ok()?,
            None => part.remove(),
        }
    }
    Some(shown)
}

async fn answer(url: &str) -> Option<Response> {
    let (headers, asked) = (Headers::new().ok()?, RequestInit::new());
    headers.set(WATCHES, "1").ok()?;
    asked.set_headers(&headers);
    let answer = JsFuture::from(window().fetch_with_str_and_init(url, &asked)).await.ok()?;
    answer.dyn_into().ok()
}

/// Whether somebody has written in it, or has their hands on something there: a field, a button, a carried row. A grip alone is let
/// go: the board takes it again.
fn is_busy(part: &Element) -> bool {
    part.query_selector(":focus:not(.grip button), .carried, details[open]").is_ok_and(|found| found.is_some())
        || all(part, "input:not([type=hidden]), textarea").iter().any(is_written)
}

/// A text on the page that is not saved as it stands.
pub(super) fn unsaved() -> Option<Element> {
    all(document().body()?.as_ref(), "textarea").into_iter().find(is_written)
}

/// Sends a form with text that is not saved, out of sight: the server keeps what it cannot accept as a draft, and a page that was left
/// as the session ended comes back with it.
pub(super) fn hand_over() {
    let form = unsaved().and_then(|text| text.closest("form").ok()?);
    let Some((form, page)) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()).zip(document().body())
    else {
        return;
    };
    form.set_class_name("");
    form.set_hidden(true);
    let _ = page.append_child(&form);
    let _ = form.request_submit();
}

fn is_written(field: &Element) -> bool {
    match field.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value() != input.default_value(),
        None => field
            .dyn_ref::<HtmlTextAreaElement>()
            .is_some_and(|text| text.default_value().is_ok_and(|was| text.value() != was)),
    }
}

/// Whether a part is as it is now but for what is typed in it: the version it names is the last.
fn is_last(part: &Element, now: Option<&Element>) -> bool {
    let version = |part: &Element| part.query_selector("[data-version]").ok()??.get_attribute("value");
    version(part).is_some_and(|shown| now.and_then(version) == Some(shown))
}

/// All elements inside that a selector finds.
pub(super) fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.item(place)?.dyn_into().ok()).collect()
}
