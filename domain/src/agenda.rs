//! An agenda's times: items run back to back from the start of the meeting.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::id::{AgendaItemId, UnitId};

coded! {
    /// What an item of an agenda is.
    pub enum ItemKind {
        /// A case, heard by those whom consent covers.
        Case => "case",
        /// Avidentifierad konsultation: no person link at all (A1).
        AnonymousConsultation => "anonymous",
        /// A general matter, such as a risk weekend (E2).
        General => "general",
        /// A break.
        Break => "break",
    }
}

/// An item as planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedItem {
    /// Its id.
    pub id: AgendaItemId,
    /// What it is.
    pub kind: ItemKind,
    /// How long it is planned to take.
    pub minutes: u16,
    /// The units that take part in it.
    pub seats: BTreeSet<UnitId>,
    /// The earliest start, in minutes from the start of the meeting.
    pub not_before: Option<u32>,
    /// The latest start, in minutes from the start of the meeting.
    pub not_after: Option<u32>,
}

impl PlannedItem {
    /// Whether the item may start so many minutes into the meeting.
    #[must_use]
    pub fn may_start_at(&self, minute: u32) -> bool {
        self.not_before.is_none_or(|first| first <= minute) && self.not_after.is_none_or(|last| minute <= last)
    }

    /// Whether its start is bound at all.
    #[must_use]
    pub const fn has_window(&self) -> bool {
        self.not_before.is_some() || self.not_after.is_some()
    }
}

/// When an item is planned, in local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The item.
    pub id: AgendaItemId,
    /// Its start.
    pub starts: NaiveDateTime,
    /// Its end, which is the next item's start.
    pub ends: NaiveDateTime,
}

/// The items' times in their order, from the meeting's local start.
#[must_use]
pub fn times(start: NaiveDateTime, items: &[PlannedItem]) -> Vec<Slot> {
    let at = |minute: u32| start.checked_add_signed(TimeDelta::minutes(i64::from(minute))).unwrap_or(start);
    starts(items)
        .zip(items)
        .map(|(minute, item)| Slot { id: item.id, starts: at(minute), ends: at(minute + u32::from(item.minutes)) })
        .collect()
}

/// The minute of the meeting each item starts in.
pub(crate) fn starts(items: &[PlannedItem]) -> impl Iterator<Item = u32> {
    items.iter().scan(0_u32, |minute, item| {
        let start = *minute;
        *minute = minute.saturating_add(u32::from(item.minutes));
        Some(start)
    })
}

/// How long all items take, in minutes.
#[must_use]
pub fn total(items: &[PlannedItem]) -> u32 {
    items.iter().fold(0, |minutes: u32, item| minutes.saturating_add(u32::from(item.minutes)))
}

/// What does not fit in a meeting (V8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overflow {
    /// By how many minutes.
    pub minutes: u32,
    /// The items that end after the meeting, in their order.
    pub items: Vec<AgendaItemId>,
}

/// What does not fit in a meeting of so many minutes; none where all does (V8).
#[must_use]
pub fn overflow(items: &[PlannedItem], meeting_minutes: u32) -> Option<Overflow> {
    let minutes = total(items).checked_sub(meeting_minutes).filter(|minutes| *minutes > 0)?;
    let late = starts(items).zip(items).filter(|(start, item)| start + u32::from(item.minutes) > meeting_minutes);
    Some(Overflow { minutes, items: late.map(|(_, item)| item.id).collect() })
}

/// No item is made shorter than this so that all fit, in minutes.
pub const SHORTEST: u16 = 10;

/// Items shortened until all fit in a meeting of so many minutes, with their new lengths: always the longest by up to five minutes, so
/// that the burden is shared. General items and those whose start is bound keep their length. None where it cannot be done.
#[must_use]
pub fn shortened(items: &[PlannedItem], meeting_minutes: u32) -> Option<Vec<(AgendaItemId, u16)>> {
    let mut over = total(items).saturating_sub(meeting_minutes);
    let mut lengths: Vec<(&PlannedItem, u16)> = items.iter().map(|item| (item, item.minutes)).collect();
    while over > 0 {
        let may = |(item, minutes): &&mut (&PlannedItem, u16)| {
            matches!(item.kind, ItemKind::Case | ItemKind::AnonymousConsultation)
                && !item.has_window()
                && *minutes > SHORTEST
        };
        // Of several as long the last: who comes first has prepared.
        let (_, minutes) = lengths.iter_mut().filter(may).max_by_key(|(_, minutes)| *minutes)?;
        let less = (*minutes - SHORTEST).min(5).min(u16::try_from(over).unwrap_or(u16::MAX));
        *minutes -= less;
        over -= u32::from(less);
    }
    let changed = lengths.into_iter().filter(|(item, minutes)| item.minutes != *minutes);
    Some(changed.map(|(item, minutes)| (item.id, minutes)).collect())
}

/// How long a unit has to be there, in minutes from the start of the meeting (V7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// The start of its first item.
    pub from: u32,
    /// The end of its last item.
    pub until: u32,
    /// The minutes of its own items.
    pub own: u32,
}

impl Stay {
    /// The minutes it waits between its own items.
    #[must_use]
    pub const fn waits(self) -> u32 {
        (self.until - self.from).saturating_sub(self.own)
    }
}

