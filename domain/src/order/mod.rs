//! The order of an agenda in which units wait least: the talent scheduling problem.
//!
//! A good order is searched for first ([`search`]), then it is tried whether a better one can be proven to be or not to be
//! ([`bounded`]). Where that takes long, all sets of items are looked at while there are few enough of them: up to [`PROVEN_UP_TO`] items
//! always ([`exact`]), and where families have their times up to some 26, not counting those that come one after the other ([`all_sets`]).
//! Else the proof by bounds is given more time, and a better order to begin with: nearly always it is enough up to some 28. Where it is
//! not, all sets are looked at after all where they are few enough, or the least that can be proven is told.

mod all_sets;
mod beside;
mod bounded;
mod exact;
mod leaving;
mod parts;
mod problem;
mod search;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use self::beside::{Hands, InTurn, Part};
use self::{
    bounded::{Found, Known},
    problem::Problem,
};
use crate::agenda::{PlannedItem, Weights, starts, total, waiting};
use crate::id::AgendaItemId;

/// So many items are ordered with proof, whatever they are.
pub const PROVEN_UP_TO: usize = 20;

/// The steps a proof by bounds may take before it is done another way, or from a better order.
const FEW_STEPS: u64 = 11_000_000;

/// An order of an agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The items in order.
    pub sequence: Vec<AgendaItemId>,
    /// The waiting of all units, each minute times its unit's weight.
    pub waiting: u64,
    /// No order waits less than this; proven. At most `waiting`.
    pub at_least: u64,
}

impl Order {
    /// Whether it is proven that no order waits less.
    #[must_use]
    pub const fn proven(&self) -> bool {
        self.at_least == self.waiting
    }
}

/// Why there is no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum NoOrder {
    /// No order lets every item start in its window; proven.
    #[error("no order lets every item start in its window")]
    Infeasible,
    /// None was found among the many, which proves nothing.
    #[error("no order was found that lets every item start in its window")]
    NotFound,
}

/// The order in which units wait least, each minute times its unit's weight, among all in which every item with a window
/// starts in it. An order that is already as good stays as it is. What is found is the same whoever's hands look for it.
///
/// # Errors
/// [`NoOrder`] where items have windows that cannot be kept.
pub fn best_order(items: &[PlannedItem], weights: &Weights, hands: &dyn Hands) -> Result<Order, NoOrder> {
    let plan = Plan::of(items);
    let (sequence, at_least) = plan.solve(weights, hands)?;
    let (mut least, given) = (waiting(&sequence, weights), waiting(items, weights));
    let mut sequence: Vec<AgendaItemId> = sequence.iter().map(|item| item.id).collect();
    if given <= least && starts(items).zip(items).all(|(start, item)| item.may_start_at(start)) {
        sequence = items.iter().map(|item| item.id).collect();
        least = given;
    }
    Ok(Order { sequence, waiting: least, at_least: at_least.unwrap_or(least).min(least) })
}

/// What is to be ordered: the blocks between what has to come first and what has to come last.
struct Plan {
    first: Vec<PlannedItem>,
    blocks: Vec<Block>,
    last: Vec<PlannedItem>,
}

impl Plan {
    /// An item that may only begin when the meeting does is first; then one that may only begin when that has ended, and so on. The
    /// same from the end: those of which nothing else can come after.
    fn of(items: &[PlannedItem]) -> Self {
        let mut between: Vec<&PlannedItem> = items.iter().collect();
        let (mut first, mut last) = (Vec::new(), Vec::new());
        let (mut from, mut to) = (0, total(items));
        let begins_at = |item: &PlannedItem, minute| item.not_before == Some(minute) && item.not_after == Some(minute);
        let ends_at = |item: &PlannedItem, minute: u32| {
            minute.checked_sub(u32::from(item.minutes)).is_some_and(|start| begins_at(item, start))
        };
        // What takes no time leaves room for something else at the same minute.
        let lasting = items.iter().all(|item| item.minutes > 0);
        while lasting && let Some(place) = between.iter().position(|item| begins_at(item, from)) {
            let item = between.remove(place);
            from += u32::from(item.minutes);
            first.push(item.clone());
        }
        while lasting && let Some(place) = between.iter().position(|item| ends_at(item, to)) {
            let item = between.remove(place);
            to -= u32::from(item.minutes);
            last.insert(0, item.clone());
        }
        Self { first, blocks: blocks(&between), last }
    }

