//! The review desk: what waits, and one of it with its changes and its checks.

mod changes;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{CaseId, MinutesId, PersonId, UnitId},
    minutes::MinutesState,
    review::{Checks, days_waiting},
    visibility::Role,
};

pub use changes::{Change, ChangedText, Piece, TextPart, Was};

pub use crate::store::review::{Place, Remarks};

use super::record::{self, ForumLabel, RecordHead};
use crate::{
    Backend, Result,
    actor::Actor,
    audit::Action,
    gate::{self, Known},
    store::{
        self,
        minutes::MinutesHead,
        review::{Approval, Note},
    },
    usecase::review_minutes::{checks, names_of_others},
};

/// Minutes that wait for their review, or for their writer.
#[derive(Clone, Debug)]
pub struct Queued {
    /// The minutes.
    pub id: MinutesId,
    /// The case's reference.
    pub reference: String,
    /// The local day of the meeting.
    pub on: NaiveDate,
    /// The forum.
    pub forum: ForumLabel,
    /// How often they were saved.
    pub revision: i64,
    /// Local days since they were handed in.
    pub days: i64,
    /// Whether that is more than the forum gives itself.
    pub late: bool,
    /// What waits, and where.
    pub waits: Waits,
    /// Whether the reader wrote in them, and so does not review them.
    pub own: bool,
}

/// What waits, and where; in the order of the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waits {
    /// Minutes, at the desk.
    AtDesk,
    /// Something added to approved minutes.
    Addendum,
    /// Minutes that are back with their writer.
    WithWriter,
}

/// One minutes under review.
#[derive(Clone, Debug)]
pub struct Review {
    /// What stands above them.
    pub head: RecordHead,
    /// The case.
    pub case: CaseId,
    /// The text, with what changed.
    pub text: ChangedText,
    /// The revision it is compared with.
    pub compared_with: Option<i64>,
    /// Whether they were changed since this person last read them.
    pub changed_since_read: bool,
    /// What was checked.
    pub checks: Checks,
    /// When the item was open.
    pub opened_at: DateTime<Utc>,
    /// When it was ended; none while it is open.
    pub closed_at: Option<DateTime<Utc>>,
    /// The units consent covered when the text was written.
    pub covered: Vec<String>,
    /// The units of the check that were in the room without cover.
    pub uncovered: Vec<String>,
    /// The names of the units of undertakings.
    pub units: BTreeMap<UnitId, String>,
    /// Whether the reader wrote in them, and so does not review them.
    pub own: bool,
    /// Whether they wait for a review; else they are back with their writer.
    pub submitted: bool,
    /// Earlier comments, the oldest first: when, by whom, on which revision, what.
    pub comments: Vec<Comment>,
    /// The versions there are to compare with: those that were returned or approved.
    pub versions: Vec<Version>,
    /// How often they were opened again after they had been approved, and why.
    pub reopened: Vec<Comment>,
}

/// What a reviewer wrote when returning.
#[derive(Clone, Debug)]
pub struct Comment {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// On which revision.
    pub revision: i64,
    /// What.
    pub remarks: Remarks,
}

/// A version that somebody reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub revision: i64,
    /// When it was answered.
    pub at: DateTime<Utc>,
    /// Whether it was approved; else it went back.
    pub approved: bool,
}

/// What waits, the longest first; what is back with its writer last.
///
/// # Errors
/// [`crate::Error::Denied`] for others than administrators.
pub async fn review_queue(backend: &Backend, actor: &Actor) -> Result<Vec<Queued>> {
    actor.must_be(&[Role::Administrator])?;
    let (db, now) = (backend.db(), backend.now());
    let known = gate::all_known(db, actor.viewer()?, now).await?;
    let heads = store::minutes::of_cases(db, known.keys().copied()).await?;
    let added = store::review::waiting(db, known.keys().copied()).await?;
    let mut queue = Vec::new();
    let mut events = Vec::new();
    for head in heads {
        let Some(known) = known.get(&head.case) else { continue };
        let added = added.get(&head.id).filter(|_| head.state == MinutesState::Approved);
        if added.is_none() && !waits(head.state) {
            continue;
        }
        queue.push(queued(backend, actor, known, &head, added).await?);
        events.push(known.event(Action::CaseRead).subject(head.id.uuid()));
    }
    queue.sort_by_key(|one| (one.waits == Waits::WithWriter, std::cmp::Reverse(one.days)));
    backend.log_reads(actor, &events).await?;
    Ok(queue)
}

const fn waits(state: MinutesState) -> bool {
    matches!(state, MinutesState::Submitted | MinutesState::Returned)
}

async fn queued(
    backend: &Backend,
    actor: &Actor,
    known: &Known,
    head: &MinutesHead,
    added: Option<&(DateTime<Utc>, BTreeSet<PersonId>)>,
) -> Result<Queued> {
    let db = backend.db();
    let meeting = store::meeting::load(db, head.meeting).await?;
    let forum = store::forum::load(db, meeting.forum).await?;
    let since = added.map(|(since, _)| *since).or(head.submitted_at).unwrap_or_else(|| backend.now());
    let days = days_waiting(since, backend.now());
    let writers = match added {
        Some((_, writers)) => writers.clone(),
        None => store::minutes::writers(db, head.id).await?,
    };
    let late = days > i64::from(forum.review_days);
    Ok(Queued {
        id: head.id,
        reference: known.head().reference.clone(),
        on: meeting.on,
        forum: forum.into(),
        revision: head.revision,
        days,
        late,
        waits: match head.state {
            _ if added.is_some() => Waits::Addendum,
            MinutesState::Returned => Waits::WithWriter,
            _ => Waits::AtDesk,
        },
        own: writers.contains(&actor.person),
    })
}

