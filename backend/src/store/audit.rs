//! The audit log.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use crate::{Result, actor::Doer, audit::Event, entity::audit};

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

/// Writes events down, in order.
pub(crate) async fn record(
    db: &impl ConnectionTrait,
    doer: &Doer,
    at: DateTime<Utc>,
    outcome: Outcome,
    events: &[Event],
) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let rows = events.iter().map(|event| audit::ActiveModel {
        at: Set(at),
        person_id: Set(doer.person.map(domain::id::PersonId::uuid)),
        assignment_id: Set(doer.assignment.map(domain::id::AssignmentId::uuid)),
        unit_id: Set(doer.unit.map(domain::id::UnitId::uuid)),
        action: Set(event.action.code().to_owned()),
        case_id: Set(event.case.map(domain::id::CaseId::uuid)),
        subject_id: Set(event.subject),
        basis_id: Set(event.basis.map(domain::id::ConsentId::uuid)),
        outcome: Set(outcome.code().to_owned()),
        request_id: Set(doer.request.clone()),
        ..Default::default()
    });
    audit::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}
