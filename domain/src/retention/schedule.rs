//! The information management plan: what is kept, for how long, and who decided so.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use thiserror::Error;

coded! {
    /// What the product stores, as far as the plan tells it apart.
    ///
    /// A consent follows the case file it belongs to, and so do its signed papers, the minutes and what was undertaken: none of them
    /// has a rule of its own. Sessions, links and drafts of forms end by themselves within days; what is left of a sign-in stands in
    /// the log.
    pub enum DocumentKind {
        /// A case with everything that belongs to it.
        CaseFile => "case_file",
        /// What minutes said before they were approved, and what reviewers said of that. A draft is no public record unless it is
        /// taken care of for the archive; what adds facts to a case is one, and stands in what was approved (TF 2 kap. 12 §).
        Drafts => "drafts",
        /// What a unit asked a meeting for in the queue, and why it was sent back.
        QueueWords => "queue_words",
        /// The question of an anonymous consultation (A4).
        Consultation => "consultation",
        /// A meeting without its cases: its time, its common items, who was called and who came.
        Meeting => "meeting",
        /// Entries of the log, and what reviews of it found.
        AccessLog => "access_log",
    }
}

/// Five years, in months.
const FIVE_YEARS: u32 = 60;

impl DocumentKind {
    /// The least a rule may say, in months. A case file holds what social services told, whoever registered it, and that is kept
    /// five years after the last entry (socialtjänstlag 2025:400 16 kap. 4 §); the log as long, so that misuse can be found (AUD-05).
    #[must_use]
    pub const fn at_least(self) -> u32 {
        match self {
            Self::CaseFile | Self::AccessLog => FIVE_YEARS,
            Self::Drafts | Self::QueueWords | Self::Consultation | Self::Meeting => 0,
        }
    }

    /// The most a rule may say, in months: an anonymous consultation is not kept beyond its use (A4).
    #[must_use]
    pub const fn at_most(self) -> Option<u32> {
        match self {
            Self::Consultation => Some(3),
            Self::CaseFile | Self::Drafts | Self::QueueWords | Self::Meeting | Self::AccessLog => None,
        }
    }
}

/// How long something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// Bevaras.
    Forever,
    /// So many years after the last entry.
    YearsAfterLastEntry(u16),
    /// So many months after the last entry; of what is written once, after that day.
    MonthsAfter(u16),
}

impl Keep {
    /// In months; none without an end.
    #[must_use]
    pub const fn months(self) -> Option<u32> {
        match self {
            Self::Forever => None,
            Self::YearsAfterLastEntry(years) => Some(12 * years as u32),
            Self::MonthsAfter(months) => Some(months as u32),
        }
    }

    /// The last local day something is kept whose last entry is of this day; none without an end.
    ///
    /// A time of months or years ends on the day of the same number, and where the month has none on its last (lag 1930:173 1 §):
    /// five years after 29 February end on the 28th. That day is counted in.
    #[must_use]
    pub fn last_day(self, last_entry_on: NaiveDate) -> Option<NaiveDate> {
        let months = Months::new(self.months()?);
        Some(last_entry_on.checked_add_months(months).unwrap_or(NaiveDate::MAX))
    }
}

/// The decision a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    reference: String,
    on: NaiveDate,
}

impl Decision {
    /// A decision as it is found in the diary, of a local day. None without a reference.
    #[must_use]
    pub fn new(reference: &str, on: NaiveDate) -> Option<Self> {
        let reference = reference.trim().to_owned();
        (!reference.is_empty()).then_some(Self { reference, on })
    }

    /// How it is found in the diary: `KS 2026/114 § 12`.
    #[must_use]
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// The local day of the decision, from which the rule holds.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.on
    }
}

/// Why a rule cannot stand in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RuleRefusal {
    /// It ends earlier than it may.
    #[error("kept for less than {months} months")]
    TooShort {
        /// The least, in months.
        months: u32,
    },
    /// It ends later than it may.
    #[error("kept for more than {months} months")]
    TooLong {
        /// The most, in months.
        months: u32,
    },
}

/// Gallringsfrist: how long a kind of document is kept. Until it is decided it disposes of nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionRule {
    kind: DocumentKind,
    keep: Keep,
    decided: Option<Decision>,
}

