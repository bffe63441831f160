//! Versions below which a known weakness lies, and how much the program is made of.

use super::Outcome;
use crate::{place, process};
use anyhow::{Context, Result, anyhow};
use semver::Version;
use serde::Deserialize;
use std::{fs, path::PathBuf, process::Command};

/// The lowest version of each that is free of what has been found in it.
const FLOORS: [(&str, &str); 7] = [
    ("age", "0.11.1"),
    ("ammonia", "4.1.4"),
    ("leptos", "0.8.19"),
    ("rustls", "0.23.45"),
    ("rustls-webpki", "0.103.13"),
    ("sqlx", "0.8.1"),
    ("time", "0.3.47"),
];
/// Of the SQLite that is compiled in.
const SQLITE: &str = "3.51.3";
/// More than this nobody can keep an eye on.
const MOST_CRATES: usize = 600;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

/// A package of the lock file.
#[derive(Deserialize)]
struct Package {
    name: String,
    version: Version,
    manifest_path: PathBuf,
}

/// Holds the lock file to the floors; it must also be complete.
pub fn check() -> Result<Outcome> {
    let mut command = Command::new(place::cargo());
    command.args(["metadata", "--locked", "--format-version", "1"]);
    let metadata: Metadata = serde_json::from_str(&process::ask(&mut command)?)?;
    let mut faults = below_floors(&metadata.packages)?;
    faults.extend(sqlite_fault(&metadata.packages)?);
    let number = metadata.packages.len();
    if number > MOST_CRATES {
        faults.push(format!("the lock file holds {number} crates; {MOST_CRATES} are the most"));
    }
    Ok(if faults.is_empty() { Outcome::passed() } else { Outcome::failed(faults.join("\n")) })
}

fn below_floors(packages: &[Package]) -> Result<Vec<String>> {
    let mut faults = vec![];
    for (name, floor) in FLOORS {
        let floor = Version::parse(floor)?;
        for package in packages.iter().filter(|package| package.name == name && package.version < floor) {
            faults.push(format!("{name} {} has a known weakness; {floor} is the lowest without", package.version));
        }
    }
    Ok(faults)
}

/// The bundled library's version stands in its header only.
fn sqlite_fault(packages: &[Package]) -> Result<Option<String>> {
    let Some(package) = packages.iter().find(|package| package.name == "libsqlite3-sys") else { return Ok(None) };
    let header = package.manifest_path.with_file_name("sqlite3").join("sqlite3.h");
    let header = fs::read_to_string(&header).with_context(|| format!("cannot read {}", header.display()))?;
    let version = sqlite_version(&header).ok_or_else(|| anyhow!("SQLite's header names no version"))?;
    let fault = format!("the bundled SQLite {version} has a known weakness; {SQLITE} is the lowest without");
    Ok((version < Version::parse(SQLITE)?).then_some(fault))
}

/// `#define SQLITE_VERSION        "3.51.3"`
fn sqlite_version(header: &str) -> Option<Version> {
    let line = header.lines().find(|line| line.starts_with("#define SQLITE_VERSION "))?;
    Version::parse(line.split('"').nth(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, version: &str) -> Package {
        Package { name: name.into(), version: Version::parse(version).unwrap(), manifest_path: PathBuf::new() }
    }

    #[test]
    fn a_version_below_its_floor_is_named() {
        let faults = below_floors(&[package("rustls", "0.23.44"), package("time", "0.3.47")]).unwrap();
        assert_eq!(faults.len(), 1);
        assert!(faults[0].starts_with("rustls 0.23.44"), "{faults:?}");
    }

    #[test]
    fn an_old_version_is_found_beside_a_new_one() {
        let faults =
            below_floors(&[package("rustls-webpki", "0.103.13"), package("rustls-webpki", "0.101.7")]).unwrap();
        assert_eq!(faults.len(), 1);
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(below_floors(&[package("leptos", "0.8.100")]).unwrap().is_empty());
    }

    #[test]
    fn the_bundled_sqlite_is_read_from_its_header() {
        let header = "#define SQLITE_VERSION_NUMBER 3051003\n#define SQLITE_VERSION        \"3.51.3\"\n";
        assert_eq!(sqlite_version(header), Some(Version::new(3, 51, 3)));
    }
}
