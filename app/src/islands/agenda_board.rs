//! Hands on the agenda: rows are carried by pointer or moved by arrow keys, times follow at once, the order is saved.
//!
//! The table itself is the page's own, with its forms; this only moves its rows. Without script nothing is missing but the grip.

use leptos::{ev, html::Div, prelude::*, wasm_bindgen::JsCast as _};
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::{
    api::agenda::set_order,
    problem::Problem,
    text::{Lang, agendas as text},
};

/// Makes the agenda inside it movable.
#[island]
pub fn AgendaBoard(
    /// The page's language.
    lang: Lang,
    /// The meeting.
    meeting: String,
    /// Which state of the board this is.
    stamp: String,
    /// When the meeting begins, in minutes of the local day.
    starts: u32,
    /// Minutes that pass before each place.
    gaps: Vec<u32>,
    /// The table.
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<Div>::new();
    let said = RwSignal::new(String::new());
    let wrong = RwSignal::new(String::new());
    let stamp = RwSignal::new(stamp);
    // Found by its class and not remembered: an element belongs to one thread, and a page is rendered on several.
    let carried = move || root.get_untracked().and_then(|root| root.query_selector(".carried").ok().flatten());
    let gaps = StoredValue::new(gaps);
    let meeting = StoredValue::new(meeting);

    let flow = move || {
        if let Some(root) = root.get_untracked() {
            gaps.with_value(|gaps| flow(&root, starts, gaps));
        }
    };
    let save = move || {
        let Some(root) = root.get_untracked() else { return };
        let order = order(&root);
        leptos::task::spawn_local(async move {
            match set_order(meeting.get_value(), order, stamp.get_untracked()).await {
                Ok(laid) => {
                    renew_stamp(&root, &laid.stamp);
                    show_waiting(&root, laid.waiting);
                    stamp.set(laid.stamp);
                    wrong.set(String::new());
                }
                Err(Problem::Stale) => wrong.set(text::stale(lang).to_owned()),
                Err(_) => wrong.set(text::not_saved(lang).to_owned()),
            }
        });
    };
    let tell = move |row: &Element| said.set(told(row, lang));

    let key = move |event: ev::KeyboardEvent| {
        let Some(row) = gripped(event.target()) else { return };
        let Some(step) = step_of(&event.key()) else { return };
        event.prevent_default();
        if moved(&row, step) {
            flow();
            tell(&row);
            save();
        } else {
            said.set(text::at_edge(lang, &name_of(&row)));
        }
        focus_grip(&row);
    };
    let down = move |event: ev::PointerEvent| {
        if event.button() == 0
            && let Some(row) = gripped(event.target())
        {
            event.prevent_default();
            focus_grip(&row);
            let _ = row.class_list().add_1("carried");
        }
    };
    let over = move |event: ev::PointerEvent| {
        let Some(row) = carried() else { return };
        let point = (f64::from(event.client_x()), f64::from(event.client_y()));
        if let Some(under) =
            row_at(point).filter(|under| *under != row && under.parent_element() == row.parent_element())
        {
            place_beside(&row, &under, point.1);
            flow();
        }
    };
    let up = move |_: ev::PointerEvent| {
        let Some(row) = carried() else { return };
        let _ = row.class_list().remove_1("carried");
        tell(&row);
        save();
    };
    // A pointer let go outside the board lets go all the same.
    let outside = window_event_listener(ev::pointerup, up);
    on_cleanup(move || outside.remove());

    view! {
        <div node_ref=root on:keydown=key on:pointerdown=down on:pointermove=over>
            {children()}
        </div>
        <p class="visually-hidden" role="status" aria-live="polite">{move || said.get()}</p>
        <p class="toast" role="alert" hidden=move || wrong.read().is_empty()>{move || wrong.get()}</p>
    }
}

/// Where a key moves a row: so many places, or to an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Up,
    Down,
    First,
    Last,
}

fn step_of(key: &str) -> Option<Step> {
    match key {
        "ArrowUp" => Some(Step::Up),
        "ArrowDown" => Some(Step::Down),
        "Home" => Some(Step::First),
        "End" => Some(Step::Last),
        _ => None,
    }
}

