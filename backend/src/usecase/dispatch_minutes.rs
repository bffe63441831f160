//! Hands approved minutes over to units that consent covers (M6, M7): from then on they are in their own records too.

use std::collections::BTreeSet;

use domain::{
    export::What,
    flaw::FlawKind,
    id::{MinutesId, UnitId},
    minutes::dispatch,
    refusal::Refusal,
    visibility::Role,
};

use super::write_minutes::refusal;
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::Action,
    gate,
    hearing::is_recused,
    job::minutes_news,
    store::{self, dispatch::Dispatch, review::Addendum},
    view::case::must_be_free,
};

/// Hands over what was approved last, with all that was added and approved since, to each of these units; gives to how many. Who has
/// all of it already is not handed it again. Those of the units who were called to the meeting are told that there is something.
///
/// # Errors
/// A flaw in `units` where none is chosen; [`Error::Stale`] when another revision was approved meanwhile; a refusal by rule, also where
/// only one of the units is not covered: then nothing is handed over to any; [`Refusal::SecondPerson`] where an identity is protected
/// and no colleague has said yes (I1).
pub async fn dispatch_minutes(
    backend: &Backend,
    actor: &Actor,
    id: MinutesId,
    seen: i64,
    units: &[String],
) -> Result<usize> {
    actor.must_be(&[Role::Coordinator, Role::Administrator])?;
    let tx = backend.write(actor).await?;
    let head = store::minutes::load(tx.db(), id).await?;
    let known = gate::known(tx.db(), actor, head.case, tx.now()).await?;
    if is_recused(tx.db(), head.item, actor).await? {
        return Err(Refusal::Disqualified.into());
    }
    if head.revision != seen {
        return Err(Error::Stale);
    }
    let units: BTreeSet<UnitId> =
        units.iter().map(|unit| unit.parse().map_err(|_| Error::NotFound)).collect::<Result<_>>()?;
    if units.is_empty() {
        return Err(Error::flaw("units", FlawKind::Required));
    }
    let from = actor.unit()?;
    for to in &units {
        dispatch(head.state, &known.standing, from, *to).map_err(|no| refusal(&no))?;
    }
    let consent = known.standing.consent.ok_or(Refusal::ConsentMissing)?;
    must_be_free(tx.db(), actor, &known, What::Minutes, Some(id.uuid()), tx.now()).await?;
    let before = store::dispatch::of_minutes(tx.db(), id).await?;
    let added = store::review::addenda_of(backend, tx.db(), id).await?;
    let mut handed = 0;
    let mut events = Vec::new();
    for to in units {
        if has_all(&before, &added, head.revision, to) {
            continue;
        }
        store::dispatch::add(&tx, &head, head.revision, (from, to), consent, actor.person).await?;
        minutes_news::tell_handed(&tx, &head, to).await?;
        events.push(known.event(Action::MinutesDispatched).subject(to.uuid()));
        handed += 1;
    }
    if handed > 0 {
        tx.commit_all(&events).await?;
    }
    Ok(handed)
}

/// Whether a unit has this revision and all that was approved of what was added to it.
pub(crate) fn has_all(before: &[Dispatch], added: &[Addendum], revision: i64, unit: UnitId) -> bool {
    let last = before.iter().filter(|one| one.to == unit && one.revision == revision).map(|one| one.at).max();
    let newest = added.iter().filter_map(|one| one.answer.as_ref()).filter(|one| one.approved).map(|one| one.at).max();
    last.is_some_and(|last| newest.is_none_or(|newest| newest <= last))
}
