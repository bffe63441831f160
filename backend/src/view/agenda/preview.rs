//! Who gets what, shown before invitations go out.

use chrono::NaiveDateTime;
use domain::{id::MeetingId, meeting::MeetingState, visibility::Role};

use super::{MeetingHead, agenda_of, head, read_event};
use crate::{
    Backend, Result,
    actor::Actor,
    call::{able, recipients},
    mail::{self, Letter},
    store,
    view::invitation::span,
};

/// Somebody who will be invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewedRecipient {
    /// The person's name.
    pub name: String,
    /// The unit they come for.
    pub unit: String,
    /// What it sits there as; may be empty.
    pub function: String,
    /// Whether they stand in for a holder who is missing.
    pub deputy: bool,
    /// Whether they are invited already and get no mail now.
    pub invited: bool,
    /// Their own times, items that follow each other taken together. Local.
    pub slots: Vec<(NaiveDateTime, NaiveDateTime)>,
}

/// What sending would do, as far as the unit may know: those invited for items it may not know of are not here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The meeting.
    pub meeting: MeetingHead,
    /// Which state of the board this is about.
    pub stamp: String,
    /// Who gets it, in the order of the table.
    pub recipients: Vec<PreviewedRecipient>,
    /// Units nobody can come for.
    pub vacant: Vec<String>,
    /// The mail as it will be, with the first time that is a recipient's own; time and link are each recipient's own.
    pub letter: Letter,
}

/// Who would be invited, and to what.
///
/// # Errors
/// As [`super::agenda_page`]; [`crate::Error::Denied`] for others than coordinators.
pub async fn publish_preview(backend: &Backend, actor: &Actor, meeting: MeetingId) -> Result<Preview> {
    actor.must_be(&[Role::Coordinator])?;
    let agenda = agenda_of(backend, actor, meeting).await?;
    let db = backend.db();
    let (wanted, vacant) = recipients(&agenda.table, &agenda.meant(), &able(db, &agenda.table).await?);
    let persons: Vec<_> = wanted.iter().map(|one| one.person).collect();
    let people = store::roster::people(db, persons).await?;
    let invitations = store::invitation::to_meetings(db, [meeting]).await?;
    let own_time = wanted.iter().find_map(|one| agenda.slot(one.unit, one.person));
    let own_time = span(&agenda.meeting, own_time);
    let recipients = wanted.into_iter().map(|one| PreviewedRecipient {
        name: people.get(&one.person).map(|person| person.name.clone()).unwrap_or_default(),
        invited: invitations.iter().any(|out| out.unit == one.unit && out.person == one.person && !out.withdrawn),
        slots: agenda.blocks(one.unit, one.person),
        unit: one.unit_name,
        function: one.function,
        deputy: one.deputy,
    });
    let link = format!("{}/kallelse/…", backend.site().origin);
    let preview = Preview {
        meeting: head(&agenda),
        stamp: agenda.stamp(),
        recipients: recipients.collect(),
        vacant,
        letter: mail::invitation(own_time, &link, &actor.language, None),
    };
    let shown: Vec<_> = agenda.items.iter().filter_map(read_event).collect();
    backend.log_reads(actor, &shown).await?;
    Ok(preview)
}

impl Preview {
    /// How many mails would be sent.
    #[must_use]
    pub fn new_recipients(&self) -> usize {
        self.recipients.iter().filter(|one| !one.invited).count()
    }

    /// Whether the invitations are out, and this is about those who came later.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.meeting.state == MeetingState::Published
    }
}
