//! Starts the islands in the browser, nothing else. Empty on any other machine.
#![cfg(target_arch = "wasm32")]

// The islands live there; without a mention the linker would leave them out.
use app as _;

/// Called by the page's script once the module is loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
