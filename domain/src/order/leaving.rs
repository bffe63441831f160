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
//! Whoever is in a block that may not begin before some minute stays until it is over, and so does who leaves after them: none of them is
//! spared more than what is heard from then on ([`Bound::cap`]). What they wait until then would be counted twice if somebody to come
//! were counted in their place, so nobody is from then on.
//!
//! The best order of leaving is found over the sets of those who are left, from all of them down; whatever cannot come to more than
//! there is room for is let go. What can still be spared is told by who is left of those to come, and by how many are left of those
//! who are there ([`Bound::look_ahead`]): as if those to come stayed and cost nothing, and those left each time were as many as they
//! are with the longest blocks to themselves.

use super::{
    parts::{MOST, SETS, most_by_size, size, sum_up, weigh},
    problem::{Problem, places},
};

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
pub(super) struct Leaving {
    minutes: Vec<u32>,
    weighs: Vec<i64>,
    spared: Vec<i64>,
    ahead: Vec<i64>,
    caps: Vec<i64>,
    layers: [Vec<usize>; 2],
    /// How many steps were taken.
    pub(super) steps: u64,
}

impl Default for Leaving {
    fn default() -> Self {
        Self {
            minutes: vec![0; SETS],
            weighs: vec![0; SETS],
            spared: vec![NEVER; SETS],
            ahead: Vec::new(),
            caps: Vec::new(),
            layers: Default::default(),
            steps: 0,
        }
    }
}

