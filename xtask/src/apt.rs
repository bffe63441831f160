//! Debian packages, for what cargo cannot bring.

use crate::{place, process, say};
use anyhow::{Result, bail};
use std::{path::Path, process::Command, sync::Mutex};

/// Steps that run beside each other may both be in want of packages.
static ONE: Mutex<()> = Mutex::new(());

/// Installs packages where that is possible: on Debian and its kin, as root. Else stops with what to type.
pub fn install(packages: &[&str], why: &str) -> Result<()> {
    let typed = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if !Path::new("/usr/bin/apt-get").exists() {
        bail!("{why}.\nPlease install it; on Debian that is: {typed}");
    }
    if !is_root() {
        bail!("{why}.\nPlease run: sudo {typed}");
    }
    let _one = ONE.lock();
    say::line(format!("  {why}. Installing Debian's {} (a minute or two)", packages.join(", ")));
    if process::run(install_command(packages), "apt")?.success {
        return Ok(());
    }
    // The lists of a fresh machine are empty or old.
    process::must(apt(&["update"]), "apt-update")?;
    process::must(install_command(packages), "apt").map(drop)
}

fn install_command(packages: &[&str]) -> Command {
    let mut command = apt(&["install", "-y", "--no-install-recommends"]);
    command.args(packages);
    command
}

fn apt(args: &[&str]) -> Command {
    let mut command = Command::new("/usr/bin/apt-get");
    // Another installation may be under way; wait for it instead of failing.
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "DPkg::Lock::Timeout=600"]).args(args);
    command
}

/// Whether this program may change the machine.
pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

/// A program that must be there, from the package that brings it.
pub fn program(name: &str, package: &str) -> Result<std::path::PathBuf> {
    if let Some(path) = place::program(name) {
        return Ok(path);
    }
    install(&[package], &format!("`{name}` is missing"))?;
    match place::program(name) {
        Some(path) => Ok(path),
        None => bail!("{package} was installed but brought no `{name}`"),
    }
}
