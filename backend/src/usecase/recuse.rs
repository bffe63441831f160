//! Marks somebody as disqualified from an item (jäv, G4; förvaltningslagen (2017:900) 16–18 §§). They declare it themselves, or whoever
//! leads does.

use domain::{
    id::{AgendaItemId, MeetingId, UnitId},
    meeting::MeetingState,
    refusal::Refusal,
    visibility::Role,
};
use uuid::Uuid;

use super::run_meeting::{in_room, led_by};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::Action,
    circle::spelled,
    gate::{self, Known},
    store::{
        self,
        agenda::{Item, ItemState},
        room::Recusal,
    },
    tx::Tx,
};

/// Marks whoever is at work here, or for a leader somebody in the room, as disqualified from an item. From then on they take no part in
/// it: it does not begin while they are in the room, and where it is under way they leave at once. A second click changes nothing.
///
/// # Errors
/// [`Error::NotFound`] for an item that is not for this unit to know, or somebody who is not in the room; [`Refusal::ItemDone`] for
/// one that is over.
pub async fn recuse(
    backend: &Backend,
    actor: &Actor,
    meeting: MeetingId,
    item: AgendaItemId,
    attendance: Option<Uuid>,
) -> Result<()> {
    let tx = backend.write(actor).await?;
    let (unit, name) = match attendance {
        None => (actor.unit()?, actor.name.clone()),
        Some(attendance) => {
            led_by(&tx, actor, meeting).await?;
            let here = in_room(&tx, meeting).await?;
            let one = here.into_iter().find(|one| one.id == attendance && one.guest.is_none());
            one.map(|one| (one.unit, one.name)).ok_or(Error::NotFound)?
        }
    };
    let (item, known) = asked(&tx, actor, meeting, item).await?;
    if item.state == ItemState::Done {
        return Err(Refusal::ItemDone.into());
    }
    let already = store::room::recusals(tx.db(), [item.id]).await?;
    if already.iter().any(|one| is(one, unit, &name)) {
        return Ok(());
    }
    let one = Recusal { id: tx.new_id(), item: item.id, unit, name, at: tx.now() };
    store::room::recuse(tx.db(), &one).await?;
    let under_way = store::meeting::load(tx.db(), meeting).await?.current_item == Some(item.id);
    for someone in
        in_room(&tx, meeting).await?.iter().filter(|someone| under_way && is(&one, someone.unit, &someone.name))
    {
        store::room::leave(tx.db(), meeting, someone.id, tx.now()).await?;
    }
    tx.commit(known.event(Action::RecusalChanged).subject(one.id)).await
}

/// Takes a mark back that was made by mistake: one's own, or for a leader anybody's; not of an item that is over.
///
/// # Errors
/// As [`recuse`].
pub async fn take_back_recusal(
    backend: &Backend,
    actor: &Actor,
    meeting: MeetingId,
    item: AgendaItemId,
    id: Uuid,
) -> Result<()> {
    let tx = backend.write(actor).await?;
    let (item, known) = asked(&tx, actor, meeting, item).await?;
    let marks = store::room::recusals(tx.db(), [item.id]).await?;
    let Some(mark) = marks.into_iter().find(|one| one.id == id) else { return Ok(()) }; // a second click
    if !is(&mark, actor.unit()?, &actor.name) {
        actor.must_be(&[Role::Coordinator])?;
    }
    if item.state == ItemState::Done {
        return Err(Refusal::ItemDone.into());
    }
    store::room::take_back_recusal(tx.db(), id).await?;
    tx.commit(known.event(Action::RecusalChanged).subject(id)).await
}

fn is(mark: &Recusal, unit: UnitId, name: &str) -> bool {
    mark.unit == unit && spelled(&mark.name) == spelled(name)
}

/// The item and its case, of a meeting that is published or running, for somebody who may know it. Held until the change is made.
async fn asked(tx: &Tx, actor: &Actor, meeting: MeetingId, item: AgendaItemId) -> Result<(Item, Known)> {
    let meeting = store::agenda::meeting_to_change(tx, meeting).await?;
    let item = store::agenda::one(tx.db(), tx.backend().keys(), item).await?;
    let case = item.case().filter(|_| item.meeting == meeting.id).ok_or(Error::NotFound)?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    match meeting.stage.state {
        MeetingState::Published | MeetingState::Running => Ok((item, known)),
        MeetingState::Draft if actor.role == Role::Coordinator => Ok((item, known)),
        MeetingState::Draft => Err(Error::NotFound),
        MeetingState::Held | MeetingState::Cancelled => Err(Refusal::NotRunning.into()),
    }
}
