//! Sends the invitations of a meeting: once for all, and later to those a changed agenda brought in.

use std::collections::BTreeSet;

use domain::{
    agenda::overflow,
    id::{MeetingId, PersonId},
    meeting::MeetingState,
    refusal::Refusal,
};
use sea_orm::ConnectionTrait;

use crate::{
    Backend, Result,
    actor::Actor,
    agenda::{Agenda, Recipient, recipients, units_meant_by},
    audit::{Action, Event},
    job, store,
    store::{meeting::Meeting, roster::Seat},
    tx::Tx,
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
    let invited = invite(&tx, &agenda.meeting, &agenda.table).await?;
    if !first && invited == 0 {
        return Err(Refusal::AlreadyPublished.into());
    }
    tx.commit(Event::new(Action::MeetingPublished).subject(meeting.uuid())).await?;
    Ok(invited)
}

async fn invite(tx: &Tx, meeting: &Meeting, table: &[Seat]) -> Result<usize> {
    let units = units_meant_by(tx.db(), tx.backend().keys(), meeting).await?;
    let (wanted, _) = recipients(table, &units, &able(tx.db(), table).await?);
    let standing = store::invitation::to_meetings(tx.db(), [meeting.id]).await?;
    let mut count = 0;
    for Recipient { unit, person, .. } in wanted {
        let id = match standing.iter().find(|one| one.unit == unit && one.person == person) {
            Some(one) if !one.withdrawn => continue,
            Some(one) => {
                store::invitation::renew(tx, one.id).await?;
                one.id
            }
            None => store::invitation::create(tx, meeting.id, unit, person).await?,
        };
        job::invitation::enqueue(tx, id).await?;
        count += 1;
    }
    Ok(count)
}

/// Of those named at a table, the people who can be invited.
pub(crate) async fn able(db: &impl ConnectionTrait, table: &[Seat]) -> Result<BTreeSet<PersonId>> {
    // Gathered first: an iterator that borrows, held over an await, makes the future fit for one lifetime only.
    let named: Vec<PersonId> = table.iter().flat_map(|seat| [seat.holder, seat.deputy]).flatten().collect();
    let people = store::roster::people(db, named).await?;
    Ok(people.into_values().filter(|person| !person.disabled).map(|person| person.id).collect())
}
