//! Hands on the agenda: rows are carried by pointer or moved by arrow keys, times follow at once, the order is saved; what somebody
//! else does to it meanwhile is shown.
//!
//! The table itself is the page's own, with its forms; this only moves its rows. Without script nothing is missing but the grip.

use std::time::Duration;

use leptos::{ev, html::Div, prelude::*, wasm_bindgen::JsCast as _};
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::live::{self, Heard, Shown, all};
use crate::{
    api::agenda::set_order,
    path,
    problem::Problem,
    text::{Lang, agendas as text},
};

/// How long it is told what happened.
const TOLD_FOR: Duration = Duration::from_secs(12);

/// What is told beside the board.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Note {
    Nothing,
    /// One's own move was saved; there is a way back.
    Moved,
    NotSaved,
    /// Somebody else was first: the move was not made.
    Stale,
    /// Somebody else changed it.
    Changed,
    /// The same, while something was being written.
    ChangedBeside,
}

impl Note {
    /// Where the page says it: words in two languages would only make the browser half heavier.
    const fn attribute(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Moved => "data-moved",
            Self::NotSaved => "data-not-saved",
            Self::Stale => "data-stale",
            Self::Changed => "data-changed",
            Self::ChangedBeside => "data-changed-beside",
        }
    }
}

/// Makes the agenda inside it movable, and shows it again when somebody else changed it. The part of the page marked
/// `data-live="board"` holds the table and, in attributes, what the table is the state of.
#[island]
pub fn AgendaBoard(
    /// The page's language.
    lang: Lang,
    /// The meeting.
    meeting: String,
    /// The table.
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<Div>::new();
    let said = RwSignal::new(String::new());
    let note = RwSignal::new(Note::Nothing);
    let hands = Hands {
        root,
        meeting: StoredValue::new(meeting),
        note,
        before: StoredValue::new(Vec::new()),
        busy: StoredValue::new(false),
        again: StoredValue::new(false),
        pulse: StoredValue::new(String::new()),
        shown: StoredValue::new(String::new()),
    };
    let tell = move |row: &Element| said.set(told(row, lang));

    let key = move |event: ev::KeyboardEvent| {
        let Some(row) = gripped(event.target()) else { return };
        let Some(step) = step_of(&event.key()) else { return };
        event.prevent_default();
        hands.remember();
        if moved(&row, step) {
            hands.flow();
            tell(&row);
            hands.save();
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
            hands.remember();
            let _ = row.class_list().add_1("carried");
        }
    };
    let over = move |event: ev::PointerEvent| {
        let Some(row) = hands.carried() else { return };
        let point = (f64::from(event.client_x()), f64::from(event.client_y()));
        if let Some(under) =
            row_at(point).filter(|under| *under != row && under.parent_element() == row.parent_element())
        {
            place_beside(&row, &under, point.1);
            hands.flow();
        }
    };
    let up = move |_: ev::PointerEvent| {
        let Some(row) = hands.carried() else { return };
        let _ = row.class_list().remove_1("carried");
        if hands.is_moved() {
            tell(&row);
            hands.save();
        } else {
            hands.show();
        }
    };
    // A pointer let go outside the board lets go all the same.
    let outside = window_event_listener(ev::pointerup, up);
    on_cleanup(move || outside.remove());
    Effect::new(move |_| {
        live::listen(path::agenda_news(hands.meeting.get_value()), move |heard| hands.hear(heard));
    });
    let back = move |_: ev::MouseEvent| hands.put_back();

    view! {
        <div node_ref=root on:keydown=key on:pointerdown=down on:pointermove=over>
            {children()}
        </div>
        <p class="visually-hidden" role="status" aria-live="polite">{move || said.get()}</p>
        <div class="toast" role="status" hidden=move || note.get() == Note::Nothing>
            <span>{move || hands.attribute(note.get().attribute())}</span>
            <button class="btn small" type="button" hidden=move || note.get() != Note::Moved on:click=back>
                {text::undo(lang)}
            </button>
        </div>
    }
}

/// What the hands on a board share.
#[derive(Clone, Copy)]
struct Hands {
    root: NodeRef<Div>,
    meeting: StoredValue<String>,
    note: RwSignal<Note>,
    /// The order before the last move.
    before: StoredValue<Vec<String>>,
    /// Whether a move is being saved.
    busy: StoredValue<bool>,
    /// Whether the rows were moved once more meanwhile.
    again: StoredValue<bool>,
    /// What the board was last said to be; empty until it was.
    pulse: StoredValue<String>,
    /// What was last shown of it.
    shown: StoredValue<String>,
}

impl Hands {
    fn part(self) -> Option<Element> {
        self.root.get_untracked()?.query_selector("[data-live=board]").ok().flatten()
    }

    // Found by its class and not remembered: an element belongs to one thread, and a page is rendered on several.
    fn carried(self) -> Option<Element> {
        self.part()?.query_selector(".carried").ok().flatten()
    }

    fn attribute(self, name: &str) -> String {
        self.part().and_then(|part| part.get_attribute(name)).unwrap_or_default()
    }

    fn remember(self) {
        if let Some(part) = self.part() {
            self.before.set_value(order(&part));
        }
    }

