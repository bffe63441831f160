//! Where the race is run: a municipality with the machine's own time, cases with minutes begun, and guards taken down.

use std::{
    io::Write,
    process::{Child, Command, Stdio},
};

use backend::{
    Backend,
    actor::Actor,
    clock::{Clock, SystemClock},
    usecase::{
        install::{ClockKind, set_clock},
        register_case::{RegisterCase, register_case},
    },
};
use chrono::Days;
use domain::{
    id::{AgendaItemId, UnitId},
    time::day,
};
use migrations::guards;

use super::{
    Heat,
    oracle::{self, Counted},
    process::{Orders, Somebody, Stake, Told, give, program},
};
use crate::{
    cases::stage::{guardians, tuva},
    world::{Engine, World, amal::Amal},
};

/// How minutes are guarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Guard {
    /// As the migrations made it.
    AsMade,
    /// The trigger looks and locks nothing.
    NoLock,
    /// The trigger locks as a foreign key does.
    KeyShare,
    /// The trigger looks and locks nothing; every transaction is serializable.
    Serializable,
    /// There is no trigger: who writes looks first.
    LooksFirst,
}

impl Guard {
    /// The guards that do not hold.
    pub const fn unsafe_on(engine: Engine) -> &'static [Self] {
        match engine {
            Engine::Sqlite => &[Self::LooksFirst],
            Engine::Postgres => &[Self::KeyShare, Self::NoLock, Self::Serializable],
        }
    }
}

/// The municipality.
pub struct Ground {
    pub world: World,
    /// As a server process has it, with the machine's clock.
    pub backend: Backend,
    pub amal: Amal,
}

impl Ground {
    /// The database demands the machine's time, as it does once people work in it.
    pub async fn lay(world: World) -> Self {
        world.clock.set(SystemClock.now());
        let amal = world.amal().await;
        set_clock(&world.backend, ClockKind::Real).await.expect("the machine's time");
        oracle::watch(&world).await;
        let backend = program(&world.url, &world.key, 0).await;
        Self { world, backend, amal }
    }

    /// How many programs serve one database.
    pub fn programs(&self) -> usize {
        match self.world.engine {
            Engine::Sqlite => 1,
            Engine::Postgres => 3,
        }
    }

    /// Puts a guard that does not hold in the place of the one there.
    pub async fn weaken(&self, guard: Guard) {
        let statements = match guard {
            Guard::AsMade => vec![],
            Guard::NoLock => vec![gate("")],
            Guard::KeyShare => vec![gate(" FOR KEY SHARE")],
            Guard::Serializable => {
                let (_, database) = self.world.url.rsplit_once('/').expect("postgres://host/database");
                vec![gate(""), format!("ALTER DATABASE {database} SET default_transaction_isolation = 'serializable'")]
            }
            Guard::LooksFirst => vec!["DROP TRIGGER revision_gate".to_owned()],
        };
        for statement in statements {
            self.world.sql(&statement).await.expect("the guard goes");
        }
    }

    /// Lets programs write and withdraw on cases of their own, and counts what got in.
    pub async fn run(&self, guard: Guard, programs: usize, heat: Heat) -> (Told, Counted) {
        let mut stakes = Vec::new();
        for _ in 0..programs {
            stakes.push(self.stake().await);
        }
        let [registrar, coordinator] = ["sara", "maria"].map(|name| Somebody::from(&self.amal.actor(name)));
        let orders = |place| Orders {
            url: self.world.url.clone(),
            key: self.world.key.clone(),
            place,
            registrar,
            coordinator,
            stakes: stakes.clone(),
            rounds: heat.rounds,
            open_ms: heat.open_ms,
            closed_ms: heat.closed_ms,
            guard,
        };
        let started: Vec<Child> = (0..programs).map(|place| start(&orders(place))).collect();
        let mut told = Told::default();
        for child in started {
            told.add(ended(child));
        }
        let cases: Vec<_> = stakes.iter().map(|stake| stake.case).collect();
        (told, oracle::count(&self.world, &cases).await)
    }

    /// A case with consent, and minutes begun.
    pub async fn stake(&self) -> Stake {
        let [sara, maria]: [Actor; 2] = ["sara", "maria"].map(|name| self.amal.actor(name));
        // Twelve to fourteen whenever this is run: the guardians decide.
        let born_on = day(self.backend.now()) - Days::new(13 * 366);
        let form = RegisterCase { born_on: born_on.to_string(), ..tuva() };
        let case = register_case(&self.backend, &sara, form).await.expect("a case");
        let units: Vec<UnitId> = ["school", "social"].map(|unit| self.amal.unit(unit)).into();
        let (item, minutes) = (self.backend.random().uuid(), self.backend.random().uuid());
        let by = guardians(&self.world, case).await;
        let stake = Stake { case, item: AgendaItemId::from_uuid(item), minutes, by, units };
        let consent = give(&self.backend, &sara, &maria, &stake).await.expect("a consent");
        let meeting = self.amal.meeting("2026-11-26").uuid();
        let columns = ["id", "meeting_id", "kind", "case_id", "minutes", "position", "state", "version"];
        let row = [
            item.into(),
            meeting.into(),
            "case".into(),
            Some(case.uuid()).into(),
            20_i64.into(),
            0_i64.into(),
            "planned".into(),
            1_i64.into(),
        ];
        self.world.insert("agenda_item", columns, vec![row]).await;
        let columns = [
            "id",
            "item_id",
            "case_id",
            "meeting_id",
            "writer_id",
            "state",
            "consent_id",
            "revision",
            "touched_ms",
            "version",
        ];
        let row = [
            minutes.into(),
            item.into(),
            case.uuid().into(),
            meeting.into(),
            maria.person.uuid().into(),
            "draft".into(),
            consent.uuid().into(),
            0_i64.into(),
            self.backend.now().timestamp_millis().into(),
            1_i64.into(),
        ];
        self.world.insert("minutes", columns, vec![row]).await;
        stake
    }
}

/// The gate's own function, with another lock or none.
fn gate(lock: &str) -> String {
    let made = guards::statements(guards::Engine::Postgres);
    let gate = made.iter().find(|statement| statement.starts_with("CREATE FUNCTION guard_gate")).expect("the gate");
    // The line of those who wait is no guard, but whoever stands in it is kept apart by it.
    let line = "PERFORM pg_advisory_xact_lock_shared(hashtextextended(the_case::text, 0)); ";
    assert_eq!((gate.matches(" FOR SHARE").count(), gate.matches(line).count()), (1, 1), "{gate}");
    gate.replace(line, "").replace(" FOR SHARE", lock).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
}

/// Another program: this test program, started anew.
fn start(orders: &Orders) -> Child {
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "race::process::racer", "--ignored", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("another program starts");
    let mut stdin = child.stdin.take().expect("standard input");
    writeln!(stdin, "{}", serde_json::to_string(orders).expect("orders")).expect("it listens");
    child
}

/// What it tells at its end.
fn ended(child: Child) -> Told {
    let ended = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&ended.stdout);
    let told = said.lines().find_map(|line| serde_json::from_str(line.strip_prefix("told ")?).ok());
    told.unwrap_or_else(|| panic!("it broke off:\n{said}\n{}", String::from_utf8_lossy(&ended.stderr)))
}
