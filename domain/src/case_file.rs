//! What is registered about a case besides what decides who may know of it.

use chrono::NaiveDate;

use crate::age::{OF_AGE, age_on};
use crate::identity::{NumberKind, PersonalNumber};

coded! {
    /// Who decides for the child (FB 6 kap.).
    pub enum Custody {
        /// Two together, who both must consent (FB 6:13).
        Joint => "joint",
        /// One alone.
        Sole => "sole",
        /// Särskilt förordnad vårdnadshavare, one or two.
        Appointed => "appointed",
        /// Nobody: the young person is of age (C12).
        OfAge => "of_age",
    }
}

impl Custody {
    /// How many guardians there must be, at least and at most.
    #[must_use]
    pub const fn guardians(self) -> (usize, usize) {
        match self {
            Self::Joint => (2, 2),
            Self::Sole => (1, 1),
            Self::Appointed => (1, 2),
            Self::OfAge => (0, 0),
        }
    }

    /// Whether it is possible for somebody born on a day, on another day.
    #[must_use]
    pub fn fits(self, born_on: NaiveDate, day: NaiveDate) -> bool {
        let of_age = age_on(born_on, day).is_some_and(|age| age >= OF_AGE);
        of_age == matches!(self, Self::OfAge)
    }
}

coded! {
    /// Whether the child's identity is protected (I1).
    pub enum Protection {
        /// It is not.
        None => "none",
        /// Sekretessmarkering.
        Mark => "mark",
        /// Skyddad folkbokföring.
        Registration => "registration",
        /// Fingerade personuppgifter.
        Fictitious => "fictitious",
    }
}

impl Protection {
    /// Whether the child is to be spoken of by the reference alone.
    #[must_use]
    pub const fn hides_name(self) -> bool {
        !matches!(self, Self::None)
    }
}

/// How far the day in a personal number may lie from the birth date without being taken for a mistake (I6). Numbers of a
/// birth date can be used up; the next day with a free one is then given.
const DAYS_APART: i64 = 31;

/// Whether a personal number can be that of somebody born on a day: the number's date is it, or near it (I6).
#[must_use]
pub fn number_fits(number: PersonalNumber, born_on: NaiveDate) -> bool {
    (number.born_on() - born_on).num_days().abs() <= DAYS_APART
}

/// Whether a number may follow what is known of a child: where none is, any; a personal number after a coordination number (I7).
/// Another after a personal number is another person, and another case (I4).
#[must_use]
pub fn number_follows(known: Option<PersonalNumber>, new: PersonalNumber) -> bool {
    known.is_none_or(|known| known.kind() == NumberKind::Coordination && new.kind() == NumberKind::Personal)
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// C12
    #[test]
    fn nobody_decides_for_somebody_of_age_and_somebody_for_every_child() {
        let born = date("2008-11-26");
        for custody in [Custody::Joint, Custody::Sole, Custody::Appointed] {
            assert!(custody.fits(born, date("2026-11-25")));
            assert!(!custody.fits(born, date("2026-11-26")));
        }
        assert!(!Custody::OfAge.fits(born, date("2026-11-25")));
        assert!(Custody::OfAge.fits(born, date("2026-11-26")));
    }

    /// FB 6:13
    #[test]
    fn as_many_guardians_are_named_as_decide() {
        let number = |custody: Custody| custody.guardians();
        assert_eq!(Custody::ALL.iter().copied().map(number).collect::<Vec<_>>(), [(2, 2), (1, 1), (1, 2), (0, 0)]);
    }

    /// I1
    #[test]
    fn every_protection_hides_the_name() {
        for &protection in Protection::ALL {
            assert_eq!(protection.hides_name(), protection != Protection::None, "{protection}");
        }
    }

    /// I4, I7
    #[test]
    fn a_personal_number_follows_a_coordination_number_and_no_other_follows_any() {
        let of =
            |birth_number, kind| PersonalNumber::with_birth_number(date("2012-06-05"), birth_number, kind).unwrap();
        let (personal, coordination) = (of(238, NumberKind::Personal), of(239, NumberKind::Coordination));
        for new in [personal, coordination] {
            assert!(number_follows(None, new));
        }
        assert!(number_follows(Some(coordination), personal));
        assert!(!number_follows(Some(coordination), of(240, NumberKind::Coordination)));
        assert!(!number_follows(Some(personal), coordination));
        assert!(!number_follows(Some(personal), of(240, NumberKind::Personal)));
    }

    proptest! {
        /// I6
        #[test]
        fn a_number_may_name_a_day_near_the_birth_date_and_no_other(apart in 0_u64..400, birth_number in 0_u16..1_000) {
            let born = date("2012-06-05");
            let number = PersonalNumber::with_birth_number(born + Days::new(apart), birth_number, NumberKind::Personal);
            prop_assert_eq!(number_fits(number.unwrap(), born), apart <= 31);
        }
    }
}
