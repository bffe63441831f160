//! What a series comes to: each of its days, held or not and why. The same list is shown before a series is saved and followed
//! when it is.

use std::{cmp::Ordering, collections::BTreeMap};

use chrono::{Days, NaiveDate};
use domain::{
    calendar::before_red_day,
    id::{ForumId, MeetingId, SeriesId},
    meeting::MeetingState,
    series::{DayPolicy, Occurrence, Outcome, Series, SkipReason, not_free, occurrences},
};
use sea_orm::ConnectionTrait;

use crate::{
    Backend, Result,
    actor::Actor,
    store::{self, closed_day::ClosedDay, forum::Forum, meeting::Meeting},
    usecase::change_series::{Choices, SeriesTyped, read},
};

/// What becomes of one day of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A meeting is made, or an untouched draft is set right: on that day, or on another instead.
    Made {
        /// The day it is on.
        on: NaiveDate,
    },
    /// There is a meeting already that was published, prepared, moved, cancelled or held: it stays as it is.
    Stays,
    /// It lies before today: no meeting is made afterwards.
    Past,
    /// No meeting (K2).
    Skipped,
}

/// Why a day is not free to meet on, and what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Why.
    pub reason: SkipReason,
    /// What the municipality calls the day, where it closed it itself.
    pub name: Option<String>,
    /// What was chosen, or is the forum's policy.
    pub choice: DayPolicy,
    /// What can be chosen, with the day the meeting is on then.
    pub choices: Vec<(DayPolicy, Option<NaiveDate>)>,
}

/// One day of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesDay {
    /// The local day.
    pub on: NaiveDate,
    /// What becomes of it.
    pub fate: Fate,
    /// Why it is not free to meet on, if it is not and something can be chosen.
    pub conflict: Option<Conflict>,
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
        self.days.iter().filter(|day| matches!(day.fate, Fate::Made { .. })).count()
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
    let read = read(filled)?;
    let forum = store::forum::load(backend.db(), forum).await?;
    let today = domain::time::day(backend.now());
    Ok(lay_out(backend.db(), series, &forum, (&read.plan, &read.days), today).await?.0)
}

/// A series' days, and its meetings from its first day on that may still be changed without anybody noticing, by the day they stand for.
pub(crate) async fn lay_out(
    db: &impl ConnectionTrait,
    series: Option<SeriesId>,
    forum: &Forum,
    (plan, chosen): (&Series, &Choices),
    today: NaiveDate,
) -> Result<(SeriesPreview, BTreeMap<NaiveDate, Meeting>)> {
    let week = Days::new(7); // another day of the same week may lie beyond the series
    let (from, until) = (plan.plan().from - week, plan.plan().until + week);
    let closed = store::closed_day::between(db, from, until).await?;
    let there = match series {
        Some(series) => store::meeting::of_series(db, series).await?,
        None => Vec::new(),
    };
    let taken: Vec<NaiveDate> = there.iter().filter_map(|meeting| meeting.series_on).collect();
    // What a series held before it begins is not its any more: so a rule is changed from a day on.
    let mut pliable = pliable(db, there, today).await?;
    pliable.retain(|on, _| *on >= plan.plan().from);
    let laying = Laying { forum, closed: &closed, chosen, pliable: &pliable, today };
    let days: Vec<SeriesDay> = occurrences(plan, |on| laying.skipped_by_us(on))
        .into_iter()
        .map(|day| {
            let stays = taken.contains(&day.on) && !pliable.contains_key(&day.on);
            if stays { SeriesDay { on: day.on, fate: Fate::Stays, conflict: None } } else { laying.day(day) }
        })
        .collect();
    let is_made = |on: &NaiveDate| days.iter().any(|day| day.on == *on && matches!(day.fate, Fate::Made { .. }));
    let removed = pliable.keys().copied().filter(|on| !is_made(on)).collect();
    Ok((SeriesPreview { days, removed }, pliable))
}

