//! A database of its own for each test, with a clock that stands still and randomness that repeats.

#[path = "world/amal.rs"]
pub mod amal;
#[path = "world/cases.rs"]
pub mod cases;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use backend::{
    Backend, Site,
    auth::password::Cost,
    clock::ManualClock,
    crypt::Keys,
    database,
    mail::AnswerAddress,
    random::SeededRandom,
    usecase::{
        install::{ClockKind, install},
        record_consent::TypedObtaining,
    },
};
use chrono::{DateTime, Utc};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};

/// Tests may fail with anything.
pub type TestResult = Result<(), Box<dyn std::error::Error>>;

/// The engines a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// One migrated, empty installation.
pub struct World {
    pub backend: Backend,
    /// Moves time on.
    pub clock: Arc<ManualClock>,
    /// A connection beside the program's, as somebody with raw SQL would have.
    pub raw: DatabaseConnection,
    pub engine: Engine,
    /// Where the database is, for another program.
    pub url: String,
    /// The installation's key, as it stands in its file.
    pub key: String,
    /// Kept so that the SQLite file lives as long as the world.
    folder: tempfile::TempDir,
}

/// Where every test's clock starts: Sunday 22 November 2026, 12.00 in Sweden.
pub fn start() -> DateTime<Utc> {
    "2026-11-22T11:00:00Z".parse().expect("a well-formed instant")
}

impl World {
    /// A new world whose clock stands at [`start`].
    pub async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = match engine {
            Engine::Sqlite => fresh_sqlite(folder.path()).await,
            Engine::Postgres => fresh_postgres().await,
        };
        let db = database::open(&url).await.expect("the database opens");
        let raw = Database::connect(&url).await.expect("a second connection");
        let clock = Arc::new(ManualClock::new(start()));
        let random = Arc::new(SeededRandom::new(7));
        let key = Keys::generate(random.as_ref());
        let keys = Keys::read(&key).expect("a generated key");
        let site = Site {
            origin: "http://samverkan.test".into(),
            municipality: "Provkommun".into(),
            answers_to: AnswerAddress::parse("moten@amal.test").ok(),
            demo: false,
        };
        let backend = Backend::with_password_cost(db, clock.clone(), random, keys, site, Cost::next_to_nothing());
        install(&backend, ClockKind::Simulated).await.expect("an empty installation");
        Self { backend, clock, raw, engine, url, key, folder }
    }

    /// Where the SQLite files lie.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// An id as this engine's own SQL writes it.
    pub fn literal(&self, id: uuid::Uuid) -> String {
        match self.engine {
            Engine::Sqlite => format!("x'{}'", id.simple()),
            Engine::Postgres => format!("'{id}'"),
        }
    }

    /// Runs SQL past the program.
    pub async fn sql(&self, statement: &str) -> Result<(), sea_orm::DbErr> {
        self.raw.execute_unprepared(statement).await?;
        self.backend.changed_from_outside();
        Ok(())
    }

    /// The text in the one cell that SQL past the program gives.
    pub async fn text(&self, statement: &str) -> Result<String, sea_orm::DbErr> {
        let asked = Statement::from_string(self.raw.get_database_backend(), statement);
        let row = self.raw.query_one_raw(asked).await?;
        row.ok_or_else(|| sea_orm::DbErr::RecordNotFound(statement.to_owned()))?.try_get_by_index(0)
    }
}

#[expect(clippy::disallowed_methods, reason = "tests are told by the environment where PostgreSQL is")]
pub fn postgres_url() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok()
}

/// A new database in a folder, copied from one that was migrated once.
async fn fresh_sqlite(folder: &Path) -> String {
    static TEMPLATE: tokio::sync::OnceCell<Vec<u8>> = tokio::sync::OnceCell::const_new();
    let template = TEMPLATE.get_or_init(|| async {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("template.db");
        let db = database::open(&format!("sqlite://{}", file.display())).await.expect("the template opens");
        Migrator::up(&db, None).await.expect("the migrations apply");
        db.close().await.expect("the template closes, its log written into it");
        std::fs::read(file).expect("the template")
    });
    let file = folder.join("test.db");
    std::fs::write(&file, template.await).expect("a copy of the template");
    format!("sqlite://{}", file.display())
}

/// A new database, copied from one that was migrated once: 0.05 s instead of 0.5 s.
pub async fn fresh_postgres() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    static TEMPLATE: tokio::sync::Mutex<bool> = tokio::sync::Mutex::const_new(false);
    let url = postgres_url().expect("TEST_DATABASE_URL");
    let (server, _) = url.rsplit_once('/').expect("postgres://host/database");
    let template = format!("samverkan_template_{}", std::process::id());
    let admin = Database::connect(&url).await.expect("PostgreSQL answers");
    // Copying a template wants nobody else connected to it: one at a time.
    let mut made = TEMPLATE.lock().await;
    if !*made {
        admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {template}")).await.expect("drops an old template");
        admin.execute_unprepared(&format!("CREATE DATABASE {template}")).await.expect("creates the template");
        let db = database::open(&format!("{server}/{template}")).await.expect("the template opens");
        Migrator::up(&db, None).await.expect("the migrations apply");
        db.close().await.expect("the template closes");
        *made = true;
    }
    let name = format!("samverkan_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}")).await.expect("drops an old database");
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"))
        .await
        .expect("copies the template");
    format!("{server}/{name}")
}

/// Runs an async test body on SQLite, and on PostgreSQL when there is one.
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident: World) -> TestResult $body:block)+) => {
        $(
            $(#[$meta])*
            async fn $name($world: $crate::world::World) -> $crate::world::TestResult $body

            // Beside the function of the same name: functions and modules are named apart.
            mod $name {
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_sqlite() -> $crate::world::TestResult {
                    super::$name($crate::world::World::new($crate::world::Engine::Sqlite).await).await
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_postgres() -> $crate::world::TestResult {
                    if $crate::world::postgres_url().is_none() {
                        eprintln!("TEST_DATABASE_URL is not set: not run on PostgreSQL");
                        return Ok(());
                    }
                    super::$name($crate::world::World::new($crate::world::Engine::Postgres).await).await
                }
            }
        )+
    };
}

/// All was explained, in words and on paper; a child of twelve to fourteen was heard.
pub fn explained() -> TypedObtaining {
    TypedObtaining {
        informed: true,
        explained: vec!["orally".into(), "paper".into()],
        maturity: "heard".into(),
        ..TypedObtaining::default()
    }
}
