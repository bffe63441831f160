//! The list of meetings: what lies ahead week by week, with the days on which none is held and why; what lies behind.
//! Times, places and states only: how many cases a meeting has is for the agenda page to tell, through the gate.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use domain::{
    id::MeetingId,
    meeting::{CancelReason, MeetingState},
    series::{Outcome, SkipReason, occurrences},
    time::IsoWeek,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    store::{self, closed_day::ClosedDay, forum::Forum, meeting::Meeting},
    view::{closed_days::last_day, routing::ForumName},
};

/// How far back the list goes.
const DAYS_BEHIND: u64 = 365;

/// One meeting in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingLine {
    /// The meeting.
    pub id: MeetingId,
    /// To change it.
    pub version: i64,
    /// Its forum.
    pub forum: ForumName,
    /// Local start.
    pub starts: NaiveDateTime,
    /// Local end.
    pub ends: NaiveTime,
    /// Where.
    pub place: String,
    /// Where it is in its life.
    pub state: MeetingState,
    /// Why it was cancelled, where somebody said.
    pub cancelled_because: Option<CancelReason>,
    /// The day of its series it was moved from.
    pub moved_from: Option<NaiveDate>,
}

/// A day of a series on which no meeting is held (K2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedDay {
    /// The local day.
    pub on: NaiveDate,
    /// Whose meeting it would have been.
    pub forum: ForumName,
    /// Why.
    pub reason: SkipReason,
    /// What the municipality calls the day, where it closed it itself.
    pub name: Option<String>,
}

/// A week ahead in which something is, or would have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingWeek {
    /// The week.
    pub week: IsoWeek,
    /// Its meetings by time.
    pub meetings: Vec<MeetingLine>,
    /// Its days without one.
    pub skipped: Vec<SkippedDay>,
}

/// The list of meetings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingsPage {
    /// Today, local.
    pub today: NaiveDate,
    /// This week and those after it, in order.
    pub weeks: Vec<MeetingWeek>,
    /// Meetings of a year back, the last first.
    pub behind: Vec<MeetingLine>,
    /// Whether the reader may move and cancel.
    pub may_change: bool,
    /// Whether the reader may make series, for the empty page to say.
    pub may_plan: bool,
}

/// One meeting with what is needed to move or cancel it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingToChange {
    /// The meeting.
    pub line: MeetingLine,
    /// Its length in minutes.
    pub minutes: u16,
}

/// The list for somebody of a unit: meetings are no secret among those who take part.
///
/// # Errors
/// [`Error::Denied`] for IT operators.
pub async fn page(backend: &Backend, actor: &Actor) -> Result<MeetingsPage> {
    actor.must_be(&[Role::Coordinator, Role::Participant, Role::Administrator])?;
    let db = backend.db();
    let today = domain::time::day(backend.now());
    let forums = store::forum::all(db).await?;
    let monday = IsoWeek::of(today).first_day();
    let start = today.checked_sub_days(Days::new(DAYS_BEHIND)).unwrap_or(today);
    let (ahead, mut behind): (Vec<_>, Vec<_>) =
        store::meeting::from_day(db, start).await?.into_iter().partition(|meeting| meeting.on >= monday);
    behind.reverse();
    let closed = store::closed_day::between(db, monday, last_day()).await?;
    let skipped = skipped(&store::series::all(db).await?, &forums, &closed, &ahead, monday);
    Ok(MeetingsPage {
        today,
        weeks: weeks(lines(&forums, ahead), skipped),
        behind: lines(&forums, behind),
        may_change: may_change(actor),
        may_plan: actor.role == Role::Administrator,
    })
}

/// One meeting, for those who may move and cancel it.
///
/// # Errors
/// [`Error::Denied`] for others; [`Error::NotFound`].
pub async fn to_change(backend: &Backend, actor: &Actor, id: MeetingId) -> Result<MeetingToChange> {
    actor.must_be(&[Role::Coordinator, Role::Administrator])?;
    let meeting = store::meeting::load(backend.db(), id).await?;
    let minutes = meeting.minutes;
    let forums = store::forum::all(backend.db()).await?;
    let line = lines(&forums, vec![meeting]).pop().ok_or(Error::NotFound)?;
    Ok(MeetingToChange { line, minutes })
}

fn may_change(actor: &Actor) -> bool {
    matches!(actor.role, Role::Coordinator | Role::Administrator)
}

/// Meetings as lines of a list.
pub(crate) fn lines(forums: &[Forum], meetings: Vec<Meeting>) -> Vec<MeetingLine> {
    let line = |meeting: Meeting| {
        let forum = forums.iter().find(|forum| forum.id == meeting.forum)?;
        Some(MeetingLine {
            id: meeting.id,
            version: meeting.version,
            forum: forum.into(),
            starts: meeting.starts_at(),
            ends: meeting.ends_at().time(),
            state: meeting.stage.state,
            cancelled_because: meeting.cancelled_because,
            moved_from: meeting.series_on.filter(|day| *day != meeting.on),
            place: meeting.place,
        })
    };
    meetings.into_iter().filter_map(line).collect()
}

/// The days ahead on which a series skips; not where its meeting is held all the same.
fn skipped(
    series: &[store::series::Series],
    forums: &[Forum],
    closed: &[ClosedDay],
    ahead: &[Meeting],
    from: NaiveDate,
) -> Vec<SkippedDay> {
    let closed_on = |on: NaiveDate| closed.iter().find(|day| day.on == on);
    let mut all = Vec::new();
    for one in series {
        let Some(forum) = forums.iter().find(|forum| forum.id == one.forum) else { continue };
        let there = |on| ahead.iter().any(|meeting| meeting.series == Some(one.id) && meeting.series_on == Some(on));
        for day in occurrences(&one.plan, |on| closed_on(on).map(|day| day.kind.skip_reason())) {
            if let Outcome::Skipped(reason) = day.outcome
                && day.on >= from
                && !there(day.on)
            {
                let name = closed_on(day.on).map(|day| day.name.clone());
                all.push(SkippedDay { on: day.on, forum: forum.into(), reason, name });
            }
        }
    }
    all.sort_by_key(|day| day.on);
    all
}

fn weeks(meetings: Vec<MeetingLine>, skipped: Vec<SkippedDay>) -> Vec<MeetingWeek> {
    let mut weeks: BTreeMap<IsoWeek, (Vec<MeetingLine>, Vec<SkippedDay>)> = BTreeMap::new();
    for meeting in meetings {
        weeks.entry(IsoWeek::of(meeting.starts.date())).or_default().0.push(meeting);
    }
    for day in skipped {
        weeks.entry(IsoWeek::of(day.on)).or_default().1.push(day);
    }
    weeks.into_iter().map(|(week, (meetings, skipped))| MeetingWeek { week, meetings, skipped }).collect()
}
