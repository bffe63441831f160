//! Sends the invitations of a meeting: once for all, and later to those a changed agenda brought in.

use domain::{agenda::overflow, id::MeetingId, meeting::MeetingState, refusal::Refusal};

use crate::{
    Backend, Result,
    actor::Actor,
    agenda::Agenda,
    audit::{Action, Event},
    call::call,
    store,
};

/// Publishes a meeting and invites everybody it is for, each by a mail of their own after this is done. On a published
/// meeting it invites those who are not invited yet. Says how many were invited.
///
/// # Errors
/// [`Refusal::EmptyAgenda`], [`Refusal::DoesNotFit`] (V8), [`Refusal::AlreadyPublished`] when nobody new is to be invited;
/// [`crate::Error::Stale`] when the board is not as seen; and as every change of an agenda.
pub async fn publish_meeting(backend: &Backend, actor: &Actor, meeting: MeetingId, seen: &str) -> Result<usize> {
    let tx = backend.write(actor).await?;
    let agenda = Agenda::to_change(&tx, actor, meeting).await?;
    agenda.must_be_as_seen(seen)?;
    if agenda.items.is_empty() {
        return Err(Refusal::EmptyAgenda.into());
    }
    if overflow(&agenda.planned(), agenda.meeting.minutes.into()).is_some() {
        return Err(Refusal::DoesNotFit.into());
    }
    let first = agenda.meeting.stage.state == MeetingState::Draft;
    if first {
        let mut published = agenda.meeting.clone();
        published.stage = published.stage.publish().map_err(|_| Refusal::AlreadyPublished)?;
        published.published_at = Some(tx.now());
        published.changed_at = tx.now();
        store::meeting::save(tx.db(), &published).await?;
    }
    let invited = call(&tx, &agenda.meeting, &agenda.table).await?;
    if !first && invited == 0 {
        return Err(Refusal::AlreadyPublished.into());
    }
    tx.commit(Event::new(Action::MeetingPublished).subject(meeting.uuid())).await?;
    Ok(invited)
}
