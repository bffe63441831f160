//! `samverkan audit`: whether the log is what was written.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use backend::usecase::verify_audit::{Verified, checkpoint, verify_audit};
use clap::{Args, Subcommand};

use super::{ConfigFile, serve};

#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Read the whole log through, and say whether anything was changed, taken out, put in or moved.
    Verify(Verify),
    /// Print how far the log reaches, as a line to be kept on another machine.
    Checkpoint(ConfigFile),
}

/// What to hold the log against.
#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    file: ConfigFile,
    /// A file whose last line was printed by `samverkan audit checkpoint`; without it an end cut off does not show.
    #[arg(long)]
    checkpoint: Option<PathBuf>,
}

impl Audit {
    /// Does what was asked for.
    pub async fn run(self) -> Result<()> {
        match self {
            Self::Verify(verify) => verify.run().await,
            Self::Checkpoint(file) => {
                let backend = serve::open(&file.read()?).await?;
                println!("{}", checkpoint(&backend).await?);
                Ok(backend.close().await?)
            }
        }
    }
}

impl Verify {
    async fn run(self) -> Result<()> {
        let seen = self.checkpoint.as_deref().map(last_line).transpose()?;
        let backend = serve::open(&self.file.read()?).await?;
        let verified = verify_audit(&backend, seen.as_deref()).await?;
        backend.close().await?;
        match verified {
            Verified::Whole { entries, .. } => {
                println!("The log is whole: {} entries.", entries.values().sum::<u64>());
                Ok(())
            }
            Verified::Broken(broken) => bail!("the log is not what was written: {broken}"),
        }
    }
}

fn last_line(path: &std::path::Path) -> Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let line = text.lines().rfind(|line| !line.trim().is_empty());
    line.map(ToOwned::to_owned).with_context(|| format!("{} holds no checkpoint", path.display()))
}
