//! `samverkan demo`: a made-up municipality in a folder of its own.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, Result};
use backend::{
    Backend, Site,
    clock::SystemClock,
    crypt::Keys,
    database,
    random::SystemRandom,
    usecase::install::{ClockKind, install, is_installed},
};
use clap::Args;
use migrations::{Migrator, MigratorTrait as _};

use super::serve;
use crate::{assets::Assets, config, http::Web};

const DATABASE: &str = "samverkan.db";
const KEY: &str = "key";

/// What the demo may be told.
#[derive(Debug, Args)]
pub struct Demo {
    /// The folder for database and key; made when it is not there.
    #[arg(long)]
    data: PathBuf,
    /// The folder that `cargo xtask build` wrote.
    #[arg(long)]
    site: PathBuf,
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// Throw away what was done and start over.
    #[arg(long)]
    fresh: bool,
}

impl Demo {
    /// Sets up what is missing and serves.
    pub async fn run(self) -> Result<()> {
        let assets = Assets::read(&self.site)?;
        let listener = serve::bind(self.listen).await?;
        fs::create_dir_all(&self.data).with_context(|| format!("cannot make the folder {}", self.data.display()))?;
        if self.fresh {
            clear(&self.data)?;
        }
        let origin = format!("http://{}", listener.local_addr()?);
        let backend = self.open(&origin).await?;
        println!("\n  Samverkan, demo: {origin}\n");
        // The demo's people are invented: no mail leaves.
        serve::run(listener, Web::new(backend, assets, Vec::new()), None).await
    }

    async fn open(&self, origin: &str) -> Result<Backend> {
        let keys = config::keys(&key(&self.data)?)?;
        let db = database::open(&format!("sqlite://{}", self.data.join(DATABASE).display())).await?;
        Migrator::up(&db, None).await.context("the migrations could not be applied; try --fresh")?;
        let site = Site { origin: origin.to_owned(), municipality: "Åmåls kommun".into(), demo: true };
        let backend = Backend::new(db, Arc::new(SystemClock), Arc::new(SystemRandom), keys, site);
        if !is_installed(&backend).await? {
            install(&backend, ClockKind::Real).await?;
        }
        Ok(backend)
    }
}

/// The demo's key file, made at the first start.
fn key(data: &Path) -> Result<PathBuf> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    let path = data.join(KEY);
    if !path.exists() {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        file.write_all(Keys::generate(&SystemRandom).as_bytes())?;
    }
    Ok(path)
}

/// Removes what a demo made, by name: nothing else in the folder.
fn clear(data: &Path) -> Result<()> {
    for name in [DATABASE, "samverkan.db-wal", "samverkan.db-shm", KEY] {
        match fs::remove_file(data.join(name)) {
            Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => return Err(fault.into()),
            _ => {}
        }
    }
    Ok(())
}
