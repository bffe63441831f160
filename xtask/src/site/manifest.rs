//! What the server must know of a build.

use serde::Serialize;
use std::collections::BTreeMap;

/// Addresses, from the top of the site, of this build's files: `target/site/manifest.json`.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// The script, an ES module: its default export starts the module, then `hydrate` and one export per island.
    pub js: String,
    /// The module, to be handed to the script's default export as `module_or_path`.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// The fonts that the style sheet names, by the name of their file in `public/fonts/`: for those to be preloaded.
    pub fonts: BTreeMap<String, String>,
}
