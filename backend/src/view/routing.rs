//! Which forum takes up a child's case, and when: by the age on the day of the next meeting (R1), with the reason.

use chrono::{NaiveDate, NaiveTime};
use domain::{
    age::age_on,
    id::{ForumId, MeetingId},
    meeting::MeetingState,
    routing::{AgeBands, Routing},
};
use sea_orm::ConnectionTrait;

use crate::{
    Backend, Result,
    store::{self, forum::Forum, meeting::Meeting},
};

/// Where a child's case goes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "one at a time, read at once")]
pub enum Destination {
    /// To this meeting.
    Meeting(NextMeeting),
    /// A forum takes the age, but has no meeting ahead that the child is of age for.
    NoMeeting {
        /// The forum of the age on the day asked for.
        forum: ForumName,
        /// The age then, whole years.
        age: u16,
    },
    /// Past the oldest age on the day asked for, or before the next meeting (R3).
    TooOld,
    /// Below the youngest age any forum takes.
    TooYoung,
    /// Not born on the day asked for (R4).
    Unborn,
    /// There is no forum yet.
    NoForum,
}

/// What a forum is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForumName {
    /// The forum.
    pub id: ForumId,
    /// Decides its colour.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Where there is little room.
    pub short_name: String,
    /// Youngest age it takes.
    pub age_from: u16,
    /// Oldest age it takes.
    pub age_to: u16,
}

impl From<&Forum> for ForumName {
    fn from(forum: &Forum) -> Self {
        Self {
            id: forum.id,
            code: forum.code.clone(),
            name: forum.name.clone(),
            short_name: forum.short_name.clone(),
            age_from: forum.band.from,
            age_to: forum.band.to,
        }
    }
}

/// The next meeting a child belongs to, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextMeeting {
    /// The meeting.
    pub meeting: MeetingId,
    /// Its forum.
    pub forum: ForumName,
    /// Its local day.
    pub on: NaiveDate,
    /// Its local start.
    pub starts: NaiveTime,
    /// The age on that day, whole years: the reason (R1).
    pub age: u16,
    /// Set where the child belongs to another forum on the day asked for and changes on the way: the birthday, and the
    /// forum left behind (R6).
    pub changed: Option<(NaiveDate, ForumName)>,
    /// The next day after the meeting on which the child belongs elsewhere, and to which forum; none where no forum takes
    /// that age.
    pub changes_next: Option<(NaiveDate, Option<ForumName>)>,
}

/// Where the case of a child born on `born_on` goes, from the day `from` on. Takes the first meeting ahead, of whichever
/// forum, whose forum takes the child's age on that very day (R1).
///
/// # Errors
/// When the database does not answer.
pub async fn forum_for(backend: &Backend, born_on: NaiveDate, from: NaiveDate) -> Result<Destination> {
    find(backend.db(), born_on, from).await
}

/// As [`forum_for`], within a transaction.
pub(crate) async fn find(db: &impl ConnectionTrait, born_on: NaiveDate, from: NaiveDate) -> Result<Destination> {
    let forums = store::forum::all(db).await?;
    let Some(bands) = store::forum::bands(db).await? else { return Ok(Destination::NoForum) };
    let ahead: Vec<Meeting> = store::meeting::from_day(db, from)
        .await?
        .into_iter()
        .filter(|meeting| matches!(meeting.stage.state, MeetingState::Draft | MeetingState::Published))
        .collect();
    Ok(choose(&forums, &bands, &ahead, born_on, from))
}

/// `ahead` is in order of time.
fn choose(forums: &[Forum], bands: &AgeBands, ahead: &[Meeting], born_on: NaiveDate, from: NaiveDate) -> Destination {
    let named = |id: ForumId| forums.iter().find(|forum| forum.id == id).map(ForumName::from);
    let now = bands.route(born_on, from);
    if now == Routing::Unborn {
        return Destination::Unborn;
    }
    let fits = |meeting: &&Meeting| bands.route(born_on, meeting.on) == Routing::Forum(meeting.forum);
    if let Some(meeting) = ahead.iter().find(fits)
        && let Some(forum) = named(meeting.forum)
    {
        let elsewhere = |to: Routing| if let Routing::Forum(id) = to { named(id) } else { None };
        let left = if now == Routing::Forum(forum.id) { None } else { elsewhere(now) };
        let birthday = bands.next_change(born_on, from).map(|(day, _)| day);
        return Destination::Meeting(NextMeeting {
            meeting: meeting.id,
            forum,
            on: meeting.on,
            starts: meeting.starts,
            age: age_on(born_on, meeting.on).unwrap_or(0),
            changed: birthday.zip(left),
            changes_next: bands.next_change(born_on, meeting.on).map(|(day, to)| (day, elsewhere(to))),
        });
    }
    let too_late = ahead.iter().any(|meeting| bands.route(born_on, meeting.on) == Routing::TooOld);
    match now {
        Routing::Forum(id) if !too_late => match named(id).zip(age_on(born_on, from)) {
            Some((forum, age)) => Destination::NoMeeting { forum, age },
            None => Destination::NoForum,
        },
        Routing::Forum(_) | Routing::TooOld => Destination::TooOld,
        Routing::TooYoung => Destination::TooYoung,
        Routing::Unborn => Destination::Unborn,
    }
}
