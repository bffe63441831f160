//! The week: its meetings with their time laid out, and what needs the reader.

mod needs;
mod strip;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use domain::{
    id::{MeetingId, UnitId},
    meeting::{InvitationAnswer, MeetingState},
    time::{IsoWeek, day},
    visibility::Role,
};

use crate::{
    Backend, Result,
    actor::Actor,
    agenda::Agenda,
    audit::Event,
    store::{self, invitation::Invitation, meeting::Meeting},
};

pub use needs::Todo;
pub use strip::{Block, BlockKind};

/// The page.
#[derive(Clone, Debug)]
pub struct WeekPage {
    /// The week shown.
    pub week: IsoWeek,
    /// Whether today lies in it.
    pub is_now: bool,
    /// Today, local.
    pub today: NaiveDate,
    /// The meetings of the week that are for this person's unit.
    pub meetings: Vec<WeekMeeting>,
    /// The first meeting after the week, where the week has none.
    pub next: Option<(MeetingId, NaiveDate, String)>,
    /// What needs this person, most pressing first. Only in the present week.
    pub todos: Vec<Todo>,
    /// Whether this person registers cases.
    pub may_register: bool,
}

/// One meeting of the week.
#[derive(Clone, Debug)]
pub struct WeekMeeting {
    /// The meeting.
    pub id: MeetingId,
    /// The forum's name.
    pub forum: String,
    /// The forum's code, which decides its colour.
    pub forum_code: String,
    /// The ages it takes up.
    pub ages: (u16, u16),
    /// Local.
    pub starts: NaiveDateTime,
    /// Where it is in its life.
    pub state: MeetingState,
    /// When the invitations went out, local day.
    pub published_on: Option<NaiveDate>,
    /// The time laid out: to who arranges, the whole; to others their own items alone.
    pub blocks: Vec<Block>,
    /// Cases this person may know of.
    pub cases: usize,
    /// Anonymous consultations; only to who arranges.
    pub anonymous: usize,
    /// How many of those invited have answered, and how many are invited; only to who arranges.
    pub answers: Option<(usize, usize)>,
    /// What this person has answered, where they are invited.
    pub own_answer: Option<InvitationAnswer>,
}

/// The week a person sees, now.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn week_page(backend: &Backend, actor: &Actor, week: Option<IsoWeek>) -> Result<WeekPage> {
    let now = backend.now();
    let today = day(now);
    let this_week = IsoWeek::of(today);
    let week = week.unwrap_or(this_week);
    let mut page = WeekPage {
        week,
        is_now: week == this_week,
        today,
        meetings: Vec::new(),
        next: None,
        todos: Vec::new(),
        may_register: matches!(actor.role, Role::Coordinator | Role::Participant),
    };
    let Some(unit) = actor.unit else { return Ok(page) };
    let mut read = Vec::new();
    for meeting in store::meeting::between(backend.db(), week.first_day(), week.last_day()).await? {
        if let Some(seen) = see(backend, actor, unit, meeting, now).await? {
            read.extend(seen.events);
            page.meetings.push(seen.shown);
        }
    }
    if page.meetings.is_empty() {
        page.next = next_after(backend, actor, unit, week.last_day()).await?;
    }
    if page.is_now {
        let (todos, events) = needs::todos(backend, actor, unit, now).await?;
        page.todos = todos;
        read.extend(events);
    }
    read.sort_by_key(|event| event.case);
    read.dedup();
    backend.log_reads(actor, &read).await?;
    Ok(page)
}

struct Seen {
    shown: WeekMeeting,
    events: Vec<Event>,
}

/// Whether a meeting is for a unit to know of: coordinators with a seat see drafts, others what they are invited to.
fn is_for(meeting: &Meeting, actor: &Actor, seated: bool, invited: bool) -> bool {
    match meeting.stage.state {
        MeetingState::Draft => seated && actor.role == Role::Coordinator,
        MeetingState::Cancelled => seated,
        MeetingState::Published | MeetingState::Running | MeetingState::Held => {
            (seated && actor.role != Role::Participant) || invited
        }
    }
}

