//! The audit log.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::id::{AssignmentId, CaseId, ConsentId, PersonId, UnitId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect, Statement,
};
use uuid::Uuid;

use crate::{
    Result,
    actor::Doer,
    audit::{
        Action, Event,
        chain::{Entry, Head, Link, NOTHING, chain_of},
    },
    crypt::Keys,
    entity::audit,
};

/// How many rows are read at a time.
const PAGE: u64 = 5_000;
/// Sets the log's locks on PostgreSQL apart from any other.
const LOCKS: i32 = 0x4155;

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    Read,
    Denied,
}

impl Outcome {
    const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Read => "read",
            Self::Denied => "denied",
        }
    }
}

/// Writes events down, in order, each bound to the one before in its chain. Once in a transaction: the chains are locked in
/// their order, so that two writers never wait for each other.
pub(crate) async fn record(
    tx: &DatabaseTransaction,
    keys: &Keys,
    doer: &Doer,
    at: DateTime<Utc>,
    outcome: Outcome,
    events: &[Event],
) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let mut by_chain: BTreeMap<u8, Vec<&Event>> = BTreeMap::new();
    for event in events {
        let about = event.subject.or(doer.person.map(PersonId::uuid));
        by_chain.entry(chain_of(event.case.map(CaseId::uuid), about)).or_default().push(event);
    }
    let mut rows = Vec::with_capacity(events.len());
    for (chain, events) in by_chain {
        let (mut place, mut link) = end(tx, chain).await?;
        for event in events {
            place += 1;
            let mut entry = entry(doer, at, outcome, event, chain, place);
            entry.link = entry.linked(keys, &link);
            link = entry.link;
            rows.push(row(entry));
        }
    }
    audit::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// Where a chain ends, and nobody else may go on from there until this transaction has ended.
async fn end(tx: &DatabaseTransaction, chain: u8) -> Result<(i64, Link)> {
    if tx.get_database_backend() == DbBackend::Postgres {
        let lock = "SELECT pg_advisory_xact_lock($1, $2)";
        let values = [LOCKS.into(), i32::from(chain).into()];
        tx.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, lock, values)).await?;
    }
    let last = audit::Entity::find()
        .select_only()
        .columns([audit::Column::Place, audit::Column::Link])
        .filter(audit::Column::Chain.eq(i16::from(chain)))
        .order_by_desc(audit::Column::Place)
        .into_tuple::<(i64, Vec<u8>)>()
        .one(tx)
        .await?;
    Ok(last.map_or((0, NOTHING), |(place, link)| (place, as_link(link))))
}

/// A link that cannot have been written by us fits nowhere, and shows as any changed one.
fn as_link(bytes: Vec<u8>) -> Link {
    bytes.try_into().unwrap_or([u8::MAX; 32])
}

fn entry(doer: &Doer, at: DateTime<Utc>, outcome: Outcome, event: &Event, chain: u8, place: i64) -> Entry {
    Entry {
        seq: 0, // the row gets its number when it is written
        chain,
        place,
        at,
        ids: [
            doer.person.map(PersonId::uuid),
            doer.assignment.map(AssignmentId::uuid),
            doer.unit.map(UnitId::uuid),
            event.case.map(CaseId::uuid),
            event.subject,
            event.basis.map(ConsentId::uuid),
        ],
        words: [event.action.code().to_owned(), outcome.code().to_owned()],
        request: doer.request.clone(),
        digest: event.digest.map(Vec::from),
        link: NOTHING,
    }
}

fn row(entry: Entry) -> audit::ActiveModel {
    let [person, assignment, unit, case, subject, basis] = entry.ids;
    let [action, outcome] = entry.words;
    audit::ActiveModel {
        at: Set(entry.at),
        person_id: Set(person),
        assignment_id: Set(assignment),
        unit_id: Set(unit),
        action: Set(action),
        case_id: Set(case),
        subject_id: Set(subject),
        basis_id: Set(basis),
        outcome: Set(outcome),
        request_id: Set(entry.request),
        digest: Set(entry.digest),
        chain: Set(entry.chain.into()),
        place: Set(entry.place),
        link: Set(entry.link.to_vec()),
        ..Default::default()
    }
}

fn read(row: audit::Model) -> Entry {
    Entry {
        seq: row.seq,
        chain: u8::try_from(row.chain).unwrap_or(u8::MAX),
        place: row.place,
        at: row.at,
        ids: [row.person_id, row.assignment_id, row.unit_id, row.case_id, row.subject_id, row.basis_id],
        words: [row.action, row.outcome],
        request: row.request_id,
        digest: row.digest,
        link: as_link(row.link),
    }
}

