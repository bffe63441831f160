//! Who of those in a room may hear an item as a person, besides what consent says of their unit: those named where an identity is
//! protected (I1), guests the family let in for it (G5), nobody who is disqualified from it (G4).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{AgendaItemId, CaseId, UnitId},
    review::{HearsBy, InRoom},
    room::{GuestKind, Present},
    unit::UnitKind,
    visibility::Circle,
};
use sea_orm::ConnectionTrait;

use crate::{
    Result,
    actor::Actor,
    circle::{Faces, spelled},
    gate::Known,
    store::{
        self,
        room::{Attendee, Guest, Recusal},
    },
};

/// What is known of one item.
#[derive(Clone, Debug)]
pub(crate) struct Hearing {
    item: AgendaItemId,
    faces: Faces,
    recused: Vec<Recusal>,
}

/// Somebody at the door or in the room.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Person<'a> {
    pub unit: UnitId,
    pub kind: UnitKind,
    pub name: &'a str,
    pub guest: Option<Guest>,
}

impl<'a> From<&'a Attendee> for Person<'a> {
    fn from(one: &'a Attendee) -> Self {
        Self { unit: one.unit, kind: one.kind, name: &one.name, guest: one.guest }
    }
}

impl Hearing {
    /// Of an item about a case with this circle, on a day.
    pub(crate) async fn of(
        db: &impl ConnectionTrait,
        item: AgendaItemId,
        circle: &Circle,
        on: NaiveDate,
    ) -> Result<Self> {
        let recused = store::room::recusals(db, [item]).await?;
        Ok(Self { item, faces: Faces::of(db, circle, on).await?, recused })
    }

    /// Of each of these items, all about cases that are known.
    pub(crate) async fn of_all(
        db: &impl ConnectionTrait,
        items: &[(AgendaItemId, CaseId)],
        known: &BTreeMap<CaseId, Known>,
        on: NaiveDate,
    ) -> Result<BTreeMap<AgendaItemId, Self>> {
        let faces = Faces::of_all(db, known, on).await?;
        let recused = store::room::recusals(db, items.iter().map(|(item, _)| *item)).await?;
        let hearing = |(item, case): &(AgendaItemId, CaseId)| {
            let faces = faces.get(case).cloned().unwrap_or_default();
            let recused = recused.iter().filter(|one| one.item == *item).cloned().collect();
            (*item, Self { item: *item, faces, recused })
        };
        Ok(items.iter().filter(|(_, case)| known.contains_key(case)).map(hearing).collect())
    }

    /// Somebody as the rules see them.
    pub(crate) fn present(&self, person: Person<'_>) -> Present {
        let Person { unit, kind, name, guest } = person;
        let named = match guest {
            None => self.faces.hold(unit, name),
            // Where an identity is protected nobody comes but the family itself and those named.
            Some(guest) => {
                guest.item == Some(self.item) && (guest.kind == GuestKind::Family || self.faces.are_everybody())
            }
        };
        Present { unit, kind, named, guest: guest.is_some(), disqualified: self.is_recused(unit, name) }
    }

    /// Who is disqualified from it.
    pub(crate) fn recused(&self) -> &[Recusal] {
        &self.recused
    }

    /// Whether somebody is disqualified from it.
    pub(crate) fn is_recused(&self, unit: UnitId, name: &str) -> bool {
        self.recused_at(unit, name).is_some()
    }

    /// Whether the holder of a name is one of those who may know as a person.
    pub(crate) fn holds(&self, unit: UnitId, name: &str) -> bool {
        self.faces.hold(unit, name) && !self.is_recused(unit, name)
    }

    fn recused_at(&self, unit: UnitId, name: &str) -> Option<DateTime<Utc>> {
        let theirs = |one: &&Recusal| one.unit == unit && spelled(&one.name) == spelled(name);
        self.recused.iter().find(theirs).map(|one| one.at)
    }

    /// Somebody's time in the room, as the review of this item's minutes holds it against the consent: until they were disqualified
    /// they were in it as anybody.
    pub(crate) fn in_room(&self, one: &Attendee) -> Vec<InRoom> {
        let by = match one.guest {
            None => HearsBy::Consent,
            Some(guest) if guest.item == Some(self.item) => HearsBy::Family,
            Some(_) => HearsBy::Nothing,
        };
        let all = InRoom { unit: one.unit, from: one.arrived_at, until: one.left_at, by };
        match self.recused_at(one.unit, &one.name) {
            Some(at) if one.left_at.is_none_or(|left| at < left) => {
                let then = InRoom { from: at.max(one.arrived_at), by: HearsBy::Nothing, ..all };
                let before = InRoom { until: Some(at), ..all };
                if one.arrived_at < at { vec![before, then] } else { vec![then] }
            }
            _ => vec![all],
        }
    }
}

/// Whether whoever is at work here is disqualified from an item.
pub(crate) async fn is_recused(db: &impl ConnectionTrait, item: AgendaItemId, actor: &Actor) -> Result<bool> {
    match actor.unit {
        Some(unit) => is_recused_as(db, item, unit, &actor.name).await,
        None => Ok(false),
    }
}

/// Those of these items whoever is at work here is disqualified from.
pub(crate) async fn recused_from(
    db: &impl ConnectionTrait,
    items: impl IntoIterator<Item = AgendaItemId>,
    actor: &Actor,
) -> Result<BTreeSet<AgendaItemId>> {
    let Some(unit) = actor.unit else { return Ok(BTreeSet::new()) };
    let recused = store::room::recusals(db, items).await?;
    let own = recused.iter().filter(|one| one.unit == unit && spelled(&one.name) == spelled(&actor.name));
    Ok(own.map(|one| one.item).collect())
}

/// Whether the holder of a name is disqualified from an item, working for a unit.
pub(crate) async fn is_recused_as(
    db: &impl ConnectionTrait,
    item: AgendaItemId,
    unit: UnitId,
    name: &str,
) -> Result<bool> {
    let recused = store::room::recusals(db, [item]).await?;
    Ok(recused.iter().any(|one| one.unit == unit && spelled(&one.name) == spelled(name)))
}
