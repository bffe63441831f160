//! The gate: every read and every change of case data asks here who may know it, and is written down.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    consent::{CaseFacts, Standing, standing},
    id::{CaseId, ForumId, UnitId},
    time::day,
    visibility::{Circle, Verdict, Viewer, may_know},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    actor::{Actor, Doer},
    agenda::planners,
    audit::{Action, Event},
    job::meeting_changed,
    store::{
        self,
        audit::Outcome,
        case::{CaseHead, CaseRecord},
    },
    tx::Tx,
};

/// A case that somebody may know of, at one instant. There is no other way to come by a case's data.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// The case and what decides over it.
    pub record: CaseRecord,
    /// What its consent allows at that instant.
    pub standing: Standing,
    /// Why they may know.
    pub verdict: Verdict,
}

impl Known {
    pub(crate) fn head(&self) -> &CaseHead {
        &self.record.head
    }

    pub(crate) fn id(&self) -> CaseId {
        self.record.head.id
    }

    /// An event about this case, resting on the consent that decides.
    pub(crate) fn event(&self, action: Action) -> Event {
        Event::new(action).case(self.id()).basis(self.standing.consent)
    }
}

/// One case, if the actor may know of it now.
///
/// # Errors
/// [`Error::NotFound`] when it does not exist or is not for them to know: the same to the outside (AUTHZ-03).
pub(crate) async fn known(db: &impl ConnectionTrait, actor: &Actor, case: CaseId, at: DateTime<Utc>) -> Result<Known> {
    let viewer = actor.viewer().map_err(|_| Error::NotFound)?;
    if !store::gate::is_for(db, viewer, case, at).await? {
        return Err(Error::NotFound);
    }
    judge(store::case::record(db, case).await?, viewer, at).ok_or(Error::NotFound)
}

/// One case asked for by its address, if the actor may know of it now. What was asked for in vain is written down (L2).
///
/// # Errors
/// As [`known`].
pub(crate) async fn asked(backend: &Backend, actor: &Actor, case: CaseId, at: DateTime<Utc>) -> Result<Known> {
    let found = known(backend.db(), actor, case, at).await;
    backend.or_denied(actor, Event::new(Action::CaseRead).subject(case.uuid()), found).await
}

/// Of these cases, those somebody may know of at an instant.
pub(crate) async fn known_among(
    db: &impl ConnectionTrait,
    viewer: Viewer,
    cases: impl IntoIterator<Item = CaseId>,
    at: DateTime<Utc>,
) -> Result<BTreeMap<CaseId, Known>> {
    let records = store::case::records(db, cases.into_iter().map(CaseId::uuid)).await?;
    Ok(judge_all(records, viewer, at))
}

/// All cases somebody may know of at an instant: what their unit registered, and what consent covers it for.
pub(crate) async fn all_known(
    db: &impl ConnectionTrait,
    viewer: Viewer,
    at: DateTime<Utc>,
) -> Result<BTreeMap<CaseId, Known>> {
    let mut ids = store::case::registered_by(db, viewer.unit).await?;
    ids.extend(store::gate::open_for(db, viewer.unit, at).await?);
    let records = store::case::records(db, ids).await?;
    Ok(judge_all(records, viewer, at))
}

/// Whom a case is for at an instant.
#[derive(Clone, Debug)]
pub(crate) struct Audience {
    /// The units consent covers.
    pub units: BTreeSet<UnitId>,
    /// Who of those that work there.
    pub circle: Circle,
}

/// Whom each of these cases is for at each of these instants: the program's own question, whom to invite and what stands in
/// whose calendar. Answers with units and people only, nothing of the cases.
pub(crate) async fn audience(
    db: &impl ConnectionTrait,
    asked: impl IntoIterator<Item = (CaseId, DateTime<Utc>)>,
) -> Result<BTreeMap<(CaseId, DateTime<Utc>), Audience>> {
    let asked: Vec<_> = asked.into_iter().collect();
    let ids: Vec<Uuid> = asked.iter().map(|(case, _)| case.uuid()).collect();
    let records = store::case::records(db, ids).await?;
    let answers = asked.into_iter().filter_map(|(case, at)| {
        let record = records.get(&case).filter(|record| record.head.closed_at.is_none())?;
        let audience = Audience { units: standing(&record.facts, at).covered, circle: record.circle.clone() };
        Some(((case, at), audience))
    });
    Ok(answers.collect())
}

