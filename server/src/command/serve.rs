//! `samverkan serve`.

use std::{
    fs::{File, TryLockError},
    net::SocketAddr,
    sync::Arc,
};

use anyhow::{Context as _, Result, bail, ensure};
use backend::{
    Backend, Site,
    clock::SystemClock,
    database, job,
    mail::{AnswerBox, Mailer},
    random::SystemRandom,
    usecase::{rekey, tidy, verify_audit, work_out_calendars},
};
use migrations::{Migrator, MigratorTrait as _, fingerprint};
use sea_orm::DatabaseConnection;
use tokio::net::TcpListener;

use crate::{
    assets::Assets,
    config::Config,
    http::{self, Web},
    listen::{self, Limits, Signals},
};

/// Serves as configured until told to stop.
pub async fn serve(config: Config) -> Result<()> {
    let _claim = claim(&config.database_url()?)?;
    let backend = open(&config).await?;
    let assets = Assets::read(&config.site)?;
    let listener = bind(config.listen).await?;
    let mailer = config.mailer()?;
    let answers = config.answer_box()?;
    let scanner = config.scanner()?;
    let (mail, scans) = (mailer.is_some(), scanner.is_some());
    tracing::info!(listen = %config.listen, origin = %config.origin, mail, scans, "serving");
    run(listener, Web::new(backend, assets, config.trusted_proxies, scanner), mailer, answers).await
}

/// Opens everything the program stands on, and refuses what it could not stand on safely.
pub async fn open(config: &Config) -> Result<Backend> {
    let keys = config.keys()?;
    let db = database::open(&config.database_url()?).await.context("the database cannot be opened")?;
    migrated(&db).await?;
    let site = Site {
        origin: config.origin.clone(),
        municipality: config.municipality.clone(),
        answers_to: config.answers_to()?,
        demo: false,
    };
    let backend = Backend::new(db, Arc::new(SystemClock), Arc::new(SystemRandom), keys, site);
    let unfit = rekey::unfit(&backend).await.context("the database's keys cannot be read")?;
    ensure!(
        unfit.is_empty(),
        "the key file does not hold key {}, or another in its place: what this database holds cannot be read without it",
        unfit.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
    );
    Ok(backend)
}

/// Takes a SQLite file for this process for as long as it serves: writers queue, and calendars are kept, in the memory of one.
pub fn claim(url: &str) -> Result<Option<File>> {
    let Some(path) = url.strip_prefix("sqlite:") else { return Ok(None) };
    let path = path.strip_prefix("//").unwrap_or(path).split('?').next().unwrap_or_default();
    let name = format!("{path}.serving");
    let file = File::options().create(true).append(true).open(&name).with_context(|| format!("cannot open {name}"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => bail!("another samverkan serves {path} already; several can serve PostgreSQL"),
        Err(TryLockError::Error(fault)) => Err(fault).with_context(|| format!("cannot lock {name}")),
    }
}

/// Refuses a database whose schema is not this program's.
async fn migrated(db: &DatabaseConnection) -> Result<()> {
    let pending = Migrator::get_pending_migrations(db).await.context("the database's schema is of another version")?;
    ensure!(
        pending.is_empty(),
        "the database lacks {} migrations; run `samverkan migrate --config FILE` first",
        pending.len()
    );
    let strange = fingerprint::differences(db).await.context("the database's schema cannot be read")?;
    ensure!(
        strange.is_empty(),
        "the database's schema is not what `samverkan migrate` made; its guards may be gone. Differs: {}",
        strange.join(", ")
    );
    Ok(())
}

/// Takes the address to listen on.
pub async fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))
}

/// Serves on a listener until the first signal, then lets requests come to their end; a second signal stops at once.
/// Jobs under way are finished too.
pub async fn run(listener: TcpListener, web: Web, mailer: Option<Mailer>, answers: Option<AnswerBox>) -> Result<()> {
    let signals = Signals::listen().context("the machine gives no signals")?;
    let (backend, proxies) = (web.backend.clone(), web.proxies.clone());
    let router = http::router(web);
    let jobs = mailer.map(|mailer| {
        let (backend, stop) = (backend.clone(), signals.clone().reached(1));
        tokio::spawn(async move { job::run(&backend, &mailer, stop).await })
    });
    let answers = answers.map(|answers| {
        let (backend, stop) = (backend.clone(), signals.clone().reached(1));
        tokio::spawn(async move { job::mailbox::run(&backend, &answers, stop).await })
    });
    let tidying = {
        let (backend, stop) = (backend.clone(), signals.clone().reached(1));
        tokio::spawn(async move { tidy::run(&backend, stop).await })
    };
    let checkpoints = {
        let (backend, stop) = (backend.clone(), signals.clone().reached(1));
        tokio::spawn(async move { verify_audit::run(&backend, stop).await })
    };
    let calendars = {
        let (backend, stop) = (backend.clone(), signals.clone().reached(1));
        tokio::spawn(async move { work_out_calendars::run(&backend, stop).await })
    };
    let stop = {
        let (backend, stop) = (backend.clone(), signals.clone().reached(1));
        async move {
            stop.await;
            backend.end_news(); // pages that stay open hold their connections
        }
    };
    listen::serve(listener, router, Limits::default(), proxies, stop, signals.reached(2)).await;
    if let Some(jobs) = jobs {
        jobs.await.context("the outbox broke off")?;
    }
    if let Some(answers) = answers {
        answers.await.context("the mailbox for answers broke off")?;
    }
    tidying.await.context("the tidying broke off")?;
    checkpoints.await.context("the checkpoints broke off")?;
    calendars.await.context("the calendars broke off")?;
    backend.close().await.context("the database did not close")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sqlite_file_is_served_by_one_process_until_it_ends() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("x.db").display());
        let first = claim(&url).unwrap();
        assert!(first.is_some());
        assert!(claim(&url).unwrap_err().to_string().contains("serves"));
        drop(first);
        claim(&url).unwrap();
        assert!(claim("postgres://127.0.0.1/x").unwrap().is_none());
    }
}
