//! What cargo itself checks.

use super::{Outcome, count::Count};
use crate::{
    apt, place,
    postgres::Postgres,
    process,
    toolchain::{DEBIAN_CLIPPY, Toolchain},
};
use anyhow::{Result, ensure};
use std::{path::Path, path::PathBuf, process::Command};

/// Which databases the backend is held against.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Engines {
    Sqlite,
    Both,
}

fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(place::cargo());
    command.args(args);
    command
}

/// Every file is formatted.
pub fn fmt() -> Result<Outcome> {
    process::run(cargo(&["fmt", "--all", "--check", "--", "--color", "never"]), "fmt").map(|ran| Outcome::of(&ran))
}

/// Clippy over the whole workspace with its tests.
pub fn clippy() -> Result<Outcome> {
    let args = ["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"];
    process::run(cargo(&args), "clippy").map(|ran| Outcome::of(&ran))
}

/// Clippy over the browser half, by the compiler that builds it.
pub fn clippy_browser() -> Result<Outcome> {
    let toolchain = Toolchain::find()?;
    if matches!(toolchain, Toolchain::Debian(_)) && !Path::new(DEBIAN_CLIPPY).exists() {
        apt::install(&["rust-web-clippy"], "Clippy for the browser half is missing")?;
    }
    let mut command = toolchain.cargo("clippy");
    command.args(["--", "--deny", "warnings"]);
    process::run(command, "clippy-browser").map(|ran| Outcome::of(&ran))
}

/// All tests but this program's own.
pub fn unit(engines: Engines) -> Result<Outcome> {
    let postgres = if engines == Engines::Both { Some(Postgres::start()?) } else { None };
    let mut command = tests();
    command.arg("--no-fail-fast");
    // They wait for databases half of the time: with as many as there are cores, half of each core idles.
    command.env("RUST_TEST_THREADS", (2 * std::thread::available_parallelism()?.get()).to_string());
    match &postgres {
        Some(postgres) => command.env("TEST_DATABASE_URL", postgres.url()),
        None => command.env_remove("TEST_DATABASE_URL"),
    };
    counted(command, "unit")
}

/// This program's own tests. Under the profile it is built with, as its libraries are heavy.
pub fn xtask() -> Result<Outcome> {
    counted(cargo(&["test", "--package", "xtask", "--profile", "demo"]), "xtask")
}

/// Papers of every kind, as `backend::record` writes them, into a folder.
pub fn papers(folder: &Path) -> Result<()> {
    let mut command = tests();
    command.args([
        "--lib",
        "--",
        "--ignored",
        "--exact",
        "record::tests::samples::papers_are_written_where_they_are_asked_for",
    ]);
    command.env("SAMVERKAN_PAPERS", folder);
    process::must(command, "papers-written").map(drop)
}

/// A year of two forums as `backend::calendar` writes it, into a file.
pub fn year(file: &Path) -> Result<()> {
    let mut command = tests();
    // All test programs, and one test: choosing the program too would build it anew with other features.
    command.args(["--", "--exact"]);
    command.arg("agenda::golden::a_year_of_two_forums_is_104_events_for_an_independent_reader");
    command.env("SAMVERKAN_YEAR", file);
    process::must(command, "year-written")?;
    ensure!(file.exists(), "no test wrote {}", file.display());
    Ok(())
}

fn counted(command: Command, name: &str) -> Result<Outcome> {
    let ran = process::run(command, name)?;
    Ok(Outcome::counted(Count::of_cargo_test(&ran.output()?), &ran))
}

fn tests() -> Command {
    cargo(&["test", "--workspace", "--exclude", "xtask"])
}

/// The program as the tests built it: a second build with other features would cost minutes.
pub fn program() -> Result<PathBuf> {
    let mut command = tests();
    command.arg("--no-run");
    process::must(command, "program")?;
    let program = crate::server::program(crate::server::Profile::Dev);
    ensure!(program.exists(), "cargo test built no {}", program.display());
    Ok(program)
}
