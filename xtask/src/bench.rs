//! `cargo xtask bench`: what things cost, for people to compare. Never part of a test: times differ between machines.

use crate::{place, process, say, site};
use anyhow::Result;
use std::process::Command;

/// Builds everything optimised, measures, and prints one table for the rules and one for the pages.
pub fn run() -> Result<()> {
    say::line("Measuring: the first time builds everything optimised, about ten minutes on two cores.");
    site::build()?;
    for (package, bench) in [("domain", "rules"), ("backend", "feed")] {
        let mut command = cargo(package, bench);
        command.args(["--", "--output-format", "bencher"]);
        let output = process::must(command, &format!("bench-{bench}"))?.output()?;
        for line in output.lines().filter(|line| line.starts_with("test ")) {
            println!("{line}");
        }
    }
    let output = process::must(cargo("server", "pages"), "bench-pages")?.output()?;
    println!();
    for line in output.lines().filter(|line| line.starts_with('|')) {
        println!("{line}");
    }
    Ok(())
}

fn cargo(package: &str, bench: &str) -> Command {
    let mut command = Command::new(place::cargo());
    command.args(["bench", "--package", package, "--bench", bench]);
    command
}
