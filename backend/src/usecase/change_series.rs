//! Adds, changes and ends series, and makes their meetings. What has been published, prepared, moved or held is never touched.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    flaw::FlawKind,
    id::{ForumId, MeetingId, SeriesId},
    meeting::Stage,
    refusal::Refusal,
    series::{DayPolicy, SeriesPlan, SeriesRefusal},
    text::Line,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    store::{self, meeting::Meeting, series::Series},
    tx::Tx,
    typed::Typed,
    view::series::{Fate, lay_out},
};

const SHORTEST: i32 = 15;
const LONGEST: i32 = 480;

/// A series as typed.
#[derive(Clone, Debug, Default)]
pub struct SeriesTyped {
    /// 1 Monday … 7 Sunday.
    pub weekday: String,
    /// Local start.
    pub starts: String,
    /// Length of each meeting.
    pub minutes: String,
    /// 1 for every week.
    pub interval_weeks: String,
    /// The day it is counted from.
    pub from: String,
    /// The last day a meeting may be on.
    pub until: String,
    /// Where its meetings are.
    pub place: String,
    /// What becomes of days that are not free to meet on: a day and the code of a `DayPolicy`. The forum's policy where none is given.
    pub days: Vec<(String, String)>,
}

/// A series as read.
pub(crate) struct Read {
    pub plan: domain::series::Series,
    place: Line,
    pub days: Choices,
}

/// What somebody chose for days that are not free to meet on.
pub(crate) type Choices = BTreeMap<NaiveDate, DayPolicy>;

/// Reads a series, with every flaw by its field.
pub(crate) fn read(filled: &SeriesTyped) -> Result<Read> {
    let mut typed = Typed::default();
    let weekday = typed.number("weekday", &filled.weekday, 1, 7);
    let starts = typed.time("starts", &filled.starts);
    let minutes = typed.number("minutes", &filled.minutes, SHORTEST, LONGEST);
    let interval_weeks = typed.number("interval_weeks", &filled.interval_weeks, 1, 52);
    let from = typed.date("from", &filled.from);
    let until = typed.date("until", &filled.until);
    let place = typed.line("place", &filled.place);
    let days = filled
        .days
        .iter()
        .filter_map(|(on, choice)| Some((typed.date("days", on)?, typed.choice::<DayPolicy>("days", choice)?)));
    let days: Choices = days.collect();
    typed.finish()?;
    let whole = |number: Option<i32>| Typed::value(number.and_then(|number| u16::try_from(number).ok()));
    let from_monday = Typed::value(weekday.and_then(|number| u8::try_from(number - 1).ok()))?;
    let plan = SeriesPlan {
        weekday: Typed::value(chrono::Weekday::try_from(from_monday).ok())?,
        starts: Typed::value(starts)?,
        minutes: whole(minutes)?,
        interval_weeks: whole(interval_weeks)?,
        from: Typed::value(from)?,
        until: Typed::value(until)?,
    };
    let plan = domain::series::Series::new(plan).map_err(flaw)?;
    Ok(Read { plan, place: Typed::value(place)?, days })
}

fn flaw(why: SeriesRefusal) -> Error {
    match why {
        SeriesRefusal::Interval { max } => {
            Error::flaw("interval_weeks", FlawKind::NotANumber { min: 1, max: max.into() })
        }
        SeriesRefusal::Length => Error::flaw("minutes", FlawKind::NotANumber { min: SHORTEST, max: LONGEST }),
        SeriesRefusal::EndsBeforeStart | SeriesRefusal::NoMeeting => Error::flaw("until", FlawKind::BeforeTheOther),
        SeriesRefusal::TooLong { .. } => Error::flaw("until", FlawKind::SpanTooLong),
    }
}

/// Adds a series to a forum and makes its meetings from today on, each with the forum's standing items. What becomes of red days,
/// eves and closed days is the forum's policy, or was chosen (K2); it can be seen beforehand in [`crate::view::series`].
///
/// # Errors
/// [`Error::Denied`] for others than administrators; flaws by field.
pub async fn add_series(backend: &Backend, actor: &Actor, forum: ForumId, filled: &SeriesTyped) -> Result<SeriesId> {
    actor.must_be(&[Role::Administrator])?;
    let Read { plan, place, days } = read(filled)?;
    let tx = backend.write(actor).await?;
    let id = SeriesId::from_uuid(tx.new_id());
    let series = Series { id, forum, plan, place: place.into(), version: 1 };
    store::series::create(tx.db(), &series).await?;
    make_meetings(&tx, &series, &days).await?;
    tx.commit_all(&events(id)).await?;
    Ok(id)
}

