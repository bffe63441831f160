//! The proven least waiting of at most 20 blocks, whatever they are: dynamic programming over all sets of blocks.
//!
//! What it costs to hear a block next depends only on which were heard before it, not on their order: the units that wait
//! through it are those that have been in one and will be in another, but are not in this. So is its start. The best way
//! to every set is kept: 2²⁰ sums and steps, nine megabytes, some twenty million steps.

use super::{Block, PROVEN_UP_TO, problem::Problem};

/// No way leads here.
const NONE: u64 = u64::MAX;

/// The best sequence of places; none where no sequence lets every block start in its window. Not asked for more blocks than
/// [`PROVEN_UP_TO`].
pub(super) fn solve(problem: &Problem, blocks: &[Block]) -> Option<Vec<usize>> {
    debug_assert!(problem.count <= PROVEN_UP_TO, "more would fill the memory");
    let full = (1_usize << problem.count) - 1;
    let mut least = vec![NONE; full + 1];
    let mut steps = vec![u8::MAX; full + 1];
    *least.first_mut()? = 0;
    for set in 0..full {
        let so_far = *least.get(set)?;
        if so_far == NONE {
            continue;
        }
        let (seen, start) = problem.heard(set as u64);
        let waiting = seen & problem.to_come((full & !set) as u64);
        let start = u32::try_from(start).ok()?;
        for (place, ((seats, minutes), block)) in (0_u8..).zip(problem.seats.iter().zip(&problem.minutes).zip(blocks)) {
            let next = set | 1 << place;
            if next == set || !block.may_start_at(start) {
                continue;
            }
            let cost = so_far + problem.weight_of(waiting & !seats) * minutes;
            if let (Some(known), Some(step)) = (least.get_mut(next), steps.get_mut(next))
                && cost < *known
            {
                *known = cost;
                *step = place;
            }
        }
    }
    trace(&steps, full)
}

/// The way back from the full set; none where no way led to it.
fn trace(steps: &[u8], full: usize) -> Option<Vec<usize>> {
    let mut set = full;
    let mut sequence = Vec::new();
    while set != 0 {
        let place = usize::from(*steps.get(set).filter(|place| **place != u8::MAX)?);
        sequence.push(place);
        set &= !(1 << place);
    }
    sequence.reverse();
    Some(sequence)
}
