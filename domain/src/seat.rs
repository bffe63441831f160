//! Who sits on a seat, and when. Collaboration builds on functions and not on persons: a seat stays where it is while people come
//! and go, and whoever takes it over takes over what comes, not what was.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::id::PersonId;

coded! {
    /// As what somebody sits on a seat.
    pub enum SitsAs {
        /// Comes to the meetings (ordinarie).
        Holder => "holder",
        /// Comes where the holder cannot (ersättare).
        Deputy => "deputy",
    }
}

/// Somebody's time on a seat, in local days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub sits: SitsAs,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; none where it has no end yet.
    pub until: Option<NaiveDate>,
}

impl Tenure {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether it has a day in common with a span.
    fn meets(&self, from: NaiveDate, until: Option<NaiveDate>) -> bool {
        self.until.is_none_or(|own| from <= own) && until.is_none_or(|until| self.from <= until)
    }

    /// What is left of it before a day.
    fn before(self, day: NaiveDate) -> Option<Self> {
        if self.until.is_some_and(|until| until < day) {
            return Some(self);
        }
        let last = day.pred_opt().filter(|last| self.from <= *last)?;
        Some(Self { until: Some(last), ..self })
    }
}

/// Everybody who sits, sat or will sit on a seat: on each day one holder at most, and nobody as both. Deputies are asked in the
/// order they stand in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tenures(Vec<Tenure>);

/// Why somebody is not put on a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum TenureRefusal {
    /// It would change what was.
    #[error("a seat is not handed over in the past")]
    InThePast,
    /// It ends before it begins.
    #[error("the last day is before the first")]
    EndsBeforeStart,
    /// They sit there on one of these days already.
    #[error("they sit there already")]
    SitsAlready,
    /// There is nothing to end.
    #[error("they do not sit there")]
    SitsNot,
}

impl Tenures {
    /// As they were kept.
    #[must_use]
    pub const fn kept(tenures: Vec<Tenure>) -> Self {
        Self(tenures)
    }

    /// All of them: the deputies in their order.
    #[must_use]
    pub fn all(&self) -> &[Tenure] {
        &self.0
    }

    /// Who comes on a day.
    #[must_use]
    pub fn holder(&self, on: NaiveDate) -> Option<PersonId> {
        self.on(on, SitsAs::Holder).next()
    }

    /// Who comes instead on a day, in the order they are asked in.
    #[must_use]
    pub fn deputies(&self, on: NaiveDate) -> Vec<PersonId> {
        self.on(on, SitsAs::Deputy).collect()
    }

