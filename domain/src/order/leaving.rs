//! The least that is still to be waited from some set of blocks on.
//!
//! Those who have been in something and will be again leave in some order, each after the last block they are in. Would all of them
//! stay through every block any of them is in, they waited so much. Whoever leaves is spared the blocks that only those are in who
//! leave later: an order of leaving tells what can be spared at most, and no order of the blocks spares more than the best of them.
//!
//! Who has not come yet leaves in that order too. They are there, at the latest, once somebody has left with whom they are in a block.
//! Each block from then on that is heard before they leave they wait through, or it was heard before they came: then it was waited
//! through by all who had left and whom they are in a block with. Where those weigh no less than all who are counted so
//! ([`Bound::counted`]), the wait of these is the least of it.
//!
//! The best order of leaving is found over the sets of those who are left, from all of them down; whatever cannot come to more than
//! there is room for is let go.

use super::problem::{Problem, places};

/// So many units are looked at together at most: their sets are as many as fit the nearest memory.
const MOST: usize = 12;

/// Who is looked at.
#[derive(Clone, Copy)]
pub(super) struct Who {
    /// Those who have been in something and will be again.
    pub(super) there: u64,
    /// Those who have not come, and will be in more than one block.
    pub(super) to_come: u64,
}

/// All who are there are looked at, first with so many who are to come: most sets are let go by these.
const TO_COME: [usize; 2] = [2, MOST];

/// What bounds are worked out in, kept from one to the next.
#[derive(Default)]
pub(super) struct Leaving {
    minutes: Vec<i64>,
    spared: Vec<i64>,
    layers: [Vec<usize>; 2],
    /// How many steps were taken.
    pub(super) steps: u64,
}

impl Leaving {
    /// What they wait at least through these blocks; not looked at further once it is `limit`.
    pub(super) fn least(&mut self, problem: &Problem, rest: u64, who: Who, limit: u64) -> u64 {
        let mut least = 0;
        let there = most_heard(problem, rest, who.there, MOST);
        let room = MOST - there.count_ones() as usize;
        let mut looked_at = None;
        for most in TO_COME {
            let to_come = most_heard(problem, rest, who.to_come, most.min(room));
            if looked_at != Some(to_come) {
                least = least.max(Bound::of(problem, rest, Who { there, to_come }, self).least(limit));
            }
            if least >= limit {
                break;
            }
            looked_at = Some(to_come);
        }
        least
    }
}

/// Of these groups so many, those who are in the most minutes of the blocks.
fn most_heard(problem: &Problem, rest: u64, groups: u64, most: usize) -> u64 {
    if groups.count_ones() as usize <= most {
        return groups;
    }
    if most == 0 {
        return 0;
    }
    let heard = |group: usize| -> u64 {
        let blocks = places(rest).filter_map(|place| Some((problem.seats.get(place)?, problem.minutes.get(place)?)));
        blocks.filter(|(seats, _)| *seats >> group & 1 == 1).map(|(_, minutes)| *minutes).sum()
    };
    let mut by_minutes: Vec<_> = places(groups).map(|group| (heard(group), group)).collect();
    by_minutes.sort_unstable_by(|a, b| b.cmp(a));
    by_minutes.into_iter().take(most).fold(0, |chosen, (_, group)| chosen | 1 << group)
}

/// Those looked at are places of a set: first who is there, then who is to come.
struct Bound<'a> {
    /// How many.
    count: usize,
    /// Those who are there, as a set.
    there: usize,
    weights: [i64; MOST],
    /// For each who is to come those who are there and in a block with them.
    beside: [usize; MOST],
    /// For each set the minutes of the blocks that nobody of those looked at is in but these.
    minutes: &'a mut Vec<i64>,
    /// For each set the most that is spared until these alone are left; [`NEVER`] where no order that matters leads there.
    spared: &'a mut Vec<i64>,
    /// The sets of a size that are gone on from, and those they lead to.
    layers: &'a mut [Vec<usize>; 2],
    steps: &'a mut u64,
    /// What those there waited if all of them stayed.
    staying: i64,
    /// What can be spared at most by the last so many that leave.
    could_spare: [i64; MOST + 1],
}

const NEVER: i64 = i64::MIN;

