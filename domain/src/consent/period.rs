//! How long a consent may hold.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::age::{OF_AGE, birthday};

/// What a municipality has decided about consents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The most days from the first to the last day (C10).
    pub max_days: u16,
    /// The most days one guardian decides alone, the first included (C8).
    pub max_days_alone: u16,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_days: 365, max_days_alone: 30 }
    }
}

/// The days a consent holds, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub valid_from: NaiveDate,
    /// The last day.
    pub valid_until: NaiveDate,
}

/// Why a period is refused, with the day the form can offer instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum PeriodRefusal {
    /// It starts before the last signature (C25).
    #[error("a consent cannot hold before it was signed, on {earliest}")]
    BeforeSignature {
        /// The earliest first day.
        earliest: NaiveDate,
    },
    /// It ends before it starts.
    #[error("the period ends before it starts")]
    EndsBeforeStart,
    /// It starts once the guardians' power has ended: the young person signs alone (C12).
    #[error("guardians cannot consent from {of_age_on} on")]
    OfAge {
        /// The 18th birthday.
        of_age_on: NaiveDate,
    },
    /// It reaches the 18th birthday (C10).
    #[error("a guardian's consent ends at the latest on {latest}, the day before the 18th birthday")]
    PastEighteenth {
        /// The latest last day.
        latest: NaiveDate,
    },
    /// It is longer than the municipality allows (C10).
    #[error("a consent ends at the latest on {latest}")]
    TooLong {
        /// The latest last day.
        latest: NaiveDate,
    },
}

/// The latest last day of a consent that starts on a day and is signed by guardians or not (C10).
#[must_use]
pub fn latest_end(born_on: NaiveDate, valid_from: NaiveDate, by_guardians: bool, limits: Limits) -> NaiveDate {
    let longest = valid_from.checked_add_days(Days::new(u64::from(limits.max_days))).unwrap_or(NaiveDate::MAX);
    match birthday(born_on, OF_AGE).pred_opt() {
        Some(last_of_custody) if by_guardians => longest.min(last_of_custody),
        _ => longest,
    }
}

/// The latest day until which one guardian decides alone in a consent that starts on a day (C8).
#[must_use]
pub fn latest_alone(valid_from: NaiveDate, limits: Limits) -> NaiveDate {
    let more = u64::from(limits.max_days_alone.saturating_sub(1));
    valid_from.checked_add_days(Days::new(more)).unwrap_or(NaiveDate::MAX)
}

/// Whether a consent may hold for a period (C10, C12, C25). `signed_on` is the day of the last signature; `by_guardians`
/// whether a guardian is among the signers.
pub fn check_period(
    born_on: NaiveDate,
    signed_on: Option<NaiveDate>,
    by_guardians: bool,
    period: Period,
    limits: Limits,
) -> Result<(), PeriodRefusal> {
    let Period { valid_from, valid_until } = period;
    if let Some(earliest) = signed_on.filter(|signed_on| valid_from < *signed_on) {
        return Err(PeriodRefusal::BeforeSignature { earliest });
    }
    if valid_until < valid_from {
        return Err(PeriodRefusal::EndsBeforeStart);
    }
    let of_age_on = birthday(born_on, OF_AGE);
    if by_guardians && of_age_on <= valid_from {
        return Err(PeriodRefusal::OfAge { of_age_on });
    }
    let latest = latest_end(born_on, valid_from, by_guardians, limits);
    if valid_until <= latest {
        Ok(())
    } else if by_guardians && of_age_on.pred_opt() == Some(latest) {
        Err(PeriodRefusal::PastEighteenth { latest })
    } else {
        Err(PeriodRefusal::TooLong { latest })
    }
}
