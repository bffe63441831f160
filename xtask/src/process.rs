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

/// How many lines say why something failed, in all and for each failure.
const WHY: (usize, usize) = (24, 8);

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

    /// What the program said of its failures, in a few lines: who sees the end of a long run alone shall know what to look for.
    pub fn why(&self) -> String {
        why(&self.output().unwrap_or_default())
    }
}

/// What begins as errors do (Playwright, rustc, a panic), with some lines after it.
fn why(output: &str) -> String {
    let begins = |line: &str| {
        let line = line.trim_start();
        line.starts_with("Error: ") || line.starts_with("error") || line.contains(" panicked at ")
    };
    let (all, each) = WHY;
    let mut after = 0_usize;
    let told = output.lines().filter(|line| !line.trim().is_empty()).filter(|line| {
        after = if begins(line) { each } else { after.saturating_sub(1) };
        after > 0
    });
    told.take(all).collect::<Vec<_>>().join("\n")
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

#[cfg(test)]
mod tests {
    use super::why;

    #[test]
    fn why_something_failed_is_told_and_little_else() {
        let output = "  ✓ 1 a journey\n\n  1) a second\n\n    Error: expect(locator).toBeVisible() failed\n\n    Locator: 'h1'\n";
        assert_eq!(why(output), "    Error: expect(locator).toBeVisible() failed\n    Locator: 'h1'");
        let panic = "test a ... ok\nthread 'b' panicked at src/b.rs:1:2:\nleft: 1\n".to_owned() + &"more\n".repeat(20);
        assert_eq!(why(&panic).lines().count(), 8);
        assert_eq!(why(&panic.repeat(9)).lines().count(), 24);
        assert_eq!(why("test a ... ok\n"), "");
    }
}
