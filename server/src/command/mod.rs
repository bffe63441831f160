//! The command line.

mod admin;
mod audit;
mod demo;
mod keys;
mod mail;
mod serve;

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context as _, Result};
use backend::scan::worker;
use clap::{Parser, Subcommand};
use migrations::{Migrator, MigratorTrait as _};

use crate::{
    config::{self, Config, LogForm},
    telemetry,
};

/// Weekly meetings between school and social services, where consent decides who may know what.
#[derive(Debug, Parser)]
#[command(name = "samverkan", version)]
pub struct Command {
    #[command(subcommand)]
    does: Does,
}

#[derive(Debug, Subcommand)]
enum Does {
    /// Serve people.
    Serve(ConfigFile),
    /// Bring the database's schema up to this version of the program.
    Migrate(ConfigFile),
    /// Look at the configuration.
    #[command(subcommand)]
    Config(OfConfig),
    /// Manage who administers.
    #[command(subcommand)]
    Admin(admin::Admin),
    /// Look after the audit log.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Look after the installation's keys.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Take in what a mail server hands over.
    #[command(subcommand)]
    Mail(mail::Mail),
    /// Look at one paper from standard input, confined; started by the program itself.
    #[command(hide = true)]
    LookAtPaper,
    /// Serve a made-up municipality from a folder of its own.
    Demo(demo::Demo),
}

#[derive(Debug, Subcommand)]
enum OfConfig {
    /// Say whether the program would start with it. Shows no secret.
    Check(ConfigFile),
}

#[derive(Debug, clap::Args)]
struct ConfigFile {
    /// The configuration file; `docs/config.example.toml` explains it.
    #[arg(long)]
    config: PathBuf,
}

impl Command {
    /// Does what was asked for.
    ///
    /// # Errors
    /// With what stood in the way, for whoever runs the program.
    pub fn run(self) -> Result<ExitCode> {
        if matches!(self.does, Does::LookAtPaper) {
            // Before anything is opened that would be open to a hostile file too.
            worker::confine().context("the limits cannot be set")?;
            worker::answer(&mut std::io::stdin().lock(), &mut std::io::stdout().lock())?;
            return Ok(ExitCode::SUCCESS);
        }
        let runtime = tokio::runtime::Runtime::new().context("the machine gives no threads")?;
        if let Does::Mail(mail) = self.does {
            return Ok(runtime.block_on(mail.run()));
        }
        runtime.block_on(self.does.run())?;
        // Whatever still runs has had its time.
        runtime.shutdown_background();
        Ok(ExitCode::SUCCESS)
    }
}

impl Does {
    async fn run(self) -> Result<()> {
        match self {
            Self::Serve(file) => serve::serve(file.read()?).await,
            Self::Migrate(file) => migrate(&file.read()?).await,
            Self::Config(OfConfig::Check(file)) => check(&file.read()?).await,
            Self::Admin(admin) => admin.run().await,
            Self::Audit(audit) => audit.run().await,
            Self::Keys(keys) => keys.run().await,
            Self::LookAtPaper | Self::Mail(_) => Ok(()),
            Self::Demo(demo) => {
                telemetry::start(LogForm::Text, &config::log_filter().unwrap_or_else(|| "warn".into()));
                demo.run().await
            }
        }
    }
}

impl ConfigFile {
    /// Reads the file and starts logging as it says.
    fn read(&self) -> Result<Config> {
        let config = Config::read(&self.config)?;
        let filter = config::log_filter().or_else(|| config.log.filter.clone()).unwrap_or_else(|| "info".into());
        telemetry::start(config.log.form, &filter);
        Ok(config)
    }

    /// Reads it and says nothing but what goes wrong, whatever it says of the log: for what others read.
    fn read_quietly(&self) -> Result<Config> {
        let config = Config::read(&self.config)?;
        telemetry::start(config.log.form, "error");
        Ok(config)
    }
}

async fn migrate(config: &Config) -> Result<()> {
    let db = backend::database::open(&config.database_url()?).await?;
    let pending = Migrator::get_pending_migrations(&db).await?.len();
    Migrator::up(&db, None).await.context("the migrations could not be applied")?;
    println!("{pending} migrations applied.");
    Ok(db.close().await?)
}

async fn check(config: &Config) -> Result<()> {
    serve::open(config).await?.close().await?;
    println!("The configuration is right; `samverkan serve` would start.");
    Ok(())
}