async fn see(
    backend: &Backend,
    actor: &Actor,
    unit: UnitId,
    meeting: Meeting,
    now: DateTime<Utc>,
) -> Result<Option<Seen>> {
    let invitations = standing(backend, meeting.id).await?;
    let agenda = Agenda::load(backend.db(), backend.keys(), meeting, actor.viewer()?, now).await?;
    let invitations = agenda.told(actor.person, invitations);
    let invited = invitations.iter().any(|one| one.unit == unit);
    if !is_for(&agenda.meeting, actor, agenda.has_seat(unit), invited) {
        return Ok(None);
    }
    let arranges = actor.role == Role::Coordinator && agenda.has_seat(unit);
    let blocks = strip::blocks(&agenda, unit, arranges);
    let count = |wanted: fn(&BlockKind) -> bool| blocks.iter().filter(|block| wanted(&block.kind)).count();
    let events = strip::events(&agenda, unit, arranges);
    let answered = invitations.iter().filter(|one| one.answer != InvitationAnswer::Pending).count();
    let shown = WeekMeeting {
        id: agenda.meeting.id,
        forum: agenda.forum.name.clone(),
        forum_code: agenda.forum.code.clone(),
        ages: (agenda.forum.band.from, agenda.forum.band.to),
        starts: agenda.meeting.starts_at(),
        state: agenda.meeting.stage.state,
        published_on: agenda.meeting.published_at.map(day),
        cases: count(|kind| matches!(kind, BlockKind::Case { .. })),
        anonymous: count(|kind| matches!(kind, BlockKind::Anonymous)),
        blocks,
        answers: (arranges && !invitations.is_empty()).then_some((answered, invitations.len())),
        own_answer: invitations.iter().find(|one| one.person == actor.person).map(|one| one.answer),
    };
    Ok(Some(Seen { shown, events }))
}

async fn standing(backend: &Backend, meeting: MeetingId) -> Result<Vec<Invitation>> {
    let mut all = store::invitation::to_meetings(backend.db(), [meeting]).await?;
    all.retain(|one| !one.withdrawn);
    Ok(all)
}

/// Whether somebody, or a colleague of theirs for something they know of, is invited to a meeting.
async fn is_invited(backend: &Backend, actor: &Actor, unit: UnitId, meeting: &Meeting) -> Result<bool> {
    let mut all = standing(backend, meeting.id).await?;
    all.retain(|one| one.unit == unit);
    if all.is_empty() || all.iter().any(|one| one.person == actor.person) {
        return Ok(!all.is_empty());
    }
    let (keys, viewer) = (backend.keys(), actor.viewer()?);
    let agenda = Agenda::load(backend.db(), keys, meeting.clone(), viewer, backend.now()).await?;
    Ok(!agenda.told(actor.person, all).is_empty())
}

async fn next_after(
    backend: &Backend,
    actor: &Actor,
    unit: UnitId,
    last: NaiveDate,
) -> Result<Option<(MeetingId, NaiveDate, String)>> {
    let Some(from) = last.succ_opt() else { return Ok(None) };
    let seats = store::seat::all(backend.db()).await?;
    for meeting in store::meeting::from_day(backend.db(), from).await? {
        let seated = seats.iter().any(|seat| seat.forum == meeting.forum && seat.unit == unit);
        // Only who sits at the table can be invited: nobody else's invitations need be read.
        if meeting.stage.state == MeetingState::Cancelled || !seated {
            continue;
        }
        let invited = is_invited(backend, actor, unit, &meeting).await?;
        if is_for(&meeting, actor, seated, invited) {
            let forum = store::forum::load(backend.db(), meeting.forum).await?;
            return Ok(Some((meeting.id, meeting.on, forum.name)));
        }
    }
    Ok(None)
}