/// What follows, for the whole program, from what was changed about a case in this transaction: the windows the database guards, what
/// falls off agendas, and who is called to which meeting. `before` is the case as it was known before the change.
pub(crate) async fn settle(tx: &Tx, before: &Known) -> Result<CaseFacts> {
    let case = before.id();
    let record = store::gate::recompute(tx, case).await?;
    let after = if record.head.closed_at.is_some() { Standing::default() } else { standing(&record.facts, tx.now()) };
    store::suspension::drop_uncovered(tx, case, &before.standing, &after).await?;
    take_off(tx, Some(case)).await?;
    meeting_changed::of_case(tx, case).await?;
    Ok(record.facts)
}

/// Takes off all agendas what somebody who plans them may not know any more: time ends consents too, and people begin to plan. Says
/// how many cases fell off one.
pub(crate) async fn drop_unplannable(tx: &Tx) -> Result<usize> {
    // All items before the first letter, as a withdrawal does it: taken by turns, each could wait for the other.
    let dropped = take_off(tx, None).await?;
    for case in &dropped {
        meeting_changed::of_case(tx, *case).await?;
    }
    Ok(dropped.len())
}

/// Takes off the agendas of meetings that have not begun what somebody who plans them may not know any more: they would see a gap in
/// the times. Of one case, or of all; gives those that fell off one.
async fn take_off(tx: &Tx, case: Option<CaseId>) -> Result<BTreeSet<CaseId>> {
    let at = tx.now();
    let planned = store::suspension::planned(tx.db(), case, day(at)).await?;
    let records = store::case::records(tx.db(), planned.iter().map(|one| one.case.uuid())).await?;
    let forums: BTreeSet<ForumId> = planned.iter().map(|one| one.forum).collect();
    let mut dropped = BTreeSet::new();
    for forum in forums {
        let table = store::roster::seats(tx.db(), forum, day(at)).await?;
        let planners = planners(tx.db(), &table, day(at)).await?;
        for one in planned.iter().filter(|one| one.forum == forum) {
            let Some(record) = records.get(&one.case) else { continue };
            let is_told = |who: &Viewer| may_know(&record.facts, record.head.unit, &record.circle, *who, at).knows();
            if !planners.iter().all(is_told) {
                store::suspension::drop_planned(tx, one.case, [one.meeting.uuid()]).await?;
                dropped.insert(one.case);
            }
        }
    }
    Ok(dropped)
}

fn judge_all(records: BTreeMap<CaseId, CaseRecord>, viewer: Viewer, at: DateTime<Utc>) -> BTreeMap<CaseId, Known> {
    records.into_iter().filter_map(|(id, record)| judge(record, viewer, at).map(|known| (id, known))).collect()
}

fn judge(record: CaseRecord, viewer: Viewer, at: DateTime<Utc>) -> Option<Known> {
    let verdict = may_know(&record.facts, record.head.unit, &record.circle, viewer, at);
    if verdict == Verdict::Hidden {
        return None;
    }
    let standing = standing(&record.facts, at);
    Some(Known { record, standing, verdict })
}

impl Backend {
    /// Writes down what was read, before the answer leaves (AUD-02).
    pub(crate) async fn log_reads(&self, actor: &Actor, events: &[Event]) -> Result<()> {
        self.log(&Doer::from(actor), Outcome::Read, events).await
    }

    /// Passes on what was found. Where there is nothing for this actor, that is written down (L2), alike for what does not exist
    /// and for what is not theirs to know (AUTHZ-03).
    pub(crate) async fn or_denied<T>(&self, actor: &Actor, event: Event, found: Result<T>) -> Result<T> {
        if matches!(found, Err(Error::NotFound)) {
            self.log(&Doer::from(actor), Outcome::Denied, &[event]).await?;
        }
        found
    }

    /// Writes down that a change was asked for in vain (L2), and what was named in it: alike for what does not exist and for what
    /// is not theirs to know (AUTHZ-03).
    ///
    /// # Errors
    /// When it cannot be written down.
    pub async fn log_refused(&self, actor: &Actor, named: Option<Uuid>) -> Result<()> {
        let event = Event { subject: named, ..Event::new(Action::ChangeRefused) };
        self.log(&Doer::from(actor), Outcome::Denied, &[event]).await
    }
}
