//! What a series comes to: each of its days, held or not and why. The same list is shown before a series is saved and followed
//! when it is.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    id::{ForumId, MeetingId, SeriesId},
    meeting::MeetingState,
    series::{Outcome, Series, SkipReason, occurrences},
};
use sea_orm::ConnectionTrait;

use crate::{
    Backend, Result,
    actor::Actor,
    store::{self, closed_day::ClosedDay, meeting::Meeting},
    usecase::change_series::{SeriesTyped, read},
};

/// What becomes of one day of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A meeting is made, or an untouched draft is set right.
    Made,
    /// There is a meeting already that was published, prepared, moved, cancelled or held: it stays as it is.
    Stays,
    /// It lies before today: no meeting is made afterwards.
    Past,
    /// No meeting, and why (K2).
    Skipped {
        /// Why.
        reason: SkipReason,
        /// What the municipality calls the day, where it closed it itself.
        name: Option<String>,
    },
}

/// One day of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesDay {
    /// The local day.
    pub on: NaiveDate,
    /// What becomes of it.
    pub fate: Fate,
}

/// A series as it would come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesPreview {
    /// Its days, in order.
    pub days: Vec<SeriesDay>,
    /// Untouched drafts that would be taken away, as the series no longer meets on their day.
    pub removed: Vec<NaiveDate>,
}

impl SeriesPreview {
    /// How many meetings it makes or sets right.
    pub fn made(&self) -> usize {
        self.days.iter().filter(|day| day.fate == Fate::Made).count()
    }
}

/// What a series as typed would come to, new in a forum or in place of one there is.
///
/// # Errors
/// [`crate::Error::Denied`] for others than administrators; the flaws of [`crate::usecase::change_series`].
pub async fn preview(
    backend: &Backend,
    actor: &Actor,
    forum: ForumId,
    series: Option<SeriesId>,
    filled: &SeriesTyped,
) -> Result<SeriesPreview> {
    actor.must_be(&[domain::visibility::Role::Administrator])?;
    let (plan, _) = read(filled)?;
    store::forum::load(backend.db(), forum).await?;
    let today = domain::time::day(backend.now());
    Ok(lay_out(backend.db(), series, &plan, today).await?.0)
}

/// A series' days, and its meetings that may still be changed without anybody noticing, by the day they stand for.
pub(crate) async fn lay_out(
    db: &impl ConnectionTrait,
    series: Option<SeriesId>,
    plan: &Series,
    today: NaiveDate,
) -> Result<(SeriesPreview, BTreeMap<NaiveDate, Meeting>)> {
    let closed = store::closed_day::between(db, plan.plan().from, plan.plan().until).await?;
    let there = match series {
        Some(series) => store::meeting::of_series(db, series).await?,
        None => Vec::new(),
    };
    let taken: Vec<NaiveDate> = there.iter().filter_map(|meeting| meeting.series_on).collect();
    let pliable = pliable(db, there, today).await?;
    let days = days(plan, &closed, today, |on| taken.contains(&on) && !pliable.contains_key(&on));
    let kept: Vec<NaiveDate> = days.iter().filter(|day| day.fate == Fate::Made).map(|day| day.on).collect();
    let removed = pliable.keys().copied().filter(|on| !kept.contains(on)).collect();
    Ok((SeriesPreview { days, removed }, pliable))
}

fn days(plan: &Series, closed: &[ClosedDay], today: NaiveDate, fixed: impl Fn(NaiveDate) -> bool) -> Vec<SeriesDay> {
    let closed_on = |on: NaiveDate| closed.iter().find(|day| day.on == on);
    occurrences(plan, |on| closed_on(on).map(|day| day.kind.skip_reason()))
        .into_iter()
        .map(|day| {
            let fate = match day.outcome {
                _ if fixed(day.on) => Fate::Stays,
                _ if day.on < today => Fate::Past,
                Outcome::Held => Fate::Made,
                Outcome::Skipped(reason) => {
                    Fate::Skipped { reason, name: closed_on(day.on).map(|day| day.name.clone()) }
                }
            };
            SeriesDay { on: day.on, fate }
        })
        .collect()
}

/// Drafts from today on that stand on their own day, with nothing on the agenda and nobody invited.
async fn pliable(
    db: &impl ConnectionTrait,
    there: Vec<Meeting>,
    today: NaiveDate,
) -> Result<BTreeMap<NaiveDate, Meeting>> {
    let drafts: Vec<Meeting> = there
        .into_iter()
        .filter(|meeting| meeting.stage.state == MeetingState::Draft)
        .filter(|meeting| meeting.series_on == Some(meeting.on) && meeting.on >= today)
        .collect();
    let ids: Vec<MeetingId> = drafts.iter().map(|meeting| meeting.id).collect();
    let untouched = store::meeting::untouched(db, ids).await?;
    Ok(drafts.into_iter().filter(|meeting| untouched.contains(&meeting.id)).map(|one| (one.on, one)).collect())
}
