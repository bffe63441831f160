//! The order of an agenda against every order there is, and its limits.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot set up fails")]

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::agenda::{ItemKind, PlannedItem, Weights, total, waiting};
use domain::id::{AgendaItemId, UnitId, Uuid};
use domain::order::{Hands, InTurn, NoOrder, Order, PROVEN_UP_TO, Part, best_order};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;

fn unit(number: u8) -> UnitId {
    UnitId::from_uuid(Uuid::from_u128(u128::from(number)))
}

fn item(number: usize, minutes: u16, seats: &BTreeSet<u8>, window: (Option<u32>, Option<u32>)) -> PlannedItem {
    PlannedItem {
        id: AgendaItemId::from_uuid(Uuid::from_u128(u128::try_from(number).unwrap())),
        kind: ItemKind::Case,
        minutes,
        seats: seats.iter().copied().map(unit).collect(),
        not_before: window.0,
        not_after: window.1,
    }
}

type Window = (Option<u32>, Option<u32>);

/// Agendas of so many items and units; every item's window by `window`.
fn agenda(
    items: std::ops::Range<usize>,
    units: u8,
    window: impl Strategy<Value = Window> + Clone,
) -> impl Strategy<Value = Vec<PlannedItem>> {
    vec((1_u16..7, btree_set(0..units, 0..4), window), items).prop_map(|items| {
        items
            .into_iter()
            .enumerate()
            .map(|(number, (five, seats, window))| item(number, five * 5, &seats, window))
            .collect()
    })
}

fn open() -> impl Strategy<Value = Window> + Clone {
    Just((None, None))
}

fn sometimes_bound() -> impl Strategy<Value = Window> + Clone {
    prop_oneof![3 => Just((None, None)), 1 => (option::of(0_u32..60), option::of(20_u32..120))]
}

fn weights() -> impl Strategy<Value = Weights> {
    vec(0_u32..5, 6).prop_map(|weights| (0..).map(unit).zip(weights).collect())
}

/// The items in an order's sequence, if each is there once and starts in its window.
fn follow(items: &[PlannedItem], order: &Order) -> Option<Vec<PlannedItem>> {
    let distinct: BTreeSet<_> = order.sequence.iter().collect();
    let by_id = |id: &AgendaItemId| items.iter().find(|item| item.id == *id).cloned();
    let sequence: Vec<PlannedItem> = order.sequence.iter().filter_map(by_id).collect();
    let whole = distinct.len() == items.len() && sequence.len() == items.len();
    (whole && fits(&sequence)).then_some(sequence)
}

fn fits(sequence: &[PlannedItem]) -> bool {
    let mut minute = 0;
    sequence.iter().all(|item| {
        let fits = item.may_start_at(minute);
        minute += u32::from(item.minutes);
        fits
    })
}