impl Leaving {
    /// What they wait at least through these blocks, the next of which begins at this minute; not looked at further once it is `limit`.
    pub(super) fn least(&mut self, problem: &Problem, rest: u64, minute: u64, who: Who, limit: u64) -> u64 {
        let mut least = 0;
        let there = most_heard(problem, rest, who.there, MOST);
        let room = MOST - there.count_ones() as usize;
        let mut looked_at = None;
        for most in TO_COME {
            let to_come = most_heard(problem, rest, who.to_come, most.min(room));
            if looked_at != Some(to_come) {
                least = least.max(Bound::of(problem, rest, minute, Who { there, to_come }, self).least(limit));
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
    let mut by_minutes: Vec<_> = places(groups).map(|group| (problem.minutes_of(rest, group), group)).collect();
    by_minutes.sort_unstable_by(|a, b| b.cmp(a));
    by_minutes.into_iter().take(most).fold(0, |chosen, (_, group)| chosen | 1 << group)
}

/// Tables the caps: whoever is in a block with a window is there until it is over.
fn stay_until(problem: &Problem, rest: u64, minute: u64, groups: &[usize], caps: &mut Vec<i64>) {
    caps.clear();
    if rest & problem.bound == 0 {
        return;
    }
    let ends = problem.heard(problem.full()).1;
    let mut own = [i64::MAX; MOST];
    for (cap, group) in own.iter_mut().zip(groups) {
        let over = problem.windows_of(rest, *group).map(|window| window.not_before.max(minute) + window.minutes).max();
        *cap = over.map_or(i64::MAX, |over| number(ends.saturating_sub(over)));
    }
    caps.push(i64::MAX);
    for cap in own.iter().take(groups.len()) {
        caps.extend_from_within(..);
        let half = caps.len() / 2;
        caps.iter_mut().skip(half).for_each(|both| *both = (*both).min(*cap));
    }
}

/// Those looked at are places of a set: first who is there, then who is to come.
struct Bound<'a> {
    /// How many.
    count: usize,
    /// How many of them are there.
    many_there: usize,
    /// Those who are there, as a set.
    there: usize,
    weights: [i64; MOST],
    /// The most that one of those there weighs.
    heaviest: i64,
    /// For each who is to come those who are there and in a block with them.
    beside: [usize; MOST],
    /// For each set the minutes of the blocks that nobody of those looked at is in but these.
    minutes: &'a mut [u32],
    /// What each set of those there weighs.
    weighs: &'a mut [i64],
    /// For each set of those to come, and each number of those there, what can be spared at most once they are left.
    ahead: &'a mut Vec<i64>,
    /// For each set of those there who left the minutes that are heard at most once they have; nothing where nobody has to stay.
    caps: &'a mut Vec<i64>,
    /// For each set the most that is spared until these alone are left; [`NEVER`] where no order that matters leads there.
    spared: &'a mut [i64],
    /// The sets of a size that are gone on from, and those they lead to.
    layers: &'a mut [Vec<usize>; 2],
    steps: &'a mut u64,
    /// What those there waited if all of them stayed.
    staying: i64,
}

const NEVER: i64 = i64::MIN;

impl<'a> Bound<'a> {
    fn of(problem: &Problem, rest: u64, minute: u64, who: Who, kept: &'a mut Leaving) -> Self {
        let Leaving { minutes, weighs, spared, ahead, caps, layers, steps } = kept;
        let (mut groups, mut weights, mut beside) = ([0; MOST], [0; MOST], [0; MOST]);
        let mut count = 0;
        for ((at, weight), group) in
            groups.iter_mut().zip(&mut weights).zip(places(who.there).chain(places(who.to_come)))
        {
            (*at, *weight) = (group, number(problem.weights.get(group).copied().unwrap_or_default()));
            count += 1;
        }
        let groups = groups.get(..count).unwrap_or_default();
        let many_there = (who.there.count_ones() as usize).min(MOST);
        let there = (1 << many_there) - 1;
        weigh(weighs.get_mut(..1 << many_there).unwrap_or_default(), &weights);
        let part = minutes.get_mut(..1 << count).unwrap_or_default();
        part.fill(0);
        let mut staying = 0;
        for place in places(rest) {
            let (Some(seats), Some(lasts)) = (problem.seats.get(place), problem.minutes.get(place)) else { continue };
            let set =
                groups.iter().enumerate().fold(0, |set, (at, group)| set | usize::from(*seats >> group & 1 == 1) << at);
            if let (Some(sum), Some(waits)) = (part.get_mut(set), weighs.get(there & !set)) {
                *sum += u32::try_from(*lasts).unwrap_or_default();
                staying += number(*lasts) * waits;
            }
            for at in places((set & !there) as u64) {
                if let Some(beside) = beside.get_mut(at) {
                    *beside |= set & there;
                }
            }
        }
        sum_up(part, count);
        *steps += u64::from(rest.count_ones()) * count as u64 + ((count + 4) << count) as u64 / 8;
        stay_until(problem, rest, minute, groups.get(..many_there).unwrap_or_default(), caps);
        let mut bound = Self {
            count,
            many_there,
            there,
            weights,
            heaviest: 0,
            beside,
            minutes,
            weighs,
            ahead,
            caps,
            spared,
            layers,
            steps,
            staying,
        };
        bound.look_ahead();
        bound
    }

    /// The minutes that are heard at most once all of these have left.
    fn cap(&self, gone: usize) -> i64 {
        self.caps.get(gone).copied().unwrap_or(i64::MAX)
    }

    /// What one who is there is spared at most who leaves before these.
    fn spares(&self, one: usize, left: usize) -> i64 {
        self.weight(one) * self.minutes(left).min(self.cap(self.there & !left))
    }

    /// What can be spared at most by the last so many who are there, beside each set of those who are to come: each spares what the
    /// set of their number does that has the longest blocks to itself.
    fn look_ahead(&mut self) {
        self.heaviest = self.weights.iter().take(self.many_there).copied().max().unwrap_or_default();
        self.ahead.clear();
        for minutes in self.minutes.chunks_exact(1 << self.many_there).take(1 << (self.count - self.many_there)) {
            let most = most_by_size(minutes);
            let mut sum = 0;
            self.ahead.extend(most.map(|minutes| {
                let before = sum;
                sum += self.heaviest * i64::from(minutes);
                before
            }));
        }
    }

    /// What can be spared at most once so many who are there are left, and these who are to come.
    fn could_spare(&self, many_there: usize, set: usize) -> i64 {
        self.ahead.get((set >> self.many_there) * (MOST + 1) + many_there).copied().unwrap_or_default()
    }

    /// The same once those have left who are not in a set: nobody after them is spared more than they are.
    fn could_spare_after(&self, many_there: usize, set: usize) -> i64 {
        let could = self.could_spare(many_there, set);
        if self.caps.is_empty() {
            return could;
        }
        let cap = self.cap(self.there & !set).saturating_mul(self.heaviest * i64::from(size(set & self.there)));
        could.min(cap)
    }

    fn minutes(&self, set: usize) -> i64 {
        self.minutes.get(set).copied().unwrap_or_default().into()
    }

    fn weight(&self, at: usize) -> i64 {
        self.weights.get(at).copied().unwrap_or_default()
    }

    /// What they wait at least; not looked at further once it is `limit`.
    fn least(mut self, limit: u64) -> u64 {
        let all = (1 << self.count) - 1;
        let least = |spared: i64| u64::try_from(self.staying - spared).unwrap_or_default();
        let rough = least(self.could_spare(self.many_there, all));
        if rough >= limit || least(0) < limit {
            return rough;
        }
        // Spared may be no more than this.
        let room = self.staying - number(limit);
        if self.one_after_the_other(all) > room {
            return rough;
        }
        self.spared.get_mut(..=all).unwrap_or_default().fill(NEVER);
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

    /// The sets that are left after one more has left. Who is counted is asked only where it can matter.
    fn go_on(&mut self, set: usize, room: i64, next: &mut Vec<usize>) {
        let so_far = self.spared.get(set).copied().unwrap_or(NEVER);
        let (there, to_come) = (set & self.there, set & !self.there);
        let many_there = usize::from(size(there));
        *self.steps += 4 + u64::from(size(set));
        let mut counted = None;
        if many_there > 0 {
            let ahead = self.could_spare_after(many_there - 1, set);
            for one in places(there as u64) {
                let at_most = so_far + self.spares(one, set & !(1 << one));
                if at_most + ahead > room {
                    let counted = *counted.get_or_insert_with(|| self.counted(set));
                    self.leave(set, one, at_most - self.lost(set, one, counted), room - ahead, next);
                }
            }
        }
        for one in places(to_come as u64) {
            let ahead = self.could_spare_after(many_there, set & !(1 << one));
            if so_far + ahead > room {
                let counted = *counted.get_or_insert_with(|| self.counted(set));
                self.leave(set, one, so_far - self.lost(set, one, counted), room - ahead, next);
            }
        }
    }

    /// One has left of a set, and so much is spared: it is gone on from there where that is more than there is room for.
    fn leave(&mut self, set: usize, one: usize, spared: i64, room: i64, next: &mut Vec<usize>) {
        let left = set & !(1 << one);
        let Some(best) = self.spared.get_mut(left).filter(|_| spared > room) else { return };
        if *best == NEVER {
            next.push(left);
        }
        *best = spared.max(*best);
    }

    /// What is spared where the one leaves next of whom the most is spared, and the most is left to spare.
    fn one_after_the_other(&mut self, all: usize) -> i64 {
        let (mut set, mut sum) = (all, 0);
        while set & self.there != 0 {
            let counted = self.counted(set);
            *self.steps += 4 * u64::from(size(set));
            let best = places(set as u64).map(|one| {
                let left = set & !(1 << one);
                let spares = self.own(left, one) - self.lost(set, one, counted);
                let who = i64::from(size(left & self.there));
                (2 * spares + who * self.minutes(left), spares, left)
            });
            let Some((_, spares, left)) = best.max() else { break };
            (set, sum) = (left, sum + spares);
        }
        sum
    }

    /// What is spared as one who was there leaves, by themselves.
    fn own(&self, left: usize, one: usize) -> i64 {
        if self.there >> one & 1 == 1 { self.spares(one, left) } else { 0 }
    }

    /// What those counted wait as one of a set leaves: through each block of the set that the one is in, and they are not.
    fn lost(&self, set: usize, one: usize, counted: Counted) -> i64 {
        let left = set & !(1 << one);
        let still = |at: usize| self.weight(at) * self.minutes(left & !(1 << at));
        let own = if counted.who >> one & 1 == 1 { self.weight(one) * self.minutes(left) } else { 0 };
        counted.without - own - places((counted.who & left) as u64).map(still).sum::<i64>()
    }

    /// Those who were to come and must have come once these are left, as many of them as weigh no more than who had to wait were they
    /// not there yet: those who left and are in a block with any of them.
    fn counted(&self, set: usize) -> Counted {
        let gone = self.there & !set;
        // Who has to stay until some minute was counted with what they wait until then.
        if gone == 0 || set & !self.there == 0 || self.cap(gone) < i64::MAX {
            return Counted::default();
        }
        let mut by_weight = [(0, 0); MOST];
        let mut many = 0;
        for at in places((set & !self.there) as u64) {
            let beside = self.beside.get(at).copied().unwrap_or_default();
            let mut entry = (self.weighs.get(gone & beside).copied().unwrap_or_default(), at);
            // They are few: each is put among those before it.
            for other in by_weight.iter_mut().take(many) {
                if *other > entry {
                    std::mem::swap(other, &mut entry);
                }
            }
            if let Some(last) = by_weight.get_mut(many) {
                *last = entry;
            }
            many += 1;
        }
        let (mut counted, mut sum) = (Counted::default(), 0);
        for (would_wait, at) in by_weight.iter().take(many) {
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

fn number(of: u64) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
