//! Takes in a message that came to the address for answers.

use std::collections::BTreeMap;

use domain::{
    id::{MeetingId, PersonId},
    meeting::InvitationAnswer,
};
use subtle::ConstantTimeEq as _;

use crate::{
    Backend, Result,
    actor::Doer,
    audit::{Action, Event},
    calendar::Reply,
    job::mail_answer,
    mail, store,
};

/// Takes in one message as it came, headers and all, and says whether it was understood: an answer of somebody invited, to the address
/// they were given (rule 49). An answer that changes nothing, such as "maybe", is understood too. Nothing is sent to whoever wrote it;
/// what is not understood tells nothing of why.
///
/// # Errors
/// When the database fails: the message should be brought again.
pub async fn receive_mail(backend: &Backend, message: &[u8]) -> Result<bool> {
    let Some(address) = &backend.site().answers_to else { return Ok(false) };
    let (message, address) = (message.to_vec(), address.clone());
    // Anybody may have written it: what a reader of others breaks off at is not understood, and stops nothing else.
    let read = tokio::task::spawn_blocking(move || mail::read(&message, &address)).await;
    let Some(answered) = read.ok().flatten() else { return Ok(false) };
    let mut found: BTreeMap<(MeetingId, PersonId), (InvitationAnswer, u32)> = BTreeMap::new();
    let mut understood = false;
    for reply in &answered.replies {
        for key in &answered.keys {
            let Some(whose) = whose(backend, reply, key).await? else { continue };
            understood = true;
            if let Some(answer) = reply.answer {
                found.insert(whose, (answer, reply.sequence));
            }
        }
    }
    if !found.is_empty() {
        let tx = backend.write(Doer::SYSTEM).await?;
        for (whose, (answer, sequence)) in found {
            mail_answer::enqueue(&tx, whose, answer, sequence).await?;
        }
        tx.commit(Event::new(Action::Housekeeping)).await?;
    }
    Ok(understood)
}

/// The meeting and the person an answer is of: the event is ours, the person was asked to it, and the key is that of their letters.
async fn whose(backend: &Backend, reply: &Reply, key: &str) -> Result<Option<(MeetingId, PersonId)>> {
    let db = backend.db();
    let Some(meeting) = store::meeting::by_uid(db, &reply.uid).await? else { return Ok(None) };
    let Some(person) = store::person::by_email(db, &reply.attendee).await? else { return Ok(None) };
    let invitations = store::invitation::to_meetings(db, [meeting.id]).await?;
    let Some(first) = invitations.iter().find(|one| one.person == person.id) else { return Ok(None) };
    let token = store::invitation::token(db, backend.keys(), first.id).await?;
    let ours = token.is_some_and(|token| bool::from(mail::answer_key(&token).as_bytes().ct_eq(key.as_bytes())));
    Ok(ours.then_some((meeting.id, person.id)))
}