    /// The best sequence of all items, and what no order can be below; no bound where it is the sequence's own waiting.
    fn solve(&self, weights: &Weights, hands: &dyn Hands) -> Result<(Vec<PlannedItem>, Option<u64>), NoOrder> {
        let mut good = search::good(self, weights);
        let known = |places: &[usize]| waiting(&self.sequence(places), weights);
        // Nobody can wait less than not at all.
        let problem = Problem::of(self, weights).filter(|_| good.as_deref().map(known) != Some(0));
        let found = problem.as_ref().map(|problem| {
            let first = bounded::solve(problem, &self.blocks, Known::of(problem, good.as_deref()), FEW_STEPS, hands);
            if !matches!(first, Found::AtLeast(_)) || problem.count <= PROVEN_UP_TO {
                return (problem, first);
            }
            // With windows few blocks are sooner done with all their sets than with a long proof.
            if problem.bound != 0
                && let Some(found) = all_sets::solve(problem, Known::of(problem, good.as_deref()), hands)
            {
                return (problem, found);
            }
            good = good.take().map(|places| search::from_many_starts(problem, places, hands));
            let known = Known::of(problem, good.as_deref());
            let mut found = bounded::solve(problem, &self.blocks, known, bounded::MOST_STEPS, hands);
            if matches!(found, Found::AtLeast(_)) && problem.bound == 0 {
                found = all_sets::solve(problem, known, hands).unwrap_or(found);
            }
            (problem, found)
        });
        let (places, at_least) = match (found, good) {
            (Some((_, Found::Best(places))), _) | (Some((_, Found::NoBetter)), Some(places)) => (places, None),
            (Some((_, Found::NoBetter)), None) => return Err(NoOrder::Infeasible),
            (Some((problem, Found::AtLeast(_))), _) if problem.count <= PROVEN_UP_TO => {
                (exact::solve(problem, &self.blocks).ok_or(NoOrder::Infeasible)?, None)
            }
            (Some((problem, Found::AtLeast(least))), Some(places)) => {
                // What is waited within what stands is the same in every order.
                let standing = known(&places) - problem.waiting(&places);
                (places, Some(least + standing))
            }
            (None, Some(places)) => (places, Some(0)),
            (Some((_, Found::AtLeast(_))) | None, None) => return Err(NoOrder::NotFound),
        };
        Ok((self.sequence(&places), at_least))
    }

    /// All items, the blocks in the order of these places.
    fn sequence(&self, places: &[usize]) -> Vec<PlannedItem> {
        let blocks = places.iter().filter_map(|place| self.blocks.get(*place)).flat_map(|block| &block.items);
        self.first.iter().chain(blocks).chain(&self.last).cloned().collect()
    }
}

/// Items that stay together.
struct Block {
    items: Vec<PlannedItem>,
    minutes: u32,
}

impl Block {
    /// What all its items share: the seats, and the window of a lone item.
    fn seats_and_window(&self) -> Option<&PlannedItem> {
        self.items.first()
    }

    fn may_start_at(&self, minute: u32) -> bool {
        self.items.first().is_none_or(|item| item.may_start_at(minute))
    }

    fn has_window(&self) -> bool {
        self.items.first().is_some_and(PlannedItem::has_window)
    }
}

