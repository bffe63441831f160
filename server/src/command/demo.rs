//! `samverkan demo`: a made-up municipality in a folder of its own.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, Result, ensure};
use backend::{
    Backend, Site, clock::SystemClock, database, demo, mail::AnswerAddress, random::SystemRandom, usecase::rekey,
    view::people::WorkLine,
};
use clap::Args;
use domain::time::day;
use migrations::{Migrator, MigratorTrait as _, fingerprint};

use super::serve;
use crate::{assets::Assets, config, http::Web};

const DATABASE: &str = "samverkan.db";
const UNFINISHED: &str = "unfinished.db";
const KEY: &str = "key";
/// As everything else here no real address, and the demo sends nothing.
const ANSWERS: &str = "moten@samverkan.example";
/// The token of the coordinator's calendar feed, to show it at every start. It protects nothing: all it tells is invented.
const FEED: &str = "feed";

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
        let _claim = serve::claim(&self.address(DATABASE))?;
        if self.fresh {
            clear(&self.data)?;
        }
        let origin = format!("http://{}", listener.local_addr()?);
        let backend = self.open(&origin).await?;
        self.tell(&backend).await?;
        // The demo's people are invented: no mail leaves.
        serve::run(listener, Web::new(backend, assets, Vec::new(), None), None, None).await
    }

    /// Opens the demo, made first where there is none. It is made beside its place and put there whole: a start that was
    /// broken off leaves nothing half done.
    async fn open(&self, origin: &str) -> Result<Backend> {
        if self.data.join(DATABASE).exists() && !self.is_of_this_version().await? {
            println!("\n  The demo was made by another version of the program; it starts over.");
            fs::remove_file(self.data.join(DATABASE))?;
        }
        if !self.data.join(DATABASE).exists() {
            println!("\n  Making the demo municipality, a few seconds …");
            clear(&self.data)?;
            let backend = self.connect(UNFINISHED, origin).await?;
            let made = demo::seed(&backend, day(backend.now())).await.context("the demo could not be made")?;
            backend.close().await?;
            fs::write(self.data.join(FEED), made.feed_token)?;
            fs::rename(self.data.join(UNFINISHED), self.data.join(DATABASE))?;
        }
        let backend = self.connect(DATABASE, origin).await?;
        ensure!(rekey::unfit(&backend).await?.is_empty(), "the demo was made with another key; try --fresh");
        Ok(backend)
    }

    /// Whether this program can go on with the demo there is, brought up to date first. A demo that cannot be opened at all is
    /// kept: somebody may have it open.
    async fn is_of_this_version(&self) -> Result<bool> {
        let db =
            database::open(&self.address(DATABASE)).await.context("the demo there is cannot be opened; try --fresh")?;
        let same = Migrator::up(&db, None).await.is_ok() && fingerprint::differences(&db).await?.is_empty();
        db.close().await?;
        Ok(same)
    }

    fn address(&self, file: &str) -> String {
        format!("sqlite://{}", self.data.join(file).display())
    }

    async fn connect(&self, file: &str, origin: &str) -> Result<Backend> {
        let keys = config::keys(&key(&self.data)?)?;
        let db = database::open(&self.address(file)).await?;
        Migrator::up(&db, None).await.context("the migrations could not be applied; try --fresh")?;
        let site = Site {
            origin: origin.to_owned(),
            municipality: "Åmåls kommun".into(),
            answers_to: AnswerAddress::parse(ANSWERS).ok(),
            demo: true,
        };
        Ok(Backend::new(db, Arc::new(SystemClock), Arc::new(SystemRandom), keys, site))
    }

    /// Says where the demo is and who can sign in to it.
    async fn tell(&self, backend: &Backend) -> Result<()> {
        let origin = &backend.site().origin;
        println!("\n  Samverkan, demo: {origin}\n");
        println!("  Everybody's password: {}", demo::PASSWORD);
        println!("  The one-time code stands on the sign-in page. Nobody here is real.\n");
        for login in demo::logins(backend).await? {
            let works: Vec<String> = login.works.iter().map(work).collect();
            println!("  {:<24} {:<16} {}", login.email, login.name, works.join("; "));
        }
        if let Ok(token) = fs::read_to_string(self.data.join(FEED)) {
            println!("\n  A calendar to subscribe to: {origin}{}\n", app::path::feed(token));
        }
        Ok(())
    }
}

/// What somebody works as, in a line.
fn work(work: &WorkLine) -> String {
    let at = if work.unit_name.is_empty() { String::new() } else { format!(", {}", work.unit_name) };
    format!("{}{at} ({})", work.title, work.role)
}

/// The demo's key file, made at the first start.
fn key(data: &Path) -> Result<PathBuf> {
    let path = data.join(KEY);
    if !path.exists() {
        super::keys::make(&path)?;
    }
    Ok(path)
}

/// Removes what a demo made, by name: nothing else in the folder.
fn clear(data: &Path) -> Result<()> {
    let databases = [DATABASE, "samverkan.db-wal", "samverkan.db-shm"];
    let unfinished = [UNFINISHED, "unfinished.db-wal", "unfinished.db-shm"];
    for name in databases.into_iter().chain(unfinished).chain([KEY, FEED]) {
        match fs::remove_file(data.join(name)) {
            Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => return Err(fault.into()),
            _ => {}
        }
    }
    Ok(())
}