/// What decides over the days of a series.
struct Laying<'a> {
    forum: &'a Forum,
    closed: &'a [ClosedDay],
    chosen: &'a Choices,
    pliable: &'a BTreeMap<NaiveDate, Meeting>,
    today: NaiveDate,
}

impl Laying<'_> {
    fn closed_by_us(&self, on: NaiveDate) -> Option<&ClosedDay> {
        self.closed.iter().find(|day| day.on == on)
    }

    fn skipped_by_us(&self, on: NaiveDate) -> Option<SkipReason> {
        self.closed_by_us(on).map(|day| day.kind.skip_reason())
    }

    fn day(&self, day: Occurrence) -> SeriesDay {
        let on = day.on;
        if on < self.today {
            return SeriesDay { on, fate: Fate::Past, conflict: None };
        }
        let reason = match day.outcome {
            Outcome::Skipped(reason) => Some(reason),
            Outcome::Held => before_red_day(on).map(SkipReason::BeforeRedDay),
        };
        let Some(reason) = reason else { return SeriesDay { on, fate: Fate::Made { on }, conflict: None } };
        let is_free = |on| on >= self.today && not_free(on, self.skipped_by_us(on)).is_none();
        let choices: Vec<(DayPolicy, Option<NaiveDate>)> = DayPolicy::ALL
            .iter()
            .map(|choice| (*choice, choice.day_instead_of(on, is_free)))
            .filter(|(choice, instead)| *choice == DayPolicy::Skip || instead.is_some())
            .filter(|(choice, _)| *choice != DayPolicy::Hold || !matches!(reason, SkipReason::RedDay(_))) // K5
            .collect();
        // Where there is no other day that week the meeting is skipped.
        let wanted = self.chosen.get(&on).copied().unwrap_or_else(|| self.usual(on, reason));
        let (choice, instead) =
            choices.iter().copied().find(|(choice, _)| *choice == wanted).unwrap_or((DayPolicy::Skip, None));
        let fate = instead.map_or(Fate::Skipped, |on| Fate::Made { on });
        let name = self.closed_by_us(on).map(|day| day.name.clone());
        SeriesDay { on, fate, conflict: Some(Conflict { reason, name, choice, choices }) }
    }

    /// As it was laid out before, else the forum's policy.
    fn usual(&self, on: NaiveDate, reason: SkipReason) -> DayPolicy {
        match self.pliable.get(&on).map(|there| there.on.cmp(&on)) {
            Some(Ordering::Less) => DayPolicy::Before,
            Some(Ordering::Equal) => DayPolicy::Hold,
            Some(Ordering::Greater) => DayPolicy::After,
            None => match reason {
                SkipReason::RedDay(_) | SkipReason::Eve(_) => self.forum.on_red_days,
                SkipReason::SchoolBreak | SkipReason::Closed => self.forum.on_breaks,
                SkipReason::BeforeRedDay(_) => DayPolicy::Hold,
            },
        }
    }
}

/// Drafts from today on that stand where their series put them, with nothing on the agenda but what stands on each and nobody invited.
async fn pliable(
    db: &impl ConnectionTrait,
    there: Vec<Meeting>,
    today: NaiveDate,
) -> Result<BTreeMap<NaiveDate, Meeting>> {
    // Nobody changed it since it was made, or it stands on its own day.
    let is_as_made = |meeting: &Meeting| meeting.version == 1 || meeting.series_on == Some(meeting.on);
    let drafts: Vec<Meeting> = there
        .into_iter()
        .filter(|meeting| meeting.stage.state == MeetingState::Draft && meeting.on >= today && is_as_made(meeting))
        .collect();
    let ids: Vec<MeetingId> = drafts.iter().map(|meeting| meeting.id).collect();
    let untouched = store::meeting::untouched(db, ids).await?;
    let pliable = drafts.into_iter().filter(|meeting| untouched.contains(&meeting.id));
    Ok(pliable.filter_map(|meeting| Some((meeting.series_on?, meeting))).collect())
}
