//! Keys of the review desk: J and K to the next and the one before, R to the comment, G to approval.

use leptos::{ev, prelude::*, wasm_bindgen::JsCast};
use web_sys::{HtmlDetailsElement, HtmlElement, Storage};

use crate::text::{Lang, review as words};

/// Where this browser remembers that somebody wants no single keys; nothing stands there otherwise.
const OFF: &str = "samverkan.review-keys.off";

/// Listens for single keys while nothing is being written, tells of them, and can be switched off, as somebody who dictates
/// sends keys without wanting to (WCAG 2.1.4). R and G only lead to the field and the button: nothing is done by one key.
#[island]
pub fn ReviewKeys(
    /// The address of the next in the queue.
    next: Option<String>,
    /// The address of the one before.
    previous: Option<String>,
    /// The language of the page.
    lang: Lang,
) -> impl IntoView {
    let off = RwSignal::new(false);
    Effect::new(move |_| {
        off.set(kept().is_some_and(|kept| kept.get_item(OFF).is_ok_and(|stands| stands.is_some())));
        let (next, previous) = (next.clone(), previous.clone());
        let keys = window_event_listener(ev::keydown, move |key| {
            if off.get_untracked() || key.ctrl_key() || key.alt_key() || key.meta_key() || is_writing(&key) {
                return;
            }
            match key.key().as_str() {
                "j" | "J" => go(next.as_deref()),
                "k" | "K" => go(previous.as_deref()),
                "r" | "R" => {
                    key.prevent_default();
                    open_comment();
                }
                "g" | "G" => focus("[data-approve]"),
                _ => {}
            }
        });
        on_cleanup(move || keys.remove());
    });
    let switch = move |_: ev::MouseEvent| {
        off.update(|off| *off = !*off);
        // A browser that keeps nothing keeps the keys as they are for this page.
        if let Some(kept) = kept() {
            let _ = if off.get_untracked() { kept.set_item(OFF, "1") } else { kept.remove_item(OFF) };
        }
    };
    view! {
        <p class="meta script-only">
            {move || if off.get() { words::keys_off(lang) } else { words::keys(lang) }} " "
            <button class="btn quiet small" type="button" on:click=switch>
                {move || if off.get() { words::switch_keys_on(lang) } else { words::switch_keys_off(lang) }}
            </button>
        </p>
    }
}

fn kept() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn is_writing(key: &ev::KeyboardEvent) -> bool {
    let target = key.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|target| {
        matches!(target.tag_name().as_str(), "TEXTAREA" | "SELECT")
            || (target.tag_name() == "INPUT" && target.get_attribute("type").as_deref() != Some("checkbox"))
    })
}

fn go(address: Option<&str>) {
    if let Some(address) = address {
        let _ = window().location().assign(address);
    }
}

fn open_comment() {
    if let Ok(Some(fold)) = document().query_selector("details[data-return]")
        && let Ok(fold) = fold.dyn_into::<HtmlDetailsElement>()
    {
        fold.set_open(true);
    }
    focus("details[data-return] textarea");
}

fn focus(what: &str) {
    if let Ok(Some(found)) = document().query_selector(what)
        && let Ok(found) = found.dyn_into::<HtmlElement>()
    {
        let _ = found.focus();
    }
}
