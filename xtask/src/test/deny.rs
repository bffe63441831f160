//! `cargo deny` over the lock file, as `deny.toml` tells it.

use super::Outcome;
use crate::{process, say, tool};
use anyhow::Result;
use std::{path::PathBuf, process::Command};

/// Understands `deny.toml` as it is written.
const VERSION: &str = "0.20.2";

/// Licences, bans and sources always; advisories where their database can be fetched.
pub fn check() -> Result<Outcome> {
    let program = tool::cargo("cargo-deny", VERSION)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_advisory_is_told_from_a_database_out_of_reach() {
        assert!(is_unreachable("[ERROR] failed to fetch advisory database https://example.org with cli"));
        assert!(!is_unreachable("error[vulnerability]: something is weak"));
    }
}
