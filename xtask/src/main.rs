//! The commands of this house: `cargo xtask demo | test | build | check | bench | race | mutants`.

mod apt;
mod bench;
mod browser;
mod demo;
mod mutants;
mod place;
mod postgres;
mod process;
mod race;
mod say;
mod server;
mod site;
mod test;
mod tool;
mod toolchain;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Builds, shows and checks Samverkan.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and serve the demo municipality on this machine.
    Demo(demo::Demo),
    /// Build the browser half into target/site and the program beside it.
    Build {
        /// Optimise the program fully; without it, build it quickly for development.
        #[arg(long)]
        release: bool,
    },
    /// Run every test there is, installing what it takes; the last line counts them.
    Test(test::Test),
    /// Formatting, clippy and the tests on SQLite: before each commit.
    Check,
    /// Measure what rules, feeds and pages cost; fails on nothing.
    Bench,
    /// Run consent taken back against minutes written, at full size, on SQLite and PostgreSQL.
    Race(race::Race),
    /// Break the rules in every small way there is and see that a test notices each.
    Mutants(mutants::Mutants),
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::line(format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    std::env::set_current_dir(place::root())?;
    match command {
        Command::Demo(demo) => demo.run(),
        Command::Build { release } => {
            site::build()?;
            server::build(if release { server::Profile::Release } else { server::Profile::Dev }).map(drop)
        }
        Command::Test(test) => test.run(),
        Command::Check => test::check(),
        Command::Bench => bench::run(),
        Command::Race(race) => race.run(),
        Command::Mutants(mutants) => mutants.run(),
    }
}
