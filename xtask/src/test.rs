//! `cargo xtask test`: everything that must hold, and one line at the end.

mod count;
mod deny;
mod floors;
mod journeys;
mod readers;
mod rust;

use crate::{process::Ran, say, site};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use count::Count;
use std::time::Instant;

/// What of it to run.
#[derive(Args)]
pub struct Test {
    /// Only these, in this order of commas: fmt,clippy,unit
    #[arg(long, value_delimiter = ',')]
    only: Vec<Step>,
}

/// Each in the order of a whole run: what is quick to fail comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// Every Rust file is formatted.
    Fmt,
    /// Versions that may not go below what mended a weakness; the number of crates.
    Floors,
    /// Licences, banned crates, sources; advisories where they can be fetched.
    Deny,
    /// The browser half builds and keeps to its budget.
    Site,
    /// Clippy over everything that runs on this machine.
    Clippy,
    /// Clippy over what runs in the browser.
    ClippyBrowser,
    /// Rules, vectors, and the backend on SQLite and PostgreSQL.
    Unit,
    /// This program's own tests, and those of the looks.
    Xtask,
    /// The journeys' own types.
    Types,
    /// Journeys through the real program in a browser, with and without script.
    Journeys,
    /// Seven calendar readers on the demo's feed.
    Readers,
}

impl Step {
    fn run(self) -> Result<Outcome> {
        match self {
            Self::Fmt => rust::fmt(),
            Self::Floors => floors::check(),
            Self::Deny => deny::check(),
            Self::Site => site::build().map(|_| Outcome::passed()),
            Self::Clippy => rust::clippy(),
            Self::ClippyBrowser => rust::clippy_browser(),
            Self::Unit => rust::unit(rust::Engines::Both),
            Self::Xtask => rust::xtask(),
            Self::Types => journeys::types(),
            Self::Journeys => journeys::walk(),
            Self::Readers => readers::agree(),
        }
    }

    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// What a step found.
pub struct Outcome {
    count: Count,
    /// What to show of it when something failed.
    shown: String,
}

impl Outcome {
    fn passed() -> Self {
        Self { count: Count { passed: 1, failed: 0 }, shown: String::new() }
    }

    fn failed(shown: String) -> Self {
        Self { count: Count { passed: 0, failed: 1 }, shown }
    }

    /// A step that is one test: it holds or it does not.
    fn of(ran: &Ran) -> Self {
        if ran.success { Self::passed() } else { Self::failed(ran.tail()) }
    }

    /// A step that counted its tests itself.
    fn counted(count: Count, ran: &Ran) -> Self {
        let count = count.with_exit(ran.success);
        Self { count, shown: if count.failed > 0 { ran.tail() } else { String::new() } }
    }
}

impl Test {
    /// Runs the steps and counts.
    pub fn run(&self) -> Result<()> {
        let all = if self.only.is_empty() { Step::value_variants() } else { &self.only };
        report(all.iter().map(|step| (step.name(), || step.run())))
    }
}

/// `cargo xtask check`: what a developer wants to know before a commit, in seconds.
pub fn check() -> Result<()> {
    let unit: fn() -> Result<Outcome> = || rust::unit(rust::Engines::Sqlite);
    report([("fmt".into(), rust::fmt as fn() -> _), ("clippy".into(), rust::clippy), ("unit".into(), unit)])
}

/// Runs each step, shows what failed, and ends with the one line that counts.
fn report<F: FnOnce() -> Result<Outcome>>(steps: impl IntoIterator<Item = (String, F)>) -> Result<()> {
    let mut total = Count::default();
    for (name, step) in steps {
        let started = Instant::now();
        say::restart();
        let outcome = step().unwrap_or_else(|error| Outcome::failed(format!("{error:#}")));
        let Count { passed, failed } = outcome.count;
        let verdict = if failed == 0 { "ok    " } else { "FAILED" };
        if failed > 0 {
            say::line(outcome.shown);
        }
        let took = say::seconds(started.elapsed());
        say::line(format!("  {verdict} {name:<16} {passed:>5} passed {failed:>3} failed  {took:>12}"));
        total = total + outcome.count;
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed > 0 {
        bail!("what was said in full lies in {}", crate::process::logs().display());
    }
    Ok(())
}
