//! The order of an agenda in which units wait least: the talent scheduling problem.
//!
//! Up to [`PROVEN_UP_TO`] items the least waiting is proven ([`exact`]); beyond that a search finds a good order and says
//! that nothing is proven ([`search`]).

mod exact;
mod search;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::agenda::{PlannedItem, Weights, starts, waiting};
use crate::id::AgendaItemId;

/// So many items are ordered with proof.
pub const PROVEN_UP_TO: usize = 20;

/// An order of an agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The items in order.
    pub sequence: Vec<AgendaItemId>,
    /// The waiting of all units, each minute times its unit's weight.
    pub waiting: u64,
    /// Whether no order waits less.
    pub proven: bool,
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
/// starts in it. An order that is already as good stays as it is.
pub fn best_order(items: &[PlannedItem], weights: &Weights) -> Result<Order, NoOrder> {
    let blocks = blocks(items);
    let problem = exact::Problem::of(&blocks, weights);
    let found = match &problem {
        Some(problem) => problem.solve(&blocks).ok_or(NoOrder::Infeasible)?,
        None => search::good(&blocks, weights).ok_or(NoOrder::NotFound)?,
    };
    let mut sequence: Vec<PlannedItem> =
        found.into_iter().filter_map(|place| blocks.get(place)).flat_map(|block| block.items.clone()).collect();
    let mut least = waiting(&sequence, weights);
    let given = waiting(items, weights);
    if given <= least && starts(items).zip(items).all(|(start, item)| item.may_start_at(start)) {
        sequence = items.to_vec();
        least = given;
    }
    // Nobody can wait less than not at all.
    let proven = problem.is_some() || least == 0;
    Ok(Order { sequence: sequence.iter().map(|item| item.id).collect(), waiting: least, proven })
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
}

/// The items as blocks. Where no item has a window, items with the same seats stay together, which loses nothing: of two
/// such items apart, moving the one where more wait beside the other leaves every other unit's stay as it was, makes no
/// stay of theirs longer, and puts the moved minutes where fewer wait. With windows each item is a block of its own, as
/// moving one moves the starts of others.
fn blocks(items: &[PlannedItem]) -> Vec<Block> {
    let windows = items.iter().any(PlannedItem::has_window);
    let mut blocks: Vec<Block> = Vec::new();
    for item in items {
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
