//! Programs that are run for us: their output goes to a log, the screen shows that they live.

use crate::{place, say};
use anyhow::{Context, Result, bail};
use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write, pipe},
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// How much of a failed program's output is shown.
const SHOWN: usize = 120;

/// A program that has come to its end.
pub struct Ran {
    pub success: bool,
    pub log: PathBuf,
    pub took: Duration,
}

impl Ran {
    /// Everything the program wrote.
    pub fn output(&self) -> Result<String> {
        let bytes = fs::read(&self.log).with_context(|| format!("cannot read {}", self.log.display()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The end of what the program wrote.
    pub fn tail(&self) -> String {
        let output = self.output().unwrap_or_default();
        let lines: Vec<_> = output.lines().collect();
        lines.get(lines.len().saturating_sub(SHOWN)..).unwrap_or_default().join("\n")
    }
}

/// The folder of the logs.
pub fn logs() -> PathBuf {
    place::target().join("xtask")
}

/// Runs a program to its end with its output in `target/xtask/NAME.log`.
pub fn run(mut command: Command, name: &str) -> Result<Ran> {
    let started = Instant::now();
    fs::create_dir_all(logs())?;
    let log = logs().join(format!("{name}.log"));
    let mut file = File::create(&log)?;
    writeln!(file, "$ {command:?}")?;
    let (reader, writer) = pipe()?;
    // A log is read as text.
    command.env("CARGO_TERM_COLOR", "never").env("NO_COLOR", "1");
    command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn().with_context(|| format!("cannot start {}", command.get_program().display()))?;
    // The command holds the writing ends; the pipe closes only when they are gone.
    drop(command);
    for line in BufReader::new(reader).split(b'\n') {
        let mut line = line?;
        say::passing(&format!("{name}: {}", String::from_utf8_lossy(&line)));
        line.push(b'\n');
        file.write_all(&line)?;
    }
    Ok(Ran { success: child.wait()?.success(), log, took: started.elapsed() })
}

/// Runs a program that has to succeed; else the error carries the end of its output.
pub fn must(command: Command, name: &str) -> Result<Ran> {
    let ran = run(command, name)?;
    if !ran.success {
        bail!("{}\n\n{name} failed; all of its output is in {}", ran.tail(), ran.log.display());
    }
    Ok(ran)
}

/// What a small program prints.
pub fn ask(command: &mut Command) -> Result<String> {
    let said = command.stdin(Stdio::null()).output();
    let said = said.with_context(|| format!("cannot start {}", command.get_program().display()))?;
    if !said.status.success() {
        bail!("{} failed: {}", command.get_program().display(), String::from_utf8_lossy(&said.stderr).trim());
    }
    Ok(String::from_utf8(said.stdout)?)
}
