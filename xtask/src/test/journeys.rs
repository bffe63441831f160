//! Journeys through the real program in a browser.

use super::{Outcome, count::Count, rust};
use crate::{browser, place, process, site};
use anyhow::Result;
use std::{fs, process::Command};

/// The journeys' own types.
pub fn types() -> Result<Outcome> {
    process::run(browser::tool("tsc")?, "types").map(|ran| Outcome::of(&ran))
}

/// All journeys; each worker has a server and a municipality of its own.
pub fn walk() -> Result<Outcome> {
    let chromium = browser::chromium()?;
    let site = site::build()?;
    let program = rust::program()?;
    let report = process::logs().join("journeys.json");
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let mut command: Command = browser::tool("playwright")?;
    command.arg("test").env("CHROMIUM", chromium).env("SAMVERKAN", program).env("SAMVERKAN_SITE", site);
    command.env("JOURNEYS_REPORT", place::root().join(&report));
    let ran = process::run(command, "journeys")?;
    let count = fs::read_to_string(report).map_or(Ok(Count::default()), |report| Count::of_playwright(&report))?;
    Ok(Outcome::counted(count, &ran))
}
