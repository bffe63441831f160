//! Cargo's helpers of others: the installed one, or our own in `target/tools`, compiled once.

use crate::{place, process, say};
use anyhow::Result;
use std::{fs, path::PathBuf, process::Command};

/// The program `cargo-…` of a version, wherever it lies.
pub fn cargo(name: &str, version: &str) -> Result<PathBuf> {
    if let Some(installed) = place::program(name) {
        return Ok(installed);
    }
    let tools = place::target().join("tools");
    let own = tools.join("bin").join(name);
    // Where it stands as cargo's own command, it also wants to be told so: `cargo-mutants mutants --version`.
    let as_command = name.strip_prefix("cargo-").unwrap_or(name);
    if process::ask(Command::new(&own).args([as_command, "--version"])).is_ok_and(|said| said.trim().ends_with(version))
    {
        return Ok(own);
    }
    say::line(format!("         Compiling {name} {version} (once, about two minutes)"));
    let mut install = Command::new(place::cargo());
    install.args(["install", name, "--locked", "--version", version, "--debug", "--force", "--root"]).arg(&tools);
    // It mostly waits: compiling it is what takes the time.
    let build = tools.join(format!("build-{name}"));
    install.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_TARGET_DIR", &build);
    process::must(install, name)?;
    fs::remove_dir_all(build)?;
    Ok(own)
}
