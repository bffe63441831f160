//! What is handed over, held against PDF/A-2a and PDF/UA-1 by readers that are not ours: `end2end/papers/`.

use super::{Outcome, python, rust};
use crate::{place, process};
use anyhow::Result;
use std::{path::Path, process::Command};

const SOURCES: &str = "end2end/papers";

/// Has papers of every kind written, and judged.
pub fn conform() -> Result<Outcome> {
    let python = python::interpreter(&place::target().join("papers"), SOURCES)?;
    let papers = tempfile::tempdir()?;
    rust::papers(papers.path())?;
    let mut check = Command::new(python);
    check.arg(Path::new(SOURCES).join("check.py")).arg(papers.path());
    process::run(check, "papers").map(|ran| Outcome::of(&ran))
}
