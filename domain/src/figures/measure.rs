//! The measures themselves, from values. `None` is what is hidden.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::LEAST;
use crate::year::median;

coded! {
    /// What became of somebody's being called to a meeting.
    pub enum Turnout {
        /// Somebody came for the unit.
        Came => "came",
        /// Nobody came.
        Absent => "absent",
    }
}

coded! {
    /// What became of an undertaking.
    pub enum Completion {
        /// It was done on its last day or before.
        InTime => "in_time",
        /// It was done later.
        Late => "late",
        /// It is not done.
        NotDone => "not_done",
    }
}

impl Completion {
    /// What became of what was due on a local day and done on another, or not.
    #[must_use]
    pub fn of(due_on: NaiveDate, done_on: Option<NaiveDate>) -> Self {
        match done_on {
            Some(done_on) if done_on <= due_on => Self::InTime,
            Some(_) => Self::Late,
            None => Self::NotDone,
        }
    }
}

/// Days from one local day to another, the first not counted: from registering a case to taking it up (waiting time), from asking for
/// consent to its holding (lead time). Nought where the other comes first.
#[must_use]
pub fn days_between(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from((to - from).num_days()).unwrap_or_default()
}

/// The median of some figures, of two in the middle the lower; hidden where they are fewer than five.
#[must_use]
pub fn shown_median(figures: &[u32]) -> Option<u32> {
    median(figures).filter(|_| is_enough(figures.len()))
}

/// The median of each group, and of all. That of all is hidden too where the groups that are hidden are fewer than five together:
/// beside the others it would be one of theirs.
#[must_use]
pub fn medians<R: Ord + Clone>(groups: &BTreeMap<R, Vec<u32>>) -> (BTreeMap<R, Option<u32>>, Option<u32>) {
    let of_each = groups.iter().map(|(group, figures)| (group.clone(), shown_median(figures))).collect();
    let hidden: usize = groups.values().map(Vec::len).filter(|count| !is_enough(*count)).sum();
    let all: Vec<_> = groups.values().flatten().copied().collect();
    (of_each, shown_median(&all).filter(|_| hidden == 0 || is_enough(hidden)))
}

/// A part of a whole in whole per cent, half a per cent upwards. Hidden where the whole is under five, or the part or the rest is one
/// to four; none and all are shown, as what is counted are deeds. Not for parts of one sum: those are a [`Table`](super::Table), which
/// guards them against each other.
#[must_use]
pub fn shown_share(part: u32, whole: u32) -> Option<u8> {
    let tells = |count: u32| (1..LEAST).contains(&count);
    let rest = whole.checked_sub(part)?;
    if whole < LEAST || tells(part) || tells(rest) {
        return None;
    }
    let (part, whole) = (u64::from(part), u64::from(whole));
    u8::try_from((200 * part + whole) / (2 * whole)).ok()
}

fn is_enough(count: usize) -> bool {
    count >= LEAST as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_done_on_its_last_day_is_done_in_time() {
        let of = |done: Option<&str>| Completion::of(date("2026-12-10"), done.map(date));
        assert_eq!(of(Some("2026-12-09")), Completion::InTime);
        assert_eq!(of(Some("2026-12-10")), Completion::InTime);
        assert_eq!(of(Some("2026-12-11")), Completion::Late);
        assert_eq!(of(None), Completion::NotDone);
    }

    #[test]
    fn waiting_is_counted_in_days_and_never_below_none() {
        assert_eq!(days_between(date("2026-11-26"), date("2026-12-10")), 14);
        assert_eq!(days_between(date("2026-11-26"), date("2026-11-26")), 0);
        assert_eq!(days_between(date("2026-11-26"), date("2026-11-25")), 0);
    }

    #[test]
    fn a_median_is_of_five_at_least() {
        assert_eq!(shown_median(&[]), None);
        assert_eq!(shown_median(&[1, 2, 3, 4]), None);
        assert_eq!(shown_median(&[9, 2, 3, 4, 1]), Some(3));
        assert_eq!(shown_median(&[9, 2, 3, 4, 1, 8]), Some(3));
    }

    #[test]
    fn the_median_of_all_tells_of_no_group_that_is_hidden() {
        let of = |counts: &[usize]| {
            let groups = counts.iter().enumerate().map(|(group, count)| (group, vec![7; *count])).collect();
            let (each, all) = medians(&groups);
            (each.into_values().map(|one| one.is_some()).collect::<Vec<_>>(), all.is_some())
        };
        assert_eq!(of(&[]), (vec![], false));
        assert_eq!(of(&[5, 6]), (vec![true, true], true));
        assert_eq!(of(&[5, 4]), (vec![true, false], false));
        assert_eq!(of(&[5, 0]), (vec![true, false], true), "nobody is hidden");
        assert_eq!(of(&[4, 1]), (vec![false, false], true));
        assert_eq!(of(&[9, 2, 2]), (vec![true, false, false], false));
        assert_eq!(of(&[9, 2, 3]), (vec![true, false, false], true));
    }

    #[test]
    fn a_share_is_of_five_at_least_with_no_small_part_and_no_small_rest() {
        assert_eq!(shown_share(0, 4), None);
        assert_eq!(shown_share(4, 4), None);
        assert_eq!(shown_share(0, 5), Some(0));
        assert_eq!(shown_share(5, 5), Some(100));
        assert_eq!(shown_share(6, 5), None, "no part of it");
        assert_eq!(shown_share(5, 40), Some(13), "12.5");
        assert_eq!(shown_share(1_000_000, 3_000_000), Some(33));
        assert_eq!(shown_share(u32::MAX, u32::MAX), Some(100));
        for whole in 0..40 {
            for part in 0..=whole {
                let hidden = whole < 5 || (1..=4).contains(&part) || (1..=4).contains(&(whole - part));
                assert_eq!(shown_share(part, whole).is_none(), hidden, "{part} of {whole}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_share_is_within_half_a_per_cent(part in 0_u32..5_000, rest in 0_u32..5_000) {
            if let Some(percent) = shown_share(part, part + rest) {
                let exact = 100.0 * f64::from(part) / f64::from(part + rest);
                prop_assert!((f64::from(percent) - exact).abs() <= 0.5);
            }
        }
    }
}