impl RetentionRule {
    /// A rule, decided or only drafted.
    pub fn new(kind: DocumentKind, keep: Keep, decided: Option<Decision>) -> Result<Self, RuleRefusal> {
        if let Some(least) = Some(kind.at_least()).filter(|least| keep.months().is_some_and(|months| months < *least)) {
            return Err(RuleRefusal::TooShort { months: least });
        }
        if let Some(most) = kind.at_most().filter(|most| keep.months().is_none_or(|months| months > *most)) {
            return Err(RuleRefusal::TooLong { months: most });
        }
        Ok(Self { kind, keep, decided })
    }

    /// What it is about.
    #[must_use]
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// How long that is kept.
    #[must_use]
    pub const fn keep(&self) -> Keep {
        self.keep
    }

    /// The decision it rests on; none where it is drafted.
    #[must_use]
    pub const fn decided(&self) -> Option<&Decision> {
        self.decided.as_ref()
    }

    /// The decision, where it has been taken by a local day (L7).
    #[must_use]
    pub fn decided_by(&self, today: NaiveDate) -> Option<&Decision> {
        self.decided.as_ref().filter(|decision| decision.on <= today)
    }
}

coded! {
    /// What is kept for research (socialtjänstförordning 2025:468 13 kap. 1 §).
    pub enum ResearchSample {
        /// The files of those born on day 5, 15 or 25 of any month.
        Days => "days",
        /// Every file.
        KeepAll => "keep_all",
    }
}

impl ResearchSample {
    /// What holds for a municipality, by its code of four digits (SCB): all is kept in the counties of Östergötland, Gotland and
    /// Västernorrland and in Göteborg.
    #[must_use]
    pub const fn of_municipality(code: u16) -> Self {
        match (code / 100, code) {
            (5 | 9 | 22, _) | (_, 1480) => Self::KeepAll,
            _ => Self::Days,
        }
    }

    /// Whether the file of somebody born on a day belongs to it. It is the true birth date that counts: the day in a personal
    /// number may be another (I6).
    #[must_use]
    pub fn holds(self, born_on: NaiveDate) -> bool {
        match self {
            Self::Days => matches!(born_on.day(), 5 | 15 | 25),
            Self::KeepAll => true,
        }
    }
}

/// Informationshanteringsplan, as far as it is about this product: the rules of one authority's plan, one for each kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    rules: BTreeMap<DocumentKind, RetentionRule>,
    sample: ResearchSample,
}

impl Schedule {
    /// A plan without rules, by which nothing is disposed of.
    #[must_use]
    pub const fn new(sample: ResearchSample) -> Self {
        Self { rules: BTreeMap::new(), sample }
    }

    /// The plan with a rule, in place of the one of its kind.
    #[must_use]
    pub fn with(mut self, rule: RetentionRule) -> Self {
        self.rules.insert(rule.kind, rule);
        self
    }

    /// The rule of a kind.
    #[must_use]
    pub fn rule(&self, kind: DocumentKind) -> Option<&RetentionRule> {
        self.rules.get(&kind)
    }

