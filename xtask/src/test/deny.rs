//! `cargo deny` over the lock file, as `deny.toml` tells it.

use super::Outcome;
use crate::{place, process, say};
use anyhow::Result;
use std::{path::PathBuf, process::Command};

/// Understands `deny.toml` as it is written.
const VERSION: &str = "0.20.2";

/// Licences, bans and sources always; advisories where their database can be fetched.
pub fn check() -> Result<Outcome> {
    let program = program()?;
    let rules = process::run(command(&program, &["licenses", "bans", "sources"]), "deny")?;
    if !rules.success {
        return Ok(Outcome::of(&rules));
    }
    let advisories = process::run(command(&program, &["advisories"]), "deny-advisories")?;
    if !advisories.success && is_unreachable(&advisories.output()?) {
        say::line("         The database of advisories cannot be fetched from here: advisories were NOT checked.");
        return Ok(Outcome::passed());
    }
    Ok(Outcome::of(&advisories))
}

fn command(program: &PathBuf, checks: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(["--log-level", "error", "check", "--hide-inclusion-graph"]).args(checks);
    command
}

fn is_unreachable(output: &str) -> bool {
    output.contains("failed to fetch advisory database")
}

/// The installed one, or our own, compiled once.
fn program() -> Result<PathBuf> {
    if let Some(installed) = place::program("cargo-deny") {
        return Ok(installed);
    }
    let tools = place::target().join("tools");
    let own = tools.join("bin/cargo-deny");
    if process::ask(Command::new(&own).arg("--version")).is_ok_and(|version| version.trim().ends_with(VERSION)) {
        return Ok(own);
    }
    say::line(format!("         Compiling cargo-deny {VERSION} (once, about two minutes)"));
    let mut install = Command::new(place::cargo());
    install
        .args(["install", "cargo-deny", "--locked", "--version", VERSION, "--debug", "--force", "--root"])
        .arg(&tools);
    // It runs for a second: compiling it is what takes the time.
    install.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_TARGET_DIR", tools.join("build"));
    process::must(install, "cargo-deny")?;
    std::fs::remove_dir_all(tools.join("build"))?;
    Ok(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_advisory_is_told_from_a_database_out_of_reach() {
        assert!(is_unreachable("[ERROR] failed to fetch advisory database https://example.org with cli"));
        assert!(!is_unreachable("error[vulnerability]: something is weak"));
    }
}