/// How long each unit that takes part has to be there.
#[must_use]
pub fn stays(items: &[PlannedItem]) -> BTreeMap<UnitId, Stay> {
    let mut stays: BTreeMap<UnitId, Stay> = BTreeMap::new();
    for (start, item) in starts(items).zip(items) {
        let minutes = u32::from(item.minutes);
        for &seat in &item.seats {
            let stay = stays.entry(seat).or_insert(Stay { from: start, until: start, own: 0 });
            stay.until = start.saturating_add(minutes);
            stay.own += minutes;
        }
    }
    stays
}

/// What a minute of a unit's waiting weighs; 1 where nothing is said.
pub type Weights = BTreeMap<UnitId, u32>;

/// The waiting of all units, each minute times its unit's weight.
#[must_use]
pub fn waiting(items: &[PlannedItem], weights: &Weights) -> u64 {
    let weight = |unit: &UnitId| u64::from(weights.get(unit).copied().unwrap_or(1));
    stays(items).iter().map(|(unit, stay)| u64::from(stay.waits()) * weight(unit)).sum()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn unit(number: u128) -> UnitId {
        UnitId::from_uuid(Uuid::from_u128(number))
    }

    fn item(number: u128, minutes: u16, seats: &[u128]) -> PlannedItem {
        PlannedItem {
            id: AgendaItemId::from_uuid(Uuid::from_u128(number)),
            kind: ItemKind::Case,
            minutes,
            seats: seats.iter().map(|&seat| unit(seat)).collect(),
            not_before: None,
            not_after: None,
        }
    }

    fn agenda() -> Vec<PlannedItem> {
        vec![item(1, 20, &[1, 2]), item(2, 25, &[1]), item(3, 15, &[1, 2]), item(4, 10, &[])]
    }

    #[test]
    fn items_run_back_to_back_from_the_start() {
        let slots = times("2026-11-26T09:10:00".parse().unwrap(), &agenda());
        let shown: Vec<_> =
            slots.iter().map(|slot| format!("{}–{}", slot.starts.format("%H.%M"), slot.ends.format("%H.%M"))).collect();
        assert_eq!(shown, ["09.10–09.30", "09.30–09.55", "09.55–10.10", "10.10–10.20"]);
    }

    #[test]
    fn v7_a_unit_waits_from_its_first_to_its_last_item_less_its_own() {
        let stays = stays(&agenda());
        assert_eq!(stays.get(&unit(2)), Some(&Stay { from: 0, until: 60, own: 35 }));
        assert_eq!(stays.get(&unit(2)).unwrap().waits(), 25);
        assert_eq!(stays.get(&unit(1)).unwrap().waits(), 0);
        assert_eq!(waiting(&agenda(), &Weights::from([(unit(2), 3)])), 75);
    }

    #[test]
    fn an_item_starts_within_its_bounds_both_included() {
        let bound = |not_before, not_after| PlannedItem { not_before, not_after, ..item(1, 20, &[1]) };
        assert!(
            !bound(None, None).has_window() && bound(Some(0), None).has_window() && bound(None, Some(0)).has_window()
        );
        let may = |minute| bound(Some(10), Some(30)).may_start_at(minute);
        assert_eq!([9, 10, 30, 31].map(may), [false, true, true, false]);
        assert!(
            bound(None, None).may_start_at(0)
                && bound(Some(10), None).may_start_at(900)
                && bound(None, Some(9)).may_start_at(0)
        );
    }

    #[test]
    fn v8_what_does_not_fit_is_shortened_from_the_longest_on() {
        let general = PlannedItem { kind: ItemKind::General, ..item(5, 60, &[1]) };
        let bound = PlannedItem { not_before: Some(0), not_after: Some(0), ..item(6, 40, &[1]) };
        let items = [vec![bound], agenda(), vec![general]].concat();
        assert_eq!(total(&items), 170);
        let to = |minutes| {
            let lengths = shortened(&items, minutes)?;
            Some(lengths.into_iter().map(|(id, minutes)| (id.uuid().as_u128(), minutes)).collect::<Vec<_>>())
        };
        assert_eq!(to(170), Some(vec![]));
        assert_eq!(to(168), Some(vec![(2, 23)]));
        assert_eq!(to(155), Some(vec![(1, 15), (2, 15)]));
        assert_eq!(to(140), Some(vec![(1, 10), (2, 10), (3, 10)]));
        assert_eq!(to(139), None, "no item is shorter than ten minutes");
        assert_eq!(shortened(&[], 0), Some(vec![]));
    }

    #[test]
    fn v8_what_does_not_fit_is_listed() {
        let ids: Vec<_> = agenda().iter().map(|item| item.id).collect();
        assert_eq!(total(&agenda()), 70);
        assert_eq!(overflow(&agenda(), 70), None);
        assert_eq!(overflow(&agenda(), 50), Some(Overflow { minutes: 20, items: ids[2..].to_vec() }));
        assert_eq!(overflow(&agenda(), 45), Some(Overflow { minutes: 25, items: ids[2..].to_vec() }), "to the minute");
        assert_eq!(overflow(&[], 0), None);
    }
}