/// The row whose grip this is.
fn gripped(target: Option<web_sys::EventTarget>) -> Option<Element> {
    let element: Element = target?.dyn_into().ok()?;
    element.closest(".grip button").ok()??.closest("tr[data-item]").ok()?
}

/// Moves a row; says whether it could.
fn moved(row: &Element, step: Step) -> bool {
    let Some(body) = row.parent_element() else { return false };
    let (before, after) = (row.previous_element_sibling(), row.next_element_sibling());
    let done = match (step, before, after) {
        (Step::Up, Some(before), _) => body.insert_before(row, Some(&before)),
        (Step::Down, _, Some(after)) => body.insert_before(&after, Some(row)),
        (Step::First, Some(_), _) => body.insert_before(row, body.first_element_child().as_deref()),
        (Step::Last, _, Some(_)) => body.insert_before(row, None),
        _ => return false,
    };
    done.is_ok()
}

/// The row under a point of the window.
fn row_at((x, y): (f64, f64)) -> Option<Element> {
    #[expect(clippy::cast_possible_truncation, reason = "a point of a window is small")]
    let element = document().element_from_point(x as f32, y as f32)?;
    element.closest("tr[data-item]").ok()?
}

/// Puts a carried row on the side of another that the pointer has passed the middle towards.
fn place_beside(row: &Element, other: &Element, y: f64) {
    let shape = other.get_bounding_client_rect();
    let Some(body) = other.parent_element() else { return };
    let above = y < shape.top() + shape.height() / 2.0;
    let before = if above { Some(other.clone()) } else { other.next_element_sibling() };
    if before.as_ref() != Some(row) {
        let _ = body.insert_before(row, before.as_deref());
    }
}

fn rows(root: &Element) -> Vec<Element> {
    all(root, "tr[data-item]")
}

fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.item(place)?.dyn_into().ok()).collect()
}

fn order(root: &Element) -> Vec<String> {
    rows(root).iter().filter_map(|row| row.get_attribute("data-item")).collect()
}

/// Writes every row's time anew.
fn flow(root: &Element, starts: u32, gaps: &[u32]) {
    let mut at = starts;
    for (place, row) in rows(root).iter().enumerate() {
        at += gaps.get(place).copied().unwrap_or(0);
        if let Ok(Some(time)) = row.query_selector("time") {
            time.set_text_content(Some(&clock(at)));
        }
        at += row.get_attribute("data-minutes").and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
    }
}

/// "09.10", from minutes of the day: the date library stays on the server.
fn clock(minutes: u32) -> String {
    format!("{:02}.{:02}", minutes / 60 % 24, minutes % 60)
}

/// The forms beside the board must carry the state it is in now.
fn renew_stamp(root: &Element, stamp: &str) {
    let page = document().body().map_or_else(|| root.clone(), Into::into);
    for field in all(&page, "input[name=seen]") {
        if let Ok(field) = field.dyn_into::<HtmlInputElement>() {
            field.set_value(stamp);
        }
    }
}

fn show_waiting(root: &Element, minutes: u64) {
    if let Ok(Some(shown)) = root.query_selector("[data-waiting]") {
        shown.set_text_content(Some(&format!("{minutes} min")));
    }
}

fn name_of(row: &Element) -> String {
    row.get_attribute("data-name").unwrap_or_default()
}

fn told(row: &Element, lang: Lang) -> String {
    let Some(body) = row.parent_element() else { return String::new() };
    let rows = rows(&body);
    let place = rows.iter().position(|one| one == row).map_or(0, |place| place + 1);
    let time = row.query_selector("time").ok().flatten().and_then(|time| time.text_content()).unwrap_or_default();
    text::moved(lang, &name_of(row), place, rows.len(), &time)
}

fn focus_grip(row: &Element) {
    if let Ok(Some(grip)) = row.query_selector(".grip button")
        && let Ok(grip) = grip.dyn_into::<HtmlElement>()
    {
        let _ = grip.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_reads_as_the_pages_own() {
        for minutes in [0, 550, 1439] {
            let time = chrono::NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).expect("a time of day");
            assert_eq!(clock(minutes), crate::text::date::clock(time));
        }
        assert_eq!(clock(1440 + 5), "00.05");
    }
}
