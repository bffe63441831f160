//! `cargo xtask test`: everything that must hold, and one line at the end.

mod count;
mod deny;
mod floors;
mod journeys;
mod papers;
mod python;
mod readers;
mod rust;

use crate::{process::Ran, say, site};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use count::Count;
use std::{thread, time::Instant};

/// What of it to run.
#[derive(Args)]
pub struct Test {
    /// Only these, in this order of commas: fmt,clippy,unit
    #[arg(long, value_delimiter = ',')]
    only: Vec<Step>,
}

/// What there is to run.
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
    /// Seven calendar readers on the demo's feed, and a client that follows it.
    Readers,
    /// What is handed over, held against PDF/A-2a and PDF/UA-1.
    Papers,
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
            Self::Papers => papers::conform(),
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
    /// The same in a few lines.
    why: String,
}

impl Outcome {
    fn passed() -> Self {
        Self { count: Count { passed: 1, failed: 0 }, shown: String::new(), why: String::new() }
    }

    fn failed(shown: String) -> Self {
        let why = shown.lines().next().unwrap_or_default().to_owned();
        Self { count: Count { passed: 0, failed: 1 }, shown, why }
    }

    /// A step that is one test: it holds or it does not.
    fn of(ran: &Ran) -> Self {
        if ran.success { Self::passed() } else { Self { why: ran.why(), ..Self::failed(ran.tail()) } }
    }

    /// Two that belong to one step.
    fn and(self, other: Self) -> Self {
        Self { count: self.count + other.count, shown: self.shown + &other.shown, why: self.why + &other.why }
    }

    /// A step that counted its tests itself.
    fn counted(count: Count, ran: &Ran) -> Self {
        let count = count.with_exit(ran.success);
        let (shown, why) = if count.failed > 0 { (ran.tail(), ran.why()) } else { Default::default() };
        Self { count, shown, why }
    }
}

impl Test {
    /// Runs the steps and counts.
    pub fn run(&self) -> Result<()> {
        let whole = || [in_turn(&FIRST), beside(&LANES)].into_iter().sum();
        finish(&if self.only.is_empty() { whole() } else { in_turn(&self.only) })
    }
}

/// What keeps every core busy, or is over in seconds, in this order.
const FIRST: [Step; 5] = [Step::Fmt, Step::Floors, Step::Site, Step::Clippy, Step::ClippyBrowser];
/// What waits for databases, pages and a far database of advisories: one lane beside the other.
const LANES: [&[Step]; 3] =
    [&[Step::Unit], &[Step::Types, Step::Journeys, Step::Readers, Step::Papers, Step::Xtask], &[Step::Deny]];

/// `cargo xtask check`: what a developer wants to know before a commit, in seconds.
pub fn check() -> Result<()> {
    let unit = || rust::unit(rust::Engines::Sqlite);
    finish(&[one("fmt", rust::fmt), one("clippy", rust::clippy), one("unit", unit)].into_iter().sum())
}

/// What steps found together: how many tests passed, and why others failed.
#[derive(Default)]
struct Found {
    count: Count,
    whys: Vec<String>,
}

impl std::iter::Sum for Found {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |mut found, next| {
            found.count = found.count + next.count;
            found.whys.extend(next.whys);
            found
        })
    }
}

fn in_turn(steps: &[Step]) -> Found {
    steps.iter().map(|step| one(&step.name(), || step.run())).sum()
}

fn beside(lanes: &[&[Step]]) -> Found {
    thread::scope(|scope| {
        let lanes: Vec<_> = lanes.iter().map(|lane| scope.spawn(|| in_turn(lane))).collect();
        let broken = || Found { count: Count { passed: 0, failed: 1 }, whys: vec!["a lane broke off".to_owned()] };
        lanes.into_iter().map(|lane| lane.join().unwrap_or_else(|_| broken())).sum()
    })
}

/// Runs a step and shows what failed.
fn one(name: &str, step: impl FnOnce() -> Result<Outcome>) -> Found {
    let started = Instant::now();
    say::restart();
    let Outcome { count, shown, why } = step().unwrap_or_else(|error| Outcome::failed(format!("{error:#}")));
    let Count { passed, failed } = count;
    let took = say::seconds(started.elapsed());
    if failed == 0 {
        say::line(format!("  ok     {name:<16} {passed:>5} passed {failed:>3} failed  {took:>12}"));
        return Found { count, whys: Vec::new() };
    }
    say::line(format!("{shown}\n  FAILED {name:<16} {passed:>5} passed {failed:>3} failed  {took:>12}"));
    Found { count, whys: vec![format!("  FAILED {name}\n{why}")] }
}

/// The one line that counts; before it why others failed, as that stands far above.
fn finish(found: &Found) -> Result<()> {
    for why in &found.whys {
        println!("{why}");
    }
    println!("{} passed, {} failed", found.count.passed, found.count.failed);
    if found.count.failed > 0 {
        bail!("what was said in full lies in {}", crate::process::logs().display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_run_takes_every_step_once() {
        let mut taken: Vec<_> = FIRST.iter().chain(LANES.into_iter().flatten()).map(|step| step.name()).collect();
        let mut all: Vec<_> = Step::value_variants().iter().map(|step| step.name()).collect();
        taken.sort();
        all.sort();
        assert_eq!(taken, all);
    }
}
