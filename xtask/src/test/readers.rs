//! Seven calendar readers on the feed of a demo municipality and on a year of two forums, and a client that subscribes: `end2end/readers/`.

use super::{Outcome, python, rust};
use crate::{apt, browser, place, process, site};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

const SOURCES: &str = "end2end/readers";
const PACKAGES: [&str; 5] = ["libical-dev", "libkf5calendarcore-dev", "gcc", "g++", "pkg-config"];
/// All that a demo municipality's two terms can hold.
const WINDOW: [&str; 2] = ["2020-01-01", "2040-01-01"];

/// Starts the demo, takes the feed that it offers, asks the readers; then has a client follow a meeting that moves.
pub fn agree() -> Result<Outcome> {
    let tools = tools()?;
    browser::packages()?;
    let demo = Demo::start()?;
    let interpreter = python::interpreter(&tools.join("python"), SOURCES)?;
    let python = |script: &str, source: &Path| {
        let mut command = Command::new(&interpreter);
        command.arg(Path::new(SOURCES).join(script)).arg(&tools).arg(source);
        command
    };
    let read = |source: &Path, name| {
        let mut ask = python("readers.py", source);
        ask.args(WINDOW);
        process::run(ask, name).map(|ran| Outcome::of(&ran))
    };
    let feed = Path::new(&demo.feed);
    let agree = read(feed, "readers")?;
    // A demo's calendar depends on the day; this holds both changes of the clock, and meetings that were moved and cancelled.
    let folder = tempfile::tempdir()?;
    let year = folder.path().join("year.ics");
    rust::year(&year)?;
    let of_a_year = read(&year, "readers-year")?;
    // It changes the demo: after the others have read it.
    let follow = process::run(python("follow.py", feed), "readers-follow").map(|ran| Outcome::of(&ran))?;
    Ok(agree.and(of_a_year).and(follow))
}

/// A demo server that has told where its feed is; stopped when dropped.
struct Demo {
    child: Child,
    feed: String,
    _data: tempfile::TempDir,
}

impl Demo {
    fn start() -> Result<Self> {
        let site = site::build()?;
        let data = tempfile::tempdir()?;
        let mut command = Command::new(rust::program()?);
        command.arg("demo").arg("--data").arg(data.path()).arg("--site").arg(site).args(["--listen", "127.0.0.1:0"]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let said = child.stdout.take().context("the demo has no output")?;
        let mut demo = Self { child, feed: String::new(), _data: data };
        // The server goes on talking; what it says later is of no interest.
        match BufReader::new(said).lines().map_while(Result::ok).find_map(|line| feed(&line)) {
            Some(feed) => demo.feed = feed,
            None => bail!("the demo stopped without naming a feed"),
        }
        Ok(demo)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address of a feed in a line of the demo's output.
fn feed(line: &str) -> Option<String> {
    let address = line.split_whitespace().find(|word| word.starts_with("http://") && word.contains(".ics"))?;
    Some(address.to_owned())
}

/// The folder with the readers; filled once, and again when their sources change.
fn tools() -> Result<PathBuf> {
    let tools = place::target().join("readers");
    let wanted = fingerprint()?;
    if fs::read_to_string(tools.join("stamp")).is_ok_and(|made| made == wanted) {
        return Ok(tools);
    }
    fs::create_dir_all(&tools)?;
    if !is_installed("libical") || !Path::new("/usr/include/KF5/KCalendarCore").exists() {
        apt::install(&PACKAGES, "Two of the calendar readers need their libraries")?;
    }
    compile(&tools, "gcc", "expand_libical.c", "libical")?;
    compile(&tools, "g++", "expand_kcal.cpp", "Qt5Gui")?;
    fs::write(tools.join("stamp"), wanted)?;
    Ok(tools)
}

fn fingerprint() -> Result<String> {
    let mut hash = Sha256::new();
    for name in ["expand_libical.c", "expand_kcal.cpp"] {
        hash.update(fs::read(Path::new(SOURCES).join(name))?);
    }
    Ok(data_encoding::HEXLOWER.encode(&hash.finalize()))
}

fn is_installed(library: &str) -> bool {
    process::ask(Command::new("pkg-config").args(["--exists", library])).is_ok()
}

fn compile(tools: &Path, compiler: &str, source: &str, library: &str) -> Result<()> {
    let flags = process::ask(Command::new("pkg-config").args(["--cflags", "--libs", library]))?;
    let name = Path::new(source).file_stem().unwrap_or_default();
    let mut command = Command::new(compiler);
    command.args(["-O2", "-fPIC", "-o"]).arg(tools.join(name)).arg(Path::new(SOURCES).join(source));
    if compiler == "g++" {
        // KDE's library brings no description for pkg-config.
        command.args(["-I/usr/include/KF5/KCalendarCore", "-I/usr/include/KF5", "-lKF5CalendarCore"]);
    }
    command.args(flags.split_whitespace());
    process::must(command, "readers-compile").map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feed_is_found_in_what_the_demo_says() {
        assert_eq!(
            feed("  Kalender: http://127.0.0.1:3000/kalender/abc.ics").as_deref(),
            Some("http://127.0.0.1:3000/kalender/abc.ics")
        );
        assert_eq!(feed("  Samverkan, demo: http://127.0.0.1:3000"), None);
    }
}
