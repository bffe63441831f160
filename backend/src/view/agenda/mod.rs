//! The agenda of a meeting: a board for those who arrange it, one's own times for those who come.

mod board;
mod consent;
mod own;
mod preview;
mod queue;
mod warnings;

use chrono::NaiveDateTime;
use domain::{
    id::{ForumId, MeetingId},
    meeting::MeetingState,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    agenda::{Agenda, Entry},
    audit::{Action, Event},
    store,
};

pub use board::{About, Board, CaseShown, Cell, Column, Row};
pub use consent::ConsentChip;
pub use own::{OwnAgenda, OwnSlot};
pub use preview::{Preview, PreviewedRecipient, publish_preview};
pub use queue::{Later, Waiting};
pub use warnings::{CaseItem, Warning};

/// A meeting, as its page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingHead {
    /// The meeting.
    pub id: MeetingId,
    /// The forum.
    pub forum_id: ForumId,
    /// The forum's name.
    pub forum: String,
    /// The forum's code, which decides its colour: `family`, `youth` …
    pub forum_code: String,
    /// The youngest age, in whole years.
    pub age_from: u16,
    /// The oldest age, in whole years.
    pub age_to: u16,
    /// Local time.
    pub starts: NaiveDateTime,
    /// Local time.
    pub ends: NaiveDateTime,
    /// Its length.
    pub minutes: u16,
    /// Where; may be empty.
    pub place: String,
    /// Where it is in its life.
    pub state: MeetingState,
}

/// What the page of a meeting shows.
#[derive(Clone, Debug)]
pub enum AgendaPage {
    /// To the coordinator of a unit with a seat: the board.
    Board(Box<Board>),
    /// To everybody else with a seat: their own times, nothing of others' (V2).
    Own(OwnAgenda),
}

/// The page of a meeting, for this actor now.
///
/// # Errors
/// [`Error::NotFound`] for units without a seat in the forum; [`Error::Denied`] for those without a unit.
pub async fn agenda_page(backend: &Backend, actor: &Actor, meeting: MeetingId) -> Result<AgendaPage> {
    let agenda = agenda_of(backend, actor, meeting).await?;
    let (page, shown) = if actor.role == Role::Coordinator {
        let (board, shown) = board::board(backend, actor, &agenda).await?;
        (AgendaPage::Board(Box::new(board)), shown)
    } else {
        let (own, shown) = own::own(backend, actor, &agenda).await?;
        (AgendaPage::Own(own), shown)
    };
    backend.log_reads(actor, &shown).await?;
    Ok(page)
}

/// What everything on the board comes to, for the coordinator whose it is: another where anything on it is. Tells nothing of a case
/// and is not written down as reading one.
///
/// # Errors
/// [`Error::Denied`] for other roles; as [`agenda_page`].
pub async fn pulse(backend: &Backend, actor: &Actor, meeting: MeetingId) -> Result<String> {
    actor.must_be(&[Role::Coordinator])?;
    let agenda = agenda_of(backend, actor, meeting).await?;
    let invitations = store::invitation::to_meetings(backend.db(), [agenda.meeting.id]).await?;
    Ok(agenda.pulse(&agenda.told(actor.person, invitations)))
}

async fn agenda_of(backend: &Backend, actor: &Actor, meeting: MeetingId) -> Result<Agenda> {
    let unit = actor.unit()?;
    let meeting = store::meeting::load(backend.db(), meeting).await?;
    let agenda = Agenda::load(backend.db(), backend.keys(), meeting, actor.viewer()?, backend.now()).await?;
    if agenda.has_seat(unit) { Ok(agenda) } else { Err(Error::NotFound) }
}

fn head(agenda: &Agenda) -> MeetingHead {
    MeetingHead {
        id: agenda.meeting.id,
        forum_id: agenda.forum.id,
        forum: agenda.forum.name.clone(),
        forum_code: agenda.forum.code.clone(),
        age_from: agenda.forum.band.from,
        age_to: agenda.forum.band.to,
        starts: agenda.meeting.starts_at(),
        ends: agenda.meeting.ends_at(),
        minutes: agenda.meeting.minutes,
        place: agenda.meeting.place.clone(),
        state: agenda.meeting.stage.state,
    }
}

fn read_event(entry: &Entry) -> Option<Event> {
    entry.known.as_ref().map(|known| known.event(Action::CaseRead))
}
