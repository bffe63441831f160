//! Answers an invitation: by its link without signing in, or signed in.

use domain::{
    flaw::FlawKind,
    id::{InvitationId, MeetingId},
    meeting::{InvitationAnswer, MeetingState},
    refusal::Refusal,
};

use crate::{
    Backend, Error, Result,
    actor::{Actor, Doer},
    agenda::begins,
    audit::{Action, Event},
    store::{self, invitation::Invitation},
    tx::Tx,
    view::invitation::stands,
};

/// Answers by the secret of the link; `answer` as sent by the form.
///
/// # Errors
/// [`Error::NotFound`] for a link that does not stand: unknown, withdrawn, or for a meeting its person has no part in any
/// more, all alike (rule 44). [`Error::Invalid`] naming `answer`; [`Refusal::AlreadyBegun`], [`Refusal::Cancelled`].
pub async fn answer_by_link(backend: &Backend, token: &str, answer: &str) -> Result<()> {
    let invitation = store::invitation::by_token(backend.db(), token).await?;
    save(backend.write(Doer::person(invitation.person)).await?, invitation.id, answer).await
}

/// Answers one's own invitation for the unit one works for.
///
/// # Errors
/// As [`answer_by_link`].
pub async fn answer_own(backend: &Backend, actor: &Actor, meeting: MeetingId, answer: &str) -> Result<()> {
    let unit = actor.unit()?;
    let mine = store::invitation::of_person(backend.db(), actor.person).await?;
    let own = mine.into_iter().find(|one| one.meeting == meeting && one.unit == unit).ok_or(Error::NotFound)?;
    save(backend.write(actor).await?, own.id, answer).await
}

async fn save(tx: Tx, id: InvitationId, answer: &str) -> Result<()> {
    let invitation: Invitation = store::invitation::by_id(tx.db(), id).await?;
    let meeting = stands(tx.db(), tx.backend().keys(), &invitation, tx.now()).await?.ok_or(Error::NotFound)?;
    let answer = match InvitationAnswer::from_code(answer) {
        Ok(InvitationAnswer::Pending) | Err(_) => return Err(Error::flaw("answer", FlawKind::NotAChoice)),
        Ok(answer) => answer,
    };
    match meeting.stage.state {
        MeetingState::Cancelled => return Err(Refusal::Cancelled.into()),
        MeetingState::Published if tx.now() < begins(&meeting) => {}
        _ => return Err(Refusal::AlreadyBegun.into()),
    }
    store::invitation::set_answer(&tx, id, answer).await?;
    tx.commit(Event::new(Action::InvitationAnswered).subject(id.uuid())).await
}
