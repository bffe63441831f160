//! Chromium and Node, for the journeys.

use crate::{apt, place, process, say};
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path, path::PathBuf, process::Command};

const FOLDER: &str = "end2end";
/// What Playwright asks for.
const OLDEST_NODE: u32 = 18;

/// Chromium without the windows, menus and services around a page: the journeys take a quarter less time in it.
const SHELL: &str = "chromium-headless-shell";

/// A Chromium on this machine: the shell, installed where that is possible, else one with windows.
pub fn chromium() -> Result<PathBuf> {
    let windowed = ["chromium", "chromium-browser", "google-chrome"];
    match (apt::program(SHELL, SHELL), windowed.iter().find_map(|name| place::program(name))) {
        (Ok(found), _) | (Err(_), Some(found)) => Ok(found),
        // A Debian older than the package has the whole program alone.
        (Err(_), None) => apt::program("chromium", "chromium"),
    }
}

/// The journeys' folder with its packages installed.
pub fn packages() -> Result<&'static Path> {
    let folder = Path::new(FOLDER);
    let npm = npm()?;
    let lock = fs::read_to_string(folder.join("package-lock.json")).context("end2end has no package-lock.json")?;
    let stamp = folder.join("node_modules/.installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(folder);
    }
    say::line("         Installing the journeys' Node packages (once, seconds)");
    let mut command = Command::new(npm);
    command.current_dir(folder).args(["ci", "--no-audit", "--no-fund"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    process::must(command, "npm")?;
    fs::write(stamp, lock)?;
    Ok(folder)
}

/// A program of one of the packages.
pub fn tool(name: &str) -> Result<Command> {
    let folder = packages()?;
    let mut command = Command::new(Path::new("node_modules/.bin").join(name));
    command.current_dir(folder);
    Ok(command)
}

fn npm() -> Result<PathBuf> {
    let node = apt::program("node", "nodejs")?;
    let version = process::ask(Command::new(node).arg("--version"))?;
    let major = major(&version).with_context(|| format!("node says its version is {version}"))?;
    ensure!(major >= OLDEST_NODE, "the journeys need Node {OLDEST_NODE} or newer; this is {}", version.trim());
    apt::program("npm", "npm")
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_version_is_understood() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("bash: node: not found"), None);
    }
}
