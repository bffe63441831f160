//! One's own times at a meeting. Nothing tells how much else there is, or when (V2).

use chrono::NaiveDateTime;
use domain::{
    age::age_on,
    id::CaseId,
    meeting::{InvitationAnswer, MeetingState},
};

use super::{MeetingHead, head, read_event};
use crate::{
    Backend, Result,
    actor::Actor,
    agenda::Agenda,
    audit::Event,
    store::{self, agenda::About},
    view::invitation::{OwnTime, can_answer, has_deputy, in_a_file, own_times},
};

/// An item that is for one's own unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSlot {
    /// Local time.
    pub starts: NaiveDateTime,
    /// Local time.
    pub ends: NaiveDateTime,
    /// The case with its four characters and the child's age on the day; none for what is not a case.
    pub case: Option<(CaseId, String, u16)>,
    /// The title of a general item.
    pub title: Option<String>,
    /// The question of an anonymous consultation, until it is erased.
    pub question: Option<String>,
}

/// One's own part in a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAgenda {
    /// The meeting.
    pub meeting: MeetingHead,
    /// One's own items, in order; none before the invitations are out.
    pub slots: Vec<OwnSlot>,
    /// What one has answered; none when one is not invited.
    pub answer: Option<InvitationAnswer>,
    /// One's own times, where there are several that can be answered one by one.
    pub times: Vec<OwnTime>,
    /// Whether somebody else of one's unit can be asked.
    pub has_deputy: bool,
    /// Whether one can answer.
    pub can_answer: bool,
    /// Whether one can fetch it as a file for one's calendar.
    pub in_a_file: bool,
}

pub(super) async fn own(backend: &Backend, actor: &Actor, agenda: &Agenda) -> Result<(OwnAgenda, Vec<Event>)> {
    let unit = actor.unit()?;
    let draft = agenda.meeting.stage.state == MeetingState::Draft;
    let mine = agenda.items.iter().filter(|entry| !draft && entry.seats.contains(&unit));
    let (mut slots, mut shown) = (Vec::new(), Vec::new());
    for entry in mine {
        slots.push(OwnSlot {
            starts: entry.starts,
            ends: entry.ends,
            case: entry.known.as_ref().map(|known| {
                let age = age_on(known.head().born_on, agenda.meeting.on).unwrap_or(0);
                (known.id(), known.head().reference.clone(), age)
            }),
            title: match &entry.item.about {
                About::General(title) => Some(title.clone()),
                About::Case(_) | About::Anonymous(_) => None,
            },
            question: match &entry.item.about {
                About::Anonymous(question) => question.as_ref().map(|question| question.as_str().to_owned()),
                About::Case(_) | About::General(_) => None,
            },
        });
        shown.extend(read_event(entry));
    }
    let invitations = store::invitation::of_person(backend.db(), actor.person).await?;
    let invited = invitations.iter().find(|one| one.meeting == agenda.meeting.id && one.unit == unit);
    let can_answer = invited.is_some() && can_answer(&agenda.meeting, backend.now());
    let has_deputy = match invited.filter(|_| can_answer) {
        Some(invited) => has_deputy(backend.db(), backend.keys(), &agenda.meeting, agenda, invited).await?,
        None => false,
    };
    let in_a_file = match invited.filter(|_| can_answer) {
        Some(invited) => in_a_file(backend, invited).await?,
        None => false,
    };
    let own = OwnAgenda {
        times: invited.map(|invited| own_times(agenda, invited)).unwrap_or_default(),
        has_deputy,
        meeting: head(agenda),
        slots,
        answer: invited.map(|one| one.answer),
        can_answer,
        in_a_file,
    };
    Ok((own, shown))
}
