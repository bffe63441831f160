//! `cargo xtask race`: consent taken back against minutes being written, at full size (CONS-04).

use crate::{place, postgres::Postgres, process, say};
use anyhow::Result;
use clap::Args;
use std::process::Command;

/// How much of it.
#[derive(Args)]
pub struct Race {
    /// Minutes to write on each engine, at least, against a hundredth as many withdrawals.
    #[arg(long, default_value_t = 100_000)]
    writes: u32,
}

impl Race {
    /// Runs what `cargo xtask test` runs in small, and prints its table: what got in, and how long withdrawals took.
    pub fn run(&self) -> Result<()> {
        say::line("Racing: some minutes on each engine, after everything is built.");
        let postgres = Postgres::start()?;
        let mut command = Command::new(place::cargo());
        // The packages of the whole test run: with others, everything would be built anew.
        command.args(["test", "--workspace", "--exclude", "xtask", "--test", "backend", "race::"]);
        // One after the other: each has the machine to itself.
        command.args(["--", "--nocapture", "--test-threads", "1"]);
        command.env("RACE", self.writes.to_string()).env("TEST_DATABASE_URL", postgres.url());
        let output = process::must(command, "race")?.output()?;
        for line in output.lines().filter(|line| line.starts_with('|')) {
            println!("{line}");
        }
        Ok(())
    }
}