    /// What is kept for research.
    #[must_use]
    pub const fn sample(&self) -> ResearchSample {
        self.sample
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn l7_a_case_file_and_the_log_are_kept_five_years_at_the_least() {
        for kind in [DocumentKind::CaseFile, DocumentKind::AccessLog] {
            let rule = |keep| RetentionRule::new(kind, keep, None).map(|rule| rule.keep());
            for short in [Keep::YearsAfterLastEntry(4), Keep::MonthsAfter(59), Keep::MonthsAfter(0)] {
                assert_eq!(rule(short), Err(RuleRefusal::TooShort { months: 60 }), "{kind} {short:?}");
            }
            for long in [Keep::YearsAfterLastEntry(5), Keep::MonthsAfter(60), Keep::Forever] {
                assert_eq!(rule(long), Ok(long), "{kind}");
            }
        }
        for kind in [DocumentKind::Meeting, DocumentKind::Drafts, DocumentKind::QueueWords] {
            for keep in [Keep::MonthsAfter(0), Keep::YearsAfterLastEntry(30), Keep::Forever] {
                assert!(RetentionRule::new(kind, keep, None).is_ok(), "{kind} {keep:?}");
            }
        }
    }

    #[test]
    fn a4_an_anonymous_consultation_is_kept_three_months_at_the_most() {
        let rule = |keep| RetentionRule::new(DocumentKind::Consultation, keep, None).map(|rule| rule.keep());
        for keep in [Keep::MonthsAfter(0), Keep::MonthsAfter(3), Keep::YearsAfterLastEntry(0)] {
            assert_eq!(rule(keep), Ok(keep));
        }
        for keep in [Keep::MonthsAfter(4), Keep::YearsAfterLastEntry(1), Keep::Forever] {
            assert_eq!(rule(keep), Err(RuleRefusal::TooLong { months: 3 }), "{keep:?}");
        }
    }

    #[test]
    fn l7_a_decision_is_found_in_the_diary_and_holds_from_its_day() {
        assert_eq!(Decision::new("  ", date("2026-02-03")), None);
        let decision = Decision::new(" KS 2026/114 ", date("2026-02-03")).unwrap();
        assert_eq!((decision.reference(), decision.on()), ("KS 2026/114", date("2026-02-03")));
        let rule = RetentionRule::new(DocumentKind::Meeting, Keep::Forever, Some(decision.clone())).unwrap();
        assert_eq!((rule.decided(), rule.kind()), (Some(&decision), DocumentKind::Meeting));
        assert_eq!(rule.decided_by(date("2026-02-02")), None);
        assert_eq!(rule.decided_by(date("2026-02-03")), Some(&decision));
        let drafted = RetentionRule::new(DocumentKind::Meeting, Keep::Forever, None).unwrap();
        assert_eq!(drafted.decided_by(NaiveDate::MAX), None);
    }

    #[test]
    fn l7_a_time_ends_on_the_day_of_the_same_number_or_the_last_of_the_month() {
        let last = |keep: Keep, entry| keep.last_day(date(entry)).map(|day| day.to_string());
        let five = Keep::YearsAfterLastEntry(5);
        assert_eq!(last(five, "2026-03-10").as_deref(), Some("2031-03-10"));
        assert_eq!(last(five, "2024-02-29").as_deref(), Some("2029-02-28"));
        assert_eq!(last(Keep::YearsAfterLastEntry(8), "2024-02-29").as_deref(), Some("2032-02-29"));
        assert_eq!(last(Keep::MonthsAfter(3), "2026-11-30").as_deref(), Some("2027-02-28"));
        assert_eq!(last(Keep::MonthsAfter(0), "2026-11-30").as_deref(), Some("2026-11-30"));
        assert_eq!(last(Keep::Forever, "2026-11-30"), None);
        assert_eq!(five.last_day(NaiveDate::MAX), Some(NaiveDate::MAX), "the edge of the calendar is answered");
    }

    #[test]
    fn l7_three_counties_and_goteborg_keep_all() {
        for (code, sample) in [
            (580, ResearchSample::KeepAll),  // Linköping
            (980, ResearchSample::KeepAll),  // Gotland
            (2281, ResearchSample::KeepAll), // Sundsvall
            (1480, ResearchSample::KeepAll), // Göteborg
            (1492, ResearchSample::Days),    // Åmål
            (481, ResearchSample::Days),     // Oxelösund
            (1481, ResearchSample::Days),    // Mölndal
            (180, ResearchSample::Days),     // Stockholm
        ] {
            assert_eq!(ResearchSample::of_municipality(code), sample, "{code}");
        }
    }

    #[test]
    fn a_plan_has_one_rule_of_a_kind_the_last_that_was_given() {
        let rule = |keep| RetentionRule::new(DocumentKind::Meeting, keep, None).unwrap();
        let plan = Schedule::new(ResearchSample::Days);
        assert_eq!((plan.rule(DocumentKind::Meeting), plan.sample()), (None, ResearchSample::Days));
        let plan = plan.with(rule(Keep::Forever)).with(rule(Keep::MonthsAfter(2)));
        assert_eq!(plan.rule(DocumentKind::Meeting), Some(&rule(Keep::MonthsAfter(2))));
        assert_eq!(plan.rule(DocumentKind::CaseFile), None);
    }

    proptest! {
        #[test]
        fn l7_every_day_of_four_years_is_in_the_sample_by_its_number(days in 0_u64..1_461) {
            let born = date("2012-01-01") + Days::new(days);
            let text = born.to_string();
            let named = ["-05", "-15", "-25"].iter().any(|day| text.ends_with(day));
            prop_assert_eq!(ResearchSample::Days.holds(born), named);
            prop_assert!(ResearchSample::KeepAll.holds(born));
        }
    }
}
