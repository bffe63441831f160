//! Who is called to a meeting: of each unit it is for, whoever sits on its seat that day.

use std::collections::BTreeSet;

use domain::{
    id::{PersonId, UnitId},
    visibility::{Role, Viewer},
};
use sea_orm::ConnectionTrait;

use crate::{
    Result,
    agenda::{Agenda, Meant, MeantBy, units_meant_by},
    job,
    store::{
        self,
        invitation::{Asked, Invitation},
        meeting::Meeting,
        roster::Seat,
    },
    tx::Tx,
};

/// Somebody a meeting is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recipient {
    pub unit: UnitId,
    pub unit_name: String,
    /// What the unit sits there as; may be empty.
    pub function: String,
    pub person: PersonId,
    /// Whether they stand in for a holder who is missing.
    pub deputy: bool,
}

/// Who of a table comes for these units: the holder of the seat, the first deputy where there is no holder; and to what is
/// for those named alone, whichever of them is. Beside them the units somebody is missing from. Only those in `able` can come.
pub(crate) fn recipients(table: &[Seat], meant: &MeantBy, able: &BTreeSet<PersonId>) -> (Vec<Recipient>, Vec<String>) {
    let (mut found, mut vacant) = (Vec::new(), Vec::new());
    for seat in table {
        let Some(meant) = meant.get(&seat.unit) else { continue };
        let can = |person: &PersonId| able.contains(person);
        let holder = seat.holder.filter(can);
        let sitters: Vec<PersonId> = seat.sitters().filter(can).collect();
        let usual = sitters.first().copied();
        let one_of = |people: &BTreeSet<PersonId>| sitters.iter().copied().find(|person| people.contains(person));
        let coming: Vec<Option<PersonId>> =
            meant.all.then_some(usual).into_iter().chain(meant.named.iter().map(one_of)).collect();
        if coming.contains(&None) {
            vacant.push(seat.unit_name.clone());
        }
        for person in coming.into_iter().flatten().collect::<BTreeSet<_>>() {
            found.push(Recipient {
                unit: seat.unit,
                unit_name: seat.unit_name.clone(),
                function: seat.function.clone(),
                person,
                deputy: holder != Some(person),
            });
        }
    }
    (found, vacant)
}

/// Invites everybody a meeting is for who is not invited yet, each by a mail of their own once this is done. Says how many.
pub(crate) async fn call(tx: &Tx, meeting: &Meeting, table: &[Seat]) -> Result<usize> {
    let units = units_meant_by(tx.db(), tx.backend().keys(), meeting).await?;
    call_for(tx, meeting, table, &units).await
}

/// Invites whoever comes for these units and is not invited yet.
async fn call_for(tx: &Tx, meeting: &Meeting, table: &[Seat], units: &MeantBy) -> Result<usize> {
    let (wanted, _) = recipients(table, units, &able(tx.db(), table).await?);
    let standing = store::invitation::to_meetings(tx.db(), [meeting.id]).await?;
    let mut count = 0;
    for Recipient { unit, person, .. } in wanted {
        if ask(tx, meeting, (unit, person), &standing, false).await? {
            count += 1;
        }
    }
    Ok(count)
}

/// Invites somebody for a unit, unless they are invited already. Says whether they were not.
async fn ask(
    tx: &Tx,
    meeting: &Meeting,
    (unit, person): (UnitId, PersonId),
    standing: &[Invitation],
    stand_in: bool,
) -> Result<bool> {
    let earlier = standing.iter().find(|one| one.unit == unit && one.person == person);
    if earlier.is_some_and(|one| !one.withdrawn) {
        return Ok(false);
    }
    let viewer = Viewer { person, unit, role: Role::Participant };
    let agenda = Agenda::load(tx.db(), tx.backend().keys(), meeting.clone(), viewer, tx.now()).await?;
    let asked = Asked { slot: agenda.slot(unit, person), stand_in };
    let id = match earlier {
        Some(one) => {
            store::invitation::renew(tx, one.id, asked).await?;
            one.id
        }
        None => store::invitation::create(tx, meeting.id, (unit, person), asked).await?,
    };
    job::invitation::enqueue(tx, id).await?;
    Ok(true)
}

/// Who of a unit is asked next where those invited for it cannot come: the first of those who sit there, in the order they are asked
/// in, that is able, that something is for, and that is not invited.
pub(crate) fn next_deputy(
    seat: &Seat,
    meant: &Meant,
    able: &BTreeSet<PersonId>,
    invited: &[Invitation],
) -> Option<PersonId> {
    let is_invited =
        |person: PersonId| invited.iter().any(|one| one.unit == seat.unit && one.person == person && !one.withdrawn);
    seat.sitters().find(|person| able.contains(person) && meant.is_for(*person) && !is_invited(*person))
}

/// Invites the next of a unit's deputies to a meeting, if there is one to ask. Says whether there was.
pub(crate) async fn ask_deputy(tx: &Tx, meeting: &Meeting, unit: UnitId) -> Result<bool> {
    let table = store::roster::seats(tx.db(), meeting.forum, meeting.on).await?;
    let meant = units_meant_by(tx.db(), tx.backend().keys(), meeting).await?;
    let invited = store::invitation::to_meetings(tx.db(), [meeting.id]).await?;
    let able = able(tx.db(), &table).await?;
    let seat = table.iter().find(|seat| seat.unit == unit);
    let next = seat.zip(meant.get(&unit)).and_then(|(seat, meant)| next_deputy(seat, meant, &able, &invited));
    match next {
        Some(person) => ask(tx, meeting, (unit, person), &invited, true).await,
        None => Ok(false),
    }
}

/// Calls, for units whose people sit there no longer, whoever does on the day.
pub(crate) async fn call_in_place(tx: &Tx, meeting: &Meeting, left: &BTreeSet<UnitId>) -> Result<()> {
    let table = store::roster::seats(tx.db(), meeting.forum, meeting.on).await?;
    let mut units = units_meant_by(tx.db(), tx.backend().keys(), meeting).await?;
    units.retain(|unit, _| left.contains(unit));
    call_for(tx, meeting, &table, &units).await?;
    Ok(())
}

/// Of those named at a table, the people who can be invited.
pub(crate) async fn able(db: &impl ConnectionTrait, table: &[Seat]) -> Result<BTreeSet<PersonId>> {
    // Gathered first: an iterator that borrows, held over an await, makes the future fit for one lifetime only.
    let named: Vec<PersonId> = table.iter().flat_map(Seat::sitters).collect();
    let people = store::roster::people(db, named).await?;
    Ok(people.into_values().filter(|person| !person.disabled).map(|person| person.id).collect())
}