/// The log after an entry, by chain, then place: what [`crate::audit::chain::Verifier`] takes. Empty at the end.
pub(crate) async fn after(db: &impl ConnectionTrait, last: Option<&Entry>) -> Result<Vec<Entry>> {
    let beyond = last.map(|last| {
        let (chain, place) = (i16::from(last.chain), last.place);
        let later = Condition::any()
            .add(audit::Column::Place.gt(place))
            .add(Condition::all().add(audit::Column::Place.eq(place)).add(audit::Column::Seq.gt(last.seq)));
        Condition::any()
            .add(audit::Column::Chain.gt(chain))
            .add(Condition::all().add(audit::Column::Chain.eq(chain)).add(later))
    });
    let rows = audit::Entity::find()
        .filter(beyond.unwrap_or_else(Condition::all))
        .order_by_asc(audit::Column::Chain)
        .order_by_asc(audit::Column::Place)
        .order_by_asc(audit::Column::Seq)
        .limit(PAGE)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Where each chain ends now.
pub(crate) async fn heads(db: &impl ConnectionTrait) -> Result<Vec<Head>> {
    let mut heads = Vec::new();
    for chain in 0..crate::audit::chain::CHAINS {
        let last = audit::Entity::find()
            .filter(audit::Column::Chain.eq(i16::from(chain)))
            .order_by_desc(audit::Column::Place)
            .one(db)
            .await?;
        if let Some(last) = last {
            heads.push(Head { chain, place: last.place, link: as_link(last.link) });
        }
    }
    Ok(heads)
}

/// What one person of a unit has done with one case in some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Looks {
    pub person: PersonId,
    pub case: CaseId,
    pub times: i64,
    pub first: DateTime<Utc>,
    pub last: DateTime<Utc>,
}

/// Who of a unit has read or changed which case from an instant until before another, however often.
pub(crate) async fn looks(
    db: &impl ConnectionTrait,
    unit: UnitId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Looks>> {
    let rows = audit::Entity::find()
        .select_only()
        .columns([audit::Column::PersonId, audit::Column::CaseId])
        .column_as(audit::Column::Seq.count(), "times")
        .column_as(audit::Column::At.min(), "first_at")
        .column_as(audit::Column::At.max(), "last_at")
        .filter(audit::Column::UnitId.eq(unit.uuid()))
        .filter(audit::Column::At.gte(from))
        .filter(audit::Column::At.lt(until))
        .filter(audit::Column::PersonId.is_not_null())
        .filter(audit::Column::CaseId.is_not_null())
        .filter(audit::Column::Outcome.ne(Outcome::Denied.code()))
        .group_by(audit::Column::PersonId)
        .group_by(audit::Column::CaseId)
        .into_tuple::<(Uuid, Uuid, i64, DateTime<Utc>, DateTime<Utc>)>()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(person, case, times, first, last)| Looks {
            person: PersonId::from_uuid(person),
            case: CaseId::from_uuid(case),
            times,
            first,
            last,
        })
        .collect())
}

/// One thing done with a case.
pub(crate) struct OfCase {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub person: Option<PersonId>,
    pub unit: Option<UnitId>,
    pub action: String,
    pub basis: Option<ConsentId>,
}

/// What was done with a case and looked at of it, the newest first; not what was asked for in vain.
pub(crate) async fn of_case(
    db: &impl ConnectionTrait,
    case: CaseId,
    actions: &[&str],
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<OfCase>> {
    let earlier = before.map(|seq| audit::Column::Seq.lt(seq));
    let rows = audit::Entity::find()
        .filter(audit::Column::CaseId.eq(case.uuid()))
        .filter(audit::Column::Action.is_in(actions.iter().copied()))
        .filter(audit::Column::Outcome.ne(Outcome::Denied.code()))
        .filter(earlier.map_or_else(Condition::all, |earlier| Condition::all().add(earlier)))
        .order_by_desc(audit::Column::Seq)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| OfCase {
            seq: row.seq,
            at: row.at,
            person: row.person_id.map(PersonId::from_uuid),
            unit: row.unit_id.map(UnitId::from_uuid),
            action: row.action,
            basis: row.basis_id.map(ConsentId::from_uuid),
        })
        .collect())
}

/// When each of these cases was last changed by anything but these actions; what was looked at or asked for in vain changes nothing.
pub(crate) async fn last_changes(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = CaseId>,
    but: &[Action],
) -> Result<BTreeMap<CaseId, DateTime<Utc>>> {
    let rows = audit::Entity::find()
        .select_only()
        .column(audit::Column::CaseId)
        .column_as(audit::Column::At.max(), "last")
        .filter(audit::Column::CaseId.is_in(cases.into_iter().map(CaseId::uuid)))
        .filter(audit::Column::Outcome.eq(Outcome::Done.code()))
        .filter(audit::Column::Action.is_not_in(but.iter().map(|action| action.code())))
        .group_by(audit::Column::CaseId)
        .into_tuple::<(Uuid, DateTime<Utc>)>()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(case, last)| (CaseId::from_uuid(case), last)).collect())
}
