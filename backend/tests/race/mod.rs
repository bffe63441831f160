//! Consent taken back against minutes being written (CONS-04, F1, R11): once a withdrawal is made so, nothing more gets in.
//!
//! On PostgreSQL three programs of their own write and withdraw in one database, their clocks a little apart, as three servers
//! would; on SQLite one. Both by raw SQL, as somebody past the program would, and by the use cases. What came after what is
//! asked of the database itself ([`oracle`]). The same race is then run against guards that are known not to hold: if none of
//! them let anything in, the race would prove nothing.

mod ground;
mod line;
mod oracle;
mod process;

use std::time::Duration;

use ground::{Ground, Guard};
use process::Told;

use crate::{on_both_engines, world::Engine};

/// How much there is of it.
#[derive(Clone, Copy)]
struct Size {
    /// Minutes written, at least.
    writes: usize,
    /// Withdrawals, at least.
    withdrawals: usize,
    heat: Heat,
}

/// One stretch of the race, on cases of its own.
#[derive(Clone, Copy)]
struct Heat {
    /// How often each program takes a consent back.
    rounds: usize,
    /// How long a consent holds, in milliseconds.
    open_ms: u64,
    /// How long none does.
    closed_ms: u64,
}

/// What every run of the tests has time for.
const QUICK: Size = Size { writes: 60, withdrawals: 9, heat: Heat { rounds: 3, open_ms: 20, closed_ms: 10 } };
/// A race that comes no further in so many heats has come to a stop.
const MOST_HEATS: usize = 400;
/// How often a guard that does not hold is tried until something gets in.
const PATIENCE: usize = 40;

impl Size {
    /// [`QUICK`] unless `RACE` says how many minutes to write, against a hundredth as many withdrawals: 100,000 before a release.
    fn asked_for() -> Self {
        #[expect(clippy::disallowed_methods, reason = "how much is a knob for the one who runs the test")]
        let writes = std::env::var("RACE").ok().and_then(|writes| writes.parse::<usize>().ok());
        let heat = Heat { rounds: 40, open_ms: 60, closed_ms: 10 };
        writes.map_or(QUICK, |writes| Self { writes, withdrawals: writes.div_ceil(100), heat })
    }

    fn is_quick(self) -> bool {
        self.heat.rounds == QUICK.heat.rounds
    }
}

/// What became of a race.
#[derive(Default)]
struct Score {
    heats: usize,
    told: Told,
    /// Revisions in the database.
    written: usize,
    /// Of them, those that came after a withdrawal and before the next consent.
    late: usize,
}

impl Score {
    async fn of(ground: &Ground, guard: Guard, size: Size) -> Self {
        let mut score = Self::default();
        // In a short race the program's own few saves may all fall between two consents.
        let goes_on = |score: &Self| {
            score.written < size.writes || score.told.waits.len() < size.withdrawals || score.told.by_program == 0
        };
        while score.heats < MOST_HEATS && goes_on(&score) {
            score.add(ground, guard, ground.programs(), size.heat).await;
        }
        score
    }

    /// Tries until something gets in that must not.
    async fn of_unsafe(ground: &Ground, guard: Guard, size: Size) -> Self {
        let mut score = Self::default();
        while score.heats < PATIENCE && score.late == 0 {
            // Serializable, several programs abort each other's changes without end.
            let alone = size.is_quick() || guard == Guard::Serializable;
            let programs = if alone { 1 } else { ground.programs() };
            score.add(ground, guard, programs, size.heat).await;
        }
        score
    }

    async fn add(&mut self, ground: &Ground, guard: Guard, programs: usize, heat: Heat) {
        let (told, counted) = ground.run(guard, programs, heat).await;
        self.heats += 1;
        self.told.add(told);
        self.written += counted.written;
        self.late += counted.late;
    }

    /// One line of a table, for people. Times are told and never held to anything: machines differ.
    fn tell(&self, engine: Engine, guard: Guard) {
        let Told { by_program, refused, faults, .. } = self.told;
        let withdrawals = self.told.waits.len();
        let [middle, most, slowest] = [50, 99, 100].map(|percent| self.told.waited(percent));
        // On a line of its own, whatever the test program has begun to say.
        eprintln!(
            "\n| {engine:?} | {guard:?} | {} minutes ({by_program} by the program), {refused} refused, {faults} failed \
             | {withdrawals} withdrawals, p50 {middle:.1?}, p99 {most:.1?}, slowest {slowest:.1?} | {} late |",
            self.written, self.late
        );
    }
}

impl Told {
    /// How long a withdrawal took at most, for so many of a hundred.
    fn waited(&self, percent: usize) -> Duration {
        let mut waits = self.waits.clone();
        waits.sort_unstable();
        let place = (waits.len() * percent).div_ceil(100).saturating_sub(1);
        Duration::from_micros(waits.get(place).copied().unwrap_or_default())
    }
}

on_both_engines! {
    /// CONS-04, F1, R11
    async fn nothing_is_written_once_consent_is_taken_back(world: World) -> TestResult {
        let engine = world.engine;
        let (ground, size) = (Ground::lay(world).await, Size::asked_for());
        let held = Score::of(&ground, Guard::AsMade, size).await;
        held.tell(engine, Guard::AsMade);
        assert_eq!(held.late, 0, "of {}", held.written);
        assert_eq!(held.told.faults, 0, "{:?}", held.told.fault);
        assert_eq!(held.written, held.told.written + held.told.by_program, "what was acknowledged is there, and no more");
        assert!(held.written >= size.writes && held.told.waits.len() >= size.withdrawals, "the race came to a stop");
        assert!(held.told.by_program > 0, "the program itself wrote nothing");
        for &guard in Guard::unsafe_on(engine) {
            ground.weaken(guard).await;
            let broken = Score::of_unsafe(&ground, guard, size).await;
            broken.tell(engine, guard);
            assert!(broken.late > 0, "{guard:?} held, of {} minutes: this race proves nothing", broken.written);
        }
        Ok(())
    }
}

#[test]
fn the_slowest_of_a_hundred_is_told() {
    let told = Told { waits: (1..=200).rev().collect(), ..Told::default() };
    let waited = [50, 99, 100].map(|percent| told.waited(percent).as_micros());
    assert_eq!(waited, [100, 198, 200]);
    assert_eq!(Told::default().waited(99), Duration::ZERO);
}
