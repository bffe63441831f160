//! What came after what, as the database itself knows it.
//!
//! PostgreSQL writes down when each transaction was committed (`track_commit_timestamp`). A change of consent and a write of
//! minutes that wait for each other's lock cannot be committed in another order than they had it. On SQLite, where one writes at
//! a time, a table numbers what happens, in the same transactions.
//!
//! A case is closed from each withdrawal until the next consent. A revision that falls between the two is late.

use std::collections::BTreeMap;

use domain::id::CaseId;
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use uuid::Uuid;

use crate::world::{Engine, World};

/// What the database holds of some cases.
#[derive(Default, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Revisions of minutes.
    pub written: usize,
    /// Of them, those written while no consent held.
    pub late: usize,
}

const GIVEN: i64 = 1;
const WRITTEN: i64 = 2;
const TAKEN_BACK: i64 = 3;

/// Lets SQLite number what happens.
pub async fn watch(world: &World) {
    if world.engine == Engine::Postgres {
        return;
    }
    for sql in [
        "CREATE TABLE happened (seq INTEGER PRIMARY KEY AUTOINCREMENT, case_id BLOB, what INTEGER)".to_owned(),
        format!(
            "CREATE TRIGGER happened_given AFTER INSERT ON consent \
             BEGIN INSERT INTO happened (case_id, what) VALUES (NEW.case_id, {GIVEN}); END"
        ),
        format!(
            "CREATE TRIGGER happened_taken_back AFTER INSERT ON consent_withdrawal WHEN NEW.implied_by IS NULL \
             BEGIN INSERT INTO happened (case_id, what) SELECT case_id, {TAKEN_BACK} FROM consent WHERE id = NEW.consent_id; END"
        ),
        format!(
            "CREATE TRIGGER happened_written AFTER INSERT ON minutes_revision \
             BEGIN INSERT INTO happened (case_id, what) VALUES (NEW.case_id, {WRITTEN}); END"
        ),
    ] {
        world.sql(&sql).await.expect("SQLite numbers what happens");
    }
}

/// Counts what got in when, of these cases.
pub async fn count(world: &World, cases: &[CaseId]) -> Counted {
    let cases = cases.iter().map(|case| world.literal(case.uuid())).collect::<Vec<_>>().join(", ");
    let sql = match world.engine {
        Engine::Sqlite => format!("SELECT case_id, what FROM happened WHERE case_id IN ({cases}) ORDER BY seq"),
        Engine::Postgres => format!(
            "SELECT case_id, what::bigint FROM ( \
               SELECT case_id, pg_xact_commit_timestamp(xmin) AS at, {GIVEN} AS what FROM consent \
               UNION ALL SELECT c.case_id, pg_xact_commit_timestamp(w.xmin), {TAKEN_BACK} FROM consent_withdrawal w \
                 JOIN consent c ON c.id = w.consent_id WHERE w.implied_by IS NULL \
               UNION ALL SELECT case_id, pg_xact_commit_timestamp(xmin), {WRITTEN} FROM minutes_revision \
             ) happened WHERE case_id IN ({cases}) ORDER BY at, what"
        ),
    };
    let rows = world.raw.query_all_raw(Statement::from_string(world.raw.get_database_backend(), sql)).await;
    let rows = rows.expect("the order of commits; a PostgreSQL of one's own needs track_commit_timestamp=on");
    judge(rows.iter().map(read))
}

fn read(row: &QueryResult) -> (Uuid, i64) {
    (row.try_get_by_index(0).expect("a case"), row.try_get_by_index(1).expect("what happened"))
}

/// Of what happened, case by case, in order.
fn judge(happened: impl Iterator<Item = (Uuid, i64)>) -> Counted {
    let mut open = BTreeMap::<Uuid, bool>::new();
    let mut counted = Counted::default();
    for (case, what) in happened {
        let open = open.entry(case).or_default();
        match what {
            GIVEN => *open = true,
            TAKEN_BACK => *open = false,
            _ => {
                counted.written += 1;
                counted.late += usize::from(!*open);
            }
        }
    }
    counted
}

#[test]
fn what_falls_between_a_withdrawal_and_the_next_consent_is_late() {
    let [one, other] = [1, 2].map(Uuid::from_u128);
    let happened = [
        (one, GIVEN),
        (one, WRITTEN),
        (other, WRITTEN), // never consented to
        (one, TAKEN_BACK),
        (other, GIVEN),
        (one, WRITTEN), // late
        (other, WRITTEN),
        (one, TAKEN_BACK), // by the other guardian too
        (one, WRITTEN),    // late
        (one, GIVEN),
        (one, WRITTEN),
    ];
    assert_eq!(judge(happened.into_iter()), Counted { written: 6, late: 3 });
}
