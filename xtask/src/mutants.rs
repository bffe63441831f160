//! `cargo xtask mutants`: whether the tests notice when a rule is broken. `docs/mutants.md` tells what was found.

use crate::{place, say, tool};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::process::Command;

/// Understands `.cargo/mutants.toml` as it is written.
const VERSION: &str = "27.0.0";

/// Where to look.
#[derive(Args)]
pub struct Mutants {
    /// Only files that match, such as `domain/src/consent/*.rs`.
    #[arg(long)]
    file: Vec<String>,
    /// How many to try at once; each has a copy of the tree.
    #[arg(long, default_value_t = 1)]
    jobs: u32,
}

impl Mutants {
    /// Changes `domain` in every small way `.cargo/mutants.toml` leaves, one at a time, in a copy of the tree. Fails on one that no
    /// test of `domain` notices.
    pub fn run(&self) -> Result<()> {
        let program = tool::cargo("cargo-mutants", VERSION)?;
        say::line("Breaking the rules one by one: hours for all of them, minutes for a file.");
        let mut command = Command::new(program);
        command
            .args(["mutants", "--package", "domain", "--jobs", &self.jobs.to_string(), "--output"])
            .arg(place::target());
        // That a test fails is enough; which is the smallest case nobody asks.
        command.env("PROPTEST_MAX_SHRINK_ITERS", "0");
        // Unoptimised, the making of whole cases at random is deep.
        command.env("RUST_MIN_STACK", (32 << 20).to_string());
        for file in &self.file {
            command.args(["--file", file]);
        }
        let ended = command.status().context("cannot start cargo-mutants")?;
        if !ended.success() {
            bail!("not every change was noticed; {} tells which", place::target().join("mutants.out").display());
        }
        Ok(())
    }
}
