//! The program `samverkan`.

use crate::{place, process, say};
use anyhow::Result;
use std::{path::PathBuf, process::Command};

/// How much the compiler is to optimise.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Dev,
    Demo,
    Release,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Demo => "demo",
            Self::Release => "release",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Demo => "demo",
            Self::Release => "release",
        }
    }
}

/// Builds the program and tells where it lies.
pub fn build(profile: Profile) -> Result<PathBuf> {
    let mut command = Command::new(place::cargo());
    command.args(["build", "--package", "server", "--bin", "samverkan", "--profile", profile.name()]);
    let built = process::must(command, &format!("server-{}", profile.name()))?;
    say::line(format!("  program built ({})", say::seconds(built.took)));
    Ok(program(profile))
}

/// Where the program lies.
pub fn program(profile: Profile) -> PathBuf {
    place::target().join(profile.folder()).join("samverkan")
}
