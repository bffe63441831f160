//! `samverkan keys`: the installation's keys, and what is sealed under them.

use std::{
    fs,
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail, ensure};
use backend::{
    crypt::Keys as Ring,
    random::SystemRandom,
    usecase::{
        rekey::{self, Uses},
        verify_audit::{Verified, verify_audit},
    },
};
use clap::{Args, Subcommand};

use super::{ConfigFile, serve};
use crate::config;

#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Make a key file with a first key.
    New(New),
    /// Say what hangs on each key. Shows no key.
    Show(ConfigFile),
    /// Add a key at the end of the key file: known, not yet in use. Start every process anew before the next step.
    Add(ConfigFile),
    /// Put a key in use: new things are sealed with it. Start every process anew before the next step.
    Use(Number),
    /// Put what is sealed under other keys under the one in use, while people work. Stopped, it goes on where it was.
    Rekey(ConfigFile),
    /// Destroy a key that seals nothing any more, so that no backup opens with it: that is how backups forget what was disposed of.
    /// What is left of it still holds the log and passwords.
    Destroy(Number),
    /// Take a key that nothing hangs on out of the key file.
    Remove(Number),
}

/// Where to.
#[derive(Debug, Args)]
pub struct New {
    /// The file to make; it must not be there yet.
    file: PathBuf,
}

/// Which key.
#[derive(Debug, Args)]
pub struct Number {
    #[command(flatten)]
    file: ConfigFile,
    /// Its number, as `samverkan keys show` tells it.
    number: u8,
}

impl Keys {
    /// Does what was asked for.
    pub async fn run(self) -> Result<()> {
        match self {
            Self::New(new) => make(&new.file),
            Self::Show(file) => show(&file).await,
            Self::Add(file) => add(&file),
            Self::Use(number) => put_in_use(&number),
            Self::Rekey(file) => rekey(&file).await,
            Self::Destroy(number) => destroy(&number).await,
            Self::Remove(number) => remove(&number).await,
        }
    }
}

/// Makes a key file with a first key, which only its owner can read.
pub fn make(file: &Path) -> Result<()> {
    write_new(file, &Ring::generate(&SystemRandom)).with_context(|| format!("cannot make {}", file.display()))
}

async fn show(file: &ConfigFile) -> Result<()> {
    let backend = serve::open(&file.read()?).await?;
    let entries = match verify_audit(&backend, None).await? {
        Verified::Whole { entries, .. } => entries,
        Verified::Broken(broken) => bail!("the log is not what was written: {broken}"),
    };
    for (number, uses) in rekey::uses(&backend).await? {
        let Uses { cases, seeds, titles, passwords, drafts } = uses;
        let logged = entries.get(&number).copied().unwrap_or(0);
        let state = match number {
            number if number == backend.keys().in_use() => "in use",
            number if backend.keys().is_destroyed(number) => "destroyed",
            _ => "known",
        };
        println!(
            "key {number}, {state}: {cases} keys of cases, {seeds} seeds of codes, {titles} titles, {drafts} drafts, \
             {passwords} passwords, {logged} entries of the log"
        );
    }
    Ok(backend.close().await?)
}

fn add(file: &ConfigFile) -> Result<()> {
    let config = file.read()?;
    let (text, number) = config.keys()?.with_another(&SystemRandom)?;
    replace(&config.key_file, &text)?;
    println!(
        "Key {number} is in {}. Copy the file to every machine that serves, start every process anew, then run \
         `samverkan keys use {number}`.",
        config.key_file.display()
    );
    Ok(())
}

fn put_in_use(Number { file, number }: &Number) -> Result<()> {
    let config = file.read()?;
    let text = config.keys()?.with_first(*number).with_context(|| format!("there is no key {number}"))?;
    replace(&config.key_file, &text)?;
    println!(
        "Key {number} comes in use. Copy {} to every machine that serves, start every process anew, then run \
         `samverkan keys rekey`.",
        config.key_file.display()
    );
    Ok(())
}

async fn rekey(file: &ConfigFile) -> Result<()> {
    let backend = serve::open(&file.read()?).await?;
    let number = backend.keys().in_use();
    let cases = rekey::rekey(&backend, |done| println!("{done} cases")).await?;
    println!(
        "All is under key {number}; {cases} keys of cases were put there now. `samverkan keys show` tells what is left."
    );
    Ok(backend.close().await?)
}

async fn destroy(Number { file, number }: &Number) -> Result<()> {
    let config = file.read()?;
    let keys = config.keys()?;
    let text = keys.with_destroyed(*number).with_context(|| match *number {
        number if number == keys.in_use() => format!("key {number} is in use: put another in use first"),
        number if keys.is_destroyed(number) => format!("key {number} is destroyed already"),
        number => format!("there is no key {number}"),
    })?;
    let backend = serve::open(&config).await?;
    let uses = rekey::uses(&backend).await?.remove(number).unwrap_or_default();
    backend.close().await?;
    ensure!(
        uses == Uses { passwords: uses.passwords, ..Uses::default() },
        "something is sealed under key {number} still: run `samverkan keys rekey`; drafts go within fifteen minutes"
    );
    replace(&config.key_file, &text)?;
    println!(
        "Key {number} is destroyed in {}: no backup from before `keys rekey` opens with this file. Put it in the place of every copy \
         there is, start every process anew, and make a backup now: it is the oldest that can be restored.",
        config.key_file.display()
    );
    Ok(())
}

async fn remove(Number { file, number }: &Number) -> Result<()> {
    let config = file.read()?;
    let keys = config.keys()?;
    let text = keys.without(*number).with_context(|| {
        if keys.in_use() == *number { format!("key {number} is in use") } else { format!("there is no key {number}") }
    })?;
    let backend = serve::open(&config).await?;
    let uses = rekey::uses(&backend).await?.remove(number).unwrap_or_default();
    let logged = match verify_audit(&backend, None).await? {
        Verified::Whole { entries, .. } => entries.get(number).copied().unwrap_or(0),
        Verified::Broken(broken) => bail!("the log is not what was written: {broken}"),
    };
    backend.close().await?;
    ensure!(
        uses == Uses::default() && logged == 0,
        "something hangs on key {number} still; `samverkan keys show` tells what. The log is held against the keys it was \
         written with for as long as it is kept"
    );
    replace(&config.key_file, &text)?;
    println!("Key {number} is out of {}.", config.key_file.display());
    Ok(())
}

/// Puts a key file in the place of the one before: whole or not at all.
fn replace(file: &Path, text: &str) -> Result<()> {
    let mut name = file.file_name().context("the key file has no name")?.to_owned();
    name.push(".new");
    let new = file.with_file_name(name);
    let cannot = || format!("cannot write {}", new.display());
    if new.exists() {
        fs::remove_file(&new).with_context(cannot)?;
    }
    write_new(&new, text).with_context(cannot)?;
    config::keys(&new)?;
    fs::rename(&new, file).with_context(|| format!("cannot replace {}", file.display()))
}

fn write_new(file: &Path, text: &str) -> Result<()> {
    let mut new = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    new.write_all(text.as_bytes())?;
    Ok(new.sync_all()?)
}
