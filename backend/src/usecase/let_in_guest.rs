//! Lets a guest into the room, for the one item their family let them in for (G5).

use domain::{
    flaw::FlawKind,
    id::{AgendaItemId, MeetingId, UnitId},
    refusal::Refusal,
    room::GuestKind,
};

use super::run_meeting::{admit_late, led_by, running};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::Action,
    gate,
    hearing::Person,
    store::{self, agenda::ItemState, room::Guest},
    typed::Typed,
};

/// A guest as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedGuest {
    /// The unit they come with.
    pub unit: String,
    /// A `GuestKind` code.
    pub kind: String,
    /// Their name.
    pub name: String,
    /// The item they come for.
    pub item: String,
    /// Whether the family has let them in.
    pub approved: bool,
}

/// Lets a guest in. They hear that item and what is common; before any other case, and before a consultation, they leave.
///
/// # Errors
/// Flaws in `unit`, `guest`, `guest_name`, `item`, and in `approved` where the family has not let them in; in `guest` also for anybody
/// but the family where an identity is protected (I1). [`Error::NotFound`] for an item that is not for this unit to know;
/// [`Refusal::ItemDone`] for one that is over; [`Refusal::UncoveredPresent`] while another is open.
pub async fn let_in_guest(backend: &Backend, actor: &Actor, id: MeetingId, guest: &TypedGuest) -> Result<()> {
    let mut typed = Typed::default();
    let unit: Option<UnitId> = typed.choice("unit", &guest.unit);
    let kind = GuestKind::from_code(&guest.kind).ok();
    if kind.is_none() {
        typed.flaw("guest", FlawKind::Required);
    }
    let name = typed.name("guest_name", &guest.name);
    let item: Option<AgendaItemId> = typed.choice("item", &guest.item);
    if !guest.approved {
        typed.flaw("approved", FlawKind::Required);
    }
    typed.finish()?;
    let (unit, kind, name) = (Typed::value(unit)?, Typed::value(kind)?, Typed::value(name)?);
    let tx = backend.write(actor).await?;
    let meeting = led_by(&tx, actor, id).await?;
    running(&meeting)?;
    let item = store::agenda::one(tx.db(), backend.keys(), Typed::value(item)?).await?;
    let case = item.case().filter(|_| item.meeting == meeting.id).ok_or(Error::NotFound)?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    if item.state == ItemState::Done {
        return Err(Refusal::ItemDone.into());
    }
    if known.head().protection.hides_name() && kind != GuestKind::Family {
        return Err(Error::flaw("guest", FlawKind::NotAChoice));
    }
    let with = store::unit::load(tx.db(), unit).await?.kind;
    let guest = Some(Guest { kind, item: Some(item.id) });
    admit_late(&tx, &meeting, Person { unit, kind: with, name: name.as_str(), guest }).await?;
    let attendance = tx.new_id();
    store::room::arrive_as_guest(&tx, attendance, id, (unit, name.as_str()), (kind, item.id, case)).await?;
    tx.commit(known.event(Action::GuestLetIn).subject(attendance)).await
}
