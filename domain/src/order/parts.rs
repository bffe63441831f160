//! What is known of every part of a few units: a part is a set of bits, and a place in a table.

/// So many units are looked at together at most: their sets are as many as fit the nearest memory.
pub(super) const MOST: usize = 12;
pub(super) const SETS: usize = 1 << MOST;

/// What each set weighs: with one more it weighs that much more than without.
pub(super) fn weigh(sets: &mut [i64], weights: &[i64; MOST]) {
    for (at, weight) in weights.iter().enumerate() {
        let Some((without, with)) = sets.split_at_mut_checked(1 << at) else { break };
        with.iter_mut().zip(without).for_each(|(with, without)| *with = *without + weight);
    }
}

/// From the minutes of exactly a set to those of any part of it: one after the other is let be missing. The first three are so at
/// once, which is sooner done than in stretches of one, two and four.
pub(super) fn sum_up(minutes: &mut [u32], count: usize) {
    let (eights, few) = minutes.as_chunks_mut();
    for [none, a, b, ab, c, ac, bc, abc] in eights {
        *abc += *none + *a + *b + *ab + *c + *ac + *bc;
        *ab += *none + *a + *b;
        *ac += *none + *a + *c;
        *bc += *none + *b + *c;
        (*a, *b, *c) = (*a + *none, *b + *none, *c + *none);
    }
    let done = if few.is_empty() { 3 } else { 0 };
    for at in done..count {
        for halves in minutes.chunks_exact_mut(2 << at) {
            let (without, with) = halves.split_at_mut(1 << at);
            with.iter_mut().zip(without).for_each(|(with, without)| *with += *without);
        }
    }
}

/// How many are in each set.
#[expect(clippy::indexing_slicing, reason = "worked out as the program is built")]
static SIZES: [u8; SETS] = {
    let mut sizes = [0; 1 << MOST];
    let mut set = 1;
    while set < sizes.len() {
        sizes[set] = sizes[set >> 1] + if set & 1 == 1 { 1 } else { 0 };
        set += 1;
    }
    sizes
};

pub(super) fn size(set: usize) -> u8 {
    SIZES.get(set).copied().unwrap_or_default()
}

/// The most minutes of a set of each size. Eight sets at a time have all but three of their units the same.
pub(super) fn most_by_size(minutes: &[u32]) -> [u32; MOST + 1] {
    let mut most = [0; MOST + 1];
    let mut at_least = |size: u8, minutes: u32| {
        if let Some(of_size) = most.get_mut(usize::from(size)) {
            *of_size = minutes.max(*of_size);
        }
    };
    let (eights, few) = minutes.as_chunks();
    for ([none, a, b, ab, c, ac, bc, abc], size) in eights.iter().zip(SIZES.iter().step_by(8)) {
        at_least(*size, *none);
        at_least(size + 1, *a.max(b).max(c));
        at_least(size + 2, *ab.max(ac).max(bc));
        at_least(size + 3, *abc);
    }
    if eights.is_empty() {
        few.iter().zip(&SIZES).for_each(|(minutes, size)| at_least(*size, *minutes));
    }
    most
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn every_part_has_the_sum_of_its_parts_and_the_most_of_its_size(count in 0_usize..7, drawn in vec(0_u32..100, 64)) {
            let mut sums = drawn[..1 << count].to_vec();
            sum_up(&mut sums, count);
            let parts = |set: usize| (0..=set).filter(move |part| part & !set == 0);
            for (set, sum) in sums.iter().enumerate() {
                prop_assert_eq!(*sum, parts(set).map(|part| drawn[part]).sum::<u32>());
            }
            let most = most_by_size(&drawn[..1 << count]);
            for (of_size, most) in (0..=count).zip(most) {
                let of_this = (0..1_usize << count).filter(|set| set.count_ones() as usize == of_size);
                prop_assert_eq!(most, of_this.map(|set| drawn[set]).max().unwrap_or_default());
            }
        }

        #[test]
        fn a_set_weighs_what_those_in_it_do(drawn in vec(0_i64..100, MOST)) {
            let weights: [i64; MOST] = std::array::from_fn(|at| drawn[at]);
            let mut sets = vec![0; 1 << 5];
            weigh(&mut sets, &weights);
            for (set, sum) in sets.iter().enumerate() {
                prop_assert_eq!(*sum, (0..5).filter(|at| set >> at & 1 == 1).map(|at| weights[at]).sum::<i64>());
            }
        }
    }
}
