//! A server in a process of its own, so that the kernel counts its time apart from the client's.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{bare, client::Answer};

/// The argument that makes this bench the bare server.
pub const BARE: &str = "--serve-bare";

pub struct Program {
    child: Child,
    /// Host and port.
    pub address: String,
    /// The path of the feed it told at its start.
    pub feed: Option<String>,
    /// Its data; removed with it.
    folder: Option<tempfile::TempDir>,
}

impl Program {
    /// A bare handler that gives the same answer to everything.
    pub fn bare(answer: &Answer) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("answer");
        bare::write(&file, answer)?;
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(BARE).arg(file);
        Self::start(command, "http://", Some(folder))
    }

    /// The demo, seeded anew.
    pub fn demo() -> Result<Self> {
        let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site");
        ensure!(site.exists(), "build the browser half first: cargo xtask build");
        let folder = tempfile::tempdir()?;
        let mut command = Command::new(env!("CARGO_BIN_EXE_samverkan"));
        command.args(["demo", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path()).arg("--site").arg(site);
        Self::start(command, "/kalender/", Some(folder))
    }

    /// The demo's database.
    pub fn database(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.path().join("samverkan.db"))
    }

    /// Starts it and reads what it says until a line holds `last`.
    fn start(mut command: Command, last: &str, folder: Option<tempfile::TempDir>) -> Result<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let said = BufReader::new(child.stdout.take().context("no output")?);
        let mut program = Self { child, address: String::new(), feed: None, folder };
        for line in said.lines() {
            let line = line?;
            if let Some((_, url)) = line.split_once("http://") {
                let end = url.find('/').unwrap_or(url.len());
                let (address, path) = url.split_at(end);
                address.trim().clone_into(&mut program.address);
                program.feed = path.starts_with("/kalender/").then(|| path.trim().to_owned());
            }
            if line.contains(last) {
                return Ok(program);
            }
        }
        bail!("{command:?} stopped before it served")
    }

    /// The time the kernel gave its threads so far, its own and on its behalf (`proc/schedstat`): exact for those that rest, as they
    /// do once they answered.
    pub fn cpu(&self) -> Result<Duration> {
        let mut all = Duration::ZERO;
        for thread in fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            // One that ended since it was listed had nothing to do.
            let Ok(stat) = fs::read_to_string(thread?.path().join("schedstat")) else { continue };
            all += Duration::from_nanos(stat.split(' ').next().context("no time")?.parse()?);
        }
        Ok(all)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Nothing can be done about one that is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
