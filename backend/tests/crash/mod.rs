//! R01: `kill -9` while several people hold meetings and write minutes. What was acknowledged is there afterwards, whole; nothing is
//! there by halves; and the program is ready again at once.
//!
//! A program of its own ([`at_work`]) is started on a database, works as fast as it can and is killed, over and over; the next one
//! goes on where it was killed. After each kill the database is opened as the program opens it at its start, and held against what
//! the killed one said was done ([`acknowledged`]) and against itself ([`whole`]). On PostgreSQL the server keeps running.

mod acknowledged;
mod at_work;
mod keys;
mod whole;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
    io::{BufRead, BufReader, Write},
    os::unix::process::ExitStatusExt,
    process::{Child, ChildStdout, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use backend::{
    Backend, Site,
    actor::Actor,
    auth::password::Cost,
    clock::ManualClock,
    crypt::Keys,
    database,
    random::SystemRandom,
    usecase::{
        rekey::unfit,
        verify_audit::{Verified, checkpoint, verify_audit},
    },
    view::{case::case_page, minutes_page::minutes_page, side::side},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::id::{CaseId, MinutesId};
use migrations::{Migrator, MigratorTrait, fingerprint};
use sea_orm::{Database, DatabaseConnection};
use uuid::Uuid;

use crate::{
    cases::stage::tuva,
    on_both_engines,
    world::{Engine, World, start},
};
use acknowledged::Acknowledged;
use at_work::{Orders, People, version_of};

/// How often unless `KILLS` says otherwise, on SQLite: 1,000 before a release.
const ROUNDS: u32 = 60;
/// On PostgreSQL a tenth of that, as its own server sees to what a process of ours leaves behind; but so many that every kind of write
/// is come to.
const PART_ON_POSTGRES: u32 = 10;
const LEAST_ON_POSTGRES: u32 = 20;
/// Within this it is ready again.
const READY: Duration = Duration::from_secs(3);

#[expect(clippy::disallowed_methods, reason = "how often is a knob for the one who runs the test")]
fn rounds(engine: Engine) -> u32 {
    let rounds = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(ROUNDS);
    match engine {
        Engine::Sqlite => rounds,
        Engine::Postgres => rounds.div_ceil(PART_ON_POSTGRES).max(LEAST_ON_POSTGRES),
    }
}

/// When a round begins: far enough after the one before that nothing in it was done later.
fn at(round: u32) -> DateTime<Utc> {
    start() + TimeDelta::minutes(10 * i64::from(round))
}

/// The installation as a program sees it that starts in a round.
fn program(db: DatabaseConnection, keys: Keys, clock: Arc<ManualClock>) -> Backend {
    let site = Site {
        origin: "http://samverkan.test".into(),
        municipality: "Provkommun".into(),
        answers_to: None,
        demo: false,
    };
    Backend::with_password_cost(db, clock, Arc::new(SystemRandom), keys, site, Cost::next_to_nothing())
}

/// Another program: this test program, started anew and told this on its standard input.
fn start_child(what: &str, told: &str) -> Result<(Child, ChildStdout), Box<dyn std::error::Error>> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["--exact", what, "--ignored", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut stdin = child.stdin.take().ok_or("standard input")?;
    writeln!(stdin, "{told}")?;
    let told = child.stdout.take().ok_or("standard output")?;
    Ok((child, told))
}

/// Tells the parent what is acknowledged, in one write.
fn say(what: impl Display) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\nack {what}\n").as_bytes()).expect("the parent listens");
    out.flush().expect("the parent listens");
}

/// What a killed program said.
fn killed(round: u32, world: &World) -> Result<Vec<Acknowledged>, Box<dyn std::error::Error>> {
    let orders = Orders { url: world.url.clone(), key: world.key.clone(), round };
    let (mut child, told) = start_child("crash::at_work::writer", &serde_json::to_string(&orders)?)?;
    let mut told = BufReader::new(told).lines().map_while(Result::ok);
    // Spread over the start, the first writes and the thick of it; by what it has done, as machines differ in speed.
    let before = usize::try_from(round * 5 % 24)?;
    let (mut lines, mut acknowledged) = (Vec::new(), 0);
    while acknowledged < before
        && let Some(line) = told.next()
    {
        acknowledged += usize::from(line.starts_with("ack "));
        lines.push(line);
    }
    std::thread::sleep(Duration::from_millis(u64::from(round * 7919 % 23)));
    child.kill()?; // SIGKILL
    let ended = child.wait()?;
    lines.extend(told);
    let faults: Vec<_> = lines.iter().filter(|line| line.starts_with("fault ")).collect();
    assert!(
        ended.signal() == Some(9) && faults.is_empty(),
        "round {round} came to an end of its own: {ended} {faults:?}"
    );
    Ok(lines.iter().filter_map(|line| Acknowledged::read(line)).collect())
}

/// Opens the database as the program does when it starts, until the first page has been read. Says how long that took.
async fn ready(world: &World, round: u32, newest: Option<(&Actor, CaseId)>) -> backend::Result<(Backend, Duration)> {
    let started = Instant::now();
    let db = database::open(&world.url).await?;
    assert!(Migrator::get_pending_migrations(&db).await?.is_empty(), "after kill {round}");
    assert_eq!(fingerprint::differences(&db).await?, Vec::<String>::new(), "after kill {round}");
    let clock = Arc::new(ManualClock::new(at(round + 1)));
    let backend = program(db, Keys::read(&world.key).expect("a key"), clock);
    assert!(unfit(&backend).await?.is_empty(), "after kill {round}");
    if let Some((actor, case)) = newest {
        let page = case_page(&backend, actor, case).await?;
        assert_eq!(page.name.as_ref(), Some(&tuva().child_name), "after kill {round}");
    }
    Ok((backend, started.elapsed()))
}

/// What all rounds came to.
#[derive(Default)]
struct Toll {
    acknowledged: BTreeSet<Acknowledged>,
    /// The case last registered.
    newest: Option<(usize, CaseId)>,
    /// Since the log was last read through: the last version of each minutes.
    versions: BTreeMap<Uuid, i64>,
    /// How far the log reached then.
    checkpoint: Option<String>,
    longest: Duration,
}

impl Toll {
    fn add(&mut self, told: &[Acknowledged]) {
        for one in told {
            if let Some((minutes, number)) = one.revision() {
                self.versions.insert(minutes, number);
            }
        }
        self.acknowledged.extend(told.iter().cloned());
    }

    /// Reads the log through, and what was written since that was done last: it opens, and is what was typed.
    async fn read_through(&mut self, backend: &Backend, people: &People, round: u32) -> backend::Result<()> {
        let verified = verify_audit(backend, self.checkpoint.as_deref()).await?;
        assert!(matches!(verified, Verified::Whole { .. }), "after kill {round}: {verified:?}");
        self.checkpoint = Some(checkpoint(backend).await?);
        for (minutes, number) in std::mem::take(&mut self.versions) {
            let page = minutes_page(backend, &people.maria, MinutesId::from_uuid(minutes)).await?;
            let version = version_of(&page.body);
            assert!(version.is_some_and(|version| version >= number), "after kill {round}: {version:?} of {number}");
        }
        Ok(())
    }

    /// Whatever is done in a meeting was done.
    fn tell(&self, engine: Engine, rounds: u32) {
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for one in &self.acknowledged {
            *kinds.entry(one.kind()).or_default() += 1;
        }
        let (many, longest) = (self.acknowledged.len(), self.longest);
        eprintln!("{engine:?}: {rounds} kills, {many} acknowledged writes, none lost; ready after {longest:?} at most");
        eprintln!("{kinds:?}");
        let missing: Vec<_> =
            acknowledged::WRITES.iter().map(|(kind, _)| *kind).filter(|kind| !kinds.contains_key(kind)).collect();
        assert!(missing.is_empty(), "nobody did {missing:?}: the test proves little");
    }
}

on_both_engines! {
    /// R01
    async fn r01_what_was_acknowledged_survives_kill_9_and_nothing_is_half_done(world: World) -> TestResult {
        world.amal().await;
        let people = People::at(&world.raw).await?;
        let rounds = rounds(world.engine);
        // Whoever has the file open keeps it from being put right by whoever opens it first.
        world.backend.close().await?;
        world.raw.close_by_ref().await?;
        let mut toll = Toll::default();
        for round in 0..rounds {
            let acts = killed(round, &world)?;
            let newest = toll.newest.map(|(table, case)| (&people.registrars[table], case));
            let (backend, took) = ready(&world, round, newest).await?;
            assert!(took < READY, "ready {took:?} after kill {round}");
            toll.longest = toll.longest.max(took);
            toll.add(&acts);
            let raw = Database::connect(&world.url).await?;
            for one in &acts {
                assert!(one.is_there(&raw).await?, "{one} was acknowledged and is lost after kill {round}");
            }
            whole::nothing_by_halves(&raw, round).await?;
            if round % 10 == 9 || round + 1 == rounds {
                whole::sound(&raw, round).await?;
                toll.read_through(&backend, &people, round).await?;
                side(&backend, &people.maria).await?;
            }
            toll.newest = whole::newest_case(&raw, &people).await?.or(toll.newest);
            raw.close().await?;
            backend.close().await?;
        }
        let raw = Database::connect(&world.url).await?;
        for one in &toll.acknowledged {
            assert!(one.is_there(&raw).await?, "{one} was acknowledged and is lost");
        }
        toll.tell(world.engine, rounds);
        Ok(())
    }
}