/// The items as blocks. Where no item has a window, items with the same seats stay together, which loses nothing: of two
/// such items apart, moving the one where more wait beside the other leaves every other unit's stay as it was, makes no
/// stay of theirs longer, and puts the moved minutes where fewer wait. With windows each item is a block of its own, as
/// moving one moves the starts of others.
fn blocks(items: &[&PlannedItem]) -> Vec<Block> {
    let windows = items.iter().any(|item| item.has_window());
    let mut blocks: Vec<Block> = Vec::new();
    for &item in items {
        let same =
            blocks.iter_mut().find(|block| block.seats_and_window().is_some_and(|first| first.seats == item.seats));
        let minutes = u32::from(item.minutes);
        match same {
            Some(block) if !windows => {
                block.items.push(item.clone());
                block.minutes += minutes;
            }
            _ => blocks.push(Block { items: vec![item.clone()], minutes }),
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, option, prelude::*};

    use super::*;
    use crate::{
        agenda::ItemKind,
        id::{UnitId, Uuid},
    };

    fn planned(number: usize, (minutes, seats, not_after): (u16, u16, Option<u32>)) -> PlannedItem {
        let unit = |bit: u32| UnitId::from_uuid(Uuid::from_u128(u128::from(bit)));
        PlannedItem {
            id: AgendaItemId::from_uuid(Uuid::from_u128(u128::try_from(number).unwrap())),
            kind: ItemKind::Case,
            minutes,
            seats: (0..16).filter(|bit| seats >> bit & 1 == 1).map(unit).collect(),
            not_before: None,
            not_after,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Two ways to the same proof: all sets, and those that bounds leave.
        #[test]
        fn v7_bounds_take_away_no_better_order(
            drawn in vec((1_u16..40, 0_u16..256, prop_oneof![9 => Just(None), 1 => option::of(0_u32..200)]), 1..11),
            weights in vec(1_u32..4, 8),
        ) {
            let items: Vec<_> = drawn.into_iter().enumerate().map(|(number, drawn)| planned(number, drawn)).collect();
            prop_proven_alike(&items, &weights)?;
        }

        /// The same where nothing has a window, between something that is first and something that is last.
        #[test]
        fn v7_bounds_take_away_no_better_order_between_what_stands(
            drawn in vec((1_u16..40, 0_u16..256), 3..11),
            stands in (any::<bool>(), any::<bool>(), any::<bool>()),
            weights in vec(1_u32..4, 8),
        ) {
            let mut items: Vec<_> =
                drawn.into_iter().map(|(minutes, seats)| (minutes, seats, None)).enumerate().map(|(number, drawn)| planned(number, drawn)).collect();
            let ends = total(&items) - u32::from(items.last().unwrap().minutes);
            let (begins, closes, mirrors) = stands;
            if begins {
                items.first_mut().unwrap().not_before = Some(0);
                items.first_mut().unwrap().not_after = Some(0);
            }
            if closes {
                items.last_mut().unwrap().not_before = Some(ends);
                items.last_mut().unwrap().not_after = Some(ends);
            }
            if mirrors {
                items.last_mut().unwrap().seats = items.first().unwrap().seats.clone();
            }
            prop_proven_alike(&items, &weights)?;
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// More units than a bound looks at, each in about a quarter of the items; some with windows, and some weigh nothing.
        #[test]
        fn v7_bounds_take_away_no_better_order_of_many_units(
            drawn in vec((1_u16..40, (any::<u16>(), any::<u16>()), prop_oneof![40 => Just(None), 1 => option::of(0_u32..300)]), 11..14),
            weights in vec(0_u32..6, 16),
        ) {
            let in_both = drawn.into_iter().map(|(minutes, (one, other), not_after)| (minutes, one & other, not_after));
            let items: Vec<_> = in_both.enumerate().map(|(number, drawn)| planned(number, drawn)).collect();
            prop_proven_alike(&items, &weights)?;
        }
    }

    /// Two items differ by a unit that is in nothing else: found by drawing.
    #[test]
    fn v7_items_that_are_one_for_another_do_not_hide_an_order_behind_its_mirror() {
        let seats = [0b10_0000, 0b1_1110, 0b1010, 0b1110, 0b10_0010];
        let drawn = seats.into_iter().map(|seats| (10, seats, None)).enumerate();
        let items: Vec<_> = drawn.map(|(number, drawn)| planned(number, drawn)).collect();
        prop_proven_alike(&items, &[1; 8]).unwrap();
    }

    /// Who stays for a family's time, and who is to come, would both be counted for the same minutes: found by drawing.
    #[test]
    fn v7_nobody_is_counted_for_who_stays_until_a_family_comes() {
        let drawn =
            [(10, 0b100), (15, 0b1100), (10, 0b1_0001), (25, 0b101), (10, 0b10_1100), (15, 0b1001), (15, 0b10_0100)];
        let drawn = drawn.into_iter().map(|(minutes, seats)| (minutes, seats, None)).enumerate();
        let mut items: Vec<_> = drawn.map(|(number, drawn)| planned(number, drawn)).collect();
        for (at, start) in [(0, 0), (2, 25), (4, 60)] {
            (items[at].not_before, items[at].not_after) = (Some(start), Some(start));
        }
        prop_proven_alike(&items, &[1, 1, 1, 3, 1, 3]).unwrap();
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        /// Families that come to their time, among items many of which are one for another; between something that is first and last.
        #[test]
        fn v7_bounds_take_away_no_better_order_around_families(
            drawn in vec((prop_oneof![Just(10_u16), Just(15), Just(25)], 0_u16..64, option::weighted(0.3, 0_u32..15)), 5..12),
            stands in (any::<bool>(), any::<bool>()),
            weights in vec(1_u32..4, 8),
        ) {
            let times: Vec<_> = drawn.iter().map(|(_, _, waits)| *waits).collect();
            let items = drawn.into_iter().map(|(minutes, seats, _)| (minutes, seats, None)).enumerate();
            let mut items: Vec<_> = items.map(|(number, drawn)| planned(number, drawn)).collect();
            let begins: Vec<_> = starts(&items).collect();
            let last = items.len() - 1;
            for (at, (item, (start, waits))) in items.iter_mut().zip(begins.into_iter().zip(times)).enumerate() {
                let stays = at == 0 && stands.0 || at == last && stands.1;
                if let Some(waits) = if stays { Some(0) } else { waits } {
                    (item.not_before, item.not_after) = (Some(start), Some(start + waits));
                }
            }
            prop_proven_alike(&items, &weights)?;
        }
    }

    fn prop_proven_alike(items: &[PlannedItem], weights: &[u32]) -> Result<(), TestCaseError> {
        let unit = |bit: usize| UnitId::from_uuid(Uuid::from_u128(u128::try_from(bit).unwrap()));
        let weights: Weights = weights.iter().enumerate().map(|(bit, weight)| (unit(bit), *weight)).collect();
        let plan = Plan::of(items);
        let problem = Problem::of(&plan, &weights).unwrap();
        let solve = |known| bounded::solve(&problem, &plan.blocks, known, bounded::MOST_STEPS, &InTurn);
        let best = exact::solve(&problem, &plan.blocks);
        let around = |places: &[usize]| waiting(&plan.sequence(places), &weights);
        let Some(best) = best else {
            prop_assert_eq!(solve(None), Found::NoBetter);
            prop_assert_eq!(all_sets::solve(&problem, None, &InTurn), Some(Found::NoBetter));
            return Ok(());
        };
        let least = problem.waiting(&best);
        let mirror: Vec<usize> = best.iter().rev().copied().collect();
        // What is waited within what stands is the same in every order.
        let standing = around(&best) - least;
        prop_assert_eq!(around(&mirror), problem.waiting(&mirror) + standing);
        // Nothing is known, or all but the last minute is, from one end or the other.
        let nearly = |places| Some(Known { waiting: least + 1, places });
        for known in [None, nearly(&best[..]), nearly(&mirror[..])] {
            match solve(known) {
                Found::Best(places) => prop_assert_eq!(around(&places), least + standing),
                other => prop_assert!(false, "{:?} with {:?} known", other, known.map(|known| known.waiting)),
            }
        }
        if least > 0 {
            prop_assert_eq!(solve(Some(Known { waiting: least, places: &best })), Found::NoBetter);
        }
        for known in [None, nearly(&best[..]), Some(Known { waiting: least, places: &best })] {
            let found = all_sets::solve(&problem, known, &InTurn);
            match found {
                Some(Found::Best(places)) => {
                    prop_assert_eq!(around(&places), least + standing);
                    prop_assert!(
                        plan.sequence(&places)
                            .iter()
                            .zip(starts(&plan.sequence(&places)))
                            .all(|(item, start)| item.may_start_at(start))
                    );
                    prop_assert!(known.is_none_or(|known| least < known.waiting));
                }
                other => {
                    prop_assert_eq!(other, Some(Found::NoBetter));
                    prop_assert_eq!(known.map(|known| known.waiting), Some(least));
                }
            }
        }
        Ok(())
    }
}
