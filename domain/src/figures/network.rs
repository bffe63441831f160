//! What can be worked out from a table in which some numbers are hidden, and which more to hide so that it cannot.
//!
//! A table with its totals is a network in which the counted flow round: from the grand total to the total of a row, from there
//! through a cell to the total of a column, and back to the grand total. As much flows into each node as out of it, and that is all
//! the equations there are. Other tables with the same shown numbers differ from it by flows through hidden arcs alone, so how far a
//! hidden number may be from what it is, is a greatest flow from one of its ends to the other. That is exact: nothing but these
//! tables fits what is published, and each of them does.

use std::iter::successors;

/// A number of the table: a cell or a total.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    /// The node it flows from.
    pub from: usize,
    /// The node it flows to.
    pub to: usize,
    /// What it is.
    pub value: u32,
    /// How much is lost by hiding it.
    pub loss: u32,
    /// Whether it is hidden.
    pub hidden: bool,
}

/// How a number changes as a unit more flows along a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    More,
    Less,
}

/// The last step of the best way known to a node.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// What has to be hidden for the whole way.
    loss: u64,
    /// The node before.
    from: usize,
    /// The number that changes, and how.
    number: usize,
    change: Change,
}

/// Hides what more is needed so that every hidden number under `least` may, as far as the rest tells, be none and be `least`, and
/// no other hidden number can be told.
pub(super) fn protect(numbers: &mut [Number], nodes: usize, least: u32) {
    loop {
        let before = hidden(numbers);
        for place in 0..numbers.len() {
            protect_one(numbers, nodes, least, place);
        }
        if hidden(numbers) == before {
            break;
        }
    }
}

fn hidden(numbers: &[Number]) -> usize {
    numbers.iter().filter(|number| number.hidden).count()
}

fn protect_one(numbers: &mut [Number], nodes: usize, least: u32, place: usize) {
    let Some(Number { from, to, value, hidden: true, .. }) = numbers.get(place).copied() else { return };
    if value < least {
        // More through the number comes back past it, from its end to its beginning; less goes round it.
        reroute(numbers, nodes, place, (to, from), least - value);
        reroute(numbers, nodes, place, (from, to), value);
    } else {
        reroute(numbers, nodes, place, (to, from), 1);
    }
}

/// Sends `needed` from one node to another without the number at `place`, and hides what the flow goes through. Each way is the one
/// on which the least is lost; of equal ones the first in the order of the numbers.
fn reroute(numbers: &mut [Number], nodes: usize, place: usize, (from, to): (usize, usize), needed: u32) {
    let truth: Vec<u32> = numbers.iter().map(|number| number.value).collect();
    let mut missing = needed;
    while missing > 0 {
        let way = cheapest_way(numbers, nodes, place, from, to);
        let room = |step: &Step| match step.change {
            Change::More => u32::MAX,
            Change::Less => numbers.get(step.number).map_or(0, |number| number.value),
        };
        let sent = way.iter().map(room).min().unwrap_or_default().min(missing);
        if sent == 0 {
            break;
        }
        for step in way {
            if let Some(number) = numbers.get_mut(step.number) {
                number.hidden = true;
                number.value = match step.change {
                    Change::More => number.value.saturating_add(sent),
                    Change::Less => number.value.saturating_sub(sent),
                };
            }
        }
        missing -= sent;
    }
    for (number, value) in numbers.iter_mut().zip(truth) {
        number.value = value;
    }
}

/// The steps of the way on which the least is lost, from its end (Bellman–Ford); none where there is no way.
fn cheapest_way(numbers: &[Number], nodes: usize, without: usize, from: usize, to: usize) -> Vec<Step> {
    let mut best: Vec<Option<Step>> = vec![None; nodes];
    let known = |best: &[Option<Step>], node: usize| match best.get(node) {
        _ if node == from => Some(0),
        Some(Some(step)) => Some(step.loss),
        _ => None,
    };
    loop {
        let mut found = false;
        for (place, number) in numbers.iter().enumerate().filter(|(place, _)| *place != without) {
            let loss = if number.hidden { 0 } else { u64::from(number.loss) };
            let onward = Some((number.from, number.to, Change::More));
            let back = (number.value > 0).then_some((number.to, number.from, Change::Less));
            for (start, end, change) in onward.into_iter().chain(back) {
                let Some(loss) = known(&best, start).map(|so_far| so_far + loss) else { continue };
                if known(&best, end).is_none_or(|known| loss < known)
                    && let Some(slot) = best.get_mut(end)
                {
                    *slot = Some(Step { loss, from: start, number: place, change });
                    found = true;
                }
            }
        }
        if !found {
            break;
        }
    }
    let step_to = |node: usize| best.get(node).copied().flatten();
    successors(step_to(to), |step| if step.from == from { None } else { step_to(step.from) }).collect()
}
