//! `samverkan admin`: what is done at the machine itself.

use anyhow::{Result, bail};
use backend::{
    Error,
    usecase::{
        install::{ClockKind, install, is_installed},
        invite::invite_administrator,
        protect_case::name_from_outside,
    },
};
use clap::{Args, Subcommand};
use domain::time;

use super::{ConfigFile, serve};

#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Let an administrator in: the first one, or one who locked everybody out. Prints a link that works once, for 15 minutes.
    Invite(Invite),
    /// Name somebody who works with cases in the unit that registered a case with a protected identity: where nobody is left
    /// who could. Stands in the log.
    NameReader(NameReader),
}

/// Who is to know which case.
#[derive(Debug, Args)]
pub struct NameReader {
    #[command(flatten)]
    file: ConfigFile,
    /// The case's four characters.
    #[arg(long)]
    reference: String,
    /// The person's e-mail address.
    #[arg(long)]
    email: String,
}

/// Whom to invite.
#[derive(Debug, Args)]
pub struct Invite {
    #[command(flatten)]
    file: ConfigFile,
    /// The person's e-mail address.
    #[arg(long)]
    email: String,
    /// The person's name.
    #[arg(long)]
    name: String,
}

impl Admin {
    /// Does what was asked for.
    pub async fn run(self) -> Result<()> {
        match self {
            Self::Invite(invite) => invite.run().await,
            Self::NameReader(name) => name.run().await,
        }
    }
}

impl NameReader {
    async fn run(self) -> Result<()> {
        let backend = serve::open(&self.file.read()?).await?;
        match name_from_outside(&backend, &self.reference, &self.email).await {
            Ok(()) => println!("Named."),
            Err(Error::NotFound) => {
                bail!("no protected case of that reference, or nobody of its unit with that address")
            }
            Err(fault) => return Err(fault.into()),
        }
        Ok(backend.close().await?)
    }
}

impl Invite {
    async fn run(self) -> Result<()> {
        let backend = serve::open(&self.file.read()?).await?;
        if !is_installed(&backend).await? {
            install(&backend, ClockKind::Real).await?;
        }
        let link = match invite_administrator(&backend, &self.email, &self.name).await {
            Ok(link) => link,
            Err(Error::Invalid(flaws)) => {
                let fields: Vec<&str> = flaws.iter().map(|flaw| flaw.field.as_str()).collect();
                bail!("not usable as typed: {}", fields.join(", "))
            }
            Err(fault) => return Err(fault.into()),
        };
        println!("{}/valkommen/{}", backend.site().origin, link.token);
        println!("The link works once, until {} (Swedish time).", time::local(link.expires_at).format("%H.%M"));
        Ok(backend.close().await?)
    }
}
