//! `samverkan mail`: what a mail server hands over.

use std::{
    io::{Read as _, stdin},
    process::ExitCode,
};

use anyhow::{Context as _, Result};
use backend::{mail::LONGEST_ANSWER, usecase::receive_mail::receive_mail};

use super::{ConfigFile, serve};

/// What a mail server hands over.
#[derive(Debug, clap::Subcommand)]
pub enum Mail {
    /// Take in one message from standard input: an answer to an invitation. Ends as sysexits.h says: 0 taken in, 65 not understood (to
    /// be returned to its sender), 75 not now (to be brought again).
    Receive(ConfigFile),
}

/// Not understood: `EX_DATAERR`.
const NOT_UNDERSTOOD: u8 = 65;
/// Not now: `EX_TEMPFAIL`.
const NOT_NOW: u8 = 75;

impl Mail {
    pub async fn run(self) -> ExitCode {
        let Self::Receive(file) = self;
        match receive(&file).await {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => {
                // What a mail server puts into the message it returns; whoever wrote reads it.
                eprintln!("Svaret kunde inte läsas. Svara med knapparna i kalendern eller med länken i kallelsen.");
                eprintln!(
                    "The answer could not be read. Use the buttons in your calendar or the link in the invitation."
                );
                ExitCode::from(NOT_UNDERSTOOD)
            }
            Err(fault) => {
                eprintln!("{fault:#}");
                ExitCode::from(NOT_NOW)
            }
        }
    }
}

async fn receive(file: &ConfigFile) -> Result<bool> {
    let mut message = Vec::new();
    // One more than can be: a longer one is no answer, and is not read to its end.
    let most = u64::try_from(LONGEST_ANSWER).unwrap_or(u64::MAX).saturating_add(1);
    stdin().lock().take(most).read_to_end(&mut message).context("the message could not be read")?;
    let backend = serve::open(&file.read_quietly()?).await?;
    let understood = receive_mail(&backend, &message).await;
    backend.close().await?;
    Ok(understood?)
}
