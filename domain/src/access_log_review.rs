//! Loggkontroll: the recurring review of who has looked at what (HSLF-FS 2016:40 4 kap. 9 §, lag 2001:454 10 §).

use chrono::{Days, NaiveDate};

coded! {
    /// What a review found of one person and one case.
    pub enum Finding {
        /// There was a reason in the person's work.
        Explained => "explained",
        /// It is not clear why: to be followed up.
        Unclear => "unclear",
    }
}

/// How many are drawn for one review.
pub const DRAWN: usize = 10;

/// How many days a unit may be without a review, and how far back the first one goes.
const EVERY: u64 = 30;

/// The local days a review is about, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub until: NaiveDate,
}

/// What the next review is about: from the day after the last one's until yesterday, so that it is the same all day long. None
/// where all until yesterday has been reviewed.
#[must_use]
pub fn next_span(last: Option<NaiveDate>, today: NaiveDate) -> Option<Span> {
    let until = today.pred_opt()?;
    let from = last.map_or_else(|| today.checked_sub_days(Days::new(EVERY)), |last| last.succ_opt())?;
    (from <= until).then_some(Span { from, until })
}

/// Whether a review is due. `last` is the last day that has been reviewed.
#[must_use]
pub fn is_due(last: Option<NaiveDate>, today: NaiveDate) -> bool {
    last.is_none_or(|last| last.checked_add_days(Days::new(EVERY)).is_some_and(|then| then < today))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_review_goes_on_where_the_last_one_ended() {
        let span = |last: Option<&str>, today: &str| {
            next_span(last.map(date), date(today)).map(|span| (span.from.to_string(), span.until.to_string()))
        };
        let days = |from: &str, until: &str| Some((from.to_owned(), until.to_owned()));
        assert_eq!(span(None, "2026-11-22"), days("2026-10-23", "2026-11-21"));
        assert_eq!(span(Some("2026-08-31"), "2026-11-22"), days("2026-09-01", "2026-11-21"), "no day is left out");
        assert_eq!(span(Some("2026-11-20"), "2026-11-22"), days("2026-11-21", "2026-11-21"));
        assert_eq!(span(Some("2026-11-21"), "2026-11-22"), None);
    }

    #[test]
    fn a_review_is_due_after_thirty_days_and_where_there_was_none() {
        let due = |last: &str| is_due(Some(date(last)), date("2026-11-22"));
        assert!(is_due(None, date("2026-11-22")));
        assert!(due("2026-10-22") && !due("2026-10-23") && !due("2026-11-21"));
    }
}