    fn on(&self, on: NaiveDate, sits: SitsAs) -> impl Iterator<Item = PersonId> + '_ {
        self.0.iter().filter(move |one| one.sits == sits && one.holds_on(on)).map(|one| one.person)
    }

    /// Hands the seat over from a day on; to nobody where `to` is none. What was planned from that day on is replaced. A deputy who
    /// takes it over is no deputy from then on.
    ///
    /// # Errors
    /// [`TenureRefusal::InThePast`] for a day before `today`; [`TenureRefusal::SitsAlready`] where that changes nothing.
    pub fn hand_over(&self, to: Option<PersonId>, from: NaiveDate, today: NaiveDate) -> Result<Self, TenureRefusal> {
        if from < today {
            return Err(TenureRefusal::InThePast);
        }
        let ends = |one: &Tenure| one.sits == SitsAs::Holder || Some(one.person) == to;
        let stays = |one: &Tenure| if ends(one) { one.before(from) } else { Some(*one) };
        let mut tenures: Vec<Tenure> = self.0.iter().filter_map(stays).collect();
        // Who holds it until that day goes on: one time, not two.
        let goes_on =
            |one: &&mut Tenure| one.sits == SitsAs::Holder && Some(one.person) == to && one.until == from.pred_opt();
        if let Some(held) = tenures.iter_mut().find(goes_on) {
            held.until = None;
        } else if let Some(person) = to {
            tenures.push(Tenure { person, sits: SitsAs::Holder, from, until: None });
        }
        if tenures == self.0 { Err(TenureRefusal::SitsAlready) } else { Ok(Self(tenures)) }
    }

    /// Adds a deputy, asked last.
    ///
    /// # Errors
    /// [`TenureRefusal::InThePast`] where the time has passed before `today`, [`TenureRefusal::EndsBeforeStart`],
    /// [`TenureRefusal::SitsAlready`] for somebody who sits there on one of these days.
    pub fn with_deputy(
        &self,
        person: PersonId,
        from: NaiveDate,
        until: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Self, TenureRefusal> {
        if from < today {
            return Err(TenureRefusal::InThePast);
        }
        if until.is_some_and(|until| until < from) {
            return Err(TenureRefusal::EndsBeforeStart);
        }
        if self.0.iter().any(|one| one.person == person && one.meets(from, until)) {
            return Err(TenureRefusal::SitsAlready);
        }
        let deputy = Tenure { person, sits: SitsAs::Deputy, from, until };
        Ok(Self(self.0.iter().copied().chain([deputy]).collect()))
    }

    /// Ends somebody's time as a deputy: from `today` on they are none, nor later.
    ///
    /// # Errors
    /// [`TenureRefusal::SitsNot`] for somebody who neither is nor will be one.
    pub fn without_deputy(&self, person: PersonId, today: NaiveDate) -> Result<Self, TenureRefusal> {
        let ends = |one: &Tenure| one.sits == SitsAs::Deputy && one.person == person;
        let stays = |one: &Tenure| if ends(one) { one.before(today) } else { Some(*one) };
        let tenures: Vec<Tenure> = self.0.iter().filter_map(stays).collect();
        if tenures == self.0 { Err(TenureRefusal::SitsNot) } else { Ok(Self(tenures)) }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn person(number: u128) -> PersonId {
        PersonId::from_uuid(Uuid::from_u128(number))
    }

    const TODAY: &str = "2026-11-23";

    fn held(by: u128) -> Tenures {
        Tenures::default().hand_over(Some(person(by)), date(TODAY), date(TODAY)).unwrap()
    }

    #[test]
    fn handed_over_from_a_day_on_and_never_before_it() {
        let seat = held(1).hand_over(Some(person(2)), date("2027-01-01"), date(TODAY)).unwrap();
        assert_eq!(seat.holder(date("2026-11-22")), None);
        assert_eq!(seat.holder(date("2026-12-31")), Some(person(1)));
        assert_eq!(seat.holder(date("2027-01-01")), Some(person(2)));
        let past = seat.hand_over(Some(person(3)), date("2026-11-22"), date(TODAY));
        assert_eq!(past, Err(TenureRefusal::InThePast));
    }

    #[test]
    fn a_later_word_replaces_what_was_planned_and_the_same_word_changes_nothing() {
        let planned = held(1).hand_over(Some(person(2)), date("2027-01-01"), date(TODAY)).unwrap();
        let sooner = planned.hand_over(Some(person(3)), date("2026-12-01"), date(TODAY)).unwrap();
        assert_eq!(sooner.holder(date("2027-01-01")), Some(person(3)));
        let stays = planned.hand_over(Some(person(1)), date("2027-01-01"), date(TODAY)).unwrap();
        assert_eq!(stays, held(1), "one time, not two");
        assert_eq!(stays.hand_over(Some(person(1)), date("2027-01-01"), date(TODAY)), Err(TenureRefusal::SitsAlready));
        let vacant = planned.hand_over(None, date("2026-12-01"), date(TODAY)).unwrap();
        assert_eq!((vacant.holder(date("2026-11-30")), vacant.holder(date("2027-01-01"))), (Some(person(1)), None));
    }

    #[test]
    fn deputies_are_asked_in_order_for_their_time() {
        let seat = held(1).with_deputy(person(2), date(TODAY), None, date(TODAY)).unwrap();
        let seat = seat.with_deputy(person(3), date("2026-12-01"), Some(date("2026-12-31")), date(TODAY)).unwrap();
        assert_eq!(seat.deputies(date(TODAY)), [person(2)]);
        assert_eq!(seat.deputies(date("2026-12-31")), [person(2), person(3)]);
        assert_eq!(seat.deputies(date("2027-01-01")), [person(2)]);
        for (who, from, until, why) in [
            (1, TODAY, None, TenureRefusal::SitsAlready),
            (3, "2026-12-31", None, TenureRefusal::SitsAlready),
            (4, "2026-11-22", None, TenureRefusal::InThePast),
            (4, "2026-12-02", Some("2026-12-01"), TenureRefusal::EndsBeforeStart),
        ] {
            assert_eq!(seat.with_deputy(person(who), date(from), until.map(date), date(TODAY)), Err(why), "{who}");
        }
        let again = seat.with_deputy(person(3), date("2027-01-01"), None, date(TODAY)).unwrap();
        let gone = again.without_deputy(person(3), date("2026-12-15")).unwrap();
        assert_eq!(gone.deputies(date("2026-12-14")), [person(2), person(3)]);
        assert_eq!(gone.deputies(date("2027-01-01")), [person(2)]);
        assert_eq!(gone.without_deputy(person(3), date("2026-12-15")), Err(TenureRefusal::SitsNot));
        assert_eq!(gone.without_deputy(person(1), date("2026-12-15")), Err(TenureRefusal::SitsNot), "she holds it");
    }

    #[test]
    fn a_deputy_who_takes_over_is_no_deputy_any_more() {
        let seat = held(1).with_deputy(person(2), date(TODAY), None, date(TODAY)).unwrap();
        let seat = seat.hand_over(Some(person(2)), date("2026-12-01"), date(TODAY)).unwrap();
        assert_eq!(seat.deputies(date("2026-11-30")), [person(2)]);
        assert_eq!((seat.holder(date("2026-12-01")), seat.deputies(date("2026-12-01"))), (Some(person(2)), vec![]));
    }

    proptest! {
        #[test]
        fn whatever_is_done_one_holds_it_nobody_twice_and_the_past_stays(
            steps in prop::collection::vec((0_u8..3, 0_u128..5, 0_u64..40, prop::option::of(0_u64..40), 0_u64..5), 1..30)
        ) {
            let (mut seat, mut today) = (Tenures::default(), date(TODAY));
            for (kind, who, from, until, passed) in steps {
                today = today + Days::new(passed);
                let from = today + Days::new(from);
                let until = until.map(|days| from + Days::new(days));
                let after = match kind {
                    0 => seat.hand_over((who > 0).then(|| person(who)), from, today),
                    1 => seat.with_deputy(person(who), from, until, today),
                    _ => seat.without_deputy(person(who), today),
                };
                let Ok(after) = after else { continue };
                let mut day = date(TODAY);
                while day < today + Days::new(90) {
                    let holders: Vec<_> = after.on(day, SitsAs::Holder).collect();
                    prop_assert!(holders.len() <= 1, "{holders:?} on {day}");
                    let mut all = after.deputies(day);
                    all.extend(holders);
                    let there = all.len();
                    all.sort();
                    all.dedup();
                    prop_assert_eq!(all.len(), there, "somebody twice on {}", day);
                    if day < today {
                        prop_assert_eq!(after.holder(day), seat.holder(day));
                        prop_assert_eq!(after.deputies(day), seat.deputies(day));
                    }
                    if kind == 0 && day >= from {
                        prop_assert_eq!(after.holder(day), (who > 0).then(|| person(who)));
                    }
                    day = day + Days::new(1);
                }
                seat = after;
            }
        }
    }
}