    fn is_moved(self) -> bool {
        self.part().is_some_and(|part| self.before.with_value(|before| *before != order(&part)))
    }

    fn flow(self) {
        if let Some(part) = self.part() {
            flow(&part);
        }
    }

    fn say(self, told: Note) {
        self.note.set(told);
        // What was told since stays.
        let take_back = move || {
            if self.note.get_untracked() == told {
                self.note.set(Note::Nothing);
            }
        };
        set_timeout(take_back, TOLD_FOR);
    }

    /// Saves the order the rows stand in; one after the other, as each is held against the state the one before left.
    fn save(self) {
        let Some(part) = self.part() else { return };
        if self.busy.get_value() {
            self.again.set_value(true);
            return;
        }
        let (order, stamp) = (order(&part), self.attribute("data-stamp"));
        self.busy.set_value(true);
        leptos::task::spawn_local(async move {
            match set_order(self.meeting.get_value(), order, stamp).await {
                Ok(laid) => {
                    renew_stamp(&part, &laid.stamp);
                    show_waiting(&part, laid.waiting);
                    self.say(Note::Moved);
                }
                Err(Problem::Stale) => {
                    self.again.set_value(false); // what was moved on top of it is gone with it
                    if let Some(page) = live::fetched().await {
                        live::show(&page);
                    }
                    self.say(Note::Stale);
                }
                Err(_) => self.note.set(Note::NotSaved),
            }
            self.busy.set_value(false);
            if self.again.get_value() {
                self.again.set_value(false);
                self.save();
            } else {
                self.show();
            }
        });
    }

    /// Puts the rows back as they stood before the last move.
    fn put_back(self) {
        let Some(part) = self.part() else { return };
        let before = self.before.get_value();
        self.remember();
        let rows = rows(&part);
        let Some(body) = rows.first().and_then(|row| row.parent_element()) else { return };
        for item in &before {
            if let Some(row) = rows.iter().find(|row| item_of(row) == *item) {
                let _ = body.append_child(row);
            }
        }
        self.flow();
        self.save();
    }

    /// What somebody does to the board is told.
    fn hear(self, heard: Heard) {
        match heard {
            Heard::Now(now) => {
                self.pulse.set_value(now);
                self.show();
            }
            // Not theirs any more: the page itself says so, and nothing of it stays.
            Heard::Gone => {
                let _ = location().reload();
            }
            Heard::Lost => {}
        }
    }

    /// Shows the board as it was said to be, where it is another; not while somebody has their hands on it.
    fn show(self) {
        let now = self.pulse.get_value();
        let same = self.attribute("data-pulse") == now || self.shown.with_value(|shown| *shown == now);
        if now.is_empty() || same || self.is_occupied() {
            return;
        }
        leptos::task::spawn_local(async move {
            let stamp = self.attribute("data-stamp");
            let Some(page) = live::fetched().await else { return };
            // What was moved meanwhile is newer than the page: once it is saved, it is looked at again.
            if self.is_occupied() || self.attribute("data-stamp") != stamp {
                return;
            }
            // Not before it was fetched: the next row may have been taken meanwhile.
            let held = gripped(document().active_element().map(Into::into)).map(|row| item_of(&row));
            let Some(came) = live::show(&page) else { return };
            // What stands there says itself what it is: the page may be newer than what was heard.
            self.shown.set_value(if came == Shown::InPart { now } else { String::new() });
            if let Some(row) =
                self.part().and_then(|part| rows(&part).into_iter().find(|row| Some(item_of(row)) == held))
            {
                focus_grip(&row);
            }
            match came {
                Shown::InPart => self.say(Note::ChangedBeside),
                Shown::Whole if self.attribute("data-stamp") != stamp => self.say(Note::Changed),
                Shown::Whole => {}
            }
        });
    }

    fn is_occupied(self) -> bool {
        self.busy.get_value() || self.carried().is_some()
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

fn order(root: &Element) -> Vec<String> {
    rows(root).iter().map(item_of).collect()
}

fn item_of(row: &Element) -> String {
    row.get_attribute("data-item").unwrap_or_default()
}

/// Writes every row's time anew, from when the meeting begins and the minutes that pass before each place.
fn flow(part: &Element) {
    let number = |element: &Element, name: &str| element.get_attribute(name).and_then(|text| text.parse::<u32>().ok());
    let gaps = part.get_attribute("data-gaps").unwrap_or_default();
    let mut gaps = gaps.split(' ').map(|gap| gap.parse::<u32>().unwrap_or(0));
    let mut at = number(part, "data-starts").unwrap_or(0);
    for row in &rows(part) {
        at += gaps.next().unwrap_or(0);
        if let Ok(Some(time)) = row.query_selector("time") {
            time.set_text_content(Some(&clock(at)));
        }
        at += number(row, "data-minutes").unwrap_or(0);
    }
}

/// "09.10", from minutes of the day: the date library stays on the server.
fn clock(minutes: u32) -> String {
    format!("{:02}.{:02}", minutes / 60 % 24, minutes % 60)
}

/// The board, and the forms beside it, must carry the state it is in now.
fn renew_stamp(part: &Element, stamp: &str) {
    let _ = part.set_attribute("data-stamp", stamp);
    let page = document().body().map_or_else(|| part.clone(), Into::into);
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