/// Changes a series and its meetings that nobody has touched yet, from its first day on: a later first day changes the rule from
/// there, and leaves what lies before.
///
/// # Errors
/// As [`add_series`]; [`Error::Stale`], [`Error::NotFound`].
pub async fn change_series(
    backend: &Backend,
    actor: &Actor,
    id: SeriesId,
    version: i64,
    filled: &SeriesTyped,
) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let Read { plan, place, days } = read(filled)?;
    let tx = backend.write(actor).await?;
    let mut series = loaded(&tx, id, version).await?;
    series.plan = plan;
    series.place = place.into();
    store::series::save(tx.db(), &series).await?;
    make_meetings(&tx, &series, &days).await?;
    tx.commit_all(&events(id)).await
}

/// Ends a series: no meeting after `last` any more.
///
/// # Errors
/// [`Refusal::InUse`] while a later meeting is published or prepared: it is cancelled or moved first, so that nobody's case
/// is dropped unseen. A flaw in `until`. Else as [`change_series`].
pub async fn end_series(backend: &Backend, actor: &Actor, id: SeriesId, version: i64, last: &str) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let mut typed = Typed::default();
    let last = typed.date("until", last);
    typed.finish()?;
    let last = Typed::value(last)?;
    let tx = backend.write(actor).await?;
    let mut series = loaded(&tx, id, version).await?;
    let plan = *series.plan.plan();
    if last > plan.until {
        return Err(Error::flaw("until", FlawKind::SpanTooLong));
    }
    series.plan = domain::series::Series::new(SeriesPlan { until: last, ..plan }).map_err(flaw)?;
    store::series::save(tx.db(), &series).await?;
    make_meetings(&tx, &series, &Choices::new()).await?;
    let left = store::meeting::of_series(tx.db(), id).await?;
    if left.iter().any(|meeting| meeting.on > last && meeting.stage.cancel().is_ok()) {
        return Err(Refusal::InUse.into());
    }
    tx.commit_all(&events(id)).await
}

fn events(id: SeriesId) -> [Event; 2] {
    [Event::new(Action::SeriesChanged).subject(id.uuid()), Event::new(Action::MeetingsMade).subject(id.uuid())]
}

async fn loaded(tx: &Tx, id: SeriesId, version: i64) -> Result<Series> {
    let series = store::series::load(tx.db(), id).await?;
    if series.version == version { Ok(series) } else { Err(Error::Stale) }
}

/// Makes, sets right and takes away meetings so that they are those of the plan.
async fn make_meetings(tx: &Tx, series: &Series, days: &Choices) -> Result<()> {
    let today = domain::time::day(tx.now());
    let forum = store::forum::load(tx.db(), series.forum).await?;
    let (preview, mut pliable) = lay_out(tx.db(), Some(series.id), &forum, (&series.plan, days), today).await?;
    let gone = preview.removed.iter().filter_map(|on| pliable.remove(on)).map(|meeting| meeting.id);
    store::meeting::remove(tx.db(), gone).await?;
    let mut new = Vec::new();
    for day in &preview.days {
        let Fate::Made { on } = day.fate else { continue };
        let planned = planned(tx, series, day.on, on);
        match pliable.remove(&day.on) {
            Some(there)
                if there.on == planned.on
                    && there.starts == planned.starts
                    && there.minutes == planned.minutes
                    && there.place == planned.place => {}
            Some(there) => {
                let meeting =
                    Meeting { id: there.id, calendar_uid: there.calendar_uid, version: there.version, ..planned };
                store::meeting::save(tx.db(), &meeting).await?;
            }
            None => new.push(planned),
        }
    }
    store::meeting::create_all(tx.db(), &new).await?;
    let standing = store::forum_item::of_forum(tx.db(), series.forum).await?;
    for meeting in &new {
        store::agenda::lay_standing(tx, meeting.id, &standing).await?;
    }
    Ok(())
}

/// The meeting of one day of a series, on that day or on another instead.
fn planned(tx: &Tx, series: &Series, series_on: NaiveDate, on: NaiveDate) -> Meeting {
    let plan = series.plan.plan();
    Meeting {
        id: MeetingId::from_uuid(tx.new_id()),
        forum: series.forum,
        series: Some(series.id),
        series_on: Some(series_on),
        on,
        starts: plan.starts,
        minutes: plan.minutes,
        place: series.place.clone(),
        cancelled_because: None,
        stage: Stage::default(),
        // Random and without a host name, as RFC 7986 (5.3) asks: it tells nothing of where or when.
        calendar_uid: tx.new_id().to_string(),
        changed_at: tx.now(),
        published_at: None,
        opened_at: None,
        closed_at: None,
        current_item: None,
        version: 1,
    }
}
