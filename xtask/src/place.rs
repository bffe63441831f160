//! Where things are. The one place here that reads the environment.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

/// The repository's top folder. [`crate::main`] goes there first, so every other path may be relative to it.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    variable("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The cargo that started this program, else the one on the path.
pub fn cargo() -> OsString {
    variable("CARGO").unwrap_or_else(|| "cargo".into())
}

/// A variable of the environment.
pub fn variable(name: &str) -> Option<OsString> {
    env::var_os(name)
}

/// A program on the path.
pub fn program(name: &str) -> Option<PathBuf> {
    env::split_paths(&variable("PATH")?).map(|dir| dir.join(name)).find(|path| path.is_file())
}