/// The least waiting over every order there is.
fn least(items: &mut Vec<PlannedItem>, from: usize, weights: &Weights) -> Option<u64> {
    if from == items.len() {
        return fits(items).then(|| waiting(items, weights));
    }
    let mut best = None;
    for place in from..items.len() {
        items.swap(from, place);
        best = [best, least(items, from + 1, weights)].into_iter().flatten().min();
        items.swap(from, place);
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn v7_no_order_waits_less(mut items in agenda(0..7, 6, sometimes_bound()), weights in weights()) {
        match best_order(&items, &weights, &InTurn) {
            Ok(order) => {
                let followed = follow(&items, &order);
                prop_assert!(followed.is_some(), "not an order of the items in their windows");
                prop_assert_eq!(waiting(&followed.unwrap(), &weights), order.waiting);
                prop_assert!(order.proven());
                prop_assert_eq!(Some(order.waiting), least(&mut items, 0, &weights));
            }
            Err(refusal) => {
                prop_assert_eq!(refusal, NoOrder::Infeasible);
                prop_assert_eq!(least(&mut items, 0, &weights), None);
            }
        }
    }

    #[test]
    fn v7_keeping_items_with_the_same_seats_together_loses_nothing(
        mut items in agenda(2..8, 3, open()), weights in weights()
    ) {
        prop_assert_eq!(best_order(&items, &weights, &InTurn).unwrap().waiting, least(&mut items, 0, &weights).unwrap());
    }

    #[test]
    fn v7_no_order_waits_less_around_what_is_fixed_first_and_last(
        mut items in agenda(1..8, 6, open()), first in 0_usize..3, last in 0_usize..3, weights in weights()
    ) {
        let count = items.len();
        let mut start = 0;
        for (place, item) in items.iter_mut().enumerate() {
            if place < first || place + last >= count {
                (item.not_before, item.not_after) = (Some(start), Some(start));
            }
            start += u32::from(item.minutes);
        }
        items.reverse();
        let order = best_order(&items, &weights, &InTurn).unwrap();
        prop_assert!(follow(&items, &order).is_some() && order.proven());
        prop_assert_eq!(Some(order.waiting), least(&mut items, 0, &weights));
    }

    #[test]
    fn an_order_that_is_already_as_good_stays_as_it_is(items in agenda(0..9, 6, open()), weights in weights()) {
        let order = best_order(&items, &weights, &InTurn).unwrap();
        let ordered = follow(&items, &order).unwrap();
        prop_assert_eq!(best_order(&ordered, &weights, &InTurn).unwrap(), order);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn many_items_are_ordered_and_never_worse(items in agenda(26..40, 12, open())) {
        let order = best_order(&items, &Weights::new(), &InTurn).unwrap();
        let followed = follow(&items, &order);
        prop_assert!(followed.is_some());
        prop_assert_eq!(waiting(&followed.unwrap(), &Weights::new()), order.waiting);
        prop_assert!(order.at_least <= order.waiting && order.waiting <= waiting(&items, &Weights::new()));
    }

    #[test]
    fn the_search_for_many_items_keeps_their_windows(
        items in agenda(22..30, 8, prop_oneof![5 => Just((None, None)), 1 => (option::of(0_u32..30), option::of(200_u32..400))])
    ) {
        match best_order(&items, &Weights::new(), &InTurn) {
            Ok(order) => prop_assert!(follow(&items, &order).is_some()),
            Err(_) => prop_assert!(!fits(&items), "the given order would do"),
        }
    }
}

/// Twenty items no two of which have the same seats, and as many units as a forum has.
fn hard(count: usize) -> Vec<PlannedItem> {
    (0..count)
        .map(|number| {
            let seats = (0_u8..8).filter(|unit| (number * 37 + 11) * (usize::from(*unit) + 3) % 7 < 3).collect();
            let window = if number % 5 == 0 { (Some(10), Some(320)) } else { (None, None) };
            item(number, [10, 15, 20, 25][number % 4], &seats, window)
        })
        .collect()
}

#[test]
fn v7_twenty_items_with_windows_are_proven() {
    let items = hard(PROVEN_UP_TO);
    let order = best_order(&items, &Weights::new(), &InTurn).unwrap();
    assert!(order.proven() && follow(&items, &order).is_some());
}

/// As a long morning is: what stands on every agenda first and last; social services in all cases, one of six schools, and partners in
/// every third.
fn long_morning(count: usize) -> Vec<PlannedItem> {
    let mut dice = 7_u32;
    let mut roll = |sides: u32| {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (dice >> 16) % sides
    };
    let mut items: Vec<PlannedItem> = (0..count)
        .map(|number| {
            let school = u8::try_from(1 + roll(6)).unwrap();
            let partners: Vec<u8> = (7..12).filter(|_| roll(5) == 0).collect();
            let minutes = u16::try_from(10 + 5 * roll(4)).unwrap();
            item(number, minutes, &[0, school].into_iter().chain(partners).collect(), (None, None))
        })
        .collect();
    let all = total(&items);
    for (place, start) in [(0, 0), (count - 1, all - u32::from(items[count - 1].minutes))] {
        items[place].seats = [unit(0)].into();
        (items[place].not_before, items[place].not_after) = (Some(start), Some(start));
    }
    items
}

#[test]
fn v7_a_long_morning_is_proven_although_first_and_last_are_fixed() {
    let items = long_morning(28);
    let order = best_order(&items, &Weights::new(), &InTurn).unwrap();
    assert!(order.proven() && follow(&items, &order).is_some(), "{order:?}");
    assert!(order.waiting < waiting(&items, &Weights::new()));
}

/// Many parties, each in about a quarter of the items, and a family at every seventh: bounds by themselves do not prove these.
#[test]
fn v7_many_parties_with_families_times_are_proven() {
    let mut dice = 2_u32;
    let mut roll = |sides: u32| {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (dice >> 16) % sides
    };
    let mut items: Vec<PlannedItem> = (0..28)
        .map(|number| {
            let seats = (0_u8..12).filter(|_| roll(4) == 0).collect();
            item(number, u16::try_from(10 + 5 * roll(4)).unwrap(), &seats, (None, None))
        })
        .collect();
    let mut start = 0;
    for (place, item) in items.iter_mut().enumerate() {
        if place % 7 == 3 {
            (item.not_before, item.not_after) = (Some(start), Some(start + 10));
        }
        start += u32::from(item.minutes);
    }
    let order = best_order(&items, &Weights::new(), &InTurn).unwrap();
    assert!(order.proven() && follow(&items, &order).is_some(), "{order:?}");
    assert!(order.waiting < waiting(&items, &Weights::new()));
}

/// Does the last part first, and counts them.
#[derive(Default)]
struct Backwards(AtomicUsize);

impl Hands for Backwards {
    fn all(&self, parts: Vec<Part<'_>>) {
        self.0.fetch_max(parts.len(), Ordering::Relaxed);
        for part in parts.into_iter().rev() {
            part();
        }
    }
}

#[test]
fn v7_the_same_is_found_whoever_looks_for_it() {
    let backwards = Backwards::default();
    for items in [long_morning(24), hard(22)] {
        let free: Vec<_> = items.iter().map(|item| PlannedItem { not_before: None, ..item.clone() }).collect();
        for items in [items, free] {
            let found = best_order(&items, &Weights::new(), &backwards);
            assert_eq!(found, best_order(&items, &Weights::new(), &InTurn));
        }
    }
    assert!(backwards.0.into_inner() > 1, "there was something to do beside each other");
}

#[test]
fn v7_where_nothing_is_proven_the_least_there_can_be_is_told() {
    let mut items = hard(40);
    for item in &mut items {
        (item.not_before, item.not_after) = (None, None);
    }
    // Each with units of its own besides, so that no two have the same.
    for (number, item) in items.iter_mut().enumerate() {
        item.seats
            .extend([unit(100 + u8::try_from(number).unwrap()), unit(100 + u8::try_from((number + 17) % 40).unwrap())]);
    }
    let order = best_order(&items, &Weights::new(), &InTurn).unwrap();
    assert!(!order.proven() && 0 < order.at_least && order.at_least < order.waiting, "{order:?}");
    assert!(follow(&items, &order).is_some());
}

#[test]
fn windows_that_cannot_all_be_kept_are_said_to_be_infeasible() {
    let items = [1, 2].map(|number| item(number, 10, &BTreeSet::new(), (Some(0), Some(0))));
    assert_eq!(best_order(&items, &Weights::new(), &InTurn), Err(NoOrder::Infeasible));
}

#[test]
fn an_empty_agenda_is_in_order() {
    assert_eq!(best_order(&[], &Weights::new(), &InTurn), Ok(Order { sequence: vec![], waiting: 0, at_least: 0 }));
}