/// One minutes with their changes and checks. From then on they count as read by this person.
///
/// # Errors
/// [`crate::Error::NotFound`] where they are not for this person, or do not wait.
pub async fn review(backend: &Backend, actor: &Actor, id: MinutesId, compare: Option<i64>) -> Result<Review> {
    actor.must_be(&[Role::Administrator])?;
    let (head, known) = record::asked(backend, actor, id, |head| waits(head.state)).await?;
    backend.log_reads(actor, &[known.event(Action::MinutesRead).subject(id.uuid())]).await?;
    let review = shown(backend, actor, &known, &head, compare).await?;
    store::minutes::mark_read(backend, id, actor.person, head.revision).await?;
    Ok(review)
}

async fn shown(
    backend: &Backend,
    actor: &Actor,
    known: &Known,
    head: &MinutesHead,
    compare: Option<i64>,
) -> Result<Review> {
    let (db, id) = (backend.db(), head.id);
    let notes = store::review::notes(backend, db, head).await?;
    let versions = versions(&notes, &store::review::approvals(db, id).await?, head.revision);
    let last_read = store::minutes::last_read(db, id, actor.person).await?;
    let earlier = |revision: &i64| *revision < head.revision;
    let wished = compare.filter(|wished| versions.iter().any(|one| one.revision == *wished));
    // What was answered last stays the same however often the page is read.
    let base = wished.or(versions.last().map(|one| one.revision)).or(last_read.filter(earlier));
    let now = store::minutes::body(backend, db, id, head.revision).await?;
    let before = match base {
        Some(revision) => store::minutes::kept_body(backend, db, id, revision).await?,
        None => None,
    };
    let checks = checks(backend, db, known, head, &now).await?;
    let stretch = record::stretch(backend, head).await?;
    Ok(Review {
        head: record::head(backend, actor, known, head, (head.revision, head.state)).await?,
        case: head.case,
        text: ChangedText::between(before.as_ref(), &now, &names_of_others(backend, db, head.case).await?),
        compared_with: base.filter(|_| before.is_some()),
        changed_since_read: last_read.is_some_and(|read| read < head.revision),
        opened_at: stretch.from,
        closed_at: stretch.until,
        covered: record::unit_names(backend, &store::minutes::covered_then(db, id, head.revision).await?).await?,
        uncovered: record::unit_names(backend, &checks.uncovered).await?,
        checks,
        units: record::short_names(backend).await?,
        own: store::minutes::writers(db, id).await?.contains(&actor.person),
        submitted: head.state == MinutesState::Submitted,
        comments: comments(backend, notes).await?,
        versions,
        reopened: reopened(backend, head).await?,
    })
}

/// What was reviewed before the revision that waits now, the oldest first.
fn versions(notes: &[Note], approvals: &[Approval], now: i64) -> Vec<Version> {
    let returned = notes.iter().map(|one| Version { revision: one.revision, at: one.at, approved: false });
    let approved = approvals.iter().map(|one| Version { revision: one.revision, at: one.at, approved: true });
    let mut all: Vec<_> = returned.chain(approved).filter(|one| one.revision < now).collect();
    all.sort_by_key(|one| one.at);
    all
}

async fn reopened(backend: &Backend, head: &MinutesHead) -> Result<Vec<Comment>> {
    let mut all = Vec::new();
    for one in store::review::reopenings(backend, backend.db(), head).await? {
        let by = record::names(backend, [one.by]).await?.pop().unwrap_or_default();
        let remarks = Remarks { general: one.reason, at: Vec::new() };
        all.push(Comment { at: one.at, by, revision: one.revision, remarks });
    }
    Ok(all)
}

async fn comments(backend: &Backend, notes: Vec<Note>) -> Result<Vec<Comment>> {
    let mut comments = Vec::with_capacity(notes.len());
    for note in notes {
        let by = record::names(backend, [note.by]).await?.pop().unwrap_or_default();
        comments.push(Comment { at: note.at, by, revision: note.revision, remarks: note.remarks });
    }
    Ok(comments)
}

/// Something that waits for somebody's review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Waiting {
    /// Since when.
    pub since: DateTime<Utc>,
    /// The minutes.
    pub minutes: MinutesId,
    /// Whether it is something added to them.
    pub addendum: bool,
}

/// Of these minutes, those that wait for this person's review, and those to which something was added that does; not what they wrote
/// themselves. The longest wait first.
pub(super) async fn for_review(backend: &Backend, actor: &Actor, minutes: &[MinutesHead]) -> Result<Vec<Waiting>> {
    let mut waiting = Vec::new();
    if actor.role != Role::Administrator {
        return Ok(waiting);
    }
    let added = store::review::waiting(backend.db(), minutes.iter().map(|head| head.case)).await?;
    for head in minutes {
        match head.state {
            MinutesState::Submitted => {
                if !store::minutes::writers(backend.db(), head.id).await?.contains(&actor.person) {
                    let since = head.submitted_at.unwrap_or_else(|| backend.now());
                    waiting.push(Waiting { since, minutes: head.id, addendum: false });
                }
            }
            MinutesState::Approved => {
                let others = added.get(&head.id).filter(|(_, writers)| !writers.contains(&actor.person));
                waiting.extend(others.map(|(since, _)| Waiting { since: *since, minutes: head.id, addendum: true }));
            }
            MinutesState::Draft | MinutesState::Returned => {}
        }
    }
    waiting.sort();
    Ok(waiting)
}
