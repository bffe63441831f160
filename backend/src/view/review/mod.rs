//! The review desk: what waits, and one of it with its changes and its checks.

mod changes;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{CaseId, MinutesId, UnitId},
    minutes::MinutesState,
    review::{Checks, LATE_AFTER_DAYS, days_waiting},
    visibility::Role,
};

pub use changes::{Change, ChangedText, Piece, TextPart, Was};

use super::record::{self, ForumLabel, RecordHead};
use crate::{
    Backend, Result,
    actor::Actor,
    audit::Action,
    gate::{self, Known},
    store::{self, minutes::MinutesHead},
    usecase::review_minutes::checks,
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
    /// Whether that is too many.
    pub late: bool,
    /// Whether they are back with their writer.
    pub returned: bool,
    /// Whether the reader wrote in them, and so does not review them.
    pub own: bool,
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
    pub text: String,
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
    let waiting = heads.into_iter().filter(|head| waits(head.state));
    let mut queue = Vec::new();
    let mut events = Vec::new();
    for head in waiting {
        let Some(known) = known.get(&head.case) else { continue };
        queue.push(queued(backend, actor, known, &head).await?);
        events.push(known.event(Action::CaseRead).subject(head.id.uuid()));
    }
    queue.sort_by_key(|one| (one.returned, std::cmp::Reverse(one.days)));
    backend.log_reads(actor, &events).await?;
    Ok(queue)
}

const fn waits(state: MinutesState) -> bool {
    matches!(state, MinutesState::Submitted | MinutesState::Returned)
}

async fn queued(backend: &Backend, actor: &Actor, known: &Known, head: &MinutesHead) -> Result<Queued> {
    let db = backend.db();
    let meeting = store::meeting::load(db, head.meeting).await?;
    let forum = store::forum::load(db, meeting.forum).await?;
    let days = days_waiting(head.submitted_at.unwrap_or_else(|| backend.now()), backend.now());
    Ok(Queued {
        id: head.id,
        reference: known.head().reference.clone(),
        on: meeting.on,
        forum: forum.into(),
        revision: head.revision,
        days,
        late: days > LATE_AFTER_DAYS,
        returned: head.state == MinutesState::Returned,
        own: store::minutes::writers(db, head.id).await?.contains(&actor.person),
    })
}

/// One minutes with their changes and checks. From then on they count as read by this person.
///
/// # Errors
/// [`crate::Error::NotFound`] where they are not for this person, or do not wait.
pub async fn review(backend: &Backend, actor: &Actor, id: MinutesId) -> Result<Review> {
    actor.must_be(&[Role::Administrator])?;
    let (head, known) = record::asked(backend, actor, id, |head| waits(head.state)).await?;
    backend.log_reads(actor, &[known.event(Action::MinutesRead).subject(id.uuid())]).await?;
    let review = shown(backend, actor, &known, &head).await?;
    store::minutes::mark_read(backend, id, actor.person, head.revision).await?;
    Ok(review)
}

async fn shown(backend: &Backend, actor: &Actor, known: &Known, head: &MinutesHead) -> Result<Review> {
    let (db, id) = (backend.db(), head.id);
    let notes = store::minutes::notes(backend, db, head).await?;
    let last_read = store::minutes::last_read(db, id, actor.person).await?;
    let earlier = |revision: &i64| *revision < head.revision;
    // What was returned last stays the same however often the page is read.
    let base = notes.last().map(|note| note.revision).filter(earlier).or(last_read.filter(earlier));
    let now = store::minutes::body(backend, db, id, head.revision).await?;
    let before = match base {
        Some(revision) => Some(store::minutes::body(backend, db, id, revision).await?),
        None => None,
    };
    let checks = checks(backend, db, known, head, &now).await?;
    let stretch = record::stretch(backend, head).await?;
    Ok(Review {
        head: record::head(backend, actor, known, head).await?,
        case: head.case,
        text: ChangedText::between(before.as_ref(), &now),
        compared_with: base,
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
    })
}

async fn comments(backend: &Backend, notes: Vec<store::minutes::Note>) -> Result<Vec<Comment>> {
    let mut comments = Vec::with_capacity(notes.len());
    for note in notes {
        let by = record::names(backend, [note.by]).await?.pop().unwrap_or_default();
        comments.push(Comment { at: note.at, by, revision: note.revision, text: note.text });
    }
    Ok(comments)
}

/// Of these minutes, those that wait for this person's review: handed in, and not written in by them.
pub(super) async fn for_review<'a>(
    backend: &Backend,
    actor: &Actor,
    minutes: &'a [MinutesHead],
) -> Result<Vec<&'a MinutesHead>> {
    let mut waiting = Vec::new();
    if actor.role != Role::Administrator {
        return Ok(waiting);
    }
    for head in minutes.iter().filter(|head| head.state == MinutesState::Submitted) {
        if !store::minutes::writers(backend.db(), head.id).await?.contains(&actor.person) {
            waiting.push(head);
        }
    }
    Ok(waiting)
}