impl<'a> Bound<'a> {
    fn of(problem: &Problem, rest: u64, who: Who, kept: &'a mut Leaving) -> Self {
        let Leaving { minutes, spared, layers, steps } = kept;
        let (mut groups, mut weights, mut beside) = ([0; MOST], [0; MOST], [0; MOST]);
        let mut count = 0;
        for ((at, weight), group) in
            groups.iter_mut().zip(&mut weights).zip(places(who.there).chain(places(who.to_come)))
        {
            (*at, *weight) = (group, number(problem.weights.get(group).copied().unwrap_or_default()));
            count += 1;
        }
        let groups = groups.get(..count).unwrap_or_default();
        let there = (1 << (who.there.count_ones() as usize).min(MOST)) - 1;
        minutes.clear();
        minutes.resize(1 << count, 0);
        let (all, mut staying) = (total(&weights, there), 0);
        for place in places(rest) {
            let (Some(seats), Some(lasts)) = (problem.seats.get(place), problem.minutes.get(place)) else { continue };
            let set =
                groups.iter().enumerate().fold(0, |set, (at, group)| set | usize::from(*seats >> group & 1 == 1) << at);
            if let Some(sum) = minutes.get_mut(set).filter(|_| set != 0) {
                *sum += number(*lasts);
                staying += number(*lasts) * (all - total(&weights, set & there));
            }
            for (at, beside) in beside.iter_mut().enumerate() {
                if set & !there & 1 << at != 0 {
                    *beside |= set & there;
                }
            }
        }
        // From the blocks of exactly a set to those of any part of it: one after the other is let be missing.
        for at in 0..count {
            for halves in minutes.chunks_exact_mut(2 << at) {
                let (without, with) = halves.split_at_mut(1 << at);
                with.iter_mut().zip(without).for_each(|(with, without)| *with += *without);
            }
        }
        *steps += u64::from(rest.count_ones()) * count as u64 + ((count + 4) << count) as u64 / 4;
        let mut bound =
            Self { count, there, weights, beside, minutes, spared, layers, steps, staying, could_spare: [0; MOST + 1] };
        bound.could_spare = bound.most_spared();
        bound
    }

    /// What can be spared at most by the last so many that leave: each spares what the most heard set of its size does.
    fn most_spared(&self) -> [i64; MOST + 1] {
        let mut most = [0; MOST + 1];
        for (minutes, size) in self.minutes.iter().zip(&SIZES) {
            if let Some(of_size) = most.get_mut(usize::from(*size)) {
                *of_size = (*minutes).max(*of_size);
            }
        }
        let heaviest = self.weights.iter().copied().max().unwrap_or_default();
        let mut sum = 0;
        most.map(|minutes| {
            let before = sum;
            sum += heaviest * minutes;
            before
        })
    }

    fn minutes(&self, set: usize) -> i64 {
        self.minutes.get(set).copied().unwrap_or_default()
    }

    fn weight(&self, at: usize) -> i64 {
        self.weights.get(at).copied().unwrap_or_default()
    }

    /// What can be spared at most once these are left: only those who were there spare anything.
    fn could_spare(&self, set: usize) -> i64 {
        let (size, spare) = (usize::from(size(set)), usize::from(size(set & self.there)));
        let up_to = |size: usize| self.could_spare.get(size).copied().unwrap_or_default();
        up_to(size) - up_to(size - spare)
    }

    /// What they wait at least; not looked at further once it is `limit`.
    fn least(mut self, limit: u64) -> u64 {
        let all = (1 << self.count) - 1;
        let least = |spared: i64| u64::try_from(self.staying - spared).unwrap_or_default();
        let (rough, staying) = (least(self.could_spare(all)), least(0));
        if rough >= limit || staying < limit {
            return rough;
        }
        // Spared may be no more than this.
        let room = self.staying - number(limit);
        if self.one_after_the_other(all) > room {
            return rough;
        }
        self.spared.clear();
        self.spared.resize(1 << self.count, NEVER);
        if let Some(spared) = self.spared.get_mut(all) {
            *spared = 0;
        }
        let [mut sets, mut next] = std::mem::take(self.layers);
        sets.clear();
        sets.push(all);
        for _ in 0..self.count {
            next.clear();
            for set in sets.iter().copied() {
                self.go_on(set, room, &mut next);
            }
            std::mem::swap(&mut sets, &mut next);
        }
        *self.layers = [sets, next];
        let spared = self.spared.first().copied().filter(|spared| *spared > room);
        spared.map_or(limit, |spared| u64::try_from(self.staying - spared).unwrap_or_default())
    }

