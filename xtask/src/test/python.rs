//! Python with the libraries of a folder's `requirements.txt`.

use crate::{apt, place, process};
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The interpreter with what `sources` asks for, in `folder`; filled once, and again when what is asked for changes.
pub fn interpreter(folder: &Path, sources: &str) -> Result<PathBuf> {
    let requirements = Path::new(sources).join("requirements.txt");
    let python = folder.join("bin/python");
    // An environment knows its own place: moved, it is no longer one.
    let asked = data_encoding::HEXLOWER.encode(&Sha256::digest(fs::read(&requirements)?));
    let wanted = format!("{asked} {}", place::root().display());
    let stamp = folder.join("stamp");
    if fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
        return Ok(python);
    }
    if process::ask(Command::new("python3").args(["-c", "import ensurepip"])).is_err() {
        apt::install(&["python3-venv"], "Python comes without environments")?;
    }
    let mut make = Command::new("python3");
    make.args(["-m", "venv", "--clear"]).arg(folder);
    process::must(make, "python")?;
    let mut install = Command::new(folder.join("bin/pip"));
    install.args(["install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(requirements);
    process::must(install, "python-pip")?;
    fs::write(stamp, wanted)?;
    Ok(python)
}
