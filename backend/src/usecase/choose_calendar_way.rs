//! Chooses how one's meetings come into one's calendar: by subscription or by mail, never both (rule 51).

use std::collections::BTreeSet;

use domain::{flaw::FlawKind, meeting::MeetingState};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    agenda::begins,
    audit::{Action, Event},
    job::meeting_news,
    mail::News,
    store::{self, person::PersonRecord},
    view::my_calendar::CalendarWay,
};

/// Chooses a way, a [`CalendarWay`] code. Of each meeting to come that one is invited to already a letter puts it into the calendar, or
/// takes it out.
///
/// # Errors
/// [`Error::Invalid`] naming `way` for another, or for mail where no answers can come.
pub async fn choose_calendar_way(backend: &Backend, actor: &Actor, way: &str) -> Result<()> {
    let way = CalendarWay::from_code(way).ok_or_else(|| Error::flaw("way", FlawKind::NotAChoice))?;
    let by_mail = way == CalendarWay::Mail;
    if by_mail && backend.site().answers_to.is_none() {
        return Err(Error::flaw("way", FlawKind::NotAChoice));
    }
    let tx = backend.write(actor).await?;
    let before = store::person::load(tx.db(), actor.person).await?;
    if before.by_mail == by_mail {
        return Ok(());
    }
    store::person::save(tx.db(), &PersonRecord { by_mail, ..before }).await?;
    let invitations = store::invitation::of_person(tx.db(), actor.person).await?;
    let meetings = store::meeting::with_ids(tx.db(), invitations.iter().map(|one| one.meeting)).await?;
    let mut told = BTreeSet::new();
    for meeting in meetings {
        if meeting.stage.state != MeetingState::Published || begins(&meeting) <= tx.now() {
            continue;
        }
        // One letter to a meeting, for whichever unit they are asked; who has had no first letter gets that.
        let of_meeting = invitations.iter().filter(|one| one.meeting == meeting.id);
        for (invitation, said) in of_meeting.filter_map(|one| Some((one, one.told.as_ref()?))) {
            if told.insert(meeting.id) {
                store::invitation::count_change(&tx, invitation.id).await?;
                meeting_news::enqueue(&tx, invitation.id, News::Channel, said.starts).await?;
            }
        }
    }
    tx.commit(Event::new(Action::CalendarWayChosen).subject(actor.person.uuid())).await
}
