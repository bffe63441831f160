//! `cargo xtask demo`: from nothing to a municipality one can click in.

use crate::{place, say, server, site};
use anyhow::{Result, anyhow};
use clap::Args;
use std::{os::unix::process::CommandExt, process::Command, thread};

/// What the demo may be told.
#[derive(Args)]
pub struct Demo {
    /// Throw away what was done in the demo and start over.
    #[arg(long)]
    fresh: bool,
    /// The port on 127.0.0.1 to serve on.
    #[arg(long, default_value_t = 3000)]
    port: u16,
}

impl Demo {
    /// Builds and becomes the server: signals reach it directly.
    pub fn run(self) -> Result<()> {
        if server::program(server::Profile::Demo).exists() {
            say::line("Checking that everything is built (seconds, or a minute or two after a change)");
        } else {
            say::line("Building Samverkan for the first time: about ten minutes on two cores, seconds from then on.");
            say::line(format!("  What the compilers say goes to {}", crate::process::logs().display()));
        }
        let (site, program) = build()?;
        let mut command = Command::new(program);
        command.arg("demo").arg("--data").arg(place::target().join("demo-data")).arg("--site").arg(site);
        command.args(["--listen", &format!("127.0.0.1:{}", self.port)]);
        if self.fresh {
            command.arg("--fresh");
        }
        Err(anyhow!(command.exec()).context("cannot start the server"))
    }
}

/// Both halves at once: each has stretches where only one core works.
fn build() -> Result<(std::path::PathBuf, std::path::PathBuf)> {
    thread::scope(|scope| {
        let program = scope.spawn(|| server::build(server::Profile::Demo));
        let site = site::build()?;
        let program = program.join().map_err(|_| anyhow!("the build of the server broke off"))??;
        Ok((site, program))
    })
}
