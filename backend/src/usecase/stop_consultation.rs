//! Stops an anonymous consultation: somebody recognised the child.

use domain::id::{AgendaItemId, MeetingId};

use super::run_meeting::{led_by, running};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    store::{
        self,
        agenda::{About, ItemState},
    },
};

/// Ends a consultation of a running meeting and erases what was asked (A5): under way, and also before it was taken up or after
/// it was ended, for somebody may see who is meant when they read the agenda, or afterwards.
///
/// # Errors
/// [`Error::Denied`] for others than coordinators with a seat; [`Error::NotFound`] for what is no consultation of this meeting;
/// [`domain::refusal::Refusal::NotRunning`] when the meeting is not.
pub async fn stop_consultation(backend: &Backend, actor: &Actor, meeting: MeetingId, item: AgendaItemId) -> Result<()> {
    let tx = backend.write(actor).await?;
    let mut meeting = led_by(&tx, actor, meeting).await?;
    running(&meeting)?;
    let item = store::agenda::one(tx.db(), backend.keys(), item).await?;
    let About::Anonymous(question) = &item.about else { return Err(Error::NotFound) };
    if item.meeting != meeting.id {
        return Err(Error::NotFound);
    }
    let done = item.state == ItemState::Done;
    if done && question.is_none() {
        return Ok(()); // a second click
    }
    store::agenda::erase_question(&tx, item.id).await?;
    if !done {
        store::room::close_item(tx.db(), item.id, tx.now()).await?;
    }
    if meeting.current_item == Some(item.id) {
        meeting.current_item = None;
    }
    store::meeting::save(tx.db(), &meeting).await?;
    tx.commit(Event::new(Action::ConsultationStopped).subject(item.id.uuid())).await
}