    /// The sets that are left after one more has left.
    fn go_on(&mut self, set: usize, room: i64, next: &mut Vec<usize>) {
        let so_far = self.spared.get(set).copied().unwrap_or(NEVER);
        if so_far + self.could_spare(set) <= room {
            return;
        }
        let counted = self.counted(set);
        *self.steps += 4 * u64::from(size(set));
        for one in places(set as u64) {
            let left = set & !(1 << one);
            let spared = so_far + self.spares(set, one, counted);
            if spared + self.could_spare(left) <= room {
                continue;
            }
            let Some(best) = self.spared.get_mut(left) else { continue };
            if *best == NEVER {
                next.push(left);
            }
            *best = spared.max(*best);
        }
    }

    /// What is spared where the one leaves next of whom the most is spared, and the most is left to spare.
    fn one_after_the_other(&mut self, all: usize) -> i64 {
        let (mut set, mut sum) = (all, 0);
        while set & self.there != 0 {
            let counted = self.counted(set);
            *self.steps += 4 * u64::from(size(set));
            let best = places(set as u64).map(|one| {
                let (spares, left) = (self.spares(set, one, counted), set & !(1 << one));
                let who = i64::from(size(left & self.there));
                (2 * spares + who * self.minutes(left), spares, left)
            });
            let Some((_, spares, left)) = best.max() else { break };
            (set, sum) = (left, sum + spares);
        }
        sum
    }

    /// What is spared as one of a set leaves, without what those counted wait because of it.
    fn spares(&self, set: usize, one: usize, counted: Counted) -> i64 {
        let left = set & !(1 << one);
        let own = if (self.there | counted.who) >> one & 1 == 1 { self.weight(one) * self.minutes(left) } else { 0 };
        let still = |at: usize| self.weight(at) * self.minutes(left & !(1 << at));
        let waits = places((counted.who & left) as u64).map(still).sum::<i64>();
        own + waits - counted.without
    }

    /// Those who were to come and must have come once these are left, as many of them as weigh no more than who had to wait were they
    /// not there yet: those who left and are in a block with any of them.
    fn counted(&self, set: usize) -> Counted {
        let gone = self.there & !set;
        if gone == 0 || set & !self.there == 0 {
            return Counted::default();
        }
        let mut by_weight = [(0, 0); MOST];
        let mut many = 0;
        for (at, entry) in places((set & !self.there) as u64).zip(&mut by_weight) {
            let beside = self.beside.get(at).copied().unwrap_or_default();
            *entry = (total(&self.weights, gone & beside), at);
            many += 1;
        }
        let by_weight = by_weight.get_mut(..many).unwrap_or_default();
        by_weight.sort_unstable();
        let (mut counted, mut sum) = (Counted::default(), 0);
        for (would_wait, at) in by_weight.iter() {
            if sum + self.weight(*at) <= *would_wait {
                sum += self.weight(*at);
                counted.who |= 1 << at;
                counted.without += self.weight(*at) * self.minutes(set & !(1 << at));
            }
        }
        counted
    }
}

/// Who of a set was to come and must have come.
#[derive(Clone, Copy, Default)]
struct Counted {
    who: usize,
    /// Each one's weight times the minutes of the blocks still heard that are not theirs.
    without: i64,
}

/// How many are in each set.
#[expect(clippy::indexing_slicing, reason = "worked out as the program is built")]
static SIZES: [u8; 1 << MOST] = {
    let mut sizes = [0; 1 << MOST];
    let mut set = 1;
    while set < sizes.len() {
        sizes[set] = sizes[set >> 1] + if set & 1 == 1 { 1 } else { 0 };
        set += 1;
    }
    sizes
};

fn size(set: usize) -> u8 {
    SIZES.get(set).copied().unwrap_or_default()
}

/// What a set weighs.
fn total(weights: &[i64; MOST], set: usize) -> i64 {
    places(set as u64).filter_map(|at| weights.get(at)).sum()
}

fn number(of: u64) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
