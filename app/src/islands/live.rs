//! Shows a page again as it is now, without leaving it: the parts that are marked are put in place of those that stand there.

use leptos::{prelude::*, wasm_bindgen::JsCast as _};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, DomParser, Element, Headers, HtmlInputElement, HtmlTextAreaElement, RequestInit, Response, SupportedType,
};

/// The header of requests a page makes by itself, whether anybody is there or not: they keep no session alive (SESS-03).
pub const WATCHES: &str = "x-watches";

/// The mark of such a part: `data-live="board"`, with what the page's island reads of it beside.
const PART: &str = "[data-live]";

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
    let text = fetch(&location().href().ok()?, &RequestInit::new()).await.ok()?;
    // What is parsed so runs no script; and it is our own page, with our own headers.
    DomParser::new().ok()?.parse_from_string(&text, SupportedType::TextHtml).ok()
}

/// Shows the parts of a page that was fetched.
pub(super) fn show(page: &Document) -> Option<Shown> {
    let mut shown = Shown::Whole;
    for part in all(document().body()?.as_ref(), PART) {
        let selector = format!("[data-live={}]", part.get_attribute("data-live")?);
        if is_busy(&part) {
            shown = Shown::InPart;
            continue;
        }
        match page.query_selector(&selector).ok()? {
            // Put in its place and not written into it: so come its attributes too.
            Some(now) => part.replace_with_with_node_1(&now).ok()?,
            None => part.remove(),
        }
    }
    Some(shown)
}

/// What a question of a page that stays open is answered with, as it came: a client of its own for each would make the browser half
/// heavier. Else the HTTP status; 0 without contact.
pub(super) async fn ask(function: &str, meeting: &str) -> Result<String, u16> {
    let asked = RequestInit::new();
    asked.set_method("POST");
    asked.set_body(&format!("meeting={meeting}").into());
    fetch(function, &asked).await
}

async fn fetch(url: &str, asked: &RequestInit) -> Result<String, u16> {
    let answer = answer(url, asked).await.ok_or(0_u16)?;
    if !answer.ok() || answer.redirected() {
        return Err(answer.status());
    }
    text(&answer).await.ok_or(0)
}

async fn text(answer: &Response) -> Option<String> {
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}

async fn answer(url: &str, asked: &RequestInit) -> Option<Response> {
    let headers = Headers::new().ok()?;
    let said = [(WATCHES, "1"), ("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")];
    for (name, value) in said {
        headers.set(name, value).ok()?;
    }
    asked.set_headers(&headers);
    let answer = JsFuture::from(window().fetch_with_str_and_init(url, asked)).await.ok()?;
    answer.dyn_into().ok()
}

/// Whether somebody has written in it, or has their hands on something there: a field, a button, a carried row. A grip alone is let
/// go: the board takes it again.
fn is_busy(part: &Element) -> bool {
    let written = |field: &Element| match field.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value() != input.default_value(),
        None => field
            .dyn_ref::<HtmlTextAreaElement>()
            .is_some_and(|text| text.default_value().is_ok_and(|was| text.value() != was)),
    };
    part.query_selector(":focus:not(.grip button), .carried, details[open]").is_ok_and(|found| found.is_some())
        || all(part, "input:not([type=hidden]), textarea").iter().any(written)
}

/// All elements inside that a selector finds.
pub(super) fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.item(place)?.dyn_into().ok()).collect()
}
